// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/store/sqlite/connection.h"

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace outrider::store {

// What stands in the way of an undo: what somebody changed since, found before anything is written. All
// functions throw StoreException.

// What undoing that action would leave alone, at most `most`, each with the action that came later and both
// values. Looks at the rows the action changed, so thousands take a while; reads only.
std::vector<UndoConflict> undoConflicts(Connection& db, ActionId target, int most);

// "3 in all: lead.first_name, …": for the log and the command line.
std::string summary(const std::vector<UndoConflict>& conflicts);

// The changes of an action lie between these numbers, among others' when it took several transactions.
struct ActionRange {
    std::int64_t first = 1;
    std::int64_t last = 0;
};
ActionRange rangeOf(Connection& db, ActionId action);

// How many rows the bulk inserts of an action may have made, counted up to `most`.
std::int64_t rowsInRanges(Connection& db, ActionId action, std::int64_t most);

// Whether others, still in force, changed one of those rows after change `since`. The actions `target` and
// `running` do not count.
struct RowRange {
    int table = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
};
bool hasForeignChange(Connection& db, RowRange rows, std::int64_t since, ActionId target, ActionId running);

// Of the leads an action created: those somebody has worked on since. They stay, with all their rows: one was
// edited, or something younger than the action belongs to it.
struct CreatedLeads {
    std::vector<RowRange> made; // empty: the action created none
    std::unordered_set<std::int64_t> workedOn;
};
CreatedLeads createdLeads(Connection& db, ActionId target, ActionId running);

// Fills in the later action, the lead's name and both values.
struct ConflictAt {
    std::int64_t change = 0; // the target's change of it
    int column = -1;         // -1: the row as a whole
    ActionId target;
    ActionId running;
};
void explain(Connection& db, UndoConflict& conflict, const ConflictAt& at);

} // namespace outrider::store
