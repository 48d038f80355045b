// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/mailbox.h"
#include "core/store/store.h"
#include "core/transport/mail_source.h"
#include "core/transport/mail_transport.h"

namespace outrider::practice {

// Takes messages as an SMTP server would and lets the prospect they are for answer: the answer is put
// into the store's practice mailbox with the moment it arrives. There is no network in here, whatever
// the mailbox's rows say.
//
// Does not own store and clock. One thread at a time; not from inside a write of the same store.
class PracticeTransport final : public transport::MailTransport {
public:
    PracticeTransport(store::Store& store, const Clock& clock, Mailbox mailbox);

    transport::SendOutcome send(const transport::Envelope& envelope, std::string_view raw, const transport::HandOver& beforeData,
                                const Progress& progress) override;

private:
    Result<> letAnswer(const transport::Envelope& envelope, std::string_view raw);

    store::Store& m_store;
    const Clock& m_clock;
    const Mailbox m_mailbox;
};

// Reads what the prospects have written and has arrived by now.
class PracticeSource final : public transport::MailSource {
public:
    PracticeSource(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

    Result<transport::FetchReport> fetchNew(const transport::MailCursor& cursor, const transport::FetchLimits& limits,
                                            const transport::MailSink& sink, const Progress& progress,
                                            transport::MailCursor* reached) override;
    // NewMail when there is some; else Unsupported: nothing rings in here.
    Result<transport::WaitEnd> waitForMail(const transport::MailCursor& cursor, Millis most, const Progress& progress) override;

private:
    store::Store& m_store;
    const Clock& m_clock;
};

} // namespace outrider::practice
