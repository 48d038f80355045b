// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"
#include "app/cli/mail_history_commands.h"
#include "app/cli/support.h"
#include "core/services/conversation_service.h"
#include "core/services/inbox_service.h"
#include "ui/text/error_text.h"

#include <iostream>
#include <map>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct Nothing {};

int fetch(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const FetchReport report, session.wait(workspace->inbox().fetch()));
    std::string text = std::to_string(report.replies) + " replies, " + std::to_string(report.bounces) + " bounces, "
                       + std::to_string(report.autoReplies) + " automatic, " + std::to_string(report.optOuts) + " opt-outs, "
                       + std::to_string(report.other) + " other\n";
    for (const Error& error : report.errors)
        text += text::sentence(error).toStdString() + "\n";
    const int code = session.done(toJson(report), text);
    return report.errors.empty() ? code : 1;
}

struct InboxListOptions {
    std::string messageClass = "reply";
    std::string tab;
    std::string after;
    bool all = false;
    int limit = 50;
};

int listTab(Session& session, const InboxListOptions& options);

int inboxList(Session& session, const InboxListOptions& options) {
    if (!options.tab.empty())
        return listTab(session, options);
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const auto messageClass = messageClassNames.value(options.messageClass);
    if (!messageClass)
        return session.refused(Error(ErrorCode::InvalidArgument, "class: " + options.messageClass));
    CLI_TRY(const StatusKeys statuses, statusKeys(session, *workspace));
    const auto handled = options.all || *messageClass != MessageClass::Reply ? std::nullopt : std::optional(false);
    CLI_TRY(const std::vector<InboxItem> items, session.wait(workspace->inbox().list(*messageClass, handled, options.limit)));
    std::vector<std::vector<std::string>> rows{{"ID", "WHEN", "FROM", "SUBJECT", "TEXT"}};
    for (const InboxItem& item : items)
        rows.push_back({std::to_string(item.message.id.value), session.moment(item.message.at), item.leadName,
                        item.message.subject, item.message.text.substr(0, item.message.text.find('\n'))});
    return session.done({{"messages", listJson(items, statuses)}}, table(rows));
}

// A conversation is named by its lead, or by any message of it.
struct ConversationOptions {
    std::string id;
    std::string until;
    std::string words;
    std::string lead;
    bool reverse = false;
    int limit = 50;
};

int listConversations(Session& session, Workspace& workspace, const std::vector<Conversation>& rows, const json& further) {
    CLI_TRY(const StatusKeys statuses, statusKeys(session, workspace));
    CLI_TRY(const ConversationCounts counts, session.wait(workspace.conversations().counts()));
    std::vector<std::vector<std::string>> lines{{"LEAD", "STANDS", "WHEN", "NEW", "FROM", "SUBJECT", "TEXT"}};
    for (const Conversation& one : rows)
        lines.push_back({std::to_string(one.lead.value), std::string(name(one.tab)), session.moment(one.lastAt),
                         one.unread > 0 ? std::to_string(one.unread) : std::string(), one.leadName, one.last.subject,
                         one.last.text.substr(0, one.last.text.find('\n'))});
    return session.done({{"conversations", listJson(rows, statuses)},
                         {"next", further},
                         {"to_answer", counts.toAnswer},
                         {"unread", counts.unread},
                         {"snoozed", counts.snoozed},
                         {"waiting", counts.waiting}},
                        table(lines));
}

int listTab(Session& session, const InboxListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const auto tab = conversationTabNames.value(options.tab);
    if (!tab)
        return session.refused(Error(ErrorCode::InvalidArgument, "tab: " + options.tab));
    std::optional<ConversationKey> after;
    if (!options.after.empty()) { // "MOMENT/LEAD", as "next" gave it
        const auto slash = options.after.find('/');
        CLI_TRY(const std::int64_t at, parseId(options.after.substr(0, slash)));
        CLI_TRY(const std::int64_t lead, parseId(slash == std::string::npos ? "" : options.after.substr(slash + 1)));
        after = ConversationKey{.at = fromEpochMillis(at), .lead = LeadId{lead}};
    }
    CLI_TRY(const ConversationPage page, session.wait(workspace->conversations().list(*tab, after, options.limit)));
    return listConversations(
        session, *workspace, page.rows,
        page.next ? json(std::to_string(toEpochMillis(page.next->at)) + "/" + std::to_string(page.next->lead.value)) : json());
}

int searchInbox(Session& session, const ConversationOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<Conversation> rows, session.wait(workspace->conversations().search(options.words, options.limit)));
    return listConversations(session, *workspace, rows, json());
}

Result<LeadId> conversationOf(Session& session, Workspace& workspace, const std::string& id) {
    OUTRIDER_ASSIGN(const std::int64_t number, parseId(id));
    return session.wait(workspace.conversations().leadOf(number));
}

int snooze(Session& session, const ConversationOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadId lead, conversationOf(session, *workspace, options.id));
    std::optional<Instant> until;
    if (!options.reverse) {
        CLI_TRY(const Instant moment, parseMoment(session, *workspace, options.until));
        until = moment;
    }
    CLI_CHECK(session.wait(workspace->conversations().snooze(lead, until)));
    return session.done({{"lead", idJson(lead.value)}, {"until", until ? momentJson(*until) : json()}},
                        until ? "Comes back " + session.moment(*until) + ".\n" : std::string("It is to be answered again.\n"));
}

int markDone(Session& session, const ConversationOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadId lead, conversationOf(session, *workspace, options.id));
    CLI_CHECK(session.wait(workspace->conversations().setDone(lead, !options.reverse)));
    return session.done({{"lead", idJson(lead.value)}}, {});
}

int markRead(Session& session, const ConversationOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadId lead, conversationOf(session, *workspace, options.id));
    CLI_CHECK(session.wait(workspace->conversations().setRead(lead, !options.reverse)));
    return session.done({{"lead", idJson(lead.value)}}, {});
}

struct JudgeOptions {
    std::string id;
    std::string verdict;
    std::string as;
    std::string until;
    NamedPerson rightOne;
};

int judge(Session& session, const JudgeOptions& options) {
    static const std::map<std::string, Verdict> verdicts{{"interested", Verdict::Interested},
                                                         {"positive", Verdict::Interested},
                                                         {"meeting", Verdict::Meeting},
                                                         {"not_now", Verdict::NotNow},
                                                         {"later", Verdict::NotNow},
                                                         {"wrong_person", Verdict::WrongPerson},
                                                         {"no", Verdict::No},
                                                         {"negative", Verdict::No},
                                                         {"opt_out", Verdict::OptOut}};
    const auto verdict = verdicts.find(options.as.empty() ? options.verdict : options.as);
    if (verdict == verdicts.end())
        return session.refused(Error(ErrorCode::InvalidArgument, "what to make of it: --as interested, meeting, later, "
                                                                 "wrong_person, no or opt_out"));
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const LeadId lead, conversationOf(session, *workspace, options.id));
    Judgement judgement{.verdict = verdict->second};
    if (!options.until.empty()) {
        CLI_TRY(const Instant until, parseMoment(session, *workspace, options.until));
        judgement.until = until;
    }
    if (!options.rightOne.name.empty() || !options.rightOne.email.empty())
        judgement.rightOne = options.rightOne;
    CLI_TRY(const LeadId added, session.wait(workspace->conversations().judge(lead, judgement)));
    return session.done({{"id", options.id}, {"lead", idJson(lead.value)}, {"added", idJson(added.value)}}, {});
}

int suggest(Session& session, const ConversationOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const std::vector<MatchSuggestion> found, session.wait(workspace->conversations().suggestions(MessageId{id})));
    json all = json::array();
    std::vector<std::vector<std::string>> lines{{"LEAD", "NAME", "COMPANY", "WHY"}};
    for (const MatchSuggestion& one : found) {
        const std::string why = one.why == MatchSuggestion::Why::Thread ? "thread"
                                : one.why == MatchSuggestion::Why::Name ? "name"
                                                                        : "company";
        all.push_back({{"lead", idJson(one.lead.value)}, {"name", one.leadName}, {"company", one.companyName}, {"why", why}});
        lines.push_back({std::to_string(one.lead.value), one.leadName, one.companyName, why});
    }
    return session.done({{"suggestions", all}}, table(lines));
}

int matchMail(Session& session, const ConversationOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    LeadId lead;
    if (options.lead == "new") {
        CLI_TRY(lead, session.wait(workspace->conversations().addSender(MessageId{id})));
    } else {
        CLI_TRY(const std::int64_t number, parseId(options.lead));
        lead = LeadId{number};
        CLI_CHECK(session.wait(workspace->inbox().match(MessageId{id}, lead)));
    }
    return session.done({{"id", idJson(id)}, {"lead", idJson(lead.value)}}, {});
}

struct ShowOptions {
    std::string id;
};

int showMail(Session& session, const ShowOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const JudgedMail mail, session.wait(workspace->inbox().judged(MessageId{id})));
    const Message& message = mail.message;
    const auto because = [](const std::string& what, const std::string& evidence) {
        return (what.empty() ? std::string("not known") : what) + (evidence.empty() ? std::string() : ": " + evidence) + "\n";
    };
    return session.done(toJson(mail), session.moment(message.at) + "  " + message.from + ": " + message.subject + "\n"
                                          + message.text + "\n\nIt is     " + std::string(name(message.messageClass))
                                          + (mail.effect.empty() ? "" : ", " + mail.effect) + "\nBecause   "
                                          + because(message.rule, message.evidence) + "Whose     "
                                          + (mail.leadName.empty() ? "nobody's" : mail.leadName) + "\nBecause   "
                                          + because(message.matchedBy, message.matchEvidence));
}

struct ClassifyOptions {
    std::vector<std::string> files;
};

int classify(Session& session, const ClassifyOptions& options) {
    json all = json::array();
    std::string text;
    int code = 0;
    for (const std::string& file : options.files) {
        const auto raw = readFile(file);
        if (!raw) {
            all.push_back({{"file", file}, {"error", toJson(raw.error())}});
            std::cerr << text::sentence(raw.error()).toStdString() << '\n';
            code = 1;
            continue;
        }
        const ClassifiedMail mail = classifyMail(*raw);
        json one = toJson(mail);
        one["file"] = file;
        text += file + ": " + std::string(name(mail.messageClass)) + (mail.reason.empty() ? "" : ", " + mail.reason) + "\n";
        all.push_back(std::move(one));
    }
    session.done(all, text);
    return code;
}

} // namespace

void addInboxCommands(CLI::App& app, Command& chosen) {
    auto* inbox = app.add_subcommand("inbox", "incoming mail: fetch, list, search, judge, snooze, done, match, show, classify");
    inbox->require_subcommand(1);
    onParsed(inbox->add_subcommand("fetch", "read what is new and move the strategies"), chosen, std::make_shared<Nothing>(),
             fetch);
    addMailHistoryCommands(*inbox, chosen);
    auto inboxOptions = std::make_shared<InboxListOptions>();
    auto* inboxCommand = inbox->add_subcommand("list", "replies to be answered");
    inboxCommand->add_option("--class", inboxOptions->messageClass, "reply, auto_reply, bounce, opt_out, other");
    inboxCommand->add_flag("--all", inboxOptions->all, "also those dealt with");
    inboxCommand->add_option("--limit", inboxOptions->limit)->check(CLI::Range(1, 100000));
    onParsed(inboxCommand, chosen, inboxOptions, inboxList);
    auto* tab = inboxCommand->add_option("--tab", inboxOptions->tab, "conversations by lead: to_answer, snoozed, waiting, done");
    inboxCommand->add_option("--after", inboxOptions->after, "goes on where \"next\" of the page before says")->needs(tab);
    auto searchOptions = std::make_shared<ConversationOptions>();
    auto* searchCommand = inbox->add_subcommand("search", "conversations by name, company, address or words written in them");
    searchCommand->add_option("words", searchOptions->words)->required();
    searchCommand->add_option("--limit", searchOptions->limit)->check(CLI::Range(1, 200));
    onParsed(searchCommand, chosen, searchOptions, searchInbox);
    auto snoozeOptions = std::make_shared<ConversationOptions>();
    auto* snoozeCommand = inbox->add_subcommand("snooze", "a conversation, of a lead or a message, comes back later");
    snoozeCommand->add_option("id", snoozeOptions->id)->required();
    auto* until = snoozeCommand->add_option("--until", snoozeOptions->until, "tomorrow, +3d, 2026-12-01T09:00");
    auto* back = snoozeCommand->add_flag("--back", snoozeOptions->reverse, "at once");
    until->excludes(back);
    onParsed(snoozeCommand, chosen, snoozeOptions, snooze);
    auto doneOptions = std::make_shared<ConversationOptions>();
    auto* doneCommand = inbox->add_subcommand("done", "a conversation needs no answer");
    doneCommand->add_option("id", doneOptions->id)->required();
    doneCommand->add_flag("--not-yet", doneOptions->reverse, "it does after all");
    onParsed(doneCommand, chosen, doneOptions, markDone);
    auto readOptions = std::make_shared<ConversationOptions>();
    auto* readCommand = inbox->add_subcommand("read", "a conversation has been seen");
    readCommand->add_option("id", readOptions->id)->required();
    readCommand->add_flag("--unread", readOptions->reverse, "it has not");
    onParsed(readCommand, chosen, readOptions, markRead);
    auto judgeOptions = std::make_shared<JudgeOptions>();
    auto* judgeCommand = inbox->add_subcommand("judge", "what to make of a reply, and so what follows");
    judgeCommand->add_option("id", judgeOptions->id, "of the message or the lead")->required();
    judgeCommand->add_option("verdict", judgeOptions->verdict, "interested, meeting, later, wrong_person, no, opt_out");
    judgeCommand->add_option("--as", judgeOptions->as, "the same");
    judgeCommand->add_option("--until", judgeOptions->until, "later: when a task asks again; three months without");
    judgeCommand->add_option("--name", judgeOptions->rightOne.name, "wrong_person: who is added in their place");
    judgeCommand->add_option("--email", judgeOptions->rightOne.email, "wrong_person: the address of the right one");
    onParsed(judgeCommand, chosen, judgeOptions, judge);
    auto suggestOptions = std::make_shared<ConversationOptions>();
    auto* suggestCommand = inbox->add_subcommand("suggest", "whose a mail that belongs to nobody may be");
    suggestCommand->add_option("id", suggestOptions->id)->required();
    onParsed(suggestCommand, chosen, suggestOptions, suggest);
    auto matchOptions = std::make_shared<ConversationOptions>();
    auto* matchCommand = inbox->add_subcommand("match", "whose mail it is; it is their reply then");
    matchCommand->add_option("id", matchOptions->id)->required();
    matchCommand->add_option("lead", matchOptions->lead, "a lead's id, or `new`: its sender becomes one")->required();
    onParsed(matchCommand, chosen, matchOptions, matchMail);
    auto showOptions = std::make_shared<ShowOptions>();
    auto* showCommand = inbox->add_subcommand("show", "one mail: why it was taken for what it is, and for whose");
    showCommand->add_option("id", showOptions->id)->required();
    onParsed(showCommand, chosen, showOptions, showMail);
    auto classifyOptions = std::make_shared<ClassifyOptions>();
    auto* classifyCommand = inbox->add_subcommand("classify", "what mail files are; needs no workspace");
    classifyCommand->add_option("files", classifyOptions->files)->required();
    onParsed(classifyCommand, chosen, classifyOptions, classify);
}

} // namespace outrider::cli
