// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/store/store.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace outrider::test {

// A key for tests; any 32 bytes.
inline SecureBytes testKey(unsigned char fill = 7) {
    SecureBytes key(32);
    for (std::size_t i = 0; i < key.size(); ++i)
        key.raw()[i] = static_cast<unsigned char>(fill + i);
    return key;
}

// Thursday 19 November 2026, 08:00 UTC: when most tests happen.
inline Instant testNow() { return *parseIso8601("2026-11-19T08:00"); }

// A store of its own in a folder that goes with it. Work runs inline, on the test's thread.
class TempStore {
public:
    explicit TempStore(store::StoreOptions options = {}) : clock(testNow()), random(42), m_options(std::move(options)) {
        const QString path = dir.filePath(QStringLiteral("test.outrider"));
        m_options.path = path.toStdString();
        m_options.workerMode = WorkerMode::Inline;
        if (!QFile::copy(emptyStore(), path))
            qFatal("the test's store cannot be copied");
        reopen();
    }

    // Closes it and opens it again.
    void reopen() {
        m_store.reset();
        auto opened = store::Store::open(m_options, testKey(), clock, random);
        if (!opened)
            qFatal("the test's store does not open: %s %s", std::string(name(opened.error().code)).c_str(),
                   opened.error().detail.c_str());
        m_store = std::move(*opened);
    }
    void close() { m_store.reset(); }

    store::Store& operator*() { return *m_store; }
    store::Store* operator->() { return m_store.get(); }
    const std::string& path() const { return m_options.path; }

    // Runs fn(WriteContext&) as one action and fails the test when it does not succeed.
    template <typename Fn>
    auto write(Fn fn, ActionInfo action = {.name = "test"}) {
        using R = std::invoke_result_t<Fn, store::WriteContext&>;
        if constexpr (std::is_void_v<R>) {
            auto result = wait(m_store->write(std::move(action), [&](store::WriteContext& w) -> Result<> {
                fn(w);
                return {};
            }));
            require(result);
        } else {
            auto result = wait(m_store->write(std::move(action), [&](store::WriteContext& w) -> Result<R> { return fn(w); }));
            require(result);
            return std::move(*result);
        }
    }

    template <typename Fn>
    auto read(Fn fn) {
        using R = std::invoke_result_t<Fn, store::ReadContext&>;
        auto result = wait(m_store->read([&](store::ReadContext& r) -> Result<R> { return fn(r); }));
        require(result);
        return std::move(*result);
    }

    QTemporaryDir dir;
    ManualClock clock;
    SeededRandom random;

private:
    // Making a schema takes longer than most tests: it is made once and copied.
    static QString emptyStore() {
        static const QTemporaryDir folder;
        static const QString path = [] {
            const QString made = folder.filePath(QStringLiteral("empty.outrider"));
            const ManualClock clock(testNow());
            SeededRandom random(42);
            store::StoreOptions options{.path = made.toStdString(), .mode = store::OpenMode::Create};
            if (!store::Store::open(options, testKey(), clock, random))
                qFatal("no empty store can be made");
            return made;
        }();
        return path;
    }

    template <typename R>
    static void require(const R& result) {
        if (!result)
            qFatal("unexpected store error: %s %s", std::string(name(result.error().code)).c_str(),
                   result.error().detail.c_str());
    }

    store::StoreOptions m_options;
    std::unique_ptr<store::Store> m_store;
};

} // namespace outrider::test
