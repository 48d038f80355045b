// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/phone_service.h"

#include "core/contact/phone_number.h"
#include "core/contact/text.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/text_message.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/suppression_repository.h"

namespace outrider {

using namespace outrider::store;

PhoneService::PhoneService(ServiceContext& context)
    : m_context(context),
      m_stop(std::make_shared<Progress>()),
      m_worker(std::make_unique<Worker>("phone", context.environment().workers)) {}

PhoneService::~PhoneService() { m_stop->cancel(); }

QFuture<Result<PhoneService::Lines>> PhoneService::lines() {
    return m_context.store().read([](ReadContext& r) -> Result<Lines> {
        MailboxRepository mailboxes(r.db);
        return Lines{.texting = mailboxes.firstLine(), .calling = mailboxes.firstCallingLine()};
    });
}

QFuture<Result<PhoneService::Call>> PhoneService::startCall(LeadId id, std::string number) {
    return m_worker->run([&context = m_context, stop = m_stop, id, number = std::move(number)]() -> Result<Call> {
        struct Asked {
            Mailbox line;
            std::string number;
        };
        OUTRIDER_ASSIGN(
            const Asked asked, wait(context.store().read([&](ReadContext& r) -> Result<Asked> {
                const auto line = MailboxRepository(r.db).firstCallingLine();
                if (!line)
                    return fail(ErrorCode::NoPhoneLine);
                const auto lead = LeadRepository(r.db).find(id);
                if (!lead)
                    return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
                const std::string& wanted = !number.empty() ? number : !lead->phoneKey.empty() ? lead->phoneKey : lead->phone;
                if (wanted.empty())
                    return fail(ErrorCode::NoAddressForChannel, std::string(name(Channel::Call)));
                OUTRIDER_ASSIGN(const contact::PhoneNumber parsed, contact::parsePhoneNumber(wanted, lead->country));
                if (lead->trashedAt || lead->reach == Reach::DoNotContact || SuppressionRepository(r.db).forPhone(parsed.e164))
                    return fail(ErrorCode::LeadSuppressed, parsed.international);
                return Asked{*line, parsed.e164};
            })));
        OUTRIDER_ASSIGN(std::string sid, context.mail().startCall(asked.line, asked.number, *stop));
        return Call{.line = asked.line.id, .sid = std::move(sid), .rings = asked.line.phone.ownNumber, .number = asked.number};
    });
}

QFuture<Result<PhoneService::CallState>> PhoneService::callState(MailboxId line, std::string sid) {
    return m_worker->run([&context = m_context, stop = m_stop, line, sid = std::move(sid)]() -> Result<CallState> {
        OUTRIDER_ASSIGN(const Mailbox mailbox, wait(context.store().read([&](ReadContext& r) -> Result<Mailbox> {
                            const auto found = MailboxRepository(r.db).find(line);
                            if (!found)
                                return fail(ErrorCode::NotFound, "mailbox " + std::to_string(line.value));
                            return *found;
                        })));
        OUTRIDER_ASSIGN(const transport::PhoneStatus status, context.mail().callStatus(mailbox, sid, *stop));
        return CallState{.status = status.status, .over = transport::isOver(status), .seconds = status.seconds};
    });
}

QFuture<Result<MailDraft>> PhoneService::newText(LeadId lead) {
    return m_context.store().read([lead](ReadContext& r) -> Result<MailDraft> {
        OUTRIDER_ASSIGN(MailDraft draft, outreach::textTo(r.db, lead));
        if (!draft.mailbox)
            return fail(ErrorCode::NoPhoneLine);
        return draft;
    });
}

PhoneService::TextSize PhoneService::sizeOf(const MailDraft& draft) {
    std::string text = draft.body;
    if (!draft.footer.empty())
        text += "\n" + draft.footer;
    const outreach::TextSize size = outreach::textSize(text);
    return {.unicode = size.unicode,
            .characters = outreach::charactersOf(text),
            .segments = size.segments,
            .most = outreach::mostTextCharacters};
}

} // namespace outrider
