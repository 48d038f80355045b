// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace outrider {

// Stored; never renumber.
enum class TaskState {
    Open = 0,
    Done = 1,
    Skipped = 2,
    Cancelled = 3, // the strategy stopped, or the lead is gone
};

inline constexpr auto taskStateNames = enumNames<TaskState>({
    {TaskState::Open, "open"},
    {TaskState::Done, "done"},
    {TaskState::Skipped, "skipped"},
    {TaskState::Cancelled, "cancelled"},
});

constexpr std::string_view name(TaskState state) { return taskStateNames.name(state); }

// How a call, or a touch, ended. Stored; never renumber.
enum class Disposition {
    None = 0,
    NoAnswer = 1,
    Voicemail = 2,
    Talked = 3,
    Meeting = 4,
    NotNow = 5,
    Never = 6,
};

inline constexpr auto dispositionNames = enumNames<Disposition>({
    {Disposition::None, "none"},
    {Disposition::NoAnswer, "no_answer"},
    {Disposition::Voicemail, "voicemail"},
    {Disposition::Talked, "talked"},
    {Disposition::Meeting, "meeting"},
    {Disposition::NotNow, "not_now"},
    {Disposition::Never, "never"},
});

constexpr std::string_view name(Disposition disposition) { return dispositionNames.name(disposition); }

// Something to do for one lead: a step that has become due, or what the person set themselves.
struct Task {
    TaskId id;
    LeadId lead;
    EnrolmentId enrolment; // none: set by hand
    StepId step;
    Channel channel = Channel::Task;
    TaskState state = TaskState::Open;
    std::string title; // by hand: what to do; of a step: empty
    std::string note;  // why now, in the person's words
    Instant dueAt{};
    bool snoozed = false; // dueAt was moved by the person
    Disposition disposition = Disposition::None;
    Instant createdAt{};
    std::optional<Instant> closedAt;

    bool operator==(const Task&) const = default;
};

} // namespace outrider
