// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/history.h"
#include "core/store/store.h"

#include <optional>
#include <vector>

namespace outrider::store {

// Undo and redo from the journal. An undo is an action of its own, whose undoing is the redo; so
// both survive a restart and are themselves part of the history. Called inside Store::write with an
// action named "undo" or "redo"; the functions turn that action into what it says.

// Which action the next undo (redo) of the person would take back: the youngest of the window, the
// command line, the API or an import. Engine and inbound actions are taken back from their screens.
// Asked from within the action that is to do it, that one (`running`) does not count.
std::optional<HistoryEntry> nextUndo(Connection& db, ActionId running = {});
std::optional<HistoryEntry> nextRedo(Connection& db, ActionId running = {});

// Takes `target` back inside the running action. ErrorCode::NotFound, NotUndoable (it sent
// something, or was undone already), UndoConflict.
Result<UndoReport> undoAction(WriteContext& context, ActionId target, UndoPolicy policy);

// Takes the undo `target` back: what it undid is done again.
Result<UndoReport> redoAction(WriteContext& context, ActionId target, UndoPolicy policy);

// The youngest `limit` actions at or before `before` (0: the youngest), newest first; with a lead,
// those that changed it.
std::vector<HistoryEntry> history(Connection& db, std::optional<LeadId> lead, std::optional<Instant> since, std::int64_t before,
                                  int limit);

} // namespace outrider::store
