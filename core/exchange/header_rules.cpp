// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/header_rules.h"

#include <algorithm>
#include <initializer_list>

namespace outrider::exchange {

namespace {

using C = Concept;

Concepts setOf(std::initializer_list<Concept> list) {
    Concepts concepts;
    for (const Concept c : list)
        concepts.set(static_cast<std::size_t>(c));
    return concepts;
}

bool any(const HeaderMeaning& meaning, const Concepts& of) { return (meaning.concepts & of).any(); }

// Says what it requires, and what else may be said without making another thing of it.
struct Rule {
    Concepts required;
    Concepts allowed;
    std::string_view field; // empty: known, and nothing of ours
    double confidence;
};

Rule rule(std::initializer_list<Concept> required, std::initializer_list<Concept> allowed, std::string_view field,
          double confidence = 0.93) {
    return {setOf(required), setOf(allowed), field, confidence};
}

// Whose and which place; the same for all parts of an address.
constexpr std::initializer_list<Concept> placeWords{C::Person,  C::Work,     C::Home,  C::Other,   C::Primary,
                                                    C::Mailing, C::Billing,  C::Name,  C::Address, C::Street,
                                                    C::Code,    C::Shipping, C::Value, C::Location};

// The first that fits. Ways to reach and refusals are not here; see below.
const std::vector<Rule>& rules() {
    static const std::vector<Rule> all{
        // Names
        rule({C::FirstName, C::LastName}, {C::Person, C::Name}, "full_name", 0.9),
        rule({C::FullName}, {C::Person, C::Primary, C::Company, C::Deal}, "full_name"),
        rule({C::FirstName}, {C::Person, C::Name, C::Primary, C::Company}, "first_name"),
        rule({C::MiddleName}, {C::Person, C::Name}, "middle_name"),
        rule({C::LastName}, {C::Person, C::Name, C::Primary, C::Company}, "last_name"),
        rule({C::Salutation}, {C::Person, C::Name, C::Title}, "salutation", 0.9),
        // Work
        rule({C::Job}, {C::Title, C::Person, C::Company, C::Primary, C::Work, C::Name}, "job_title"),
        rule({C::Title, C::Company}, {C::Person}, "job_title", 0.8),
        rule({C::Title, C::Person}, {C::Work, C::Primary}, "job_title", 0.85),
        rule({C::Title, C::Work}, {}, "job_title", 0.85),
        rule({C::Department}, {C::Person, C::Company, C::Job, C::Name, C::Work}, "department", 0.88),
        rule({C::Language}, {C::Person, C::Primary, C::Code}, "language", 0.88),
        // The company
        rule({C::Company, C::Short}, {C::Name}, "company_short", 0.9),
        rule({C::Company}, {C::Person, C::Name, C::Primary, C::Work}, "company"),
        rule({C::Name, C::Work}, {}, "company", 0.85),
        rule({C::Domain}, {C::Company, C::Website, C::Email, C::Name, C::Primary, C::Url, C::Work}, "company_domain", 0.85),
        rule({C::Website}, {C::Company, C::Url, C::Address, C::Person, C::Work, C::Primary, C::Value}, "company_website", 0.9),
        rule({C::Company, C::Url}, {C::Work}, "company_website", 0.8),
        rule({C::Industry}, {C::Company, C::Primary, C::Name}, "company_industry", 0.9),
        rule({C::Employees}, {C::Company, C::Count, C::Number, C::Size, C::Headquarters}, "company_employees", 0.9),
        rule({C::Company, C::Size}, {}, "company_employees", 0.85),
        rule({C::Revenue}, {C::Company}, "company_revenue", 0.88),
        rule({C::LinkedIn, C::Company}, {C::Url, C::Profile, C::Website}, "company_linkedin_url", 0.9),
        rule({C::Company, C::Profile, C::Url}, {}, "", 0),
        rule({C::City, C::Company}, placeWords, "company_city", 0.9),
        rule({C::City, C::Headquarters}, {C::Company}, "company_city", 0.85),
        rule({C::Region, C::Company}, placeWords, "company_region", 0.9),
        rule({C::Region, C::Headquarters}, {C::Company, C::Code}, "company_region", 0.85),
        rule({C::Country, C::Company}, placeWords, "company_country", 0.9),
        rule({C::Country, C::Headquarters}, {C::Company, C::Code}, "company_country", 0.85),
        rule({C::Ids, C::Company}, {C::Primary, C::Product}, "company_external_ids", 0.85),
        rule({C::Id, C::Company}, {C::Product, C::Number}, "company_external_id", 0.85),
        // Profiles
        rule({C::SalesNavigator}, {C::LinkedIn, C::Url, C::Profile, C::Person}, "sales_nav_url", 0.9),
        rule({C::LinkedIn}, {C::Url, C::Profile, C::Person, C::Website, C::Address, C::Primary, C::Home}, "linkedin_url"),
        rule({C::Profile, C::Url}, {C::Person, C::Primary}, "linkedin_url", 0.75),
        // Places
        rule({C::City}, placeWords, "city"),
        rule({C::Region}, placeWords, "region", 0.88),
        rule({C::Postal}, placeWords, "postal_code"),
        rule({C::Country}, placeWords, "country"),
        rule({C::Street}, placeWords, "street", 0.88),
        rule({C::Address}, placeWords, "street", 0.8),
        rule({C::Location}, {C::Person, C::Primary, C::Name}, "location", 0.85),
        rule({C::TimeZone}, {C::Person, C::Name}, "time_zone"),
        // Where the row came from
        rule({C::Id}, {C::Person, C::Product, C::Primary, C::Number}, "external_id", 0.8),
        rule({C::Status, C::Email}, {C::Verification, C::Primary, C::Work}, "email_verification", 0.85),
        rule({C::Verification}, {C::Email, C::Status, C::Primary, C::Work}, "email_verification", 0.75),
        rule({C::Status}, {C::Person, C::Deal}, "source_status", 0.85),
        rule({C::Stage}, {C::Person, C::Deal}, "source_stage", 0.88),
        rule({C::Source}, {C::Person, C::Deal, C::Product, C::Primary}, "source", 0.9),
        rule({C::Created}, {C::Date, C::Time, C::Person, C::Product}, "source_created_at", 0.88),
        rule({C::Connected}, {C::Date, C::Time, C::LinkedIn}, "linkedin_connected_on", 0.85),
        rule({C::Owner}, {C::Person, C::Name, C::Product, C::FullName}, "owner", 0.9),
        rule({C::Score}, {C::Person, C::Product}, "score", 0.85),
        rule({C::Tags}, {C::Person, C::Name}, "tags", 0.88),
        rule({C::Label}, {C::Person}, "tags", 0.8),
        rule({C::Notes}, {C::Person}, "notes", 0.88),
    };
    return all;
}

// ── Refusals, bounces, replies: whatever else the header says ────────────────────────────────

FieldGuess refusal(RefusalScope scope, double confidence, bool inverted = false) {
    return {.field = scope == RefusalScope::Phone ? "suppress_phone" : "suppress_email",
            .confidence = confidence,
            .scope = scope,
            .inverted = inverted};
}

std::vector<FieldGuess> refusalIn(const HeaderMeaning& m) {
    static const Concepts phone = setOf({C::Phone, C::Mobile, C::Call, C::Sms});
    static const Concepts mail = setOf({C::Email, C::Newsletter, C::Mailing, C::Unsubscribed, C::Consent});
    static const Concepts refusing = setOf({C::OptOut, C::Unsubscribed, C::Blocked});
    static const Concepts history = setOf({C::Bounced, C::Replied});
    const bool byPhone = any(m, phone);
    const bool byMail = any(m, mail);
    const bool anyWay = any(m, setOf({C::Contact, C::Write}));
    const RefusalScope scope = byPhone && byMail ? RefusalScope::Both
                               : byPhone         ? RefusalScope::Phone
                               : byMail          ? RefusalScope::Email
                                                 : RefusalScope::Both;
    const bool faxOnly = m.has(C::Fax) && !byPhone && !byMail;
    if (m.has(C::Url) || faxOnly) // a link to unsubscribe with; there is no fax channel
        return {};
    if (any(m, refusing)) {
        if (any(m, setOf({C::Shipping, C::Billing})) && !byMail) // deliveries and invoices are blocked
            return {};
        if (m.has(C::Not)) // "not unsubscribed", "not blocked": permission
            return {refusal(scope, 0.8, true)};
        return {refusal(scope, 0.95)};
    }
    if (m.has(C::Bounced))
        return {{.field = "history_bounced", .confidence = 0.95}};
    if (m.has(C::Replied) && !m.has(C::Not))
        return {{.field = "history_replied", .confidence = 0.92}};
    if (m.has(C::Not) && (byPhone || byMail || anyWay) && !any(m, history))
        return {refusal(scope, 0.93)};
    if (m.has(C::Allow) && (byPhone || byMail || anyWay))
        return {refusal(scope, 0.85, true)};
    if (m.has(C::Consent) || m.has(C::Newsletter))
        return {{.field = "source_consent_status", .confidence = 0.85}};
    return {};
}

// ── Ways to reach ────────────────────────────────────────────────────────────────────────────

int ordinal(const HeaderMeaning& m) {
    if (m.number > 0)
        return m.number;
    return m.has(C::Third) ? 3 : m.has(C::Second) ? 2 : 1;
}

std::vector<FieldGuess> emailIn(const HeaderMeaning& m) {
    static const Concepts allowed = setOf({C::Email, C::Address, C::Person, C::Work, C::Primary, C::Home, C::Other, C::Second,
                                           C::Third, C::Company, C::Headquarters, C::Value, C::Number, C::Mailing});
    if (!m.has(C::Email) || (m.concepts & ~allowed).any())
        return {};
    int rank = 10 * ordinal(m);
    rank += m.has(C::Primary) ? -1 : m.has(C::Work) ? 1 : m.has(C::Company) ? 2 : m.has(C::Home) ? 3 : 0;
    rank += m.has(C::Other) ? 4 : 0;
    std::vector<FieldGuess> guesses;
    int slot = 1;
    for (const std::string_view field : {"email", "email_2", "email_3"}) {
        if (slot++ >= std::min(3, ordinal(m)) && ordinal(m) <= 3)
            guesses.push_back({.field = field, .confidence = 0.95, .rank = rank});
    }
    return guesses;
}

std::vector<FieldGuess> phoneIn(const HeaderMeaning& m) {
    static const Concepts numbers = setOf({C::Phone, C::Mobile});
    static const Concepts allowed = setOf({C::Phone, C::Mobile, C::Number, C::Person, C::Work, C::Home, C::Other, C::Primary,
                                           C::Second, C::Third, C::Company, C::Headquarters, C::Value});
    const bool contactNumber = m.concepts == setOf({C::Person, C::Number});
    if ((!any(m, numbers) && !contactNumber && m.concepts != setOf({C::Headquarters})) || (m.concepts & ~allowed).any())
        return {};
    std::vector<FieldGuess> guesses;
    const auto add = [&](std::string_view field, double confidence) {
        guesses.push_back({.field = field, .confidence = confidence, .rank = 10 * ordinal(m)});
    };
    if (m.has(C::Headquarters) || (m.has(C::Company) && !m.has(C::Mobile) && !m.has(C::Person))) {
        add("company_phone", 0.92);
        return guesses;
    }
    const bool further = m.has(C::Other) || ordinal(m) > 1;
    if (m.has(C::Mobile) && !further)
        add("phone_mobile", 0.94);
    else if (m.has(C::Home) && !further)
        add("phone_home", 0.93);
    else if (!further)
        add("phone_work", m.has(C::Work) || m.has(C::Phone) ? 0.93 : 0.8);
    if (m.has(C::Work) && !guesses.empty())
        guesses.back().rank -= 1; // "Work phone" before "Phone"
    add("phone_other", further ? 0.9 : 0.75);
    return guesses;
}

// Which address is the lead's own, when a table has several.
int placeRank(const HeaderMeaning& m) {
    return m.has(C::Other) ? 5 : m.has(C::Home) ? 4 : m.has(C::Shipping) ? 3 : m.has(C::Billing) ? 2 : m.has(C::Work) ? 1 : 0;
}

// ── Headers that only mean something beside others ───────────────────────────────────────────

std::vector<FieldGuess> dependingOnContext(const HeaderMeaning& m, const HeaderContext& context) {
    const Concepts own = m.concepts & ~setOf({C::Person, C::Primary});
    if (own == setOf({C::Name})) {
        if (context.object == RowObject::Company)
            return {{.field = "company", .confidence = 0.9}};
        if (context.contactPerson && !context.company && !m.has(C::Person)) // "Name, Ansprechpartner"
            return {{.field = "company", .confidence = 0.75}, {.field = "full_name", .confidence = 0.5}};
        if (context.firstName && !context.lastName && !m.has(C::Person)) // "Name, Vorname"
            return {{.field = "last_name", .confidence = 0.85}, {.field = "full_name", .confidence = 0.6}};
        if (context.lastName && !context.firstName && !m.has(C::Person)) // "Cognome, Nome"
            return {{.field = "first_name", .confidence = 0.85}, {.field = "full_name", .confidence = 0.6}};
        return {{.field = "full_name", .confidence = 0.85}};
    }
    if (m.concepts == setOf({C::Title})) {
        if (context.jobTitle)                                                // beside "Position" a title is "Dr."
            return {{.field = "salutation", .confidence = 0.8, .rank = 50}}; // but "Anrede" is more so
        return {{.field = "job_title", .confidence = 0.75}, {.field = "salutation", .confidence = 0.5}};
    }
    if (own.none() && m.number == 0) // "Contact", "Ansprechpartner"
        return {{.field = "full_name", .confidence = 0.6}};
    // "Home", "SMS": a number, if the cells agree
    if (m.concepts == setOf({C::Home}))
        return {{.field = "phone_home", .confidence = 0.5}};
    if (m.concepts == setOf({C::Work}))
        return {{.field = "phone_work", .confidence = 0.5}};
    if (m.concepts == setOf({C::Sms}))
        return {{.field = "phone_mobile", .confidence = 0.6}};
    if (m.concepts == setOf({C::Url}))
        return {{.field = "company_website", .confidence = 0.6}, {.field = "linkedin_url", .confidence = 0.5}};
    if (m.concepts == setOf({C::Profile}))
        return {{.field = "linkedin_url", .confidence = 0.55}};
    return {};
}

// In a table of companies "Phone" is the company's.
std::string_view ofCompany(std::string_view field) {
    constexpr std::pair<std::string_view, std::string_view> fields[]{
        {"phone_work", "company_phone"},        {"city", "company_city"},
        {"region", "company_region"},           {"country", "company_country"},
        {"external_id", "company_external_id"}, {"linkedin_url", "company_linkedin_url"},
    };
    for (const auto& [person, company] : fields) {
        if (person == field)
            return company;
    }
    return field;
}

} // namespace

std::vector<FieldGuess> fieldsFor(const HeaderMeaning& header, const HeaderContext& context) {
    HeaderMeaning meaning = header;
    // "Salesforce status" is a status; but "ZoomInfo profile URL" is no LinkedIn profile.
    if (!any(meaning, setOf({C::Url, C::Profile, C::Name})))
        meaning.concepts.reset(static_cast<std::size_t>(C::Product));
    static const Concepts nothingOfOurs =
        setOf({C::Previous, C::Relation, C::Group, C::Fax, C::Extension, C::OtherNetwork, C::NameVariant, C::PlaceDetail,
               C::Modified, C::Activity, C::Sent, C::Reason, C::Deleted, C::Unknown});
    if (meaning.concepts.none())
        return {};
    if (auto refusals = refusalIn(meaning); !refusals.empty())
        return refusals;
    meaning.concepts.reset(static_cast<std::size_t>(C::Contact));
    if (any(meaning, nothingOfOurs) || isLabelColumn(meaning))
        return {};
    if (auto guesses = emailIn(meaning); !guesses.empty())
        return guesses;
    std::vector<FieldGuess> guesses = phoneIn(meaning);
    if (guesses.empty())
        guesses = dependingOnContext(meaning, context);
    if (guesses.empty()) {
        const auto fits = [&](const Rule& r) {
            return (meaning.concepts & r.required) == r.required && (meaning.concepts & ~(r.required | r.allowed)).none();
        };
        const auto& all = rules();
        const auto found = std::find_if(all.begin(), all.end(), fits);
        if (found == all.end() || found->field.empty())
            return {};
        const bool secondLine = (found->field == "street" || found->field == "company_website") && meaning.number > 1;
        if (secondLine || (meaning.number > 1 && meaning.has(C::Name)))
            return {};
        guesses.push_back({.field = found->field,
                           .confidence = found->confidence,
                           .rank = 10 * std::max(meaning.number, 1) + placeRank(meaning)});
        if (found->field == "street" && meaning.has(C::Street))
            guesses.back().rank -= 1; // before "Address", which may be all of it
    }
    if (context.object == RowObject::Company) {
        for (FieldGuess& guess : guesses)
            guess.field = ofCompany(guess.field);
    }
    return guesses;
}

HeaderContext contextOf(const std::vector<HeaderMeaning>& headers, RowObject object) {
    HeaderContext context{.object = object};
    for (const HeaderMeaning& m : headers) {
        const auto guesses = fieldsFor(m, {.object = object});
        if (guesses.empty())
            continue;
        context.firstName |= guesses.front().field == "first_name";
        context.lastName |= guesses.front().field == "last_name";
        context.jobTitle |= m.has(C::Job) && guesses.front().field == "job_title";
        context.company |= guesses.front().field == "company";
        context.contactPerson |= (m.concepts & ~setOf({C::Contact})) == setOf({C::Person}) && m.number == 0;
    }
    return context;
}

bool isLabelColumn(const HeaderMeaning& m) {
    static const Concepts groups = setOf({C::Email, C::Phone, C::Mobile, C::Fax, C::Address, C::Website, C::Url});
    return any(m, setOf({C::Label, C::Type})) && any(m, groups) && !any(m, setOf({C::Value}));
}

} // namespace outrider::exchange
