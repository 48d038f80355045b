// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/security/keychain.h"
#include "core/services/service_context.h"
#include "core/store/store.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace outrider::bench {

// A workspace of its own for a bench, in a folder that goes with it, at a fixed moment.
class BenchStore {
public:
    // `base`: where the folder is made; empty: where temporary files are.
    explicit BenchStore(const QString& base = {});
    ~BenchStore();

    // StoreException aside, whatever opening a store can fail with.
    Result<> open();

    // Closed as at the end of a session; opened as at the start of one, once the key is known.
    void close() { m_context.reset(); }
    Result<> reopen();

    store::Store& store() { return m_context->store(); }
    ServiceContext& context() { return *m_context; }
    const ManualClock& clock() const { return m_clock; }
    Random& random() { return m_random; }
    std::string folder() const { return m_folder.path().toStdString(); }
    std::string path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }

    // A second connection to the same file, for hand-written references.
    Result<std::unique_ptr<store::Connection>> connection() const { return connection(path("bench.outrider")); }
    Result<std::unique_ptr<store::Connection>> connection(const std::string& file) const;
    // An empty encrypted file beside it.
    Result<std::unique_ptr<store::Connection>> otherFile() const;

    // Believable leads, each with a task due today: what the queue is measured on.
    Result<> fill(int leads);

private:
    static SecureBytes key();

    QTemporaryDir m_folder;
    ManualClock m_clock;
    SeededRandom m_random;
    security::SystemKeychain m_keychain;
    Environment m_environment;
    std::unique_ptr<ServiceContext> m_context;
};

} // namespace outrider::bench
