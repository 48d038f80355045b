// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/strategies/simulation_list.h"
#include "ui/widgets/sheet.h"

#include <QTimer>

class QComboBox;
class QListView;

namespace outrider::widgets {
class BarChart;
class Segmented;
} // namespace outrider::widgets

namespace outrider::strategies {

// The next days by the rules of the run: a bar a day, and every message, task and skip with its moment and reason.
// Nothing is changed by it.
class SimulateSheet : public widgets::Sheet {
    Q_OBJECT

public:
    // `strategy`: the one it is about; none: all.
    SimulateSheet(QWidget* over, const frame::Context& context, StrategyId strategy, const QString& name);
    ~SimulateSheet() override;

    const SimulationList& list() const { return *m_list; }
    widgets::BarChart* chart() const { return m_chart; }
    QComboBox* reasons() const { return m_reasons; }
    bool isRunning() const { return m_progress != nullptr; }

private:
    void run();
    void cancel();
    void show(SimulationReport report);
    void showChart();
    void filter();

    const frame::Context& m_context;
    const StrategyId m_strategy;
    ProgressPtr m_progress; // of the run under way
    int m_generation = 0;
    QTimer m_poll;
    SimulationList* m_list;
    widgets::Segmented* m_days;
    widgets::Segmented* m_show;
    QComboBox* m_reasons;
    widgets::BarChart* m_chart;
    widgets::Label* m_summary;
    widgets::Label* m_day; // the bar the person looks at
    widgets::Button* m_cancel;
    QListView* m_view;
};

} // namespace outrider::strategies
