// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/strategy_service.h"

#include <QString>

namespace outrider::strategies {

// What a check says to a person; the step is named by the caller. Every code of StrategyService::check has
// its own sentence, an unknown one is shown as it is.
QString checkText(const StrategyCheck& check);

} // namespace outrider::strategies
