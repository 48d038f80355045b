// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/conversation_service.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/contact/person_name.h"
#include "core/contact/text.h"
#include "core/inbound/inbound_flow.h"
#include "core/outreach/task_flow.h"
#include "core/services/search_service.h"
#include "core/services/service_context.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/conversation_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/transport/parsed_mail.h"

#include <algorithm>
#include <cctype>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr int mostFound = 200;      // leads and texts a search looks at
constexpr int mostSuggested = 5;    // as many as there are keys for
constexpr int mostColleagues = 200; // looked at

Result<Lead> leadNamed(WriteContext& write, LeadId id) {
    auto lead = LeadRepository(write.db).find(id);
    if (!lead)
        return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
    write.describe(displayName(*lead));
    return std::move(*lead);
}

void handleAll(WriteContext& write, LeadId lead) {
    MessageRepository messages(write.db);
    for (const MessageId id : ConversationRepository(write.db).waiting(lead))
        messages.setHandled(write, id, true);
}

// A person a mail told of, as a lead; who is one already stays as they are.
Result<LeadId> leadFor(WriteContext& write, const NamedPerson& person, MemberId owner, const Lead* colleague,
                       std::string_view source) {
    Lead lead{.owner = owner, .source = std::string(source)};
    const contact::PersonName name = contact::splitFullName(person.name);
    lead.salutation = name.salutation;
    lead.firstName = name.first;
    lead.middleName = name.middle;
    lead.lastName = name.last;
    LeadRepository leads(write.db);
    if (!contact::trimmed(person.email).empty()) {
        OUTRIDER_ASSIGN(const contact::EmailAddress address, contact::parseEmailAddress(person.email));
        if (const auto known = leads.findByEmailKey(address.key))
            return *known;
        lead.email = address.display;
        lead.emailKey = address.key;
    }
    if (lead.email.empty() && lead.firstName.empty() && lead.lastName.empty())
        return fail(ErrorCode::InvalidArgument, "a lead needs a name or an e-mail");
    CompanyRepository companies(write.db);
    Company company{.domain = lead.emailKey.empty() ? std::string() : contact::companyDomainOf(lead.emailKey)};
    if (colleague != nullptr) {
        lead.company = colleague->company;
        lead.companyName = colleague->companyName;
        lead.language = colleague->language;
    }
    if (!lead.company && (!company.domain.empty() || !lead.companyName.empty())) {
        company.name = lead.companyName;
        lead.company = companies.findOrCreate(write, company);
    }
    if (const auto known = lead.company ? companies.find(lead.company) : std::nullopt; known && lead.companyName.empty())
        lead.companyName = known->name;
    leads.insert(write, lead);
    Activity created{.lead = lead.id, .kind = ActivityKind::Created, .subject = lead.source};
    ActivityRepository(write.db).append(write, created);
    return lead.id;
}

void note(WriteContext& write, LeadId lead, std::string text) {
    Activity activity{.lead = lead, .kind = ActivityKind::Note, .text = std::move(text)};
    ActivityRepository(write.db).append(write, activity);
}

std::vector<std::string> addressesOf(const Lead& lead) {
    std::vector<std::string> keys{lead.emailKey};
    for (const ContactPoint& point : lead.otherContacts) {
        if (point.kind == ContactKind::Email)
            keys.push_back(point.key);
    }
    return keys;
}

bool isAddressSign(char sign) {
    const auto c = static_cast<unsigned char>(sign);
    return std::isalnum(c) != 0 || c >= 0x80 || std::string_view(".!#$%&'*+-/=?^_`{|}~@").find(sign) != std::string_view::npos;
}

// The words right before an address: "Please ask Piet Jansen (" gives "Piet Jansen".
std::string nameBefore(std::string_view text) {
    constexpr std::size_t longest = 80;
    constexpr int mostWords = 3;
    text = text.substr(text.size() - std::min(text.size(), longest));
    const auto end = text.find_last_not_of(" \t\n(<[,:;\"");
    text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
    if (const auto line = text.find_last_of("\n.:;!?"); line != std::string_view::npos)
        text = text.substr(line + 1);
    std::string name;
    for (int words = 0; words < mostWords && !text.empty(); ++words) {
        const auto space = text.find_last_of(" \t");
        const std::string_view word = space == std::string_view::npos ? text : text.substr(space + 1);
        // Names begin with a capital, or in writings that have none.
        if (word.empty()
            || (static_cast<unsigned char>(word[0]) < 0x80 && std::isupper(static_cast<unsigned char>(word[0])) == 0))
            break;
        name = name.empty() ? std::string(word) : std::string(word) + " " + name;
        text = text.substr(0, space == std::string_view::npos ? 0 : space);
    }
    return name;
}

} // namespace

NamedPerson personNamedIn(std::string_view text, const std::vector<std::string>& ownKeys) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        auto from = at;
        while (from > 0 && isAddressSign(text[from - 1]))
            --from;
        auto to = at + 1;
        while (to < text.size() && isAddressSign(text[to]))
            ++to;
        while (to > at && (text[to - 1] == '.' || text[to - 1] == '\''))
            --to;
        const auto address = contact::parseEmailAddress(text.substr(from, to - from));
        if (!address || std::find(ownKeys.begin(), ownKeys.end(), address->key) != ownKeys.end())
            continue;
        return {.name = nameBefore(text.substr(0, from)), .email = address->display};
    }
    return {};
}

QFuture<Result<ConversationPage>> ConversationService::list(ConversationTab tab, std::optional<ConversationKey> after,
                                                            int limit) {
    return m_context.store().read([tab, after, limit](ReadContext& r) -> Result<ConversationPage> {
        return ConversationRepository(r.db).list(tab, r.now, after, limit);
    });
}

QFuture<Result<std::vector<Conversation>>> ConversationService::search(std::string words, int limit) {
    return m_context.store().read([words = std::move(words), limit](ReadContext& r) -> Result<std::vector<Conversation>> {
        const SearchResult found =
            SearchService::read(r, words, {.leads = mostFound, .companies = 0, .strategies = 0, .texts = mostFound});
        std::vector<LeadId> leads;
        for (const SearchHit& hit : found.hits) {
            if (hit.lead && std::find(leads.begin(), leads.end(), hit.lead) == leads.end())
                leads.push_back(hit.lead);
        }
        return ConversationRepository(r.db).of(leads, r.now, limit);
    });
}

QFuture<Result<Conversation>> ConversationService::find(LeadId lead) {
    return m_context.store().read([lead](ReadContext& r) -> Result<Conversation> {
        auto one = ConversationRepository(r.db).find(lead, r.now);
        if (!one)
            return fail(ErrorCode::NotFound, "conversation with lead " + std::to_string(lead.value));
        return std::move(*one);
    });
}

QFuture<Result<ConversationCounts>> ConversationService::counts() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<ConversationCounts> { return ConversationRepository(r.db).counts(r.now); });
}

QFuture<Result<LeadId>> ConversationService::leadOf(std::int64_t id) {
    return m_context.store().read([id](ReadContext& r) -> Result<LeadId> {
        if (const auto message = MessageRepository(r.db).find(MessageId{id})) {
            if (message->lead)
                return message->lead;
            return fail(ErrorCode::InvalidArgument, "the message belongs to no lead yet");
        }
        if (LeadRepository(r.db).exists(LeadId{id}))
            return LeadId{id};
        return fail(ErrorCode::NotFound, "message or lead " + std::to_string(id));
    });
}

QFuture<Result<>> ConversationService::snooze(LeadId lead, std::optional<Instant> until) {
    return m_context.store().write(m_context.action("inbox.snooze"), [lead, until](WriteContext& write) -> Result<> {
        OUTRIDER_TRY(leadNamed(write, lead));
        ConversationRepository conversations(write.db);
        if (until && *until <= write.now)
            return fail(ErrorCode::InvalidArgument, "a moment in the past");
        if (until && conversations.waiting(lead).empty())
            return fail(ErrorCode::InvalidArgument, "nothing there waits for an answer");
        conversations.setSnoozed(write, lead, until);
        return {};
    });
}

QFuture<Result<>> ConversationService::setDone(LeadId lead, bool done) {
    return m_context.store().write(m_context.action("inbox.handle"), [lead, done](WriteContext& write) -> Result<> {
        OUTRIDER_TRY(leadNamed(write, lead));
        ConversationRepository conversations(write.db);
        const auto latest = conversations.latestOf(lead);
        if (!latest)
            return fail(ErrorCode::NotFound, "conversation with lead " + std::to_string(lead.value));
        if (done) {
            handleAll(write, lead);
            conversations.setClosed(write, lead, write.now);
        } else {
            MessageRepository messages(write.db);
            messages.setClass(write, *latest, MessageClass::Reply);
            messages.setHandled(write, *latest, false);
            conversations.setClosed(write, lead, std::nullopt);
        }
        conversations.setSnoozed(write, lead, std::nullopt);
        return {};
    });
}

QFuture<Result<>> ConversationService::setRead(LeadId lead, bool read) {
    return m_context.store().writeSilently([lead, read](WriteContext& write) -> Result<> {
        ConversationRepository(write.db).setRead(lead, read);
        return {};
    });
}

QFuture<Result<LeadId>> ConversationService::judge(LeadId id, Judgement judgement) {
    return m_context.store().write(
        m_context.action("inbox.judge"),
        [&context = m_context, id, judgement = std::move(judgement)](WriteContext& write) -> Result<LeadId> {
            OUTRIDER_ASSIGN(const Lead lead, leadNamed(write, id));
            if (judgement.until && *judgement.until <= write.now)
                return fail(ErrorCode::InvalidArgument, "a moment in the past");
            ConversationRepository conversations(write.db);
            conversations.setVerdict(write, id, judgement.verdict);
            const auto surroundings = context.surroundings();
            outreach::TaskFlow flow(write, surroundings, context.random());
            LeadRepository leads(write.db);
            LeadId added;
            switch (judgement.verdict) {
            case Verdict::None:
                return fail(ErrorCode::InvalidArgument, "no verdict");
            case Verdict::Interested:
                if (lead.status != statuses::qualified)
                    leads.setStatus(write, id, statuses::replied);
                return LeadId{};
            case Verdict::Meeting:
                flow.meeting(id, {});
                return LeadId{};
            case Verdict::NotNow:
                leads.setStatus(write, id, statuses::inProgress);
                flow.notNow(id, Channel::Email, "Wrote: not now", judgement.until);
                break;
            case Verdict::WrongPerson: {
                std::string said = "Not the right person there";
                if (judgement.rightOne) {
                    OUTRIDER_ASSIGN(added, leadFor(write, *judgement.rightOne, context.me(), &lead, "named in a reply"));
                    const auto right = leads.find(added);
                    said += right ? "; named " + displayName(*right) : std::string();
                    note(write, added, "Named by " + displayName(lead) + " as the right person");
                }
                note(write, id, std::move(said));
                leads.setStatus(write, id, statuses::disqualified);
                break;
            }
            case Verdict::No:
                leads.setStatus(write, id, statuses::disqualified);
                break;
            case Verdict::OptOut:
                OUTRIDER_TRY(flow.doNotContact(id, SuppressionReason::OptOut, "their e-mail"));
                break;
            }
            handleAll(write, id);
            conversations.setClosed(write, id, write.now);
            conversations.setSnoozed(write, id, std::nullopt);
            return added;
        });
}

QFuture<Result<NamedPerson>> ConversationService::namedIn(MessageId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<NamedPerson> {
        const auto message = MessageRepository(r.db).find(id);
        if (!message)
            return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
        const auto lead = message->lead ? LeadRepository(r.db).find(message->lead) : std::nullopt;
        std::vector<std::string> own = lead ? addressesOf(*lead) : std::vector<std::string>();
        for (const std::string& address : {message->from, message->to}) {
            if (const auto parsed = contact::parseEmailAddress(address))
                own.push_back(parsed->key);
        }
        return personNamedIn(message->text, own);
    });
}

QFuture<Result<std::vector<MatchSuggestion>>> ConversationService::suggestions(MessageId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<std::vector<MatchSuggestion>> {
        const auto message = MessageRepository(r.db).find(id);
        if (!message)
            return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
        LeadRepository leads(r.db);
        std::vector<MatchSuggestion> out;
        const auto suggest = [&](LeadId lead, MatchSuggestion::Why why) {
            const bool there =
                std::any_of(out.begin(), out.end(), [lead](const MatchSuggestion& one) { return one.lead == lead; });
            const auto found = there || out.size() >= mostSuggested ? std::nullopt : leads.find(lead);
            if (found && !found->trashedAt)
                out.push_back({.lead = lead, .leadName = displayName(*found), .companyName = found->companyName, .why = why});
        };
        if (message->lead)
            suggest(message->lead, MatchSuggestion::Why::Thread);
        if (const auto answered = MessageRepository(r.db).findOutbound(message->inReplyTo); answered && answered->lead)
            suggest(answered->lead, MatchSuggestion::Why::Thread);
        const std::string name = transport::parse(MessageRepository(r.db).raw(id)).from.name;
        const auto find = [&](const std::string& words, int most) {
            const SearchResult found =
                SearchService::read(r, words, {.leads = most, .companies = 0, .strategies = 0, .texts = 0});
            return found.corrected ? std::vector<SearchHit>() : found.hits;
        };
        if (!contact::trimmed(name).empty()) {
            for (const SearchHit& hit : find(name, mostSuggested))
                suggest(hit.lead, MatchSuggestion::Why::Name);
        }
        // The company's people, but for those at a provider everybody uses.
        const std::string domain = contact::companyDomainOf(message->from);
        const auto company = domain.empty() ? std::nullopt : CompanyRepository(r.db).findByDomain(domain);
        if (company) {
            for (const LeadId colleague : ConversationRepository(r.db).peopleOf(*company, mostColleagues))
                suggest(colleague, MatchSuggestion::Why::Company);
        }
        return out;
    });
}

QFuture<Result<LeadId>> ConversationService::addSender(MessageId id) {
    return m_context.store().write(
        m_context.action("inbox.add_lead"), [&context = m_context, id](WriteContext& write) -> Result<LeadId> {
            MessageRepository messages(write.db);
            const auto message = messages.find(id);
            if (!message || message->direction != Direction::Inbound)
                return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
            const auto known = message->lead ? LeadRepository(write.db).find(message->lead) : std::nullopt;
            const std::string domain = contact::companyDomainOf(message->from);
            // Who answers for somebody else from the same company is their colleague.
            const bool isColleague = known && !domain.empty() && domain == contact::companyDomainOf(known->email);
            const NamedPerson sender{.name = transport::parse(messages.raw(id)).from.name, .email = message->from};
            OUTRIDER_ASSIGN(const LeadId lead,
                            leadFor(write, sender, context.me(), isColleague ? &*known : nullptr, "wrote by e-mail"));
            if (const auto made = LeadRepository(write.db).find(lead))
                write.describe(displayName(*made));
            messages.setHandled(write, id, false);
            const auto surroundings = context.surroundings();
            OUTRIDER_TRY(inbound::InboundFlow(write, surroundings, context.random()).applyAsReply(*message, lead));
            return lead;
        });
}

} // namespace outrider
