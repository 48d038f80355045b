// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/activity.h"
#include "core/domain/channel.h"
#include "core/domain/enrolment.h"
#include "core/domain/history.h"
#include "core/domain/lead.h"
#include "core/domain/outbox.h"
#include "core/domain/send_fence.h"
#include "core/domain/status.h"
#include "core/domain/suppression.h"
#include "core/domain/task.h"
#include "ui/text/dates.h"

#include <QString>

#include <string_view>

namespace outrider::text {

// What things are called on screen and on the command line. Each names every value; a test walks them.
QString channelName(Channel channel);          // "E-mail"
QString channelPlural(Channel channel, int n); // "1 call", "12 calls"
QString statusName(const Status& status);      // built-in ones translated
QString reachName(Reach reach);
QString dispositionName(Disposition disposition);
QString stopReasonText(StopReason reason);       // "replied"
QString activityTitle(const Activity& activity); // "Talked, 4 min 10 s", "E-mail sent"
QString waitReasonText(WaitReason reason);
QString fenceText(FenceReason reason); // a sentence; empty: messages may leave
QString outboxStateName(OutboxState state);
QString suppressionReasonText(SuppressionReason reason);
// Of "holiday:Karfreitag" or "lead_gap:<contacted>/<until>" (ms) the sentence with the name or the days in it.
QString planReasonWithDetail(const QString& reason, const Dates& dates);
QString planReasonText(std::string_view reason); // machine name of the planner's reason
QString checkStepTitle(std::string_view step);   // machine name of a mailbox test's step: "Sign in to send"

// What was done, for status bar and history: "Skipped Ægir Þórsson". (history_text.h has more.)
QString actionText(const ActionInfo& action);

// "12 leads": the number with its separators, and the right form.
QString counted(qint64 n, const QString& one, const QString& many);

} // namespace outrider::text
