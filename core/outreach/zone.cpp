// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/zone.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace outrider::outreach {

struct Zone::Data {
    struct Offset {
        std::int64_t since = 0; // in ms
        std::chrono::seconds offset{};
    };

    std::string name;
    QTimeZone zone;
    std::vector<Offset> offsets; // of the years planning is about, oldest first: a plan asks ten times, and Qt is slow
    mutable std::mutex mutex;    // QTimeZone caches inside its const functions

    void readOffsets();
    std::chrono::seconds offsetAt(Instant instant) const;
};

namespace {

QDateTime startOfYear(int year) { return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC); }

constexpr int firstYear = 1970;
constexpr int endYear = 2037; // as far as the tz database lists changes; beyond, Qt applies the rule

} // namespace

void Zone::Data::readOffsets() {
    const QDateTime from = startOfYear(firstYear);
    offsets.push_back({from.toMSecsSinceEpoch(), std::chrono::seconds(zone.offsetFromUtc(from))});
    for (const QTimeZone::OffsetData& change : zone.transitions(from, startOfYear(endYear)))
        offsets.push_back({change.atUtc.toMSecsSinceEpoch(), std::chrono::seconds(change.offsetFromUtc)});
}

std::chrono::seconds Zone::Data::offsetAt(Instant instant) const {
    static const std::int64_t end = startOfYear(endYear).toMSecsSinceEpoch();
    const std::int64_t at = toEpochMillis(instant);
    if (at >= offsets.front().since && at < end) {
        const auto after = std::ranges::upper_bound(offsets, at, {}, &Offset::since);
        return std::prev(after)->offset;
    }
    const std::lock_guard lock(mutex);
    return std::chrono::seconds(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(at, Qt::UTC)));
}

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
    data->readOffsets();
    known.emplace(std::string(ianaName), data);
    return Zone(data);
}

Zone Zone::utc() { return *find("UTC"); }

Zone Zone::system() {
    const auto zone = find(QTimeZone::systemTimeZoneId().toStdString());
    return zone ? *zone : utc();
}

const std::string& Zone::name() const { return m_data->name; }

LocalDay Zone::dayOf(Instant instant) const { return std::chrono::floor<std::chrono::days>(instant + m_data->offsetAt(instant)); }

int Zone::minuteOfDay(Instant instant) const {
    const Instant local = instant + m_data->offsetAt(instant);
    const auto sinceMidnight = local - std::chrono::floor<std::chrono::days>(local);
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(sinceMidnight).count());
}

int Zone::offsetMinutes(Instant instant) const { return static_cast<int>(m_data->offsetAt(instant).count() / 60); }

Instant Zone::at(LocalDay day, int minute) const {
    const Instant wall = Instant(day) + std::chrono::minutes(minute);
    // Every offset in force within a day of that moment is a candidate. An offset fits when going back
    // by it leads to a moment at which it is in force.
    const Instant around[]{wall - std::chrono::hours(26), wall - std::chrono::hours(12), wall, wall + std::chrono::hours(12),
                           wall + std::chrono::hours(26)};
    std::optional<Instant> earliest;
    for (const Instant moment : around) {
        const auto offset = m_data->offsetAt(moment);
        const Instant candidate = wall - offset;
        if (m_data->offsetAt(candidate) == offset && (!earliest || candidate < *earliest))
            earliest = candidate;
    }
    if (earliest)
        return *earliest;
    // A gap: the wall never shows that time. The first moment after it is the transition itself, found
    // between the moments the two offsets around the gap lead to.
    Instant before = wall - m_data->offsetAt(wall - std::chrono::hours(26)) - std::chrono::hours(26);
    Instant after = wall + std::chrono::hours(26);
    const auto offsetBefore = m_data->offsetAt(wall - std::chrono::hours(26));
    while (after - before > Millis(1)) {
        const Instant middle = before + (after - before) / 2;
        const bool isBefore = middle + m_data->offsetAt(middle) < wall && m_data->offsetAt(middle) == offsetBefore;
        (isBefore ? before : after) = middle;
    }
    return after;
}

unsigned isoWeekday(LocalDay day) { return std::chrono::weekday(day).iso_encoding(); }

} // namespace outrider::outreach
