// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/lead_values.h"

#include "core/contact/person_name.h"
#include "core/domain/field.h"

#include <algorithm>
#include <array>

namespace outrider {

namespace {

struct PlainValue {
    std::string_view field;
    std::string Lead::*member;
};
constexpr std::array plainValues{
    PlainValue{"salutation", &Lead::salutation},
    PlainValue{"first_name", &Lead::firstName},
    PlainValue{"middle_name", &Lead::middleName},
    PlainValue{"last_name", &Lead::lastName},
    PlainValue{"job_title", &Lead::jobTitle},
    PlainValue{"department", &Lead::department},
    PlainValue{"language", &Lead::language},
    PlainValue{"email", &Lead::email},
    PlainValue{"phone", &Lead::phone},
    PlainValue{"linkedin_url", &Lead::linkedinUrl},
    PlainValue{"street", &Lead::street},
    PlainValue{"city", &Lead::city},
    PlainValue{"region", &Lead::region},
    PlainValue{"postal_code", &Lead::postalCode},
    PlainValue{"country", &Lead::country},
    PlainValue{"time_zone", &Lead::timeZone},
    PlainValue{"company", &Lead::companyName},
    PlainValue{"consent_source", &Lead::consentSource},
    PlainValue{"consent_on", &Lead::consentOn},
    PlainValue{"source", &Lead::source},
    PlainValue{"external_id", &Lead::externalId},
};
struct CompanyValue {
    std::string_view field;
    std::string Company::*member;
};
constexpr std::array companyValues{
    CompanyValue{"company_short", &Company::shortName},
    CompanyValue{"company_domain", &Company::domain},
    CompanyValue{"company_website", &Company::website},
    CompanyValue{"company_industry", &Company::industry},
    CompanyValue{"company_revenue", &Company::revenue},
    CompanyValue{"company_phone", &Company::phone},
    CompanyValue{"company_linkedin_url", &Company::linkedinUrl},
    CompanyValue{"company_city", &Company::city},
    CompanyValue{"company_region", &Company::region},
    CompanyValue{"company_country", &Company::country},
    CompanyValue{"company_external_id", &Company::externalId},
};

// Fields for reading the files of others, of which a lead keeps nothing under that name.
constexpr std::array<std::string_view, 9> onlyRead{
    "full_name",
    "phone_by_label",
    "location",
    "notes",
    "source_status",
    "source_stage",
    "source_created_at",
    "source_consent_status",
    "company_external_ids",
};
constexpr std::array<std::string_view, 3> alsoOnlyRead{"linkedin_connected_on", "email_verification", "history_replied"};
// What a list shows and an import does not take.
constexpr std::array<std::string_view, 6> onlyShown{"name", "strategy", "created", "due", "last_touch", "reach"};

// Second addresses have a number, others a word, as their label; those without a place of their own take one left.
std::string contactValue(const Lead& lead, ContactKind kind, std::string_view label, std::size_t place,
                         std::span<const std::string_view> named) {
    std::vector<const ContactPoint*> rest;
    for (const ContactPoint& contact : lead.otherContacts) {
        if (contact.kind != kind)
            continue;
        if (contact.label == label)
            return contact.value;
        if (std::find(named.begin(), named.end(), contact.label) == named.end())
            rest.push_back(&contact);
    }
    std::size_t taken = 0; // places before this one that have one of their own
    for (std::size_t i = 0; i < place; ++i) {
        taken += std::any_of(lead.otherContacts.begin(), lead.otherContacts.end(),
                             [&](const ContactPoint& c) { return c.kind == kind && c.label == named[i]; })
                     ? 1
                     : 0;
    }
    const std::size_t index = place - taken;
    return index < rest.size() ? rest[index]->value : std::string();
}

std::string moment(const std::optional<Instant>& at) { return at ? toIso8601(*at) : std::string(); }

} // namespace

std::string leadValue(const LeadRecord& record, std::string_view field) {
    const Lead& lead = record.lead;
    for (const PlainValue& plain : plainValues) {
        if (plain.field == field)
            return lead.*plain.member;
    }
    for (const CompanyValue& plain : companyValues) {
        if (plain.field == field)
            return record.company ? (*record.company).*plain.member : std::string();
    }
    if (const auto key = customFieldKey(field)) {
        const auto found = lead.custom.find(std::string(*key));
        return found == lead.custom.end() ? std::string() : found->second;
    }
    constexpr std::array<std::string_view, 2> emails{"2", "3"};
    constexpr std::array<std::string_view, 4> phones{"work", "mobile", "home", "other"};
    for (std::size_t i = 0; i < emails.size(); ++i) {
        if (field == "email_" + std::string(emails.at(i)))
            return contactValue(lead, ContactKind::Email, emails.at(i), i, emails);
    }
    for (std::size_t i = 0; i < phones.size(); ++i) {
        if (field != "phone_" + std::string(phones.at(i)))
            continue;
        const auto found = std::find_if(lead.otherContacts.begin(), lead.otherContacts.end(), [&](const ContactPoint& c) {
            return c.kind == ContactKind::Phone && c.label == phones.at(i);
        });
        return found == lead.otherContacts.end() ? std::string() : found->value;
    }
    if (field == "sales_nav_url") {
        const auto found = std::find_if(lead.otherContacts.begin(), lead.otherContacts.end(), [](const ContactPoint& c) {
            return c.kind == ContactKind::Url && c.label == "sales_nav";
        });
        return found == lead.otherContacts.end() ? std::string() : found->value;
    }
    if (field == "outrider_id")
        return std::to_string(lead.id.value);
    if (field == "name")
        return displayName(lead);
    if (field == "company_employees")
        return record.company && record.company->employees ? std::to_string(*record.company->employees) : std::string();
    if (field == "status")
        return record.status;
    if (field == "reach")
        return std::string(name(lead.reach));
    if (field == "no_contact")
        return toText(lead.noContact);
    if (field == "score")
        return lead.score == 0 ? std::string() : std::to_string(lead.score);
    if (field == "owner")
        return record.owner;
    if (field == "strategy")
        return record.strategy;
    if (field == "tags" || field == "tag") {
        std::string tags;
        for (const std::string& tag : lead.tags)
            tags += (tags.empty() ? "" : ", ") + tag;
        return tags;
    }
    // Who must not be written to is never exported as somebody who may be.
    if (field == "suppress_email")
        return record.emailSuppressed || lead.reach == Reach::OptedOut || lead.reach == Reach::DoNotContact ? "yes" : "";
    if (field == "suppress_phone")
        return record.phoneSuppressed || lead.reach == Reach::DoNotContact ? "yes" : "";
    if (field == "history_bounced")
        return lead.reach == Reach::Bounced ? "yes" : "";
    if (field == "created")
        return toIso8601(lead.createdAt);
    if (field == "due")
        return moment(lead.nextTaskAt);
    if (field == "last_touch")
        return moment(lead.lastTouchAt);
    return {};
}

bool isExportColumn(std::string_view field) {
    if (customFieldKey(field))
        return true;
    if (std::find(onlyShown.begin(), onlyShown.end(), field) != onlyShown.end() || field == "outrider_id" || field == "tag")
        return true;
    const Field* known = findField(field);
    return known != nullptr && known->importable && std::find(onlyRead.begin(), onlyRead.end(), field) == onlyRead.end()
           && std::find(alsoOnlyRead.begin(), alsoOnlyRead.end(), field) == alsoOnlyRead.end();
}

std::vector<std::string> exportColumns(std::span<const CustomField> fields) {
    std::vector<std::string> columns{"outrider_id"};
    for (const Field& field : outrider::fields()) {
        if (field.importable && isExportColumn(field.key))
            columns.emplace_back(field.key);
    }
    for (const CustomField& field : fields)
        columns.push_back(std::string(customFieldPrefix) + field.key);
    columns.emplace_back("created");
    columns.emplace_back("last_touch");
    return columns;
}

} // namespace outrider
