// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/send_fence.h"

#include "core/base/log.h"
#include "core/store/sqlite/connection.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <sodium.h>

#include <array>
#include <charconv>
#include <cstdio>

#if defined(Q_OS_UNIX)
#include <sys/stat.h>
#endif

namespace outrider::store {

namespace {

constexpr auto clockTolerance = std::chrono::minutes(5); // what a time server may correct
constexpr int mostRecord = 8192;
constexpr const char* magic = "outrider-fence-1";

// Not the machine's id itself, which is nobody's business.
std::string thisComputer() {
    const QByteArray id = QSysInfo::machineUniqueId();
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(id.constData()),
                       static_cast<unsigned long long>(id.size()), reinterpret_cast<const unsigned char*>(magic), 16);
    std::array<char, 2 * hash.size() + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

// A file put back from a backup of the whole disk is another file, even with the same name.
// Its inode may be used again; its birth does not come again.
std::uint64_t fileNumber(const QString& path) {
    const QDateTime born = QFileInfo(path).birthTime();
    std::uint64_t number = born.isValid() ? static_cast<std::uint64_t>(born.toMSecsSinceEpoch()) << 20 : 0;
#if defined(Q_OS_UNIX)
    struct stat facts {};
    if (::stat(QFile::encodeName(path).constData(), &facts) == 0)
        number ^= facts.st_ino;
#endif
    return number;
}

// Of this running of the computer; empty where none is known.
std::string thisBoot() { return QSysInfo::bootUniqueId().toStdString(); }

std::string newLineage(Random& random) {
    std::array<char, 33> text{};
    std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(random.next()),
                  static_cast<unsigned long long>(random.next()));
    return text.data();
}

struct Row {
    std::string lineage;
    std::int64_t sends = 0;
    std::int64_t latest = 0;
    FenceReason raised = FenceReason::None;
};

Row rowOf(Connection& db) {
    Statement row = db.prepare("SELECT lineage, sends, latest_at, raised FROM send_fence WHERE id = 1");
    if (!row.step())
        return {};
    return {row.text(0), row.integer(1), row.integer(2), row.value<FenceReason>(3)};
}

bool isBack(const Row& row, Instant now) { return toEpochMillis(now + clockTolerance) < row.latest; }

} // namespace

// One line of a length that stays, so that counting on writes over the same bytes:
// magic, lineage, sends, computer, file number, path.
struct SendFence::Record {
    std::string lineage;
    std::int64_t sends = 0;
    std::string computer;
    std::uint64_t number = 0;
    std::string path;

    QByteArray text() const {
        std::array<char, 160> head{};
        std::snprintf(head.data(), head.size(), "%s %s %020lld %s %020llu ", magic, lineage.c_str(),
                      static_cast<long long>(sends), computer.c_str(), static_cast<unsigned long long>(number));
        return QByteArray(head.data()) + QByteArray::fromStdString(path) + '\n';
    }

    static std::optional<Record> parse(const QByteArray& line) {
        const QList<QByteArray> parts = line.left(line.indexOf('\n')).split(' ');
        if (!line.contains('\n') || parts.size() < 6 || parts[0] != magic)
            return std::nullopt;
        bool countFits = false;
        bool numberFits = false;
        Record record{.lineage = parts[1].toStdString(),
                      .sends = parts[2].toLongLong(&countFits),
                      .computer = parts[3].toStdString(),
                      .number = parts[4].toULongLong(&numberFits),
                      .path = QByteArray(parts.mid(5).join(' ')).toStdString()};
        return countFits && numberFits && !record.lineage.empty() ? std::optional(record) : std::nullopt;
    }
};

namespace {

// Whether the record is of this very file, as it is now or as it was a moment before.
template <typename Record>
bool isOf(const Record& record, const Row& row, const QString& recordPath, const std::string& storePath) {
    return record.lineage == row.lineage && row.sends >= record.sends && record.computer == thisComputer()
           && record.path == storePath && record.number == fileNumber(recordPath);
}

} // namespace

SendFence::SendFence() = default;
SendFence::~SendFence() = default;

FenceReason SendFence::raised(Connection& db) { return rowOf(db).raised; }

void SendFence::raise(Connection& db, FenceReason reason) {
    db.run("UPDATE send_fence SET raised = ?1 WHERE id = 1 AND raised = 0", reason);
    db.run("DELETE FROM send_fence_pass");
    // Also what is in its undo window; not what the person holds, or what lacks something.
    db.run("UPDATE outbox SET state = 1, wait_reason = 10"
           " WHERE state = 0 OR (state = 1 AND wait_reason NOT IN (2, 10, 11))");
}

bool SendFence::lets(Connection& db, OutboxId id) {
    return raised(db) == FenceReason::None || db.integer("SELECT count(*) FROM send_fence_pass WHERE outbox_id = ?1", id) > 0;
}

void SendFence::pass(Connection& db, OutboxId id) {
    if (raised(db) != FenceReason::None)
        db.run("INSERT OR IGNORE INTO send_fence_pass(outbox_id) VALUES (?1)", id);
}

void SendFence::lower(Connection& db, Instant now, Random& random) {
    db.run("UPDATE send_fence SET raised = 0, lineage = ?1, latest_at = min(latest_at, ?2) WHERE id = 1", newLineage(random),
           now);
    db.run("DELETE FROM send_fence_pass");
    db.run(
        "UPDATE outbox SET state = 0, wait_reason = 0, earliest_at = max(earliest_at, ?1) WHERE state = 1 AND wait_reason = 10",
        now);
}

Result<> SendFence::lowered(Connection& db) {
    const Row row = rowOf(db);
    const std::lock_guard lock(m_mutex);
    if (m_recordPath.empty())
        return {};
    m_lineage = row.lineage;
    m_followed = row.sends;
    m_file.reset();
    return writeRecord({.lineage = row.lineage, .sends = row.sends});
}

void SendFence::checkClock(Connection& db, Instant now) const {
    {
        const std::lock_guard lock(m_mutex);
        if (m_recordPath.empty())
            return;
    }
    const Row row = rowOf(db);
    if (row.raised == FenceReason::None && isBack(row, now)) {
        qCWarning(logSend, "the clock is behind what has left: nothing leaves");
        raise(db, FenceReason::ClockBack);
    }
}

Result<FenceReason> SendFence::watch(Connection& db, Instant now, Random& random, const std::string& recordPath,
                                     const std::string& storePath) {
    const std::lock_guard lock(m_mutex);
    m_recordPath = recordPath;
    m_storePath = QFileInfo(QString::fromStdString(storePath)).absoluteFilePath().toStdString();
    const QString path = QString::fromStdString(recordPath);
    const auto raiseFor = [&](FenceReason reason) {
        qCWarning(logSend, "the send fence is up: %s", std::string(name(reason)).c_str());
        raise(db, reason);
        return reason;
    };
    if (db.integer("SELECT count(*) FROM meta WHERE key = 'restored'") > 0) {
        db.run("DELETE FROM meta WHERE key = 'restored'");
        return raiseFor(FenceReason::Restored);
    }
    Row row = rowOf(db);
    if (row.raised != FenceReason::None) {
        raise(db, row.raised); // also what was only claimed when the copy was made
        return row.raised;
    }

    std::optional<Record> record;
    QFile file(path);
    const bool exists = file.exists();
    if (exists && file.open(QIODevice::ReadOnly))
        record = Record::parse(file.read(mostRecord));
    if (row.lineage.empty() && !exists) { // a new workspace, or one from before there was a fence
        row.lineage = newLineage(random);
        db.run("UPDATE send_fence SET lineage = ?1 WHERE id = 1", row.lineage);
        m_lineage = row.lineage;
        m_followed = row.sends;
        OUTRIDER_TRY(writeRecord({.lineage = row.lineage, .sends = row.sends}));
        return FenceReason::None;
    }
    if (!record || !isOf(*record, row, path, m_storePath))
        return raiseFor(FenceReason::Copy);
    m_lineage = row.lineage;
    m_followed = record->sends;
    if (isBack(row, now))
        return raiseFor(FenceReason::ClockBack);
    return FenceReason::None;
}

std::int64_t SendFence::count(Connection& db, Instant now, int messages) const {
    const auto follows = [this] { // else the record says nothing of what has begun
        const std::lock_guard lock(m_mutex);
        return !m_recordPath.empty() && !m_lineage.empty();
    };
    db.run("UPDATE send_fence SET sends = sends + ?1, latest_at = max(latest_at, ?2), boot = ?3 WHERE id = 1", messages, now,
           follows() ? thisBoot() : std::string());
    return db.integer("SELECT sends FROM send_fence WHERE id = 1") - messages + 1;
}

Result<> SendFence::follow(std::int64_t number) {
    const std::lock_guard lock(m_mutex);
    if (m_recordPath.empty() || m_lineage.empty() || number <= m_followed)
        return {};
    OUTRIDER_TRY(writeRecord({.lineage = m_lineage, .sends = number}));
    m_followed = number;
    return {};
}

std::optional<std::int64_t> SendFence::begun(Connection& db, const std::string& recordPath, const std::string& storePath) {
    const std::string boot = db.text("SELECT boot FROM send_fence WHERE id = 1");
    if (boot.empty() || boot != thisBoot())
        return std::nullopt;
    const QString path = QString::fromStdString(recordPath);
    QFile file(path);
    const auto record = file.open(QIODevice::ReadOnly) ? Record::parse(file.read(mostRecord)) : std::nullopt;
    if (!record || !isOf(*record, rowOf(db), path, QFileInfo(QString::fromStdString(storePath)).absoluteFilePath().toStdString()))
        return std::nullopt;
    return record->sends;
}

// With the mutex held. Not synced: a power cut that loses the last lines leaves a file ahead of its
// record, which is no other file.
Result<> SendFence::writeRecord(const Record& lines) {
    const QString path = QString::fromStdString(m_recordPath);
    if (!m_file) {
        QDir().mkpath(QFileInfo(path).absolutePath());
        m_file = std::make_unique<QFile>(path);
        if (!m_file->open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
            m_file.reset();
            return fail(ErrorCode::FileUnwritable, m_recordPath);
        }
        m_computer.clear();
        m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    if (m_computer.empty()) { // once a file that is opened: before every message it would cost as much as the message
        m_computer = thisComputer();
        m_fileNumber = fileNumber(path);
    }
    Record record = lines;
    record.computer = m_computer;
    record.number = m_fileNumber;
    record.path = m_storePath;
    const QByteArray text = record.text();
    if (!m_file->seek(0) || m_file->write(text) != text.size() || (m_file->size() > text.size() && !m_file->resize(text.size())))
        return fail(ErrorCode::FileUnwritable, m_recordPath);
    return {};
}

} // namespace outrider::store
