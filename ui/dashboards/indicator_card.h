// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/insight_text.h"
#include "ui/widgets/basics.h"

namespace outrider::dashboards {

// One number of the period: its name, the change, the number and its goal, and under a goal how far it is, with a tick
// where it should be today.
class IndicatorCard : public widgets::Card {
    Q_OBJECT

public:
    explicit IndicatorCard(QWidget* parent = nullptr);

    void show(const text::Indicator& indicator);

private:
    class Bar;
    widgets::Label* m_name;
    widgets::Label* m_change;
    widgets::Label* m_value;
    widgets::Label* m_goal;
    Bar* m_bar;
};

} // namespace outrider::dashboards
