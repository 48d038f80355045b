// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mail_history_commands.h"

#include "app/cli/mailbox_arguments.h"
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/mail_history_service.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

std::string counted(std::int64_t number, const char* one, const char* many) {
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

std::string dayText(std::optional<Instant> at) { return at ? toIso8601(*at).substr(0, 10) : std::string("-"); }

json leadJson(const MailHistoryLead& lead) {
    return {{"lead", idJson(lead.lead.value)},
            {"name", lead.name},
            {"company", lead.company},
            {"received", lead.received},
            {"sent", lead.sent},
            {"first_at", momentJson(lead.first)},
            {"last_at", momentJson(lead.last)},
            {"replies", lead.replies},
            {"bounces", lead.bounces},
            {"opt_outs", lead.optOuts},
            {"stops_strategy", lead.stops},
            {"suppresses", lead.suppresses}};
}

json previewJson(const MailHistoryPreview& preview) {
    json leads = json::array();
    for (const MailHistoryLead& lead : preview.shown)
        leads.push_back(leadJson(lead));
    return {{"mailbox", idJson(preview.history.mailbox.value)},
            {"address", preview.address},
            {"state", mailHistoryStateNames.name(preview.history.state)},
            {"since", toIsoDate(preview.history.since)},
            {"until", toIsoDate(preview.history.until)},
            {"looked_at", preview.history.read},
            {"in_all", preview.history.total},
            {"messages", preview.messages},
            {"of_leads", preview.leads},
            {"replies", preview.replies},
            {"auto_replies", preview.autoReplies},
            {"bounces", preview.bounces},
            {"opt_outs", preview.optOuts},
            {"sent", preview.sent},
            {"stops_strategies_of", preview.stops},
            {"suppresses", preview.suppresses},
            {"leads", leads}};
}

std::string previewText(const MailHistoryPreview& preview) {
    std::string text = preview.address + ", " + toIsoDate(preview.history.since) + " to " + toIsoDate(preview.history.until)
                       + ": " + counted(preview.history.read, "message", "messages") + " looked at, "
                       + std::to_string(preview.messages) + " belong to " + counted(preview.leads, "lead", "leads") + ".\n";
    if (preview.messages == 0)
        return text;
    text += counted(preview.replies, "reply", "replies") + ", " + std::to_string(preview.autoReplies) + " automatic, "
            + counted(preview.bounces, "bounce", "bounces") + ", " + counted(preview.optOuts, "opt-out", "opt-outs") + ", "
            + std::to_string(preview.sent) + " sent by you. Filing them ends the strategies of "
            + counted(preview.stops, "lead", "leads") + " and suppresses " + std::to_string(preview.suppresses) + ".\n";
    std::vector<std::vector<std::string>> rows{{"LEAD", "COMPANY", "RECEIVED", "SENT", "LAST", "WOULD"}};
    for (const MailHistoryLead& lead : preview.shown)
        rows.push_back({lead.name, lead.company, std::to_string(lead.received), std::to_string(lead.sent), dayText(lead.last),
                        lead.suppresses ? "suppress"
                        : lead.stops    ? "stop the strategy"
                                        : ""});
    text += "\n" + table(rows);
    if (preview.history.state == MailHistoryState::Ready)
        text += "\nNothing is filed yet: `inbox approve " + preview.address + "` files it, `inbox decline` leaves it.\n";
    return text;
}

struct HistoryOptions {
    std::string mailbox;
    std::string since;
    bool again = false;
    bool shown = false;
};

int preview(Session& session, const HistoryOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.shown));
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    if (options.shown) {
        CLI_TRY(const MailHistoryPreview found, session.wait(workspace->mailHistory().preview(id, 10000)));
        return session.done(previewJson(found), previewText(found));
    }
    MailHistoryService::Gathering gathering{.again = options.again || !options.since.empty()};
    if (!options.since.empty()) {
        CLI_TRY(const Instant since, parseMoment(session, *workspace, options.since));
        gathering.since = std::chrono::floor<std::chrono::days>(since);
    }
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Reading");
    CLI_TRY(const MailHistoryPreview found, session.wait(workspace->mailHistory().gather(id, gathering, progress)));
    return session.done(previewJson(found), previewText(found));
}

int approve(Session& session, const HistoryOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Filing");
    CLI_TRY(const std::int64_t filed, session.wait(workspace->mailHistory().approve(id, progress)));
    return session.done({{"filed", filed}},
                        "Filed " + counted(filed, "message", "messages") + "; `undo` takes it back as one.\n");
}

int decline(Session& session, const HistoryOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_CHECK(session.wait(workspace->mailHistory().decline(id)));
    return session.done({{"mailbox", idJson(id.value)}}, "Only new mail is read.\n");
}

struct ReclassifyOptions {
    std::string since;
    bool dryRun = false;
    bool all = false;
};

int reclassify(Session& session, const ReclassifyOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.dryRun));
    MailHistoryService::Rejudging rejudging{.all = options.all, .dryRun = options.dryRun};
    if (!options.since.empty()) {
        CLI_TRY(rejudging.since, parseMoment(session, *workspace, options.since));
    }
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Judging");
    CLI_TRY(const RejudgeReport report, session.wait(workspace->mailHistory().rejudge(rejudging, progress)));
    json changes = json::array();
    std::vector<std::vector<std::string>> rows{{"ID", "LEAD", "SUBJECT", "WAS", "IS", "RULE"}};
    for (const Rejudged& one : report.changes) {
        changes.push_back({{"message", idJson(one.message.value)},
                           {"lead", one.lead ? json(idJson(one.lead.value)) : json()},
                           {"name", one.leadName},
                           {"subject", one.subject},
                           {"class_before", name(one.before)},
                           {"class_after", name(one.after)},
                           {"rule_before", one.ruleBefore},
                           {"rule_after", one.ruleAfter},
                           {"text_changed", one.textChanged}});
        rows.push_back({std::to_string(one.message.value), one.leadName, one.subject, std::string(name(one.before)),
                        std::string(name(one.after)), one.ruleAfter});
    }
    const std::string verb = options.dryRun ? " would be judged otherwise" : " judged otherwise";
    return session.done({{"dry_run", options.dryRun},
                         {"looked_at", report.looked},
                         {"changed", report.changed},
                         {"other_class", report.classes},
                         {"changes", changes}},
                        counted(report.looked, "message", "messages") + " looked at, " + std::to_string(report.changed) + verb
                            + ", " + std::to_string(report.classes) + " of them as another class.\n"
                            + (report.changes.empty() ? std::string() : "\n" + table(rows)));
}

} // namespace

void addMailHistoryCommands(CLI::App& inbox, Command& chosen) {
    auto previewOptions = std::make_shared<HistoryOptions>();
    auto* previewCommand =
        inbox.add_subcommand("preview", "read what lay in a mailbox when it was connected, and show what filing it would do");
    previewCommand->add_option("mailbox", previewOptions->mailbox, "its address or id")->required();
    previewCommand->add_option("--since", previewOptions->since, "from that day; reads anew");
    previewCommand->add_flag("--again", previewOptions->again, "read anew, as leads were added since");
    previewCommand->add_flag("--shown", previewOptions->shown, "show what was read, read nothing");
    onParsed(previewCommand, chosen, previewOptions, preview);
    auto approveOptions = std::make_shared<HistoryOptions>();
    auto* approveCommand = inbox.add_subcommand("approve", "file what preview showed, as one action");
    approveCommand->add_option("mailbox", approveOptions->mailbox, "its address or id")->required();
    onParsed(approveCommand, chosen, approveOptions, approve);
    auto declineOptions = std::make_shared<HistoryOptions>();
    auto* declineCommand = inbox.add_subcommand("decline", "leave what preview showed; only new mail is read");
    declineCommand->add_option("mailbox", declineOptions->mailbox, "its address or id")->required();
    onParsed(declineCommand, chosen, declineOptions, decline);
    auto reclassifyOptions = std::make_shared<ReclassifyOptions>();
    auto* reclassifyCommand =
        inbox.add_subcommand("reclassify", "judge received mail by the rules of this version, as one action");
    reclassifyCommand->add_option("--since", reclassifyOptions->since, "what came then or later");
    reclassifyCommand->add_flag("--dry-run", reclassifyOptions->dryRun, "only show what would change");
    reclassifyCommand->add_flag("--all", reclassifyOptions->all, "also what these rules have judged");
    onParsed(reclassifyCommand, chosen, reclassifyOptions, reclassify);
}

} // namespace outrider::cli
