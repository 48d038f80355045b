// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/export_file.h"
#include "core/bench/rounds.h"
#include "core/bench/seed.h"
#include "core/services/history_service.h"
#include "core/services/import_service.h"
#include "core/services/lead_service.h"
#include "core/store/repositories/task_repository.h"

#include <QTemporaryDir>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int singles = 500;
constexpr std::int64_t bulkLeads = 100000;
constexpr int importedRows = 100000;
constexpr int pageRows = 50;

// Does something every few milliseconds on a thread of its own: how long each of them took.
class Meanwhile {
public:
    Meanwhile(std::function<void()> act, Millis pause, Rounds& times)
        : m_act(std::move(act)),
          m_pause(pause),
          m_times(times),
          m_thread([this] { run(); }) {}
    ~Meanwhile() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    Meanwhile(const Meanwhile&) = delete;
    Meanwhile& operator=(const Meanwhile&) = delete;

private:
    void run() {
        std::unique_lock lock(m_mutex);
        while (!m_stopping) {
            lock.unlock();
            m_times.measure([this] {
                m_act();
                return 0;
            });
            lock.lock();
            m_wake.wait_for(lock, m_pause, [this] { return m_stopping; });
        }
    }

    const std::function<void()> m_act;
    const Millis m_pause;
    Rounds& m_times;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread; // last: it uses the others
};

class WriteBench {
public:
    explicit WriteBench(ServiceContext& context)
        : m_context(context),
          m_leads(context),
          m_history(context),
          m_imports(context),
          m_random(3) {}

    Result<std::vector<Measurement>> run() {
        OUTRIDER_TRY(readLeads());
        OUTRIDER_TRY(one());
        OUTRIDER_TRY(many());
        OUTRIDER_TRY(queueDuringImport());
        return std::move(m_found);
    }

private:
    Result<> readLeads() {
        return wait(m_context.store().read([this](ReadContext& r) -> Result<> {
            Statement rows = r.db.prepare("SELECT id, status_id FROM lead WHERE archived_at IS NULL AND trashed_at IS NULL"
                                          " ORDER BY id");
            while (rows.step()) {
                m_ids.push_back(rows.id<LeadId>(0));
                if (rows.id<StatusId>(1) == statuses::newLead)
                    m_new.push_back(m_ids.back());
            }
            if (m_ids.empty())
                return fail(ErrorCode::NotFound, "no leads to write to");
            return {};
        }));
    }

    LeadId anyLead() { return m_ids[m_random.below(m_ids.size())]; }

    // As people do it, through the services: what they wait for until it is durable.
    Result<> one() {
        Rounds edits;
        Rounds notes;
        Rounds calls;
        for (int i = 0; i < singles; ++i) {
            const std::string title = "Head of Yard " + std::to_string(m_random.below(1000));
            OUTRIDER_TRY(edits.measure([&] { return wait(m_leads.edit(anyLead(), {{"job_title", title}})); }));
            OUTRIDER_TRY(notes.measure([&] { return wait(m_leads.addNote(anyLead(), "They ask for a second crane.")); }));
            OUTRIDER_TRY(calls.measure(
                [&] { return wait(m_leads.logCall(anyLead(), Disposition::Talked, 120, "Call again in spring.")); }));
        }
        add("one lead edited, durable", edits);
        add("a note logged, durable", notes);
        add("a call logged, durable", calls);
        return {};
    }

    // Of any hundred thousand leads, here and there in the file; a note is written every few milliseconds meanwhile.
    Result<> many() {
        LeadSelection some{.ids = m_new, .filter = std::nullopt, .except = {}};
        for (std::size_t i = 0; i < some.ids.size(); ++i)
            std::swap(some.ids[i], some.ids[i + m_random.below(some.ids.size() - i)]);
        if (some.ids.size() > std::size_t(bulkLeads))
            some.ids.resize(bulkLeads);
        const std::string count = std::to_string(some.ids.size());
        Rounds forth;
        Rounds back;
        Rounds waits;
        const auto forthAndBack = [&](bool measured) -> Result<> {
            const auto set = [&] { return wait(m_leads.setStatus(some, statuses::inProgress)); };
            const auto undo = [&]() -> Result<> {
                OUTRIDER_ASSIGN(const auto last, wait(m_history.list({.limit = 50})));
                for (const HistoryEntry& entry : last) {
                    if (entry.action.name == "lead.status") {
                        OUTRIDER_TRY(wait(m_history.undoAction(entry.id, UndoPolicy::KeepChanged)));
                        return {};
                    }
                }
                return fail(ErrorCode::NotFound, "lead.status");
            };
            OUTRIDER_TRY(measured ? forth.measure(set) : set());
            return measured ? back.measure(undo) : undo();
        };
        for (int i = 0; i < 3; ++i)
            OUTRIDER_TRY(forthAndBack(true));
        {
            const Meanwhile notes([this] { static_cast<void>(wait(m_leads.addNote(anyLead(), "a word in between"))); }, Millis(5),
                                  waits);
            OUTRIDER_TRY(forthAndBack(false));
        }
        add("status of " + count + " leads anywhere, with its entry on each timeline", forth);
        add("taken back", back, "setting it", forth);
        add("a note logged while that and its undo run", waits);
        return {};
    }

    Result<> queueDuringImport() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("hubspot.csv")).toStdString();
        OUTRIDER_TRY(writeExport(path, importedRows));
        const auto look = [this] {
            const auto day = m_context.today();
            static_cast<void>(wait(m_context.store().read([&](ReadContext& r) -> Result<std::size_t> {
                return TaskRepository(r.db).queue(day.start, day.end, pageRows).size();
            })));
        };
        Rounds idle;
        for (int i = 0; i < singles; ++i) {
            idle.measure([&] {
                look();
                return 0;
            });
        }
        Rounds beside;
        Rounds import;
        Rounds undo;
        ActionId action;
        {
            const Meanwhile queue(look, Millis(5), beside);
            OUTRIDER_ASSIGN(const ImportResult result, import.measure([&] { return wait(m_imports.run({.path = path})); }));
            action = result.action;
        }
        OUTRIDER_TRY(undo.measure([&] { return wait(m_history.undoAction(action, UndoPolicy::KeepChanged)); }));
        add("the queue's first page while 100,000 rows are imported", beside, "while nothing else happens", idle, true);
        add("importing them", import);
        add("taking them back", undo, "importing them", import);
        return {};
    }

    void add(const std::string& metric, const Rounds& value, const char* reference = "", const Rounds& other = {},
             bool byP95 = false) {
        const double share = byP95 ? 0.95 : 0.5;
        m_found.push_back({.bench = "write",
                           .metric = byP95 ? metric + ", 95 of 100 within" : metric,
                           .value = value.percentile(share),
                           .unit = "ms",
                           .reference = reference,
                           .referenceValue = other.percentile(share),
                           .p95 = value.percentile(0.95),
                           .p99 = value.percentile(0.99),
                           .n = value.count()});
    }

    ServiceContext& m_context;
    LeadService m_leads;
    HistoryService m_history;
    ImportService m_imports;
    SeededRandom m_random;
    std::vector<LeadId> m_ids;
    std::vector<LeadId> m_new;
    std::vector<Measurement> m_found;
};

} // namespace

Result<std::vector<Measurement>> writeBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 250'000, .activities = 500'000, .seed = 1}, {}));
    return WriteBench(bench.context()).run();
}

Result<std::vector<Measurement>> writeBenchIn(ServiceContext& context) { return WriteBench(context).run(); }

} // namespace outrider::bench
