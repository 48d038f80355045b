// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/insight.h"

namespace outrider {

std::chrono::sys_days firstDayOf(InsightPeriod period, std::chrono::sys_days today) {
    const auto sinceMonday = std::chrono::weekday(today) - std::chrono::Monday;
    return today - sinceMonday - std::chrono::days(7 * (weeksOf(period) - 1));
}

ActivityTotals& ActivityTotals::operator+=(const ActivityTotals& other) {
    sent += other.sent;
    calls += other.calls;
    touches += other.touches;
    replies += other.replies;
    meetings += other.meetings;
    bounces += other.bounces;
    optOuts += other.optOuts;
    worked += other.worked;
    return *this;
}

std::optional<int> Dashboard::bestHour() const {
    std::optional<int> best;
    for (int hour = 0; hour < hoursOfWeek; ++hour) {
        const HourNumbers& one = hours[std::size_t(hour)];
        if (one.sent < leastForAdvice || one.answered == 0)
            continue;
        const auto* leader = best ? &hours[std::size_t(*best)] : nullptr;
        if (leader == nullptr || one.answered * leader->sent > leader->answered * one.sent)
            best = hour;
    }
    return best;
}

} // namespace outrider
