// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/queue_service.h"
#include "ui/today/process_session.h"
#include "ui/widgets/basics.h"

#include <array>

class QAction;

namespace outrider::widgets {
class Button;
}

namespace outrider::today {

// The top of the processing page: how far one is, what is left by channel, how long it may take, and the
// way out.
class ProcessTop : public widgets::Area {
    Q_OBJECT

public:
    explicit ProcessTop(QWidget* parent = nullptr);
    void setLeaveAction(QAction* leave);
    // `doneHere` in `secondsHere`: the person's pace.
    void showProgress(const ProcessSession& session, int doneHere, int secondsHere);

private:
    widgets::Label* m_text;
    widgets::ProgressLine* m_line;
    struct Count {
        QWidget* holder = nullptr;
        widgets::Label* number = nullptr;
    };
    std::array<Count, channels.size()> m_counts;
    widgets::Label* m_left;
    widgets::Button* m_leave;
};

// Whom the task is about, and which step of what it is.
class ProcessHead : public widgets::Area {
    Q_OBJECT

public:
    explicit ProcessHead(QWidget* parent = nullptr);
    // `task`: once it has been read; else what the queue's row says. `statuses`: to name the lead's.
    void show(const QueueItem& item, const TaskDetail* task, const std::vector<Status>& statuses, Instant now);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    widgets::Label* m_name;
    widgets::ChipLabel* m_status;
    widgets::ChipLabel* m_score;
    widgets::ChipLabel* m_time;
    widgets::Label* m_job;
    widgets::Label* m_company;
    widgets::Label* m_facts;
    QWidget* m_what;
    widgets::IconLabel* m_stepIcon;
    widgets::Label* m_step;
    widgets::Label* m_strategy;
    bool m_known = false; // the lead has been read
};

} // namespace outrider::today
