// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <QStringList>

namespace outrider::strategies {

// What ends the strategy for a lead, a few words each.
QStringList stopWords(const StrategyRules& rules);

// What else holds: absences, colleagues, canary, drip. Sentences.
QString rulesText(const StrategyRules& rules);

} // namespace outrider::strategies
