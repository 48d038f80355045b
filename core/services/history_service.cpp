// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/history_service.h"

#include "core/services/service_context.h"
#include "core/store/content_hash.h"
#include "core/store/journal/undo.h"

namespace outrider {

using namespace outrider::store;

QFuture<Result<UndoReport>> HistoryService::undo(std::optional<UndoPolicy> policy) {
    return m_context.store().write(m_context.action("undo"), [policy](WriteContext& write) -> Result<UndoReport> {
        const auto next = nextUndo(write.db, write.action);
        if (!next)
            return fail(ErrorCode::NothingToUndo);
        const bool import = next->action.name.starts_with("import");
        return store::undoAction(write, next->id, policy.value_or(import ? UndoPolicy::KeepChanged : UndoPolicy::AllOrNothing));
    });
}

QFuture<Result<UndoReport>> HistoryService::redo() {
    return m_context.store().write(m_context.action("redo"), [](WriteContext& write) -> Result<UndoReport> {
        const auto next = nextRedo(write.db, write.action);
        if (!next)
            return fail(ErrorCode::NothingToRedo);
        return store::redoAction(write, next->id, UndoPolicy::AllOrNothing);
    });
}

QFuture<Result<UndoReport>> HistoryService::undoAction(ActionId id, UndoPolicy policy) {
    return m_context.store().write(m_context.action("undo"),
                                   [id, policy](WriteContext& write) { return store::undoAction(write, id, policy); });
}

QFuture<Result<HistoryService::Next>> HistoryService::next() {
    return m_context.store().read([](ReadContext& r) -> Result<Next> { return Next{nextUndo(r.db), nextRedo(r.db)}; });
}

QFuture<Result<std::vector<HistoryEntry>>> HistoryService::list(std::optional<LeadId> lead, std::optional<Instant> since,
                                                                int limit) {
    return m_context.store().read([lead, since, limit](ReadContext& r) -> Result<std::vector<HistoryEntry>> {
        return store::history(r.db, lead, since, 0, limit);
    });
}

QFuture<Result<std::string>> HistoryService::contentHash() {
    return m_context.store().read([](ReadContext& r) -> Result<std::string> { return store::contentHash(r); });
}

} // namespace outrider
