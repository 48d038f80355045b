// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>
#include <QTimeZone>

namespace outrider::text {

// Moments as a person reads them, in one zone and against one "now". A small value; make one per
// screen and refresh it with the day.
class Dates {
public:
    Dates(Instant now, const QTimeZone& zone);

    QString time(Instant at) const;     // "09:00"
    QString day(Instant at) const;      // "today", "Mon 23 Nov", "Wed 12 Feb 2025"
    QString shortDay(Instant at) const; // "12 Nov"; with the year when it is another
    // For a list: today the time, this week the weekday, else the date.
    QString brief(Instant at) const;
    // For what comes: "today 14:00", "tomorrow 09:00", "Mon 23 Nov 09:00".
    QString moment(Instant at) const;
    // How long ago: "2 h", "3 d"; "now" within a minute.
    QString ago(Instant at) const;
    // How late: "2 days late"; empty when not.
    QString late(Instant due) const;
    QString longDate(Instant at) const; // "Thursday 19 November"

    bool isToday(Instant at) const;
    QDateTime local(Instant at) const;

private:
    Instant m_now;
    QTimeZone m_zone;
    QDate m_today;
};

// "8 s", "4 min 10 s", "1 h 5 min".
QString duration(int seconds);

// "12:34" of a minute of the day.
QString clockTime(int minute);

// "412 MB".
QString fileSize(qint64 bytes);

} // namespace outrider::text
