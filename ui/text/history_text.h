// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/domain/provenance.h"

#include <QString>
#include <QTimeZone>

#include <optional>
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

// The same beside the field, where there is little room: "import, row 12", "Mara", "a message".
QString originBrief(const FieldOrigin& origin);

// A moment that has passed, as one types it: "2026-11-19", "2026-11-19 14:00", "yesterday", "yesterday 9:30", "3d ago".
// A day without a time is its end, or now when it is today.
std::optional<Instant> parsePast(const QString& text, Instant now, const QTimeZone& zone);

} // namespace outrider::text
