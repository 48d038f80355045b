// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/field.h"

#include <array>

namespace outrider {

namespace {

constexpr auto I = true; // importable
constexpr auto E = true; // editable
constexpr auto F = true; // filterable
constexpr auto S = true; // sortable
constexpr auto V = true; // variable
constexpr auto o = false;

// clang-format off
constexpr std::array catalogue{
    // The person
    Field{"salutation",            FieldType::Text,   I, E, F, o, V},
    Field{"first_name",            FieldType::Text,   I, E, F, S, V},
    Field{"middle_name",           FieldType::Text,   I, E, o, o, o},
    Field{"last_name",             FieldType::Text,   I, E, F, S, V},
    Field{"full_name",             FieldType::Text,   I, o, o, o, V},
    Field{"name",                  FieldType::Text,   o, o, F, S, o},
    Field{"job_title",             FieldType::Text,   I, E, F, S, V},
    Field{"department",            FieldType::Text,   I, E, F, o, V},
    Field{"language",              FieldType::Text,   I, E, F, o, o},

    // Ways to reach them
    Field{"email",                 FieldType::Email,  I, E, F, S, V},
    Field{"email_2",               FieldType::Email,  I, E, o, o, o},
    Field{"email_3",               FieldType::Email,  I, E, o, o, o},
    Field{"phone",                 FieldType::Phone,  I, E, F, o, V},
    Field{"phone_work",            FieldType::Phone,  I, E, o, o, o},
    Field{"phone_mobile",          FieldType::Phone,  I, E, o, o, o},
    Field{"phone_home",            FieldType::Phone,  I, E, o, o, o},
    Field{"phone_other",           FieldType::Phone,  I, E, o, o, o},
    Field{"phone_by_label",        FieldType::Phone,  I, o, o, o, o},
    Field{"linkedin_url",          FieldType::Url,    I, E, F, o, V},
    Field{"sales_nav_url",         FieldType::Url,    I, E, o, o, o},

    // Where they are
    Field{"street",                FieldType::Text,   I, E, o, o, o},
    Field{"city",                  FieldType::Text,   I, E, F, S, V},
    Field{"region",                FieldType::Text,   I, E, F, o, V},
    Field{"postal_code",           FieldType::Text,   I, E, F, o, o},
    Field{"country",               FieldType::Text,   I, E, F, S, V},
    Field{"location",              FieldType::Text,   I, o, o, o, o},
    Field{"time_zone",             FieldType::Text,   I, E, F, o, o},

    // Their company
    Field{"company",               FieldType::Text,   I, E, F, S, V},
    Field{"company_short",         FieldType::Text,   I, o, o, o, V},
    Field{"company_domain",        FieldType::Text,   I, E, F, o, V},
    Field{"company_website",       FieldType::Url,    I, o, o, o, V},
    Field{"company_industry",      FieldType::Text,   I, o, F, o, V},
    Field{"company_employees",     FieldType::Number, I, o, F, o, V},
    Field{"company_revenue",       FieldType::Text,   I, o, o, o, o},
    Field{"company_phone",         FieldType::Phone,  I, o, o, o, o},
    Field{"company_linkedin_url",  FieldType::Url,    I, o, o, o, o},
    Field{"company_city",          FieldType::Text,   I, o, o, o, V},
    Field{"company_region",        FieldType::Text,   I, o, o, o, o},
    Field{"company_country",       FieldType::Text,   I, o, o, o, o},
    Field{"company_external_id",   FieldType::Text,   I, o, o, o, o},
    Field{"company_external_ids",  FieldType::Text,   I, o, o, o, o},

    // Where they stand
    Field{"status",                FieldType::Choice, I, E, F, S, o},
    Field{"reach",                 FieldType::Choice, o, o, F, o, o},
    Field{"no_contact",            FieldType::Tags,   I, E, F, o, o},
    Field{"consent_source",        FieldType::Text,   I, E, F, o, o},
    Field{"consent_on",            FieldType::Date,   I, E, F, o, o},
    Field{"score",                 FieldType::Number, I, E, F, S, o},
    Field{"owner",                 FieldType::Choice, I, E, F, o, o},
    Field{"tags",                  FieldType::Tags,   I, E, o, o, o},
    Field{"tag",                   FieldType::Tags,   o, o, F, o, o},
    Field{"strategy",              FieldType::Choice, o, o, F, o, o},
    Field{"notes",                 FieldType::Text,   I, o, o, o, o},
    Field{"created",               FieldType::Date,   o, o, F, S, o},
    Field{"due",                   FieldType::Date,   o, o, F, S, o},
    Field{"last_touch",            FieldType::Date,   o, o, F, S, o},
    Field{"archived",              FieldType::YesNo,  o, o, F, o, o},
    Field{"trashed",               FieldType::YesNo,  o, o, F, o, o},

    // Where the row came from
    Field{"source",                FieldType::Text,   I, E, F, o, V},
    Field{"external_id",           FieldType::Text,   I, E, F, o, o},
    Field{"source_status",         FieldType::Text,   I, o, o, o, o},
    Field{"source_stage",          FieldType::Text,   I, o, o, o, o},
    Field{"source_created_at",     FieldType::Date,   I, o, o, o, o},
    Field{"source_consent_status", FieldType::Text,   I, o, o, o, o},
    Field{"linkedin_connected_on", FieldType::Date,   I, o, o, o, o},
    Field{"email_verification",    FieldType::Text,   I, o, o, o, o},

    // What must never be lost or turned round
    Field{"suppress_email",        FieldType::YesNo,  I, o, o, o, o},
    Field{"suppress_phone",        FieldType::YesNo,  I, o, o, o, o},
    Field{"history_bounced",       FieldType::YesNo,  I, o, o, o, o},
    Field{"history_replied",       FieldType::YesNo,  I, o, o, o, o},

    // The sender, in templates
    Field{"my.name",               FieldType::Text,   o, o, o, o, V},
    Field{"my.first_name",         FieldType::Text,   o, o, o, o, V},
    Field{"my.email",              FieldType::Email,  o, o, o, o, V},
};
// clang-format on

} // namespace

std::span<const Field> fields() { return catalogue; }

const Field* findField(std::string_view key) {
    for (const Field& field : catalogue) {
        if (field.key == key)
            return &field;
    }
    return nullptr;
}

std::optional<std::string_view> customFieldKey(std::string_view key) {
    if (!key.starts_with(customFieldPrefix) || key.size() == customFieldPrefix.size())
        return std::nullopt;
    return key.substr(customFieldPrefix.size());
}

std::string toFieldKey(std::string_view name) {
    std::string key;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
            key += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!key.empty() && key.back() != '_')
            key += '_';
    }
    while (!key.empty() && key.back() == '_')
        key.pop_back();
    return key;
}

} // namespace outrider
