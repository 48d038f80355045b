// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_text.h"

#include "core/contact/text.h"
#include "core/exchange/cell_values.h"

#include <algorithm>

namespace outrider::exchange {

namespace {

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool isNameLikePlaceholder(std::string_view cell) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return (cell.size() == 2 || cell.size() == 3) && upper(cell.front()) && std::all_of(cell.begin() + 1, cell.end(), lower);
}

} // namespace

std::string oneLine(std::string_view cell) {
    if (isPlaceholder(cell))
        return {};
    std::string text = contact::collapsed(cell);
    text.erase(std::remove_if(text.begin(), text.end(), isControl), text.end());
    return text;
}

std::string nameLine(std::string_view cell) {
    const auto text = contact::trimmed(cell);
    return isNameLikePlaceholder(text) ? std::string(text) : oneLine(cell);
}

std::string manyLines(std::string_view cell) {
    if (isPlaceholder(cell))
        return {};
    std::string text;
    const auto whole = contact::trimmed(cell);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const char c = whole[i];
        if (c == '\r')
            text += i + 1 < whole.size() && whole[i + 1] == '\n' ? "" : "\n";
        else if (c == '\n' || c == '\t' || !isControl(c))
            text += c;
    }
    return text;
}

} // namespace outrider::exchange
