// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/workspace_opening.h"

#include "core/base/deliver.h"
#include "core/base/log.h"
#include "core/practice/practice_workspace.h"
#include "core/security/key_file.h"
#include "core/security/keychain.h"
#include "core/services/history_service.h"
#include "core/services/privacy_service.h"
#include "core/services/service_context.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/store.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QThread>

#include <functional>

namespace outrider {

using security::KeyFile;
using security::SlotKind;
using namespace outrider::store;

namespace {

QString qt(const std::string& path) { return QString::fromStdString(path); }

std::string keyPath(const std::string& storePath) { return storePath + ".keys"; }

Result<> makeFolder(const std::string& storePath) {
    const QDir folder = QFileInfo(qt(storePath)).absoluteDir();
    if (!folder.exists() && !folder.mkpath(QStringLiteral(".")))
        return fail(ErrorCode::FileUnwritable, folder.path().toStdString());
    return {};
}

// What a store is told at its birth.
Result<> introduce(Store& store, const CreateWorkspace& request, const std::string& workspaceId, Origin origin) {
    return wait(store.write({.name = "workspace.create", .subject = request.name, .origin = origin, .undoable = false},
                            [&](WriteContext& write) -> Result<> {
                                SettingRepository settings(write.db);
                                settings.setMeta(write, "name", request.name);
                                settings.setMeta(write, "workspace", workspaceId);
                                settings.setMeta(write, "created_at", toIso8601(write.now));
                                Member me{.name = request.personName, .email = request.personEmail};
                                MemberRepository(write.db).insert(write, me);
                                return {};
                            }));
}

std::string fenceRecord(Connection& db, const Store& store, const Environment& environment) {
    const std::string workspace = SettingRepository(db).meta("workspace");
    if (workspace.empty() || !environment.fenceFolder.empty())
        return workspace.empty() ? workspace : environment.fenceFolder + "/" + workspace + ".fence";
    return store.path() + ".fence";
}

// A restored backup or a copy has people in it who were erased since: they go before anybody sees them.
Result<> forgetErased(Store& store, const Environment& environment) {
    if (store.isReadOnly())
        return {};
    OUTRIDER_ASSIGN(const std::string list, wait(store.read([&](ReadContext& r) -> Result<std::string> {
                        return erasureListPath(r.db, store, environment);
                    })));
    OUTRIDER_TRY(eraseAgain(store, environment.random, list));
    return {};
}

// Keeps a copy, a restored backup or an older state from sending (store/send_fence.h). After recoverOutbox:
// what was only claimed when a copy was made is held too.
Result<> watchSends(Store& store, Environment& environment) {
    if (store.isReadOnly())
        return {};
    return wait(store.writeSilently([&](WriteContext& write) -> Result<> {
        const std::string record = fenceRecord(write.db, store, environment);
        if (record.empty())
            return {};
        OUTRIDER_TRY(store.fence().watch(write.db, write.now, environment.random, record, store.path()));
        return {};
    }));
}

// After a crash nobody knows what became of what was being sent.
Result<> recoverOutbox(Store& store, const Environment& environment) {
    if (store.isReadOnly())
        return {};
    return wait(store.writeSilently([&](WriteContext& write) -> Result<> {
        const std::string record = fenceRecord(write.db, store, environment);
        const auto recovered = OutboxRepository(write.db).recover(write, SendFence::begun(write.db, record, store.path()));
        if (recovered.unknown + recovered.requeued > 0)
            qCWarning(logSend, "after a crash: %d sends unknown, %d queued again", recovered.unknown, recovered.requeued);
        return {};
    }));
}

} // namespace

// One creating or opening: steps on a worker of its own and, for the keychain, on the caller's thread.
// Deletes itself at the end.
class WorkspaceOpening : public QObject {
public:
    explicit WorkspaceOpening(Environment& environment)
        : m_environment(environment),
          m_home(QThread::currentThread()),
          m_worker("opening", environment.workers) {}

    QFuture<Result<std::shared_ptr<CreatedWorkspace>>> create(CreateWorkspace request) {
        auto promise = begin<std::shared_ptr<CreatedWorkspace>>();
        auto shared = std::make_shared<CreateWorkspace>(std::move(request));
        deliver(m_worker.run([this, shared]() { return createNow(*shared); }), this, [this, promise, shared](Result<Made> made) {
            if (!made) {
                end(promise, Result<std::shared_ptr<CreatedWorkspace>>(fail(std::move(made).error())));
                return;
            }
            auto created = std::make_shared<CreatedWorkspace>();
            created->workspace = std::move(made->workspace);
            created->recoveryCode = std::move(made->recoveryCode);
            if (!shared->keychain) {
                end(promise, Result<std::shared_ptr<CreatedWorkspace>>(std::move(created)));
                return;
            }
            auto key = std::make_shared<SecureBytes>(std::move(made->key));
            const std::string entry = security::keychainEntry(made->keyFile.workspaceId());
            auto keyFile = std::make_shared<KeyFile>(std::move(made->keyFile));
            deliver(m_environment.keychain.write(entry, *key), this,
                    [this, promise, created, key, keyFile, shared](Result<> written) {
                        created->keychain = written;
                        if (written) {
                            keyFile->setKeychain(*key);
                            created->keychain = keyFile->save(keyPath(shared->path));
                        }
                        end(promise, Result<std::shared_ptr<CreatedWorkspace>>(created));
                    });
        });
        return promise->future();
    }

    QFuture<Result<std::shared_ptr<Workspace>>> open(std::string path, UnlockWith with, bool readOnly) {
        auto promise = begin<std::shared_ptr<Workspace>>();
        if (with.method != UnlockWith::Method::Keychain) {
            finish(promise, m_worker.run([this, path, with, readOnly]() -> Result<std::shared_ptr<Workspace>> {
                OUTRIDER_ASSIGN(const KeyFile keyFile, loadKeys(path));
                const SecureBytes empty;
                const SecureBytes& secret = with.secret ? *with.secret : empty;
                auto key = with.method == UnlockWith::Method::Passphrase ? keyFile.unlockWithPassphrase(secret)
                                                                         : keyFile.unlockWithRecoveryCode(secret);
                if (!key)
                    return fail(std::move(key).error());
                return openNow(path, *key, readOnly, false);
            }));
            return promise->future();
        }
        deliver(m_worker.run([path]() { return loadKeys(path); }), this, [=, this](Result<KeyFile> loaded) {
            if (!loaded || !loaded->has(SlotKind::Keychain)) {
                end(promise, Result<std::shared_ptr<Workspace>>(loaded ? fail(ErrorCode::NoSuchKeySlot, "keychain")
                                                                       : fail(std::move(loaded).error())));
                return;
            }
            auto keyFile = std::make_shared<KeyFile>(std::move(*loaded));
            deliver(m_environment.keychain.read(security::keychainEntry(keyFile->workspaceId())), this,
                    [=, this](Result<SecureBytes> read) {
                        if (!read || !keyFile->isKey(*read)) { // another key under our name is as good as none
                            end(promise, Result<std::shared_ptr<Workspace>>(read ? fail(ErrorCode::KeychainEntryMissing)
                                                                                 : fail(std::move(read).error())));
                            return;
                        }
                        auto key = std::make_shared<SecureBytes>(std::move(*read));
                        finish(promise,
                               m_worker.run([this, path, key, readOnly]() { return openNow(path, *key, readOnly, false); }));
                    });
        });
        return promise->future();
    }

    QFuture<Result<std::shared_ptr<Workspace>>> practice(std::string path) {
        auto promise = begin<std::shared_ptr<Workspace>>();
        finish(promise, m_worker.run([this, path]() -> Result<std::shared_ptr<Workspace>> {
            const SecureBytes key = practice::practiceKey();
            if (!QFileInfo::exists(qt(path))) {
                OUTRIDER_TRY(makeFolder(path));
                // Made beside and moved into place: one that was interrupted is never mistaken for a whole one.
                const std::string beside = path + ".new";
                for (const char* suffix : {"", "-wal", "-shm", ".lock"})
                    QFile::remove(qt(beside + suffix));
                {
                    OUTRIDER_ASSIGN(const auto store, Store::open({.path = beside, .mode = OpenMode::Create}, key,
                                                                  m_environment.clock, m_environment.random));
                    OUTRIDER_TRY(practice::fillPracticeWorkspace(*store, m_environment.clock.now(), m_environment.timeZone));
                }
                if (!QFile::rename(qt(beside), qt(path)))
                    return fail(ErrorCode::FileUnwritable, path);
            }
            return openNow(path, key, false, true);
        }));
        return promise->future();
    }

    // Lets `change` alter the slots, with the key in its hand, and saves them.
    template <typename T>
    QFuture<Result<T>> changeKeys(std::string path, UnlockWith with,
                                  std::function<Result<T>(KeyFile&, const SecureBytes&, Random&)> change) {
        auto promise = begin<T>();
        finish(promise, m_worker.run([this, path, with, change]() -> Result<T> {
            OUTRIDER_ASSIGN(KeyFile keyFile, loadKeys(path));
            OUTRIDER_ASSIGN(const SecureBytes key, keyBehind(keyFile, with));
            auto changed = change(keyFile, key, m_environment.random);
            if (changed)
                OUTRIDER_TRY(keyFile.save(keyPath(path)));
            return changed;
        }));
        return promise->future();
    }

    QFuture<Result<>> keepInKeychain(std::string path, UnlockWith with) {
        struct Unlocked {
            KeyFile keyFile;
            SecureBytes key;
        };
        auto promise = begin<void>();
        deliver(m_worker.run([path, with]() -> Result<Unlocked> {
            OUTRIDER_ASSIGN(KeyFile keyFile, loadKeys(path));
            OUTRIDER_ASSIGN(SecureBytes key, keyBehind(keyFile, with));
            return Unlocked{std::move(keyFile), std::move(key)};
        }),
                this, [this, promise, path](Result<Unlocked> unlocked) {
                    if (!unlocked) {
                        end(promise, Result<>(fail(std::move(unlocked).error())));
                        return;
                    }
                    auto shared = std::make_shared<Unlocked>(std::move(*unlocked));
                    deliver(m_environment.keychain.write(security::keychainEntry(shared->keyFile.workspaceId()), shared->key),
                            this, [this, promise, path, shared](Result<> written) {
                                if (written) {
                                    shared->keyFile.setKeychain(shared->key);
                                    written = shared->keyFile.save(keyPath(path));
                                }
                                end(promise, std::move(written));
                            });
                });
        return promise->future();
    }

    QFuture<Result<>> removeFromKeychain(std::string path) {
        auto promise = begin<void>();
        deliver(m_worker.run([path]() -> Result<KeyFile> {
            OUTRIDER_ASSIGN(KeyFile keyFile, loadKeys(path));
            OUTRIDER_TRY(keyFile.remove(SlotKind::Keychain));
            OUTRIDER_TRY(keyFile.save(keyPath(path)));
            return keyFile;
        }),
                this, [this, promise](Result<KeyFile> changed) {
                    if (!changed) {
                        end(promise, Result<>(fail(std::move(changed).error())));
                        return;
                    }
                    // Without its slot the entry opens nothing; that the keychain cannot be reached is no failure.
                    deliver(m_environment.keychain.remove(security::keychainEntry(changed->workspaceId())), this,
                            [this, promise](const Result<>&) { end(promise, Result<>()); });
                });
        return promise->future();
    }

private:
    static Result<SecureBytes> keyBehind(const KeyFile& keyFile, const UnlockWith& with) {
        const SecureBytes empty;
        const SecureBytes& secret = with.secret ? *with.secret : empty;
        switch (with.method) {
        case UnlockWith::Method::Passphrase:
            return keyFile.unlockWithPassphrase(secret);
        case UnlockWith::Method::RecoveryCode:
            return keyFile.unlockWithRecoveryCode(secret);
        case UnlockWith::Method::Keychain:
            break;
        }
        return fail(ErrorCode::Unsupported, "keychain");
    }

    struct Made {
        std::unique_ptr<Workspace> workspace;
        SecureBytes recoveryCode;
        SecureBytes key;
        KeyFile keyFile;
    };

    template <typename T>
    std::shared_ptr<QPromise<Result<T>>> begin() {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        return promise;
    }

    template <typename T>
    void end(const std::shared_ptr<QPromise<Result<T>>>& promise, Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
        deleteLater();
    }

    template <typename T>
    void finish(const std::shared_ptr<QPromise<Result<T>>>& promise, QFuture<Result<T>> future) {
        deliver(std::move(future), this, [this, promise](Result<T> result) { end(promise, std::move(result)); });
    }

    static Result<KeyFile> loadKeys(const std::string& path) {
        if (!QFileInfo::exists(qt(path)))
            return fail(ErrorCode::StoreNotFound, path);
        return KeyFile::load(keyPath(path));
    }

    Result<Made> createNow(const CreateWorkspace& request) {
        if (QFileInfo::exists(qt(request.path)) || QFileInfo::exists(qt(keyPath(request.path))))
            return fail(ErrorCode::StoreExists, request.path);
        OUTRIDER_TRY(makeFolder(request.path));
        Random& random = m_environment.random;
        Made made{.key = KeyFile::makeKey(random), .keyFile = KeyFile::create(random)};
        if (request.passphrase && !request.passphrase->empty())
            OUTRIDER_TRY(made.keyFile.setPassphrase(made.key, *request.passphrase, random));
        OUTRIDER_ASSIGN(made.recoveryCode, made.keyFile.setRecoveryCode(made.key, random));
        // The keys first: a store without its keys would be lost, keys without a store are nothing.
        OUTRIDER_TRY(made.keyFile.save(keyPath(request.path)));
        auto store = Store::open({.path = request.path, .mode = OpenMode::Create, .workerMode = m_environment.workers}, made.key,
                                 m_environment.clock, random);
        const auto introduced =
            store ? introduce(**store, request, made.keyFile.workspaceId(), m_environment.origin) : Result<>();
        if (!store || !introduced) {
            const Error error = store ? introduced.error() : store.error();
            if (store)
                store->reset();
            for (const char* suffix : {"", "-wal", "-shm", ".lock", ".keys"})
                QFile::remove(qt(request.path + suffix));
            return fail(error);
        }
        OUTRIDER_TRY(watchSends(**store, m_environment));
        OUTRIDER_ASSIGN(made.workspace, wrap(std::move(*store), false));
        return made;
    }

    Result<std::shared_ptr<Workspace>> openNow(const std::string& path, const SecureBytes& key, bool readOnly, bool practice) {
        const bool looksBack = m_environment.asOf.has_value();
        auto store = Store::open({.path = path,
                                  .mode = readOnly || looksBack ? OpenMode::ReadOnly : OpenMode::ReadWrite,
                                  .readers = looksBack ? 1 : StoreOptions().readers,
                                  .workerMode = m_environment.workers,
                                  .asOf = m_environment.asOf},
                                 key, m_environment.clock, m_environment.random);
        if (!store) {
            // The slot has proven the key; a file it does not open is damaged, or another workspace's.
            if (store.error().code == ErrorCode::WrongKey)
                return fail(ErrorCode::StoreDamaged, path);
            return fail(store.error());
        }
        OUTRIDER_TRY(recoverOutbox(**store, m_environment));
        if (!practice) {
            OUTRIDER_TRY(watchSends(**store, m_environment));
            OUTRIDER_TRY(forgetErased(**store, m_environment));
        }
        OUTRIDER_ASSIGN(std::unique_ptr<Workspace> workspace, wrap(std::move(*store), practice));
        return std::shared_ptr<Workspace>(std::move(workspace));
    }

    Result<std::unique_ptr<Workspace>> wrap(std::unique_ptr<Store> store, bool practice) {
        auto context = std::make_unique<ServiceContext>(m_environment, std::move(store), practice);
        OUTRIDER_TRY(context->loadSettings());
        std::unique_ptr<Workspace> workspace(new Workspace(std::move(context)));
        workspace->history().forgetOld();
        workspace->moveToThread(m_home);
        return workspace;
    }

    Environment& m_environment;
    QThread* const m_home;
    Worker m_worker;
};

QFuture<Result<std::shared_ptr<CreatedWorkspace>>> createWorkspace(Environment& environment, CreateWorkspace request) {
    return (new WorkspaceOpening(environment))->create(std::move(request));
}

QFuture<Result<std::shared_ptr<Workspace>>> openWorkspace(Environment& environment, std::string path, UnlockWith with,
                                                          bool readOnly) {
    return (new WorkspaceOpening(environment))->open(std::move(path), std::move(with), readOnly);
}

QFuture<Result<std::shared_ptr<Workspace>>> openPractice(Environment& environment, std::string path) {
    return (new WorkspaceOpening(environment))->practice(std::move(path));
}

PassphraseHint passphraseHint(std::string_view passphrase) {
    using From = security::PassphraseStrength::Level;
    using To = PassphraseHint::Level;
    const auto strength = security::passphraseStrength(passphrase);
    switch (strength.level) {
    case From::TooShort:
        return {To::TooShort, strength.share};
    case From::Weak:
        return {To::Weak, strength.share};
    case From::Fair:
        return {To::Fair, strength.share};
    case From::Strong:
        break;
    }
    return {To::Strong, strength.share};
}

QFuture<Result<>> changePassphrase(Environment& environment, std::string path, UnlockWith with,
                                   std::shared_ptr<SecureBytes> passphrase) {
    return (new WorkspaceOpening(environment))
        ->changeKeys<void>(
            std::move(path), std::move(with),
            [passphrase = std::move(passphrase)](KeyFile& keyFile, const SecureBytes& key, Random& random) -> Result<> {
                if (!passphrase || passphrase->empty())
                    return fail(ErrorCode::WeakPassphrase, "empty");
                return keyFile.setPassphrase(key, *passphrase, random);
            });
}

QFuture<Result<SecureBytes>> renewRecoveryCode(Environment& environment, std::string path, UnlockWith with) {
    return (new WorkspaceOpening(environment))
        ->changeKeys<SecureBytes>(std::move(path), std::move(with), [](KeyFile& keyFile, const SecureBytes& key, Random& random) {
            return keyFile.setRecoveryCode(key, random);
        });
}

QFuture<Result<>> keepInKeychain(Environment& environment, std::string path, UnlockWith with) {
    return (new WorkspaceOpening(environment))->keepInKeychain(std::move(path), std::move(with));
}

QFuture<Result<>> removeFromKeychain(Environment& environment, std::string path) {
    return (new WorkspaceOpening(environment))->removeFromKeychain(std::move(path));
}

Result<WorkspaceFiles> inspectWorkspace(const std::string& path) {
    WorkspaceFiles files;
    const QFileInfo info(qt(path));
    files.exists = info.exists();
    if (!files.exists)
        return files;
    files.bytes = info.size();
    OUTRIDER_ASSIGN(const KeyFile keys, KeyFile::load(keyPath(path)));
    files.hasPassphrase = keys.has(SlotKind::Passphrase);
    files.hasRecoveryCode = keys.has(SlotKind::Recovery);
    files.hasKeychain = keys.has(SlotKind::Keychain);
    return files;
}

std::string defaultWorkspacePath(const std::string& profile) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    const QString name = profile.empty() ? QStringLiteral("default") : qt(profile);
    return (folder + QStringLiteral("/outrider/") + name + QStringLiteral("/workspace.outrider")).toStdString();
}

std::string defaultFenceFolder() {
    return (QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/outrider/fences"))
        .toStdString();
}

std::string erasureListPath(Connection& db, const Store& store, const Environment& environment) {
    std::string path = fenceRecord(db, store, environment);
    if (path.ends_with(".fence"))
        path.replace(path.size() - 6, 6, ".erased");
    return path;
}

std::string practiceWorkspacePath() {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return (folder + QStringLiteral("/outrider/practice/practice.outrider")).toStdString();
}

} // namespace outrider
