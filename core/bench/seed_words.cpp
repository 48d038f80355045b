// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/seed_words.h"

#include <array>

namespace outrider::bench {

namespace {

using namespace std::string_view_literals;

constexpr std::array places{
    SeedPlace{"Berlin", "DE", "Europe/Berlin", "+49"},        SeedPlace{"London", "GB", "Europe/London", "+44"},
    SeedPlace{"New York", "US", "America/New_York", "+1"},    SeedPlace{"München", "DE", "Europe/Berlin", "+49"},
    SeedPlace{"Paris", "FR", "Europe/Paris", "+33"},          SeedPlace{"Hamburg", "DE", "Europe/Berlin", "+49"},
    SeedPlace{"Amsterdam", "NL", "Europe/Amsterdam", "+31"},  SeedPlace{"Wien", "AT", "Europe/Vienna", "+43"},
    SeedPlace{"Zürich", "CH", "Europe/Zurich", "+41"},        SeedPlace{"Manchester", "GB", "Europe/London", "+44"},
    SeedPlace{"Chicago", "US", "America/Chicago", "+1"},      SeedPlace{"Göteborg", "SE", "Europe/Stockholm", "+46"},
    SeedPlace{"Milano", "IT", "Europe/Rome", "+39"},          SeedPlace{"Warszawa", "PL", "Europe/Warsaw", "+48"},
    SeedPlace{"Madrid", "ES", "Europe/Madrid", "+34"},        SeedPlace{"Lyon", "FR", "Europe/Paris", "+33"},
    SeedPlace{"Rotterdam", "NL", "Europe/Amsterdam", "+31"},  SeedPlace{"Rostock", "DE", "Europe/Berlin", "+49"},
    SeedPlace{"Łódź", "PL", "Europe/Warsaw", "+48"},          SeedPlace{"Austin", "US", "America/Chicago", "+1"},
    SeedPlace{"København", "DK", "Europe/Copenhagen", "+45"}, SeedPlace{"Leipzig", "DE", "Europe/Berlin", "+49"},
    SeedPlace{"São Paulo", "BR", "America/Sao_Paulo", "+55"}, SeedPlace{"Dublin", "IE", "Europe/Dublin", "+353"},
    SeedPlace{"Toronto", "CA", "America/Toronto", "+1"},      SeedPlace{"Graz", "AT", "Europe/Vienna", "+43"},
    SeedPlace{"Antwerpen", "BE", "Europe/Brussels", "+32"},   SeedPlace{"Valencia", "ES", "Europe/Madrid", "+34"},
    SeedPlace{"Seattle", "US", "America/Los_Angeles", "+1"},  SeedPlace{"Bergen", "NO", "Europe/Oslo", "+47"},
    SeedPlace{"Glasgow", "GB", "Europe/London", "+44"},       SeedPlace{"Sydney", "AU", "Australia/Sydney", "+61"},
};

constexpr std::array firstNames{
    "Anna"sv,      "Thomas"sv, "Maria"sv,  "James"sv,  "Julia"sv,  "Michael"sv, "Sophie"sv,    "Peter"sv,
    "Laura"sv,     "Daniel"sv, "Emma"sv,   "Stefan"sv, "Claire"sv, "David"sv,   "Katarzyna"sv, "Lukas"sv,
    "Ingrid"sv,    "Robert"sv, "Zoë"sv,    "Jonas"sv,  "Elena"sv,  "Oliver"sv,  "Marta"sv,     "Björn"sv,
    "Hannah"sv,    "Pierre"sv, "Sara"sv,   "Martin"sv, "Nora"sv,   "Luca"sv,    "Isabel"sv,    "Henrik"sv,
    "Grace"sv,     "Jan"sv,    "Petra"sv,  "Carlos"sv, "Mia"sv,    "Andreas"sv, "Chloé"sv,     "Matthew"sv,
    "Agnieszka"sv, "Felix"sv,  "Astrid"sv, "Giulia"sv, "Erik"sv,   "Olivia"sv,  "Paweł"sv,     "Helena"sv,
    "Simon"sv,     "Fatima"sv, "Ravi"sv,   "Mei"sv,    "Yusuf"sv,  "Aisha"sv,   "Hiroshi"sv,   "Priya"sv,
    "Omar"sv,      "Leila"sv,  "Noah"sv,   "Ruth"sv,   "Viktor"sv, "Beatriz"sv, "Owen"sv,      "Tove"sv,
};

constexpr std::array lastBeginnings{
    "Berg"sv, "Stein"sv, "Lind"sv,   "Brand"sv,  "Holm"sv,  "Wald"sv,   "Rosen"sv, "Kauf"sv,  "Neu"sv,      "Schön"sv,
    "Eich"sv, "Ström"sv, "Hart"sv,   "Win"sv,    "Ash"sv,   "Black"sv,  "White"sv, "Green"sv, "Bach"sv,     "Kirch"sv,
    "Feld"sv, "Stern"sv, "Gold"sv,   "Silber"sv, "Ny"sv,    "Öst"sv,    "Söder"sv, "Nor"sv,   "Wester"sv,   "Dahl"sv,
    "Moor"sv, "Marsh"sv, "Kings"sv,  "Church"sv, "Brook"sv, "Wood"sv,   "Thorn"sv, "Hazel"sv, "Van Der "sv, "De "sv,
    "Bau"sv,  "Hof"sv,   "Zimmer"sv, "Acker"sv,  "Otter"sv, "Falken"sv, "Adler"sv, "Vogel"sv, "Lamm"sv,     "Wolf"sv,
};
constexpr std::array lastEndings{
    "mann"sv,  "er"sv,   "quist"sv, "ström"sv, "ley"sv,  "ton"sv,    "field"sv, "berg"sv,  "bach"sv,  "hardt"sv,
    "son"sv,   "s"sv,    "lund"sv,  "feldt"sv, "wood"sv, "ham"sv,    "gren"sv,  "dal"sv,   "meier"sv, "huber"sv,
    "stedt"sv, "well"sv, "ford"sv,  "man"sv,   "vik"sv,  "hausen"sv, "by"sv,    "inger"sv, "ow"sv,    "ski"sv,
};

constexpr std::array titles{
    "Head of Operations"sv,
    "Managing Director"sv,
    "Purchasing Manager"sv,
    "Head of Logistics"sv,
    "CTO"sv,
    "Supply Chain Manager"sv,
    "COO"sv,
    "Head of Sales"sv,
    "Plant Manager"sv,
    "CFO"sv,
    "Warehouse Manager"sv,
    "Head of IT"sv,
    "Operations Analyst"sv,
    "VP Operations"sv,
    "Fleet Manager"sv,
    "Head of Customer Service"sv,
    "Product Manager"sv,
    "Geschäftsführerin"sv,
    "Team Lead"sv,
    "Consultant"sv,
};

constexpr std::array industries{"Logistics"sv,  "Software"sv, "Manufacturing"sv, "Retail"sv, "Finance"sv,
                                "Healthcare"sv, "Energy"sv,   "Construction"sv,  "Food"sv,   "Education"sv};

constexpr std::array companyFirst{
    "Nord"sv,   "Alpen"sv,  "Harbor"sv, "Blue"sv,   "Iron"sv,     "Silver"sv, "Baltic"sv,  "Atlas"sv, "Delta"sv, "Polar"sv,
    "Summit"sv, "River"sv,  "Cedar"sv,  "Falcon"sv, "Meridian"sv, "Orion"sv,  "Solar"sv,   "Terra"sv, "Urban"sv, "Vector"sv,
    "Amber"sv,  "Bright"sv, "Coral"sv,  "Ever"sv,   "Grand"sv,    "Hanse"sv,  "Kestrel"sv, "Luna"sv,  "Metro"sv, "Nova"sv,
};
constexpr std::array companySecond{
    "wind"sv, "line"sv,  "gate"sv,  "works"sv, "stone"sv, "bridge"sv, "field"sv, "port"sv, "craft"sv, "link"sv,
    "way"sv,  "point"sv, "forge"sv, "mark"sv,  "peak"sv,  "logic"sv,  "cargo"sv, "grid"sv, "stack"sv, "trade"sv,
};
constexpr std::array companyKinds{"Logistik GmbH"sv,  "Ltd"sv,       "Systems AG"sv, "Group"sv,    "SAS"sv,
                                  "Industries Inc"sv, "Handel KG"sv, "AB"sv,         "Partners"sv, "Sp. z o.o."sv};

constexpr std::array noteParts{
    "Spoke with the front desk, best reached in the morning"sv,
    "Uses spreadsheets for the yard today and is tired of it"sv,
    "Budget is decided in the next quarter"sv,
    "Asked for a reference customer in the same industry"sv,
    "Two sites, the second one opens in spring"sv,
    "Their contract with the present supplier ends soon"sv,
    "Wants to see prices before a demonstration"sv,
    "Very friendly, remembers us from the trade fair"sv,
    "The decision is made by the managing director"sv,
    "Prefers to be called on the mobile phone"sv,
    "Cold chain is the topic, not the dock times"sv,
    "Has tried a competitor and was not happy with the support"sv,
    "Please send the brochure about integration"sv,
    "Holiday until the end of the month"sv,
    "Needs an interface to their warehouse system"sv,
    "Interested, but the IT department is busy with a migration"sv,
};
constexpr std::array subjects{"Dock times at"sv,        "A question about"sv, "Fewer waiting lorries at"sv, "Following up on"sv,
                              "An idea for"sv,          "Your yard at"sv,     "Fifteen minutes about"sv,    "Planning at"sv,
                              "Short question about"sv, "The next step for"sv};
constexpr std::array mailOpenings{
    "I read that you are opening another site this year."sv, "Your colleague told me that you look after the planning."sv,
    "We met briefly at the trade fair in autumn."sv,         "Waiting lorries cost more than most people think."sv,
    "I would like to follow up on my last message."sv,       "A customer in your region has halved its waiting times."sv,
};
constexpr std::array mailMiddles{
    "Our software plans the slots at the dock and tells drivers when to come."sv,
    "Most teams start with one site and see the difference after a week."sv,
    "It works beside the system you have, nothing has to be replaced."sv,
    "The numbers of the first month are attached as a short comparison."sv,
    "I can show you in fifteen minutes how it would look with your data."sv,
    "If somebody else is the right person, a name would help me."sv,
};
constexpr std::array mailClosings{"Would Thursday morning suit you?"sv, "Is that worth a short call?"sv,
                                  "Shall I send you an example?"sv, "When would be a good moment to talk?"sv};
constexpr std::array replies{
    "Thanks for writing. Please call me next week."sv,     "Not now, we have just renewed a contract."sv,
    "Interesting, can you send prices for three sites?"sv, "I am not the right person, please ask our operations team."sv,
    "Yes, Thursday works. Please send an invitation."sv,   "We are happy with what we have, thank you."sv,
    "How long does the introduction usually take?"sv,      "Please write again in spring."sv,
};

std::string lowerAscii(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
    return out;
}

constexpr std::int64_t namesWithoutNumber = std::int64_t(companyFirst.size() * companySecond.size());

} // namespace

std::span<const SeedPlace> seedPlaces() { return places; }
std::span<const std::string_view> seedFirstNames() { return firstNames; }
std::size_t seedLastNameCount() { return lastBeginnings.size() * lastEndings.size(); }
std::string seedLastName(std::size_t number) {
    return std::string(lastBeginnings[number % lastBeginnings.size()])
           + std::string(lastEndings[number / lastBeginnings.size() % lastEndings.size()]);
}
std::span<const std::string_view> seedTitles() { return titles; }
std::span<const std::string_view> seedIndustries() { return industries; }

std::string seedCompanyName(std::int64_t number) {
    const auto first = companyFirst[std::size_t(number) % companyFirst.size()];
    const auto second = companySecond[std::size_t(number) / companyFirst.size() % companySecond.size()];
    const auto kind = companyKinds[std::size_t(number * 7) % companyKinds.size()];
    const std::int64_t round = number / namesWithoutNumber;
    return std::string(first) + std::string(second) + (round == 0 ? " " : " " + std::to_string(round + 1) + " ")
           + std::string(kind);
}

std::string seedCompanyDomain(std::int64_t number) {
    const auto first = companyFirst[std::size_t(number) % companyFirst.size()];
    const auto second = companySecond[std::size_t(number) / companyFirst.size() % companySecond.size()];
    const std::int64_t round = number / namesWithoutNumber;
    return lowerAscii(first) + std::string(second) + (round == 0 ? "" : std::to_string(round + 1)) + ".example";
}

std::string seedNote(SeedDice& dice) {
    std::string text(dice.pick(noteParts));
    if (dice.chance(60))
        text += ". " + std::string(dice.pick(noteParts));
    if (dice.chance(15))
        text += ". Offer OR-" + std::to_string(dice.between(10000, 99999));
    return text + ".";
}

std::string seedSubject(SeedDice& dice, std::string_view company) {
    return std::string(dice.pick(subjects)) + " " + std::string(company.substr(0, company.find(' ')));
}

std::string seedMail(SeedDice& dice, std::string_view firstName, std::string_view company) {
    return "Hello " + std::string(firstName) + ",\n\n" + std::string(dice.pick(mailOpenings)) + " "
           + std::string(dice.pick(mailMiddles)) + "\n\n" + std::string(dice.pick(mailMiddles)) + " At " + std::string(company)
           + " this may be different. " + std::string(dice.pick(mailClosings)) + "\n\nMara Lindqvist\nHarborline";
}

std::string seedReply(SeedDice& dice) { return std::string(dice.pick(replies)); }

} // namespace outrider::bench
