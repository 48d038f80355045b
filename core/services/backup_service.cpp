// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/backup_service.h"

#include "core/base/deliver.h"
#include "core/base/log.h"
#include "core/security/key_file.h"
#include "core/services/service_context.h"
#include "core/store/archive.h"
#include "core/store/backup.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QPromise>

#include <nlohmann/json.hpp>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;

namespace {

constexpr auto pause = std::chrono::minutes(1); // between two looks whether one is due
constexpr std::int64_t largeBytes = std::int64_t(1) << 30;
constexpr const char* settingKey = "backup";
constexpr const char* changeKey = "backup_upto"; // the youngest action in the last backup

Result<SecureBytes> keyOf(const std::string& path, const UnlockWith& with) {
    if (!QFileInfo::exists(QString::fromStdString(path)))
        return fail(ErrorCode::FileNotFound, path);
    OUTRIDER_ASSIGN(const security::KeyFile keys, security::KeyFile::load(path + ".keys"));
    const SecureBytes empty;
    const SecureBytes& secret = with.secret ? *with.secret : empty;
    switch (with.method) {
    case UnlockWith::Method::Passphrase:
        return keys.unlockWithPassphrase(secret);
    case UnlockWith::Method::RecoveryCode:
        return keys.unlockWithRecoveryCode(secret);
    case UnlockWith::Method::Keychain:
        break;
    }
    return fail(ErrorCode::Unsupported, "keychain");
}

} // namespace

BackupPolicy backupPolicyOf(const std::string& text) {
    BackupPolicy policy;
    const json stored = json::parse(text, nullptr, false);
    if (!stored.is_object())
        return policy;
    const auto number = [&stored](const char* key, int fallback) {
        const auto found = stored.find(key);
        return found != stored.end() && found->is_number_integer() ? found->get<int>() : fallback;
    };
    if (const auto found = stored.find("automatic"); found != stored.end() && found->is_boolean())
        policy.automatic = found->get<bool>();
    if (const auto found = stored.find("folder"); found != stored.end() && found->is_string())
        policy.folder = found->get<std::string>();
    policy.hourly = number("hourly", policy.hourly);
    policy.daily = number("daily", policy.daily);
    policy.weekly = number("weekly", policy.weekly);
    return policy;
}

BackupService::BackupService(ServiceContext& context)
    : m_context(context),
      m_worker(std::make_unique<Worker>("backup", context.environment().workers)) {}

BackupService::~BackupService() { finish(); }

std::string BackupService::folderOf(const BackupPolicy& policy) const {
    return policy.folder.empty() ? backupFolderOf(m_context.store().path()) : policy.folder;
}

Result<BackupPolicy> BackupService::readPolicy() {
    return wait(m_context.store().read(
        [](ReadContext& r) -> Result<BackupPolicy> { return backupPolicyOf(SettingRepository(r.db).get(settingKey)); }));
}

Result<BackupFacts> BackupService::make(BackupKind kind, const std::string& folder, const ProgressPtr& progress) {
    if (m_context.isPractice())
        return fail(ErrorCode::Unsupported, "backups of the practice workspace");
    const auto made = [&]() -> Result<BackupFacts> {
        Store& store = m_context.store();
        OUTRIDER_ASSIGN(const BackupPolicy policy, readPolicy());
        const QDir place(QString::fromStdString(folder.empty() ? folderOf(policy) : folder));
        if (!place.exists() && !place.mkpath(QStringLiteral(".")))
            return fail(ErrorCode::FileUnwritable, place.path().toStdString());
        QLockFile lock(place.filePath(QStringLiteral(".backup.lock")));
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0))
            return fail(lock.error() == QLockFile::LockFailedError ? ErrorCode::Busy : ErrorCode::FileUnwritable,
                        place.path().toStdString());
        // What a process that was killed has left.
        for (const QFileInfo& rest : place.entryInfoList({QStringLiteral("*.outrider.partial*")}, QDir::Files))
            QFile::remove(rest.absoluteFilePath());
        std::int64_t upTo = 0;
        OUTRIDER_ASSIGN(upTo, wait(store.read([](ReadContext& r) -> Result<std::int64_t> { return youngestAction(r.db); })));
        OUTRIDER_ASSIGN(BackupFacts facts,
                        store::writeBackup(store,
                                           newBackupPath(place.path().toStdString(), store.path(), m_context.clock().now(), kind),
                                           kind, *progress));
        for (const BackupFile& old : outdatedBackups(backupsIn(place.path().toStdString(), store.path()), policy))
            removeBackup(old);
        if (!store.isReadOnly())
            OUTRIDER_TRY(wait(store.writeSilently([upTo](WriteContext& write) -> Result<> {
                SettingRepository(write.db).setMeta(write, changeKey, std::to_string(upTo));
                return {};
            })));
        return facts;
    }();
    const std::lock_guard lock(m_mutex);
    if (made)
        m_error.reset();
    else if (made.error().code != ErrorCode::Cancelled && made.error().code != ErrorCode::Busy)
        m_error = made.error();
    return made;
}

void BackupService::keep(const ProgressPtr& progress) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_asked, [](const auto& asked) { return asked.expired(); });
    m_asked.push_back(progress);
}

QFuture<Result<BackupFacts>> BackupService::create(std::string folder, ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    keep(progress);
    return m_worker->run([this, folder = std::move(folder), progress]() { return make(BackupKind::Manual, folder, progress); });
}

QFuture<Result<std::vector<BackupFile>>> BackupService::list(std::string folder) {
    return m_context.background().run([this, folder = std::move(folder)]() -> Result<std::vector<BackupFile>> {
        OUTRIDER_ASSIGN(const BackupPolicy policy, readPolicy());
        return backupsIn(folder.empty() ? folderOf(policy) : folder, m_context.store().path());
    });
}

QFuture<Result<BackupFacts>> BackupService::verify(std::string path, ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    keep(progress);
    return m_worker->run([this, path = std::move(path), progress]() -> Result<BackupFacts> {
        if (!QFileInfo::exists(QString::fromStdString(path)))
            return fail(ErrorCode::FileNotFound, path);
        return store::checkBackup(path, m_context.store().key(), *progress);
    });
}

QFuture<Result<BackupFacts>> BackupService::restore(std::string path, std::string target, std::optional<UnlockWith> with,
                                                    ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    keep(progress);
    return m_worker->run(
        [this, path = std::move(path), target = std::move(target), with = std::move(with), progress]() -> Result<BackupFacts> {
            if (with)
                return restoreBackup(m_context.environment(), path, target, *with, progress);
            if (!QFileInfo::exists(QString::fromStdString(path)))
                return fail(ErrorCode::FileNotFound, path);
            return store::restoreBackup(path, target, m_context.store().key(), m_context.environment().random, *progress);
        });
}

QFuture<Result<ArchiveFacts>> BackupService::exportArchive(ArchiveFormat format, std::string folder, ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    keep(progress);
    return m_worker->run([this, format, folder = std::move(folder), progress] {
        return store::exportArchive(m_context.store(), format, folder, *progress);
    });
}

QFuture<Result<ArchiveFacts>> BackupService::importArchive(std::string folder, ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    keep(progress);
    return m_worker->run([this, folder = std::move(folder), progress]() -> Result<ArchiveFacts> {
        OUTRIDER_ASSIGN(const ArchiveFacts facts, store::importArchive(m_context.store(), folder, *progress));
        OUTRIDER_TRY(m_context.loadSettings());
        return facts;
    });
}

QFuture<Result<BackupPolicy>> BackupService::policy() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<BackupPolicy> { return backupPolicyOf(SettingRepository(r.db).get(settingKey)); });
}

QFuture<Result<>> BackupService::setPolicy(BackupPolicy policy) {
    return m_context.store().write(m_context.action("settings.backup"), [policy](WriteContext& write) -> Result<> {
        if (policy.hourly < 0 || policy.daily < 0 || policy.weekly < 0)
            return fail(ErrorCode::InvalidArgument, "how many backups to keep");
        SettingRepository(write.db).set(write, settingKey,
                                        json{{"automatic", policy.automatic},
                                             {"folder", policy.folder},
                                             {"hourly", policy.hourly},
                                             {"daily", policy.daily},
                                             {"weekly", policy.weekly}}
                                            .dump());
        return {};
    });
}

QFuture<Result<BackupService::Status>> BackupService::status() {
    return m_context.background().run([this]() -> Result<Status> {
        if (m_context.isPractice())
            return fail(ErrorCode::Unsupported, "backups of the practice workspace");
        OUTRIDER_ASSIGN(const BackupPolicy policy, readPolicy());
        Status status{.folder = folderOf(policy), .automatic = policy.automatic};
        for (BackupFile& file : backupsIn(status.folder, m_context.store().path())) {
            ++status.count;
            status.bytes += file.bytes;
            status.last = std::move(file);
        }
        const std::lock_guard lock(m_mutex);
        status.error = m_error;
        return status;
    });
}

void BackupService::start() {
    if (m_thread.joinable() || m_context.isPractice() || m_context.store().isReadOnly())
        return;
    m_stopping = false;
    m_thread = std::thread([this] { loop(); });
}

void BackupService::finish() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        if (m_running)
            m_running->cancel();
        for (const auto& asked : m_asked) {
            if (const ProgressPtr progress = asked.lock())
                progress->cancel();
        }
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    m_worker.reset();
}

void BackupService::loop() {
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, pause, [this] { return m_stopping; });
            if (m_stopping)
                return;
            m_running = std::make_shared<Progress>();
        }
        look();
        const std::lock_guard lock(m_mutex);
        m_running.reset();
    }
}

bool BackupService::hasChanged() {
    return wait(m_context.store().read([](ReadContext& r) -> Result<bool> {
               return SettingRepository(r.db).meta(changeKey) != std::to_string(youngestAction(r.db));
           }))
        .value_or(false);
}

void BackupService::look() {
    const auto policy = readPolicy();
    if (!policy)
        return;
    const std::string& path = m_context.store().path();
    const auto due = dueBackup(backupsIn(folderOf(*policy), path), *policy, QFileInfo(QString::fromStdString(path)).size(),
                               m_context.clock().now());
    if (!due || !hasChanged())
        return;
    ProgressPtr progress;
    {
        const std::lock_guard lock(m_mutex);
        progress = m_running ? m_running : std::make_shared<Progress>();
    }
    if (const auto made = make(*due, {}, progress); !made)
        qCWarning(logStore, "the automatic backup was not made: %s", std::string(name(made.error().code)).c_str());
}

Result<> BackupService::beforeImport(const ProgressPtr& progress) {
    if (m_context.isPractice())
        return {};
    const auto worthIt =
        wait(m_context.store().read([](ReadContext& r) -> Result<bool> { return LeadRepository(r.db).countAll() > 0; }));
    if (!worthIt.value_or(false) || !hasChanged())
        return {};
    // Copying gigabytes takes minutes: then one a day is enough.
    const QString path = QString::fromStdString(m_context.store().path());
    if (const auto known = readPolicy(); known && QFileInfo(path).size() >= largeBytes) {
        const auto backups = backupsIn(folderOf(*known), path.toStdString());
        if (!backups.empty() && backups.back().at > m_context.clock().now() - std::chrono::hours(24))
            return {};
    }
    const auto made = make(BackupKind::BeforeImport, {}, progress ? progress : std::make_shared<Progress>());
    if (!made && made.error().code == ErrorCode::Cancelled)
        return fail(ErrorCode::Cancelled);
    if (!made)
        qCWarning(logStore, "no backup was made before the import: %s", std::string(name(made.error().code)).c_str());
    return {};
}

std::vector<BackupFile> backupsBeside(const std::string& workspacePath) {
    return backupsIn(backupFolderOf(workspacePath), workspacePath);
}

std::string restoredPath(const std::string& workspacePath) {
    const QFileInfo workspace(QString::fromStdString(workspacePath));
    const auto isFree = [](const QString& path) {
        return !QFileInfo::exists(path) && !QFileInfo::exists(path + QStringLiteral(".keys"));
    };
    QString path = workspace.absoluteFilePath();
    for (int n = 1; !isFree(path); ++n) {
        const QString number = n == 1 ? QString() : QStringLiteral("-%1").arg(n);
        path = workspace.absoluteDir().filePath(workspace.completeBaseName() + QStringLiteral("-restored") + number
                                                + QStringLiteral(".outrider"));
    }
    return path.toStdString();
}

Result<BackupFacts> verifyBackup(const std::string& path, const UnlockWith& with, const ProgressPtr& progress) {
    OUTRIDER_ASSIGN(const SecureBytes key, keyOf(path, with));
    return store::checkBackup(path, key, *(progress ? progress : std::make_shared<Progress>()));
}

Result<BackupFacts> restoreBackup(Environment& environment, const std::string& path, const std::string& target,
                                  const UnlockWith& with, const ProgressPtr& progress) {
    OUTRIDER_ASSIGN(const SecureBytes key, keyOf(path, with));
    auto restored =
        store::restoreBackup(path, target, key, environment.random, *(progress ? progress : std::make_shared<Progress>()));
    if (!restored && restored.error().code == ErrorCode::WrongKey) // its slot has proven the key
        return fail(ErrorCode::StoreDamaged, path);
    return restored;
}

namespace {

// Lives until its answer was taken.
class Restoring : public QObject {
public:
    explicit Restoring(Environment& environment) : m_environment(environment), m_worker("restore", environment.workers) {}

    QFuture<Result<BackupFacts>> run(std::string path, std::string target, UnlockWith with, ProgressPtr progress) {
        auto promise = std::make_shared<QPromise<Result<BackupFacts>>>();
        promise->start();
        deliver(m_worker.run([this, path = std::move(path), target = std::move(target), with = std::move(with), progress] {
            return restoreBackup(m_environment, path, target, with, progress);
        }),
                this, [this, promise](Result<BackupFacts> result) {
                    promise->addResult(std::move(result));
                    promise->finish();
                    deleteLater();
                });
        return promise->future();
    }

private:
    Environment& m_environment;
    Worker m_worker;
};

} // namespace

QFuture<Result<BackupFacts>> restoreWorkspace(Environment& environment, std::string path, std::string target, UnlockWith with,
                                              ProgressPtr progress) {
    return (new Restoring(environment))->run(std::move(path), std::move(target), std::move(with), std::move(progress));
}

} // namespace outrider
