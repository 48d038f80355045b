// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/conversation_repository.h"

#include "core/domain/lead.h"

#include <algorithm>

namespace outrider::store {

namespace {

// What they wrote last comes with the beginning of its text: a list shows a line of it.
const std::string columns =
    "SELECT c.lead_id, l.first_name, l.last_name, l.email, l.company_name, l.status_id, c.state, c.last_at, c.waiting, c.unread,"
    " c.snoozed_until, coalesce(s.verdict, 0), m.id, m.mailbox_id, m.class, m.message_id_header, m.from_address, m.subject,"
    " substr(m.text, 1, 400), m.at, m.handled"
    " FROM conversation_row c JOIN lead l ON l.id = c.lead_id LEFT JOIN conversation s ON s.lead_id = c.lead_id"
    " LEFT JOIN message m ON m.id = (SELECT x.id FROM message x WHERE x.lead_id = c.lead_id AND x.lead_id IS NOT NULL"
    " AND x.direction = 1 AND (x.class = 1 OR x.class = 4) ORDER BY x.at DESC, x.id DESC LIMIT 1)";

const std::string toAnswer = columns
                             + " WHERE c.state = 0 AND (c.snoozed_until IS NULL OR c.snoozed_until <= ?1)"
                               " AND (c.last_at, c.lead_id) < (?2, ?3) ORDER BY c.last_at DESC, c.lead_id DESC LIMIT ?4";
const std::string snoozed = columns
                            + " WHERE c.waiting > 0 AND c.snoozed_until IS NOT NULL AND c.snoozed_until > ?1"
                              " AND (c.snoozed_until, c.lead_id) > (?2, ?3) ORDER BY c.snoozed_until, c.lead_id LIMIT ?4";
const std::string settled = columns
                            + " WHERE c.state = ?1 AND (c.last_at, c.lead_id) < (?2, ?3)"
                              " ORDER BY c.last_at DESC, c.lead_id DESC LIMIT ?4";
const std::string ofLead = columns + " WHERE c.lead_id = ?1";
const char* const countToAnswer = "SELECT count(*), coalesce(sum(unread), 0) FROM conversation_row"
                                  " WHERE state = 0 AND (snoozed_until IS NULL OR snoozed_until <= ?1)";
const char* const countSnoozed = "SELECT count(*), min(snoozed_until) FROM conversation_row"
                                 " WHERE waiting > 0 AND snoozed_until IS NOT NULL AND snoozed_until > ?1";
const char* const countWaiting = "SELECT count(*) FROM (SELECT 1 FROM conversation_row WHERE state = 1 LIMIT ?1)";
const char* const waitingOfLead =
    "SELECT id FROM message WHERE lead_id = ?1 AND lead_id IS NOT NULL AND direction = 1 AND class = 1 AND handled = 0"
    " ORDER BY at DESC, id DESC";
const char* const latestOfLead = "SELECT id FROM message WHERE lead_id = ?1 AND lead_id IS NOT NULL AND direction = 1"
                                 " AND (class = 1 OR class = 4) ORDER BY at DESC, id DESC LIMIT 1";

const char* const ofCompany = "SELECT id FROM lead WHERE company_id = ?1 AND company_id IS NOT NULL AND trashed_at IS NULL"
                              " ORDER BY id LIMIT ?2";

// What the rows should be, but for what was read.
const std::string facts =
    "SELECT m.lead_id AS lead_id, max(CASE WHEN m.direction = 1 THEN m.at END) AS last_in,"
    " coalesce(max(CASE WHEN m.direction = 0 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 7)"
    " THEN m.at END), 0) AS last_out, sum(m.direction = 1 AND m.class = 1 AND m.handled = 0) AS waiting"
    " FROM message m WHERE m.lead_id IN (SELECT lead_id FROM message WHERE direction = 1 AND class IN (1, 4)"
    " AND lead_id IS NOT NULL) AND (m.direction = 0 OR m.class IN (1, 4)) GROUP BY m.lead_id";

Conversation read(const Statement& row, Instant now) {
    Lead lead;
    lead.firstName = row.text(1);
    lead.lastName = row.text(2);
    lead.email = row.text(3);
    Conversation one{.lead = row.id<LeadId>(0),
                     .leadName = displayName(lead),
                     .companyName = row.text(4),
                     .leadStatus = row.id<StatusId>(5),
                     .verdict = row.value<Verdict>(11),
                     .last = {.id = row.id<MessageId>(12),
                              .lead = row.id<LeadId>(0),
                              .mailbox = row.id<MailboxId>(13),
                              .direction = Direction::Inbound,
                              .messageClass = row.value<MessageClass>(14),
                              .messageIdHeader = row.text(15),
                              .from = row.text(16),
                              .subject = row.text(17),
                              .text = row.text(18),
                              .at = row.instant(19),
                              .handled = row.integer(20) != 0},
                     .lastAt = row.instant(7),
                     .waiting = static_cast<int>(row.integer(8)),
                     .unread = static_cast<int>(row.integer(9)),
                     .snoozedUntil = row.optionalInstant(10)};
    switch (row.integer(6)) {
    case 0:
        one.tab = one.snoozedUntil && *one.snoozedUntil > now ? ConversationTab::Snoozed : ConversationTab::ToAnswer;
        break;
    case 1:
        one.tab = ConversationTab::Waiting;
        break;
    default:
        one.tab = ConversationTab::Done;
    }
    return one;
}

} // namespace

ConversationPage ConversationRepository::list(ConversationTab tab, Instant now, const std::optional<ConversationKey>& after,
                                              int limit) {
    const bool isSnoozed = tab == ConversationTab::Snoozed;
    const ConversationKey first =
        isSnoozed ? ConversationKey{.at = now, .lead = {}} : ConversationKey{.at = Instant::max(), .lead = LeadId{INT64_MAX}};
    const ConversationKey from = after.value_or(first);
    Statement rows = [&] {
        switch (tab) {
        case ConversationTab::ToAnswer:
            return m_db.query(toAnswer, now, from.at, from.lead, limit);
        case ConversationTab::Snoozed:
            return m_db.query(snoozed, now, from.at, from.lead, limit);
        case ConversationTab::Waiting:
        case ConversationTab::Done:
            break;
        }
        return m_db.query(settled, tab == ConversationTab::Waiting ? 1 : 2, from.at, from.lead, limit);
    }();
    ConversationPage page;
    while (rows.step())
        page.rows.push_back(read(rows, now));
    if (int(page.rows.size()) == limit) {
        const Conversation& last = page.rows.back();
        page.next = ConversationKey{.at = isSnoozed ? last.snoozedUntil.value_or(now) : last.lastAt, .lead = last.lead};
    }
    return page;
}

std::optional<Conversation> ConversationRepository::find(LeadId lead, Instant now) {
    Statement row = m_db.query(ofLead, lead);
    return row.step() ? std::optional(read(row, now)) : std::nullopt;
}

std::vector<Conversation> ConversationRepository::of(std::span<const LeadId> leads, Instant now, int limit) {
    std::vector<Conversation> found;
    for (const LeadId lead : leads) {
        if (auto one = find(lead, now))
            found.push_back(std::move(*one));
    }
    std::sort(found.begin(), found.end(), [](const Conversation& a, const Conversation& b) {
        return std::pair(a.lastAt, a.lead) > std::pair(b.lastAt, b.lead);
    });
    if (found.size() > std::size_t(limit))
        found.erase(found.begin() + limit, found.end());
    return found;
}

ConversationCounts ConversationRepository::counts(Instant now) {
    ConversationCounts counts;
    Statement answer = m_db.query(countToAnswer, now);
    if (answer.step()) {
        counts.toAnswer = static_cast<int>(answer.integer(0));
        counts.unread = static_cast<int>(answer.integer(1));
    }
    Statement later = m_db.query(countSnoozed, now);
    if (later.step()) {
        counts.snoozed = static_cast<int>(later.integer(0));
        counts.nextBackAt = later.optionalInstant(1);
    }
    counts.waiting = static_cast<int>(m_db.integer(countWaiting, ConversationCounts::mostCounted));
    return counts;
}

std::vector<MessageId> ConversationRepository::waiting(LeadId lead) {
    std::vector<MessageId> ids;
    Statement rows = m_db.query(waitingOfLead, lead);
    while (rows.step())
        ids.push_back(rows.id<MessageId>(0));
    return ids;
}

std::optional<MessageId> ConversationRepository::latestOf(LeadId lead) {
    Statement row = m_db.query(latestOfLead, lead);
    return row.step() ? std::optional(row.id<MessageId>(0)) : std::nullopt;
}

std::vector<LeadId> ConversationRepository::peopleOf(CompanyId company, int limit) {
    std::vector<LeadId> people;
    Statement rows = m_db.query(ofCompany, company, limit);
    while (rows.step())
        people.push_back(rows.id<LeadId>(0));
    return people;
}

void ConversationRepository::speak(WriteContext& write, LeadId lead) {
    if (m_db.integer("SELECT 1 FROM conversation WHERE lead_id = ?1", lead) == 0)
        m_db.run("INSERT INTO conversation(id, lead_id) VALUES (?1, ?2)", write.newId<MessageId>(), lead);
}

void ConversationRepository::setSnoozed(WriteContext& write, LeadId lead, std::optional<Instant> until) {
    speak(write, lead);
    m_db.run("UPDATE conversation SET snoozed_until = ?2 WHERE lead_id = ?1 AND snoozed_until IS NOT ?2", lead, until);
}

void ConversationRepository::setClosed(WriteContext& write, LeadId lead, std::optional<Instant> at) {
    speak(write, lead);
    m_db.run("UPDATE conversation SET closed_at = ?2 WHERE lead_id = ?1 AND closed_at IS NOT ?2", lead, at);
}

void ConversationRepository::setVerdict(WriteContext& write, LeadId lead, Verdict verdict) {
    speak(write, lead);
    m_db.run("UPDATE conversation SET verdict = ?2 WHERE lead_id = ?1 AND verdict <> ?2", lead, verdict);
}

void ConversationRepository::setRead(LeadId lead, bool read) {
    if (read)
        m_db.run("UPDATE conversation_row SET read_upto = last_id, unread = 0 WHERE lead_id = ?1 AND unread > 0", lead);
    else
        m_db.run("UPDATE conversation_row SET read_upto = last_id - 1, unread = 1"
                 " WHERE lead_id = ?1 AND waiting > 0 AND unread = 0",
                 lead);
}

void ConversationRepository::work(LeadId first, LeadId last) {
    m_db.run("INSERT INTO conversation_touch(lead_id) SELECT DISTINCT lead_id FROM message"
             " WHERE lead_id BETWEEN ?1 AND ?2 AND lead_id IS NOT NULL AND direction = 1 AND class IN (1, 4)",
             first, last);
}

std::vector<std::string> ConversationRepository::examine() {
    std::vector<std::string> found;
    Statement rows = m_db.prepare(
        "SELECT coalesce(f.lead_id, c.lead_id) FROM (" + facts
        + ") f FULL JOIN conversation_row c ON c.lead_id = f.lead_id LEFT JOIN conversation s ON s.lead_id = c.lead_id"
          " WHERE c.last_in IS NOT f.last_in OR c.last_out IS NOT f.last_out OR c.waiting IS NOT f.waiting"
          " OR c.snoozed_until IS NOT s.snoozed_until OR c.closed_at IS NOT coalesce(s.closed_at, 0)");
    while (rows.step())
        found.push_back("conversations: " + rows.text(0));
    return found;
}

void ConversationRepository::rebuild() {
    m_db.script("DELETE FROM conversation_row WHERE lead_id NOT IN (SELECT lead_id FROM message WHERE direction = 1"
                " AND class IN (1, 4) AND lead_id IS NOT NULL);"
                " INSERT INTO conversation_touch(lead_id) SELECT DISTINCT lead_id FROM message WHERE direction = 1"
                " AND class IN (1, 4) AND lead_id IS NOT NULL");
}

std::vector<std::string> ConversationRepository::statements() {
    return {toAnswer,     snoozed,      settled,       ofLead,       countToAnswer,
            countSnoozed, countWaiting, waitingOfLead, latestOfLead, ofCompany};
}

} // namespace outrider::store
