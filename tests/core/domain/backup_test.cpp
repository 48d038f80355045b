// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/backup.h"

#include "support/test_registry.h"

using namespace outrider;
using namespace std::chrono_literals;

namespace {

const Instant now = *parseIso8601("2026-11-24T10:15:00");
constexpr std::int64_t small = 1 << 20;

BackupFile made(BackupKind kind, Millis ago) { return {.path = std::string(name(kind)), .at = now - ago, .kind = kind}; }

} // namespace

class BackupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_backups_name_says_when_and_why_and_reads_back() {
        for (const auto& [kind, word] : backupKindNames.entries) {
            const std::string file = backupFileName("work", now, kind);
            QCOMPARE(file, "work-20261124T101500Z-" + std::string(word) + ".outrider");
            const auto read = readBackupFileName(file, "work");
            QVERIFY(read && read->at == now && read->kind == kind);
        }
        QVERIFY(readBackupFileName("work-20261124T101500Z-manual-2.outrider", "work"));
    }

    void a_name_that_is_not_one_is_left_alone() {
        for (const char* file :
             {"work.outrider", "work-20261124T101500Z-manual.outrider.keys", "work-20261124T101500Z-manual.outrider.partial",
              "work-2-20261124T101500Z-manual.outrider", "other-20261124T101500Z-manual.outrider",
              "work-20261399T101500Z-manual.outrider", "work-20261124T101500Z-monthly.outrider",
              "work-20261124T101500Z-manual-x.outrider", "", "work-"})
            QVERIFY2(!readBackupFileName(file, "work"), file);
    }

    void each_kind_is_due_when_none_of_it_or_rarer_is_young_enough() {
        const BackupPolicy policy;
        QCOMPARE(dueBackup({}, policy, small, now), std::optional(BackupKind::Weekly));
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 30min)}, policy, small, now), std::nullopt);
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 61min)}, policy, small, now), std::optional(BackupKind::Hourly));
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 25h)}, policy, small, now), std::optional(BackupKind::Daily));
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 25h), made(BackupKind::Daily, 2h), made(BackupKind::Hourly, 59min)}, policy,
                           small, now),
                 std::nullopt);
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 169h), made(BackupKind::Daily, 2h)}, policy, small, now),
                 std::optional(BackupKind::Weekly));
        QCOMPARE(dueBackup({made(BackupKind::Manual, 1min)}, policy, small, now), std::optional(BackupKind::Weekly));
    }

    void a_large_workspace_is_not_copied_every_hour() {
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 5h)}, {}, std::int64_t(2) << 30, now), std::nullopt);
        QCOMPARE(dueBackup({made(BackupKind::Weekly, 25h)}, {}, std::int64_t(2) << 30, now), std::optional(BackupKind::Daily));
    }

    void a_backup_from_the_future_counts_for_nothing() {
        QCOMPARE(dueBackup({made(BackupKind::Weekly, -48h)}, {}, small, now), std::optional(BackupKind::Weekly));
    }

    void a_policy_that_is_off_makes_none() { QCOMPARE(dueBackup({}, {.automatic = false}, small, now), std::nullopt); }

    void the_oldest_of_each_kind_go_and_those_made_by_hand_stay() {
        std::vector<BackupFile> files;
        for (int i = 0; i < 30; ++i) {
            files.push_back(made(BackupKind::Hourly, i * 1h));
            files.push_back(made(BackupKind::Manual, i * 1h));
        }
        const auto outdated = outdatedBackups(files, {.hourly = 24});
        QCOMPARE(outdated.size(), std::size_t(6));
        for (const BackupFile& file : outdated)
            QVERIFY(file.kind == BackupKind::Hourly && file.at <= now - 24h);
    }
};

OUTRIDER_TEST(BackupTest)
#include "backup_test.moc"
