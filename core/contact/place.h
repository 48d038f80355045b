// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::contact {

// ISO 3166-1 alpha-2 of a country as files write it: a code of two or three letters, or its name in
// English, German, French, Spanish, Italian, Dutch, Portuguese, Polish or itself ("Deutschland",
// "日本"), or a usual short form ("USA", "UK"). Empty: not known.
std::string countryCode(std::string_view text);

// Which part of what is known about a lead told its time zone.
enum class ZoneSource { Unknown, Field, Region, Country, Phone };

struct ZoneGuess {
    std::string zone; // IANA name; empty: not known
    ZoneSource source = ZoneSource::Unknown;

    bool operator==(const ZoneGuess&) const = default;
};

// The time zone of a lead: what the field says, else the region of a country with several zones,
// else the country's one zone (or its most peopled one), else the phone's country.
ZoneGuess guessTimeZone(std::string_view field, std::string_view country, std::string_view region, std::string_view phoneE164);

// The IANA name a file means: "Europe/Berlin", "europe_slash_berlin" (HubSpot), any case.
// Empty when there is no such zone.
std::string timeZoneName(std::string_view text);

} // namespace outrider::contact
