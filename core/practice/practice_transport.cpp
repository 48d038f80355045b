// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_transport.h"

#include "core/contact/email_address.h"
#include "core/outreach/lead_zone.h"
#include "core/practice/practice_prospects.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/practice_mail_repository.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/parsed_mail.h"

#include <algorithm>

namespace outrider::practice {

using namespace outrider::store;
using transport::SendKind;
using transport::SendOutcome;
using transport::SendStage;

namespace {

constexpr int lookedBack = 50; // messages of one lead
constexpr std::uint32_t uidValidity = 1;

// Whether the prospect has more to say after what they wrote before.
enum class Turn { First, Second, Done };

Turn turnOf(const std::vector<Message>& before, const transport::ParsedMail& ours) {
    const auto theirs = [&](const Message& message) { return message.direction == Direction::Inbound; };
    const auto count = std::count_if(before.begin(), before.end(), theirs);
    if (count == 0)
        return Turn::First;
    const bool answered = std::any_of(before.begin(), before.end(), [&](const Message& message) {
        return theirs(message) && message.messageClass == MessageClass::Reply && message.messageIdHeader == ours.inReplyTo;
    });
    return answered && count == 1 ? Turn::Second : Turn::Done;
}

} // namespace

PracticeTransport::PracticeTransport(Store& store, const Clock& clock, Mailbox mailbox)
    : m_store(store),
      m_clock(clock),
      m_mailbox(std::move(mailbox)) {}

SendOutcome PracticeTransport::send(const transport::Envelope& envelope, std::string_view raw,
                                    const transport::HandOver& beforeData, const Progress& progress) {
    SendOutcome outcome;
    if (progress.cancelled()) {
        outcome.error = Error(ErrorCode::Cancelled);
        return outcome;
    }
    const bool text = isPhoneLine(m_mailbox.account); // nobody answers those
    if (const auto checked = text ? Result<>() : transport::checkWireFormat(raw); !checked) {
        outcome.stage = SendStage::Content;
        outcome.error = checked.error();
        return outcome;
    }
    if (!beforeData()) {
        outcome.stage = SendStage::Content;
        outcome.error = Error(ErrorCode::Cancelled);
        return outcome;
    }
    outcome.stage = SendStage::Answer;
    if (text) {
        outcome.kind = SendKind::Sent;
        outcome.messageId = envelope.idempotencyKey;
        outcome.answer = "practice, " + m_mailbox.address;
        return outcome;
    }
    if (const auto answered = letAnswer(envelope, raw); !answered) {
        outcome.kind = SendKind::RefusedSoft;
        outcome.replyCode = 451;
        outcome.answer = "451 4.3.0 practice mailbox: " + std::string(name(answered.error().code));
        outcome.error = Error(ErrorCode::RefusedSoft, outcome.answer);
        return outcome;
    }
    outcome.kind = SendKind::Sent;
    outcome.replyCode = 250;
    outcome.answer = "250 2.0.0 Ok: practice, " + m_mailbox.address;
    return outcome;
}

Result<> PracticeTransport::letAnswer(const transport::Envelope& envelope, std::string_view raw) {
    const Prospect prospect = prospectAt(envelope.recipient);
    if (prospect.kind == ProspectKind::Silent)
        return {};
    const transport::ParsedMail ours = transport::parse(raw);
    return wait(m_store.writeSilently([&](WriteContext& write) -> Result<> {
        Lead lead{.email = envelope.recipient};
        std::vector<Message> before;
        const auto address = contact::parseEmailAddress(envelope.recipient);
        if (const auto id = address ? LeadRepository(write.db).findByEmailKey(address->key) : std::nullopt) {
            lead = LeadRepository(write.db).find(*id).value_or(lead);
            lead.email = envelope.recipient; // which of their addresses was written to
            before = MessageRepository(write.db).ofLead(*id, lookedBack);
        }
        const Turn turn = turnOf(before, ours);
        const bool machine = prospect.kind == ProspectKind::Gone || prospect.kind == ProspectKind::Full;
        if (turn == Turn::Done || (turn == Turn::Second && prospect.kind != ProspectKind::Replies && !machine))
            return {};
        const Instant arrives = m_clock.now() + prospect.answersAfter;
        const int offset = outreach::zoneOf(lead, outreach::Zone::utc()).zone.offsetMinutes(arrives);
        const PracticeLetter letter(lead, ours, arrives, offset);
        OUTRIDER_ASSIGN(const std::string answer,
                        turn == Turn::Second && !machine ? letter.second(prospect) : letter.of(prospect));
        PracticeMailRepository(write.db).deliver(write, arrives, answer);
        return {};
    }));
}

Result<transport::FetchReport> PracticeSource::fetchNew(const transport::MailCursor& cursor, const transport::FetchLimits& limits,
                                                        const transport::MailSink& sink, const Progress& progress,
                                                        transport::MailCursor* reached) {
    transport::FetchReport report;
    const bool known = cursor.uidValidity == uidValidity;
    report.cursor = {uidValidity, known ? cursor.lastUid : 0};
    report.startedOver = cursor.uidValidity != 0 && !known;
    if (limits.before) // nothing lay in it before it was made
        return report;
    const int limit = int(std::min<std::size_t>(limits.mails, 1000));
    // Taken out first: the sink writes to the same store.
    OUTRIDER_ASSIGN(const std::vector<PracticeMailRepository::Mail> mails,
                    wait(m_store.read([&](ReadContext& r) -> Result<std::vector<PracticeMailRepository::Mail>> {
                        return PracticeMailRepository(r.db).arrived(report.cursor.lastUid, m_clock.now(), limit);
                    })));
    for (const auto& mail : mails) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        const auto uid = std::uint32_t(mail.uid);
        if (!sink(uid, mail.arrivesAt, std::string_view(mail.raw).substr(0, limits.mailBytes))) {
            report.more = true;
            break;
        }
        report.cursor.lastUid = uid;
        ++report.fetched;
        if (reached != nullptr)
            *reached = report.cursor;
    }
    report.more = report.more || int(mails.size()) == limit;
    return report;
}

Result<transport::WaitEnd> PracticeSource::waitForMail(const transport::MailCursor& cursor, Millis, const Progress& progress) {
    if (progress.cancelled())
        return transport::WaitEnd::Stopped;
    OUTRIDER_ASSIGN(const bool some, wait(m_store.read([&](ReadContext& r) -> Result<bool> {
                        return !PracticeMailRepository(r.db)
                                    .arrived(cursor.uidValidity == uidValidity ? cursor.lastUid : 0, m_clock.now(), 1)
                                    .empty();
                    })));
    if (some)
        return transport::WaitEnd::NewMail;
    return fail(ErrorCode::Unsupported);
}

} // namespace outrider::practice
