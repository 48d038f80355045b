// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/outbox_repository.h"

#include "core/domain/lead.h"
#include "core/store/repositories/message_repository.h"

#include <algorithm>
#include <iterator>

namespace outrider::store {

namespace {

const std::string columns =
    "o.id, o.lead_id, o.enrolment_id, o.step_id, o.task_id, o.mailbox_id, o.message_id, o.channel, o.recipient,"
    " o.recipient_key, o.message_id_header, o.idempotency_key, o.subject, o.state, o.wait_reason, o.earliest_at, o.attempts,"
    " o.refused_hard, o.server_answer, o.created_at, o.settled_at, o.provider_ref";
constexpr int columnCount = 22;

OutboxItem read(const Statement& row) {
    return {.id = row.id<OutboxId>(0),
            .lead = row.id<LeadId>(1),
            .enrolment = row.id<EnrolmentId>(2),
            .step = row.id<StepId>(3),
            .task = row.id<TaskId>(4),
            .mailbox = row.id<MailboxId>(5),
            .message = row.id<MessageId>(6),
            .channel = row.value<Channel>(7),
            .recipient = row.text(8),
            .recipientKey = row.text(9),
            .messageIdHeader = row.text(10),
            .idempotencyKey = row.text(11),
            .subject = row.text(12),
            .state = row.value<OutboxState>(13),
            .waitReason = row.value<WaitReason>(14),
            .earliestAt = row.instant(15),
            .attempts = static_cast<int>(row.integer(16)),
            .refusedHard = row.integer(17) != 0,
            .serverAnswer = row.text(18),
            .providerRef = row.text(21),
            .createdAt = row.instant(19),
            .settledAt = row.optionalInstant(20)};
}

const std::string rowSelect = "SELECT " + columns
                              + ", l.first_name, l.last_name, l.email, l.company_name, s.name, st.position, b.address, b.state"
                                " FROM outbox o JOIN lead l ON l.id = o.lead_id LEFT JOIN mailbox b ON b.id = o.mailbox_id"
                                " LEFT JOIN enrolment e ON e.id = o.enrolment_id"
                                " LEFT JOIN strategy s ON s.id = e.strategy_id LEFT JOIN step st ON st.id = o.step_id";

std::vector<OutboxRow> readRows(Statement&& rows) {
    std::vector<OutboxRow> out;
    while (rows.step()) {
        OutboxRow row{.item = read(rows),
                      .companyName = rows.text(columnCount + 3),
                      .strategyName = rows.text(columnCount + 4),
                      .mailboxAddress = rows.text(columnCount + 6)};
        if (!rows.isNull(columnCount + 5))
            row.step = static_cast<int>(rows.integer(columnCount + 5));
        if (!rows.isNull(columnCount + 7))
            row.mailboxState = rows.value<MailboxState>(columnCount + 7);
        Lead lead;
        lead.firstName = rows.text(columnCount);
        lead.lastName = rows.text(columnCount + 1);
        lead.email = rows.text(columnCount + 2);
        row.leadName = displayName(lead);
        out.push_back(std::move(row));
    }
    return out;
}

// "= 6", "IN (0, 1)".
std::string oneOf(const std::vector<OutboxState>& states) {
    std::string list;
    for (const OutboxState state : states)
        list += (list.empty() ? "" : ", ") + std::to_string(static_cast<int>(state));
    return states.size() == 1 ? "= " + list : "IN (" + list + ")";
}

// Of a number: none.
std::string_view domainOf(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

// From which states a message may come to this one: a bit each.
std::int64_t statesBefore(OutboxState to) {
    std::int64_t states = 0;
    for (const auto& [from, name] : outboxStateNames.entries)
        states |= canMove(from, to) ? std::int64_t(1) << static_cast<int>(from) : 0;
    return states;
}

// A line of the trace around the state, which is each row's own.
std::string waitLineStart(Instant at) { return std::to_string(toEpochMillis(at)) + ' '; }
std::string waitLineEnd(WaitReason reason, Instant until) {
    return ' ' + std::to_string(static_cast<int>(reason)) + ' ' + std::to_string(toEpochMillis(until)) + " \n";
}

} // namespace

std::optional<OutboxItem> OutboxRepository::find(OutboxId id) {
    std::optional<OutboxItem> item;
    {
        Statement row = m_db.query("SELECT " + columns + " FROM outbox o WHERE o.id = ?1", id);
        if (!row.step())
            return std::nullopt;
        item = read(row);
    }
    item->raw = MessageRepository(m_db).raw(item->message);
    return item;
}

std::optional<OutboxRow> OutboxRepository::row(OutboxId id) {
    std::vector<OutboxRow> rows = readRows(m_db.query(rowSelect + " WHERE o.id = ?1", id));
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::optional<OutboxItem> OutboxRepository::ofTask(TaskId task) {
    Statement row = m_db.query("SELECT " + columns + " FROM outbox o WHERE o.task_id = ?1 ORDER BY o.id DESC LIMIT 1", task);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<OutboxItem> OutboxRepository::ofMessage(MessageId message) {
    Statement row = m_db.query("SELECT " + columns + " FROM outbox o WHERE o.message_id = ?1", message);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

// Each group is a partial index's very condition: SQLite takes the index for nothing less.
std::vector<std::string> OutboxRepository::listSqls(const std::vector<OutboxState>& states) {
    using enum OutboxState;
    const std::vector<std::vector<OutboxState>> groups{{Queued, Held}, {Claimed, Sending}, {Unknown}, {Refused}, {}};
    std::vector<OutboxState> rest = states;
    std::vector<std::string> sqls;
    for (const auto& group : groups) {
        std::vector<OutboxState> wanted;
        const bool last = group.empty();
        std::ranges::copy_if(rest, std::back_inserter(wanted),
                             [&](OutboxState state) { return last || std::ranges::find(group, state) != group.end(); });
        if (wanted.empty())
            continue;
        std::erase_if(rest, [&](OutboxState state) { return std::ranges::find(wanted, state) != wanted.end(); });
        std::string where = last ? std::string() : "o.state " + oneOf(group);
        if (last || wanted.size() < group.size())
            where += (last ? "o.state " : " AND o.state ") + oneOf(wanted);
        sqls.push_back(rowSelect + " WHERE " + where + " ORDER BY o.earliest_at, o.id LIMIT ?1");
    }
    return sqls;
}

std::vector<OutboxRow> OutboxRepository::list(const std::vector<OutboxState>& states, int limit) {
    std::vector<OutboxRow> out;
    for (const std::string& sql : listSqls(states)) {
        std::vector<OutboxRow> rows = readRows(m_db.query(sql, limit));
        const auto middle = std::ptrdiff_t(out.size());
        std::move(rows.begin(), rows.end(), std::back_inserter(out));
        std::inplace_merge(out.begin(), out.begin() + middle, out.end(), [](const OutboxRow& a, const OutboxRow& b) {
            return std::pair(a.item.earliestAt, a.item.id) < std::pair(b.item.earliestAt, b.item.id);
        });
    }
    if (out.size() > std::size_t(limit))
        out.erase(out.begin() + limit, out.end());
    return out;
}

std::string OutboxRepository::settledSql() {
    return rowSelect
           + " WHERE o.state = ?1 AND o.settled_at >= ?2 AND o.settled_at IS NOT NULL"
             " ORDER BY o.settled_at DESC, o.id DESC LIMIT ?3";
}

std::vector<OutboxRow> OutboxRepository::settled(OutboxState state, Instant since, int limit) {
    return readRows(m_db.query(settledSql(), state, since, limit));
}

int OutboxRepository::countWaiting(MailboxId mailbox) {
    return static_cast<int>(m_db.integer("SELECT count(*) FROM outbox WHERE mailbox_id = ?1 AND state IN (0, 1)", mailbox));
}

std::int64_t OutboxRepository::refusedSince(MailboxId mailbox, Instant since) {
    return m_db.integer("SELECT count(*) FROM outbox WHERE state = 5 AND settled_at >= ?2 AND settled_at IS NOT NULL"
                        " AND mailbox_id = ?1",
                        mailbox, since);
}

bool OutboxRepository::existsFor(EnrolmentId enrolment, StepId step) {
    return m_db.integer("SELECT 1 FROM outbox WHERE enrolment_id = ?1 AND enrolment_id IS NOT NULL AND step_id = ?2"
                        " AND state <> 7 LIMIT 1",
                        enrolment, step)
           != 0;
}

bool OutboxRepository::isUnderWay(EnrolmentId enrolment) {
    return m_db.integer("SELECT 1 FROM outbox WHERE enrolment_id = ?1 AND enrolment_id IS NOT NULL AND state IN (0, 1, 2, 3, 6)"
                        " AND state <> 7 LIMIT 1",
                        enrolment)
           != 0;
}

std::optional<Instant> OutboxRepository::nextFor(LeadId lead) {
    Statement row = m_db.query("SELECT min(earliest_at) FROM outbox WHERE lead_id = ?1 AND state IN (0, 1, 2, 3)", lead);
    return row.step() ? row.optionalInstant(0) : std::nullopt;
}

std::vector<OutboxRepository::SentMail> OutboxRepository::sentIn(EnrolmentId enrolment) {
    std::vector<SentMail> sent;
    Statement rows = m_db.query("SELECT message_id_header, subject FROM outbox WHERE enrolment_id = ?1"
                                " AND enrolment_id IS NOT NULL AND state = 4 AND channel = 0 ORDER BY settled_at, id",
                                enrolment);
    while (rows.step())
        sent.push_back({rows.text(0), rows.text(1)});
    return sent;
}

std::vector<std::string> OutboxRepository::countSqls() {
    const std::string settledSince =
        "SELECT count(*) FROM outbox WHERE state = ?1 AND settled_at >= ?2 AND settled_at IS NOT NULL";
    const std::string waiting = " FROM outbox WHERE state IN (0, 1)";
    const std::string timed = waiting + " AND wait_reason NOT IN (2, 10, 11) ORDER BY earliest_at";
    return {"SELECT count(*)" + waiting, "SELECT count(*) FROM outbox WHERE state = 6", settledSince,
            "SELECT earliest_at" + timed + " LIMIT 1", "SELECT earliest_at" + timed + " DESC LIMIT 1"};
}

OutboxCounts OutboxRepository::counts(Instant dayStart) {
    const auto sqls = countSqls();
    const auto first = [this](const std::string& sql) {
        Statement row = m_db.query(sql);
        return row.step() ? row.optionalInstant(0) : std::nullopt;
    };
    return {.waiting = static_cast<int>(m_db.integer(sqls[0])),
            .unknown = static_cast<int>(m_db.integer(sqls[1])),
            .refused = static_cast<int>(m_db.integer(sqls[2], OutboxState::Refused, dayStart)),
            .sentToday = static_cast<int>(m_db.integer(sqls[2], OutboxState::Sent, dayStart)),
            .nextAt = first(sqls[3]),
            .lastAt = first(sqls[4])};
}

void OutboxRepository::insert(WriteContext& write, OutboxItem& item) {
    if (m_db.integer("SELECT 1 FROM outbox WHERE idempotency_key = ?1", item.idempotencyKey) != 0)
        throw StoreException(Error(ErrorCode::AlreadyExists, item.recipient));
    item.id = write.newId<OutboxId>();
    if (item.createdAt == Instant{})
        item.createdAt = write.now;
    m_db.run("INSERT INTO outbox(id, lead_id, enrolment_id, step_id, task_id, mailbox_id, message_id, channel, recipient,"
             " recipient_key, message_id_header, idempotency_key, subject, state, wait_reason, earliest_at, created_at, trace)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
             item.id, item.lead, orNull(item.enrolment), orNull(item.step), orNull(item.task), item.mailbox, item.message,
             item.channel, item.recipient, item.recipientKey, item.messageIdHeader, item.idempotencyKey, item.subject, item.state,
             item.waitReason, item.earliestAt, item.createdAt,
             traceLine({write.now, item.state, item.waitReason, item.earliestAt, {}}));
}

std::vector<OutboxId> OutboxRepository::due(MailboxId mailbox, Instant now, int limit) {
    std::vector<OutboxId> ids;
    Statement rows = m_db.query("SELECT id FROM outbox WHERE mailbox_id = ?1 AND state IN (0, 1) AND earliest_at <= ?2"
                                " AND wait_reason NOT IN (2, 10, 11) ORDER BY id LIMIT ?3",
                                mailbox, now, limit);
    while (rows.step())
        ids.push_back(rows.id<OutboxId>(0));
    return ids;
}

std::optional<Instant> OutboxRepository::nextDue(MailboxId mailbox) {
    Statement row = m_db.query("SELECT earliest_at FROM outbox WHERE mailbox_id = ?1 AND state IN (0, 1)"
                               " AND wait_reason NOT IN (2, 10, 11) ORDER BY earliest_at LIMIT 1",
                               mailbox);
    return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

void OutboxRepository::refuseMove(OutboxId id) {
    Statement row = m_db.query("SELECT state FROM outbox WHERE id = ?1", id);
    if (!row.step())
        throw StoreException(Error(ErrorCode::NotFound, "message " + std::to_string(id.value)));
    throw StoreException(Error(ErrorCode::NotSendable, std::string(name(row.value<OutboxState>(0)))));
}

void OutboxRepository::move(WriteContext& write, OutboxId id, OutboxState to, WaitReason reason, std::optional<Instant> earliest,
                            std::string_view evidence) {
    m_db.run("UPDATE outbox SET state = ?2, wait_reason = ?3, earliest_at = coalesce(?4, earliest_at), settled_at = ?5,"
             " trace = trace || ?6 WHERE id = ?1 AND (?7 >> state) & 1 = 1",
             id, to, reason, earliest, isSettled(to) ? std::optional(write.now) : std::nullopt,
             traceLine({write.now, to, reason, earliest.value_or(Instant{}), std::string(evidence)}), statesBefore(to));
    if (m_db.changeCount() == 0)
        refuseMove(id);
}

void OutboxRepository::settle(WriteContext& write, OutboxId id, OutboxState to, bool refusedHard, std::string_view answer) {
    m_db.run("UPDATE outbox SET state = ?2, wait_reason = 0, settled_at = ?3, refused_hard = ?4, server_answer = ?5,"
             " trace = trace || ?6 WHERE id = ?1 AND (?7 >> state) & 1 = 1",
             id, to, isSettled(to) ? std::optional(write.now) : std::nullopt, refusedHard, answer,
             traceLine({write.now, to, WaitReason::None, Instant{}, std::string(answer)}), statesBefore(to));
    if (m_db.changeCount() == 0)
        refuseMove(id);
}

void OutboxRepository::signedIn(WriteContext& write, MailboxId mailbox) {
    m_db.run("UPDATE outbox SET wait_reason = 0, earliest_at = min(earliest_at, ?2) WHERE mailbox_id = ?1 AND state IN (0, 1)"
             " AND wait_reason = ?3",
             mailbox, write.now, WaitReason::MailboxSignedOut);
}

void OutboxRepository::setAnswer(WriteContext&, OutboxId id, std::string_view answer) {
    m_db.run("UPDATE outbox SET server_answer = ?2 WHERE id = ?1", id, answer);
}

void OutboxRepository::setProviderRef(WriteContext&, OutboxId id, std::string_view ref) {
    m_db.run("UPDATE outbox SET provider_ref = ?2 WHERE id = ?1 AND provider_ref <> ?2", id, ref);
}

std::optional<Instant> OutboxRepository::lastHandedOver(const OutboxItem& item, Instant since) {
    Statement row = m_db.query("SELECT max(at) FROM send_ledger WHERE mailbox_id = ?1 AND at > ?2 AND outbox_id = ?3",
                               item.mailbox, since, item.id);
    return row.step() ? row.optionalInstant(0) : std::nullopt;
}

// A reason that stays is told once: a limit may be met again every few minutes.
void OutboxRepository::setWait(WriteContext& write, OutboxId id, WaitReason reason, Instant earliest) {
    m_db.run("UPDATE outbox SET wait_reason = ?2, earliest_at = ?3,"
             " trace = trace || iif(wait_reason = ?2, '', ?4 || state || ?5) WHERE id = ?1 AND state IN (0, 1)",
             id, reason, earliest, waitLineStart(write.now), waitLineEnd(reason, earliest));
}

std::int64_t OutboxRepository::deferDue(WriteContext& write, MailboxId mailbox, WaitReason reason, Instant earliest) {
    m_db.run("UPDATE outbox SET wait_reason = ?3, earliest_at = ?4, trace = trace || iif(wait_reason = ?3, '', ?5 || state || ?6)"
             " WHERE mailbox_id = ?1 AND state IN (0, 1) AND earliest_at <= ?2 AND wait_reason NOT IN (2, 10, 11)",
             mailbox, write.now, reason, earliest, waitLineStart(write.now), waitLineEnd(reason, earliest));
    return m_db.changeCount();
}

void OutboxRepository::claim(WriteContext& write, const OutboxItem& item) {
    m_db.run("UPDATE outbox SET state = 2, wait_reason = 0, settled_at = NULL, attempts = attempts + 1, trace = trace || ?2"
             " WHERE id = ?1 AND state IN (0, 1)",
             item.id, traceLine({write.now, OutboxState::Claimed, WaitReason::None, Instant{}, {}}));
    if (m_db.changeCount() == 0)
        refuseMove(item.id);
    m_db.run("INSERT INTO send_ledger(id, outbox_id, mailbox_id, domain, at) VALUES (?1, ?2, ?3, ?4, ?5)",
             write.newId<Id<struct LedgerTag>>(), item.id, item.mailbox, domainOf(item.recipientKey), write.now);
}

void OutboxRepository::beginSending(WriteContext& write, OutboxId id, std::int64_t number) {
    m_db.run("UPDATE outbox SET state = 3, wait_reason = 0, send_number = ?2, trace = trace || ?3 WHERE id = ?1 AND state = 2",
             id, number, traceLine({write.now, OutboxState::Sending, WaitReason::None, Instant{}, {}}));
    if (m_db.changeCount() == 0)
        refuseMove(id);
}

void OutboxRepository::unclaim(WriteContext& write, OutboxId id, WaitReason reason, Instant earliest, std::string_view evidence) {
    move(write, id, OutboxState::Queued, reason, earliest, evidence);
    m_db.run("DELETE FROM send_ledger WHERE id = (SELECT max(id) FROM send_ledger WHERE outbox_id = ?1)", id);
}

void OutboxRepository::putBack(WriteContext& write, OutboxId id, std::string_view evidence) {
    unclaim(write, id, WaitReason::None, write.now, evidence);
    m_db.run("UPDATE outbox SET attempts = attempts - 1 WHERE id = ?1", id);
}

std::vector<OutboxTraceEntry> OutboxRepository::trace(OutboxId id) {
    Statement row = m_db.query(
        "SELECT trace, state, wait_reason, earliest_at, server_answer, created_at, settled_at FROM outbox WHERE id = ?1", id);
    if (!row.step())
        return {};
    std::vector<OutboxTraceEntry> entries = parseTrace(row.view(0));
    const OutboxState state = row.value<OutboxState>(1);
    const Instant created = row.instant(5);
    // From before there was a trace, and what a trigger did (an ended strategy takes back what waits).
    if (entries.empty())
        entries.push_back({created, OutboxState::Queued, WaitReason::None, Instant{}, {}});
    if (entries.back().state != state)
        entries.push_back(
            {row.optionalInstant(6).value_or(entries.back().at), state, row.value<WaitReason>(2), row.instant(3), row.text(4)});
    return entries;
}

int OutboxRepository::handedOverSince(MailboxId mailbox, Instant since) {
    return static_cast<int>(m_db.integer("SELECT count(*) FROM send_ledger WHERE mailbox_id = ?1 AND at > ?2", mailbox, since));
}

std::optional<Instant> OutboxRepository::handedOver(MailboxId mailbox, int n) {
    Statement row =
        m_db.query("SELECT at FROM send_ledger WHERE mailbox_id = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2", mailbox, n - 1);
    return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

std::optional<Instant> OutboxRepository::handedOverTo(std::string_view domain, int n) {
    Statement row = m_db.query("SELECT at FROM send_ledger WHERE domain = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2", domain, n - 1);
    return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

std::vector<OutboxRepository::HandOver> OutboxRepository::handOvers(MailboxId mailbox, Instant since) {
    std::vector<HandOver> out;
    Statement rows =
        m_db.query("SELECT domain, at FROM send_ledger WHERE mailbox_id = ?1 AND at > ?2 ORDER BY at, id", mailbox, since);
    while (rows.step())
        out.push_back({mailbox, rows.text(0), rows.instant(1)});
    return out;
}

OutboxRepository::Recovered OutboxRepository::recover(WriteContext& write, std::optional<std::int64_t> begun) {
    Recovered recovered;
    struct Unfinished {
        OutboxId id;
        OutboxState state{};
        std::int64_t number = 0;
    };
    std::vector<Unfinished> unfinished;
    {
        Statement rows = m_db.prepare("SELECT id, state, send_number FROM outbox WHERE state IN (2, 3)");
        while (rows.step())
            unfinished.push_back({rows.id<OutboxId>(0), rows.value<OutboxState>(1), rows.integer(2)});
    }
    for (const auto& [id, state, number] : unfinished) {
        if (state == OutboxState::Sending && !(begun && number > *begun)) {
            settle(write, id, OutboxState::Unknown, false, "the program ended while it was being sent");
            ++recovered.unknown;
        } else {
            putBack(write, id, "the program ended before it was sent");
            ++recovered.requeued;
        }
    }
    return recovered;
}

} // namespace outrider::store
