// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/history.h"

#include <QFuture>

#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// Undo, redo and who did what when. Thread-safe; every call returns at once.
class HistoryService {
public:
    explicit HistoryService(ServiceContext& context) : m_context(context) {}

    // Takes back the person's last action. An import keeps the leads worked on since; for anything else
    // a later change of somebody else's is UndoConflict, and undo(KeepChanged) takes back the rest.
    QFuture<Result<UndoReport>> undo(std::optional<UndoPolicy> policy = std::nullopt);
    QFuture<Result<UndoReport>> redo();
    // One certain action, also of the inbox.
    QFuture<Result<UndoReport>> undoAction(ActionId id, UndoPolicy policy);

    struct Next {
        std::optional<HistoryEntry> undo;
        std::optional<HistoryEntry> redo;
    };
    QFuture<Result<Next>> next();

    QFuture<Result<std::vector<HistoryEntry>>> list(std::optional<LeadId> lead, std::optional<Instant> since, int limit);

    // The hash of the whole content (store/content_hash.h).
    QFuture<Result<std::string>> contentHash();

private:
    ServiceContext& m_context;
};

} // namespace outrider
