// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/backup_service.h"

#include "core/base/random.h"
#include "core/security/keychain.h"
#include "core/services/import_service.h"
#include "core/services/lead_service.h"
#include "core/services/workspace_opening.h"
#include "support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace outrider;
using namespace std::chrono_literals;

namespace {

class NoKeychain final : public security::Keychain {
public:
    QFuture<Result<SecureBytes>> read(const std::string&) override { return none<SecureBytes>(); }
    QFuture<Result<>> write(const std::string&, const SecureBytes&) override { return none<void>(); }
    QFuture<Result<>> remove(const std::string&) override { return none<void>(); }

private:
    template <typename T>
    static QFuture<Result<T>> none() {
        return ready(Result<T>(fail(ErrorCode::KeychainUnavailable)));
    }
};

} // namespace

class BackupServiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ManualClock> m_clock;
    SystemRandom m_random;
    NoKeychain m_keychain;
    std::unique_ptr<Environment> m_environment;
    std::shared_ptr<CreatedWorkspace> m_created;

    // Answers that are delivered by events, and those that are not.
    template <typename T>
    static Result<T> await(QFuture<Result<T>> future) {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 30'000))
            return fail(ErrorCode::TimedOut);
        return wait(std::move(future));
    }

    Workspace& workspace() { return *m_created->workspace; }
    BackupService& backups() { return workspace().backups(); }
    std::string path(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)).toStdString(); }

    bool addLead(const char* name) {
        return await(workspace().leads().add({{"first_name", name}, {"last_name", "Brandt"}})).has_value();
    }
    std::vector<BackupKind> kinds() {
        std::vector<BackupKind> kinds;
        const auto files = await(backups().list());
        for (const BackupFile& file : files ? *files : std::vector<BackupFile>())
            kinds.push_back(file.kind);
        return kinds;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>(*parseIso8601("2026-11-19T08:00"));
        m_environment =
            std::make_unique<Environment>(Environment{*m_clock, m_random, m_keychain, Origin::Window, WorkerMode::Thread, "UTC"});
        CreateWorkspace request{.path = path("work.outrider"), .name = "Harborline", .personName = "Mara"};
        request.passphrase = std::make_shared<SecureBytes>(std::string_view("a long enough passphrase"));
        auto created = await(createWorkspace(*m_environment, std::move(request)));
        VERIFY_OK(created);
        m_created = *created;
    }
    void cleanup() {
        m_created.reset();
        m_folder.reset();
    }

    void those_due_are_made_when_something_has_changed_and_only_then() {
        using enum BackupKind;
        QVERIFY(addLead("Zoë"));
        backups().look();
        QVERIFY(kinds() == std::vector{Weekly});
        m_clock->advance(2h);
        backups().look();
        QVERIFY(kinds() == std::vector{Weekly}); // nothing was done since
        QVERIFY(addLead("Anna"));
        backups().look();
        QVERIFY((kinds() == std::vector{Weekly, Hourly}));
        QVERIFY(addLead("Ben"));
        m_clock->advance(30min);
        backups().look();
        QVERIFY((kinds() == std::vector{Weekly, Hourly})); // not due
        m_clock->advance(24h);
        backups().look();
        QVERIFY((kinds() == std::vector{Weekly, Hourly, Daily}));
    }

    void more_than_the_policy_keeps_go_with_their_keys() {
        auto policy = await(backups().policy());
        VERIFY_OK(policy);
        policy->hourly = 2;
        policy->folder = path("elsewhere");
        VERIFY_OK(await(backups().setPolicy(*policy)));
        for (int i = 0; i < 6; ++i) {
            QVERIFY(addLead("Zoë"));
            m_clock->advance(61min);
            backups().look();
        }
        QVERIFY((kinds() == std::vector{BackupKind::Weekly, BackupKind::Hourly, BackupKind::Hourly}));
        QCOMPARE(QDir(m_folder->filePath(QStringLiteral("elsewhere"))).entryList(QDir::Files).size(), 6);
        const auto status = await(backups().status());
        VERIFY_OK(status);
        QCOMPARE(status->count, 3);
        QCOMPARE(status->folder, path("elsewhere"));
        QVERIFY(!status->error);
    }

    void a_place_that_takes_none_is_kept_for_the_person_to_see_until_one_is_made() {
        auto policy = await(backups().policy());
        policy->folder = "/proc/backups";
        VERIFY_OK(await(backups().setPolicy(*policy)));
        backups().look();
        auto status = await(backups().status());
        VERIFY_OK(status);
        QVERIFY(status->error && status->error->code == ErrorCode::FileUnwritable);
        VERIFY_OK(await(backups().create(path("fine"))));
        status = await(backups().status());
        QVERIFY(!status->error);
    }

    void a_large_import_is_preceded_by_one_and_a_small_one_is_not() {
        QVERIFY(addLead("Zoë"));
        const auto import = [this](const char* name, int rows) {
            QFile file(QString::fromStdString(path(name)));
            if (!file.open(QIODevice::WriteOnly))
                return false;
            file.write("First Name,Last Name,Email,Job Title\r\n");
            for (int i = 0; i < rows; ++i)
                file.write(
                    QStringLiteral("Jörg,Müller %1,l%1@x.example,Head of everything there is to be head of\r\n").arg(i).toUtf8());
            file.close();
            return await(workspace().imports().run({.path = path(name)})).has_value();
        };
        QVERIFY(import("small.csv", 10));
        QVERIFY(kinds().empty());
        QVERIFY(import("large.csv", 5000));
        QVERIFY(kinds() == std::vector{BackupKind::BeforeImport});
    }

    void what_a_killed_one_left_is_cleared_away_and_a_second_at_once_is_told() {
        const auto made = await(backups().create());
        VERIFY_OK(made);
        const QString folder = m_folder->filePath(QStringLiteral("backups"));
        QFile partial(folder + QStringLiteral("/work-20261119T080000Z-hourly.outrider.partial"));
        QVERIFY(partial.open(QIODevice::WriteOnly) && partial.write("half") == 4);
        partial.close();
        VERIFY_OK(await(backups().create()));
        QVERIFY(!partial.exists());
        QCOMPARE(kinds().size(), std::size_t(2)); // of the same second, under two names
    }

    void it_is_verified_with_the_workspaces_key_and_by_passphrase() {
        QVERIFY(addLead("Zoë"));
        const auto made = await(backups().create());
        VERIFY_OK(made);
        const auto checked = await(backups().verify(made->path));
        VERIFY_OK(checked);
        QCOMPARE(checked->hash, made->hash);
        const UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("a long enough passphrase"))};
        VERIFY_OK(verifyBackup(made->path, with));
        const UnlockWith wrong{.secret = std::make_shared<SecureBytes>(std::string_view("no"))};
        VERIFY_ERROR(verifyBackup(made->path, wrong), ErrorCode::WrongPassphrase);
        VERIFY_OK(restoreBackup(*m_environment, made->path, path("restored.outrider"), with));
        const auto opened = await(openWorkspace(*m_environment, path("restored.outrider"), with));
        VERIFY_OK(opened);
    }
};

OUTRIDER_TEST(BackupServiceTest)
#include "backup_service_test.moc"
