// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/ical_zones.h"

#include <QDateTime>
#include <QTimeZone>

#include <libical/ical.h>

#include <map>
#include <vector>

namespace outrider::exchange {

namespace {

constexpr std::size_t mostZones = 500;

struct FreeZone {
    void operator()(icaltimezone* zone) const { icaltimezone_free(zone, 1); }
};
using OwnZone = std::unique_ptr<icaltimezone, FreeZone>;

QTimeZone systemZone(std::string_view name) {
    const QByteArray id(name.data(), qsizetype(name.size()));
    return !name.empty() && QTimeZone::isTimeZoneIdAvailable(id) ? QTimeZone(id) : QTimeZone();
}

// By the whole name, and by what is behind each slash: prefixes are made of slashes as names are.
QTimeZone zoneNamed(const std::string& tzid) {
    for (std::size_t from = 0; from != std::string::npos && from < tzid.size();) {
        if (QTimeZone zone = systemZone(std::string_view(tzid).substr(from)); zone.isValid())
            return zone;
        const auto slash = tzid.find('/', from);
        from = slash == std::string::npos ? slash : slash + 1;
    }
    const QByteArray windows = QTimeZone::windowsIdToDefaultIanaId(QByteArray::fromStdString(tzid));
    return windows.isEmpty() ? QTimeZone() : QTimeZone(windows);
}

} // namespace

struct IcalZones::Zones {
    std::map<std::string, QTimeZone> named; // invalid: nobody knows it
    std::map<std::string, OwnZone> own;
    QTimeZone floating;

    const QTimeZone& find(const std::string& tzid) {
        if (const auto known = named.find(tzid); known != named.end())
            return known->second;
        if (named.size() >= mostZones)
            return floating;
        return named.emplace(tzid, tzid.size() < 200 ? zoneNamed(tzid) : QTimeZone()).first->second;
    }
    icaltimezone* defined(const std::string& tzid) const {
        const auto found = own.find(tzid);
        return found == own.end() ? nullptr : found->second.get();
    }
};

IcalZones::IcalZones(std::string floating) : m_zones(std::make_unique<Zones>()) {
    m_zones->floating = systemZone(floating);
    if (!m_zones->floating.isValid())
        m_zones->floating = QTimeZone::utc();
}

IcalZones::~IcalZones() = default;

void IcalZones::define(const std::string& component) {
    if (m_zones->own.size() >= mostZones)
        return;
    icalcomponent* parsed = icalparser_parse_string(component.c_str());
    if (parsed == nullptr)
        return;
    OwnZone zone(icaltimezone_new());
    if (icaltimezone_set_component(zone.get(), parsed) == 0) { // it took the component otherwise
        icalcomponent_free(parsed);
        return;
    }
    const char* tzid = icaltimezone_get_tzid(zone.get());
    if (tzid != nullptr)
        m_zones->own.try_emplace(tzid, std::move(zone));
}

std::optional<Instant> IcalZones::instantOf(const icaltimetype& time, const std::string& tzid) {
    const QDate date(time.year, time.month, time.day);
    if (!date.isValid() || time.year < 1900 || time.year > 2200)
        return std::nullopt;
    if (time.is_date)
        return fromEpochMillis(date.startOfDay(m_zones->floating).toMSecsSinceEpoch());
    const QTime clock(time.hour, time.minute, std::min(time.second, 59)); // a leap second
    if (!clock.isValid())
        return std::nullopt;
    if (icaltime_is_utc(time))
        return fromEpochMillis(QDateTime(date, clock, Qt::UTC).toMSecsSinceEpoch());
    const QTimeZone* zone = &m_zones->floating;
    if (!tzid.empty()) {
        zone = &m_zones->find(tzid);
        if (!zone->isValid()) {
            zone = &m_zones->floating;
            if (icaltimezone* own = m_zones->defined(tzid)) {
                icaltimetype local = time;
                local.zone = nullptr;
                int isDaylight = 0;
                const int offset = icaltimezone_get_utc_offset(own, &local, &isDaylight);
                return fromEpochMillis(QDateTime(date, clock, Qt::UTC).toMSecsSinceEpoch() - qint64(offset) * 1000);
            }
        }
    }
    return fromEpochMillis(QDateTime(date, clock, *zone).toMSecsSinceEpoch());
}

icaltimetype IcalZones::clockAt(Instant instant, const std::string& tzid, bool isUtc) {
    QDateTime at = QDateTime::fromMSecsSinceEpoch(toEpochMillis(instant), Qt::UTC);
    if (!isUtc) {
        const QTimeZone& zone = tzid.empty() ? m_zones->floating : m_zones->find(tzid);
        at = at.toTimeZone(zone.isValid() ? zone : m_zones->floating);
    }
    icaltimetype time = icaltime_null_time();
    time.year = at.date().year();
    time.month = at.date().month();
    time.day = at.date().day();
    time.hour = at.time().hour();
    time.minute = at.time().minute();
    time.second = at.time().second();
    return time;
}

} // namespace outrider::exchange
