// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::exchange {

// A cell as text of ours: trimmed, without control characters, empty when it stands for nothing
// (isPlaceholder). Pure functions.

// One line: no line break can get into the header of a mail by way of a name.
std::string oneLine(std::string_view cell);

// One line that is a name: "Na" and "Nil" are people, "NA" and "n/a" nobody.
std::string nameLine(std::string_view cell);

// As many lines as it has, ended by a line feed.
std::string manyLines(std::string_view cell);

} // namespace outrider::exchange
