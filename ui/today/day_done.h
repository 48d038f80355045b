// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox_list.h"
#include "core/services/inbox_service.h"
#include "core/services/queue_service.h"
#include "ui/text/dates.h"
#include "ui/widgets/basics.h"

#include <QWidget>

class QAction;

namespace outrider::widgets {
class Button;
}

namespace outrider::today {

// Everything due is done: what the day was, what leaves by itself, and what could be done next.
class DayDone : public widgets::Area {
    Q_OBJECT

public:
    explicit DayDone(QWidget* parent = nullptr);

    void showDay(const Today& today, const text::Dates& dates, Instant now);
    void setOutbox(const OutboxCounts& counts, const text::Dates& dates);
    void setReplies(int replies);
    // The act of the primary button; its key is shown in it.
    void setAheadKey(const QString& keys);
    void takeFocus();

Q_SIGNALS:
    void workAhead();
    void answerReplies();
    void giveNextSteps();

private:
    void say();

    QString m_work;   // "86 tasks in 52 minutes."
    QString m_leaves; // "38 e-mails leave…"
    widgets::Label* m_sentence;
    QList<widgets::Label*> m_figures;
    widgets::Button* m_ahead;
    widgets::Button* m_replies;
    widgets::Button* m_nextSteps;
    widgets::Label* m_tomorrow;
};

} // namespace outrider::today
