// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/domain/mailbox.h"

#include <QFuture>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// One line of a connection test.
struct MailboxCheckStep {
    std::string name; // machine name: "smtp_connect", "smtp_tls", "smtp_sign_in", "imap_connect"…; worded by ui/text
    enum class State {
        Passed,
        Failed,
        Missing, // it works without: no folder for sent mail, no push
        Skipped, // a step before it failed, or there is nothing to do
    };
    State state = State::Skipped;
    std::string detail; // "TLSv1.3", "INBOX, 12 mails"
    std::optional<Instant> certificateUntil;
    std::optional<Error> error;
    int milliseconds = 0;
};

// Mailboxes and their secrets. Thread-safe; every call returns at once.
class MailboxService {
public:
    explicit MailboxService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<std::vector<Mailbox>>> list();
    QFuture<Result<Mailbox>> find(MailboxId id);
    struct Usage {
        int sentInADay = 0;
        int waiting = 0;
    };
    QFuture<Result<Usage>> usage(MailboxId id);

    // The secret (password, access token or API key) goes to the vault. One whose account is signed in to in the browser
    // needs attention until it is (AccountService). AlreadyExists, InvalidEmail,
    // InvalidArgument (detail: which server field).
    QFuture<Result<MailboxId>> add(Mailbox mailbox, std::shared_ptr<SecureBytes> secret);
    QFuture<Result<>> update(Mailbox mailbox, std::shared_ptr<SecureBytes> secret); // no secret: keeps the old one
    // The password to read replies with, where it is another than what sends (Resend).
    QFuture<Result<>> setImapSecret(MailboxId id, std::shared_ptr<SecureBytes> secret);
    QFuture<Result<>> remove(MailboxId id);
    QFuture<Result<>> setPaused(MailboxId id, bool paused);

    // Tries everything sending and reading need. A test that passes ends NeedsAttention; one that finds the sign-in in
    // the browser gone begins it.
    QFuture<Result<std::vector<MailboxCheckStep>>> check(MailboxId id, ProgressPtr progress = {});
    // The same for servers not saved yet.
    QFuture<Result<std::vector<MailboxCheckStep>>> checkDraft(Mailbox mailbox, std::shared_ptr<SecureBytes> secret,
                                                              ProgressPtr progress = {});

    // Servers for an address, by its provider or by the usual names ("smtp.", "imap." before the domain).
    static Mailbox guess(std::string_view address);

private:
    ServiceContext& m_context;
};

// The vault's name of a mailbox's secret.
std::string secretName(MailboxId id);

} // namespace outrider
