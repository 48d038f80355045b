// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/action.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// One action of the journal, for the history and for what undo would take back.
struct HistoryEntry {
    ActionId id;
    ActionInfo action;
    Instant at{};
    enum class Kind { Done = 0, Undo = 1, Redo = 2 };
    Kind kind = Kind::Done;
    bool undone = false;
    std::int64_t changeCount = 0;
    std::string actorName; // who did it; empty: nobody in particular (the engine, an import)
};

// Which actions the history is asked for, newest first.
struct HistoryQuery {
    std::optional<LeadId> lead;   // those that changed it, or anything of it
    std::optional<Instant> since; // done then or later
    ActionId before;              // the last of the page before; none: from the newest
    int limit = 50;
};

// A row an undo left alone, because somebody changed it since.
struct UndoConflict {
    std::string table;
    std::int64_t rowId = 0;
    std::string field; // empty: the row as a whole
    LeadId lead;       // the lead it belongs to, if any
    std::string leadName;
    HistoryEntry later; // the action that changed it since; without an id when that is not known
    std::string before; // what the undo would have put back
    std::string now;    // what it says instead
};

struct UndoReport {
    ActionId action; // the undo itself
    HistoryEntry undone;
    std::int64_t restored = 0;           // values and rows put back
    std::vector<UndoConflict> conflicts; // what was kept; empty: everything was taken back
};

// What to do about what was changed since.
enum class UndoPolicy {
    AllOrNothing, // ErrorCode::UndoConflict, and nothing happens
    KeepChanged,  // take the rest back and report what was kept
};

} // namespace outrider
