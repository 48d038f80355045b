// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/heat.h"

#include <algorithm>
#include <array>

namespace outrider::theme {

Heat heat(const Tokens& tokens, int step) {
    static constexpr std::array<QRgb, heatSteps> light{0xFFD9E4E4, 0xFFB5CED0, 0xFF91B8BC, 0xFF5E999F, 0xFF0B6670};
    static constexpr std::array<QRgb, heatSteps> dark{0xFF283639, 0xFF334F53, 0xFF3E686D, 0xFF4D8C92, 0xFF66C5CE};
    const int place = std::clamp(step, 0, heatSteps - 1);
    const Colors& color = tokens.color;
    if (tokens.isHighContrast())
        return place == heatSteps - 1 ? Heat{color.chart1, color.onAccent} : Heat{color.surface, color.text};
    if (tokens.isDark())
        return {QColor(dark[std::size_t(place)]), place >= 3 ? color.onAccent : color.text};
    return {QColor(light[std::size_t(place)]), place == heatSteps - 1 ? color.onAccent : color.text};
}

} // namespace outrider::theme
