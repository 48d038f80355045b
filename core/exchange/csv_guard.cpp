// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_guard.h"

#include <algorithm>
#include <array>

namespace outrider::exchange {

namespace {

bool startsFormula(std::string_view text) {
    if (text.empty())
        return false;
    constexpr std::string_view signs = "=+-@\t\r\n";
    if (signs.find(text.front()) != std::string_view::npos)
        return true;
    constexpr std::array<std::string_view, 4> fullWidth{"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    return text.front() == '\xEF'
           && std::any_of(fullWidth.begin(), fullWidth.end(), [text](std::string_view sign) { return text.starts_with(sign); });
}

std::string_view withoutApostrophes(std::string_view cell) {
    return cell.substr(std::min(cell.find_first_not_of('\''), cell.size()));
}

} // namespace

bool needsGuard(std::string_view cell) { return startsFormula(withoutApostrophes(cell)); }

std::string_view restored(std::string_view cell) {
    if (cell.empty() || cell.front() != '\'')
        return cell;
    return startsFormula(withoutApostrophes(cell)) ? cell.substr(1) : cell;
}

} // namespace outrider::exchange
