// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/task_outcome.h"
#include "core/services/lead_service.h"
#include "ui/paint/pieces.h"
#include "ui/text/dates.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace outrider::lead_view {

// What pane and page say of a lead. Pure: a detail and "now" in, words out.

// The one thing to do next, the loudest of what is open.
struct NextStep {
    enum class Kind {
        None,    // nobody will think of this lead again
        Reply,   // an answer waits for one
        Task,    // something of today's queue, or a later one
        Leaving, // a message is on its way out
        Waits,   // the strategy goes on by itself later
    };
    Kind kind = Kind::None;
    theme::Icon icon = theme::Icon::None;
    QString title; // "Call, step 3 of 6"
    QString when;  // "2 days late", "today 09:00"
    bool late = false;
    QString why; // the strategy, why now, and what happens afterwards
    Channel channel = Channel::Task;
    TaskId task;
    EnrolmentId enrolment; // of the task
    MessageId message;     // Reply: the one to answer
};

// `chosen`: the task the list beside shows; none: the earliest open one.
NextStep nextStepOf(const LeadDetail& detail, const TimelineEntry* unanswered, const Task* chosen, const text::Dates& dates);

// "Head of Growth, Vandelay GmbH".
QString titleAndCompany(const Lead& lead);
// The city, or the zone's own name (empty: not known), and what the clock there shows.
struct LocalTime {
    QString place;
    QString time;
};
LocalTime localTime(const LeadDetail& detail, Instant now);
// Status, score; archived or in the trash.
QList<paint::Chip> leadChips(const LeadDetail& detail, const Status& status);
// "Cold storage, 210 people, Rostock"; may be empty.
QString companyFacts(const Company& company);
// In the filter language: everybody who works there.
QString companyFilter(const LeadDetail& detail);

// Whether they may be reached, and if not, why: one line each.
struct Permission {
    bool allowed = true;
    QString sentence;
};
Permission mailPermission(const LeadDetail& detail, const text::Dates& dates);
Permission callPermission(const LeadDetail& detail, const text::Dates& dates);

// "Step 3 (e-mail) follows on Mon 23 Nov."; empty when nothing is planned.
QString afterwards(const LeadDetail& detail, EnrolmentId enrolment, Channel channel, const text::Dates& dates);

// After a task was worked: "Done with Zoë Brandt. Step 4 (e-mail) follows on Mon 23 Nov."
QString outcomeSentence(const QString& who, const TaskOutcome& outcome, const text::Dates& dates);

} // namespace outrider::lead_view
