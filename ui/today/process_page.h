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

class QStackedWidget;

namespace outrider::widgets {
class Banner;
class Button;
} // namespace outrider::widgets

namespace outrider::today {

class CallCard;
class MailCard;
class ProcessBar;
class ProcessHead;
class ProcessSide;
class ProcessTop;
class TaskCard;
class TaskNote;
class TaskReader;
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
    QWidget* toastSlot() const;

    QString pageTitle() const override;
    void enter() override;
    bool mayLeave() override;
    bool hasUnsaved() const override;
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
    QWidget* makeBody();
    void makeCommands();

    // Reading
    using Answer = std::function<void(Result<std::vector<QueueItem>>)>;
    void readQueue(Answer answer);
    void refreshQueue();
    void readStatuses();
    void readAhead();
    void touched(const ChangeSet& changes);

    // Showing
    void showCurrent();
    void showDetail(const TaskDetail& task, bool fresh);
    void showHead();
    void showSkipPreview();
    void showProgress();
    void refreshPrimary();
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

    TaskReader* m_reader;
    TaskId m_shown;
    std::map<TaskId, Deed> m_back; // what was typed for tasks that came back
    std::vector<Deed> m_deeds;
    std::vector<Status> m_statuses;
    QTimer m_soon;
    QTimer m_clock; // the time there

    ProcessTop* m_top;
    widgets::Banner* m_banner;
    ProcessHead* m_head;
    QStackedWidget* m_cards;
    MailCard* m_mail;
    CallCard* m_call;
    TouchCard* m_touch;
    TaskNote* m_note;
    ProcessSide* m_side;
    ProcessBar* m_actionBar;
    widgets::Button* m_snooze;
    widgets::Button* m_outcome;

    QAction* m_primaryAction = nullptr;
    QAction* m_editAction = nullptr;
    QList<QAction*> m_outcomes;
};

} // namespace outrider::today
