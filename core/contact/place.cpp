// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/place.h"

#include "core/contact/phone_number.h"
#include "core/contact/text.h"

#include <unicode/locid.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <map>
#include <memory>
#include <unordered_map>

namespace outrider::contact {

namespace {

using Names = std::unordered_map<std::string, std::string>;

Names makeCountryNames() {
    Names names;
    constexpr std::array languages{"en", "de", "fr", "es", "it", "nl", "pt", "pl"};
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
        const icu::Locale country("", *code);
        names.emplace(asciiLower(*code), *code);
        names.emplace(asciiLower(country.getISO3Country()), *code);
        const auto add = [&](const icu::Locale& in) {
            icu::UnicodeString name;
            std::string text;
            country.getDisplayCountry(in, name).toUTF8String(text);
            names.emplace(unaccented(text), *code);
        };
        for (const char* language : languages)
            add(icu::Locale(language));
        icu::Locale own("und", *code);
        UErrorCode status = U_ZERO_ERROR;
        own.addLikelySubtags(status);
        if (U_SUCCESS(status))
            add(own);
    }
    constexpr std::pair<std::string_view, std::string_view> shortForms[]{
        {"uk", "GB"},          {"great britain", "GB"},   {"england", "GB"},
        {"scotland", "GB"},    {"wales", "GB"},           {"usa", "US"},
        {"u.s.", "US"},        {"u.s.a.", "US"},          {"america", "US"},
        {"holland", "NL"},     {"korea", "KR"},           {"south korea", "KR"},
        {"russia", "RU"},      {"czech republic", "CZ"},  {"czechia", "CZ"},
        {"uae", "AE"},         {"the netherlands", "NL"}, {"brasil", "BR"},
        {"turkey", "TR"},      {"turkiye", "TR"},         {"vietnam", "VN"},
        {"taiwan", "TW"},      {"hong kong", "HK"},       {"macau", "MO"},
        {"ivory coast", "CI"}, {"deutschland", "DE"},     {"osterreich", "AT"},
        {"schweiz", "CH"},
    };
    for (const auto& [name, code] : shortForms)
        names[std::string(name)] = code;
    return names;
}

Names makeZoneNames() {
    Names names;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> zones(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
    if (U_FAILURE(status))
        return names;
    while (const char* zone = zones->next(nullptr, status)) {
        // "EST" and the like are offsets without a place, except the ones that mean UTC.
        const std::string_view name(zone);
        if (name.find('/') != std::string_view::npos || name == "UTC" || name == "GMT")
            names.emplace(asciiLower(name), name);
    }
    return names;
}

// Countries with several zones: the one most people there live in.
constexpr std::pair<std::string_view, std::string_view> mainZones[]{
    {"AR", "America/Argentina/Buenos_Aires"},
    {"AU", "Australia/Sydney"},
    {"BR", "America/Sao_Paulo"},
    {"CA", "America/Toronto"},
    {"CD", "Africa/Kinshasa"},
    {"CL", "America/Santiago"},
    {"CN", "Asia/Shanghai"},
    {"CY", "Asia/Nicosia"},
    {"DE", "Europe/Berlin"},
    {"EC", "America/Guayaquil"},
    {"ES", "Europe/Madrid"},
    {"GL", "America/Nuuk"},
    {"ID", "Asia/Jakarta"},
    {"KZ", "Asia/Almaty"},
    {"MN", "Asia/Ulaanbaatar"},
    {"MX", "America/Mexico_City"},
    {"MY", "Asia/Kuala_Lumpur"},
    {"NZ", "Pacific/Auckland"},
    {"PG", "Pacific/Port_Moresby"},
    {"PS", "Asia/Hebron"},
    {"PT", "Europe/Lisbon"},
    {"RU", "Europe/Moscow"},
    {"UA", "Europe/Kyiv"},
    {"US", "America/New_York"},
    {"UZ", "Asia/Tashkent"},
};

struct RegionZone {
    std::string_view country;
    std::string_view zone;
    std::string_view regions; // folded names and codes, between bars
};

// Where a region tells more than its country. By the zone most of the region's people live in.
constexpr RegionZone regionZones[]{
    {"US", "America/Chicago",
     "|al|alabama|ar|arkansas|il|illinois|ia|iowa|ks|kansas|la|louisiana|mn|minnesota|ms|mississippi|mo|"
     "missouri|ne|nebraska|nd|north dakota|ok|oklahoma|sd|south dakota|tn|tennessee|tx|texas|wi|wisconsin|"},
    {"US", "America/Denver", "|co|colorado|id|idaho|mt|montana|nm|new mexico|ut|utah|wy|wyoming|"},
    {"US", "America/Phoenix", "|az|arizona|"},
    {"US", "America/Los_Angeles", "|ca|california|nv|nevada|or|oregon|wa|washington|washington state|"},
    {"US", "America/Anchorage", "|ak|alaska|"},
    {"US", "Pacific/Honolulu", "|hi|hawaii|"},
    {"CA", "America/Vancouver", "|bc|british columbia|"},
    {"CA", "America/Edmonton", "|ab|alberta|nt|northwest territories|"},
    {"CA", "America/Regina", "|sk|saskatchewan|"},
    {"CA", "America/Winnipeg", "|mb|manitoba|"},
    {"CA", "America/Halifax", "|ns|nova scotia|nb|new brunswick|pe|prince edward island|"},
    {"CA", "America/St_Johns", "|nl|newfoundland|newfoundland and labrador|"},
    {"CA", "America/Whitehorse", "|yt|yukon|"},
    {"AU", "Australia/Brisbane", "|qld|queensland|"},
    {"AU", "Australia/Perth", "|wa|western australia|"},
    {"AU", "Australia/Adelaide", "|sa|south australia|"},
    {"AU", "Australia/Darwin", "|nt|northern territory|"},
    {"AU", "Australia/Hobart", "|tas|tasmania|"},
    {"AU", "Australia/Melbourne", "|vic|victoria|"},
    {"BR", "America/Manaus", "|am|amazonas|"},
    {"BR", "America/Cuiaba", "|mt|mato grosso|"},
    {"BR", "America/Campo_Grande", "|ms|mato grosso do sul|"},
    {"BR", "America/Fortaleza", "|ce|ceara|rn|rio grande do norte|pb|paraiba|ma|maranhao|pi|piaui|"},
    {"BR", "America/Bahia", "|ba|bahia|"},
    {"BR", "America/Recife", "|pe|pernambuco|"},
    {"MX", "America/Tijuana", "|bc|baja california|"},
    {"MX", "America/Hermosillo", "|son|sonora|"},
    {"MX", "America/Cancun", "|qr|quintana roo|"},
    {"ES", "Atlantic/Canary", "|canarias|canary islands|las palmas|santa cruz de tenerife|tenerife|"},
    {"PT", "Atlantic/Azores", "|acores|azores|"},
    {"RU", "Asia/Yekaterinburg", "|sverdlovsk|sverdlovsk oblast|"},
    {"RU", "Asia/Novosibirsk", "|novosibirsk|novosibirsk oblast|"},
    {"RU", "Asia/Vladivostok", "|primorsky krai|primorye|"},
    {"ID", "Asia/Makassar", "|bali|sulawesi selatan|south sulawesi|"},
};

std::string zoneOfRegion(std::string_view country, std::string_view region) {
    if (region.empty())
        return {};
    const std::string wanted = '|' + unaccented(trimmed(region)) + '|';
    for (const RegionZone& entry : regionZones) {
        if (entry.country == country && entry.regions.find(wanted) != std::string_view::npos)
            return std::string(entry.zone);
    }
    return {};
}

std::string zoneOfCountry(std::string_view country) {
    for (const auto& [code, zone] : mainZones) {
        if (code == country)
            return std::string(zone);
    }
    static thread_local std::map<std::string, std::string, std::less<>> cache; // ICU's search is slow
    if (const auto known = cache.find(country); known != cache.end())
        return known->second;
    std::string zone;
    UErrorCode status = U_ZERO_ERROR;
    const std::string code(country);
    const std::unique_ptr<icu::StringEnumeration> zones(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, code.c_str(), nullptr, status));
    if (U_SUCCESS(status)) {
        if (const char* first = zones->next(nullptr, status))
            zone = first;
    }
    return cache.emplace(code, zone).first->second;
}

} // namespace

std::string countryCode(std::string_view text) {
    static const Names names = makeCountryNames();
    const auto found = names.find(unaccented(trimmed(text)));
    return found == names.end() ? std::string() : found->second;
}

std::string timeZoneName(std::string_view text) {
    static const Names names = makeZoneNames();
    std::string key = asciiLower(trimmed(text));
    for (std::size_t at = key.find("_slash_"); at != std::string::npos; at = key.find("_slash_"))
        key.replace(at, 7, "/");
    const auto found = names.find(key);
    return found == names.end() ? std::string() : found->second;
}

ZoneGuess guessTimeZone(std::string_view field, std::string_view country, std::string_view region, std::string_view phoneE164) {
    if (!field.empty()) {
        if (std::string zone = timeZoneName(field); !zone.empty())
            return {std::move(zone), ZoneSource::Field};
    }
    const std::string code = countryCode(country);
    if (!code.empty()) {
        if (std::string zone = zoneOfRegion(code, region); !zone.empty())
            return {std::move(zone), ZoneSource::Region};
        if (std::string zone = zoneOfCountry(code); !zone.empty())
            return {std::move(zone), ZoneSource::Country};
    }
    if (!phoneE164.empty()) {
        const auto number = parsePhoneNumber(phoneE164, {});
        if (number && !number->country.empty()) {
            if (std::string zone = zoneOfCountry(number->country); !zone.empty())
                return {std::move(zone), ZoneSource::Phone};
        }
    }
    return {};
}

} // namespace outrider::contact
