// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_selection.h"
#include "ui/frame/context.h"

#include <QWidget>

namespace outrider::widgets {
class CheckRow;
}

namespace outrider::lead_view {

// What the checks warn of before leads go into a strategy, and the person's word that they go all the same. Not shown
// while there is nothing to warn of.
class EnrolWarnings : public QWidget {
    Q_OBJECT

public:
    explicit EnrolWarnings(const frame::Context& context, QWidget* parent = nullptr);

    void ask(StrategyId strategy, LeadSelection leads);
    // Whether nothing speaks against it, or it was confirmed; not before it is known.
    bool mayGoOn() const;

Q_SIGNALS:
    void changed();

private:
    const frame::Context m_context;
    int m_generation = 0;
    bool m_known = true;
    bool m_some = false;
    QWidget* m_lines;
    widgets::CheckRow* m_confirmed;
};

} // namespace outrider::lead_view
