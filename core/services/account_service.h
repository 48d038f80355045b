// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/base/worker.h"
#include "core/domain/mailbox.h"

#include <QFuture>

#include <memory>
#include <mutex>
#include <string>

namespace outrider {

class ServiceContext;

// Where a provider is reached and who asks. Built in, or the person's own: a client id registered with the provider, a
// server on this computer in tests.
struct ProviderSettings {
    std::string clientId; // of browser sign-in; empty: none, and nobody can sign in
    std::string authorizeUrl;
    std::string tokenUrl;
    std::string apiUrl; // without a slash at its end

    bool operator==(const ProviderSettings&) const = default;
};

// A sign-in on its way through the browser.
class SignIn {
public:
    virtual ~SignIn() = default;
    // What the browser is to open.
    virtual const std::string& url() const = 0;
};

// Accounts with providers: signing in through the browser, and where the providers are. Thread-safe; every call returns
// at once.
class AccountService {
public:
    explicit AccountService(ServiceContext& context);
    ~AccountService(); // breaks off a sign-in that waits for the browser

    QFuture<Result<ProviderSettings>> provider(Provider provider);
    // What some providers give with a client id and call its secret goes to the vault; none: the one there stays.
    // InvalidArgument: an address that is not https, nor of this computer.
    QFuture<Result<>> setProvider(Provider provider, ProviderSettings settings, std::shared_ptr<SecureBytes> clientSecret);

    // Opens a port of this computer for the browser to come back to. InvalidArgument: the mailbox is not signed in to
    // this way, or there is no client id for its provider.
    QFuture<Result<std::shared_ptr<SignIn>>> begin(MailboxId id);

    // The pages the browser shows at the end: whole HTML documents.
    struct Pages {
        std::string done;
        std::string failed;
    };
    // Waits for the browser and keeps the tokens; what waits in the mailbox then leaves. AuthFailed: the provider or the
    // person said no. Conflict: another account than the mailbox's was signed in to; detail: which. TimedOut after ten
    // minutes, Cancelled: also when another sign-in is begun.
    QFuture<Result<>> finish(MailboxId id, std::shared_ptr<SignIn> signIn, Pages pages, ProgressPtr progress = {});

private:
    void giveUpWaiting(ProgressPtr next = {});

    ServiceContext& m_context;
    std::mutex m_mutex;
    ProgressPtr m_waiting;            // of the sign-in under way
    std::unique_ptr<Worker> m_worker; // waits for the browser
};

} // namespace outrider
