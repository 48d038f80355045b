// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mailbox_arguments.h"
#include "app/cli/support.h"
#include "core/services/mail_history_service.h"
#include "core/services/mailbox_service.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"

#include <map>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct Nothing {};

std::string kindOf(const Mailbox& mailbox) {
    return std::string(mailbox.kind == MailboxKind::Practice ? mailboxKindNames.name(mailbox.kind) : name(mailbox.account));
}

std::string placeOf(const ServerAddress& server) {
    return server.host.empty() ? "-" : server.host + ":" + std::to_string(server.port);
}

using Readings = std::map<MailboxId, ReadingState>;

Result<Readings> readingsOf(Session& session, Workspace& workspace) {
    OUTRIDER_ASSIGN(const std::vector<ReadingState> all, session.wait(workspace.mailHistory().readings()));
    Readings readings;
    for (const ReadingState& one : all)
        readings[one.mailbox] = one;
    return readings;
}

std::string readText(const Session& session, const ReadingState& reading) {
    if (reading.error.empty())
        return reading.readAt ? session.moment(*reading.readAt) : std::string("-");
    return reading.error + (reading.nextTryAt ? ", next try " + session.moment(*reading.nextTryAt) : std::string());
}

std::string counted(int failures) { return std::to_string(failures) + (failures == 1 ? " failure" : " failures"); }

int list(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<Mailbox> all, session.wait(workspace->mailboxes().list()));
    CLI_TRY(const Readings readings, readingsOf(session, *workspace));
    std::vector<std::vector<std::string>> rows{{"ID", "ADDRESS", "KIND", "STATE", "READ", "LIMIT", "SMTP", "IMAP"}};
    json values = json::array();
    for (const Mailbox& one : all) {
        rows.push_back({std::to_string(one.id.value), one.address, kindOf(one), std::string(mailboxStateNames.name(one.state)),
                        readText(session, readings.at(one.id)), std::to_string(one.dailyLimit), placeOf(one.smtp),
                        placeOf(one.imap)});
        values.push_back(toJson(one));
        values.back()["reading"] = toJson(readings.at(one.id));
    }
    return session.done({{"mailboxes", values}}, table(rows));
}

struct ShowOptions {
    std::string mailbox;
};

int show(Session& session, const ShowOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_TRY(const Mailbox mailbox, session.wait(workspace->mailboxes().find(id)));
    CLI_TRY(const Readings readings, readingsOf(session, *workspace));
    const ReadingState& reading = readings.at(id);
    std::string text = mailbox.address + ", " + kindOf(mailbox) + ", " + std::string(mailboxStateNames.name(mailbox.state)) + "\n"
                       + "sends by " + placeOf(mailbox.smtp) + ", reads by " + placeOf(mailbox.imap) + "\n"
                       + "last read: " + (reading.readAt ? session.moment(*reading.readAt) : std::string("never")) + "\n";
    if (!reading.error.empty()) {
        text += counted(reading.failures) + " in a row, the last: " + reading.error
                + (reading.detail.empty() ? "" : " (" + reading.detail + ")") + "\n";
        text += reading.nextTryAt ? "next try: " + session.moment(*reading.nextTryAt) + "\n"
                                  : "next try: when you have signed in again\n";
    }
    json value = toJson(mailbox);
    value["reading"] = toJson(reading);
    return session.done(value, text);
}

struct AddOptions {
    std::string address;
    std::string kind = "mail";
    std::string name;
    std::string signature;
    std::string smtp; // host:port
    std::string smtpTls = "tls";
    std::string imap;
    std::string imapTls = "tls";
    std::string auth = "plain";
    std::string user;
    std::string caFile;
    std::string secretFile;
    std::string imapSecretFile;
    int dailyLimit = -1;
    int holdSeconds = -1;
    int spacingSeconds = -1;
    SendLimits limits;
    PhoneLine phone;
    bool noCheck = false;
};

Result<ServerAddress> serverOf(ServerAddress guessed, const std::string& hostAndPort, const std::string& tls) {
    const auto mode = tlsModeNames.value(tls);
    if (!mode)
        return fail(ErrorCode::InvalidArgument, "tls, starttls or none: " + tls);
    if (hostAndPort.empty())
        return guessed;
    guessed.tls = *mode;
    const auto colon = hostAndPort.rfind(':');
    guessed.host = hostAndPort.substr(0, colon);
    if (colon != std::string::npos) {
        OUTRIDER_ASSIGN(const std::int64_t port, parseId(hostAndPort.substr(colon + 1)));
        guessed.port = static_cast<int>(port);
    }
    return guessed;
}

std::string checkText(const std::vector<MailboxCheckStep>& steps) {
    std::vector<std::vector<std::string>> rows;
    for (const MailboxCheckStep& step : steps) {
        const json one = toJson(step);
        rows.push_back({one["state"].get<std::string>(), text::checkStepTitle(step.name).toStdString(),
                        step.error ? text::sentence(*step.error).toStdString() : step.detail});
    }
    return table(rows);
}

bool failed(const std::vector<MailboxCheckStep>& steps) {
    return std::any_of(steps.begin(), steps.end(),
                       [](const MailboxCheckStep& step) { return step.state == MailboxCheckStep::State::Failed; });
}

int add(Session& session, const AddOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    Mailbox mailbox = MailboxService::guess(options.address);
    const auto account = accountKindNames.value(options.kind);
    if (!account)
        return session.refused(
            Error(ErrorCode::InvalidArgument, "mail, gmail, microsoft, gmail-api, graph, resend or twilio: " + options.kind));
    mailbox.account = *account;
    if (isPhoneLine(*account)) {
        mailbox.address = options.address;
        mailbox.phone = options.phone;
        if (!options.address.starts_with("MG"))
            mailbox.phone.number = options.address;
    }
    if (*account != AccountKind::Servers) { // its servers are the provider's, or none
        mailbox.smtp = {};
        mailbox.imap = {};
    }
    mailbox.displayName = options.name;
    mailbox.signature = options.signature;
    CLI_TRY(mailbox.smtp, serverOf(mailbox.smtp, options.smtp, options.smtpTls));
    CLI_TRY(mailbox.imap, serverOf(mailbox.imap, options.imap, options.imapTls));
    const auto auth = authMethodNames.value(options.auth);
    if (!auth)
        return session.refused(Error(ErrorCode::InvalidArgument, "none, plain, login or xoauth2: " + options.auth));
    mailbox.auth = *auth;
    if (!options.user.empty())
        mailbox.userName = options.user;
    mailbox.caFile = options.caFile;
    if (options.dailyLimit >= 0)
        mailbox.dailyLimit = options.dailyLimit;
    if (options.holdSeconds >= 0)
        mailbox.holdSeconds = options.holdSeconds;
    if (options.spacingSeconds >= 0)
        mailbox.spacingSeconds = options.spacingSeconds;
    mailbox.limits = options.limits;
    std::shared_ptr<SecureBytes> secret;
    const bool browser = signsInByBrowser(*account);
    if (*auth != AuthMethod::None && !browser) {
        CLI_TRY(SecureBytes read,
                session.secret(options.secretFile, *account == AccountKind::Resend ? "API key"
                                                   : isPhoneLine(*account)         ? "Auth token, or secret of the API key"
                                                                                   : "Password of the mailbox"));
        secret = std::make_shared<SecureBytes>(std::move(read));
    }
    if (!options.noCheck && !browser) {
        Mailbox tried = mailbox;
        if (sendsOverHttp(*account)) // what it reads from has a password of its own, which `mailbox check` finds in the vault
            tried.imap = {};
        CLI_TRY(const std::vector<MailboxCheckStep> steps, session.wait(workspace->mailboxes().checkDraft(tried, secret)));
        if (failed(steps)) {
            for (const MailboxCheckStep& step : steps) {
                if (step.error)
                    return session.refused(*step.error);
            }
        }
    }
    CLI_TRY(const MailboxId id, session.wait(workspace->mailboxes().add(mailbox, secret)));
    if (!options.imapSecretFile.empty()) {
        CLI_TRY(SecureBytes read, session.secret(options.imapSecretFile, "Password to read with"));
        CLI_CHECK(session.wait(workspace->mailboxes().setImapSecret(id, std::make_shared<SecureBytes>(std::move(read)))));
    }
    return session.done({{"id", idJson(id.value)}},
                        "Added " + mailbox.address
                            + (browser ? "; sign in with: outrider-cli mailbox connect " + mailbox.address : std::string()));
}

struct OneOptions {
    std::string mailbox; // id or address
    bool resume = false;
};

int check(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_TRY(const std::vector<MailboxCheckStep> steps, session.wait(workspace->mailboxes().check(id)));
    session.done({{"steps", listJson(steps)}, {"passed", !failed(steps)}}, checkText(steps));
    return failed(steps) ? 1 : 0;
}

int pause(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_CHECK(session.wait(workspace->mailboxes().setPaused(id, !options.resume)));
    return session.done({{"id", idJson(id.value)}}, {});
}

int remove(Session& session, const OneOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_CHECK(session.wait(workspace->mailboxes().remove(id)));
    return session.done({{"id", idJson(id.value)}}, {});
}

CLI::App* oneCommand(CLI::App* parent, const char* name, const char* help, const std::shared_ptr<OneOptions>& options) {
    auto* command = parent->add_subcommand(name, help);
    command->add_option("mailbox", options->mailbox, "its address or id")->required();
    return command;
}

} // namespace

Result<MailboxId> mailboxId(Session& session, Workspace& workspace, const std::string& text) {
    OUTRIDER_ASSIGN(const std::vector<Mailbox> all, session.wait(workspace.mailboxes().list()));
    for (const Mailbox& one : all) {
        if (one.address == text || std::to_string(one.id.value) == text)
            return one.id;
    }
    return fail(ErrorCode::NotFound, "mailbox " + text);
}

void addMailboxCommands(CLI::App& app, Command& chosen) {
    auto* mailbox = app.add_subcommand("mailbox", "mailboxes: list, show, add, connect, check, pause, remove, provider");
    mailbox->require_subcommand(1);
    onParsed(mailbox->add_subcommand("list", "all of them"), chosen, std::make_shared<Nothing>(), list);

    auto options = std::make_shared<AddOptions>();
    auto* addCommand = mailbox->add_subcommand("add", "one to send from; its servers are tried first");
    addCommand->add_option("address", options->address, "of a phone line its number, +4930…, or its messaging service, MG…")
        ->required();
    addCommand->add_option("--kind", options->kind, "mail, gmail, microsoft, gmail-api, graph, resend, twilio");
    addCommand->add_option("--name", options->name, "the From name");
    addCommand->add_option("--signature", options->signature);
    addCommand->add_option("--smtp", options->smtp, "HOST:PORT; guessed from the address");
    addCommand->add_option("--smtp-tls", options->smtpTls, "tls, starttls; none only for this machine");
    addCommand->add_option("--imap", options->imap, "HOST:PORT; guessed from the address");
    addCommand->add_option("--imap-tls", options->imapTls, "tls, starttls; none only for this machine");
    addCommand->add_option("--auth", options->auth, "plain, login, xoauth2, none");
    addCommand->add_option("--user", options->user, "sign-in name; usually the address");
    addCommand->add_option("--ca-file", options->caFile, "a certificate authority to trust for this mailbox");
    addCommand->add_option("--secret-file", options->secretFile,
                           "file whose first line is the password or API key; else asked for");
    addCommand->add_option("--imap-secret-file", options->imapSecretFile, "resend: file with the password to read replies with");
    addCommand->add_option("--account-sid", options->phone.accountSid, "twilio: of the account, AC…");
    addCommand->add_option("--key-sid", options->phone.keySid,
                           "twilio: of the API key the secret is of, SK…; else the auth token");
    addCommand->add_option("--service-sid", options->phone.serviceSid, "twilio: messaging service to text through, MG…");
    addCommand->add_option("--own-number", options->phone.ownNumber, "twilio: your own phone, which rings first when you call");
    addCommand->add_option("--daily-limit", options->dailyLimit, "messages in any 24 hours");
    addCommand->add_option("--hold", options->holdSeconds, "seconds a message can be taken back");
    addCommand->add_option("--spacing", options->spacingSeconds, "least seconds between two messages");
    addCommand->add_option("--spacing-up-to", options->limits.spacingUpTo, "most seconds between two messages, drawn for each");
    addCommand->add_option("--minute-limit", options->limits.perMinute, "messages in any minute");
    addCommand->add_option("--hour-limit", options->limits.perHour, "messages in any hour");
    addCommand->add_option("--week-limit", options->limits.perWeek, "messages in any week");
    addCommand->add_option("--domain-limit", options->limits.perDomainAndHour, "messages to one company in any hour");
    addCommand->add_option("--ramp-start", options->limits.rampStart, "messages on the first day of a new mailbox");
    addCommand->add_option("--ramp-step", options->limits.rampStep, "how many more every day");
    addCommand->add_flag("--no-check", options->noCheck, "do not try the servers");
    onParsed(addCommand, chosen, options, add);

    auto showOptions = std::make_shared<ShowOptions>();
    auto* showCommand = mailbox->add_subcommand("show", "one of them, and how reading it goes");
    showCommand->add_option("mailbox", showOptions->mailbox, "its address or id")->required();
    onParsed(showCommand, chosen, showOptions, show);

    addAccountCommands(*mailbox, chosen);
    auto checkOptions = std::make_shared<OneOptions>();
    onParsed(oneCommand(mailbox, "check", "try sending and reading, without sending anything", checkOptions), chosen,
             checkOptions, check);
    auto pauseOptions = std::make_shared<OneOptions>();
    auto* pauseCommand = oneCommand(mailbox, "pause", "send nothing from it", pauseOptions);
    pauseCommand->add_flag("--resume", pauseOptions->resume, "go on again");
    onParsed(pauseCommand, chosen, pauseOptions, pause);
    auto removeOptions = std::make_shared<OneOptions>();
    onParsed(oneCommand(mailbox, "remove", "only while nothing was sent from it", removeOptions), chosen, removeOptions, remove);
}

} // namespace outrider::cli
