// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/today/queue_filter.h"
#include "ui/today/queue_model.h"

#include <QTimer>

#include <optional>

class QSplitter;
class QStackedWidget;

namespace outrider::lead_view {
class LeadPane;
}

namespace outrider::widgets {
class Button;
class EmptyState;
class Label;
class Segmented;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::today {

class DayDone;
class FilterBar;
class QueueView;

// Today's queue as a list: what is due, why, and the lead beside it. Acts on single tasks; going through
// them one by one is ProcessPage's.
class TodayPage : public frame::Page {
    Q_OBJECT

public:
    explicit TodayPage(const frame::Context& context, QWidget* parent = nullptr);

    // What is shown, for whoever works through it.
    const QueueFilter& filter() const { return m_filter; }

    QString pageTitle() const override;
    void enter() override;
    bool stepBack() override;
    QString subject() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    // Making it
    void makeToolbar();
    void makeList();
    void makeCommands();
    QWidget* makeActions();

    // Reading
    void read();
    void received(const Today& today);
    void readAside(); // what only the "all done" view shows
    void touched(const ChangeSet& changes);
    void show(const std::vector<QueueItem>& items);
    void chooseView();
    void readDetail();
    void showSkipPreview();
    void refreshActions();

    // Acting
    const QueueItem* current() const;
    void process(bool fromCurrent);
    void begin(TaskId task); // a deed on it is on its way: it leaves the list at once
    void finished(bool done);
    void complete(Disposition disposition);
    void skip();
    void snooze();
    void catchUp();
    void doNotContact();
    void undo();

    void setFilter(QueueFilter filter);
    void showPane(bool on);

    const frame::Context m_context;
    QueueFilter m_filter;
    Today m_today;
    std::vector<QueueItem> m_tomorrow; // while they are what is shown
    bool m_known = false;              // the queue was read once
    bool m_stale = true;
    int m_question = 0; // of the queue; an answer to an older one is dropped
    int m_writes = 0;   // deeds on their way: what is read meanwhile is not the last word
    Instant m_readAt{};
    std::optional<TaskId> m_last; // acted on last; what an undo brings back
    std::optional<TaskId> m_select;
    QTimer m_soon;
    QTimer m_minute;

    TaskId m_detailTask;
    int m_detailQuestion = 0;
    std::optional<TaskDetail> m_detail;
    TaskOutcome m_skipped; // what skipping m_skippedTask would do
    TaskId m_skippedTask;
    QTimer m_detailSoon;

    widgets::Toolbar* m_toolbar;
    widgets::Segmented* m_views = nullptr;
    widgets::Button* m_process = nullptr;
    FilterBar* m_filterBar;
    QStackedWidget* m_stack;
    QSplitter* m_splitter = nullptr;
    QueueModel m_model;
    QueueView* m_list = nullptr;
    lead_view::LeadPane* m_pane = nullptr;
    bool m_paneMoved = false; // by hand: its width is the person's
    bool m_paneWanted = true;
    bool m_paneForced = false; // shown by hand although the window is narrow
    DayDone* m_done;
    widgets::EmptyState* m_nothing;  // nothing due
    widgets::EmptyState* m_filtered; // nothing that matches

    QAction* m_processAction = nullptr;
    QAction* m_startAction = nullptr;
    QAction* m_snoozeAction = nullptr;
    QAction* m_skipAction = nullptr;
    QAction* m_aheadAction = nullptr;
    QList<QAction*> m_taskActions; // need a current task
    QList<QAction*> m_outcomeActions;
    widgets::Button* m_actionStart = nullptr;
    widgets::Button* m_actionSnooze = nullptr;
    widgets::Label* m_skipText = nullptr;
};

} // namespace outrider::today
