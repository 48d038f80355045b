// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/history.h"
#include "core/store/store.h"

#include <functional>
#include <memory>
#include <optional>

namespace outrider::store {

// Undo and redo from the journal. An undo is an action of its own, whose undoing is the redo; so
// both survive a restart and are themselves part of the history. Called inside Store::write with an
// action named "undo" or "redo"; the functions turn that action into what it says.

// Which action the next undo (redo) of the person would take back: the youngest of the window, the
// command line, the API or an import. Engine and inbound actions are taken back from their screens.
// Asked from within the action that is to do it, that one (`running`) does not count.
std::optional<HistoryEntry> nextUndo(Connection& db, ActionId running = {});
std::optional<HistoryEntry> nextRedo(Connection& db, ActionId running = {});

// An undo (or redo) of any size, some of it in each transaction, so that nobody's write waits long: the first
// step in a new action, the rest in Store::writeMore. Stopped half-way it is an action that can itself be taken
// back, and what is left of the target stays the next to undo.
class UndoRun {
public:
    enum class Kind { Undo, Redo };
    UndoRun(Kind kind, ActionId target);
    ~UndoRun();
    UndoRun(UndoRun&& other) noexcept;

    // Looks for what has to stay, which in a large import takes seconds, on a connection that keeps nobody waiting.
    // Left out, the first step does it.
    void prepare(Connection& db);

    // Goes on for as long as `goesOn` says so, which is asked every few milliseconds; true: all is done.
    // ErrorCode::NotFound, NotUndoable (not in force, or forgotten), NothingToRedo.
    using GoesOn = std::function<bool()>;
    Result<bool> step(WriteContext& write, const GoesOn& goesOn);

    const UndoReport& report() const; // so far

    // UndoConflict when something was kept and the policy allows none, NotUndoable when that is a sent message;
    // the transaction then has to be rolled back.
    Result<UndoReport> finish(UndoPolicy policy) &&;

private:
    class Undoing;
    Kind m_kind;
    ActionId m_target;
    std::unique_ptr<Undoing> m_undoing;
};

// In one transaction: takes `target` back inside the running action.
Result<UndoReport> undoAction(WriteContext& write, ActionId target, UndoPolicy policy);

// Takes the undo `target` back: what it undid is done again.
Result<UndoReport> redoAction(WriteContext& write, ActionId target, UndoPolicy policy);

} // namespace outrider::store
