// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mailbox_arguments.h"
#include "app/cli/support.h"
#include "core/services/account_service.h"
#include "core/services/mailbox_service.h"
#include "ui/text/account_text.h"

#include <QProcess>

#include <cstdio>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct ConnectOptions {
    std::string mailbox;
    bool noBrowser = false;
};

// The system's way to open a web page. False: it has none.
bool openBrowser(const std::string& url) {
#ifdef Q_OS_MACOS
    const QString program = QStringLiteral("open");
#else
    const QString program = QStringLiteral("xdg-open");
#endif
    return QProcess::startDetached(program, {QString::fromStdString(url)});
}

int connect(Session& session, const ConnectOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const MailboxId id, mailboxId(session, *workspace, options.mailbox));
    CLI_TRY(const Mailbox mailbox, session.wait(workspace->mailboxes().find(id)));
    AccountService& accounts = workspace->accounts();
    CLI_TRY(const std::shared_ptr<SignIn> signIn, session.wait(accounts.begin(id)));
    // To the terminal, while it waits: a script reads the one document at the end.
    std::fprintf(stderr, "Sign in here:\n%s\n", signIn->url().c_str());
    std::fflush(stderr);
    if (!options.noBrowser && !openBrowser(signIn->url()))
        std::fprintf(stderr, "No browser could be opened; open the address yourself.\n");
    const auto progress = std::make_shared<Progress>();
    const Provider provider = providerOf(mailbox.account);
    CLI_CHECK(session.wait(accounts.finish(
        id, signIn, {.done = text::signInPage(provider, true), .failed = text::signInPage(provider, false)}, progress)));
    return session.done({{"id", idJson(id.value)}, {"address", mailbox.address}}, "Connected " + mailbox.address);
}

struct ProviderOptions {
    std::string provider;
    std::string clientId;
    std::string clientSecretFile;
    std::string authorizeUrl;
    std::string tokenUrl;
    std::string apiUrl;
};

int provider(Session& session, const ProviderOptions& options) {
    const auto which = providerNames.value(options.provider);
    if (!which || *which == Provider::None)
        return session.refused(Error(ErrorCode::InvalidArgument, "google, microsoft, resend or twilio: " + options.provider));
    CLI_TRY(Workspace * workspace, session.workspace());
    AccountService& accounts = workspace->accounts();
    CLI_TRY(ProviderSettings settings, session.wait(accounts.provider(*which)));
    const ProviderSettings before = settings;
    for (const auto& [typed, field] :
         {std::pair(&options.clientId, &settings.clientId), std::pair(&options.authorizeUrl, &settings.authorizeUrl),
          std::pair(&options.tokenUrl, &settings.tokenUrl), std::pair(&options.apiUrl, &settings.apiUrl)}) {
        if (!typed->empty())
            *field = *typed;
    }
    std::shared_ptr<SecureBytes> secret;
    if (!options.clientSecretFile.empty()) {
        CLI_TRY(SecureBytes read, session.secret(options.clientSecretFile, "Client secret"));
        secret = std::make_shared<SecureBytes>(std::move(read));
    }
    if (settings != before || secret)
        CLI_CHECK(session.wait(accounts.setProvider(*which, settings, secret)));
    return session.done({{"provider", name(*which)},
                         {"client_id", settings.clientId.empty() ? json() : json(settings.clientId)},
                         {"authorize_url", settings.authorizeUrl},
                         {"token_url", settings.tokenUrl},
                         {"api_url", settings.apiUrl}},
                        table({{"CLIENT ID", settings.clientId.empty() ? "none" : settings.clientId},
                               {"SIGN IN", settings.authorizeUrl},
                               {"TOKENS", settings.tokenUrl},
                               {"API", settings.apiUrl}}));
}

} // namespace

void addAccountCommands(CLI::App& mailbox, Command& chosen) {
    auto options = std::make_shared<ConnectOptions>();
    auto* connectCommand = mailbox.add_subcommand("connect", "sign in to it in the browser, also again");
    connectCommand->add_option("mailbox", options->mailbox, "its address or id")->required();
    connectCommand->add_flag("--no-browser", options->noBrowser, "only print the address to open");
    onParsed(connectCommand, chosen, options, connect);

    auto settings = std::make_shared<ProviderOptions>();
    auto* providerCommand =
        mailbox.add_subcommand("provider", "how google, microsoft, resend or twilio is reached, and as which client");
    providerCommand->add_option("provider", settings->provider, "google, microsoft, resend, twilio")->required();
    providerCommand->add_option("--client-id", settings->clientId, "of a program you have registered with the provider");
    providerCommand->add_option("--client-secret-file", settings->clientSecretFile,
                                "file whose first line is what the provider calls its secret; Google wants it");
    providerCommand->add_option("--authorize-url", settings->authorizeUrl, "where the browser is sent");
    providerCommand->add_option("--token-url", settings->tokenUrl, "where tokens come from");
    providerCommand->add_option("--api-url", settings->apiUrl, "where messages go, without a slash at the end");
    onParsed(providerCommand, chosen, settings, provider);
}

} // namespace outrider::cli
