// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace outrider {

// The machine names of an enum's values: what JSON, the command line and logs say. One constexpr
// table per enum; both directions are searched, the tables being short.
template <typename Enum, std::size_t N>
struct EnumNames {
    std::array<std::pair<Enum, std::string_view>, N> entries;

    constexpr std::string_view name(Enum value) const {
        for (const auto& [candidate, text] : entries) {
            if (candidate == value)
                return text;
        }
        return {};
    }

    constexpr std::optional<Enum> value(std::string_view text) const {
        for (const auto& [candidate, name] : entries) {
            if (name == text)
                return candidate;
        }
        return std::nullopt;
    }
};

template <typename Enum, std::size_t N>
constexpr EnumNames<Enum, N> enumNames(const std::pair<Enum, std::string_view> (&entries)[N]) {
    EnumNames<Enum, N> names{};
    for (std::size_t i = 0; i < N; ++i)
        names.entries[i] = entries[i];
    return names;
}

} // namespace outrider
