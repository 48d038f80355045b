// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/cell_dates.h"
#include "core/exchange/cell_shape.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// What the cells of one column look like, from a sample of its table.
struct ColumnContent {
    int rows = 0;
    int filled = 0;               // cells that say something
    std::array<int, 11> shapes{}; // by CellShape
    int phoneLike = 0;            // could be dialled: also plain numbers of 7 to 15 digits
    int yesNo = 0;
    int countries = 0;    // names and codes of countries
    int countryNames = 0; // of these, names
    int salutations = 0;  // "Mr", "Frau Dr."
    int labels = 0;       // "Work", "* Home": what kind, not which
    int companies = 0;    // "… GmbH", "… Ltd."
    int jobs = 0;         // "Head of…", "Geschäftsführer"
    int counts = 0;       // whole numbers and ranges of them
    int dates = 0;        // also as a spreadsheet's serial numbers
    int refusals = 0;     // "unsubscribed", "bounced", "do not contact"
    int twoWords = 0;     // two to four words without digits, as names are
    int inAddress = 0;    // found in the row's e-mail address before the @
    int startsAddress = 0;
    int inDomain = 0; // found in it behind the @
    int distinct = 0; // different cells, as far as counted
    DateOrderFinder order;
    std::vector<std::string> samples; // a few different cells, cut short

    double share(int count) const { return filled == 0 ? 0 : static_cast<double>(count) / filled; }

    double share(CellShape shape) const { return share(shapes[static_cast<std::size_t>(shape)]); }
};

// Looks at the sample's rows (all of `columns` cells or more).
std::vector<ColumnContent> contentOf(const std::vector<std::vector<std::string>>& rows, std::size_t columns);

// Whether what the column holds speaks for or against a field its header stands for.
enum class ContentVerdict { Silent, Agrees, Contradicts };

ContentVerdict verdictFor(std::string_view field, const ColumnContent& content);

// The field a column's cells alone make plausible; for columns whose header says nothing.
struct ContentGuess {
    std::string_view field;
    double confidence = 0;
};

std::optional<ContentGuess> fieldByContent(const ColumnContent& content);

} // namespace outrider::exchange
