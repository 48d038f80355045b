// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/variant.h"

#include "core/base/mix.h"

#include <algorithm>

namespace outrider {

int textCount(const Step& step) { return 1 + int(step.variants.size()); }

std::string_view subjectOf(const Step& step, int variant) {
    return variant <= 0 || variant >= textCount(step) ? step.subject : step.variants[std::size_t(variant - 1)].subject;
}

std::string_view bodyOf(const Step& step, int variant) {
    return variant <= 0 || variant >= textCount(step) ? step.body : step.variants[std::size_t(variant - 1)].body;
}

int weightOf(const Step& step, int variant) {
    return std::max(0, variant <= 0 || variant >= textCount(step) ? step.weight : step.variants[std::size_t(variant - 1)].weight);
}

int variantFor(EnrolmentId enrolment, const Step& step) {
    const int texts = textCount(step);
    std::uint64_t sum = 0;
    for (int i = 0; i < texts; ++i)
        sum += std::uint64_t(weightOf(step, i));
    if (texts == 1 || sum == 0)
        return 0;
    // By position and not by id: a new version of the strategy leaves everybody with the text they had.
    std::uint64_t at = mixed(mixed(std::uint64_t(enrolment.value)) + std::uint64_t(step.position)) % sum;
    for (int i = 0; i < texts; ++i) {
        const auto weight = std::uint64_t(weightOf(step, i));
        if (at < weight)
            return i;
        at -= weight;
    }
    return 0;
}

std::optional<int> winnerOf(const std::vector<VariantResult>& results) {
    if (results.size() < 2
        || std::ranges::any_of(results, [](const VariantResult& one) { return one.sent < leastSentForWinner; }))
        return std::nullopt;
    const auto best = std::ranges::max_element(results, {}, [](const VariantResult& one) { return one.interval().low; });
    const double low = best->interval().low;
    for (auto other = results.begin(); other != results.end(); ++other) {
        if (other != best && other->interval().high >= low)
            return std::nullopt;
    }
    return int(best - results.begin());
}

} // namespace outrider
