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
    Removed = 6,     // taken out by the person
    Trashed = 7,     // the lead is gone
    Colleague = 8,   // somebody at their company answered (StrategyRules::colleague)
    CallOutcome = 9, // they were spoken to (StopRules::talked)
    Status = 10,     // the status that ends this strategy (StopRules::status)
    Meeting = 11,
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
    {StopReason::Colleague, "colleague"},
    {StopReason::CallOutcome, "call_outcome"},
    {StopReason::Status, "status"},
    {StopReason::Meeting, "meeting"},
});

// Why an enrolment is paused. Stored; never renumber.
enum class PauseReason {
    Absence = 0, // out of office
    Person = 1,
    Colleague = 2, // somebody at their company answered
    Canary = 3,    // until the person has looked at how the first ones go
};

inline constexpr auto pauseReasonNames = enumNames<PauseReason>({
    {PauseReason::Absence, "absence"},
    {PauseReason::Person, "person"},
    {PauseReason::Colleague, "colleague"},
    {PauseReason::Canary, "canary"},
});

// What a version's canary made of an enrolment. Stored; never renumber.
enum class CanaryPart {
    None = 0,
    First = 1,
    Held = 2, // also once it was released
};

constexpr std::string_view name(EnrolmentState state) { return enrolmentStateNames.name(state); }
constexpr std::string_view name(StopReason reason) { return stopReasonNames.name(reason); }
constexpr std::string_view name(PauseReason reason) { return pauseReasonNames.name(reason); }

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
    std::optional<Instant> startsAt; // begins then and not when enrolled: its turn of the day, its release
    PauseReason pauseReason = PauseReason::Absence;
    CanaryPart canary = CanaryPart::None;

    Instant begins() const { return startsAt.value_or(enrolledAt); }
    bool isRunning() const { return state == EnrolmentState::Active || state == EnrolmentState::Paused; }
    bool operator==(const Enrolment&) const = default;
};

} // namespace outrider
