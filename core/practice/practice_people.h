// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace outrider::practice {

// The invented people of the practice workspace: 300 leads at some 120 port, cold-chain and logistics
// operators around the world. Always the same. No domain of theirs can exist (RFC 2606), and numbers are
// from ranges kept for fiction where a country has some.

struct PracticeCompany {
    std::string name;
    std::string shortName;
    std::string domain;
    std::string industry;
    int employees = 0;
    std::string city;
    std::string country; // ISO 3166-1 alpha-2
    std::string phone;
};

struct PracticePerson {
    std::string firstName;
    std::string lastName;
    std::string jobTitle;
    std::string email;
    std::string phone; // international form
    std::string linkedinUrl;
    std::string city;
    std::string country;
    std::string language; // BCP 47
    std::string source;
    int score = 0;
    std::vector<std::string> tags;
    std::map<std::string, std::string> custom;
    std::size_t company = 0; // in practiceCompanies()

    bool isIn(const std::vector<std::string>& countries) const;
    bool hasTag(const std::string& tag) const;
};

inline constexpr std::size_t practicePeopleCount = 300;

const std::vector<PracticeCompany>& practiceCompanies();
// The named cast of the story first.
const std::vector<PracticePerson>& practicePeople();

} // namespace outrider::practice
