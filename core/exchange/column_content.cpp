// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_content.h"

#include "core/contact/email_address.h"
#include "core/contact/place.h"
#include "core/contact/text.h"
#include "core/exchange/cell_values.h"

#include <algorithm>
#include <unordered_set>

namespace outrider::exchange {

namespace {

constexpr std::size_t samplesKept = 3;
constexpr std::size_t sampleBytes = 80;
constexpr std::size_t distinctCounted = 500;

using Words = std::unordered_set<std::string_view>;

bool isSalutation(const std::string& folded) {
    static const Words words{"mr",   "mrs",      "ms",      "miss",         "mx",      "dr",      "prof",    "sir",  "madam",
                             "herr", "frau",     "hr",      "fr",           "dipl",    "ing",     "mag",     "m",    "mme",
                             "mlle", "monsieur", "madame",  "mademoiselle", "me",      "sr",      "sra",     "srta", "don",
                             "dona", "sig",      "sigra",   "signor",       "signora", "dott",    "dottssa", "dhr",  "mevr",
                             "mw",   "meneer",   "mevrouw", "de heer",      "senhor",  "senhora", "pan",     "pani", "rev",
                             "med",  "phil",     "jur",     "bsc",          "msc",     "phd",     "mba"};
    if (folded.empty() || folded.size() > 24)
        return false;
    std::string plain;
    for (const char c : folded)
        plain += c == '.' || c == '-' || c == '/' ? ' ' : c;
    const auto parts = contact::split(plain, " ");
    return std::all_of(parts.begin(), parts.end(), [](std::string_view p) { return p.empty() || words.contains(p); })
           && std::any_of(parts.begin(), parts.end(), [](std::string_view p) { return !p.empty(); });
}

bool isLabel(std::string folded) {
    static const Words words{"work",     "home",     "mobile",   "other",   "main",     "private",      "office",   "cell",
                             "fax",      "pager",    "smtp",     "ex",      "internet", "work fax",     "home fax", "custom",
                             "iphone",   "obsolete", "personal", "arbeit",  "privat",   "geschaftlich", "mobil",    "sonstige",
                             "travail",  "domicile", "bureau",   "trabajo", "casa",     "lavoro",       "werk",     "thuis",
                             "trabalho", "praca",    "dom",      "business"};
    if (folded.starts_with("* "))
        folded.erase(0, 2);
    return words.contains(folded);
}

bool endsLikeCompany(const std::string& folded) {
    static const Words endings{
        "gmbh",       "ag",        "kg",      "ohg",          "gbr",       "ug",       "se",         "kgaa",        "mbh",
        "ev",         "eg",        "inc",     "llc",          "ltd",       "plc",      "corp",       "corporation", "co",
        "company",    "limited",   "llp",     "lp",           "group",     "holding",  "holdings",   "sa",          "sas",
        "sarl",       "sl",        "slu",     "sau",          "srl",       "spa",      "snc",        "bv",          "nv",
        "vof",        "lda",       "ltda",    "eireli",       "me",        "oo",       "spj",        "sro",         "kft",
        "ab",         "as",        "aps",     "oy",           "oyj",       "ooo",      "pty",        "gruppe",      "werke",
        "industries", "solutions", "systems", "technologies", "logistics", "partners", "consulting", "services"};
    std::string last;
    const auto parts = contact::split(folded, " ");
    if (parts.size() < 2)
        return false;
    for (const char c : parts.back()) {
        if (c != '.' && c != ',' && c != ')')
            last += c;
    }
    return endings.contains(last) || folded.ends_with("z o.o.") || folded.ends_with("s.r.o.") || folded.ends_with("e.v.")
           || folded.ends_with("e. v.");
}

bool soundsLikeJob(const std::string& folded) {
    constexpr std::array<std::string_view, 44> parts{
        "manager",   "director",    "head of",     "chief",      "officer",    "engineer",    "founder",      "president",
        "owner",     "consultant",  "assistant",   "analyst",    "specialist", "developer",   "coordinator",  "buyer",
        "sales",     "marketing",   "leiter",      "geschaftsf", "einkauf",    "vertrieb",    "inhaber",      "referent",
        "directeur", "gerant",      "responsable", "charge",     "jefe",       "gerente",     "responsabile", "direttore",
        "addetto",   "hoofd",       "medewerker",  "eigenaar",   "diretor",    "coordenador", "kierownik",    "dyrektor",
        "prezes",    "specjalista", "partner",     "executive"};
    static const Words whole{"ceo", "cto", "cfo", "coo", "cmo", "cio", "cpo", "cro", "vp", "svp", "evp", "md", "gm"};
    if (std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return folded.find(part) != std::string::npos; }))
        return true;
    const auto tokens = contact::split(folded, " ");
    return std::any_of(tokens.begin(), tokens.end(), [](std::string_view t) { return whole.contains(t); });
}

std::string lettersOf(std::string_view text) {
    std::string letters;
    for (const char c : contact::unaccented(text)) {
        if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80)
            letters += c;
    }
    return letters;
}

// The row's first address, split for comparing names with it.
struct RowAddress {
    std::string local;
    std::string domain;
};

RowAddress addressIn(const std::vector<std::string>& row) {
    for (const std::string& cell : row) {
        if (cell.find('@') == std::string::npos || shapeOf(cell) != CellShape::Email)
            continue;
        if (const auto address = contact::parseEmailAddress(cell))
            return {lettersOf(address->local), lettersOf(address->domain.substr(0, address->domain.rfind('.')))};
    }
    return {};
}

bool hasDigit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void look(ColumnContent& content, std::string_view raw, const RowAddress& address, std::unordered_set<std::string>& seen) {
    ++content.rows;
    const auto parts = splitList(raw, false); // of a list the first tells
    const auto cell = parts.empty() ? std::string_view() : parts.front();
    const CellShape shape = shapeOf(cell);
    ++content.shapes[static_cast<std::size_t>(shape)];
    if (shape == CellShape::Empty)
        return;
    ++content.filled;
    if (seen.size() < distinctCounted && seen.emplace(cell).second) {
        ++content.distinct;
        if (content.samples.size() < samplesKept) {
            std::size_t cut = std::min(sampleBytes, cell.size());
            while (cut < cell.size() && cut > 0 && (static_cast<unsigned char>(cell[cut]) & 0xC0U) == 0x80)
                --cut;
            content.samples.emplace_back(cell.substr(0, cut));
        }
    }
    content.order.observe(cell);
    const auto digits = std::count_if(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
    content.phoneLike += shape == CellShape::Phone || (shape == CellShape::Number && digits >= 7 && digits <= 15) ? 1 : 0;
    content.yesNo += parseYesNo(cell) ? 1 : 0;
    content.counts += digits > 0 && parseCount(cell) ? 1 : 0;
    content.dates +=
        shape == CellShape::Date || parseDate(cell, DateOrder::DayFirst, true) || parseDate(cell, DateOrder::MonthFirst, true)
            ? 1
            : 0;
    if (cell.size() > 120 || shape == CellShape::Email || shape == CellShape::Url)
        return;
    const std::string folded = contact::unaccented(cell);
    content.refusals += verdictOf(cell) != StatusVerdict::Nothing ? 1 : 0;
    content.salutations += isSalutation(folded) ? 1 : 0;
    content.labels += isLabel(folded) ? 1 : 0;
    if (shape != CellShape::Text)
        return;
    content.companies += endsLikeCompany(folded) ? 1 : 0;
    content.jobs += soundsLikeJob(folded) ? 1 : 0;
    const bool country = !contact::countryCode(cell).empty();
    content.countries += country ? 1 : 0;
    content.countryNames += country && cell.size() > 3 ? 1 : 0;
    const auto words = contact::split(folded, " ");
    content.twoWords += words.size() >= 2 && words.size() <= 4 && !hasDigit(cell) ? 1 : 0;
    if (const std::string letters = lettersOf(cell); letters.size() >= 3 && words.size() <= 2) {
        content.inAddress += address.local.find(letters) != std::string::npos ? 1 : 0;
        content.startsAddress += address.local.starts_with(letters) ? 1 : 0;
        content.inDomain += address.domain.find(letters) != std::string::npos ? 1 : 0;
    }
}

bool isOneOf(std::string_view field, std::initializer_list<std::string_view> fields) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

ContentVerdict byShare(double share, double agrees, double contradicts) {
    return share >= agrees ? ContentVerdict::Agrees : share < contradicts ? ContentVerdict::Contradicts : ContentVerdict::Silent;
}

} // namespace

std::vector<ColumnContent> contentOf(const std::vector<std::vector<std::string>>& rows, std::size_t columns) {
    std::vector<ColumnContent> contents(columns);
    std::vector<std::unordered_set<std::string>> seen(columns);
    for (const auto& row : rows) {
        const RowAddress address = addressIn(row);
        for (std::size_t i = 0; i < columns && i < row.size(); ++i)
            look(contents[i], row[i], address, seen[i]);
    }
    return contents;
}

ContentVerdict verdictFor(std::string_view field, const ColumnContent& content) {
    using enum CellShape;
    if (content.filled == 0)
        return ContentVerdict::Silent;
    const double email = content.share(Email);
    const double links =
        content.share(Url) + content.share(LinkedInPerson) + content.share(LinkedInCompany) + content.share(SalesNavigator);
    const double odd = email + links + content.share(Date); // what no name, title or place is
    if (isOneOf(field, {"email", "email_2", "email_3"}))
        return byShare(email, 0.7, 0.3);
    if (field.starts_with("phone_") || field == "company_phone")
        return byShare(content.share(content.phoneLike), 0.7, 0.25);
    if (field == "linkedin_url")
        return content.share(LinkedInPerson) >= 0.5 ? ContentVerdict::Agrees
               : email + content.share(Date) + content.share(content.yesNo) > 0.5
                       || content.share(LinkedInCompany) + content.share(SalesNavigator) >= 0.5 || content.share(Url) > 0.7
                   ? ContentVerdict::Contradicts
                   : ContentVerdict::Silent;
    if (field == "company_linkedin_url" || field == "sales_nav_url")
        return email + content.share(Date) > 0.5 ? ContentVerdict::Contradicts
               : links > 0.5                     ? ContentVerdict::Agrees
                                                 : ContentVerdict::Silent;
    if (field == "company_website" || field == "company_domain") {
        const double web = content.share(Url) + content.share(Domain);
        if (content.share(LinkedInPerson) + content.share(LinkedInCompany) + content.share(SalesNavigator) >= 0.5)
            return ContentVerdict::Contradicts;
        return web >= 0.7                                ? ContentVerdict::Agrees
               : web < 0.2 && field == "company_website" ? ContentVerdict::Contradicts
                                                         : ContentVerdict::Silent;
    }
    if (field == "country" || field == "company_country")
        return content.share(content.countries) >= 0.6                     ? ContentVerdict::Agrees
               : odd + content.share(Number) + content.share(Phone) >= 0.5 ? ContentVerdict::Contradicts
                                                                           : ContentVerdict::Silent;
    if (isOneOf(field, {"source_created_at", "linkedin_connected_on"}))
        return byShare(content.share(content.dates), 0.7, 0.2);
    if (isOneOf(field, {"company_employees", "score"}))
        return byShare(content.share(content.counts), 0.7, 0.2);
    if (field == "salutation")
        return byShare(content.share(content.salutations), 0.6, 0.05);
    if (isOneOf(field, {"first_name", "middle_name", "last_name", "full_name", "company", "company_short", "job_title", "city",
                        "region", "department"})) {
        const bool place = field == "region"; // may be numbered
        const bool company = field == "company" || field == "company_short";
        if (odd + (place || company ? 0 : content.share(Number) + content.share(Phone)) >= 0.5
            || (!company && content.share(content.yesNo) >= 0.8 && content.filled >= 3))
            return ContentVerdict::Contradicts;
        if (field == "job_title" && content.share(content.salutations) >= 0.6)
            return ContentVerdict::Contradicts;
        return ContentVerdict::Silent;
    }
    if (field.starts_with("suppress_") || field.starts_with("history_"))
        return links >= 0.5                          ? ContentVerdict::Contradicts // a link to unsubscribe with
               : content.share(content.yesNo) >= 0.7 ? ContentVerdict::Agrees
                                                     : ContentVerdict::Silent;
    if (field == "postal_code" || field == "time_zone" || field == "language")
        return odd >= 0.5 ? ContentVerdict::Contradicts : ContentVerdict::Silent;
    return ContentVerdict::Silent;
}

std::optional<ContentGuess> fieldByContent(const ColumnContent& content) {
    using enum CellShape;
    if (content.filled == 0)
        return std::nullopt;
    constexpr double most = 0.8;
    const bool varied = content.filled < 10 || content.distinct * 2 >= std::min(content.filled, 500);
    if (content.share(Email) >= most && varied) // one and the same address in all rows is the salesperson's
        return ContentGuess{"email", 0.85};
    if (content.share(LinkedInPerson) >= most)
        return ContentGuess{"linkedin_url", 0.85};
    if (content.share(LinkedInCompany) >= most)
        return ContentGuess{"company_linkedin_url", 0.8};
    if (content.share(SalesNavigator) >= most)
        return ContentGuess{"sales_nav_url", 0.8};
    if (content.share(Url) + content.share(Domain) >= most)
        return ContentGuess{"company_website", 0.6};
    if (content.share(Phone) >= 0.5 && content.share(content.phoneLike) >= most)
        return ContentGuess{"phone_work", 0.7};
    if (content.share(content.countryNames) >= most)
        return ContentGuess{"country", 0.75};
    if (content.share(content.salutations) >= most)
        return ContentGuess{"salutation", 0.65};
    if (content.share(content.companies) >= 0.4)
        return ContentGuess{"company", 0.65};
    if (content.share(content.jobs) >= 0.5)
        return ContentGuess{"job_title", 0.6};
    if (content.share(content.startsAddress) >= 0.4)
        return ContentGuess{"first_name", 0.6};
    if (content.share(content.inAddress) >= 0.4)
        return ContentGuess{"last_name", 0.6};
    if (content.share(content.inDomain) >= 0.5)
        return ContentGuess{"company", 0.55};
    return std::nullopt;
}

} // namespace outrider::exchange
