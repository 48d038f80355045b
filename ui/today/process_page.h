// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/today/problem.h"
#include "ui/today/process_session.h"
#include "ui/today/queue_filter.h"

#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <set>

class QStackedWidget;

namespace outrider::widgets {
class Banner;
class Bar;
class Button;
class ChipLabel;
class IconLabel;
class Label;
class ProgressLine;
} // namespace outrider::widgets

namespace outrider::today {

class CallCard;
class MailCard;
class ProcessSide;
class TaskCard;
class TaskNote;
class TouchCard;

// The queue, one task at a time: Enter does the task at hand and shows the next at once. The next tasks
// are read ahead; a deed is told to the store while the person is already reading on. One that fails
// brings its task back, with what was typed.
class ProcessPage : public frame::Page {
    Q_OBJECT

public:
    explicit ProcessPage(const frame::Context& context, QWidget* parent = nullptr);
    ~ProcessPage() override;

    // Which tasks are worked; asked at every start. None: everything due until today.
    void setScope(std::function<QueueFilter()> scope) { m_scope = std::move(scope); }

    // Begins with the queue as it is now, at `first` or at the top.
    void start(std::optional<TaskId> first = std::nullopt);

    // Reserved at the right of the action bar for the toast, so that it never covers the note.
    QWidget* toastSlot() const { return m_toastSlot; }

    QString pageTitle() const override;
    void enter() override;
    bool mayLeave() override;
    bool stepBack() override;
    QString subject() const override;

protected:
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Deed { // of this session; what undo brings back
        TaskId task;
        std::optional<ActionId> action; // known once it is stored
        QString note;
        std::optional<std::string> subject;
        std::optional<std::string> body;
    };

    // Making it
    QWidget* makeTop();
    QWidget* makeHead();
    QWidget* makeBody();
    void makeCommands();
    void makeActionBar();

    // Reading
    using Answer = std::function<void(Result<std::vector<QueueItem>>)>;
    void readQueue(Answer answer);
    void refreshQueue();
    void readDetail(TaskId task);
    void readAhead();
    void touched(const ChangeSet& changes);

    // Showing
    void showCurrent();
    void showDetail(const TaskDetail& task, bool fresh);
    void showHead(const QueueItem& item, const TaskDetail* task);
    void showSkipPreview();
    void fitHead();
    void showProgress();
    void refreshPrimary();
    void fitActionBar();
    TaskCard* card() const;
    const QueueItem* current() const;
    const TaskDetail* detail() const; // of the current task, once read

    // Acting
    void primary();
    void complete(Disposition disposition);
    void skip();
    void snooze();
    void snoozeUntil(QueueItem item, Instant until);
    void doNotContact();
    void undo();
    void edit();
    void move(int direction);
    Deed take(); // the current task with what was typed; it is closed, and the next one shown
    void stored(const Deed& deed, ActionId action);
    void failed(const Deed& deed, const Error& error, const QString& what);
    void bringBack(const Deed& deed);
    void next();
    void finishWhenStored();
    void flushNote(); // one leaves the task without a deed: its note goes to the lead
    void fillIn(const QString& field, const QString& value);
    void takeWayOut(Problem::Way way);
    void leave();
    void askOutcome();

    const frame::Context m_context;
    std::function<QueueFilter()> m_scope;
    QueueFilter m_filter;
    ProcessSession m_session;
    int m_generation = 0; // of the session
    int m_writes = 0;     // deeds on their way
    int m_writeCount = 0; // deeds begun: what was read before one is old
    int m_doneHere = 0;
    Stopwatch m_since;
    bool m_finishing = false;

    struct Read {
        std::optional<TaskDetail> detail;
        bool stale = true;
        bool asked = false;
        std::optional<TaskOutcome> skipped; // what skipping would do
    };
    std::map<TaskId, Read> m_read;
    TaskId m_shown;
    std::map<TaskId, Deed> m_back; // what was typed for tasks that came back
    std::vector<Deed> m_deeds;
    std::vector<Status> m_statuses;
    QTimer m_soon;
    QTimer m_clock; // the time there

    widgets::Label* m_progressText;
    widgets::ProgressLine* m_progress;
    struct Count {
        QWidget* holder = nullptr;
        widgets::Label* number = nullptr;
    };
    std::array<Count, channels.size()> m_counts;
    widgets::Label* m_left;
    widgets::Button* m_leave;
    widgets::Banner* m_banner;
    widgets::Label* m_name;
    widgets::ChipLabel* m_status;
    widgets::ChipLabel* m_score;
    widgets::ChipLabel* m_time;
    widgets::Label* m_job;
    widgets::Label* m_company;
    widgets::Label* m_facts;
    widgets::IconLabel* m_stepIcon;
    widgets::Label* m_step;
    widgets::Label* m_strategy;
    QStackedWidget* m_cards;
    MailCard* m_mail;
    CallCard* m_call;
    TouchCard* m_touch;
    TaskNote* m_note;
    ProcessSide* m_side;
    widgets::Bar* m_actionBar;
    widgets::Button* m_primary;
    widgets::Button* m_outcome;
    widgets::Button* m_snooze;
    QList<widgets::Button*> m_secondary; // the least important last
    QWidget* m_toastSlot;

    QAction* m_primaryAction = nullptr;
    QAction* m_editAction = nullptr;
    QAction* m_historyAction = nullptr;
    QAction* m_noteAction = nullptr;
    QAction* m_leaveAction = nullptr;
    QList<QAction*> m_outcomes;
};

} // namespace outrider::today
