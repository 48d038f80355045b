// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_command.h"

#include "core/services/strategy_service.h"

#include <QDateTime>
#include <QTimeZone>

#include <map>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct SimulateOptions {
    int days = 30;
    std::string strategy; // name or id; empty: all
};

template <typename Id>
std::string nameIn(const std::map<Id, std::string>& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string() : found->second;
}

json stepJson(const SimulationReport& report, const SimulatedStep& step) {
    json waited = json::array();
    for (const WaitReason reason : step.waited)
        waited.push_back(name(reason));
    json out{{"at", momentJson(step.at)},       {"due", momentJson(step.due)},
             {"lead", idJson(step.lead.value)}, {"name", nameIn(report.leads, step.lead)},
             {"channel", name(step.channel)},   {"waited_for", waited}};
    if (step.strategy) {
        out["strategy"] = nameIn(report.strategies, step.strategy);
        out["step"] = step.step + 1;
    }
    if (step.channel == Channel::Email && step.strategy)
        out["text"] = std::string(1, char('A' + step.variant));
    if (step.mailbox)
        out["mailbox"] = nameIn(report.mailboxes, step.mailbox);
    return out;
}

json skipJson(const SimulationReport& report, const SimulatedSkip& skip) {
    return {{"lead", idJson(skip.lead.value)},
            {"name", nameIn(report.leads, skip.lead)},
            {"strategy", nameIn(report.strategies, skip.strategy)},
            {"step", skip.step + 1},
            {"reason", skipReasonNames.name(skip.reason)},
            {"due", momentJson(skip.due)}};
}

std::string daysText(const SimulationReport& report, const std::string& zone) {
    const QTimeZone here(QByteArray::fromStdString(zone));
    std::map<std::string, std::map<Channel, int>> days;
    for (const SimulatedStep& step : report.plan.steps) {
        const QDate day = QDateTime::fromMSecsSinceEpoch(toEpochMillis(step.at), here).date();
        ++days[day.toString(Qt::ISODate).toStdString()][step.channel];
    }
    std::vector<std::vector<std::string>> rows{{"DAY"}};
    for (const Channel channel : channels)
        rows.front().emplace_back(name(channel));
    for (auto& [day, counts] : days) {
        rows.push_back({day});
        for (const Channel channel : channels)
            rows.back().push_back(std::to_string(counts[channel]));
    }
    return rows.size() == 1 ? "Nothing comes due.\n" : table(rows);
}

std::string reasonsText(const SimulationReport& report) {
    std::map<std::string, int> waited;
    for (const SimulatedStep& step : report.plan.steps) {
        for (const WaitReason reason : step.waited) {
            if (reason != WaitReason::UndoWindow && reason != WaitReason::None)
                ++waited[std::string(name(reason))];
        }
    }
    std::map<std::string, int> skipped;
    for (const SimulatedSkip& skip : report.plan.skips)
        ++skipped[std::string(skipReasonNames.name(skip.reason))];
    std::string text;
    for (const auto& [reason, count] : waited)
        text += "waits for " + reason + ": " + std::to_string(count) + "\n";
    for (const auto& [reason, count] : skipped)
        text += "skipped, " + reason + ": " + std::to_string(count) + "\n";
    return text;
}

int simulate(Session& session, const SimulateOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(SimulationReport report, session.wait(workspace->strategies().simulate(options.days)));
    if (!options.strategy.empty()) {
        CLI_TRY(const StrategyId only, session.wait(workspace->strategies().find(options.strategy)));
        std::erase_if(report.plan.steps, [&](const SimulatedStep& step) { return step.strategy != only; });
        std::erase_if(report.plan.skips, [&](const SimulatedSkip& skip) { return skip.strategy != only; });
    }
    json steps = json::array();
    for (const SimulatedStep& step : report.plan.steps)
        steps.push_back(stepJson(report, step));
    json skips = json::array();
    for (const SimulatedSkip& skip : report.plan.skips)
        skips.push_back(skipJson(report, skip));
    return session.done(
        {{"from", momentJson(report.plan.from)}, {"until", momentJson(report.plan.until)}, {"steps", steps}, {"skipped", skips}},
        daysText(report, workspace->zone()) + reasonsText(report));
}

} // namespace

void addSimulateCommand(CLI::App& strategy, Command& chosen) {
    auto options = std::make_shared<SimulateOptions>();
    auto* command = strategy.add_subcommand("simulate", "the next days of everybody, by the rules of the run; changes nothing");
    command->add_option("strategy", options->strategy, "show only this one; its name or id");
    command->add_option("--days", options->days, "how many")->check(CLI::Range(1, 366));
    onParsed(command, chosen, options, simulate);
}

} // namespace outrider::cli
