// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

namespace outrider::theme {

// The ground and the ink of a heat map's cell, from little (0) to most (heatSteps - 1). In high contrast only the most
// is filled: the number in the cell says the rest.
inline constexpr int heatSteps = 5;
struct Heat {
    QColor fill;
    QColor ink;
};
Heat heat(const Tokens& tokens, int step);

} // namespace outrider::theme
