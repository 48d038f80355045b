// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/bench/smtp_sink.h"
#include "core/domain/mailbox.h"
#include "core/domain/outbox.h"
#include "core/outreach/strategy_flow.h"
#include "core/store/store.h"

#include <string>

namespace outrider::bench {

// Leads in a strategy whose first e-mail is written and may leave, from a mailbox at a sink.
class FullOutbox {
public:
    Result<> fill(store::Store& store, Random& random, const outreach::Surroundings& surroundings, const SmtpSink::Address& sink,
                  int messages);

    MailboxId mailbox() const { return m_mailbox; }
    // Any of them, as it leaves.
    Result<OutboxItem> one(store::Store& store) const;

    // The n-th recipient, and which one an address is; -1: none of them.
    static std::string address(int number);
    static int numberOf(std::string_view address);

    static Mailbox mailboxAt(const SmtpSink::Address& sink);

private:
    MailboxId m_mailbox;
};

} // namespace outrider::bench
