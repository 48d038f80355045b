// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/lead_zone.h"

#include "core/contact/phone_number.h"
#include "core/contact/place.h"

namespace outrider::outreach {

LeadZone zoneOf(const Lead& lead, const Zone& persons) {
    const auto guess = contact::guessTimeZone(lead.timeZone, lead.country, lead.region, lead.phoneKey);
    const auto zone = guess.zone.empty() ? std::nullopt : Zone::find(guess.zone);
    if (!zone)
        return {persons, ZoneOrigin::Person};
    switch (guess.source) {
    case contact::ZoneSource::Field:
        return {*zone, ZoneOrigin::Field};
    case contact::ZoneSource::Region:
        return {*zone, ZoneOrigin::Region};
    case contact::ZoneSource::Country:
        return {*zone, ZoneOrigin::Country};
    case contact::ZoneSource::Phone:
        return {*zone, ZoneOrigin::Phone};
    case contact::ZoneSource::Unknown:
        break;
    }
    return {persons, ZoneOrigin::Person};
}

std::string countryOf(const Lead& lead) {
    std::string code = contact::countryCode(lead.country);
    if (code.empty() && !lead.phoneKey.empty()) {
        if (const auto number = contact::parsePhoneNumber(lead.phoneKey, {}))
            code = number->country;
    }
    return code;
}

int weekHour(const Zone& zone, Instant moment) {
    const Instant there = moment + std::chrono::minutes(zone.offsetMinutes(moment));
    const LocalDay day = std::chrono::floor<std::chrono::days>(there);
    return int(isoWeekday(day) - 1) * 24 + int(std::chrono::floor<std::chrono::hours>(there - Instant(day)).count());
}

} // namespace outrider::outreach
