// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace outrider::exchange {

// The character between the cells of a text's first records: comma, semicolon, tab or bar, whichever
// splits the most of them into the same number of cells, quotes respected. Comma when the text has
// one column.
char detectDelimiter(std::string_view text);

// Excel's own way of saying it: "sep=;" as the first line. 0: no such line.
char declaredDelimiter(std::string_view firstLine);

} // namespace outrider::exchange
