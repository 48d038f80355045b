// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace outrider {

// Stored; never renumber.
enum class EnrolmentState {
    Active = 0,
    Paused = 1,   // until pausedUntil, or until resumed
    Finished = 2, // every step done or skipped
    Stopped = 3,  // see StopReason
};

inline constexpr auto enrolmentStateNames = enumNames<EnrolmentState>({
    {EnrolmentState::Active, "active"},
    {EnrolmentState::Paused, "paused"},
    {EnrolmentState::Finished, "finished"},
    {EnrolmentState::Stopped, "stopped"},
});

// Why a strategy ended early for a lead. Stored; never renumber.
enum class StopReason {
    None = 0,
    TerminalStatus = 1,
    Reply = 2,
    Bounce = 3,
    OptOut = 4,
    DoNotContact = 5,
    Removed = 6, // taken out by the person
    Trashed = 7, // the lead is gone
};

inline constexpr auto stopReasonNames = enumNames<StopReason>({
    {StopReason::None, "none"},
    {StopReason::TerminalStatus, "terminal_status"},
    {StopReason::Reply, "reply"},
    {StopReason::Bounce, "bounce"},
    {StopReason::OptOut, "opt_out"},
    {StopReason::DoNotContact, "do_not_contact"},
    {StopReason::Removed, "removed"},
    {StopReason::Trashed, "trashed"},
});

constexpr std::string_view name(EnrolmentState state) { return enrolmentStateNames.name(state); }
constexpr std::string_view name(StopReason reason) { return stopReasonNames.name(reason); }

// One lead's way through one version of a strategy.
struct Enrolment {
    EnrolmentId id;
    LeadId lead;
    StrategyId strategy;
    StrategyVersionId version;
    EnrolmentState state = EnrolmentState::Active;
    StopReason stopReason = StopReason::None;
    int nextStep = 0; // position of the first step not yet done or skipped
    Instant enrolledAt{};
    std::optional<Instant> lastStepAt;  // when the step before nextStep was done or skipped
    std::optional<Instant> pausedUntil; // an out-of-office's return date
    std::optional<Instant> endedAt;

    bool isRunning() const { return state == EnrolmentState::Active || state == EnrolmentState::Paused; }
    bool operator==(const Enrolment&) const = default;
};

} // namespace outrider
