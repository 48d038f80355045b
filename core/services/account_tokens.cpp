// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/account_tokens.h"

#include "core/base/log.h"
#include "core/services/provider_table.h"
#include "core/store/repositories/secret_repository.h"

#include <charconv>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto beforeItRunsOut = std::chrono::seconds(60); // no message is on its way for longer than that

// "1770000000000 token": until when it is good.
SecureBytes withExpiry(Instant until, const SecureBytes& token) {
    const std::string head = std::to_string(toEpochMillis(until)) + " ";
    SecureBytes out(head.size() + token.size());
    std::byte* at = std::transform(head.begin(), head.end(), out.data(), [](char c) { return std::byte(c); });
    std::copy(token.bytes().begin(), token.bytes().end(), at);
    return out;
}

// Nothing when it has run out.
std::optional<SecureBytes> stillGood(const SecureBytes& kept, Instant now) {
    const std::string_view text = kept.view();
    std::int64_t until = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), until);
    if (error != std::errc() || end == text.data() + text.size() || *end != ' ' || fromEpochMillis(until) <= now)
        return std::nullopt;
    return SecureBytes(text.substr(std::size_t(end - text.data()) + 1));
}

} // namespace

transport::NetworkTimeouts httpTimeouts() {
    return {.connect = std::chrono::seconds(30), .response = std::chrono::seconds(60), .total = std::chrono::minutes(5)};
}

void keepTokens(WriteContext& write, MailboxId id, const transport::OAuthTokens& tokens) {
    SecretRepository secrets(write.db);
    if (!tokens.refresh.empty())
        secrets.set(write, secretName(id), tokens.refresh);
    secrets.set(write, accessTokenName(id), withExpiry(write.now + tokens.lifetime - beforeItRunsOut, tokens.access));
}

transport::TokenSource AccountTokens::source(const Mailbox& mailbox, const char* why) {
    return {.token = [this, mailbox, why] { return access(mailbox, why); }, .reject = [this, mailbox] { reject(mailbox); }};
}

Result<SecureBytes> AccountTokens::access(const Mailbox& mailbox, const char* why) {
    std::mutex* renewing = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        auto& one = m_renewing[mailbox.id];
        if (!one)
            one = std::make_unique<std::mutex>();
        renewing = one.get();
    }
    const std::lock_guard lock(*renewing);
    auto kept = wait(m_store.writeSilently([&](WriteContext& write) -> Result<SecureBytes> {
        const auto secret = SecretRepository(write.db).read(write, accessTokenName(mailbox.id), why);
        auto good = secret ? stillGood(*secret, write.now) : std::nullopt;
        return good ? std::move(*good) : SecureBytes();
    }));
    if (!kept || !kept->empty())
        return kept;
    return renew(mailbox);
}

Result<SecureBytes> AccountTokens::renew(const Mailbox& mailbox) {
    struct Asking {
        SecureBytes refresh;
        SecureBytes clientSecret;
        transport::OAuthClient client;
    };
    const Provider provider = providerOf(mailbox.account);
    OUTRIDER_ASSIGN(const Asking asking, wait(m_store.writeSilently([&](WriteContext& write) -> Result<Asking> {
                        SecretRepository secrets(write.db);
                        auto refresh = secrets.read(write, secretName(mailbox.id), "renewing the sign-in");
                        if (!refresh)
                            return fail(ErrorCode::SecretMissing, secretName(mailbox.id));
                        auto client = secrets.read(write, clientSecretName(provider), "renewing the sign-in");
                        return Asking{std::move(*refresh), client ? std::move(*client) : SecureBytes(),
                                      oauthClient(mailbox.account, providerSettings(write.db, provider), mailbox.caFile)};
                    })));
    const Progress progress;
    auto tokens = transport::refreshTokens(asking.client, asking.clientSecret, asking.refresh, m_timeouts, progress);
    if (!tokens) {
        qCWarning(logSend, "renewing the sign-in of mailbox %lld: %s", static_cast<long long>(mailbox.id.value),
                  std::string(name(tokens.error().code)).c_str());
        return fail(tokens.error());
    }
    OUTRIDER_TRY(wait(m_store.writeSilently([&](WriteContext& write) -> Result<> {
        keepTokens(write, mailbox.id, *tokens);
        return {};
    })));
    return std::move(tokens->access);
}

void AccountTokens::reject(const Mailbox& mailbox) {
    const auto forgotten = wait(m_store.writeSilently([&](WriteContext& write) -> Result<> {
        SecretRepository(write.db).remove(write, accessTokenName(mailbox.id));
        return {};
    }));
    if (!forgotten)
        qCWarning(logSend, "a refused token of mailbox %lld could not be forgotten", static_cast<long long>(mailbox.id.value));
}

} // namespace outrider
