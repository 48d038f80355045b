// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// Days of the week as a set; bit 0 is Monday.
class Weekdays {
public:
    constexpr Weekdays() = default;
    constexpr explicit Weekdays(std::uint8_t bits) : m_bits(bits & 0x7F) {}

    // isoDay: 1 Monday … 7 Sunday
    constexpr bool contains(unsigned isoDay) const { return ((m_bits >> (isoDay - 1)) & 1) != 0; }
    constexpr bool none() const { return m_bits == 0; }
    constexpr std::uint8_t bits() const { return m_bits; }
    constexpr bool operator==(const Weekdays&) const = default;

    static constexpr Weekdays mondayToFriday() { return Weekdays(0x1F); }
    static constexpr Weekdays all() { return Weekdays(0x7F); }

private:
    std::uint8_t m_bits = 0x1F;
};

// When it is fine to reach somebody, in their own local time. end > start; 24:00 is 1440.
struct Window {
    Weekdays days = Weekdays::mondayToFriday();
    int startMinute = 8 * 60;
    int endMinute = 17 * 60;

    bool operator==(const Window&) const = default;
};

// What a step's days are counted from. Stored; never renumber.
enum class OffsetBase {
    Completion = 0, // of the step before; a late step moves the later ones, none is caught up
    Enrolment = 1,  // fixed days after the start; late steps may fall on the same day
};

inline constexpr auto offsetBaseNames = enumNames<OffsetBase>({
    {OffsetBase::Completion, "completion"},
    {OffsetBase::Enrolment, "enrolment"},
});

// Stored; never renumber.
enum class Thread {
    New = 0,
    Reply = 1, // in the conversation of the step before
};

inline constexpr auto threadNames = enumNames<Thread>({
    {Thread::New, "new"},
    {Thread::Reply, "reply"},
});

struct Step {
    StepId id;
    int position = 0; // 0-based
    Channel channel = Channel::Email;
    int dayOffset = 0;            // days after the base; 0 for the first step means at once
    std::optional<Window> window; // none: the strategy's
    Thread thread = Thread::New;
    std::string subject; // e-mail: template of the subject; else the task's title
    std::string body;    // e-mail, SMS, LinkedIn: template of the text; call, task: what to do

    bool operator==(const Step&) const = default;
};

// What was published at a moment. Never changed afterwards: an edit publishes the next version.
struct StrategyVersion {
    StrategyVersionId id;
    StrategyId strategy;
    int number = 1;
    OffsetBase offsetBase = OffsetBase::Completion;
    bool businessDays = true; // offsets count Monday to Friday without holidays; else calendar days
    Window window;
    std::vector<Step> steps; // by position
    Instant publishedAt{};

    bool operator==(const StrategyVersion&) const = default;
};

// Stored; never renumber.
enum class StrategyState {
    Active = 0,
    Paused = 1, // nothing of it is due until resumed
    Archived = 2,
};

inline constexpr auto strategyStateNames = enumNames<StrategyState>({
    {StrategyState::Active, "active"},
    {StrategyState::Paused, "paused"},
    {StrategyState::Archived, "archived"},
});

// A named sequence of steps; the leads in it are its enrolments.
struct Strategy {
    StrategyId id;
    std::string name; // unique
    StrategyState state = StrategyState::Active;
    StrategyVersionId currentVersion;
    MailboxId mailbox; // which mailbox its e-mails leave from; none: the default one
    Instant createdAt{};

    bool operator==(const Strategy&) const = default;
};

} // namespace outrider
