// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/account_service.h"

#include "core/contact/text.h"
#include "core/services/account_tokens.h"
#include "core/services/mailbox_service.h"
#include "core/services/provider_table.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/meeting_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/transport/http_client.h"
#include "core/transport/loopback_redirect.h"
#include "core/transport/oauth.h"

namespace outrider {

using namespace outrider::store;
using transport::LoopbackRedirect;

namespace {

constexpr auto longestSignIn = std::chrono::minutes(10);

class BrowserSignIn final : public SignIn {
public:
    BrowserSignIn(transport::OAuthClient oauthClient, std::unique_ptr<LoopbackRedirect> loopback, transport::OAuthRequest asked)
        : client(std::move(oauthClient)),
          redirect(std::move(loopback)),
          request(std::move(asked)) {}

    const std::string& url() const override { return request.url; }

    const transport::OAuthClient client;
    const std::unique_ptr<LoopbackRedirect> redirect;
    const transport::OAuthRequest request;
};

struct Asking {
    Mailbox mailbox;
    ProviderSettings settings;
    bool readsCalendar = false; // of Google
};

Result<Asking> askingFor(ReadContext& r, MailboxId id) {
    auto mailbox = MailboxRepository(r.db).find(id);
    if (!mailbox)
        return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
    if (mailbox->kind != MailboxKind::Mail || !signsInByBrowser(mailbox->account))
        return fail(ErrorCode::InvalidArgument, mailbox->address + " is not signed in to in the browser");
    ProviderSettings settings = providerSettings(r.db, providerOf(mailbox->account));
    const std::string provider(name(providerOf(mailbox->account)));
    if (settings.clientId.empty())
        return fail(ErrorCode::InvalidArgument,
                    "no client id for " + provider + " (mailbox provider " + provider + " --client-id …)");
    const bool readsCalendar = MeetingRepository(r.db).readsCalendarOf(id);
    return Asking{std::move(*mailbox), std::move(settings), readsCalendar};
}

} // namespace

AccountService::AccountService(ServiceContext& context)
    : m_context(context),
      m_worker(std::make_unique<Worker>("sign in", context.environment().workers)) {}

AccountService::~AccountService() { giveUpWaiting(); }

void AccountService::giveUpWaiting(ProgressPtr next) {
    const std::lock_guard lock(m_mutex);
    if (m_waiting)
        m_waiting->cancel();
    m_waiting = std::move(next);
}

QFuture<Result<ProviderSettings>> AccountService::provider(Provider provider) {
    return m_context.store().read(
        [provider](ReadContext& r) -> Result<ProviderSettings> { return providerSettings(r.db, provider); });
}

QFuture<Result<>> AccountService::setProvider(Provider provider, ProviderSettings settings,
                                              std::shared_ptr<SecureBytes> clientSecret) {
    return m_context.store().write(m_context.action("provider.edit", std::string(name(provider))),
                                   [provider, settings = std::move(settings), clientSecret](WriteContext& write) -> Result<> {
                                       if (provider == Provider::None)
                                           return fail(ErrorCode::InvalidArgument, "which provider");
                                       const bool browser = provider != Provider::Resend && provider != Provider::Twilio;
                                       if (contact::hasControlCharacter(settings.clientId))
                                           return fail(ErrorCode::InvalidArgument, "client id");
                                       OUTRIDER_TRY(transport::checkUrl(settings.apiUrl));
                                       if (browser) {
                                           OUTRIDER_TRY(transport::checkUrl(settings.authorizeUrl));
                                           OUTRIDER_TRY(transport::checkUrl(settings.tokenUrl));
                                       }
                                       SettingRepository(write.db).set(write, providerSettingKey(provider),
                                                                       providerSettingJson(provider, settings));
                                       if (clientSecret && !clientSecret->empty())
                                           SecretRepository(write.db).set(write, clientSecretName(provider), *clientSecret);
                                       return {};
                                   });
}

QFuture<Result<std::shared_ptr<SignIn>>> AccountService::begin(MailboxId id) {
    giveUpWaiting();
    return m_worker->run([this, id]() -> Result<std::shared_ptr<SignIn>> {
        OUTRIDER_ASSIGN(const Asking asking,
                        wait(m_context.store().read([id](ReadContext& r) -> Result<Asking> { return askingFor(r, id); })));
        OUTRIDER_TRY(transport::checkUrl(asking.settings.authorizeUrl));
        OUTRIDER_TRY(transport::checkUrl(asking.settings.tokenUrl));
        OUTRIDER_ASSIGN(auto redirect, LoopbackRedirect::listen());
        auto client = oauthClient(asking.mailbox.account, asking.settings, asking.mailbox.caFile);
        if (asking.readsCalendar)
            client.scopes += " https://www.googleapis.com/auth/calendar.events.readonly";
        SystemRandom random; // state and verifier are secrets, whatever the workspace draws its jitter from
        auto request = transport::authorizationRequest(client, redirect->port(), asking.mailbox.userName, random);
        return std::shared_ptr<SignIn>(
            std::make_shared<BrowserSignIn>(std::move(client), std::move(redirect), std::move(request)));
    });
}

QFuture<Result<>> AccountService::finish(MailboxId id, std::shared_ptr<SignIn> signIn, Pages pages, ProgressPtr progress) {
    const ProgressPtr shown = progress ? progress : std::make_shared<Progress>();
    giveUpWaiting(shown);
    return m_worker->run([this, id, signIn, pages = std::move(pages), shown]() -> Result<> {
        const auto browser = std::dynamic_pointer_cast<BrowserSignIn>(signIn);
        if (!browser)
            return fail(ErrorCode::InvalidArgument, "no sign-in");
        OUTRIDER_ASSIGN(const Asking asking,
                        wait(m_context.store().read([id](ReadContext& r) -> Result<Asking> { return askingFor(r, id); })));
        const auto clientSecret = wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<SecureBytes> {
            auto secret =
                SecretRepository(write.db).read(write, clientSecretName(providerOf(asking.mailbox.account)), "signing in");
            return secret ? std::move(*secret) : SecureBytes();
        }));
        if (!clientSecret)
            return fail(clientSecret.error());

        // The code is exchanged while the browser waits, so that it shows what came of it.
        Result<> ended;
        const auto judge = [&](std::string_view target) {
            const auto code = transport::codeFrom(target, browser->request);
            if (!code && code.error().code == ErrorCode::NotFound)
                return LoopbackRedirect::Verdict::NotThis;
            ended = [&]() -> Result<> {
                if (!code)
                    return fail(code.error());
                OUTRIDER_ASSIGN(
                    const transport::OAuthTokens tokens,
                    transport::exchangeCode(browser->client, *clientSecret, *code, browser->request, httpTimeouts(), *shown));
                if (!tokens.account.empty() && contact::folded(tokens.account) != contact::folded(asking.mailbox.userName))
                    return fail(ErrorCode::Conflict, tokens.account);
                return wait(m_context.store().write(m_context.action("mailbox.connect", asking.mailbox.address),
                                                    [&](WriteContext& write) -> Result<> {
                                                        MailboxRepository mailboxes(write.db);
                                                        const auto now = mailboxes.find(id);
                                                        if (!now)
                                                            return fail(ErrorCode::NotFound, asking.mailbox.address);
                                                        SecretRepository secrets(write.db);
                                                        if (tokens.refresh.empty() && !secrets.exists(secretName(id)))
                                                            return fail(ErrorCode::ProtocolError, "no refresh token");
                                                        keepTokens(write, id, tokens);
                                                        if (now->state == MailboxState::NeedsAttention)
                                                            mailboxes.setState(write, id, MailboxState::Active, {});
                                                        OutboxRepository(write.db).signedIn(write, id);
                                                        write.touched(EntityKind::Mailbox, id.value);
                                                        return {};
                                                    }));
            }();
            return ended ? LoopbackRedirect::Verdict::Done : LoopbackRedirect::Verdict::Failed;
        };
        OUTRIDER_TRY(browser->redirect->wait(judge, {pages.done, pages.failed}, longestSignIn, *shown));
        return ended;
    });
}

} // namespace outrider
