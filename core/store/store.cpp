// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"

#include "core/base/log.h"
#include "core/store/backup.h"
#include "core/store/journal/hlc.h"
#include "core/store/journal/journaled_tables.h"
#include "core/store/journal/past.h"
#include "core/store/migrations/migrations.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLockFile>
#include <QString>

#include <algorithm>
#include <unordered_map>

namespace outrider::store {

namespace {

constexpr int writerCacheKiB = 64 * 1024;
constexpr int readerCacheKiB = 32 * 1024;
constexpr int pagesWorthACheckpoint = 2000;
constexpr int mostWalPages = 24 * 1024; // beside that much the writer itself helps, so that the WAL begins anew

const std::unordered_map<std::string_view, EntityKind>& kindsByTable() {
    static const std::unordered_map<std::string_view, EntityKind> kinds{
        {"lead", EntityKind::Lead},
        {"company", EntityKind::Company},
        {"strategy", EntityKind::Strategy},
        {"enrolment", EntityKind::Enrolment},
        {"task", EntityKind::Task},
        {"message", EntityKind::Message},
        {"outbox", EntityKind::Outbox},
        {"mailbox", EntityKind::Mailbox},
        {"suppression", EntityKind::Suppression},
        {"import", EntityKind::Import},
        {"setting", EntityKind::Setting},
        {"status", EntityKind::Status},
        {"tag", EntityKind::Tag},
        {"custom_field", EntityKind::Setting},
        {"saved_view", EntityKind::SavedView},
        {"list", EntityKind::List},
        {"list_member", EntityKind::List},
        {"merge", EntityKind::Merge},
        {"not_duplicate", EntityKind::Merge},
        {"action", EntityKind::Action},
        {"snippet", EntityKind::Setting},
        {"conversation", EntityKind::Message},
        {"conversation_row", EntityKind::Message},
        {"import_mapping", EntityKind::Setting},
        {"meeting", EntityKind::Meeting},
        {"calendar_source", EntityKind::Meeting},
    };
    return kinds;
}

// "outrider (process 4711 on hafen, since 2026-11-24 10:15 UTC)"
std::string holderOf(const QLockFile& lock) {
    qint64 pid = 0;
    QString host;
    QString program;
    lock.getLockInfo(&pid, &host, &program);
    const QDateTime since = QFileInfo(lock.fileName()).lastModified().toUTC();
    return QStringLiteral("%1 (process %2 on %3, since %4 UTC)")
        .arg(program.isEmpty() ? QStringLiteral("another program") : program)
        .arg(pid)
        .arg(host, since.toString(QStringLiteral("yyyy-MM-dd hh:mm")))
        .toStdString();
}

// A process killed between making the file and writing its number into it leaves it empty: it can be told from nobody,
// and would keep everybody out for ever. Nobody who lives takes two seconds for that. removeStaleLockFile() takes the
// file's own lock first, so that it fails beside a holder that lives.
bool takeFromNobody(QLockFile& lock) {
    constexpr double patience = 2000;
    constexpr int again = 20; // milliseconds
    const auto isNobodys = [&lock] {
        qint64 pid = 0;
        QString host;
        QString program;
        return !lock.getLockInfo(&pid, &host, &program);
    };
    for (const Stopwatch watch; watch.milliseconds() < patience;) {
        if (!isNobodys())
            return lock.tryLock(0);
        if (lock.tryLock(again))
            return true;
    }
    return isNobodys() && lock.removeStaleLockFile() && lock.tryLock(0);
}

} // namespace

Store::Reader::Reader() = default;
Store::Reader::~Reader() = default;

Store::Store(StoreOptions options, const Clock& clock) : m_options(std::move(options)), m_clock(clock) {}

Store::~Store() {
    if (m_leadIndex)
        m_leadIndex->stop();
    m_writer.reset();
    m_checkpointer.reset();
    m_checkpoints.reset();
    for (const auto& reader : m_readers)
        reader->worker.reset(); // finishes what is queued, and only then is its connection closed
    m_readers.clear();
    m_leadIndex.reset();
}

void Store::indexLeads(LeadIndex::Options options) {
    if (m_leadIndex || m_options.asOf || m_options.mode == OpenMode::ReadOnly)
        return;
    constexpr int cacheKiB = 4 * 1024; // read once, from one end to the other
    m_leadIndex = std::make_unique<LeadIndex>(
        [this] {
            return Connection::open(
                {.path = m_options.path, .mode = OpenMode::ReadOnly, .cacheKiB = cacheKiB, .vfs = m_options.vfs}, m_key);
        },
        [this] { m_writer->post([this] { m_leadIndex->watch(*m_connection); }); }, options);
    m_hasLeadIndex = true;
    if (m_options.workerMode == WorkerMode::Thread)
        m_leadIndex->start();
}

void Store::waitForLeadIndex() { m_leadIndex->settle(); }

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, const SecureBytes& key, const Clock& clock,
                                           Random& random) {
    std::unique_ptr<Store> store(new Store(options, clock));
    OUTRIDER_TRY(guarded([&]() -> Result<> {
        try {
            return store->start(key, random);
        } catch (const StoreException& e) {
            return fail(e.error());
        }
    }));
    return store;
}

Result<> Store::start(const SecureBytes& key, Random& random) {
    if (m_options.mode != OpenMode::ReadOnly) {
        m_lock = std::make_unique<QLockFile>(QString::fromStdString(m_options.path + ".lock"));
        m_lock->setStaleLockTime(0); // a crashed holder is found by its process id
        if (!m_lock->tryLock(0)) {
            if (m_lock->error() == QLockFile::PermissionError)
                return fail(ErrorCode::StoreReadOnly, m_options.path);
            if (m_lock->error() != QLockFile::LockFailedError)
                return fail(ErrorCode::FileUnwritable, m_options.path);
            if (!takeFromNobody(*m_lock))
                return fail(ErrorCode::StoreLocked, holderOf(*m_lock));
        }
    }
    OUTRIDER_ASSIGN(m_connection,
                    Connection::open(
                        {.path = m_options.path, .mode = m_options.mode, .cacheKiB = writerCacheKiB, .vfs = m_options.vfs}, key));
    if (m_options.mode == OpenMode::ReadOnly) {
        if (schemaVersion(*m_connection) != currentSchemaVersion())
            return fail(schemaVersion(*m_connection) > currentSchemaVersion() ? ErrorCode::StoreTooNew : ErrorCode::StoreReadOnly,
                        m_options.path);
    } else {
        // A backup is what it was; and one that is worked in could be removed as outdated.
        if (schemaVersion(*m_connection) > 0 && m_connection->integer("SELECT count(*) FROM meta WHERE key = 'backup_at'") > 0)
            return fail(ErrorCode::StoreReadOnly, "it is a backup; restore it to a new file to work in it");
        if (const int found = schemaVersion(*m_connection); found > 0 && found < currentSchemaVersion()) {
            Progress progress;
            const Instant now = m_clock.now();
            OUTRIDER_TRY(
                writeBackup(*m_connection, key,
                            newBackupPath(backupFolderOf(m_options.path), m_options.path, now, BackupKind::BeforeMigration),
                            BackupKind::BeforeMigration, now, progress));
        }
        OUTRIDER_TRY(migrate(*m_connection));
    }
    try {
        OUTRIDER_TRY(loadReplica(random));
        m_ids = std::make_unique<IdGenerator>(m_clock, m_replica);
        for (const JournaledTable& table : journaledTables())
            m_ids->startAfter(m_connection->integer("SELECT max(id) FROM " + std::string(table.name)));
        m_ids->startAfter(m_connection->integer("SELECT max(id) FROM action"));
        for (const char* table : {"send_ledger", "secret", "secret_audit"}) // written without an action
            m_ids->startAfter(m_connection->integer("SELECT max(id) FROM " + std::string(table)));
        m_lastHlc = m_connection->text("SELECT hlc FROM action ORDER BY id DESC LIMIT 1");
        if (m_options.mode != OpenMode::ReadOnly) // a crash in the middle of a bulk write leaves no trace
            m_connection->script("UPDATE journal_state SET action_id = NULL, mode = 0, search_after = NULL "
                                 "WHERE action_id IS NOT NULL OR mode <> 0 OR search_after IS NOT NULL");
    } catch (const StoreException& e) {
        return fail(e.error());
    }
    m_connection->setUpdateHook([this](std::string_view table, std::int64_t rowid) { onRowChanged(table, rowid); });
    m_key = key.clone();
    for (int i = 0; i < std::max(1, m_options.readers); ++i) {
        auto reader = std::make_unique<Reader>();
        reader->worker = std::make_unique<Worker>("reader " + std::to_string(i), m_options.workerMode);
        m_readers.push_back(std::move(reader));
    }
    if (m_options.mode != OpenMode::ReadOnly && m_options.workerMode == WorkerMode::Thread) {
        m_checkpointer = std::make_unique<Worker>("checkpoints");
        m_connection->setCommitHook([this](int walPages) { afterCommit(walPages); });
    }
    m_writer = std::make_unique<Worker>("writer", m_options.workerMode);
    return {};
}

// Copying pages from the WAL into the file, and waiting for the disk, is no work of the writer's: nobody who writes
// waits for it.
void Store::afterCommit(int walPages) {
    if (walPages >= mostWalPages) {
        m_connection->checkpoint();
        return;
    }
    if (walPages < pagesWorthACheckpoint || m_isCheckpointing.exchange(true))
        return;
    m_checkpointer->post([this] {
        if (!m_checkpoints) {
            constexpr int cacheKiB = 256; // pages are copied as they are
            if (auto opened = Connection::open(
                    {.path = m_options.path, .mode = OpenMode::ReadWrite, .cacheKiB = cacheKiB, .vfs = m_options.vfs}, m_key))
                m_checkpoints = *std::move(opened);
        }
        if (m_checkpoints)
            m_checkpoints->checkpoint();
        m_isCheckpointing = false;
    });
}

Result<> Store::loadReplica(Random& random) {
    const std::string stored = m_connection->text("SELECT value FROM meta WHERE key = 'replica'");
    if (!stored.empty()) {
        m_replica = static_cast<std::uint16_t>(std::stoi(stored));
        return {};
    }
    if (m_options.mode == OpenMode::ReadOnly)
        return fail(ErrorCode::StoreDamaged, "no replica number");
    m_replica = static_cast<std::uint16_t>(random.below(0x10000));
    m_connection->run("INSERT INTO meta(key, value) VALUES ('replica', ?1)", std::to_string(m_replica));
    return {};
}

Store::Reader& Store::nextReader() {
    const auto least = std::min_element(m_readers.begin(), m_readers.end(),
                                        [](const auto& a, const auto& b) { return a->queued.load() < b->queued.load(); });
    ++(*least)->queued;
    return **least;
}

Result<> Store::prepareReader(Reader& reader) {
    if (reader.connection)
        return {};
    OUTRIDER_ASSIGN(
        reader.connection,
        Connection::open({.path = m_options.path, .mode = OpenMode::ReadOnly, .cacheKiB = readerCacheKiB, .vfs = m_options.vfs},
                         m_key));
    if (m_options.asOf)
        reader.past = std::make_unique<Past>(*reader.connection, *m_options.asOf);
    return {};
}

bool Store::showPast(Reader& reader) {
    if (reader.past == nullptr || reader.past->isCurrent())
        return true;
    reader.past->lay();
    return false;
}

Result<std::unique_ptr<Store>> Store::openAsOf(Instant moment, const Clock& clock, Random& random) const {
    StoreOptions options = m_options;
    options.mode = OpenMode::ReadOnly;
    options.readers = 1;
    options.asOf = moment;
    return open(options, m_key, clock, random);
}

Result<std::unique_ptr<Connection>> Store::connect(ConnectionOptions options) const {
    options.vfs = m_options.vfs;
    return Connection::open(options, m_key);
}

int Store::subscribe(Listener listener) {
    const std::lock_guard lock(m_listenersMutex);
    m_listeners.emplace(m_nextListener, std::move(listener));
    return m_nextListener++;
}

void Store::unsubscribe(int handle) {
    const std::lock_guard lock(m_listenersMutex);
    m_listeners.erase(handle);
}

void Store::onRowChanged(std::string_view table, std::int64_t rowid) {
    const auto kind = kindsByTable().find(table);
    if (kind != kindsByTable().end())
        m_changes.add(kind->second, rowid);
}

ActionId Store::beginAction(const ActionInfo& action, Instant now) {
    m_changeIdBefore = m_connection->integer("SELECT max(id) FROM change");
    const ActionId id{m_ids->next()};
    m_lastHlc = nextHlc(m_lastHlc, now, m_replica);
    m_connection->run("INSERT INTO action(id, name, subject, actor_id, origin, undoable, hlc, at) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                      id, action.name, action.subject, orNull(action.actor), action.origin, action.undoable, m_lastHlc, now);
    m_connection->run("UPDATE journal_state SET action_id = ?1, mode = 0", id);
    return id;
}

void Store::endAction(ActionId id, bool isNew) {
    const auto last = m_connection->integer("SELECT max(id) FROM change");
    if (last > m_changeIdBefore)
        m_connection->run("UPDATE action SET first_change = coalesce(first_change, ?2), last_change = ?3 WHERE id = ?1", id,
                          m_changeIdBefore + 1, last);
    else if (isNew) // nothing was changed: no deed to remember
        m_connection->run("DELETE FROM action WHERE id = ?1 AND kind = 0", id);
    m_connection->run("UPDATE journal_state SET action_id = NULL, mode = 0");
}

Result<std::unique_ptr<WriteContext>> Store::beginWrite(const WriteKind& kind) {
    if (m_options.mode == OpenMode::ReadOnly)
        return fail(ErrorCode::StoreReadOnly, m_options.path);
    if (m_failed)
        return fail(ErrorCode::StoreFailed, "an earlier write could not be completed");
    m_changes = {};
    const Instant now = m_clock.now();
    ActionId id;
    try {
        m_transaction = std::make_unique<Transaction>(*m_connection, Transaction::Kind::Write);
        if (indexesLeads())
            m_leadIndex->beginning(*m_connection);
        if (kind.begun != nullptr) {
            id = beginAction(*kind.begun, now);
        } else if (kind.continued) {
            id = kind.continued;
            m_changeIdBefore = m_connection->integer("SELECT max(id) FROM change");
            if (m_connection->integer("SELECT count(*) FROM action WHERE id = ?1 AND undone_by IS NULL", id) == 0) {
                m_transaction.reset();
                return fail(ErrorCode::Conflict, "the action was undone meanwhile");
            }
        }
        if (kind.continued)
            m_connection->run("UPDATE journal_state SET action_id = ?1, mode = 0", id);
    } catch (const StoreException& e) {
        m_transaction.reset();
        return fail(e.error());
    }
    return std::make_unique<WriteContext>(*m_connection, *m_ids, m_changes, now, id);
}

Result<> Store::endWrite(WriteContext& context, const WriteKind& kind, bool keep) {
    const auto transaction = std::move(m_transaction);
    LeadIndex* const leads = indexesLeads() ? m_leadIndex.get() : nullptr;
    if (!keep) {
        transaction->rollback();
        return {};
    }
    try {
        if (kind.isJournaled())
            endAction(context.action, kind.begun != nullptr);
    } catch (const StoreException& e) {
        transaction->rollback();
        return fail(e.error());
    }
    if (leads != nullptr)
        leads->committing();
    try {
        transaction->commit();
    } catch (const StoreException& e) {
        if (leads != nullptr)
            leads->rolledBack();
        if (e.error().code == ErrorCode::DiskFull) { // SQLite has put everything back; nothing is in doubt
            transaction->rollback();
            return fail(e.error());
        }
        m_failed = true;
        qCCritical(logStore, "a COMMIT failed (%d): the store is read-only until opened anew", e.error().native);
        return fail(ErrorCode::StoreFailed, e.error().detail, e.error().native);
    }
    if (leads != nullptr)
        leads->committed();
    if (!m_changes.empty()) {
        const std::lock_guard lock(m_listenersMutex);
        for (const auto& [handle, listener] : m_listeners)
            listener(m_changes);
    }
    return {};
}

WriteContext::BulkInsert::BulkInsert(WriteContext& context) : m_context(context) {
    m_context.m_bulk = this;
    m_context.db.run("UPDATE journal_state SET mode = 1");
}

WriteContext::BulkInsert::~BulkInsert() {
    if (m_finished)
        return;
    m_context.m_bulk = nullptr;
    try { // reached only when the transaction is being rolled back
        m_context.db.run("UPDATE journal_state SET mode = 0");
    } catch (const StoreException&) { // NOLINT(bugprone-empty-catch)
    }
}

void WriteContext::BulkInsert::inserted(int tableNumber, std::int64_t id) {
    for (Range& range : m_ranges) {
        if (range.table == tableNumber) {
            range.last = id;
            return;
        }
    }
    m_ranges.push_back({tableNumber, id, id});
}

void WriteContext::BulkInsert::finish() {
    m_context.m_bulk = nullptr;
    m_finished = true;
    m_context.db.run("UPDATE journal_state SET mode = 0");
    for (const Range& range : m_ranges) {
        m_context.db.run("INSERT INTO change(action_id, tbl, row_id, op, new) VALUES (?1, ?2, ?3, 3, ?4)", m_context.action,
                         range.table, range.first, range.last);
        const std::string_view table = journaledTable(range.table)->name;
        if (!m_context.m_searchLater && (table == "lead" || table == "company")) {
            const std::string name(table);
            m_context.db.run("INSERT INTO " + name + "_search(rowid, words) SELECT id, words FROM " + name
                                 + "_words WHERE id BETWEEN ?1 AND ?2",
                             range.first, range.last);
        }
    }
}

WriteContext::SearchLater::SearchLater(WriteContext& context) : m_context(context), m_after(context.m_ids.next()) {
    m_context.m_searchLater = true;
    m_context.db.run("UPDATE journal_state SET search_after = ?1", m_after);
}

WriteContext::SearchLater::~SearchLater() {
    if (!m_finished) // reached only when the transaction is being rolled back
        m_context.m_searchLater = false;
}

void WriteContext::SearchLater::finish() {
    m_context.m_searchLater = false;
    m_finished = true;
    m_context.db.run("UPDATE journal_state SET search_after = NULL");
    m_context.db.run("INSERT INTO company_search(rowid, words) SELECT id, words FROM company_words WHERE id > ?1", m_after);
    m_context.db.run("INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id > ?1", m_after);
}

} // namespace outrider::store
