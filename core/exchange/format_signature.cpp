// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/format_signature.h"

#include "core/exchange/header_words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace outrider::exchange {

namespace {

constexpr int fewestKnown = 3; // columns of a product's own, whatever its signature asks for

using ColumnsByKey = std::unordered_map<std::string, const KnownColumn*>;

const ColumnsByKey& columnsOf(const SourceFormat& format) {
    static const auto all = [] {
        std::unordered_map<const SourceFormat*, ColumnsByKey> byFormat;
        for (const SourceFormat& each : sourceFormats()) {
            for (const KnownColumn& column : each.columns)
                byFormat[&each].emplace(headerKey(column.header), &column);
        }
        return byFormat;
    }();
    return all.at(&format);
}

struct Header {
    std::unordered_set<std::string> keys;
    std::unordered_set<std::string> spelled;
    std::span<const std::string> raw;
};

bool isThere(std::string_view wanted, const Header& header) {
    if (wanted.front() == '=')
        return header.spelled.contains(std::string(wanted.substr(1)));
    if (wanted.ends_with(" - *")) {
        const std::string_view prefix = wanted.substr(0, wanted.size() - 1);
        const auto begins = [prefix](const std::string& name) { return name.starts_with(prefix); };
        return std::count_if(header.raw.begin(), header.raw.end(), begins) >= 2;
    }
    return header.keys.contains(headerKey(wanted));
}

bool anyIsThere(std::string_view alternatives, const Header& header) {
    for (;;) {
        const auto bar = alternatives.find('|');
        if (isThere(alternatives.substr(0, bar), header))
            return true;
        if (bar == std::string_view::npos)
            return false;
        alternatives.remove_prefix(bar + 1);
    }
}

} // namespace

FormatMatch recogniseFormat(std::span<const std::string> header) {
    Header known{.raw = header};
    for (const std::string& name : header) {
        if (std::string key = headerKey(name); !key.empty())
            known.keys.insert(std::move(key));
        known.spelled.insert(name);
    }
    FormatMatch best;
    int bestColumns = 0;
    for (const SourceFormat& format : sourceFormats()) {
        const auto there = [&](std::string_view alternatives) { return anyIsThere(alternatives, known); };
        if (!std::all_of(format.signature.begin(), format.signature.end(), there))
            continue;
        const ColumnsByKey& columns = columnsOf(format);
        const auto count = static_cast<int>(
            std::count_if(known.keys.begin(), known.keys.end(), [&](const auto& key) { return columns.contains(key); }));
        if (count < fewestKnown || count <= bestColumns)
            continue;
        bestColumns = count;
        best.format = &format;
        best.confidence = std::min(0.99, 0.6 + 0.4 * count / static_cast<double>(known.keys.size()));
    }
    return best;
}

const KnownColumn* knownColumn(const SourceFormat& format, std::string_view header) {
    const ColumnsByKey& columns = columnsOf(format);
    const auto found = columns.find(headerKey(header));
    return found == columns.end() ? nullptr : found->second;
}

} // namespace outrider::exchange
