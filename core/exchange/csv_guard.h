// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace outrider::exchange {

// A spreadsheet runs a cell that begins with "=", "+", "-", "@", a tab or a line break as a formula
// (OWASP, CSV injection; full-width signs count in some locales). So an export puts an apostrophe
// before such cells, and before those that already look guarded, and an import takes one away:
// restored() undoes exactly what guarded() does, and "'+49 30…" of other programs becomes a number.

// Whether the cell has to be written with an apostrophe before it.
bool needsGuard(std::string_view cell);

// Without the guarding apostrophe, if there is one.
std::string_view restored(std::string_view cell);

} // namespace outrider::exchange
