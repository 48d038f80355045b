// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/insight_service.h"
#include "core/services/strategy_service.h"
#include "ui/text/insight_text.h"

#include <charconv>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct StatsOptions {
    std::string period = "4weeks";
    std::string strategy;
    std::string csv;
    std::vector<std::string> goals;
};

json toJson(const ActivityTotals& totals) {
    return {{"replies", totals.replies}, {"meetings", totals.meetings},     {"sent", totals.sent},
            {"calls", totals.calls},     {"other_touches", totals.touches}, {"worked", totals.worked},
            {"bounces", totals.bounces}, {"opt_outs", totals.optOuts}};
}

json goalJson(std::optional<int> goal) { return goal ? json(*goal) : json(); }

json toJson(const Goals& goals) {
    return {{"replies", goalJson(goals.replies)},
            {"meetings", goalJson(goals.meetings)},
            {"sent", goalJson(goals.sent)},
            {"calls", goalJson(goals.calls)},
            {"worked", goalJson(goals.worked)}};
}

// null: too early to say.
json rateJson(bool canTell, std::int64_t part, std::int64_t whole, const Interval& interval) {
    if (!canTell)
        return nullptr;
    return {{"rate", double(part) / double(whole)}, {"low", interval.low}, {"high", interval.high}};
}

json toJson(const Dashboard& d) {
    json days = json::array();
    for (const DayTotals& day : d.days) {
        json one = toJson(day.totals);
        one["date"] = toIsoDate(day.day);
        one["workday"] = day.workday;
        days.push_back(std::move(one));
    }
    json hours = json::array();
    for (int hour = 0; hour < hoursOfWeek; ++hour) {
        const HourNumbers& numbers = d.hours[std::size_t(hour)];
        if (numbers.sent > 0)
            hours.push_back(
                {{"weekday", hour / 24 + 1}, {"hour", hour % 24}, {"sent", numbers.sent}, {"answered", numbers.answered}});
    }
    json strategies = json::array();
    for (const StrategyNumbers& s : d.strategies)
        strategies.push_back({{"id", idJson(s.strategy.value)},
                              {"name", s.name},
                              {"enrolled", s.enrolled},
                              {"reached", s.reached},
                              {"replied", s.replied},
                              {"meeting", s.met},
                              {"reply_rate", rateJson(s.canTell(), s.replied, s.reached, s.interval())}});
    json steps = json::array();
    for (const StepNumbers& s : d.steps)
        steps.push_back({{"step", s.position + 1},
                         {"channel", name(s.channel)},
                         {"subject", s.subject},
                         {"done", s.touches},
                         {"replied", s.replies},
                         {"reply_rate", rateJson(s.canTell(), s.replies, s.touches, s.interval())}});
    json mailboxes = json::array();
    for (const MailboxNumbers& m : d.mailboxes)
        mailboxes.push_back({{"id", idJson(m.mailbox.value)},
                             {"address", m.address},
                             {"state", mailboxStateNames.name(m.state)},
                             {"state_reason", m.stateReason},
                             {"sent_in_24_hours", m.usedToday},
                             {"daily_limit", m.dailyLimit},
                             {"waiting", m.waiting},
                             {"sent", m.sent},
                             {"replies", m.replies},
                             {"bounces", m.bounces}});
    return {{"period", insightPeriodNames.name(d.query.period)},
            {"from", toIsoDate(d.from)},
            {"to", toIsoDate(d.to)},
            {"strategy", d.strategyName.empty() ? json() : json(d.strategyName)},
            {"workdays_done", d.workdaysDone},
            {"workdays", d.workdays},
            {"too_early", d.isEmpty()},
            {"totals", toJson(d.totals)},
            {"before", toJson(d.before)},
            {"goals_per_week", toJson(d.goals)},
            {"days", days},
            {"hours", hours},
            {"best_hour", d.bestHour() ? json(*d.bestHour()) : json()},
            {"strategies", strategies},
            {"steps", steps},
            {"mailboxes", mailboxes}};
}

std::string textOf(const Dashboard& d) {
    std::string out = plain(text::periodText(d)) + (d.strategyName.empty() ? "" : ", " + d.strategyName) + "\n\n";
    std::vector<std::vector<std::string>> rows{{"", "NUMBER", "GOAL", "BEFORE"}};
    for (const text::Indicator& one : text::indicators(d))
        rows.push_back({plain(one.name), plain(one.value), plain(one.goal), plain(one.change)});
    out += table(rows);
    if (!d.strategies.empty()) {
        rows = {{"STRATEGY", "ENROLLED", "REACHED", "REPLIED", "MEETING", "REPLY RATE"}};
        for (const StrategyNumbers& s : d.strategies)
            rows.push_back({s.name, std::to_string(s.enrolled), std::to_string(s.reached), std::to_string(s.replied),
                            std::to_string(s.met), plain(text::rateText(s.canTell(), s.replied, s.reached, s.interval()))});
        out += "\n" + table(rows);
    }
    if (!d.steps.empty()) {
        rows = {{"STEP", "DONE", "REPLIED", "REPLY RATE"}};
        for (const StepNumbers& s : d.steps)
            rows.push_back({std::to_string(s.position + 1) + " " + std::string(name(s.channel)), std::to_string(s.touches),
                            std::to_string(s.replies), plain(text::rateText(s.canTell(), s.replies, s.touches, s.interval()))});
        out += "\n" + table(rows);
    }
    if (!d.mailboxes.empty()) {
        rows = {{"MAILBOX", "HEALTH", "24 HOURS", "SENT", "BOUNCE", "REPLY", "WHY"}};
        for (const MailboxNumbers& m : d.mailboxes)
            rows.push_back({m.address, plain(text::healthName(m)),
                            std::to_string(m.usedToday) + " / " + std::to_string(m.dailyLimit), std::to_string(m.sent),
                            plain(text::percentText(m.bounces, m.sent)), plain(text::percentText(m.replies, m.sent)),
                            plain(text::healthText(m))});
        out += "\n" + table(rows);
    }
    out += "\n" + plain(text::bestHourText(d)) + "\n";
    return out;
}

// "replies=20", for a week; 0: none.
Result<> setGoals(Session& session, Workspace& workspace, const std::vector<std::string>& texts) {
    OUTRIDER_ASSIGN(Goals goals, session.wait(workspace.insights().goals()));
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        int number = -1;
        const char* const end = text.data() + text.size();
        const auto read = equals == std::string::npos ? std::from_chars_result{end, std::errc::invalid_argument}
                                                      : std::from_chars(text.data() + equals + 1, end, number);
        const std::string measure = text.substr(0, equals);
        std::optional<int>* goal = measure == "replies"    ? &goals.replies
                                   : measure == "meetings" ? &goals.meetings
                                   : measure == "sent"     ? &goals.sent
                                   : measure == "calls"    ? &goals.calls
                                   : measure == "worked"   ? &goals.worked
                                                           : nullptr;
        constexpr int most = 1000000;
        if (goal == nullptr || read.ec != std::errc() || read.ptr != end || number < 0 || number > most)
            return fail(ErrorCode::InvalidArgument, "goal: " + text);
        *goal = number == 0 ? std::nullopt : std::optional(number);
    }
    return session.wait(workspace.insights().setGoals(goals));
}

int stats(Session& session, const StatsOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.goals.empty()));
    if (!options.goals.empty())
        CLI_CHECK(setGoals(session, *workspace, options.goals));
    DashboardQuery query;
    query.period = insightPeriodNames.value(options.period).value_or(InsightPeriod::FourWeeks);
    if (!options.strategy.empty()) {
        CLI_TRY(query.strategy, session.wait(workspace->strategies().find(options.strategy)));
    }
    if (!options.csv.empty()) {
        CLI_CHECK(session.wait(workspace->insights().exportCsv(query, options.csv)));
        return session.done({{"file", options.csv}}, "Written to " + options.csv);
    }
    CLI_TRY(const Dashboard dashboard, session.wait(workspace->insights().dashboard(query)));
    return session.done(toJson(dashboard), textOf(dashboard));
}

} // namespace

void addStatsCommands(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<StatsOptions>();
    auto* command = app.add_subcommand("stats", "what was done, and what came of it");
    command->add_option("--period", options->period, "week, 4weeks or quarter, the running one")
        ->check(CLI::IsMember({"week", "4weeks", "quarter"}))
        ->capture_default_str();
    command->add_option("--strategy", options->strategy, "of one strategy: its name or id; shows its steps, too");
    command->add_option("--csv", options->csv, "writes the numbers to this file, one a line");
    command->add_option("--goal", options->goals,
                        "what to reach in a week: replies=20; also meetings, sent, calls, worked; 0: none");
    onParsed(command, chosen, options, stats);
}

} // namespace outrider::cli
