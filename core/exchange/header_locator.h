// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace outrider::exchange {

// Which of a table's first rows is the header, by what is written there: a preamble is shorter, data
// hold addresses, numbers and dates. Nothing: the table has no header. The index is into `rows`,
// which may contain blank ones.
std::optional<std::size_t> findHeader(std::span<const std::vector<std::string>> rows);

} // namespace outrider::exchange
