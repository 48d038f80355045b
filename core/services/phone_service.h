// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker.h"
#include "core/domain/mail_draft.h"
#include "core/domain/mailbox.h"

#include <QFuture>

#include <memory>
#include <optional>
#include <string>

namespace outrider {

class ServiceContext;

// Phone lines (domain/phone_line.h): calls that bridge the person's own phone, and text messages. Lines themselves are
// mailboxes (MailboxService), and a text message waits in the outbox as an e-mail does. Thread-safe; every call returns at
// once.
class PhoneService {
public:
    explicit PhoneService(ServiceContext& context);
    ~PhoneService(); // breaks off a call that is being placed

    // What there is to text and to call with; none: not over a line.
    struct Lines {
        std::optional<Mailbox> texting;
        std::optional<Mailbox> calling;
    };
    QFuture<Result<Lines>> lines();

    struct Call {
        MailboxId line;
        std::string sid;    // the provider's name for it
        std::string rings;  // the person's own phone
        std::string number; // the lead's
    };
    // Rings the person's own phone and connects it with the lead's; without `number` their main one. Logs nothing: how it
    // ended is the person's to say. NoPhoneLine, LeadSuppressed, NoAddressForChannel; OutcomeUnknown: it may ring all the
    // same, and is never tried again by itself.
    QFuture<Result<Call>> startCall(LeadId lead, std::string number = {});
    // In the provider's words: "queued", "ringing", "in-progress", "completed", "busy"…; seconds of one that is over.
    struct CallState {
        std::string status;
        bool over = false;
        std::optional<int> seconds;
    };
    QFuture<Result<CallState>> callState(MailboxId line, std::string sid);

    // An empty text message to a lead, for QueueService::send. NoPhoneLine.
    QFuture<Result<MailDraft>> newText(LeadId lead);
    // How a text would be sent: how many parts it is paid as.
    struct TextSize {
        bool unicode = false; // a character outside the GSM alphabet makes every part shorter
        int characters = 0;
        int segments = 0;
        int most = 0; // characters
    };
    static TextSize sizeOf(const MailDraft& draft);

private:
    ServiceContext& m_context;
    const ProgressPtr m_stop;
    const std::unique_ptr<Worker> m_worker;
};

} // namespace outrider
