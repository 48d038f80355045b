// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/lead_fields.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/contact/place.h"
#include "core/contact/text.h"
#include "core/domain/custom_field.h"
#include "core/domain/field.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace outrider {

namespace {

struct PlainField {
    std::string_view field;
    std::string Lead::*member;
};
constexpr std::array plainFields{
    PlainField{"salutation", &Lead::salutation},
    PlainField{"first_name", &Lead::firstName},
    PlainField{"middle_name", &Lead::middleName},
    PlainField{"last_name", &Lead::lastName},
    PlainField{"job_title", &Lead::jobTitle},
    PlainField{"department", &Lead::department},
    PlainField{"language", &Lead::language},
    PlainField{"street", &Lead::street},
    PlainField{"city", &Lead::city},
    PlainField{"region", &Lead::region},
    PlainField{"postal_code", &Lead::postalCode},
    PlainField{"source", &Lead::source},
    PlainField{"external_id", &Lead::externalId},
    PlainField{"consent_source", &Lead::consentSource},
};

// Sets, replaces or removes the second contact of that kind and label.
void setContact(Lead& lead, ContactKind kind, std::string_view label, std::string value, std::string key) {
    const auto found = std::find_if(lead.otherContacts.begin(), lead.otherContacts.end(),
                                    [&](const ContactPoint& c) { return c.kind == kind && c.label == label; });
    if (value.empty()) {
        if (found != lead.otherContacts.end())
            lead.otherContacts.erase(found);
    } else if (found != lead.otherContacts.end()) {
        found->value = std::move(value);
        found->key = std::move(key);
    } else {
        lead.otherContacts.push_back({kind, std::string(label), std::move(value), std::move(key)});
    }
}

Result<> setEmail(Lead& lead, std::string_view field, std::string_view value) {
    contact::EmailAddress address;
    if (!value.empty()) {
        OUTRIDER_ASSIGN(address, contact::parseEmailAddress(value));
    }
    if (field == "email") {
        lead.email = address.display;
        lead.emailKey = address.key;
    } else {
        setContact(lead, ContactKind::Email, field.substr(field.rfind('_') + 1), address.display, address.key);
    }
    return {};
}

Result<> setPhone(Lead& lead, std::string_view field, std::string_view value) {
    contact::PhoneNumber number;
    if (!value.empty()) {
        OUTRIDER_ASSIGN(number, contact::parsePhoneNumber(value, lead.country));
        if (!number.extension.empty())
            number.international += " ext. " + number.extension;
    }
    if (field == "phone") {
        lead.phone = number.international;
        lead.phoneKey = number.e164;
        return {};
    }
    const auto label = field.substr(field.find('_') + 1);
    if (lead.phone.empty() && !number.e164.empty()) { // the first number is the primary one
        lead.phone = number.international;
        lead.phoneKey = number.e164;
        return {};
    }
    setContact(lead, ContactKind::Phone, label, number.international, number.e164);
    return {};
}

Result<> setTags(Lead& lead, std::string_view value) {
    lead.tags.clear();
    for (const auto part : contact::split(value, ",")) {
        const std::string tag = contact::collapsed(part);
        if (!tag.empty() && std::find(lead.tags.begin(), lead.tags.end(), tag) == lead.tags.end())
            lead.tags.push_back(tag);
    }
    std::sort(lead.tags.begin(), lead.tags.end());
    return {};
}

} // namespace

Result<> setLeadField(Lead& lead, Company& company, std::string_view field, std::string_view raw) {
    if (contact::hasControlCharacter(raw) || !contact::isUtf8(raw))
        return fail(ErrorCode::InvalidArgument, std::string(field) + ": a control character or broken text");
    const std::string value = contact::collapsed(raw);
    for (const PlainField& plain : plainFields) {
        if (plain.field == field) {
            lead.*plain.member = value;
            return {};
        }
    }
    if (const auto key = customFieldKey(field)) {
        if (value.empty())
            lead.custom.erase(std::string(*key));
        else
            lead.custom[std::string(*key)] = value;
        return {};
    }
    const Field* known = findField(field);
    if (known == nullptr || !known->editable)
        return fail(ErrorCode::InvalidField, std::string(field));
    if (known->type == FieldType::Email)
        return setEmail(lead, field, value);
    if (known->type == FieldType::Phone)
        return setPhone(lead, field, value);
    if (field == "linkedin_url") {
        lead.linkedinUrl = value.empty() ? std::string() : contact::normalisedLinkedInUrl(value);
    } else if (field == "sales_nav_url") {
        setContact(lead, ContactKind::Url, "sales_nav", value, {});
    } else if (field == "country") {
        const std::string code = contact::countryCode(value);
        lead.country = code.empty() ? value : code;
    } else if (field == "time_zone") {
        const std::string zone = contact::timeZoneName(value);
        if (zone.empty() && !value.empty())
            return fail(ErrorCode::InvalidArgument, "time_zone: " + value);
        lead.timeZone = zone;
    } else if (field == "company") {
        lead.companyName = value;
        company.name = value;
    } else if (field == "company_domain") {
        company.domain = contact::companyDomainOf(value);
        if (company.domain.empty() && !value.empty())
            return fail(ErrorCode::InvalidArgument, "company_domain: " + value);
    } else if (field == "score") {
        int score = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), score);
        if ((error != std::errc() || end != value.data() + value.size() || score < 0 || score > 100) && !value.empty())
            return fail(ErrorCode::InvalidArgument, "score: from 0 to 100");
        lead.score = score;
    } else if (field == "no_contact") {
        const auto set = parseChannels(value);
        if (!set)
            return fail(ErrorCode::InvalidArgument, "no_contact: email, call, linkedin, sms or all");
        lead.noContact = *set;
    } else if (field == "consent_on") {
        OUTRIDER_ASSIGN(lead.consentOn, readCustomValue({.name = "consent_on", .type = CustomFieldType::Date}, value));
    } else if (field == "tags") {
        return setTags(lead, value);
    } else { // status and owner need the workspace's tables: LeadService
        return fail(ErrorCode::InvalidField, std::string(field));
    }
    return {};
}

} // namespace outrider
