// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

class Connection;

// A table whose rows are the workspace's content: every change of it is journaled, and its rows make
// up the content hash. What is not listed (journal, search, secrets, cursors, ledger) is neither.
struct JournaledTable {
    int number; // change.tbl; stored, never renumber
    std::string_view name;
    std::string_view leadColumn; // which lead a row belongs to; empty: none
    // Derived or moved by the sending engine: not captured, put back by the triggers that keep them.
    std::vector<std::string_view> uncaptured;
    // Of those, what is not content either and so left out of the hash.
    std::vector<std::string_view> derived;
};

// Parents before children.
std::span<const JournaledTable> journaledTables();
const JournaledTable* journaledTable(int number);
const JournaledTable* journaledTable(std::string_view name);

struct Column {
    int index = 0; // change.col
    std::string name;
    std::string type; // "TEXT", "INTEGER", "BLOB"…
};

// A table's columns, in their order.
std::vector<Column> columnsOf(Connection& db, std::string_view table);

// (Re)creates the triggers that write the journal, from the tables as they are now. A row per changed
// column, switched by journal_state: measured at 1.1 times the cost of the same bulk update without.
void installCaptureTriggers(Connection& db);

} // namespace outrider::store
