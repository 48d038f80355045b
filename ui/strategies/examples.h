// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <QString>

#include <vector>

namespace outrider::strategies {

// Strategies to start from: complete, publishable as they are, and meant to be rewritten. Every field in
// their texts has a fallback or stands in a section, so no lead's message waits for a missing one.
struct Example {
    QString name;
    QString what; // one line: for whom, how long
    StrategyVersion version;
};
std::vector<Example> examples();

} // namespace outrider::strategies
