// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/queue_service.h"
#include "ui/text/dates.h"
#include "ui/widgets/basics.h"

#include <QScrollArea>

namespace outrider::widgets {
class TimelineView;
}

namespace outrider::today {

// Beside the task at hand: why it is due now, the latest notes, the timeline, and who comes next.
class ProcessSide : public QScrollArea {
    Q_OBJECT

public:
    explicit ProcessSide(QWidget* parent = nullptr);

    void showPending(const QueueItem& item, const text::Dates& dates);
    void showTask(const TaskDetail& task, const text::Dates& dates);
    void setSkipPreview(const QString& sentence); // under "why now"; empty: none
    void setUpcoming(const std::vector<QueueItem>& items, const text::Dates& dates);

    void setHistoryKey(const QString& keys);
    QWidget* timeline() const;

    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    widgets::Section* m_why;
    QWidget* m_skip;
    widgets::Label* m_skipText;
    widgets::Section* m_notes;
    QWidget* m_notesLine;
    widgets::Section* m_history;
    widgets::TimelineView* m_timeline;
    widgets::Section* m_upcoming;
    widgets::KeyCaps* m_historyKey;
};

} // namespace outrider::today
