// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/today/task_card.h"

namespace outrider::today {

class ReadingText;

// LinkedIn, SMS and to-dos. The first two are done elsewhere: Enter copies the text and opens the
// profile (or the message), Enter again says that it was done. Outrider touches no such service itself.
class TouchCard : public TaskCard {
    Q_OBJECT

public:
    explicit TouchCard(QWidget* parent = nullptr);

    void showPending(const QueueItem& item) override;
    void showTask(const TaskDetail& task, const text::Dates& dates, bool fresh) override;
    QString primaryText() const override;
    theme::Icon primaryIcon() const override;

    // Whether something is still to be opened before it can be said to be done.
    bool isToBeOpened() const { return !m_target.isEmpty() && !m_opened; }
    void openTarget();

private:
    void showHow();

    Channel m_channel = Channel::Task;
    QString m_target; // profile or sms: URL; empty: nothing to open
    QString m_copied; // the text to paste
    bool m_opened = false;
    bool m_nothingOpens = false; // nobody takes such URLs
    widgets::Label* m_title;
    widgets::Label* m_detail;
    ReadingText* m_text;
    widgets::IconLabel* m_howIcon;
    widgets::Label* m_how;
};

} // namespace outrider::today
