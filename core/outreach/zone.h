// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace outrider::outreach {

// A day of somebody's calendar, as days since 1970: a local date, not a moment.
using LocalDay = std::chrono::sys_days;

// An IANA time zone (Qt's QTimeZone, which reads the system's tz database). A small value: cheap to
// copy, immutable, thread-safe.
class Zone {
public:
    // nullopt: the system knows no zone of that name.
    static std::optional<Zone> find(std::string_view ianaName);
    static Zone utc();
    static Zone system();

    const std::string& name() const;

    LocalDay dayOf(Instant instant) const;
    int minuteOfDay(Instant instant) const; // 0 to 1439 on the clock on the wall

    // The moment the clock on the wall shows `minute` (0 to 1440) on `day`. In a gap (the clock is put
    // forward) the first moment after it; in an overlap the first of the two.
    Instant at(LocalDay day, int minute) const;

    Instant startOf(LocalDay day) const { return at(day, 0); }
    int offsetMinutes(Instant instant) const;

private:
    struct Data;
    explicit Zone(std::shared_ptr<const Data> data) : m_data(std::move(data)) {}
    std::shared_ptr<const Data> m_data;
};

// 1 Monday … 7 Sunday
unsigned isoWeekday(LocalDay day);

} // namespace outrider::outreach
