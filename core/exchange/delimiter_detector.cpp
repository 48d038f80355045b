// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/delimiter_detector.h"

#include "core/contact/text.h"
#include "core/exchange/record_splitter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace outrider::exchange {

namespace {

constexpr std::size_t recordsLookedAt = 200;

// How well the delimiter explains the text: the share of records with the commonest number of
// cells, a little more for more cells, nothing when that number is one.
double score(std::string_view text, char delimiter) {
    std::map<std::size_t, int> counts; // cells -> records
    int records = 0;
    int repaired = 0;
    std::size_t first = 0;
    RecordSplitter splitter(delimiter, [&](const Record& record) {
        if (!record.cells.empty()) {
            if (records == 0)
                first = record.cells.size();
            ++counts[record.cells.size()];
            ++records;
            repaired += record.repaired ? 1 : 0;
        }
        return records < int(recordsLookedAt);
    });
    if (!splitter.feed(text) || !splitter.finish())
        return 0;
    const auto commonest = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second, a.first) < std::pair(b.second, b.first);
    });
    if (commonest == counts.end())
        return 0;
    // A lone header above rows of one cell is a table all the same: take the widest then.
    const std::size_t cells = commonest->first > 1 || records > 2 ? commonest->first : counts.rbegin()->first;
    if (cells < 2)
        return 0;
    const double share = double(counts[cells] - repaired / 2) / records;
    // Decimal commas split the rows as evenly as semicolons do, but not the header.
    return share * (1 + 0.05 * std::log2(double(cells)) + (first == cells ? 0.2 : 0));
}

} // namespace

char declaredDelimiter(std::string_view firstLine) {
    const auto line = contact::trimmed(firstLine);
    constexpr std::string_view usual = ",;|:^~";
    if (line.size() == 5 && contact::asciiLower(line.substr(0, 4)) == "sep=" && usual.find(line[4]) != std::string_view::npos)
        return line[4];
    return firstLine.starts_with("sep=\t") ? '\t' : '\0';
}

char detectDelimiter(std::string_view text) {
    constexpr std::array candidates{',', ';', '\t', '|'}; // of equals the first
    char best = candidates.front();
    double bestScore = 0;
    for (const char candidate : candidates) {
        const double candidateScore = score(text, candidate);
        if (candidateScore > bestScore + 1e-9) {
            bestScore = candidateScore;
            best = candidate;
        }
    }
    return best;
}

} // namespace outrider::exchange
