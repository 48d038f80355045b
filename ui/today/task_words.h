// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queue.h"
#include "core/domain/task_outcome.h"
#include "core/services/queue_service.h"
#include "ui/text/dates.h"

#include <QStringList>

#include <string_view>

namespace outrider::today {

// The sentences about tasks that the list and the processing page share.

// A template's text without its marks: "{{company|your work}}" reads "your work".
QString plainTemplate(std::string_view text);

// "Step 3 of 6. Asked to be called after the 17th"; of a task set by hand: what to do.
QString whyNow(const QueueItem& item, const text::Dates& dates);

// "Call, step 3 of 6"; "Call" when set by hand.
QString stepLine(const QueueItem& item);

// What follows for the lead, a sentence: "Step 4 (e-mail) is due Mon 23 Nov."; may be empty.
QString nextText(const TaskOutcome& outcome, const text::Dates& dates);

// Before it is done: "If skipped, step 4 (e-mail) is due Mon 23 Nov."; empty for a task set by hand.
QString skipPreview(const TaskOutcome& outcome, const TaskDetail& task, const text::Dates& dates);

// After it: what was done, and what follows.
QString skippedText(const QueueItem& item, const TaskOutcome& outcome, const text::Dates& dates);
QString doneText(const QueueItem& item, Disposition disposition, const TaskOutcome& outcome, const text::Dates& dates);
QString snoozedText(const QueueItem& item, Instant until, const text::Dates& dates);
QString notContactedText(const QueueItem& item);

// Why the planner made it due now, a line each: "3 business days after step 1".
QStringList planReasons(const TaskDetail& task, const text::Dates& dates);

} // namespace outrider::today
