// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enrolment.h"
#include "core/domain/strategy.h"

namespace outrider::outreach {

// The enrolment after its current step was done or skipped at `at`: the next step is one further,
// days count from `at`, an out-of-office pause is over, and past the last step it is finished.
// A pure function; nothing happens to an enrolment that no longer runs.
Enrolment advanced(const Enrolment& enrolment, const StrategyVersion& version, Instant at);

// The enrolment after it was ended early.
Enrolment stopped(const Enrolment& enrolment, StopReason reason, Instant at);

} // namespace outrider::outreach
