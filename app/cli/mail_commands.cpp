// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/inbox_service.h"
#include "core/services/outbox_service.h"
#include "core/services/phone_service.h"
#include "core/services/queue_service.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/outbox_text.h"

#include <iostream>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct Nothing {};

struct OutboxListOptions {
    std::vector<std::string> states;
    int limit = 100;
};

// What a person has to know before anything leaves.
std::string fenceLine(FenceReason fence) {
    const QString sentence = text::fenceText(fence);
    return sentence.isEmpty()
               ? std::string()
               : "\n" + sentence.toStdString() + " `outbox release ID` lets one leave, `outbox release --all` all.\n";
}

int outboxList(Session& session, const OutboxListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    std::vector<OutboxState> states;
    for (const std::string& text : options.states) {
        const auto state = outboxStateNames.value(text);
        if (!state)
            return session.refused(Error(ErrorCode::InvalidArgument, "state: " + text));
        states.push_back(*state);
    }
    if (states.empty())
        states = {OutboxState::Queued,  OutboxState::Held,    OutboxState::Claimed,
                  OutboxState::Sending, OutboxState::Unknown, OutboxState::Refused};
    CLI_TRY(const std::vector<OutboxRow> all, session.wait(workspace->outbox().list(states, options.limit)));
    CLI_TRY(const OutboxCounts counts, session.wait(workspace->outbox().counts()));
    CLI_TRY(const FenceReason fence, session.wait(workspace->outbox().fence()));
    CLI_TRY(const bool held, session.wait(workspace->outbox().isEverythingHeld()));
    std::vector<std::vector<std::string>> rows{{"ID", "STATE", "WHY", "EARLIEST", "TO", "SUBJECT"}};
    for (const OutboxRow& row : all)
        rows.push_back({std::to_string(row.item.id.value), std::string(name(row.item.state)),
                        std::string(name(row.item.waitReason)), session.moment(row.item.earliestAt), row.item.recipient,
                        row.item.subject});
    return session.done({{"messages", listJson(all)},
                         {"waiting", counts.waiting},
                         {"unknown", counts.unknown},
                         {"refused_today", counts.refused},
                         {"sent_today", counts.sentToday},
                         {"held", held},
                         {"fence", name(fence)}},
                        table(rows) + (held ? "\nEverything is held: `outbox release --all` lets it leave.\n" : "")
                            + fenceLine(fence));
}

struct OutboxOptions {
    std::string id;
    bool everything = false;
    std::string word;
};

int outboxHold(Session& session, const OutboxOptions& options) {
    const bool hold = options.word == "hold";
    CLI_TRY(Workspace * workspace, session.workspace());
    if (options.everything) {
        CLI_CHECK(session.wait(workspace->outbox().holdEverything(hold)));
        if (!hold)
            CLI_CHECK(session.wait(workspace->outbox().lowerFence()));
        return session.done({{"held", hold}}, hold ? "Nothing leaves until released." : "Sending goes on.");
    }
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_CHECK(session.wait(hold ? workspace->outbox().hold(OutboxId{id}) : workspace->outbox().release(OutboxId{id})));
    return session.done({{"id", idJson(id)}}, {});
}

int outboxShow(Session& session, const OutboxOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const OutboxDetail detail, session.wait(workspace->outbox().detail(OutboxId{id})));
    const text::Dates dates = session.dates();
    std::string text = detail.row.item.recipient + ": " + detail.row.item.subject + "\n";
    for (const MailAttachment& file : detail.files)
        text += "  with " + file.name + ", " + plain(text::fileSize(file.size)) + "\n";
    for (const SendCheck& check : detail.checks)
        text += (check.state == SendCheck::State::Passed  ? "  yes  "
                 : check.state == SendCheck::State::Waits ? "  no   "
                                                          : "       ")
                + text::sendCheckText(check, dates).toStdString() + "\n";
    for (const OutboxTraceEntry& entry : detail.trace)
        text += session.moment(entry.at) + "  " + text::traceText(entry, dates).toStdString() + "\n";
    return session.done(toJson(detail), text);
}

int outboxLook(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    CLI_TRY(const OutboxService::SentSearch search, session.wait(workspace->outbox().lookAmongSent(progress)));
    json errors = json::array();
    std::string text = std::to_string(search.sent) + " of " + std::to_string(search.looked)
                       + " had left already and are settled as sent; " + std::to_string(search.held) + " are held, "
                       + std::to_string(search.unknown) + " unknown.\n";
    for (const Error& error : search.errors) {
        errors.push_back(toJson(error));
        text += "A server could not tell: " + text::sentence(error).toStdString() + "\n";
    }
    return session.done({{"looked", search.looked},
                         {"sent", search.sent},
                         {"held", search.held},
                         {"unknown", search.unknown},
                         {"errors", errors}},
                        text);
}

int outboxResolve(Session& session, const OutboxOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    using Resolution = OutboxService::Resolution;
    const Resolution resolution = options.word == "sent"    ? Resolution::WasSent
                                  : options.word == "again" ? Resolution::SendAgain
                                                            : Resolution::Drop;
    CLI_CHECK(session.wait(workspace->outbox().resolve(OutboxId{id}, resolution)));
    return session.done({{"id", idJson(id)}}, {});
}

int outboxDrop(Session& session, const OutboxOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_CHECK(session.wait(workspace->outbox().drop(OutboxId{id})));
    return session.done({{"id", idJson(id)}}, {});
}

struct SmsOptions {
    std::string lead;
    std::string text;
};

int sendSms(Session& session, const SmsOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.lead));
    CLI_TRY(MailDraft draft, session.wait(workspace->phone().newText(LeadId{id})));
    draft.body = options.text;
    const PhoneService::TextSize size = PhoneService::sizeOf(draft);
    CLI_TRY(const OutboxId item, session.wait(workspace->queue().send(LeadId{id}, draft)));
    return session.done({{"outbox", idJson(item.value)},
                         {"to", draft.toAddress},
                         {"characters", size.characters},
                         {"segments", size.segments},
                         {"unicode", size.unicode}},
                        "In the outbox, to " + draft.toAddress + ": " + std::to_string(size.segments)
                            + (size.segments == 1 ? " part" : " parts"));
}

struct SendOptions {
    int max = 1000;
    bool once = false;
    int seconds = 0;
};

int sendRun(Session& session, const SendOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const OutboxService::SendReport report, session.wait(workspace->outbox().runOnce(options.max)));
    json errors = json::array();
    std::string text = std::to_string(report.sent) + " sent, " + std::to_string(report.waiting) + " waiting, "
                       + std::to_string(report.deferred) + " deferred, " + std::to_string(report.refused) + " refused, "
                       + std::to_string(report.unknown) + " unknown\n";
    for (const Error& error : report.errors) {
        errors.push_back(toJson(error));
        text += text::sentence(error).toStdString() + "\n";
    }
    const int code = session.done({{"sent", report.sent},
                                   {"refused", report.refused},
                                   {"unknown", report.unknown},
                                   {"deferred", report.deferred},
                                   {"waiting", report.waiting},
                                   {"dropped", report.dropped},
                                   {"errors", errors}},
                                  text);
    return report.errors.empty() ? code : 1;
}

} // namespace

void addMailCommands(CLI::App& app, Command& chosen) {
    auto* outbox = app.add_subcommand("outbox", "messages on their way out: list, show, hold, release, look, drop, resolve");
    outbox->require_subcommand(1);
    auto listOptions = std::make_shared<OutboxListOptions>();
    auto* listCommand = outbox->add_subcommand("list", "what waits, and what is in doubt");
    listCommand->add_option("--state", listOptions->states, "queued, held, sending, sent, refused, unknown, dropped");
    listCommand->add_option("--limit", listOptions->limit)->check(CLI::Range(1, 100000));
    onParsed(listCommand, chosen, listOptions, outboxList);
    for (const char* word : {"hold", "release"}) {
        auto options = std::make_shared<OutboxOptions>();
        options->word = word;
        auto* command = outbox->add_subcommand(word, "one message, or everything");
        auto* id = command->add_option("id", options->id);
        command->add_flag("--all", options->everything)->excludes(id);
        onParsed(command, chosen, options, outboxHold);
    }
    onParsed(outbox->add_subcommand(
                 "look", "of what is unknown, or held by a restored workspace: what lies among the sent mail had left"),
             chosen, std::make_shared<Nothing>(), outboxLook);
    auto showOptions = std::make_shared<OutboxOptions>();
    auto* showCommand = outbox->add_subcommand("show", "one message: why it waits, and every move it made with its proof");
    showCommand->add_option("id", showOptions->id)->required();
    onParsed(showCommand, chosen, showOptions, outboxShow);
    auto dropOptions = std::make_shared<OutboxOptions>();
    auto* dropCommand = outbox->add_subcommand("drop", "take one back; its task is open again");
    dropCommand->add_option("id", dropOptions->id)->required();
    onParsed(dropCommand, chosen, dropOptions, outboxDrop);
    auto resolveOptions = std::make_shared<OutboxOptions>();
    auto* resolveCommand = outbox->add_subcommand("resolve", "your word on a message whose fate nobody knows");
    resolveCommand->add_option("id", resolveOptions->id)->required();
    resolveCommand->add_option("word", resolveOptions->word)->required()->check(CLI::IsMember({"sent", "again", "drop"}));
    onParsed(resolveCommand, chosen, resolveOptions, outboxResolve);

    auto* send = app.add_subcommand("send", "sending: run, sms");
    send->require_subcommand(1);
    auto sendOptions = std::make_shared<SendOptions>();
    auto* run = send->add_subcommand("run", "send what is due now");
    run->add_option("--max", sendOptions->max)->check(CLI::Range(1, 1000000));
    run->add_flag("--once", sendOptions->once, "the default: what is due now, then end");
    onParsed(run, chosen, sendOptions, sendRun);
    auto smsOptions = std::make_shared<SmsOptions>();
    auto* sms = send->add_subcommand("sms", "a text message to a lead, over the phone line; it waits in the outbox first");
    sms->add_option("lead", smsOptions->lead)->required();
    sms->add_option("text", smsOptions->text)->required();
    onParsed(sms, chosen, smsOptions, sendSms);
}

} // namespace outrider::cli
