// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/history.h"
#include "core/domain/provenance.h"
#include "core/domain/timeline.h"
#include "core/services/lead_service.h"

#include <QFuture>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// Undo, redo, who did what when, and how it was before. Thread-safe; every call returns at once.
class HistoryService {
public:
    explicit HistoryService(ServiceContext& context);
    ~HistoryService();

    // Takes back the person's last action. An import keeps the leads worked on since; for anything else
    // a later change of somebody else's is UndoConflict (conflicts() names them), and undo(KeepChanged) takes
    // back the rest. What changed much is taken back in chunks that nobody's write waits for; cancelled
    // half-way, the rest stays the next to undo, and redo brings back what was taken.
    QFuture<Result<UndoReport>> undo(std::optional<UndoPolicy> policy = std::nullopt, ProgressPtr progress = {});
    QFuture<Result<UndoReport>> redo(std::optional<UndoPolicy> policy = std::nullopt, ProgressPtr progress = {});
    // One certain action, also of the inbox.
    QFuture<Result<UndoReport>> undoAction(ActionId id, UndoPolicy policy, ProgressPtr progress = {});

    // What undoing that action, or the next one, would leave as it is: somebody changed it since. Each with the
    // later action and both values; at most a hundred. Nothing is written.
    QFuture<Result<std::vector<UndoConflict>>> conflicts(std::optional<ActionId> id = std::nullopt);

    struct Next {
        std::optional<HistoryEntry> undo;
        std::optional<HistoryEntry> redo;
    };
    QFuture<Result<Next>> next();

    QFuture<Result<std::vector<HistoryEntry>>> list(HistoryQuery query);

    // Where what a lead's fields say comes from. NotFound.
    QFuture<Result<std::vector<FieldOrigin>>> provenance(LeadId lead);

    // A lead as it was then, with the youngest of its timeline. NotFound: there was none; InvalidArgument: the
    // journal does not reach back that far.
    struct LeadThen {
        LeadDetail detail;
        std::vector<TimelineEntry> timeline;
    };
    QFuture<Result<LeadThen>> leadAsOf(LeadId lead, Instant moment, int entries);

    // How many days what an action changed is kept, and so can be undone and looked back behind; 0: for ever.
    QFuture<Result<int>> keepDays();
    QFuture<Result<>> setKeepDays(int days);
    // Forgets what is older, a chunk at a time behind everything else. Called when a workspace opens.
    void forgetOld();

    // The hash of the whole content (store/content_hash.h).
    QFuture<Result<std::string>> contentHash();

private:
    struct Past;
    enum class Way { Undo, Redo };
    struct Wish {
        Way way = Way::Undo;
        std::optional<ActionId> target; // none: the next one
        std::optional<UndoPolicy> policy;
        ProgressPtr progress;
    };
    QFuture<Result<UndoReport>> goBack(Wish wish);
    Result<UndoReport> goBackNow(const Wish& wish);
    Result<UndoReport> goBackInChunks(const Wish& wish, const HistoryEntry& target, UndoPolicy policy);
    void forgetChunk();

    ServiceContext& m_context;
    std::mutex m_pastMutex;
    std::shared_ptr<Past> m_past; // the moment looked at last
};

} // namespace outrider
