// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/lead_cells.h"

#include <QString>

#include <optional>
#include <vector>

namespace outrider::leads {

// Which columns a list shows, in which order and how wide. Widths are in logical pixels at 100 %, without
// the gap. A plain value, kept per view as text.
struct ColumnLayout {
    struct Entry {
        models::LeadColumn column = models::LeadColumn::Name;
        int width = 0;
        bool visible = true;

        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> columns; // every one but the box, in visual order

    static ColumnLayout usual();
    // What cannot be read, and columns that did not exist yet, are as usual.
    static ColumnLayout fromText(const QString& text);
    QString toText() const;

    Entry& entry(models::LeadColumn column);

    // The widths of `columns` in pixels for a table with `available` of them; 0: not shown. What is too
    // much goes to the next step; when it is too little, the title gives way first, then company and
    // strategy, and `keep` (being dragged) last.
    std::vector<int> fit(int available, double scale, int gap, std::optional<models::LeadColumn> keep = std::nullopt) const;

    bool operator==(const ColumnLayout&) const = default;
};

} // namespace outrider::leads
