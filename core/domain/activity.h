// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/ids.h"
#include "core/domain/task.h"

#include <optional>
#include <string>

namespace outrider {

// What happened. Stored; never renumber.
enum class ActivityKind {
    Note = 0,
    EmailSent = 1,
    EmailReceived = 2, // a person's answer
    AutoReply = 3,     // out of office and other machines
    Bounce = 4,
    Call = 5,
    LinkedInTouch = 6,
    Sms = 7,
    TaskDone = 8,
    StepSkipped = 9,
    StatusChanged = 10,
    Enrolled = 11,
    StrategyStopped = 12,
    StrategyFinished = 13,
    Imported = 14,
    Created = 15,
    OptOut = 16,
    SendFailed = 17,
    SendUnknown = 18,
    Meeting = 19,
    Snoozed = 20,
    Merged = 21,
    EmailSentElsewhere = 22, // by the person, with another program
};

inline constexpr auto activityKindNames = enumNames<ActivityKind>({
    {ActivityKind::Note, "note"},
    {ActivityKind::EmailSent, "email_sent"},
    {ActivityKind::EmailReceived, "email_received"},
    {ActivityKind::AutoReply, "auto_reply"},
    {ActivityKind::Bounce, "bounce"},
    {ActivityKind::Call, "call"},
    {ActivityKind::LinkedInTouch, "linkedin_touch"},
    {ActivityKind::Sms, "sms"},
    {ActivityKind::TaskDone, "task_done"},
    {ActivityKind::StepSkipped, "step_skipped"},
    {ActivityKind::StatusChanged, "status_changed"},
    {ActivityKind::Enrolled, "enrolled"},
    {ActivityKind::StrategyStopped, "strategy_stopped"},
    {ActivityKind::StrategyFinished, "strategy_finished"},
    {ActivityKind::Imported, "imported"},
    {ActivityKind::Created, "created"},
    {ActivityKind::OptOut, "opt_out"},
    {ActivityKind::SendFailed, "send_failed"},
    {ActivityKind::SendUnknown, "send_unknown"},
    {ActivityKind::Meeting, "meeting"},
    {ActivityKind::Snoozed, "snoozed"},
    {ActivityKind::Merged, "merged"},
    {ActivityKind::EmailSentElsewhere, "email_sent_elsewhere"},
});

constexpr std::string_view name(ActivityKind kind) { return activityKindNames.name(kind); }

// Whether this counts as having been in touch with the person (Lead::lastTouchAt).
bool isTouch(ActivityKind kind);

// One entry of a lead's timeline. Append-only: a wrong one is undone, never edited.
struct Activity {
    ActivityId id;
    LeadId lead;
    Instant at{};
    ActivityKind kind = ActivityKind::Note;
    EnrolmentId enrolment;
    StepId step;
    MessageId message; // the mail it tells of
    Disposition disposition = Disposition::None;
    std::optional<int> durationSeconds; // calls
    std::string subject;                // one line: a subject, a file's name, "new → replied"
    std::string text;                   // the note itself; what the machine said

    bool operator==(const Activity&) const = default;
};

} // namespace outrider
