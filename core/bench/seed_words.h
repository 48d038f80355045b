// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/seed_story.h"

#include <span>
#include <string>
#include <string_view>

namespace outrider::bench {

// The words seeded workspaces are made of.

struct SeedPlace {
    std::string_view city;
    std::string_view country;
    std::string_view zone;
    std::string_view calling; // "+49"
};

std::span<const SeedPlace> seedPlaces();
std::span<const std::string_view> seedFirstNames();
std::size_t seedLastNameCount();
std::string seedLastName(std::size_t number);
std::span<const std::string_view> seedTitles();
std::span<const std::string_view> seedIndustries();

std::string seedCompanyName(std::int64_t number);
std::string seedCompanyDomain(std::int64_t number);

std::string seedNote(SeedDice& dice);
std::string seedSubject(SeedDice& dice, std::string_view company);
std::string seedMail(SeedDice& dice, std::string_view firstName, std::string_view company);
std::string seedReply(SeedDice& dice);

} // namespace outrider::bench
