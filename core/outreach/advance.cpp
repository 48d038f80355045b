// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/advance.h"

namespace outrider::outreach {

Enrolment advanced(const Enrolment& enrolment, const StrategyVersion& version, Instant at) {
    Enrolment next = enrolment;
    if (!enrolment.isRunning())
        return next;
    next.nextStep = enrolment.nextStep + 1;
    next.lastStepAt = at;
    next.pausedUntil.reset();
    next.pauseReason = PauseReason::Absence;
    next.state = EnrolmentState::Active;
    if (next.nextStep >= static_cast<int>(version.steps.size())) {
        next.state = EnrolmentState::Finished;
        next.endedAt = at;
    }
    return next;
}

Enrolment stopped(const Enrolment& enrolment, StopReason reason, Instant at) {
    Enrolment next = enrolment;
    if (!enrolment.isRunning())
        return next;
    next.state = EnrolmentState::Stopped;
    next.stopReason = reason;
    next.pausedUntil.reset();
    next.endedAt = at;
    return next;
}

} // namespace outrider::outreach
