// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/insight_service.h"

#include "core/exchange/csv_writer.h"
#include "core/services/service_context.h"
#include "core/store/repositories/insight_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr const char* goalsKey = "goals";

struct NamedGoal {
    const char* key;
    std::optional<int> Goals::*goal;
};
constexpr NamedGoal namedGoals[]{{"replies", &Goals::replies},
                                 {"meetings", &Goals::meetings},
                                 {"sent", &Goals::sent},
                                 {"calls", &Goals::calls},
                                 {"worked", &Goals::worked}};

Goals readGoals(Connection& db) {
    Goals goals;
    const json stored = json::parse(SettingRepository(db).get(goalsKey), nullptr, false);
    if (!stored.is_object())
        return goals;
    for (const NamedGoal& named : namedGoals) {
        if (const auto found = stored.find(named.key); found != stored.end() && found->is_number_integer())
            goals.*named.goal = found->get<int>();
    }
    return goals;
}

bool isWorkday(sys_days day, const outreach::Surroundings& surroundings) {
    return Weekdays::mondayToFriday().contains(outreach::isoWeekday(day)) && !surroundings.daysOff.contains(day);
}

std::string percent(std::int64_t part, std::int64_t whole) {
    if (whole == 0)
        return {};
    char text[32];
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, 100.0 * double(part) / double(whole), std::chars_format::fixed, 1);
    return error == std::errc() ? std::string(text, end) : std::string();
}

// One value a line, so that every program can turn it as it likes.
class Lines {
public:
    explicit Lines(exchange::CsvWriter writer) : m_writer(std::move(writer)) {}

    void add(std::string_view part, const std::string& row, std::string_view measure, const std::string& value) {
        const std::string_view cells[]{part, row, measure, value};
        if (m_state)
            m_state = m_writer.write(cells);
    }
    void add(std::string_view part, const std::string& row, std::string_view measure, std::int64_t value) {
        add(part, row, measure, std::to_string(value));
    }
    void addTotals(std::string_view part, const std::string& row, const ActivityTotals& totals) {
        add(part, row, "replies", totals.replies);
        add(part, row, "meetings", totals.meetings);
        add(part, row, "emails_sent", totals.sent);
        add(part, row, "calls", totals.calls);
        add(part, row, "other_touches", totals.touches);
        add(part, row, "new_leads_worked", totals.worked);
        add(part, row, "bounces", totals.bounces);
        add(part, row, "opt_outs", totals.optOuts);
    }
    Result<> finish() {
        OUTRIDER_TRY(m_state);
        return m_writer.finish();
    }

private:
    exchange::CsvWriter m_writer;
    Result<> m_state;
};

std::string hourName(int hour) {
    constexpr const char* names[]{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const int ofDay = hour % 24;
    return std::string(names[hour / 24]) + (ofDay < 10 ? " 0" : " ") + std::to_string(ofDay) + ":00";
}

} // namespace

QFuture<Result<Dashboard>> InsightService::dashboard(DashboardQuery query) {
    return m_context.store().read([this, query](ReadContext& r) { return read(r, query); });
}

Result<Dashboard> InsightService::read(ReadContext& r, const DashboardQuery& query) const {
    if (m_context.store().asOf())
        return fail(ErrorCode::Unsupported, "dashboards of the past");
    InsightRepository insights(r.db);
    const outreach::Surroundings surroundings = m_context.surroundings();
    const outreach::Zone& zone = surroundings.zone;
    const sys_days today = zone.dayOf(r.now);
    const sys_days from = firstDayOf(query.period, today);
    const days length(7 * weeksOf(query.period));
    Dashboard out{.query = query, .strategyName = {}, .from = from, .to = today};
    if (query.strategy) {
        const auto strategy = StrategyRepository(r.db).find(query.strategy);
        if (!strategy)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(query.strategy.value));
        out.strategyName = strategy->name;
    }
    for (sys_days day = from; day < from + length; day += days(1)) {
        out.workdays += isWorkday(day, surroundings) ? 1 : 0;
        out.workdaysDone += day <= today && isWorkday(day, surroundings) ? 1 : 0;
    }
    std::vector<Instant> bounds;
    for (sys_days day = from; day <= today + days(1); day += days(1))
        bounds.push_back(zone.startOf(day));
    const auto totals = insights.days(query.strategy, bounds);
    for (std::size_t i = 0; i < totals.size(); ++i) {
        const sys_days day = from + days(int(i));
        out.days.push_back({.day = day, .totals = totals[i], .workday = isWorkday(day, surroundings)});
        out.totals += totals[i];
    }
    // Compared with as much of the period before: also of its running day.
    out.before = insights.totals(query.strategy, zone.startOf(from - length), zone.at(today - length, zone.minuteOfDay(r.now)));
    out.hours = insights.hours(query.strategy);
    out.strategies = insights.strategies(query.strategy, from, today);
    if (query.strategy)
        out.steps = insights.steps(query.strategy, from, today);
    out.mailboxes = insights.mailboxes(from, today);
    OutboxRepository outbox(r.db);
    for (MailboxNumbers& mailbox : out.mailboxes)
        mailbox.usedToday = outbox.handedOverSince(mailbox.mailbox, r.now - std::chrono::hours(24));
    out.goals = readGoals(r.db);
    out.everSent = insights.everSent(query.strategy, leastToTell);
    return out;
}

QFuture<Result<Goals>> InsightService::goals() {
    return m_context.store().read([](ReadContext& r) -> Result<Goals> { return readGoals(r.db); });
}

QFuture<Result<>> InsightService::setGoals(Goals goals) {
    return m_context.store().write(m_context.action("settings.goals"), [goals](WriteContext& write) -> Result<> {
        json stored = json::object();
        for (const NamedGoal& named : namedGoals) {
            const std::optional<int>& goal = goals.*named.goal;
            if (goal && *goal < 0)
                return fail(ErrorCode::InvalidArgument, std::string(named.key) + ": " + std::to_string(*goal));
            if (goal && *goal > 0)
                stored[named.key] = *goal;
        }
        SettingRepository(write.db).set(write, goalsKey, stored.dump());
        return {};
    });
}

QFuture<Result<>> InsightService::exportCsv(DashboardQuery query, std::string path) {
    return m_context.background().run([this, query, path = std::move(path)]() -> Result<> {
        OUTRIDER_ASSIGN(const Dashboard d, wait(dashboard(query)));
        OUTRIDER_ASSIGN(auto csv, exchange::CsvWriter::create(path));
        Lines lines(std::move(csv));
        lines.add("part", "row", "measure", std::string("value"));
        const std::string period = toIsoDate(d.from) + "/" + toIsoDate(d.to);
        if (!d.strategyName.empty())
            lines.add("total", period, "strategy", d.strategyName);
        lines.addTotals("total", period, d.totals);
        lines.addTotals("total", "before", d.before);
        for (const DayTotals& day : d.days)
            lines.addTotals("day", toIsoDate(day.day), day.totals);
        for (int hour = 0; hour < hoursOfWeek; ++hour) {
            const HourNumbers& numbers = d.hours[std::size_t(hour)];
            if (numbers.sent == 0)
                continue;
            lines.add("hour", hourName(hour), "emails_sent", numbers.sent);
            lines.add("hour", hourName(hour), "answered", numbers.answered);
            lines.add("hour", hourName(hour), "answered_percent", percent(numbers.answered, numbers.sent));
        }
        for (const StrategyNumbers& strategy : d.strategies) {
            lines.add("strategy", strategy.name, "enrolled", strategy.enrolled);
            lines.add("strategy", strategy.name, "reached", strategy.reached);
            lines.add("strategy", strategy.name, "replied", strategy.replied);
            lines.add("strategy", strategy.name, "meeting", strategy.met);
            lines.add("strategy", strategy.name, "reply_percent", percent(strategy.replied, strategy.reached));
        }
        for (const StepNumbers& step : d.steps) {
            const std::string row = std::to_string(step.position + 1) + " " + std::string(name(step.channel));
            lines.add("step", row, "done", step.touches);
            lines.add("step", row, "replied", step.replies);
        }
        for (const MailboxNumbers& mailbox : d.mailboxes) {
            lines.add("mailbox", mailbox.address, "emails_sent", mailbox.sent);
            lines.add("mailbox", mailbox.address, "replies", mailbox.replies);
            lines.add("mailbox", mailbox.address, "bounces", mailbox.bounces);
            lines.add("mailbox", mailbox.address, "sent_in_24_hours", mailbox.usedToday);
            lines.add("mailbox", mailbox.address, "daily_limit", mailbox.dailyLimit);
        }
        return lines.finish();
    });
}

} // namespace outrider
