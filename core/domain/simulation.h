// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"
#include "core/domain/outbox.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// Why a step will not happen in a dry run.
enum class SkipReason {
    Unreachable, // suppressed, or without an address
    NoMailbox,   // none to send from
    StrategyPaused,
    EnrolmentPaused,
    WindowNeverOpens,
    HeldForReview, // its strategy's canary is looked at first
    BeyondTheEnd,  // due, but its limits let it leave only after the last day
};

inline constexpr auto skipReasonNames = enumNames<SkipReason>({
    {SkipReason::Unreachable, "unreachable"},
    {SkipReason::NoMailbox, "no_mailbox"},
    {SkipReason::StrategyPaused, "strategy_paused"},
    {SkipReason::EnrolmentPaused, "enrolment_paused"},
    {SkipReason::WindowNeverOpens, "window_never_opens"},
    {SkipReason::HeldForReview, "held_for_review"},
    {SkipReason::BeyondTheEnd, "beyond_the_end"},
});

// One thing that will happen: a message that leaves, or a task that comes due.
struct SimulatedStep {
    Instant at{};  // when it leaves, or is due
    Instant due{}; // when its step is due
    LeadId lead;
    EnrolmentId enrolment; // none: written by hand and waiting
    StrategyId strategy;
    int step = 0;
    Channel channel = Channel::Email;
    MailboxId mailbox;              // of an e-mail
    int variant = 0;                // of an e-mail: which text, 0 is A
    std::vector<WaitReason> waited; // every limit and window met on the way

    bool operator==(const SimulatedStep&) const = default;
};

struct SimulatedSkip {
    LeadId lead;
    EnrolmentId enrolment;
    StrategyId strategy;
    int step = 0;
    SkipReason reason = SkipReason::Unreachable;
    std::optional<Instant> due;

    bool operator==(const SimulatedSkip&) const = default;
};

// A dry run of the next days.
struct Simulation {
    Instant from{};
    Instant until{};
    std::vector<SimulatedStep> steps; // in the order they happen
    std::vector<SimulatedSkip> skips; // by enrolment

    bool operator==(const Simulation&) const = default;
};

// A dry run with the names of what it speaks of.
struct SimulationReport {
    Simulation plan;
    std::map<LeadId, std::string> leads;
    std::map<StrategyId, std::string> strategies;
    std::map<MailboxId, std::string> mailboxes; // addresses
    std::map<MailboxId, int> dailyLimits;
};

} // namespace outrider
