// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/header_locator.h"

#include "core/contact/text.h"
#include "core/exchange/cell_shape.h"
#include "core/exchange/header_rules.h"

#include <algorithm>
#include <map>

namespace outrider::exchange {

namespace {

constexpr std::size_t longestPreamble = 40;
constexpr std::size_t longestHeader = 120; // bytes; a sentence is no header

struct RowLook {
    std::size_t filled = 0;
    std::size_t data = 0;  // cells no header has
    std::size_t known = 0; // cells the lexicon understands
};

RowLook lookAt(const std::vector<std::string>& row) {
    RowLook look;
    for (const std::string& raw : row) {
        const auto cell = contact::trimmed(raw);
        if (cell.empty())
            continue;
        ++look.filled;
        const CellShape shape = shapeOf(cell);
        if (cell.size() > longestHeader || (isData(shape) && shape != CellShape::Domain)) {
            ++look.data;
            continue;
        }
        const HeaderMeaning meaning = meaningOf(cell);
        if (meaning.concepts.any() && meaning.unknown == 0)
            ++look.known;
        else if (shape == CellShape::Domain) // but "contact.email" is a header
            ++look.data;
    }
    return look;
}

// How many cells most rows fill up to.
std::size_t usualWidth(std::span<const std::vector<std::string>> rows) {
    std::map<std::size_t, std::size_t> counts;
    for (const auto& row : rows) {
        if (!row.empty())
            ++counts[row.size()];
    }
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second, a.first) < std::pair(b.second, b.first);
    });
    return most == counts.end() ? 0 : most->first;
}

} // namespace

std::optional<std::size_t> findHeader(std::span<const std::vector<std::string>> rows) {
    const std::size_t width = usualWidth(rows);
    std::optional<std::size_t> firstFull; // the first row that is no preamble
    RowLook firstLook;
    for (std::size_t i = 0; i < std::min(rows.size(), longestPreamble); ++i) {
        const RowLook look = lookAt(rows[i]);
        if (look.filled == 0 || look.filled * 2 < width || (width > 1 && look.filled < 2))
            continue;
        const bool understood = look.data == 0 ? look.known * 3 >= look.filled || look.known >= 3
                                               : look.data * 5 <= look.filled && look.known * 2 >= look.filled;
        if (understood) // a few may be numbers: "2023", "2024"
            return i;
        if (!firstFull) {
            firstFull = i;
            firstLook = look;
        } else if (look.data * 2 > look.filled) {
            break; // well inside the data
        }
    }
    // No row speaks a language we know. A table without a header begins with a row like the others.
    return firstFull && firstLook.data == 0 ? firstFull : std::nullopt;
}

} // namespace outrider::exchange
