// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_people.h"

#include "core/contact/text.h"
#include "core/practice/practice_names.h"

#include <algorithm>
#include <array>
#include <set>

namespace outrider::practice {

namespace {

using contact::split;

std::string text(std::string_view view) { return std::string(view); }

// A number that says nothing but is always the same for the same words.
std::uint32_t mixed(std::string_view words, std::uint32_t salt = 0) {
    std::uint32_t hash = 2166136261U ^ (salt * 16777619U); // FNV-1a
    for (const char c : words) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    hash ^= hash >> 15;
    hash *= 0x2C1B3C6DU;
    return hash ^ (hash >> 13);
}

// "+49 381 555 0###" with digits for the hashes, the same for the same seed.
std::string numbered(std::string_view format, std::string_view seed) {
    std::string number;
    std::uint32_t digits = mixed(seed, 3);
    for (const char c : format) {
        number += c == '#' ? char('0' + digits % 10) : c;
        digits = c == '#' ? digits / 10 : digits;
    }
    return number;
}

// How a name is written in an address: "Rühl" -> "ruehl", "Kjærgaard" -> "kjaergaard".
std::string addressed(std::string_view name, bool german) {
    std::string plain;
    const std::array<std::pair<std::string_view, std::string_view>, 6> umlauts{
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}}};
    for (std::size_t at = 0; at < name.size();) {
        const auto umlaut = std::find_if(umlauts.begin(), umlauts.end(),
                                         [&](const auto& pair) { return name.substr(at).starts_with(pair.first); });
        if (german && umlaut != umlauts.end()) {
            plain += umlaut->second;
            at += umlaut->first.size();
        } else {
            plain += name[at++];
        }
    }
    std::string out;
    for (const char c : contact::unaccented(plain)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
    }
    return out;
}

struct Name {
    std::string written;
    std::string latin; // as an address has it
};

// "涼子=ryoko", or a name that is written in Latin letters anyway.
Name nameOf(std::string_view entry, bool german) {
    const auto equals = entry.find('=');
    if (equals != std::string_view::npos)
        return {text(entry.substr(0, equals)), text(entry.substr(equals + 1))};
    return {text(entry), addressed(entry, german)};
}

const CountryNames& namesOf(std::string_view country) {
    const auto all = countryNames();
    const auto found = std::find_if(all.begin(), all.end(), [&](const CountryNames& names) { return names.country == country; });
    return found == all.end() ? all.front() : *found;
}

constexpr std::array<std::string_view, 4> sources{"Breakbulk 2026 list", "nordics-dach-operators.csv", "Reefer operators list",
                                                  "Trade fair, Hamburg"};

bool isPacific(std::string_view country) {
    constexpr std::array<std::string_view, 13> countries{"JP", "CN", "SG", "KR", "IN", "VN", "AU",
                                                         "NZ", "ID", "MY", "TH", "PH", "HK"};
    return std::find(countries.begin(), countries.end(), country) != countries.end();
}

// One person of a company, from a name and a title.
PracticePerson personAt(std::size_t companyIndex, const Name& first, const Name& last, std::string_view title) {
    const PracticeCompany& company = practiceCompanies()[companyIndex];
    const CompanyRow& row = companyRows()[companyIndex];
    const CountryNames& names = namesOf(company.country);
    PracticePerson person{.firstName = first.written,
                          .lastName = last.written,
                          .jobTitle = text(title),
                          .city = company.city,
                          .country = company.country,
                          .language = text(names.language),
                          .company = companyIndex};
    const std::string initial = first.latin.substr(0, 1);
    const bool whole = mixed(company.domain, 1) % 3 == 0; // each company has its way to make addresses
    person.email = (first.latin.empty() ? "" : (whole ? first.latin : initial) + ".") + last.latin + "@" + company.domain;
    person.phone = numbered(row.phone.empty() ? names.phone : row.phone, person.email);
    const std::uint32_t chance = mixed(person.email, 7);
    if (chance % 10 < 8)
        person.linkedinUrl = "https://www.linkedin.com/in/" + (first.latin.empty() ? "" : first.latin + "-") + last.latin;
    person.score = 34 + int(chance / 16 % 52);
    person.source = isPacific(company.country) ? "Port operators APAC list" : text(sources[chance / 4096 % sources.size()]);
    for (const auto tag : split(row.tags, " "))
        person.tags.push_back(text(tag));
    if (chance / 64 % 9 == 0)
        person.tags.emplace_back("met-at-breakbulk");
    if (chance / 128 % 11 == 0)
        person.tags.emplace_back("asked-price");
    std::sort(person.tags.begin(), person.tags.end());
    const std::uint32_t yard = mixed(company.domain, 5);
    person.custom["gate"] = "gate " + std::to_string(1 + yard % 6);
    if (yard % 5 != 0)
        person.custom["docks"] = std::to_string(8 + yard / 8 % 40);
    if (person.hasTag("cold-chain"))
        person.custom["reefer_plugs"] = std::to_string(20 * (2 + yard / 512 % 12));
    return person;
}

std::size_t companyOf(std::string_view domain) {
    const auto& companies = practiceCompanies();
    const auto found = std::find_if(companies.begin(), companies.end(),
                                    [&](const PracticeCompany& company) { return company.domain == domain; });
    return std::size_t(found - companies.begin());
}

std::vector<PracticePerson> makePeople() {
    std::vector<PracticePerson> people;
    std::set<std::string> addresses;
    const auto add = [&](PracticePerson person) {
        if (!addresses.insert(person.email).second)
            return false;
        people.push_back(std::move(person));
        return true;
    };
    for (const CastRow& member : cast()) {
        const std::size_t company = companyOf(member.domain);
        const bool german = namesOf(practiceCompanies()[company].country).language == "de";
        PracticePerson person = personAt(company, nameOf(member.first, german), nameOf(member.last, german), member.title);
        if (!member.local.empty())
            person.email = text(member.local) + "@" + text(member.domain);
        person.score = member.score;
        if (!member.language.empty())
            person.language = text(member.language);
        add(std::move(person));
    }
    // The rest: company after company, with the names of its country.
    for (std::size_t round = 0; people.size() < practicePeopleCount; ++round) {
        for (std::size_t company = 0; company < practiceCompanies().size() && people.size() < practicePeopleCount; ++company) {
            const PracticeCompany& its = practiceCompanies()[company];
            const CountryNames& names = namesOf(its.country);
            const auto firsts = split(names.first, "|");
            const auto lasts = split(names.last, "|");
            const auto titles = split(names.titles, "|");
            const std::uint32_t seed = mixed(its.domain, std::uint32_t(11 + round));
            const bool german = names.language == "de";
            add(personAt(company, nameOf(firsts[seed % firsts.size()], german), nameOf(lasts[seed / 64 % lasts.size()], german),
                         titles[seed / 4096 % titles.size()]));
        }
    }
    return people;
}

} // namespace

bool PracticePerson::isIn(const std::vector<std::string>& countries) const {
    return std::find(countries.begin(), countries.end(), country) != countries.end();
}

bool PracticePerson::hasTag(const std::string& tag) const { return std::find(tags.begin(), tags.end(), tag) != tags.end(); }

const std::vector<PracticeCompany>& practiceCompanies() {
    static const std::vector<PracticeCompany> companies = [] {
        std::vector<PracticeCompany> all;
        for (const CompanyRow& row : companyRows()) {
            const std::string_view phone = row.phone.empty() ? namesOf(row.country).phone : row.phone;
            all.push_back({text(row.name), text(row.shortName), text(row.domain), text(row.industry), row.employees,
                           text(row.city), text(row.country), numbered(phone, row.domain)});
        }
        return all;
    }();
    return companies;
}

const std::vector<PracticePerson>& practicePeople() {
    static const std::vector<PracticePerson> people = makePeople();
    return people;
}

} // namespace outrider::practice
