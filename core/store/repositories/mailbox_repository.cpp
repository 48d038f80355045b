// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/mailbox_repository.h"

#include "core/contact/text.h"

namespace outrider::store {

namespace {

const std::string columns =
    "SELECT b.id, b.kind, b.address, b.display_name, b.signature, b.opt_out_line, b.smtp_host, b.smtp_port, b.smtp_tls,"
    " b.imap_host, b.imap_port, b.imap_tls, b.auth, b.user_name, b.ca_file, b.inbox_folder, b.sent_folder, b.daily_limit,"
    " b.hold_seconds, b.spacing_seconds, b.state, b.state_reason, b.created_at,"
    " b.minute_limit, b.hour_limit, b.week_limit, b.domain_hour_limit, b.spacing_up_to, b.ramp_start, b.ramp_step,"
    " b.ramp_began_at, b.pause_bounce_percent, b.pause_error_percent,"
    " b.pause_on_policy, b.state_detail, b.dkim_selector,"
    " (SELECT max(c.checked_at) FROM mailbox_cursor c WHERE c.mailbox_id = b.id),"
    " (SELECT max(c.fetched_at) FROM mailbox_cursor c WHERE c.mailbox_id = b.id"
    " AND c.folder NOT LIKE 'history:%'),"
    " CASE WHEN l.id IS NULL THEN b.account ELSE 6 END,"
    " ifnull(l.account_sid, ''), ifnull(l.key_sid, ''), ifnull(l.number, ''), ifnull(l.service_sid, ''), ifnull(l.own_number, '')"
    " FROM mailbox b LEFT JOIN phone_line l ON l.mailbox_id = b.id";
static_assert(int(AccountKind::Twilio) == 6);

Mailbox read(const Statement& row) {
    return {.id = row.id<MailboxId>(0),
            .kind = row.value<MailboxKind>(1),
            .account = row.value<AccountKind>(38),
            .address = row.text(2),
            .displayName = row.text(3),
            .signature = row.text(4),
            .optOutLine = row.text(5),
            .phone = {row.text(39), row.text(40), row.text(41), row.text(42), row.text(43)},
            .smtp = {row.text(6), static_cast<int>(row.integer(7)), row.value<TlsMode>(8)},
            .imap = {row.text(9), static_cast<int>(row.integer(10)), row.value<TlsMode>(11)},
            .auth = row.value<AuthMethod>(12),
            .userName = row.text(13),
            .caFile = row.text(14),
            .inboxFolder = row.text(15),
            .sentFolder = row.text(16),
            .dailyLimit = static_cast<int>(row.integer(17)),
            .holdSeconds = static_cast<int>(row.integer(18)),
            .spacingSeconds = static_cast<int>(row.integer(19)),
            .limits = {.perMinute = static_cast<int>(row.integer(23)),
                       .perHour = static_cast<int>(row.integer(24)),
                       .perWeek = static_cast<int>(row.integer(25)),
                       .perDomainAndHour = static_cast<int>(row.integer(26)),
                       .spacingUpTo = static_cast<int>(row.integer(27)),
                       .rampStart = static_cast<int>(row.integer(28)),
                       .rampStep = static_cast<int>(row.integer(29)),
                       .rampBegan = row.optionalInstant(30)},
            .pauses = {.bouncePercent = static_cast<int>(row.integer(31)),
                       .errorPercent = static_cast<int>(row.integer(32)),
                       .onPolicy = row.integer(33) != 0},
            .dkimSelector = row.text(35),
            .state = row.value<MailboxState>(20),
            .stateReason = row.text(21),
            .stateDetail = row.text(34),
            .checkedAt = row.optionalInstant(36),
            .fetchedAt = row.optionalInstant(37),
            .createdAt = row.instant(22)};
}

std::optional<Mailbox> first(Statement&& row) { return row.step() ? std::optional(read(row)) : std::nullopt; }

} // namespace

std::vector<Mailbox> MailboxRepository::all() {
    std::vector<Mailbox> mailboxes;
    Statement rows = m_db.prepare(columns + " ORDER BY b.id");
    while (rows.step())
        mailboxes.push_back(read(rows));
    return mailboxes;
}

std::optional<Mailbox> MailboxRepository::find(MailboxId id) { return first(m_db.query(columns + " WHERE b.id = ?1", id)); }

std::optional<Mailbox> MailboxRepository::findByAddress(std::string_view address) {
    return first(m_db.query(columns + " WHERE b.address_key = ?1", contact::folded(address)));
}

std::optional<Mailbox> MailboxRepository::firstActive() {
    return first(m_db.prepare(columns + " WHERE l.id IS NULL ORDER BY b.state, b.id LIMIT 1"));
}

std::optional<Mailbox> MailboxRepository::firstLine() {
    return first(m_db.prepare(columns + " WHERE l.id IS NOT NULL ORDER BY b.state, b.id LIMIT 1"));
}

std::optional<Mailbox> MailboxRepository::firstCallingLine() {
    return first(m_db.prepare(columns + " WHERE l.own_number <> '' AND l.number <> '' AND b.state = 0 ORDER BY b.id LIMIT 1"));
}

void MailboxRepository::insert(WriteContext& write, Mailbox& mailbox) {
    if (findByAddress(mailbox.address))
        throw StoreException(Error(ErrorCode::AlreadyExists, mailbox.address));
    mailbox.id = write.newId<MailboxId>();
    if (mailbox.createdAt == Instant{})
        mailbox.createdAt = write.now;
    m_db.run("INSERT INTO mailbox(id, kind, address, address_key, created_at) VALUES (?1, ?2, ?3, ?4, ?5)", mailbox.id,
             mailbox.kind, mailbox.address, contact::folded(mailbox.address), mailbox.createdAt);
    update(write, mailbox);
}

void MailboxRepository::update(WriteContext& write, const Mailbox& mailbox) {
    m_db.run("UPDATE mailbox SET display_name = ?2, signature = ?3, opt_out_line = ?4, smtp_host = ?5, smtp_port = ?6,"
             " smtp_tls = ?7, imap_host = ?8, imap_port = ?9, imap_tls = ?10, auth = ?11, user_name = ?12, ca_file = ?13,"
             " inbox_folder = ?14, sent_folder = ?15, daily_limit = ?16, hold_seconds = ?17, spacing_seconds = ?18"
             " WHERE id = ?1",
             mailbox.id, mailbox.displayName, mailbox.signature, mailbox.optOutLine, mailbox.smtp.host, mailbox.smtp.port,
             mailbox.smtp.tls, mailbox.imap.host, mailbox.imap.port, mailbox.imap.tls, mailbox.auth, mailbox.userName,
             mailbox.caFile, mailbox.inboxFolder, mailbox.sentFolder, mailbox.dailyLimit, mailbox.holdSeconds,
             mailbox.spacingSeconds);
    const SendLimits& limits = mailbox.limits;
    m_db.run("UPDATE mailbox SET minute_limit = ?2, hour_limit = ?3, week_limit = ?4, domain_hour_limit = ?5, spacing_up_to = ?6,"
             " ramp_start = ?7, ramp_step = ?8, ramp_began_at = ?9, pause_bounce_percent = ?10, pause_error_percent = ?11,"
             " pause_on_policy = ?12, dkim_selector = ?13, account = ?14 WHERE id = ?1",
             mailbox.id, limits.perMinute, limits.perHour, limits.perWeek, limits.perDomainAndHour, limits.spacingUpTo,
             limits.rampStart, limits.rampStep, limits.rampBegan, mailbox.pauses.bouncePercent, mailbox.pauses.errorPercent,
             static_cast<int>(mailbox.pauses.onPolicy), mailbox.dkimSelector,
             isPhoneLine(mailbox.account) ? AccountKind::Servers : mailbox.account);
    if (isPhoneLine(mailbox.account))
        updateLine(write, mailbox.id, mailbox.phone);
}

void MailboxRepository::updateLine(WriteContext& write, MailboxId id, const PhoneLine& line) {
    if (m_db.integer("SELECT count(*) FROM phone_line WHERE mailbox_id = ?1", id) == 0)
        m_db.run("INSERT INTO phone_line(id, mailbox_id, account_sid) VALUES (?1, ?2, '')",
                 write.newId<Id<struct PhoneLineTag>>(), id);
    m_db.run("UPDATE phone_line SET account_sid = ?2, key_sid = ?3, number = ?4, service_sid = ?5, own_number = ?6"
             " WHERE mailbox_id = ?1",
             id, line.accountSid, line.keySid, line.number, line.serviceSid, line.ownNumber);
}

void MailboxRepository::remove(WriteContext&, MailboxId id) { m_db.run("DELETE FROM mailbox WHERE id = ?1", id); }

void MailboxRepository::setState(WriteContext&, MailboxId id, MailboxState state, std::string_view reason,
                                 std::string_view detail) {
    m_db.run("UPDATE mailbox SET state = ?2, state_reason = ?3, state_detail = ?4 WHERE id = ?1", id, state, reason, detail);
}

bool MailboxRepository::isUsed(MailboxId id) {
    return m_db.integer("SELECT EXISTS (SELECT 1 FROM message WHERE mailbox_id = ?1)"
                        " OR EXISTS (SELECT 1 FROM strategy WHERE mailbox_id = ?1)",
                        id)
           != 0;
}

FolderCursor MailboxRepository::cursor(MailboxId id, std::string_view folder) {
    Statement row = m_db.query("SELECT uid_validity, last_uid, mod_seq, position FROM mailbox_cursor"
                               " WHERE mailbox_id = ?1 AND folder = ?2",
                               id, folder);
    return row.step() ? FolderCursor{row.integer(0), row.integer(1), row.integer(2), row.text(3)} : FolderCursor{};
}

void MailboxRepository::forgetCursor(WriteContext&, MailboxId id, std::string_view folder) {
    m_db.run("DELETE FROM mailbox_cursor WHERE mailbox_id = ?1 AND folder = ?2", id, folder);
}

void MailboxRepository::setCursor(WriteContext& write, MailboxId id, std::string_view folder, const FolderCursor& cursor) {
    m_db.run("INSERT INTO mailbox_cursor(mailbox_id, folder, uid_validity, last_uid, mod_seq, position, fetched_at)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET uid_validity = excluded.uid_validity,"
             " last_uid = excluded.last_uid, mod_seq = excluded.mod_seq, position = excluded.position,"
             " fetched_at = excluded.fetched_at",
             id, folder, cursor.uidValidity, cursor.lastUid, cursor.modSeq, cursor.position, write.now);
    write.touched(EntityKind::Mailbox, id.value);
}

namespace {

const std::string readingSql = "SELECT b.id, (SELECT max(c.fetched_at) FROM mailbox_cursor c WHERE c.mailbox_id = b.id"
                               " AND c.folder NOT LIKE 'history:%'),"
                               " coalesce(s.failures, 0), coalesce(s.error, ''), coalesce(s.detail, ''), s.next_try_at"
                               " FROM mailbox b LEFT JOIN mailbox_reading s ON s.mailbox_id = b.id";

ReadingState readReading(const Statement& row) {
    return {.mailbox = row.id<MailboxId>(0),
            .readAt = row.optionalInstant(1),
            .failures = static_cast<int>(row.integer(2)),
            .error = row.text(3),
            .detail = row.text(4),
            .nextTryAt = row.optionalInstant(5)};
}

} // namespace

std::vector<ReadingState> MailboxRepository::readings() {
    std::vector<ReadingState> states;
    Statement rows = m_db.prepare(readingSql + " ORDER BY b.id");
    while (rows.step())
        states.push_back(readReading(rows));
    return states;
}

ReadingState MailboxRepository::reading(MailboxId id) {
    Statement row = m_db.query(readingSql + " WHERE b.id = ?1", id);
    return row.step() ? readReading(row) : ReadingState{.mailbox = id};
}

void MailboxRepository::setReading(WriteContext& write, const ReadingState& state) {
    m_db.run("INSERT INTO mailbox_reading(mailbox_id, failures, error, detail, next_try_at) SELECT ?1, ?2, ?3, ?4, ?5"
             " WHERE EXISTS (SELECT 1 FROM mailbox WHERE id = ?1) ON CONFLICT DO UPDATE SET failures = excluded.failures,"
             " error = excluded.error, detail = excluded.detail, next_try_at = excluded.next_try_at",
             state.mailbox, state.failures, state.error, state.detail, state.nextTryAt);
    write.touched(EntityKind::Mailbox, state.mailbox.value);
}

void MailboxRepository::setChecked(WriteContext& write, MailboxId id) {
    m_db.run("INSERT INTO mailbox_cursor(mailbox_id, folder, checked_at) VALUES (?1, '', ?2)"
             " ON CONFLICT DO UPDATE SET checked_at = excluded.checked_at",
             id, write.now);
    write.touched(EntityKind::Mailbox, id.value);
}

void MailboxRepository::countSend(WriteContext& write, MailboxId id, std::string_view domain) {
    m_db.run("INSERT INTO send_ledger(id, outbox_id, mailbox_id, domain, at) VALUES (?1, 0, ?2, ?3, ?4)",
             write.newId<Id<struct LedgerTag>>(), id, domain, write.now);
}

std::optional<MailboxReport> MailboxRepository::report(MailboxId id, MailboxReport::Kind kind) {
    Statement row = m_db.query("SELECT at, body FROM mailbox_report WHERE mailbox_id = ?1 AND kind = ?2", id, kind);
    return row.step() ? std::optional(MailboxReport{row.instant(0), row.text(1)}) : std::nullopt;
}

void MailboxRepository::setReport(WriteContext& write, MailboxId id, MailboxReport::Kind kind, std::string_view body) {
    m_db.run("INSERT INTO mailbox_report(mailbox_id, kind, at, body) VALUES (?1, ?2, ?3, ?4)"
             " ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body",
             id, kind, write.now, body);
    write.touched(EntityKind::Mailbox, id.value);
}

} // namespace outrider::store
