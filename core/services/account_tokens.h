// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/mailbox.h"
#include "core/store/store.h"
#include "core/transport/gmail_transport.h"
#include "core/transport/oauth.h"

#include <map>
#include <memory>
#include <mutex>

namespace outrider {

// The tokens of mailboxes that are signed in to in the browser: in the vault, renewed when they run out. Thread-safe;
// one mailbox's tokens are renewed by one thread at a time, for some providers take back the old refresh token at once.
class AccountTokens {
public:
    AccountTokens(store::Store& store, transport::NetworkTimeouts timeouts) : m_store(store), m_timeouts(timeouts) {}

    // What a server is signed in to with; `why` is for the audit. Must not outlive this object.
    transport::TokenSource source(const Mailbox& mailbox, const char* why);

    // AuthFailed: the person has to sign in again. SecretMissing: has not yet.
    Result<SecureBytes> access(const Mailbox& mailbox, const char* why);
    // It was refused: the next one is another.
    void reject(const Mailbox& mailbox);

private:
    Result<SecureBytes> renew(const Mailbox& mailbox);

    store::Store& m_store;
    const transport::NetworkTimeouts m_timeouts;
    std::mutex m_mutex; // the map's
    std::map<MailboxId, std::unique_ptr<std::mutex>> m_renewing;
};

// An HTTP interface answers sooner than a mail server may.
transport::NetworkTimeouts httpTimeouts();

// Into the vault; a refresh token only when there is one.
void keepTokens(store::WriteContext& write, MailboxId id, const transport::OAuthTokens& tokens);

} // namespace outrider
