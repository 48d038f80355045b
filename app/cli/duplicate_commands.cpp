// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/duplicate_service.h"
#include "core/services/merge_service.h"
#include "ui/text/duplicate_text.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

json toJson(const DuplicatePair& pair) {
    json reasons = json::array();
    for (const DuplicateReason reason : pair.reasons)
        reasons.push_back(name(reason));
    return {{"a", idJson(pair.first.value)}, {"b", idJson(pair.second.value)}, {"score", pair.score}, {"reasons", reasons}};
}

json toJson(const DuplicateGroup& group) {
    json leads = json::array();
    for (const DuplicateLead& lead : group.leads)
        leads.push_back({{"id", idJson(lead.id.value)},
                         {"name", lead.name},
                         {"email", lead.email},
                         {"phone", lead.phone},
                         {"company", lead.company},
                         {"city", lead.city}});
    json pairs = json::array();
    for (const DuplicatePair& pair : group.pairs)
        pairs.push_back(toJson(pair));
    return {{"score", group.score}, {"leads", leads}, {"pairs", pairs}};
}

json toJson(const MergeCounts& counts) {
    return {{"activities", counts.activities}, {"tasks", counts.tasks},       {"enrolments", counts.enrolments},
            {"messages", counts.messages},     {"contacts", counts.contacts}, {"tags", counts.tags},
            {"lists", counts.lists},           {"other", counts.other}};
}

json toJson(const MergeComparison& comparison) {
    json fields = json::array();
    for (const MergeField& field : comparison.fields)
        fields.push_back({{"field", field.field},
                          {"a", field.kept},
                          {"b", field.gone},
                          {"takes", field.takesGone ? "b" : "a"},
                          {"why", mergeWhyNames.name(field.why)},
                          {"a_said", momentJson(field.keptSaid)},
                          {"b_said", momentJson(field.goneSaid)}});
    json messages = json::array();
    for (const MergeInFlight& message : comparison.inFlight)
        messages.push_back({{"id", idJson(message.id.value)},
                            {"subject", message.subject},
                            {"to", message.recipient},
                            {"state", name(message.state)},
                            {"dropped", message.dropped}});
    return {{"a", {{"id", idJson(comparison.kept.value)}, {"name", comparison.keptName}}},
            {"b", {{"id", idJson(comparison.gone.value)}, {"name", comparison.goneName}}},
            {"fields", fields},
            {"moves", toJson(comparison.moves)},
            {"strategies_twice", comparison.strategiesTwice},
            {"messages", messages}};
}

std::string toText(const MergeComparison& comparison) {
    std::vector<std::vector<std::string>> rows{{"FIELD", "A " + comparison.keptName, "B " + comparison.goneName, "TAKES", "WHY"}};
    for (const MergeField& field : comparison.fields)
        rows.push_back({field.field, field.kept, field.gone, field.takesGone ? "B" : "A", plain(text::whyText(field))});
    std::string out = table(rows) + "B brings " + plain(text::movesText(comparison.moves)) + "\n";
    for (const std::string& strategy : comparison.strategiesTwice)
        out += "both are in “" + strategy + "”: the one that has come further goes on\n";
    for (const MergeInFlight& message : comparison.inFlight)
        out += plain(text::inFlightText(message)) + "\n";
    return out;
}

struct FindOptions {
    int minScore = leastDuplicateScore;
    int limit = 50;
    std::string lead;
};

int findOfLead(Session& session, Workspace& workspace, const FindOptions& options) {
    CLI_TRY(const std::int64_t id, parseId(options.lead));
    CLI_TRY(const std::vector<DuplicatePair> pairs, session.wait(workspace.duplicates().ofLead(LeadId{id}, options.limit)));
    json data = json::array();
    std::vector<LeadId> others;
    for (const DuplicatePair& pair : pairs)
        others.push_back(pair.first.value == id ? pair.second : pair.first);
    CLI_TRY(const std::vector<DuplicateLead> leads, session.wait(workspace.duplicates().leads(others)));
    std::vector<std::vector<std::string>> rows{{"SCORE", "ID", "NAME", "E-MAIL", "COMPANY", "WHY"}};
    for (std::size_t i = 0; i < pairs.size() && i < leads.size(); ++i) {
        if (pairs[i].score < options.minScore)
            continue;
        data.push_back(toJson(pairs[i]));
        rows.push_back({std::to_string(pairs[i].score), std::to_string(leads[i].id.value), leads[i].name, leads[i].email,
                        leads[i].company, plain(text::reasonsText(pairs[i].reasons))});
    }
    return session.done({{"pairs", data}}, rows.size() > 1 ? table(rows) : "No duplicates");
}

int find(Session& session, const FindOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    if (!options.lead.empty())
        return findOfLead(session, *workspace, options);
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Comparing");
    CLI_TRY(const DuplicateReport report, session.wait(workspace->duplicates().find(options.minScore, progress)));
    json groups = json::array();
    std::string out;
    for (const DuplicateGroup& group : report.groups) {
        if (std::int64_t(groups.size()) >= options.limit)
            break;
        groups.push_back(toJson(group));
        std::vector<std::vector<std::string>> rows;
        for (const DuplicateLead& lead : group.leads)
            rows.push_back({"  " + std::to_string(lead.id.value), lead.name, lead.email, lead.phone, lead.company, lead.city});
        out += std::to_string(group.score) + "  " + plain(text::reasonsText(group.pairs.front().reasons)) + "\n" + table(rows);
    }
    out += std::to_string(report.groupCount) + " groups, " + std::to_string(report.pairs) + " pairs among "
           + std::to_string(report.looked) + " leads\n";
    return session.done(
        {{"groups", groups}, {"group_count", report.groupCount}, {"pair_count", report.pairs}, {"leads", report.looked}}, out);
}

struct PairOptions {
    std::string a;
    std::string b;
    std::vector<std::string> take;
    bool preview = false;
};

int dismiss(Session& session, const PairOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t a, parseId(options.a));
    CLI_TRY(const std::int64_t b, parseId(options.b));
    CLI_CHECK(session.wait(workspace->duplicates().dismiss(LeadId{a}, LeadId{b})));
    return session.done({{"a", idJson(a)}, {"b", idJson(b)}}, "Not duplicates");
}

// "email=b" or "email=a".
Result<MergeChoice> choiceOf(const std::vector<std::string>& takes) {
    MergeChoice choice;
    for (const std::string& take : takes) {
        const auto equals = take.rfind('=');
        const std::string whose = equals == std::string::npos ? std::string() : take.substr(equals + 1);
        if (whose != "a" && whose != "b")
            return fail(ErrorCode::InvalidArgument, take + ": FIELD=a or FIELD=b");
        (whose == "b" ? choice.takeGone : choice.takeKept).insert(take.substr(0, equals));
    }
    return choice;
}

int merge(Session& session, const PairOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.preview));
    CLI_TRY(const std::int64_t a, parseId(options.a));
    CLI_TRY(const std::int64_t b, parseId(options.b));
    CLI_TRY(const MergeChoice choice, choiceOf(options.take));
    if (options.preview) {
        CLI_TRY(const MergeComparison comparison, session.wait(workspace->merges().compare(LeadId{a}, LeadId{b}, choice)));
        return session.done(toJson(comparison), toText(comparison));
    }
    CLI_TRY(const MergeReport report, session.wait(workspace->merges().merge(LeadId{a}, LeadId{b}, choice)));
    json data = toJson(report.done);
    data["merge"] = idJson(report.id.value);
    data["action"] = idJson(report.action.value);
    return session.done(data, toText(report.done) + "merged: " + std::to_string(report.id.value) + "\n");
}

struct SplitOptions {
    std::string merge;
};

int split(Session& session, const SplitOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.merge));
    CLI_TRY(const SplitReport report, session.wait(workspace->merges().split(MergeId{id})));
    json conflicts = json::array();
    std::string out = plain(text::splitText(report)) + "\n";
    for (const UndoConflict& conflict : report.conflicts) {
        conflicts.push_back(cli::toJson(conflict));
        out += "  " + conflict.table + "." + conflict.field + ": " + conflict.now + " (was " + conflict.before + ")\n";
    }
    return session.done({{"a", {{"id", idJson(report.kept.value)}, {"name", report.keptName}}},
                         {"b", {{"id", idJson(report.gone.value)}, {"name", report.goneName}}},
                         {"restored", report.restored},
                         {"stayed", report.stayed},
                         {"conflicts", conflicts}},
                        out);
}

struct MergesOptions {
    std::string lead;
    int limit = 50;
};

int merges(Session& session, const MergesOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    std::int64_t lead = 0;
    if (!options.lead.empty()) {
        CLI_TRY(lead, parseId(options.lead));
    }
    CLI_TRY(const std::vector<MergeRecord> found,
            session.wait(lead != 0 ? workspace->merges().ofLead(LeadId{lead}) : workspace->merges().latest(options.limit)));
    json data = json::array();
    std::vector<std::vector<std::string>> rows{{"MERGE", "WHEN", "STAYED", "WENT", "MOVED"}};
    for (const MergeRecord& merge : found) {
        data.push_back({{"id", idJson(merge.id.value)},
                        {"action", idJson(merge.action.value)},
                        {"at", momentJson(merge.at)},
                        {"a", {{"id", idJson(merge.kept.value)}, {"name", merge.keptName}}},
                        {"b", {{"id", idJson(merge.gone.value)}, {"name", merge.goneName}}},
                        {"parts", merge.parts}});
        rows.push_back({std::to_string(merge.id.value), session.moment(merge.at), merge.keptName, merge.goneName,
                        std::to_string(merge.parts)});
    }
    return session.done({{"merges", data}}, table(rows));
}

struct AutoOptions {
    std::string from;
};

int automatic(Session& session, const AutoOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.from.empty()));
    if (!options.from.empty()) {
        std::optional<int> score;
        if (options.from != "never") {
            CLI_TRY(const std::int64_t number, parseId(options.from));
            score = int(number);
        }
        CLI_CHECK(session.wait(workspace->duplicates().setAutoMergeFrom(score)));
    }
    CLI_TRY(const std::optional<int> from, session.wait(workspace->duplicates().autoMergeFrom()));
    return session.done({{"auto_merge_from", from ? json(*from) : json()}},
                        from ? "Pairs from " + std::to_string(*from) + " on are merged by `duplicates merge`"
                             : "Nothing is merged without being asked for");
}

// What is at or above the person's threshold, a pair at a time, each an action of its own.
int mergeSure(Session& session, const FindOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::optional<int> from, session.wait(workspace->duplicates().autoMergeFrom()));
    if (!from)
        return session.refused(Error(ErrorCode::InvalidArgument, "no threshold is set: duplicates auto SCORE"));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Comparing");
    CLI_TRY(const DuplicateReport report, session.wait(workspace->duplicates().find(*from, progress)));
    json merged = json::array();
    for (const DuplicateGroup& group : report.groups) {
        if (std::int64_t(merged.size()) >= options.limit || progress->cancelled())
            break;
        // The pair itself has to be sure; that a third one hangs on it is not enough.
        const DuplicatePair& pair = group.pairs.front();
        CLI_TRY(const MergeReport done, session.wait(workspace->merges().merge(pair.first, pair.second)));
        merged.push_back({{"merge", idJson(done.id.value)}, {"pair", toJson(pair)}});
    }
    return session.done({{"merged", merged}}, std::to_string(merged.size()) + " merged");
}

} // namespace

void addDuplicateCommands(CLI::App& app, Command& chosen) {
    auto* duplicates = app.add_subcommand("duplicates", "leads that may be one person: list, dismiss, auto, merge");
    duplicates->require_subcommand(1);
    auto findOptions = std::make_shared<FindOptions>();
    auto* list = duplicates->add_subcommand("list", "groups, the surest first, with the reasons");
    list->add_option("--min-score", findOptions->minScore, "from 60, possible, to 100, certain")->check(CLI::Range(1, 100));
    list->add_option("--limit", findOptions->limit, "at most so many")->check(CLI::Range(1, 10'000));
    list->add_option("--lead", findOptions->lead, "of this one only");
    onParsed(list, chosen, findOptions, find);

    auto dismissOptions = std::make_shared<PairOptions>();
    auto* dismissCommand = duplicates->add_subcommand("dismiss", "these two are not the same");
    dismissCommand->add_option("a", dismissOptions->a)->required();
    dismissCommand->add_option("b", dismissOptions->b)->required();
    onParsed(dismissCommand, chosen, dismissOptions, dismiss);

    auto autoOptions = std::make_shared<AutoOptions>();
    auto* autoCommand = duplicates->add_subcommand("auto", "from which score on `merge` asks nobody; `never` is how it begins");
    autoCommand->add_option("score", autoOptions->from, "60 to 100, or never");
    onParsed(autoCommand, chosen, autoOptions, automatic);

    auto mergeSureOptions = std::make_shared<FindOptions>();
    auto* mergeSureCommand = duplicates->add_subcommand("merge", "every pair from that score on");
    mergeSureCommand->add_option("--limit", mergeSureOptions->limit, "at most so many")->check(CLI::Range(1, 10'000));
    onParsed(mergeSureCommand, chosen, mergeSureOptions, mergeSure);

    auto* lead = app.get_subcommand("lead");
    auto mergeOptions = std::make_shared<PairOptions>();
    auto* mergeCommand = lead->add_subcommand("merge", "A stays, with all of B; one undo, or `split` later");
    mergeCommand->add_option("a", mergeOptions->a, "the lead that stays")->required();
    mergeCommand->add_option("b", mergeOptions->b, "the lead that goes")->required();
    mergeCommand->add_option("--take", mergeOptions->take, "whose value a field takes: email=b")
        ->expected(1)
        ->allow_extra_args(false);
    mergeCommand->add_flag("--preview", mergeOptions->preview, "side by side; change nothing");
    onParsed(mergeCommand, chosen, mergeOptions, merge);

    auto splitOptions = std::make_shared<SplitOptions>();
    auto* splitCommand = lead->add_subcommand("split", "take a merge apart, however long ago");
    splitCommand->add_option("merge", splitOptions->merge, "its id (lead merges)")->required();
    onParsed(splitCommand, chosen, splitOptions, split);

    auto mergesOptions = std::make_shared<MergesOptions>();
    auto* mergesCommand = lead->add_subcommand("merges", "those that stand");
    mergesCommand->add_option("lead", mergesOptions->lead, "of this one only");
    mergesCommand->add_option("--limit", mergesOptions->limit, "at most so many")->check(CLI::Range(1, 10'000));
    onParsed(mergesCommand, chosen, mergesOptions, merges);
}

} // namespace outrider::cli
