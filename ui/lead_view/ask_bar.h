// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/widgets/basics.h"

#include <QPointer>

#include <functional>

class QLineEdit;
class QStackedWidget;

namespace outrider::lead_view {

class MomentField;

// One question in a bar below the toolbar: a tag, a moment. Enter takes the answer, Esc or leaving it
// asks no more; the focus then goes back to where it was.
class AskBar : public widgets::Area {
    Q_OBJECT

public:
    explicit AskBar(const frame::Context& context, QWidget* parent = nullptr);

    // `known`: answers to choose from; the first that begins as typed is offered, Tab takes it.
    void askText(const QString& question, const QStringList& known, std::function<void(const QString&)> answered);
    void askMoment(const QString& question, std::function<void(Instant)> answered);
    void finish();
    bool isAsking() const { return isVisible(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void ask(const QString& question, QWidget* page, QLineEdit* input);
    QString offered() const;

    widgets::Label* m_question;
    QStackedWidget* m_stack;
    QWidget* m_textPage;
    QLineEdit* m_text;
    widgets::Label* m_offer;
    MomentField* m_moment;
    QStringList m_known;
    std::function<void(const QString&)> m_textAnswered;
    std::function<void(Instant)> m_momentAnswered;
    QPointer<QWidget> m_returnFocus;
};

} // namespace outrider::lead_view
