// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "core/outreach/days_off.h"
#include "core/outreach/zone.h"

#include <vector>

namespace outrider::outreach {

// The time between the wished hours that nothing of `taken` (any order, overlapping or not) lies in, from `now` on; each
// begins and ends at a quarter of an hour and is as long as wished. Days count when they have such hours: of a weekend or
// a day off none, when only workdays are wished.
std::vector<FreeSlot> freeTime(const FreeWish& wish, std::vector<FreeSlot> taken, const Zone& zone, const DaysOff& daysOff,
                               Instant now);

} // namespace outrider::outreach
