// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/domain/status.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// What the cards of a column are sorted by: the best first, what is due first, who was touched last, who came
// last. Leads without such a value follow those with one.
enum class BoardSort { Score, Due, LastTouch, Created };

struct BoardSortField {
    std::string_view field; // core/domain/field.h
    bool descending;
};
constexpr BoardSortField sortField(BoardSort sort) {
    switch (sort) {
    case BoardSort::Due:
        return {"due", false};
    case BoardSort::LastTouch:
        return {"last_touch", true};
    case BoardSort::Created:
        return {"created", true};
    case BoardSort::Score:
        break;
    }
    return {"score", true};
}
inline constexpr std::array boardSorts{BoardSort::Score, BoardSort::Due, BoardSort::LastTouch, BoardSort::Created};

// The board: leads in columns, one for each status.
struct BoardQuery {
    Filter filter;                 // beside the column's status
    std::optional<MemberId> owner; // theirs alone; id 0: nobody's
    BoardSort sort = BoardSort::Score;

    bool isWhole() const { return filter.matchesEverything() && !owner; }
    bool operator==(const BoardQuery&) const = default;
};

struct BoardColumn {
    Status status;
    std::optional<std::int64_t> count; // none: has to be counted
    LeadPage cards;                    // the first page; of a board that is filtered, read column by column
};

struct Board {
    std::vector<BoardColumn> columns; // in the order of the statuses
};

} // namespace outrider
