// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/services/history_service.h"
#include "core/services/lead_service.h"
#include "core/services/pace.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_bulk_edit.h"
#include "core/store/repositories/lead_repository.h"

#include <algorithm>
#include <functional>
#include <span>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int singles = 500;
constexpr int bulkLeads = 100000;
constexpr int insertedLeads = 20000;
constexpr int bulkRounds = 5;
constexpr std::size_t together = 100; // as LeadService has it

Result<std::vector<LeadId>> leadIds(BenchStore& bench) {
    return wait(bench.store().read([](ReadContext& r) -> Result<std::vector<LeadId>> {
        std::vector<LeadId> found;
        Statement rows = r.db.query("SELECT id FROM lead ORDER BY id");
        while (rows.step())
            found.push_back(rows.id<LeadId>(0));
        return found;
    }));
}

// The same on one lead with the journal and on its neighbour without, in turn.
Result<Measurement> single(BenchStore& bench, const std::string& what, const std::vector<LeadId>& ids,
                           const std::function<Result<>(WriteContext&, LeadId)>& act) {
    Rounds journaled;
    Rounds silent;
    for (int i = 0; i < singles; ++i) {
        const LeadId one = ids[std::size_t(i) * 2];
        const LeadId other = ids[std::size_t(i) * 2 + 1];
        OUTRIDER_TRY(silent.measure(
            [&] { return wait(bench.store().writeSilently([&](WriteContext& write) { return act(write, other); })); }));
        OUTRIDER_TRY(journaled.measure([&] {
            return wait(bench.store().write({.name = "lead.edit"}, [&](WriteContext& write) { return act(write, one); }));
        }));
    }
    return Measurement{.bench = "journal",
                       .metric = what + ", durable",
                       .value = journaled.median(),
                       .unit = "ms",
                       .reference = "the same without the journal",
                       .referenceValue = silent.median(),
                       .p95 = journaled.percentile(0.95),
                       .p99 = journaled.percentile(0.99),
                       .n = singles};
}

Result<> rename(WriteContext& write, LeadId id) {
    LeadRepository leads(write.db);
    const auto before = leads.find(id);
    if (!before)
        return fail(ErrorCode::NotFound);
    Lead after = *before;
    after.jobTitle = "Head of Yard";
    leads.update(write, *before, after);
    return {};
}

Result<> note(WriteContext& write, LeadId id) {
    Activity note{.lead = id, .kind = ActivityKind::Note, .text = "They ask for the price of a second crane."};
    ActivityRepository(write.db).append(write, note);
    return {};
}

// By its number: a bench is nobody's deed, so it is not what Ctrl+Z would take back.
Result<UndoReport> undoLast(HistoryService& history) {
    OUTRIDER_ASSIGN(const std::vector<HistoryEntry> last, wait(history.list({.limit = 1})));
    return wait(history.undoAction(last.front().id, UndoPolicy::AllOrNothing));
}

// What LeadService does to many leads, at its pace, without the journal.
Result<> silently(BenchStore& bench, const std::vector<LeadId>& ids,
                  const std::function<void(LeadBulkEdit&, std::span<const LeadId>)>& fn) {
    Pace pace(bench.store());
    for (std::span<const LeadId> rest(ids); !rest.empty();) {
        OUTRIDER_TRY(wait(bench.store().writeSilently([&](WriteContext& write) -> Result<> {
            LeadBulkEdit edit(write);
            pace.begin();
            do {
                const auto some = rest.first(std::min(rest.size(), together));
                fn(edit, some);
                rest = rest.subspan(some.size());
            } while (!rest.empty() && pace.goesOn());
            pace.worked();
            return {};
        })));
        pace.committed();
    }
    return {};
}

// New leads as an import writes them, in one transaction.
Result<> insertMany(WriteContext& write, int round) {
    std::vector<Lead> leads(insertedLeads);
    std::vector<Lead*> pointers;
    for (std::size_t i = 0; i < leads.size(); ++i) {
        const std::string number = std::to_string(round) + '.' + std::to_string(i * 7919 % leads.size());
        leads[i] = {.companyName = "Company " + std::to_string(i % 997),
                    .firstName = "First" + number,
                    .lastName = "Last" + number,
                    .email = "new" + number + "@company.example",
                    .emailKey = "new" + number + "@company.example",
                    .city = "Rostock",
                    .country = "DE"};
        pointers.push_back(&leads[i]);
    }
    WriteContext::BulkInsert bulk(write);
    LeadRepository(write.db).insertAll(write, pointers);
    bulk.finish();
    return {};
}

// The waiting of somebody who works on while a bulk edit runs: a small write every few milliseconds.
Result<> workOn(BenchStore& bench, const std::vector<LeadId>& ids, const QFuture<Result<std::int64_t>>& running, Rounds& waits) {
    for (std::size_t i = 0; !running.isFinished(); ++i) {
        const LeadId lead = ids[i * 977 % ids.size()];
        OUTRIDER_TRY(waits.measure([&] {
            return wait(bench.store().write({.name = "note.add"}, [&](WriteContext& write) -> Result<> {
                Activity note{.lead = lead, .kind = ActivityKind::Note, .text = "a word in between"};
                ActivityRepository(write.db).append(write, note);
                return {};
            }));
        }));
    }
    return {};
}

} // namespace

Result<std::vector<Measurement>> journalBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(bench.fill(bulkLeads));
    OUTRIDER_ASSIGN(const std::vector<LeadId> ids, leadIds(bench));
    std::vector<Measurement> all;
    OUTRIDER_ASSIGN(Measurement edited, single(bench, "one edited lead", ids, rename));
    all.push_back(std::move(edited));
    OUTRIDER_ASSIGN(Measurement noted, single(bench, "one logged note", ids, note));
    all.push_back(std::move(noted));

    LeadService leads(bench.context());
    HistoryService history(bench.context());
    const LeadSelection everybody{.ids = ids, .filter = std::nullopt, .except = {}};
    const MemberId me = bench.context().me();
    struct Edit {
        const char* what;
        std::function<QFuture<Result<std::int64_t>>()> act;
        std::function<void(LeadBulkEdit&, std::span<const LeadId>)> silently;
        std::function<void(LeadBulkEdit&, std::span<const LeadId>)> silentlyBack;
    };
    using These = std::span<const LeadId>;
    const std::vector<Edit> edits{
        {"owner of 100,000 leads", [&] { return leads.setOwner(everybody, me); },
         [me](LeadBulkEdit& edit, These these) { edit.setOwner(these, me); },
         [](LeadBulkEdit& edit, These these) { edit.setOwner(these, MemberId{}); }},
        {"status of 100,000 leads, with its entry on each timeline",
         [&] { return leads.setStatus(everybody, statuses::inProgress); },
         [](LeadBulkEdit& edit, These these) { edit.setStatus(these, statuses::inProgress); },
         [](LeadBulkEdit& edit, These these) { edit.setStatus(these, statuses::newLead); }},
        {"a tag for 100,000 leads", [&] { return leads.addTag(everybody, "bench"); },
         [](LeadBulkEdit& edit, These these) { edit.addTag(these, "bench"); },
         [](LeadBulkEdit& edit, These these) { edit.removeTag(these, "bench"); }},
    };
    struct Times {
        Rounds forth;
        Rounds back;
        Rounds silently;
    };
    std::vector<Times> times(edits.size());
    Times inserted;
    for (int round = 0; round < bulkRounds; ++round) {
        for (std::size_t i = 0; i < edits.size(); ++i) {
            OUTRIDER_TRY(times[i].silently.measure([&] { return silently(bench, ids, edits[i].silently); }));
            OUTRIDER_TRY(silently(bench, ids, edits[i].silentlyBack));
            OUTRIDER_TRY(times[i].forth.measure([&] { return wait(edits[i].act()); }));
            OUTRIDER_TRY(times[i].back.measure([&] { return undoLast(history); }));
        }
        OUTRIDER_TRY(inserted.silently.measure([&] {
            return wait(bench.store().writeSilently([&](WriteContext& write) { return insertMany(write, 2 * round); }));
        }));
        OUTRIDER_TRY(inserted.forth.measure([&] {
            return wait(
                bench.store().write({.name = "import"}, [&](WriteContext& write) { return insertMany(write, 2 * round + 1); }));
        }));
    }
    Rounds waits;
    const auto running = leads.setStatus(everybody, statuses::inProgress);
    OUTRIDER_TRY(workOn(bench, ids, running, waits));
    OUTRIDER_TRY(wait(running));

    const auto bulk = [&](const std::string& metric, const Rounds& value, const char* reference, const Rounds& other) {
        all.push_back({.bench = "journal",
                       .metric = metric,
                       .value = value.median(),
                       .unit = "ms",
                       .reference = reference,
                       .referenceValue = other.median(),
                       .p95 = value.percentile(0.95),
                       .n = bulkRounds});
    };
    for (std::size_t i = 0; i < edits.size(); ++i) {
        bulk(edits[i].what, times[i].forth, "the same without the journal", times[i].silently);
        bulk(std::string("taken back: ") + edits[i].what, times[i].back, "doing it", times[i].forth);
    }
    bulk("20,000 new leads in one write", inserted.forth, "the same without the journal", inserted.silently);
    all.push_back({.bench = "journal",
                   .metric = "a note written while 100,000 leads are edited",
                   .value = waits.median(),
                   .unit = "ms",
                   .reference = "one logged note, alone",
                   .referenceValue = all[1].value,
                   .p95 = waits.percentile(0.95),
                   .p99 = waits.percentile(0.99),
                   .n = int(waits.count())});
    return all;
}

} // namespace outrider::bench
