// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/proportion.h"
#include "core/domain/strategy.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace outrider {

// Texts of an e-mail step: its own and its variants.
int textCount(const Step& step);
std::string_view subjectOf(const Step& step, int variant);
std::string_view bodyOf(const Step& step, int variant);
int weightOf(const Step& step, int variant);

// Which text of a step an enrolment gets; 0 is A. Depends on nothing but the two: the preview, the dry run and the message
// that is sent are the same, whenever. Over many enrolments each gets its weight's share. Never one of weight 0, unless all are.
int variantFor(EnrolmentId enrolment, const Step& step);

// What became of the e-mails of one text.
struct VariantResult {
    std::int64_t sent = 0;
    std::int64_t replied = 0;

    Interval interval() const { return wilson95(replied, sent); }
    bool operator==(const VariantResult&) const = default;
};

// The text that did best, once it is known to: each has gone out leastSentForWinner times, and the best one's interval
// lies above that of every other. Nobody is a winner before.
inline constexpr std::int64_t leastSentForWinner = 100;
std::optional<int> winnerOf(const std::vector<VariantResult>& results);

} // namespace outrider
