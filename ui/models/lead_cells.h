// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/domain/status.h"
#include "ui/paint/pieces.h"
#include "ui/text/dates.h"

#include <QString>

#include <array>
#include <string_view>
#include <vector>

namespace outrider::models {

// The columns a list of leads can show, in the order they have at first. Tick is the box to select by.
enum class LeadColumn { Tick, Name, Title, Company, Status, Score, Strategy, NextStep, LastTouch, Country, Email, Created };
inline constexpr int leadColumnCount = 12;

// The field (core/domain/field.h) a column shows; empty for the box. Also what it is kept under.
std::string_view fieldOf(LeadColumn column);
// Whether a list can be sorted by it.
bool isSortable(LeadColumn column);
bool isRightAligned(LeadColumn column);
// Above the column: shorter than the field's name where the cells say the rest.
QString columnTitle(LeadColumn column);

// One row as it is painted: everything worded, so that painting neither converts nor formats.
struct LeadCells {
    LeadListRow row;
    std::array<QString, leadColumnCount> text;
    paint::Chip standing;
    int strategyName = 0;  // how much of the strategy's cell is its name; the rest is kept when it is cut
    bool late = false;     // the next step is overdue
    bool stranded = false; // still open, and nothing comes next
};

LeadCells makeCells(LeadListRow row, const std::vector<Status>& statuses, const text::Dates& dates, Instant now);

} // namespace outrider::models
