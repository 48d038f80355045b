// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/history_service.h"

#include "core/services/lead_detail.h"
#include "core/services/merge_flow.h"
#include "core/services/pace.h"
#include "core/services/service_context.h"
#include "core/store/content_hash.h"
#include "core/store/journal/compaction.h"
#include "core/store/journal/history.h"
#include "core/store/journal/provenance.h"
#include "core/store/journal/undo.h"
#include "core/store/journal/undo_conflicts.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/merge_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <algorithm>
#include <charconv>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr std::int64_t changesAtOnce = 1000; // more are taken back in chunks
constexpr int conflictsNamed = 100;
constexpr int changesForgottenAtOnce = 2000;
constexpr const char* keepDaysSetting = "journal.keep_days";

int readKeepDays(Connection& db) {
    const std::string stored = SettingRepository(db).get(keepDaysSetting);
    int days = 0;
    std::from_chars(stored.data(), stored.data() + stored.size(), days);
    return std::max(0, days);
}

bool isImport(const HistoryEntry& entry) { return entry.action.name.starts_with("import"); }

UndoPolicy usualPolicy(const HistoryEntry& entry) { return isImport(entry) ? UndoPolicy::KeepChanged : UndoPolicy::AllOrNothing; }

} // namespace

// The store at a moment, for as long as that moment is looked at.
struct HistoryService::Past {
    explicit Past(Instant at) : clock(at) {}

    const ManualClock clock;
    std::unique_ptr<Store> store; // after the clock it runs by
};

HistoryService::HistoryService(ServiceContext& context) : m_context(context) {}

HistoryService::~HistoryService() = default;

QFuture<Result<UndoReport>> HistoryService::undo(std::optional<UndoPolicy> policy, ProgressPtr progress) {
    return goBack({.way = Way::Undo, .target = {}, .policy = policy, .progress = std::move(progress)});
}

QFuture<Result<UndoReport>> HistoryService::redo(std::optional<UndoPolicy> policy, ProgressPtr progress) {
    return goBack({.way = Way::Redo, .target = {}, .policy = policy, .progress = std::move(progress)});
}

QFuture<Result<UndoReport>> HistoryService::undoAction(ActionId id, UndoPolicy policy, ProgressPtr progress) {
    return goBack({.way = Way::Undo, .target = id, .policy = policy, .progress = std::move(progress)});
}

QFuture<Result<UndoReport>> HistoryService::goBack(Wish wish) {
    return m_context.undoing().run([this, wish = std::move(wish)]() { return goBackNow(wish); });
}

Result<UndoReport> HistoryService::goBackNow(const Wish& wish) {
    std::optional<HistoryEntry> large;
    const bool redo = wish.way == Way::Redo;
    auto report =
        wait(m_context.store().write(m_context.action(redo ? "redo" : "undo"), [&](WriteContext& write) -> Result<UndoReport> {
            const auto target = wish.target ? findAction(write.db, *wish.target)
                                : redo      ? nextRedo(write.db, write.action)
                                            : nextUndo(write.db, write.action);
            if (!target)
                return fail(wish.target ? ErrorCode::NotFound : redo ? ErrorCode::NothingToRedo : ErrorCode::NothingToUndo);
            const UndoPolicy policy = wish.policy.value_or(redo ? UndoPolicy::AllOrNothing : usualPolicy(*target));
            bool ranges = target->changeCount > changesAtOnce;
            if (!ranges) // a bulk insert is one change, and may be a million rows
                ranges = rowsInRanges(write.db, target->id, changesAtOnce) >= changesAtOnce;
            if (ranges) {
                large = target;
                return fail(ErrorCode::Busy, "in chunks");
            }
            if (redo)
                return store::redoAction(write, target->id, policy);
            const auto merge = MergeRepository(write.db).ofAction(target->id);
            auto done = store::undoAction(write, target->id, policy);
            if (merge && done) {
                const auto surroundings = m_context.surroundings();
                MergeFlow(write, surroundings).undone(merge->kept, merge->gone);
            }
            return done;
        }));
    if (!large)
        return report;
    return goBackInChunks(wish, *large, wish.policy.value_or(redo ? UndoPolicy::AllOrNothing : usualPolicy(*large)));
}

Result<UndoReport> HistoryService::goBackInChunks(const Wish& wish, const HistoryEntry& target, UndoPolicy policy) {
    const bool redo = wish.way == Way::Redo;
    const auto isLeft = [&] { return (wish.progress && wish.progress->cancelled()) || m_context.isStopping(); };
    if (isLeft())
        return fail(ErrorCode::Cancelled);
    if (wish.progress) {
        wish.progress->setPhase(Progress::Phase::Checking);
        wish.progress->setTotal(target.changeCount);
    }
    if (policy == UndoPolicy::AllOrNothing) { // looked for before anything is written: a chunk is not rolled back
        OUTRIDER_ASSIGN(const std::vector<UndoConflict> found,
                        wait(m_context.store().read([&](ReadContext& r) -> Result<std::vector<UndoConflict>> {
                            return undoConflicts(r.db, target.id, conflictsNamed);
                        })));
        const auto isSent = [](const UndoConflict& conflict) { return conflict.table == "outbox"; };
        if (!found.empty())
            return fail(std::ranges::any_of(found, isSent) ? ErrorCode::NotUndoable : ErrorCode::UndoConflict, summary(found));
    }
    if (wish.progress)
        wish.progress->setPhase(Progress::Phase::Writing);
    UndoRun run(redo ? UndoRun::Kind::Redo : UndoRun::Kind::Undo, target.id);
    OUTRIDER_TRY(wait(m_context.store().read([&run](ReadContext& r) -> Result<> {
        run.prepare(r.db);
        return {};
    })));
    Pace pace(m_context.store());
    const auto step = [&](WriteContext& write) {
        pace.begin();
        auto done = run.step(write, [&pace] { return pace.goesOn(); });
        pace.worked();
        return done;
    };
    for (ActionId running;; running = run.report().action) {
        OUTRIDER_ASSIGN(const bool done, wait(running ? m_context.store().writeMore(running, step)
                                                      : m_context.store().write(m_context.action(redo ? "redo" : "undo"), step)));
        pace.committed();
        if (wish.progress)
            wish.progress->setDone(run.report().restored);
        if (done)
            return std::move(run).finish(UndoPolicy::KeepChanged);
        if (isLeft())
            return fail(ErrorCode::Cancelled);
    }
}

QFuture<Result<std::vector<UndoConflict>>> HistoryService::conflicts(std::optional<ActionId> id) {
    return m_context.store().read([id](ReadContext& r) -> Result<std::vector<UndoConflict>> {
        const auto target = id ? findAction(r.db, *id) : nextUndo(r.db);
        if (!target)
            return fail(id ? ErrorCode::NotFound : ErrorCode::NothingToUndo);
        return undoConflicts(r.db, target->id, conflictsNamed);
    });
}

QFuture<Result<HistoryService::Next>> HistoryService::next() {
    return m_context.store().read([](ReadContext& r) -> Result<Next> { return Next{nextUndo(r.db), nextRedo(r.db)}; });
}

QFuture<Result<std::vector<HistoryEntry>>> HistoryService::list(HistoryQuery query) {
    return m_context.store().read(
        [query](ReadContext& r) -> Result<std::vector<HistoryEntry>> { return store::history(r.db, query); });
}

QFuture<Result<std::vector<FieldOrigin>>> HistoryService::provenance(LeadId lead) {
    return m_context.store().read([lead](ReadContext& r) -> Result<std::vector<FieldOrigin>> {
        std::vector<FieldOrigin> origins = store::provenance(r.db, lead);
        if (origins.empty())
            return fail(ErrorCode::NotFound, "lead " + std::to_string(lead.value));
        return origins;
    });
}

QFuture<Result<HistoryService::LeadThen>> HistoryService::leadAsOf(LeadId lead, Instant moment, int entries) {
    return m_context.undoing().run([this, lead, moment, entries]() -> Result<LeadThen> {
        std::shared_ptr<Past> past;
        {
            const std::lock_guard lock(m_pastMutex);
            past = m_past;
        }
        if (past == nullptr || past->clock.now() != moment) {
            past = std::make_shared<Past>(moment);
            OUTRIDER_ASSIGN(past->store, m_context.store().openAsOf(moment, past->clock, m_context.random()));
            const std::lock_guard lock(m_pastMutex);
            m_past = past;
        }
        return wait(past->store->read([&](ReadContext& r) -> Result<LeadThen> {
            OUTRIDER_ASSIGN(LeadDetail detail, readLeadDetail(r.db, lead, m_context.surroundings(), moment));
            OUTRIDER_ASSIGN(TimelinePage page, ActivityRepository(r.db).timeline(lead, {}, entries));
            return LeadThen{std::move(detail), std::move(page.entries)};
        }));
    });
}

QFuture<Result<int>> HistoryService::keepDays() {
    return m_context.store().read([](ReadContext& r) -> Result<int> { return readKeepDays(r.db); });
}

QFuture<Result<>> HistoryService::setKeepDays(int days) {
    return m_context.store().write(m_context.action("settings.journal", std::to_string(days)),
                                   [days](WriteContext& write) -> Result<> {
                                       if (days < 0)
                                           return fail(ErrorCode::InvalidArgument, "days: " + std::to_string(days));
                                       SettingRepository(write.db).set(write, keepDaysSetting, std::to_string(days));
                                       return {};
                                   });
}

void HistoryService::forgetOld() {
    if (!m_context.store().isReadOnly())
        m_context.background().post([this]() { forgetChunk(); });
}

// A chunk, and the next one behind whatever was asked for meanwhile.
void HistoryService::forgetChunk() {
    const auto wanted = wait(keepDays());
    if (!wanted || *wanted == 0)
        return;
    const auto more = wait(m_context.store().writeSilently([](WriteContext& write) -> Result<bool> {
        const int days = readKeepDays(write.db);
        return days > 0 && forgetChangesBefore(write, write.now - std::chrono::days(days), changesForgottenAtOnce);
    }));
    if (more && *more && !m_context.isStopping())
        m_context.background().post([this]() { forgetChunk(); });
}

QFuture<Result<std::string>> HistoryService::contentHash() {
    return m_context.store().read([](ReadContext& r) -> Result<std::string> { return store::contentHash(r); });
}

} // namespace outrider
