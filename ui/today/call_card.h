// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "ui/today/task_card.h"

#include <QTimer>

#include <optional>

namespace outrider::widgets {
class Button;
}

namespace outrider::today {

class ReadingText;

// A call: the number, how long it has lasted, what to say, and how it may end. Dialling is the softphone's
// business (tel:).
class CallCard : public TaskCard {
    Q_OBJECT

public:
    explicit CallCard(QWidget* parent = nullptr);

    void showPending(const QueueItem& item) override;
    void showTask(const TaskDetail& task, const text::Dates& dates, bool fresh) override;
    QString primaryText() const override { return m_running ? tr("Log call and next") : tr("Call"); }
    theme::Icon primaryIcon() const override { return m_running ? theme::Icon::Check : theme::Icon::Phone; }

    // One button each, in the order of the keys 1 to 6.
    void setOutcomeActions(const QList<QAction*>& actions);

    void startCall(); // hands the number over and starts the timer
    bool isRunning() const { return m_running; }
    std::optional<int> seconds() const; // of the call; none: it was not started here

private:
    void tick();

    QString m_number;
    bool m_running = false;
    Stopwatch m_watch;
    QTimer m_timer;

    widgets::Label* m_numberText;
    widgets::Label* m_numberKind;
    widgets::Label* m_time;
    ReadingText* m_script;
    QWidget* m_outcomes;
};

} // namespace outrider::today
