// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/change_set.h"
#include "core/services/insight_service.h"
#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <array>

class QGridLayout;
class QScrollArea;
class QStackedWidget;
class QTimer;

namespace outrider::widgets {
class Button;
class Card;
class EmptyState;
class Label;
class Segmented;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::frame {
class LinkButton;
}

namespace outrider::dashboards {

class BarChart;
class HeatMap;
class IndicatorCard;
class NumberTable;

// What was done, and what came of it: five numbers against goals and the period before, each day's volume, when people
// reply, what became of each strategy's leads, and how the mailboxes are.
class DashboardsPage : public frame::Page {
    Q_OBJECT

public:
    explicit DashboardsPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Dashboards"); }
    void enter() override;
    bool stepBack() override; // from one strategy to all

    const std::optional<Dashboard>& shown() const { return m_shown; }
    void choose(const DashboardQuery& query);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeVolume();
    QWidget* makeHours();
    QWidget* makeStrategies();
    QWidget* makeSteps();
    QWidget* makeMailboxes();
    void addCommands();
    void onChanged(const ChangeSet& changes);
    void read();
    void fill();
    void fillVolume();
    void fillStrategies();
    void fillSteps();
    void fillMailboxes();
    void arrange(); // beside or under each other
    void openStrategies();
    void setGoals();
    void exportCsv();
    void showTable(bool on);

    const frame::Context& m_context;
    DashboardQuery m_query;
    std::optional<Dashboard> m_shown;
    int m_generation = 0;
    bool m_stale = true;
    int m_columns = 0;
    QTimer* m_readSoon;

    widgets::Toolbar* m_toolbar;
    widgets::Segmented* m_period;
    widgets::Button* m_strategy;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QScrollArea* m_scroll;
    QGridLayout* m_cards;
    QGridLayout* m_charts;
    std::array<IndicatorCard*, 5> m_indicators{};
    QWidget* m_volume = nullptr;
    QWidget* m_hours = nullptr;
    QWidget* m_stepsCard = nullptr;
    QStackedWidget* m_volumeStack = nullptr;
    BarChart* m_bars = nullptr;
    NumberTable* m_days = nullptr;
    widgets::Label* m_dayRead = nullptr;
    frame::LinkButton* m_tableLink = nullptr;
    HeatMap* m_heat = nullptr;
    widgets::Label* m_best = nullptr;
    NumberTable* m_strategies = nullptr;
    widgets::Label* m_nobody = nullptr;
    NumberTable* m_steps = nullptr;
    NumberTable* m_mailboxes = nullptr;
    widgets::Label* m_noMailbox = nullptr;
};

} // namespace outrider::dashboards
