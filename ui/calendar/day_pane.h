// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "ui/calendar/day_tasks.h"
#include "ui/frame/context.h"
#include "ui/widgets/basics.h"

class QVBoxLayout;

namespace outrider::widgets {
class Button;
} // namespace outrider::widgets

namespace outrider::calendar {

// What the current day holds: how much, against the caps of the mailboxes, its tasks, and the current one of them. Reads by
// itself.
class DayPane : public widgets::Area {
    Q_OBJECT

public:
    explicit DayPane(const frame::Context& context, QWidget* parent = nullptr);

    // `block`: only its tasks, and of its day; none: all of the day's.
    void showDay(const CalendarDay& day, const std::optional<Block>& block, std::chrono::sys_days today, int mailCap);
    // Of the day that is shown next.
    void setMeetings(std::vector<Meeting> meetings);
    void readAgain();

    DayTasks* list() const { return m_list; }
    // The task that the page's keys are about; none without one.
    const QueueItem* task() const { return m_list->current(); }
    const std::optional<TaskHours>& hours() const { return m_hours; }
    // Keys of the acts on the current task, shown beside what they do.
    void addKey(QAction* action, const QString& what);

Q_SIGNALS:
    void taskChanged(); // another one, or its hours are known
    void wholeDayWanted();
    void taskActivated();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeParts();
    void readTasks();
    void readMore();
    void readLoad();
    void readHours();
    void showLoad(const MailLoad& load);
    void showTask();
    void showMeetings();

    const frame::Context m_context;
    CalendarDay m_day;
    std::vector<Meeting> m_meetings;
    std::optional<Block> m_block;
    std::chrono::sys_days m_today{};
    int m_mailCap = 0;
    int m_question = 0;
    int m_hoursQuestion = 0;
    std::optional<TaskHours> m_hours;
    TaskId m_hoursOf;
    std::optional<MailboxId> m_fullMailbox; // whose cap the day goes beyond

    widgets::Label* m_title;
    widgets::Label* m_subtitle;
    QWidget* m_over;
    widgets::Label* m_overTitle;
    widgets::Section* m_met;
    QWidget* m_meetingRows = nullptr;
    QWidget* m_metLine = nullptr;
    widgets::Section* m_caps;
    QWidget* m_capRows = nullptr;
    QWidget* m_capsLine = nullptr;
    widgets::Label* m_tasksTitle;
    widgets::Button* m_whole;
    DayTasks* m_list;
    widgets::Section* m_selected;
    widgets::Label* m_taskTitle;
    widgets::Label* m_taskStep;
    widgets::Label* m_taskHours;
    QWidget* m_keyRows = nullptr;
    QVBoxLayout* m_keys;
};

} // namespace outrider::calendar
