// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead.h"
#include "core/outreach/zone.h"

namespace outrider::outreach {

// Where a lead's time zone is known from; shown beside it. Best first.
enum class ZoneOrigin { Field, Region, Country, Phone, Person };

inline constexpr auto zoneOriginNames = enumNames<ZoneOrigin>({
    {ZoneOrigin::Field, "field"},
    {ZoneOrigin::Region, "region"},
    {ZoneOrigin::Country, "country"},
    {ZoneOrigin::Phone, "phone"},
    {ZoneOrigin::Person, "person"},
});

struct LeadZone {
    Zone zone = Zone::utc();
    ZoneOrigin origin = ZoneOrigin::Person;
};

// The lead's zone; the person's own when nothing tells.
LeadZone zoneOf(const Lead& lead, const Zone& persons);

// Where the lead is, as ISO 3166-1 alpha-2: the country given, else the phone's; empty when nothing tells.
std::string countryOf(const Lead& lead);

// The hour of the week on the clock there: 0 is Monday, 00:00 to 00:59; 167 the last of Sunday.
int weekHour(const Zone& zone, Instant moment);

} // namespace outrider::outreach
