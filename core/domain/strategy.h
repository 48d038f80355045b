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

// Another text of an e-mail step, tried beside the step's own: B, C and so on.
struct Variant {
    int weight = 1; // share of the leads that get it, beside the other weights
    std::string subject;
    std::string body;

    bool operator==(const Variant&) const = default;
};

struct Step {
    StepId id;
    int position = 0; // 0-based
    Channel channel = Channel::Email;
    int dayOffset = 0;            // days after the base; 0 for the first step means at once
    std::optional<Window> window; // none: the strategy's
    Thread thread = Thread::New;
    std::string subject; // e-mail: template of the subject; else the task's title
    std::string body;    // e-mail, SMS, LinkedIn: template of the text; call, task: what to do
    int weight = 1;      // of this text, which is variant A
    std::vector<Variant> variants;

    bool operator==(const Step&) const = default;
};

// What somebody's answer does to their colleagues in the same strategy. Stored; never renumber.
enum class ColleagueReply {
    Nothing = 0,
    Delay = 1,
    Stop = 2,
};

inline constexpr auto colleagueReplyNames = enumNames<ColleagueReply>({
    {ColleagueReply::Nothing, "nothing"},
    {ColleagueReply::Delay, "delay"},
    {ColleagueReply::Stop, "stop"},
});

// What ends a strategy for a lead before its last step. A hard bounce, an opt-out, "never" and a final status always do.
struct StopRules {
    bool reply = true;
    bool meeting = true;
    bool talked = false; // a call in which they spoke
    StatusId status;     // an open status that ends it too; none: only the final ones

    bool operator==(const StopRules&) const = default;
};

struct StrategyRules {
    StopRules stops;
    ColleagueReply colleague = ColleagueReply::Nothing;
    int colleagueDays = 5; // of Delay
    int canaryPercent = 0; // that many begin at once, the others wait until the person has looked; 0: everybody begins
    int perWeekday = 0;    // leads who begin on one weekday at most; 0: any number

    bool operator==(const StrategyRules&) const = default;
};

// What was published at a moment. Never changed afterwards but for releasedAt: an edit publishes the next version.
struct StrategyVersion {
    StrategyVersionId id;
    StrategyId strategy;
    int number = 1;
    OffsetBase offsetBase = OffsetBase::Completion;
    bool businessDays = true; // offsets count Monday to Friday without holidays; else calendar days
    Window window;
    std::vector<Step> steps; // by position
    StrategyRules rules;
    Instant publishedAt{};
    std::optional<Instant> releasedAt; // of its canary: everybody may begin since

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
