// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/writing_commands.h"

#include "app/cli/files.h"
#include "app/cli/support.h"
#include "core/services/mailbox_service.h"
#include "core/services/queue_service.h"
#include "core/services/strategy_service.h"
#include "core/services/writing_service.h"
#include "ui/text/dates.h"
#include "ui/text/lint_text.h"

#include <iostream>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct Nothing {};

json toJson(const Snippet& snippet) { return {{"id", idJson(snippet.id.value)}, {"name", snippet.name}, {"text", snippet.text}}; }

json toJson(const MailAttachment& file) {
    return {{"name", file.name}, {"media_type", file.mediaType}, {"size", file.size}, {"hash", file.hash}};
}

json toJson(const LintFinding& finding) {
    json value{{"severity", lintSeverityNames.name(finding.severity)},
               {"rule", finding.rule},
               {"place", lintPlaceNames.name(finding.place)},
               {"position", finding.position},
               {"length", finding.length},
               {"words", finding.words},
               {"count", finding.count},
               {"limit", finding.limit},
               {"where", plain(text::lintPlace(finding))},
               {"sentence", plain(text::lintSentence(finding))},
               {"advice", plain(text::lintAdvice(finding))}};
    if (finding.step >= 0) {
        value["step"] = finding.step + 1;
        value["variant"] = std::string(1, char('A' + finding.variant));
    }
    if (!finding.replacement.empty())
        value["replacement"] = finding.replacement;
    return value;
}

template <typename T>
json jsonOf(const std::vector<T>& values) {
    json list = json::array();
    for (const T& value : values)
        list.push_back(toJson(value));
    return list;
}

std::string line(const LintFinding& finding) {
    return std::string(lintSeverityNames.name(finding.severity)) + ": " + plain(text::lintPlace(finding)) + ": "
           + plain(text::lintSentence(finding)) + ". " + plain(text::lintAdvice(finding)) + "\n";
}

Result<MailboxId> mailboxOf(Session& session, Workspace& workspace, const std::string& addressOrId) {
    OUTRIDER_ASSIGN(const auto all, session.wait(workspace.mailboxes().list()));
    for (const Mailbox& one : all) {
        if (one.address == addressOrId || std::to_string(one.id.value) == addressOrId)
            return one.id;
    }
    return fail(ErrorCode::NotFound, addressOrId);
}

// ── Snippets ─────────────────────────────────────────────────────────────────────────────────────

struct SnippetOptions {
    std::string name;
    std::string text;
    std::string file;
    std::string newName;
    std::string lead;
};

Result<std::string> textOf(const SnippetOptions& options) {
    return options.file.empty() ? Result<std::string>(options.text) : readFile(options.file);
}

int snippetList(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<Snippet> all, session.wait(workspace->writing().snippets()));
    std::vector<std::vector<std::string>> rows{{"NAME", "TEXT"}};
    for (const Snippet& one : all)
        rows.push_back({one.name, one.text.substr(0, one.text.find('\n'))});
    return session.done({{"snippets", jsonOf(all)}}, table(rows));
}

int snippetShow(Session& session, const SnippetOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const Snippet snippet, session.wait(workspace->writing().snippet(options.name)));
    json value = toJson(snippet);
    std::string text = snippet.text;
    if (!options.lead.empty()) {
        CLI_TRY(const std::int64_t lead, parseId(options.lead));
        CLI_TRY(text, session.wait(workspace->writing().snippetFor(LeadId{lead}, options.name)));
        value["filled"] = text;
    }
    return session.done(value, text + "\n");
}

int snippetAdd(Session& session, const SnippetOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::string text, textOf(options));
    CLI_TRY(const SnippetId id, session.wait(workspace->writing().addSnippet(options.name, text)));
    return session.done({{"id", idJson(id.value)}, {"name", options.name}}, "In a template: {{> " + options.name + "}}");
}

int snippetEdit(Session& session, const SnippetOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(Snippet snippet, session.wait(workspace->writing().snippet(options.name)));
    if (!options.text.empty() || !options.file.empty()) {
        CLI_TRY(snippet.text, textOf(options));
    }
    if (!options.newName.empty())
        snippet.name = options.newName;
    CLI_CHECK(session.wait(workspace->writing().editSnippet(snippet.id, snippet.name, snippet.text)));
    return session.done(toJson(snippet), {});
}

int snippetRemove(Session& session, const SnippetOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const Snippet snippet, session.wait(workspace->writing().snippet(options.name)));
    CLI_CHECK(session.wait(workspace->writing().removeSnippet(snippet.id)));
    return session.done({{"id", idJson(snippet.id.value)}}, {});
}

// ── Strategies ───────────────────────────────────────────────────────────────────────────────────

struct LintOptions {
    std::string strategy;
    std::string filter;
    std::vector<std::string> ids;
};

int lint(Session& session, const LintOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    WritingService::LintOptions what{.strategy = id, .version = {}, .leads = {}};
    if (!options.ids.empty() || !options.filter.empty()) {
        CLI_TRY(what.leads, selection(options.ids, options.filter));
    }
    CLI_TRY(const std::vector<LintFinding> all, session.wait(workspace->writing().lint(what)));
    std::string text;
    bool broken = false;
    for (const LintFinding& finding : all) {
        text += line(finding);
        broken = broken || finding.severity == LintFinding::Severity::Error;
    }
    const int code = session.done({{"findings", jsonOf(all)}}, all.empty() ? "Nothing to remark.\n" : text);
    return broken ? 1 : code;
}

struct FilesOptions {
    std::string strategy;
    int step = 1;
    std::vector<std::string> files;
    std::string remove;
};

int files(Session& session, const FilesOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.files.empty() && options.remove.empty()));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    CLI_TRY(const StrategyDetail detail, session.wait(workspace->strategies().detail(id)));
    if (options.step < 1 || options.step > int(detail.version.steps.size()))
        return session.refused(Error(ErrorCode::NotFound, "step " + std::to_string(options.step)));
    const StepId step = detail.version.steps[std::size_t(options.step) - 1].id;
    WritingService& writing = workspace->writing();
    CLI_TRY(std::vector<MailAttachment> all, session.wait(writing.attachmentsOf(step)));
    if (!options.files.empty() || !options.remove.empty()) {
        const auto before = all.size();
        std::erase_if(all, [&](const MailAttachment& one) { return one.name == options.remove; });
        if (!options.remove.empty() && all.size() == before)
            return session.refused(Error(ErrorCode::NotFound, options.remove));
        for (const std::string& path : options.files) {
            CLI_TRY(MailAttachment file, WritingService::read(path));
            std::erase_if(all, [&](const MailAttachment& one) { return one.name == file.name; });
            all.push_back(std::move(file));
        }
        CLI_CHECK(session.wait(writing.setAttachments(step, all)));
        CLI_TRY(all, session.wait(writing.attachmentsOf(step)));
    }
    std::vector<std::vector<std::string>> rows{{"FILE", "TYPE", "SIZE"}};
    for (const MailAttachment& one : all)
        rows.push_back({one.name, one.mediaType, plain(text::fileSize(one.size))});
    return session.done({{"files", jsonOf(all)}}, table(rows));
}

struct FormatOptions {
    std::string strategy;
    std::string format;
};

int format(Session& session, const FormatOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.format.empty()));
    CLI_TRY(const StrategyId id, session.wait(workspace->strategies().find(options.strategy)));
    if (!options.format.empty())
        CLI_CHECK(session.wait(workspace->writing().setFormat(id, mailFormatNames.value(options.format))));
    CLI_TRY(const std::optional<MailFormat> now, session.wait(workspace->writing().formatOf(id)));
    const std::string word = now ? std::string(name(*now)) : "mailbox";
    return session.done({{"format", word}}, word);
}

// ── Mailboxes ────────────────────────────────────────────────────────────────────────────────────

struct WritingOptions {
    std::string mailbox;
    std::string format;
    std::string postalAddress;
    std::string unsubscribeUrl;
    std::string optOut;
    std::string signature;
    CLI::Option* postal = nullptr;
    CLI::Option* optOutLine = nullptr;
    CLI::Option* sign = nullptr;
    CLI::Option* url = nullptr;
};

int writing(Session& session, const WritingOptions& options) {
    const bool texts = options.optOutLine->count() > 0 || options.sign->count() > 0;
    const bool change = texts || !options.format.empty() || options.postal->count() > 0 || options.url->count() > 0;
    CLI_TRY(Workspace * workspace, session.workspace(!change));
    CLI_TRY(const MailboxId id, mailboxOf(session, *workspace, options.mailbox));
    CLI_TRY(MailboxWriting its, session.wait(workspace->writing().mailbox(id)));
    if (change) {
        if (const auto wanted = mailFormatNames.value(options.format))
            its.format = *wanted;
        if (options.postal->count() > 0)
            its.postalAddress = options.postalAddress;
        if (options.url->count() > 0)
            its.unsubscribeUrl = options.unsubscribeUrl;
        CLI_CHECK(session.wait(workspace->writing().setMailbox(its)));
    }
    CLI_TRY(Mailbox mailbox, session.wait(workspace->mailboxes().find(id)));
    if (texts) {
        if (options.optOutLine->count() > 0)
            mailbox.optOutLine = options.optOut;
        if (options.sign->count() > 0)
            mailbox.signature = options.signature;
        CLI_CHECK(session.wait(workspace->mailboxes().update(mailbox, nullptr)));
    }
    return session.done({{"format", name(its.format)},
                         {"signature", mailbox.signature},
                         {"opt_out_line", mailbox.optOutLine},
                         {"postal_address", its.postalAddress},
                         {"unsubscribe_url", its.unsubscribeUrl}},
                        table({{"form", std::string(name(its.format))},
                               {"signature", mailbox.signature},
                               {"opt-out line", mailbox.optOutLine},
                               {"postal address", its.postalAddress},
                               {"one-click address", its.unsubscribeUrl}}));
}

// ── Messages by hand ─────────────────────────────────────────────────────────────────────────────

struct MessageOptions {
    std::string lead;
    std::string subject;
    std::string text;
    std::string textFile;
    std::vector<std::string> files;
    std::string format;
};

int message(Session& session, const MessageOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t lead, parseId(options.lead));
    CLI_TRY(MailDraft draft, session.wait(workspace->queue().newMail(LeadId{lead})));
    draft.subject = options.subject;
    draft.body = options.text;
    if (!options.textFile.empty()) {
        CLI_TRY(draft.body, readFile(options.textFile));
    }
    draft.format = mailFormatNames.value(options.format).value_or(draft.format);
    for (const std::string& path : options.files) {
        CLI_TRY(MailAttachment file, WritingService::read(path));
        draft.attachments.push_back(std::move(file));
    }
    CLI_TRY(const OutboxId id, session.wait(workspace->queue().send(LeadId{lead}, draft)));
    return session.done({{"outbox", idJson(id.value)}}, "In the outbox");
}

} // namespace

std::optional<int> refusedByChecks(Session& session, Workspace& workspace, StrategyId strategy, const LeadSelection& leads,
                                   bool force) {
    if (force)
        return std::nullopt;
    const auto all = session.wait(workspace.writing().lint({.strategy = strategy, .version = {}, .leads = leads}));
    if (!all)
        return session.refused(all.error());
    std::string text;
    std::optional<Error> first;
    for (const LintFinding& finding : *all) {
        if (finding.severity == LintFinding::Severity::Hint)
            continue;
        text += line(finding);
        if (!first)
            first = Error(ErrorCode::MessageChecks, std::to_string(finding.step) + " " + finding.rule
                                                        + (finding.words.empty() ? "" : " " + finding.words.front()));
    }
    if (!first)
        return std::nullopt;
    std::cerr << text << "Nobody was enrolled. With --force what is only a warning is passed over.\n";
    return session.refused(*first);
}

void addWritingCommands(CLI::App& app, Command& chosen) {
    auto* snippet = app.add_subcommand("snippet", "texts with a name, for templates and messages: add, list, show, edit, remove");
    snippet->require_subcommand(1);
    onParsed(snippet->add_subcommand("list", "all of them"), chosen, std::make_shared<Nothing>(), snippetList);
    const auto named = [&](const char* word, const char* help, auto run) {
        auto options = std::make_shared<SnippetOptions>();
        auto* command = snippet->add_subcommand(word, help);
        command->add_option("name", options->name, "letters, digits, - and _")->required();
        onParsed(command, chosen, options, run);
        return std::pair(command, options);
    };
    const auto withText = [](CLI::App* command, const std::shared_ptr<SnippetOptions>& options) {
        auto* text = command->add_option_group("text");
        text->add_option("--text", options->text);
        text->add_option("--text-file", options->file);
        return text;
    };
    const auto [add, addOptions] = named("add", "a new one", snippetAdd);
    withText(add, addOptions)->require_option(1);
    const auto [show, showOptions] = named("show", "its text", snippetShow);
    show->add_option("--lead", showOptions->lead, "filled for this lead");
    const auto [edit, editOptions] = named("edit", "another text, another name", snippetEdit);
    withText(edit, editOptions)->require_option(0, 1);
    edit->add_option("--name", editOptions->newName, "call it so");
    named("remove", "templates with it wait until it is back", snippetRemove);

    CLI::App* strategy = app.get_subcommand("strategy");
    auto lintOptions = std::make_shared<LintOptions>();
    auto* lintCommand =
        strategy->add_subcommand("lint", "what a careful reader says of its messages; 1 when one can never be sent");
    lintCommand->add_option("strategy", lintOptions->strategy, "its name or id")->required();
    lintCommand->add_option("ids", lintOptions->ids, "judged for these leads, not for those in it");
    lintCommand->add_option("--filter", lintOptions->filter, "judged for all the filter finds");
    onParsed(lintCommand, chosen, lintOptions, lint);
    auto filesOptions = std::make_shared<FilesOptions>();
    auto* filesCommand = strategy->add_subcommand("files", "files that go with an e-mail of it; with files, adds them");
    filesCommand->add_option("strategy", filesOptions->strategy, "its name or id")->required();
    filesCommand->add_option("files", filesOptions->files, "one of the same name is replaced");
    filesCommand->add_option("--step", filesOptions->step, "which, from 1")->check(CLI::Range(1, 1000));
    filesCommand->add_option("--remove", filesOptions->remove, "the name of one that goes no longer");
    onParsed(filesCommand, chosen, filesOptions, files);
    auto formatOptions = std::make_shared<FormatOptions>();
    auto* formatCommand = strategy->add_subcommand("format", "plain text, formatted, or as the mailbox writes");
    formatCommand->add_option("strategy", formatOptions->strategy, "its name or id")->required();
    formatCommand->add_option("format", formatOptions->format)->check(CLI::IsMember({"plain", "formatted", "mailbox"}));
    onParsed(formatCommand, chosen, formatOptions, format);

    auto writingOptions = std::make_shared<WritingOptions>();
    auto* writingCommand = app.get_subcommand("mailbox")->add_subcommand("writing", "how it writes");
    writingCommand->add_option("mailbox", writingOptions->mailbox, "its address or id")->required();
    writingCommand->add_option("--format", writingOptions->format)->check(CLI::IsMember({"plain", "formatted"}));
    writingOptions->postal =
        writingCommand->add_option("--postal-address", writingOptions->postalAddress, "under a strategy's messages; empty: none");
    writingOptions->optOutLine =
        writingCommand->add_option("--opt-out", writingOptions->optOut, "the last line of a strategy's messages; empty: none");
    writingOptions->sign = writingCommand->add_option("--signature", writingOptions->signature, "under every message");
    writingOptions->url = writingCommand->add_option("--unsubscribe-url", writingOptions->unsubscribeUrl,
                                                     "one-click endpoint (RFC 8058), https, with {token}; empty: none");
    onParsed(writingCommand, chosen, writingOptions, writing);

    auto messageOptions = std::make_shared<MessageOptions>();
    auto* messageCommand = app.get_subcommand("send")->add_subcommand("message", "one by hand, to one lead");
    messageCommand->add_option("lead", messageOptions->lead)->required();
    messageCommand->add_option("--subject", messageOptions->subject)->required();
    auto* body = messageCommand->add_option("--text", messageOptions->text);
    messageCommand->add_option("--text-file", messageOptions->textFile)->excludes(body);
    messageCommand->add_option("--attach", messageOptions->files, "files that go with it");
    messageCommand->add_option("--format", messageOptions->format)->check(CLI::IsMember({"plain", "formatted"}));
    onParsed(messageCommand, chosen, messageOptions, message);
}

} // namespace outrider::cli
