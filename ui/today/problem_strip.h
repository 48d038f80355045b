// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/widgets/basics.h"

class QLineEdit;

namespace outrider::widgets {
class Button;
}

namespace outrider::today {

// Why a task cannot be done as it is, in place: a sentence, and what helps. A lead's missing field is
// filled in right here.
class ProblemStrip : public widgets::Area {
    Q_OBJECT

public:
    explicit ProblemStrip(QWidget* parent = nullptr);

    // A field of the lead (core/domain/field.h) without a value: an input for it.
    void showMissing(const QString& sentence, const QString& field);
    void showVerb(const QString& sentence, const QString& verb); // verb may be empty
    void clear();
    bool isShown() const { return m_shown; }
    // Where the way out is: the input, or the verb.
    void takeFocus();

Q_SIGNALS:
    void verbClicked();
    void filled(const QString& field, const QString& value);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void submit();
    widgets::Label* m_sentence;
    QLineEdit* m_input;
    widgets::Button* m_verb;
    QString m_field;
    bool m_shown = false;
};

} // namespace outrider::today
