// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/domain/provenance.h"

#include <QString>

#include <string_view>

namespace outrider::text {

// The journal in plain words; actionText() in names.h says what an action did.

// The same for what undo and redo did: "Taken back: Ægir Þórsson".
QString historyText(const HistoryEntry& entry);

// Who did it: a person's name, "incoming mail", "the program".
QString whoText(const HistoryEntry& entry);

// A column of the store as a person calls it: "Owner".
QString columnText(std::string_view column);

// "Ada Lovelace: Title is now “CTO”, would be “CEO” (Edited Ada Lovelace, Mara)".
QString conflictText(const UndoConflict& conflict);

// Where a field comes from, without its moment: "Row 12 of people.csv, by Mara".
QString originText(const FieldOrigin& origin);

} // namespace outrider::text
