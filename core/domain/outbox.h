// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace outrider {

// The life of one message to be sent. Stored; never renumber.
//
//   queued ─► held ─► claimed ─► sending ─► sent | refused | unknown
//      └────────────────┴─► dropped
//
// Up to `claimed` nothing has left: it may be taken back, and a crash returns it to `queued`.
// `sending` is durable before the first byte of the message leaves. A crash, or a connection lost
// once the message was handed over, makes it `unknown`, which only proof or the person's word ends.
enum class OutboxState {
    Queued = 0,  // waits for its time
    Held = 1,    // by the person, or by the send fence
    Claimed = 2, // a sender has it; counted against the limits
    Sending = 3,
    Sent = 4,
    Refused = 5, // the server said no; see refusedHard
    Unknown = 6,
    Dropped = 7, // taken back before it left
};

inline constexpr auto outboxStateNames = enumNames<OutboxState>({
    {OutboxState::Queued, "queued"},
    {OutboxState::Held, "held"},
    {OutboxState::Claimed, "claimed"},
    {OutboxState::Sending, "sending"},
    {OutboxState::Sent, "sent"},
    {OutboxState::Refused, "refused"},
    {OutboxState::Unknown, "unknown"},
    {OutboxState::Dropped, "dropped"},
});

constexpr std::string_view name(OutboxState state) { return outboxStateNames.name(state); }

// The moves the state machine knows; everything else is a bug.
bool canMove(OutboxState from, OutboxState to);

// Whether the message may still be taken back.
bool canTakeBack(OutboxState state);

// Whether nothing more happens to it by itself.
bool isSettled(OutboxState state);

// Why a message is not leaving now. Stored; never renumber.
enum class WaitReason {
    None = 0,
    UndoWindow = 1,   // can still be taken back
    HeldByUser = 2,   // "hold everything", or this one
    OutsideHours = 3, // the recipient's window is closed
    DailyLimit = 4,
    Spacing = 5,
    MailboxPaused = 6,
    MailboxSignedOut = 7,
    Offline = 8,
    RetryLater = 9, // the server said "later" (4xx)
    SendFence = 10, // this file is a copy or an older backup
    MissingField = 11,
    HourlyLimit = 12,
    MinuteLimit = 13,
    WeeklyLimit = 14,
    DomainLimit = 15,   // enough to that company this hour
    ProviderLimit = 16, // what the mailbox's provider allows at most
    RampLimit = 17,     // the mailbox is new and sends more every day
    DayOff = 18,        // a holiday there, or a day off
    LeadGap = 19,       // contacted otherwise a short while ago
    CompanyGap = 20,    // so was somebody at their company
};

inline constexpr auto waitReasonNames = enumNames<WaitReason>({
    {WaitReason::None, "none"},
    {WaitReason::UndoWindow, "undo_window"},
    {WaitReason::HeldByUser, "held_by_user"},
    {WaitReason::OutsideHours, "outside_hours"},
    {WaitReason::DailyLimit, "daily_limit"},
    {WaitReason::Spacing, "spacing"},
    {WaitReason::MailboxPaused, "mailbox_paused"},
    {WaitReason::MailboxSignedOut, "mailbox_signed_out"},
    {WaitReason::Offline, "offline"},
    {WaitReason::RetryLater, "retry_later"},
    {WaitReason::SendFence, "send_fence"},
    {WaitReason::MissingField, "missing_field"},
    {WaitReason::HourlyLimit, "hourly_limit"},
    {WaitReason::MinuteLimit, "minute_limit"},
    {WaitReason::WeeklyLimit, "weekly_limit"},
    {WaitReason::DomainLimit, "domain_limit"},
    {WaitReason::ProviderLimit, "provider_limit"},
    {WaitReason::RampLimit, "ramp_limit"},
    {WaitReason::DayOff, "day_off"},
    {WaitReason::LeadGap, "lead_gap"},
    {WaitReason::CompanyGap, "company_gap"},
});

constexpr std::string_view name(WaitReason reason) { return waitReasonNames.name(reason); }

// A message on its way out. Everything a send needs is fixed here before anything connects.
struct OutboxItem {
    OutboxId id;
    LeadId lead;
    EnrolmentId enrolment; // none: written by hand
    StepId step;
    TaskId task;
    MailboxId mailbox;
    MessageId message; // the timeline's copy
    Channel channel = Channel::Email;
    std::string recipient;    // the bare address
    std::string recipientKey; // normalised
    std::string messageIdHeader;
    std::string idempotencyKey; // unique; for a step: derived from enrolment, step and recipient
    std::string subject;
    std::string raw; // the rendered RFC 5322 bytes, CRLF throughout

    OutboxState state = OutboxState::Queued;
    WaitReason waitReason = WaitReason::None;
    Instant earliestAt{}; // not before; with the reason, what the person is told
    int attempts = 0;
    bool refusedHard = false;
    std::string serverAnswer; // the last one, for the trace
    std::string providerRef;  // the provider's name for what is being handed over; empty: there is none
    Instant createdAt{};
    std::optional<Instant> settledAt;

    bool operator==(const OutboxItem&) const = default;
};

} // namespace outrider
