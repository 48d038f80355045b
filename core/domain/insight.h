// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/enum_names.h"
#include "core/domain/mailbox.h"
#include "core/domain/proportion.h"
#include "core/domain/strategy.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What the dashboards look at: whole weeks, from a Monday on, the running one last.
enum class InsightPeriod { Week, FourWeeks, Quarter };

inline constexpr auto insightPeriodNames = enumNames<InsightPeriod>({
    {InsightPeriod::Week, "week"},
    {InsightPeriod::FourWeeks, "4weeks"},
    {InsightPeriod::Quarter, "quarter"},
});

constexpr int weeksOf(InsightPeriod period) {
    return period == InsightPeriod::Week ? 1 : period == InsightPeriod::FourWeeks ? 4 : 13;
}

// The Monday the period begins on.
std::chrono::sys_days firstDayOf(InsightPeriod period, std::chrono::sys_days today);

// What was done, and what came of it, in some stretch of time.
struct ActivityTotals {
    std::int64_t sent = 0; // e-mails that left
    std::int64_t calls = 0;
    std::int64_t touches = 0; // LinkedIn, SMS
    std::int64_t replies = 0;
    std::int64_t meetings = 0;
    std::int64_t bounces = 0;
    std::int64_t optOuts = 0;
    std::int64_t worked = 0; // leads written to, called… for the first time

    ActivityTotals& operator+=(const ActivityTotals& other);
    bool operator==(const ActivityTotals&) const = default;
};

// What the person wants to reach, a week; of what is not set nothing is shown.
struct Goals {
    std::optional<int> replies;
    std::optional<int> meetings;
    std::optional<int> sent;
    std::optional<int> calls;
    std::optional<int> worked;

    bool operator==(const Goals&) const = default;
};

struct DayTotals {
    std::chrono::sys_days day{};
    ActivityTotals totals;
    bool workday = true;
};

// E-mails sent in one hour of the leads' week, and how many of them were answered.
struct HourNumbers {
    std::int64_t sent = 0;
    std::int64_t answered = 0;
};

constexpr int hoursOfWeek = 7 * 24;

// Below this a share says nothing yet.
constexpr std::int64_t leastToTell = 20;
// Below this an hour is no advice.
constexpr std::int64_t leastForAdvice = 30;
// From here on, servers that receive mail begin to refuse it.
constexpr double highBounceRate = 0.03;

// What became of the leads put into a strategy in the period.
struct StrategyNumbers {
    StrategyId strategy;
    std::string name;
    std::int64_t enrolled = 0;
    std::int64_t reached = 0; // a message left, a call was made
    std::int64_t replied = 0;
    std::int64_t met = 0;

    bool canTell() const { return reached >= leastToTell; }
    double replyRate() const { return reached > 0 ? double(replied) / double(reached) : 0; }
    Interval interval() const { return wilson95(replied, reached); }
};

// One step of the strategy the dashboard is about, over all its versions.
struct StepNumbers {
    int position = 0;
    Channel channel = Channel::Email;
    std::string subject; // of the latest version, as it stands in the template
    std::int64_t touches = 0;
    std::int64_t replies = 0;

    bool canTell() const { return touches >= leastToTell; }
    Interval interval() const { return wilson95(replies, touches); }
};

// How a mailbox is doing.
struct MailboxNumbers {
    MailboxId mailbox;
    std::string address;
    MailboxState state = MailboxState::Active;
    std::string stateReason; // machine name of an error
    int usedToday = 0;       // of the limit, in 24 hours
    int dailyLimit = 0;
    int waiting = 0; // messages in its outbox, counted up to manyWaiting
    std::int64_t sent = 0;
    std::int64_t replies = 0;
    std::int64_t bounces = 0;

    static constexpr int manyWaiting = 1000;
    bool canTell() const { return sent >= leastToTell; }
    bool bouncesMuch() const { return canTell() && double(bounces) > highBounceRate * double(sent); }
};

struct DashboardQuery {
    InsightPeriod period = InsightPeriod::FourWeeks;
    StrategyId strategy; // none: everything

    bool operator==(const DashboardQuery&) const = default;
};

// One person's numbers, for one period.
struct Dashboard {
    DashboardQuery query;
    std::string strategyName;
    std::chrono::sys_days from{}; // a Monday
    std::chrono::sys_days to{};   // today
    int workdaysDone = 0;         // of the period, today included
    int workdays = 0;             // in all of it
    ActivityTotals totals;
    ActivityTotals before; // up to the same moment of the period before
    std::vector<DayTotals> days;
    std::array<HourNumbers, hoursOfWeek> hours{}; // since the beginning; [0]: Monday, midnight
    std::vector<StrategyNumbers> strategies;      // most enrolled first
    std::vector<StepNumbers> steps;               // when it is about one strategy
    std::vector<MailboxNumbers> mailboxes;
    Goals goals;
    std::int64_t everSent = 0; // e-mails and calls since the beginning, counted up to leastToTell

    bool isEmpty() const { return everSent < leastToTell; }
    int weeks() const { return weeksOf(query.period); }
    // The hour most e-mails are answered in; none while no hour has leastForAdvice.
    std::optional<int> bestHour() const;
};

} // namespace outrider
