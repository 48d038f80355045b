// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/bench/seed.h"

#include <QLocale>

namespace outrider::cli {

namespace {

std::string number(std::int64_t value) { return QLocale().toString(qlonglong(value)).toStdString(); }

int run(Session& session, const bench::SeedOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto progress = std::make_shared<Progress>();
    Result<bench::SeedReport> seeded;
    {
        const Interruptible stops(progress);
        const ProgressLine line(session, progress, "Seeding");
        seeded = session.wait(bench::seed(*workspace, options, progress));
    }
    if (!seeded)
        return session.refused(seeded);
    return session.done({{"leads", seeded->leads},
                         {"activities", seeded->activities},
                         {"companies", seeded->companies},
                         {"messages", seeded->messages},
                         {"enrolments", seeded->enrolments},
                         {"open_tasks", seeded->openTasks}},
                        number(seeded->leads) + " leads of " + number(seeded->companies) + " companies, "
                            + number(seeded->activities) + " activities with " + number(seeded->messages) + " mails, "
                            + number(seeded->openTasks) + " open tasks\n");
}

} // namespace

void addSeedCommands(CLI::App& app, Command& chosen) {
    auto options = std::make_shared<bench::SeedOptions>();
    auto* command = app.add_subcommand("seed", "fill an empty workspace with invented leads, for measuring and showing");
    command->add_option("--leads", options->leads, "how many")->capture_default_str();
    command->add_option("--activities", options->activities, "how many entries their timelines have together")
        ->capture_default_str();
    command->add_option("--seed", options->seed, "the same number, on the same day, gives the same workspace")
        ->capture_default_str();
    onParsed(command, chosen, options, run);
}

} // namespace outrider::cli
