// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/dates.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QDateTime>
#include <QLocale>

namespace outrider::text {

Dates::Dates(Instant now, const QTimeZone& zone) : m_now(now), m_zone(zone), m_today(local(now).date()) {}

QDateTime Dates::local(Instant at) const { return QDateTime::fromMSecsSinceEpoch(toEpochMillis(at), m_zone); }

bool Dates::isToday(Instant at) const { return local(at).date() == m_today; }

QString Dates::time(Instant at) const { return local(at).toString(QStringLiteral("HH:mm")); }

QString Dates::shortDay(Instant at) const {
    const QDate date = local(at).date();
    return QLocale().toString(date, date.year() == m_today.year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy"));
}

QString Dates::day(Instant at) const {
    const QDate date = local(at).date();
    if (date == m_today)
        return Tr::tr("today");
    if (date == m_today.addDays(1))
        return Tr::tr("tomorrow");
    return QLocale().toString(date,
                              date.year() == m_today.year() ? QStringLiteral("ddd d MMM") : QStringLiteral("ddd d MMM yyyy"));
}

QString Dates::brief(Instant at) const {
    const QDate date = local(at).date();
    const auto days = date.daysTo(m_today);
    if (days == 0)
        return time(at);
    if (days > 0 && days < 7)
        return QLocale().toString(date, QStringLiteral("ddd"));
    return shortDay(at);
}

QString Dates::moment(Instant at) const { return day(at) + QLatin1Char(' ') + time(at); }

QString Dates::ago(Instant at) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_now - at).count();
    if (seconds < 60)
        return Tr::tr("now");
    if (seconds < 3600)
        return Tr::tr("%1 min").arg(seconds / 60);
    if (seconds < 24 * 3600)
        return Tr::tr("%1 h").arg(seconds / 3600);
    return Tr::tr("%1 d").arg(seconds / (24 * 3600));
}

QString Dates::late(Instant due) const {
    const auto days = local(due).date().daysTo(m_today);
    if (days > 0)
        return Tr::tr("%1 late").arg(counted(days, Tr::tr("day"), Tr::tr("days")));
    return {};
}

QString Dates::longDate(Instant at) const { return QLocale().toString(local(at).date(), QStringLiteral("dddd d MMMM")); }

QString duration(int seconds) {
    if (seconds < 60)
        return Tr::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return seconds % 60 == 0 ? Tr::tr("%1 min").arg(seconds / 60) : Tr::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return Tr::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString clockTime(int minute) {
    return QStringLiteral("%1:%2").arg(minute / 60, 2, 10, QLatin1Char('0')).arg(minute % 60, 2, 10, QLatin1Char('0'));
}

QString fileSize(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, bytes < 10 * 1024 * 1024 ? 1 : 0, QLocale::DataSizeSIFormat);
}

} // namespace outrider::text
