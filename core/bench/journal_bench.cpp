// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/services/history_service.h"
#include "core/services/lead_service.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_repository.h"

#include <functional>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int singles = 300;
constexpr int bulkLeads = 100000;
constexpr int bulkRounds = 5;

Result<std::vector<LeadId>> leadIds(BenchStore& bench) {
    return wait(bench.store().read([](ReadContext& r) -> Result<std::vector<LeadId>> {
        std::vector<LeadId> found;
        Statement rows = r.db.query("SELECT id FROM lead ORDER BY id");
        while (rows.step())
            found.push_back(rows.id<LeadId>(0));
        return found;
    }));
}

Result<Measurement> single(BenchStore& bench, const std::vector<LeadId>& ids) {
    const auto rename = [](WriteContext& write, LeadId id) -> Result<> {
        LeadRepository leads(write.db);
        const auto before = leads.find(id);
        if (!before)
            return fail(ErrorCode::NotFound);
        Lead after = *before;
        after.jobTitle = "Head of Yard";
        leads.update(write, *before, after);
        return {};
    };
    Rounds journaled;
    Rounds silent;
    for (int i = 0; i < singles; ++i) {
        const LeadId one = ids[std::size_t(i) * 2];
        const LeadId other = ids[std::size_t(i) * 2 + 1];
        OUTRIDER_TRY(journaled.measure([&] {
            return wait(bench.store().write({.name = "lead.edit"}, [&](WriteContext& write) { return rename(write, one); }));
        }));
        OUTRIDER_TRY(silent.measure(
            [&] { return wait(bench.store().writeSilently([&](WriteContext& write) { return rename(write, other); })); }));
    }
    return Measurement{.bench = "journal",
                       .metric = "one edited lead, durable",
                       .value = journaled.median(),
                       .unit = "ms",
                       .reference = "the same edit without the journal",
                       .referenceValue = silent.median(),
                       .p95 = journaled.percentile(0.95),
                       .n = singles};
}

// By its number: a bench is nobody's deed, so it is not what Ctrl+Z would take back.
Result<UndoReport> undoLast(HistoryService& history) {
    OUTRIDER_ASSIGN(const std::vector<HistoryEntry> last, wait(history.list({.limit = 1})));
    return wait(history.undoAction(last.front().id, UndoPolicy::AllOrNothing));
}

// What LeadService::setOwner and setStatus do, in chunks as long, without the journal.
Result<> silently(BenchStore& bench, const std::vector<LeadId>& ids, const std::function<void(WriteContext&, LeadId)>& fn) {
    for (std::size_t from = 0; from < ids.size();) {
        OUTRIDER_TRY(wait(bench.store().writeSilently([&](WriteContext& write) -> Result<> {
            const Stopwatch watch;
            while (from < ids.size() && watch.elapsed() < ServiceContext::chunkBudget)
                fn(write, ids[from++]);
            return {};
        })));
    }
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
    OUTRIDER_ASSIGN(Measurement one, single(bench, ids));
    all.push_back(std::move(one));

    LeadService leads(bench.context());
    HistoryService history(bench.context());
    const LeadSelection everybody{.ids = ids, .filter = std::nullopt, .except = {}};
    const MemberId me = bench.context().me();
    Rounds owner;
    Rounds ownerSilently;
    Rounds ownerBack;
    Rounds status;
    Rounds statusSilently;
    Rounds statusBack;
    for (int round = 0; round < bulkRounds; ++round) {
        OUTRIDER_TRY(owner.measure([&] { return wait(leads.setOwner(everybody, me)); }));
        OUTRIDER_TRY(ownerBack.measure([&] { return undoLast(history); }));
        for (const MemberId to : {me, MemberId{}}) { // there and back, the first of them measured
            const auto set = [&] {
                return silently(bench, ids,
                                [&](WriteContext& write, LeadId id) { LeadRepository(write.db).setOwner(write, id, to); });
            };
            if (to)
                OUTRIDER_TRY(ownerSilently.measure(set));
            else
                OUTRIDER_TRY(set());
        }
        OUTRIDER_TRY(status.measure([&] { return wait(leads.setStatus(everybody, statuses::inProgress)); }));
        OUTRIDER_TRY(statusBack.measure([&] { return undoLast(history); }));
        for (const StatusId to : {statuses::inProgress, statuses::newLead}) {
            const auto set = [&] {
                return silently(bench, ids, [&](WriteContext& write, LeadId id) {
                    LeadRepository repository(write.db);
                    if (!repository.statusOf(id) || !repository.setStatus(write, id, to))
                        return;
                    Activity activity{.lead = id, .kind = ActivityKind::StatusChanged, .subject = "new → in_progress"};
                    ActivityRepository(write.db).append(write, activity);
                });
            };
            if (to == statuses::inProgress)
                OUTRIDER_TRY(statusSilently.measure(set));
            else
                OUTRIDER_TRY(set());
        }
    }
    Rounds waits;
    const auto running = leads.setStatus(everybody, statuses::inProgress);
    OUTRIDER_TRY(workOn(bench, ids, running, waits));
    OUTRIDER_TRY(wait(running));

    const auto bulk = [&](const char* metric, const Rounds& value, const char* reference, const Rounds& other) {
        all.push_back({.bench = "journal",
                       .metric = metric,
                       .value = value.median(),
                       .unit = "ms",
                       .reference = reference,
                       .referenceValue = other.median(),
                       .p95 = value.percentile(0.95),
                       .n = bulkRounds});
    };
    bulk("owner of 100,000 leads", owner, "the same without the journal", ownerSilently);
    bulk("undo of it", ownerBack, "setting it", owner);
    bulk("status of 100,000 leads, with its entry on each timeline", status, "the same without the journal", statusSilently);
    bulk("undo of that", statusBack, "setting it", status);
    all.push_back({.bench = "journal",
                   .metric = "a note written while 100,000 leads are edited",
                   .value = waits.median(),
                   .unit = "ms",
                   .reference = "one edited lead, alone",
                   .referenceValue = all.front().value,
                   .p95 = waits.percentile(0.95),
                   .n = int(waits.count())});
    return all;
}

} // namespace outrider::bench
