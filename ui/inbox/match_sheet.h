// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

namespace outrider::inbox {

class RowList;

// Asks whose mail it is: typing finds leads, Enter takes the current one.
class MatchSheet : public widgets::Sheet {
    Q_OBJECT

public:
    MatchSheet(const frame::Context& context, QWidget* over, const QString& words);

    void ask();

Q_SIGNALS:
    void chosen(outrider::LeadId lead);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& words);
    void take();

    const frame::Context& m_context;
    widgets::SearchField* m_field;
    RowList* m_list;
    widgets::Button* m_match;
    int m_generation = 0;
    bool m_taken = false;
};

} // namespace outrider::inbox
