// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/bench/bench.h"
#include "core/bench/crash_bench.h"
#include "core/bench/send_crash_bench.h"

#include <QSysInfo>
#include <QThread>

#include <iostream>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct BenchOptions {
    std::string name;
    bool list = false;
    std::optional<int> kills;
};

json toJson(const bench::Measurement& one) {
    return {{"bench", one.bench},
            {"metric", one.metric},
            {"value", one.value},
            {"unit", one.unit},
            {"p95", one.p95},
            {"p99", one.p99},
            {"cpu_p95", one.cpuP95},
            {"cpu_p99", one.cpuP99},
            {"reference", one.reference},
            {"reference_value", one.referenceValue},
            {"ratio", one.ratio()},
            {"n", one.n},
            {"machine", QSysInfo::prettyProductName().toStdString() + ", " + QSysInfo::currentCpuArchitecture().toStdString()
                            + ", " + std::to_string(QThread::idealThreadCount()) + " cores"}};
}

// Unlike the other commands' answers, one plain JSON object a line: what `./dev bench` collects.
int run(Session& session, const BenchOptions& options) {
    if (options.list) {
        for (const bench::Bench& one : bench::benches())
            std::cout << one.name << '\n';
        return 0;
    }
    const bool sending = options.name == "crash-send";
    if (options.kills && options.name != "crash" && !sending)
        return session.refused(Error(ErrorCode::InvalidArgument, "--kills is of bench crash and crash-send"));
    for (const bench::Bench& one : bench::benches()) {
        if (one.name != options.name)
            continue;
        Workspace* workspace = nullptr;
        if (one.runIn && !session.options().store.empty()) {
            CLI_TRY(workspace, session.workspace());
        }
        CLI_TRY(const std::vector<bench::Measurement> found, options.kills&& sending ? bench::sendCrashBench(*options.kills)
                                                             : options.kills         ? bench::crashBench(*options.kills)
                                                             : workspace != nullptr  ? one.runIn(workspace->context())
                                                                                     : one.run());
        for (const bench::Measurement& measurement : found)
            std::cout << toJson(measurement).dump() << '\n';
        return std::cout.flush() ? 0 : 1;
    }
    return session.refused(Error(ErrorCode::NotFound, "bench " + options.name));
}

} // namespace

void addBenchCommands(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<BenchOptions>();
    auto* command = app.add_subcommand("bench", "measure, beside a reference of the same run; one JSON object a line");
    auto* name = command->add_option("name", options->name, "which; --list names them");
    command->add_flag("--list", options->list)->excludes(name);
    command->add_option("--kills", options->kills, "of crash and crash-send: how often a process is killed")
        ->check(CLI::Range(1, 10'000'000));
    onParsed(command, chosen, options, run);
}

} // namespace outrider::cli
