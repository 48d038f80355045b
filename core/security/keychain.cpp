// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/keychain.h"

#include <qt6keychain/keychain.h>
#include <sodium.h>

#include <QPromise>
#include <QTimer>

#include <memory>

namespace outrider::security {

namespace {

constexpr int giveUpAfterMillis = 30'000;

Error keychainError(const QKeychain::Job& job) {
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return Error(ErrorCode::KeychainEntryMissing);
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return Error(ErrorCode::KeychainDenied);
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return Error(ErrorCode::KeychainUnavailable, job.errorString().toStdString(), job.error());
}

// Starts the job and resolves the future with finish(job), once: at its end, or after the time limit.
template <typename T, typename Job, typename Finish>
QFuture<Result<T>> start(Job* job, Finish finish) {
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto settle = [promise](Result<T> result) {
        if (promise->future().isFinished())
            return;
        promise->addResult(std::move(result));
        promise->finish();
    };
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [settle, finish, job](QKeychain::Job*) {
        settle(job->error() == QKeychain::NoError ? finish(*job) : Result<T>(fail(keychainError(*job))));
    });
    QTimer::singleShot(giveUpAfterMillis, job, [settle] { settle(fail(ErrorCode::TimedOut, "the keychain")); });
    job->start();
    return promise->future();
}

const QString service = QStringLiteral("outrider");

} // namespace

QFuture<Result<SecureBytes>> SystemKeychain::read(const std::string& entry) {
    auto* job = new QKeychain::ReadPasswordJob(service);
    job->setKey(QString::fromStdString(entry));
    return start<SecureBytes>(job, [](QKeychain::ReadPasswordJob& done) -> Result<SecureBytes> {
        QByteArray data = done.binaryData();
        SecureBytes secret(std::as_bytes(std::span(data.constData(), std::size_t(data.size()))));
        sodium_memzero(data.data(), std::size_t(data.size())); // the library's own copy is out of reach
        return secret;
    });
}

QFuture<Result<>> SystemKeychain::write(const std::string& entry, const SecureBytes& secret) {
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setKey(QString::fromStdString(entry));
    job->setBinaryData(QByteArray(secret.view().data(), qsizetype(secret.size())));
    return start<void>(job, [](QKeychain::WritePasswordJob&) -> Result<> { return {}; });
}

QFuture<Result<>> SystemKeychain::remove(const std::string& entry) {
    auto* job = new QKeychain::DeletePasswordJob(service);
    job->setKey(QString::fromStdString(entry));
    return start<void>(job, [](QKeychain::DeletePasswordJob&) -> Result<> { return {}; });
}

std::string keychainEntry(const std::string& workspaceId) { return "db-key/" + workspaceId; }

} // namespace outrider::security
