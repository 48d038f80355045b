// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/export_file.h"
#include "core/bench/rounds.h"
#include "core/exchange/table_reader.h"
#include "core/services/history_service.h"
#include "core/services/import_service.h"
#include "core/store/repositories/setting_repository.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace outrider::bench {

using namespace outrider::store;

namespace {

// Reads the file and puts its cells into a bare table: what no importer can be faster than.
Result<> bareImport(const BenchStore& bench, const std::string& path, Rounds& rounds) {
    OUTRIDER_ASSIGN(const auto db, bench.otherFile());
    return rounds.measure([&]() -> Result<> {
        OUTRIDER_ASSIGN(exchange::TableReader reader, exchange::TableReader::open(path));
        try {
            std::string columns;
            std::string marks;
            for (std::size_t i = 0; i < reader.format().header.size(); ++i) {
                columns += (i == 0 ? "c" : ", c") + std::to_string(i) + " TEXT";
                marks += (i == 0 ? "?" : ", ?") + std::to_string(i + 1);
            }
            db->script("BEGIN; CREATE TABLE bare(" + columns + ");");
            {
                Statement insert = db->prepare("INSERT INTO bare VALUES (" + marks + ")");
                OUTRIDER_TRY(reader.read([&](const exchange::TableRow& row) {
                    for (std::size_t i = 0; i < row.columns; ++i)
                        insert.bindText(int(i) + 1, row.cells[i]);
                    insert.run();
                    return true;
                }));
            }
            db->script("COMMIT");
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return {};
    });
}

// Somebody who writes, too, ten times a second: how long each of those writes waits.
class OtherWriter {
public:
    OtherWriter(Store& store, Rounds& waits) : m_store(store), m_waits(waits), m_thread([this] { run(); }) {}
    ~OtherWriter() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    OtherWriter(const OtherWriter&) = delete;
    OtherWriter& operator=(const OtherWriter&) = delete;

private:
    void run() {
        std::unique_lock lock(m_mutex);
        for (int i = 0; !m_stopping; ++i) {
            const auto written = m_waits.measure([&] {
                return wait(m_store.write({.name = "settings.set"}, [i](WriteContext& write) -> Result<> {
                    SettingRepository(write.db).set(write, "bench", std::to_string(i));
                    return {};
                }));
            });
            if (!written)
                return;
            m_wake.wait_for(lock, std::chrono::milliseconds(100), [this] { return m_stopping; });
        }
    }

    Store& m_store;
    Rounds& m_waits;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread; // last: it uses the others
};

struct ImportRounds {
    Rounds forth;
    Rounds back;
    Rounds bare;
    Rounds waitsForImport;
    Rounds waitsForUndo;
};

// One export into an empty workspace, and taken back. `shared`: while somebody else writes, too.
Result<> importOnce(int rows, bool shared, ImportRounds& times) {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    const std::string path = bench.path("hubspot.csv");
    OUTRIDER_TRY(writeExport(path, rows));
    ImportService imports(bench.context());
    HistoryService history(bench.context());
    const auto beside = [&](Rounds& waits) { return shared ? std::make_unique<OtherWriter>(bench.store(), waits) : nullptr; };
    ActionId action;
    {
        const auto other = beside(times.waitsForImport);
        const auto run = [&] { return wait(imports.run({.path = path})); };
        OUTRIDER_ASSIGN(const ImportResult result, shared ? run() : times.forth.measure(run));
        action = result.action;
    }
    {
        const auto other = beside(times.waitsForUndo);
        const auto undo = [&] { return wait(history.undoAction(action, UndoPolicy::KeepChanged)); };
        OUTRIDER_TRY(shared ? undo() : times.back.measure(undo));
    }
    return shared ? Result<>() : bareImport(bench, path, times.bare);
}

std::vector<Measurement> measurements(const char* bench, const std::string& what, const ImportRounds& times) {
    std::vector<Measurement> all{
        {.bench = bench,
         .metric = what + " into an empty workspace: normalised, indexed, journaled, searchable",
         .value = times.forth.median() / 1000,
         .unit = "s",
         .reference = "the same file's cells into a bare table of an encrypted file",
         .referenceValue = times.bare.median() / 1000,
         .p95 = times.forth.percentile(0.95) / 1000,
         .n = times.forth.count()},
        {.bench = bench,
         .metric = what + " taken back",
         .value = times.back.median() / 1000,
         .unit = "s",
         .reference = "importing them",
         .referenceValue = times.forth.median() / 1000,
         .p95 = times.back.percentile(0.95) / 1000,
         .n = times.back.count()},
    };
    for (const auto& [waits, during] :
         {std::pair{&times.waitsForImport, "an import"}, std::pair{&times.waitsForUndo, "its undo"}}) {
        if (waits->count() > 0)
            all.push_back({.bench = bench,
                           .metric = std::string("another write, ten a second, during ") + during,
                           .value = waits->median(),
                           .unit = "ms",
                           .p95 = waits->percentile(0.95),
                           .n = waits->count()});
    }
    return all;
}

} // namespace

Result<std::vector<Measurement>> importBench() {
    constexpr int rows = 100000;
    constexpr int rounds = 3;
    ImportRounds times;
    for (int i = 0; i < rounds; ++i)
        OUTRIDER_TRY(importOnce(rows, false, times));
    OUTRIDER_TRY(importOnce(rows, true, times));
    return measurements("import", "100,000 rows of 20 columns", times);
}

Result<std::vector<Measurement>> importMillionBench() {
    ImportRounds times;
    OUTRIDER_TRY(importOnce(1000000, false, times));
    return measurements("import_million", "1,000,000 rows of 20 columns", times);
}

} // namespace outrider::bench
