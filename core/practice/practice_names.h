// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace outrider::practice {

// What the practice workspace's people are made of: plain data. Lists are parted by "|". A name in other
// than Latin letters is followed by "=" and what an address has of it.

struct CountryNames {
    std::string_view country;
    std::string_view language;
    std::string_view phone; // # is a digit
    std::string_view first;
    std::string_view last;
    std::string_view titles;
};

std::span<const CountryNames> countryNames();

struct CompanyRow {
    std::string_view name;
    std::string_view shortName;
    std::string_view domain;
    std::string_view industry;
    int employees;
    std::string_view city;
    std::string_view country;
    std::string_view tags;  // parted by spaces
    std::string_view phone; // empty: the country's
};

std::span<const CompanyRow> companyRows();

// The people the story tells of.
struct CastRow {
    std::string_view first;
    std::string_view last;
    std::string_view title;
    std::string_view domain;
    int score;
    std::string_view local;    // of the address; empty: made of the name
    std::string_view language; // empty: the country's
};

std::span<const CastRow> cast();

} // namespace outrider::practice
