// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "core/outreach/strategy_flow.h"
#include "core/practice/practice_strategies.h"
#include "core/store/store.h"

#include <array>

namespace outrider::practice {

// What the story is told with.
struct PracticeStage {
    Instant now{};
    outreach::Surroundings surroundings;
    Mailbox mailbox;
    std::array<Strategy, 3> strategies;
    std::array<StrategyVersion, 3> versions;
};

// Six weeks of work on the practice leads, told in the order it happened, each deed at its moment through
// the flows that would do it today. Throws StoreException.
Result<> tellPracticeStory(store::WriteContext& write, const PracticeStage& stage);

} // namespace outrider::practice
