// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/verification_service.h"
#include "ui/text/verification_text.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

json countsJson(const VerificationCounts& counts) {
    return {{"leads", counts.leads}, {"with_address", counts.withAddress}, {"valid", counts.valid},
            {"risky", counts.risky}, {"invalid", counts.invalid},          {"unknown", counts.unknown},
            {"stale", counts.stale}, {"unchecked", counts.unchecked}};
}

json verdictJson(const AddressVerdict& verdict) {
    return {{"address", verdict.key},
            {"state", addressStateNames.name(verdict.state)},
            {"finding", addressFindingNames.name(verdict.finding)},
            {"suggestion", verdict.suggestion},
            {"paid", verdict.paid},
            {"checked_at", verdict.checkedAt == Instant{} ? json() : json(toIso8601(verdict.checkedAt))}};
}

std::string verdictLine(const AddressVerdict& verdict) {
    return verdict.key + ": " + plain(text::addressStateText(verdict.state)) + ". " + plain(text::addressSentence(verdict));
}

struct RunOptions {
    std::vector<std::string> ids;
    std::string filter;
    bool again = false;
    bool paid = false;
    std::int64_t mostCredits = -1;
};

Result<VerificationService::Wish> wishOf(const RunOptions& options) {
    OUTRIDER_ASSIGN(LeadSelection leads, selection(options.ids, options.filter));
    VerificationService::Wish wish{.leads = std::move(leads), .again = options.again, .paid = options.paid, .mostCredits = {}};
    if (options.mostCredits >= 0)
        wish.mostCredits = options.mostCredits;
    return wish;
}

int plan(Session& session, const RunOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(VerificationService::Wish wish, wishOf(options));
    CLI_TRY(const auto plan, session.wait(workspace->verification().plan(std::move(wish))));
    std::string text = plain(text::verificationLine(plan.now)) + "\n" + std::to_string(plan.toCheck) + " to look at here";
    if (options.paid)
        text += ", at most " + std::to_string(plan.toAsk) + " to ask the verifier for";
    return session.done({{"now", countsJson(plan.now)}, {"to_check", plan.toCheck}, {"to_ask", plan.toAsk}}, text);
}

int run(Session& session, const RunOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(VerificationService::Wish wish, wishOf(options));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Verifying");
    CLI_TRY(const auto report, session.wait(workspace->verification().verify(std::move(wish), progress)));
    json data{{"checked", report.checked},
              {"asked", report.asked},
              {"charged", report.charged},
              {"after", countsJson(report.after)},
              {"balance", report.balance ? json(*report.balance) : json()}};
    std::string text = std::to_string(report.checked) + " looked at here";
    if (options.paid)
        text += ", " + std::to_string(report.asked) + " asked for, " + std::to_string(report.charged) + " credits";
    if (report.balance)
        text += ", " + std::to_string(*report.balance) + " left";
    text += "\n" + plain(text::verificationLine(report.after));
    if (report.stopped) // what was found out stands; the rest has a reason
        return session.refused(*report.stopped, data, text);
    return session.done(data, text);
}

struct AddressOptions {
    std::vector<std::string> addresses;
};

int look(Session& session, const AddressOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    CLI_TRY(const auto verdicts, session.wait(workspace->verification().look(options.addresses, progress)));
    json all = json::array();
    std::string text;
    for (const AddressVerdict& verdict : verdicts) {
        all.push_back(verdictJson(verdict));
        text += verdictLine(verdict) + "\n";
    }
    return session.done(all, text);
}

int show(Session& session, const AddressOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    json all = json::array();
    std::string text;
    for (const std::string& address : options.addresses) {
        CLI_TRY(const auto verdict, session.wait(workspace->verification().verdict(address)));
        all.push_back(verdict ? verdictJson(*verdict) : json{{"address", address}, {"state", json()}});
        text +=
            (verdict ? verdictLine(*verdict) + " (" + session.moment(verdict->checkedAt) + ")" : address + ": not checked yet")
            + "\n";
    }
    return session.done(all, text);
}

struct VerifierOptions {
    std::string url;
    std::string keyFile;
    std::int64_t mostADay = -1;
    bool remove = false;
};

int verifier(Session& session, const VerifierOptions& options) {
    const bool changes = !options.url.empty() || !options.keyFile.empty() || options.mostADay >= 0;
    CLI_TRY(Workspace * workspace, session.workspace(!changes && !options.remove));
    if (options.remove)
        CLI_CHECK(session.wait(workspace->verification().removeVerifier()));
    CLI_TRY(auto settings, session.wait(workspace->verification().verifier()));
    if (changes) {
        if (!options.url.empty())
            settings.url = options.url;
        if (options.mostADay >= 0)
            settings.mostADay = options.mostADay;
        SecureBytes key;
        if (!options.keyFile.empty() || !settings.hasKey) {
            CLI_TRY(key, session.secret(options.keyFile, "API key of the verifier"));
        }
        CLI_CHECK(session.wait(workspace->verification().setVerifier(settings, std::move(key))));
        CLI_TRY(settings, session.wait(workspace->verification().verifier()));
    }
    return session.done({{"url", settings.url}, {"has_key", settings.hasKey}, {"most_a_day", settings.mostADay}},
                        settings.url + (settings.hasKey ? "" : ", no key")
                            + (settings.mostADay > 0 ? ", at most " + std::to_string(settings.mostADay) + " credits a day" : ""));
}

struct NoOptions {};

int balance(Session& session, const NoOptions&) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t credits, session.wait(workspace->verification().balance()));
    return session.done({{"balance", credits}}, std::to_string(credits) + " credits left");
}

struct LedgerOptions {
    int limit = 50;
};

int ledger(Session& session, const LedgerOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const auto uses, session.wait(workspace->verification().ledger(options.limit)));
    json all = json::array();
    std::vector<std::vector<std::string>> rows{{"WHEN", "ASKED", "CREDITS", "LEFT"}};
    for (const VerifierUse& use : uses) {
        all.push_back({{"at", toIso8601(use.at)},
                       {"asked", use.asked},
                       {"charged", use.charged},
                       {"balance", use.balance ? json(*use.balance) : json()}});
        rows.push_back({session.moment(use.at), std::to_string(use.asked), std::to_string(use.charged),
                        use.balance ? std::to_string(*use.balance) : std::string()});
    }
    return session.done(all, table(rows));
}

struct PipelineOptions {
    int weeks = 8;
    std::int64_t target = -1;
};

int pipeline(Session& session, const PipelineOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.target < 0));
    if (options.target >= 0)
        CLI_CHECK(session.wait(workspace->verification().setTarget(options.target)));
    CLI_TRY(const auto pipeline, session.wait(workspace->verification().pipeline(options.weeks)));
    json weeks = json::array();
    std::vector<std::vector<std::string>> rows{{"WEEK OF", "UPLOADED", "CLEAN", "VERIFIED", "ENROLLED", "MISSING"}};
    for (const PipelineWeek& week : pipeline.weeks) {
        const std::string monday = toIsoDate(week.monday);
        const std::int64_t gap = std::max(std::int64_t(0), pipeline.target - week.enrolled);
        weeks.push_back({{"week", monday},
                         {"uploaded", week.uploaded},
                         {"clean", week.clean},
                         {"verified", week.verified},
                         {"enrolled", week.enrolled},
                         {"gap", gap}});
        rows.push_back({monday, std::to_string(week.uploaded), std::to_string(week.clean), std::to_string(week.verified),
                        std::to_string(week.enrolled), std::to_string(gap)});
    }
    return session.done({{"target", pipeline.target}, {"weeks", weeks}},
                        table(rows) + "Target: " + std::to_string(pipeline.target) + " leads a week\n");
}

} // namespace

void addVerificationCommands(CLI::App& app, Command& chosen) {
    auto* verification = app.add_subcommand("verification", "whether the leads' addresses can be written to");
    verification->require_subcommand(1);
    const auto running = [&chosen](CLI::App* command, auto fn) {
        auto options = std::make_shared<RunOptions>();
        command->add_option("ids", options->ids, "leads");
        command->add_option("--filter", options->filter, "all the filter finds instead");
        command->add_flag("--again", options->again, "also what was checked lately");
        command->add_flag("--paid", options->paid, "ask the verifier, which charges for each address");
        command->add_option("--most-credits", options->mostCredits, "of the verifier, no more than that")
            ->check(CLI::NonNegativeNumber);
        onParsed(command, chosen, options, fn);
    };
    running(verification->add_subcommand("plan", "how much there is to check, and what it may cost"), plan);
    running(verification->add_subcommand("run", "check: syntax, domain, role, throw-away, slip of the keyboard"), run);
    auto lookOptions = std::make_shared<AddressOptions>();
    auto* lookCommand = verification->add_subcommand("look", "look at addresses, keeping nothing");
    lookCommand->add_option("addresses", lookOptions->addresses)->required();
    onParsed(lookCommand, chosen, lookOptions, look);
    auto showOptions = std::make_shared<AddressOptions>();
    auto* showCommand = verification->add_subcommand("show", "what is known of addresses");
    showCommand->add_option("addresses", showOptions->addresses)->required();
    onParsed(showCommand, chosen, showOptions, show);
    auto verifierOptions = std::make_shared<VerifierOptions>();
    auto* verifierCommand = verification->add_subcommand("verifier", "who is asked for money: DeBounce, or one like it");
    verifierCommand->add_option("--url", verifierOptions->url, "https://api.debounce.io/v1 unless you say another");
    verifierCommand->add_option("--key-file", verifierOptions->keyFile, "file whose first line is the API key; else asked for");
    verifierCommand->add_option("--most-a-day", verifierOptions->mostADay, "credits in 24 hours; 0: no limit")
        ->check(CLI::NonNegativeNumber);
    verifierCommand->add_flag("--remove", verifierOptions->remove, "forget the key");
    onParsed(verifierCommand, chosen, verifierOptions, verifier);
    onParsed(verification->add_subcommand("balance", "ask the verifier how many credits are left"), chosen,
             std::make_shared<NoOptions>(), balance);
    auto ledgerOptions = std::make_shared<LedgerOptions>();
    auto* ledgerCommand = verification->add_subcommand("ledger", "what the verifier has charged, newest first");
    ledgerCommand->add_option("--limit", ledgerOptions->limit)->check(CLI::Range(1, 100000));
    onParsed(ledgerCommand, chosen, ledgerOptions, ledger);
    auto pipelineOptions = std::make_shared<PipelineOptions>();
    auto* pipelineCommand = verification->add_subcommand("pipeline", "week by week: uploaded, clean, verified, enrolled");
    pipelineCommand->add_option("--weeks", pipelineOptions->weeks)->check(CLI::Range(1, 104));
    pipelineCommand->add_option("--target", pipelineOptions->target, "leads to enrol a week")->check(CLI::NonNegativeNumber);
    onParsed(pipelineCommand, chosen, pipelineOptions, pipeline);
}

} // namespace outrider::cli
