// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/week_hour.h"

#include "core/contact/place.h"

#include <QDateTime>
#include <QTimeZone>

#include <map>
#include <mutex>
#include <string>

namespace outrider::store {

std::optional<int> weekHourThere(std::int64_t epochMillis, const Whereabouts& where) {
    constexpr std::int64_t hour = 3600000;
    constexpr std::int64_t hoursFromThursday = 3 * 24; // 1 January 1970 was one
    constexpr std::int64_t week = std::int64_t(7) * 24;
    const auto guess = contact::guessTimeZone(where.timeZone, where.country, where.region, where.phoneKey);
    if (guess.zone.empty())
        return std::nullopt;
    static std::mutex mutex; // QTimeZone caches inside its const functions
    static std::map<std::string, QTimeZone, std::less<>> zones;
    const std::lock_guard lock(mutex);
    auto found = zones.find(guess.zone);
    if (found == zones.end())
        found = zones.emplace(guess.zone, QTimeZone(QByteArray::fromStdString(guess.zone))).first;
    if (!found->second.isValid())
        return std::nullopt;
    const std::int64_t offset = found->second.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(epochMillis, Qt::UTC));
    const std::int64_t hours = (epochMillis + offset * 1000) / hour + hoursFromThursday;
    return hours < 0 ? std::nullopt : std::optional(int(hours % week));
}

} // namespace outrider::store
