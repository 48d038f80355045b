// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/free_time.h"

#include <algorithm>

namespace outrider::outreach {

namespace {

constexpr Millis quarter = std::chrono::minutes(15);

// By the clock on the wall, which is a quarter of an hour off UTC's at most by whole quarters.
Instant quarterAfter(Instant at) {
    const auto rest = at.time_since_epoch() % quarter;
    return rest == Millis(0) ? at : at + (quarter - rest);
}
Instant quarterBefore(Instant at) { return at - at.time_since_epoch() % quarter; }

} // namespace

std::vector<FreeSlot> freeTime(const FreeWish& wish, std::vector<FreeSlot> taken, const Zone& zone, const DaysOff& daysOff,
                               Instant now) {
    std::ranges::sort(taken, {}, &FreeSlot::from);
    std::vector<FreeSlot> slots;
    int found = 0;
    for (int i = 0; i < 3 * wish.days + 30 && found < wish.days; ++i) {
        const LocalDay day = wish.first + std::chrono::days(i);
        if (wish.workdaysOnly && (isoWeekday(day) > 5 || daysOff.contains(day)))
            continue;
        const Instant end = zone.at(day, wish.toMinute);
        Instant at = quarterAfter(std::max(zone.at(day, wish.fromMinute), now));
        if (at >= end)
            continue;
        ++found;
        const auto add = [&](Instant to) {
            to = quarterBefore(to);
            if (to - at >= std::chrono::minutes(std::max(15, wish.length)))
                slots.push_back({at, to});
        };
        for (const FreeSlot& each : taken) {
            if (each.to <= at)
                continue;
            if (each.from >= end)
                break;
            add(each.from);
            at = std::max(at, quarterAfter(each.to));
        }
        if (at < end)
            add(end);
    }
    return slots;
}

} // namespace outrider::outreach
