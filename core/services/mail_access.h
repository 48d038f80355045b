// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/secure_bytes.h"
#include "core/domain/mailbox.h"
#include "core/outreach/sender.h"
#include "core/services/environment.h"
#include "core/services/mailbox_service.h"
#include "core/transport/mail_source.h"
#include "core/transport/mail_transport.h"
#include "core/transport/phone_status.h"
#include "core/transport/sent_lookup.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {
class Store;
}

namespace outrider {

// How mail leaves and arrives: over the network, or, in the practice workspace, through the built-in
// mailbox. A practice workspace is given only the latter, so nothing in it can reach the network,
// whatever its rows say.
//
// Secrets are read from the vault when a server is signed in to, each time leaving an audit row; so
// these block, and are called on worker threads only.
class MailAccess {
public:
    virtual ~MailAccess() = default;

    virtual std::unique_ptr<transport::MailTransport> transport(const Mailbox& mailbox) = 0;
    virtual std::unique_ptr<transport::MailSource> source(const Mailbox& mailbox) = 0;
    // Both what came and what was sent from it, by whatever program, over one connection and for one thread. `sent` is
    // null where there is no such place, or the other reads it along.
    struct Sources {
        std::unique_ptr<transport::MailSource> received;
        std::unique_ptr<transport::MailSource> sent;
    };
    virtual Sources sources(const Mailbox& mailbox) = 0;

    // A connection test; with `secret` for servers not saved yet.
    virtual std::vector<MailboxCheckStep> check(const Mailbox& mailbox, const SecureBytes* secret, const Progress& progress) = 0;

    // Files copies of what was sent, for servers that do not do it themselves. Best effort.
    using SentCopy = outreach::Sender::SentCopy;
    virtual Result<> fileCopies(const Mailbox& mailbox, const std::vector<SentCopy>& copies, const Progress& progress) = 0;

    // What became of a message whose hand-over had no answer. Unsupported where nobody can tell. Asking some providers
    // sends the message if it had not arrived (repeatsFor), and only once either way.
    virtual Result<transport::FateReport> fateOf(const Mailbox& mailbox, const transport::LostMessage& message,
                                                 const Progress& progress) = 0;
    // Whether asking repeats the request, and for how long after the first that is safe; nothing: asking only reads.
    virtual std::optional<Millis> repeatsFor(const Mailbox& mailbox) const = 0;

    // Of many, whether the server holds them among the sent mail, with one sign-in: tells each answer as it comes. Cancelled
    // half-way.
    using TellSent = std::function<Result<>(std::size_t index, bool inSent)>;
    virtual Result<> areInSent(const Mailbox& mailbox, const std::vector<std::string>& messageIds, const Progress& progress,
                               const TellSent& tell) = 0;

    // Of a phone line (transport/twilio_transport): places a call that rings the person's own phone first; the provider's
    // name for it. How it, or messages that left, fare; told one by one.
    virtual Result<std::string> startCall(const Mailbox& mailbox, const std::string& number, const Progress& progress) = 0;
    virtual Result<transport::PhoneStatus> callStatus(const Mailbox& mailbox, const std::string& sid,
                                                      const Progress& progress) = 0;
    using TellStatus = std::function<Result<>(std::size_t index, const transport::PhoneStatus& status)>;
    virtual Result<> messageStatuses(const Mailbox& mailbox, const std::vector<std::string>& sids, const Progress& progress,
                                     const TellStatus& tell) = 0;
};

// Whether there is a way to read it at all.
inline bool isReadable(const Mailbox& mailbox) {
    return mailbox.kind == MailboxKind::Practice || !mailbox.imap.host.empty() || mailbox.account == AccountKind::GmailApi;
}

// The X-Outrider-Id of a message, from its Message-ID (outreach/mail_drafting): providers that change the one leave the
// other.
std::string_view trackingIdOf(std::string_view messageId);

std::unique_ptr<MailAccess> makeMailAccess(store::Store& store, Environment& environment, bool practice);

} // namespace outrider
