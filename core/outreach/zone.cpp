// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/zone.h"

#include <QDateTime>
#include <QTimeZone>

#include <map>
#include <mutex>

namespace outrider::outreach {

struct Zone::Data {
    std::string name;
    QTimeZone zone;
    mutable std::mutex mutex; // QTimeZone caches inside its const functions
};

namespace {

std::chrono::seconds offsetAt(const QTimeZone& zone, Instant instant) {
    return std::chrono::seconds(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(toEpochMillis(instant), Qt::UTC)));
}

} // namespace

std::optional<Zone> Zone::find(std::string_view ianaName) {
    if (ianaName.empty()) // Qt takes it for UTC
        return std::nullopt;
    // Reading a zone from the disk is slow, and there are some hundred at most: each is read once.
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const Data>, std::less<>> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(ianaName); found != known.end())
        return Zone(found->second);
    const QTimeZone zone(QByteArray(ianaName.data(), static_cast<qsizetype>(ianaName.size())));
    if (!zone.isValid())
        return std::nullopt;
    auto data = std::make_shared<Data>();
    data->name = std::string(ianaName);
    data->zone = zone;
    known.emplace(std::string(ianaName), data);
    return Zone(data);
}

Zone Zone::utc() { return *find("UTC"); }

Zone Zone::system() {
    const auto zone = find(QTimeZone::systemTimeZoneId().toStdString());
    return zone ? *zone : utc();
}

const std::string& Zone::name() const { return m_data->name; }

LocalDay Zone::dayOf(Instant instant) const {
    const std::lock_guard lock(m_data->mutex);
    return std::chrono::floor<std::chrono::days>(instant + offsetAt(m_data->zone, instant));
}

int Zone::minuteOfDay(Instant instant) const {
    const std::lock_guard lock(m_data->mutex);
    const Instant local = instant + offsetAt(m_data->zone, instant);
    const auto sinceMidnight = local - std::chrono::floor<std::chrono::days>(local);
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(sinceMidnight).count());
}

int Zone::offsetMinutes(Instant instant) const {
    const std::lock_guard lock(m_data->mutex);
    return static_cast<int>(offsetAt(m_data->zone, instant).count() / 60);
}

Instant Zone::at(LocalDay day, int minute) const {
    const std::lock_guard lock(m_data->mutex);
    const Instant wall = Instant(day) + std::chrono::minutes(minute);
    // Every offset in force within a day of that moment is a candidate. An offset fits when going back
    // by it leads to a moment at which it is in force.
    const Instant around[]{wall - std::chrono::hours(26), wall - std::chrono::hours(12), wall, wall + std::chrono::hours(12),
                           wall + std::chrono::hours(26)};
    std::optional<Instant> earliest;
    for (const Instant moment : around) {
        const auto offset = offsetAt(m_data->zone, moment);
        const Instant candidate = wall - offset;
        if (offsetAt(m_data->zone, candidate) == offset && (!earliest || candidate < *earliest))
            earliest = candidate;
    }
    if (earliest)
        return *earliest;
    // A gap: the wall never shows that time. The first moment after it is the transition itself, found
    // between the moments the two offsets around the gap lead to.
    Instant before = wall - offsetAt(m_data->zone, wall - std::chrono::hours(26)) - std::chrono::hours(26);
    Instant after = wall + std::chrono::hours(26);
    const auto offsetBefore = offsetAt(m_data->zone, wall - std::chrono::hours(26));
    while (after - before > Millis(1)) {
        const Instant middle = before + (after - before) / 2;
        const bool isBefore = middle + offsetAt(m_data->zone, middle) < wall && offsetAt(m_data->zone, middle) == offsetBefore;
        (isBefore ? before : after) = middle;
    }
    return after;
}

unsigned isoWeekday(LocalDay day) { return std::chrono::weekday(day).iso_encoding(); }

} // namespace outrider::outreach
