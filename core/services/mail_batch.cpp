// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_batch.h"

#include "core/inbound/inbound_flow.h"
#include "core/services/invitations.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"

#include <utility>

namespace outrider {

using namespace outrider::store;
using inbound::IncomingMail;
using inbound::MailMatch;
using inbound::OwnMail;

struct MailBatch::Found {
    enum class What { Known, Renamed, Nobodys, Leads, Own };
    What what = What::Nobodys;
    MailMatch match;
    OwnMail own;
    std::string leadName;
};

void MailBatch::add(IncomingMail mail) {
    m_bytes += mail.message.raw.size() + mail.message.text.size();
    m_mails.push_back(std::move(mail));
}

Result<std::vector<MailBatch::Found>> MailBatch::find() {
    return wait(m_context.store().read([this](ReadContext& r) -> Result<std::vector<Found>> {
        std::vector<Found> all;
        MessageRepository messages(r.db);
        LeadRepository leads(r.db);
        const std::vector<std::string> own = inbound::ownAddresses(r.db);
        for (const IncomingMail& mail : m_mails) {
            Found& found = all.emplace_back();
            LeadId lead;
            if (messages.knowsHeader(mail.message.messageIdHeader)) {
                found.what = Found::What::Known;
            } else if (isOwnMail(own, mail)) {
                found.own = findOwn(r.db, mail);
                lead = found.own.lead;
                found.what = found.own.known  ? Found::What::Renamed
                             : found.own.lead ? Found::What::Own
                                              : Found::What::Known; // written to somebody else
            } else {
                found.match = findMatch(r.db, mail);
                lead = found.match.lead;
                if (found.match.by != MailMatch::By::Nobody)
                    found.what = Found::What::Leads;
            }
            if (lead) {
                if (const auto known = leads.find(lead))
                    found.leadName = displayName(*known);
            }
        }
        return all;
    }));
}

Result<> MailBatch::apply(WriteContext& write, const outreach::Surroundings& surroundings, std::size_t index,
                          const Found& found) {
    IncomingMail& mail = m_mails[index];
    MessageRepository messages(write.db);
    if (messages.knowsHeader(mail.message.messageIdHeader)) // read twice at the same time, or twice in here
        return {};
    inbound::InboundFlow flow(write, surroundings, m_context.random());
    if (found.what == Found::What::Own) {
        const OwnMail own = inbound::findOwn(write.db, mail); // what it answers may have been filed with it
        flow.applyOwn(mail, own.lead ? own : found.own, false);
        return keepInvitations(m_context, write, mail);
    }
    OUTRIDER_TRY(flow.apply(mail, found.match));
    if (found.match.by == MailMatch::By::ThreadOtherSender)
        return {};
    return keepInvitations(m_context, write, mail);
}

void MailBatch::count(const IncomingMail& mail, const Found& found) {
    if (found.what == Found::What::Known || found.what == Found::What::Renamed)
        return;
    ++m_report.fetched;
    if (found.what == Found::What::Own) {
        ++m_report.sentElsewhere;
        return;
    }
    switch (found.what == Found::What::Leads ? mail.message.messageClass : MessageClass::Other) {
    case MessageClass::Reply:
        ++m_report.replies;
        break;
    case MessageClass::AutoReply:
        ++m_report.autoReplies;
        break;
    case MessageClass::Bounce:
        ++m_report.bounces;
        break;
    case MessageClass::OptOut:
        ++m_report.optOuts;
        break;
    case MessageClass::Other:
    case MessageClass::Own:
        ++m_report.other;
        break;
    }
}

Result<> MailBatch::flush() {
    if (m_mails.empty())
        return {};
    OUTRIDER_ASSIGN(const std::vector<Found> all, find());
    std::vector<ActionInfo> actions;
    std::vector<std::size_t> written; // which mail each action is
    std::vector<std::pair<MessageId, std::string>> renamed;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Found& found = all[i];
        if (found.what == Found::What::Renamed)
            renamed.emplace_back(found.own.known, m_mails[i].message.messageIdHeader);
        if (found.what != Found::What::Leads && found.what != Found::What::Own)
            continue;
        ActionInfo action = m_context.action(found.what == Found::What::Own ? "inbox.elsewhere"
                                                                            : std::string(actionName(m_mails[i], found.match)),
                                             found.leadName);
        action.origin = Origin::Inbound;
        actions.push_back(std::move(action));
        written.push_back(i);
    }
    if (!renamed.empty()) { // an answer will quote the provider's
        OUTRIDER_TRY(wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
            for (const auto& [message, header] : renamed) {
                if (!header.empty() && !MessageRepository(write.db).knowsHeader(header))
                    MessageRepository(write.db).addAlias(write, message, header);
            }
            return {};
        })));
    }
    if (!written.empty()) {
        const auto surroundings = m_context.surroundings();
        const auto together = wait(m_context.store().writeEach(actions, [&](WriteContext& write, std::size_t i) {
            return apply(write, surroundings, written[i], all[written[i]]);
        }));
        for (std::size_t i = 0; !together && i < written.size(); ++i) { // one by one, up to the one that cannot be filed
            OUTRIDER_TRY(wait(m_context.store().write(
                actions[i], [&](WriteContext& write) { return apply(write, surroundings, written[i], all[written[i]]); })));
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        count(m_mails[i], all[i]);
    m_mails.clear();
    m_bytes = 0;
    return {};
}

} // namespace outrider
