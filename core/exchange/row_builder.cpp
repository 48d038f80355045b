// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/row_builder.h"

#include "core/contact/domain_name.h"
#include "core/contact/person_name.h"
#include "core/contact/place.h"
#include "core/contact/text.h"
#include "core/exchange/cell_dates.h"
#include "core/exchange/cell_text.h"
#include "core/exchange/cell_values.h"

#include <algorithm>
#include <cmath>

namespace outrider::exchange {

namespace {

constexpr std::size_t evidenceBytes = 80;

std::string cutShort(std::string_view text) {
    std::size_t cut = std::min(evidenceBytes, text.size());
    while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80)
        --cut;
    return std::string(text.substr(0, cut));
}

int digitsIn(std::string_view text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

} // namespace

std::string_view phoneLabel(std::string_view label) {
    const std::string word = contact::unaccented(contact::trimmed(label));
    const auto has = [&](std::initializer_list<std::string_view> parts) {
        return std::any_of(parts.begin(), parts.end(),
                           [&](std::string_view part) { return word.find(part) != std::string::npos; });
    };
    if (has({"fax", "pager"}))
        return "fax";
    if (has({"mobil", "cell", "handy", "iphone", "portable", "movil", "celular", "cellulare", "komork"}))
        return "mobile";
    if (has({"home", "privat", "domicile", "casa", "thuis", "dom"}))
        return "home";
    if (has({"other", "sonstig", "autre", "otro", "altro", "overig", "outro", "inny"}))
        return "other";
    return "work";
}

void RowBuilder::country(std::string_view cell, std::string& country) {
    std::string text = oneLine(cell);
    std::string code = contact::countryCode(text);
    country = code.empty() ? std::move(text) : std::move(code);
}

void RowBuilder::fullName(std::string_view cell) {
    if (!m_lead.firstName.empty() || !m_lead.lastName.empty())
        return;
    const std::string text = nameLine(cell);
    if (text.empty())
        return;
    contact::PersonName split = contact::splitFullName(text);
    if (m_lead.salutation.empty())
        m_lead.salutation = std::move(split.salutation);
    m_lead.firstName = std::move(split.first);
    m_lead.middleName = std::move(split.middle);
    m_lead.lastName = std::move(split.last);
}

void RowBuilder::email(std::string_view cell, const std::string& label) {
    if (isPlaceholder(cell))
        return;
    if (const auto whole = contact::parseEmailAddress(cell)) {
        address(*whole, label, contact::displayNameOf(cell));
        return;
    }
    const auto parts = splitList(cell, true);
    bool any = false;
    for (const auto part : parts) {
        if (const auto one = contact::parseEmailAddress(part)) {
            address(*one, label, contact::displayNameOf(part));
            any = true;
        }
    }
    if (!any)
        m_broken.push_back({ContactKind::Email, label, oneLine(cell), {}});
}

void RowBuilder::phone(std::string_view cell, std::string_view label) {
    if (isPlaceholder(cell))
        return;
    for (const auto part : splitList(cell, false)) {
        ContactPoint point{ContactKind::Phone, std::string(label), oneLine(part), {}};
        const std::string& country = m_lead.country.size() == 2 ? m_lead.country : m_company.country;
        const bool rounded = point.value.find_first_of("eE") != std::string::npos && parseNumber(point.value); // 4.94E+11
        const auto number =
            rounded ? Result<contact::PhoneNumber>(fail(ErrorCode::InvalidPhone)) : m_numbers.read(point.value, country);
        if (number) {
            point.value = number->international;
            if (!number->extension.empty())
                point.value += " ext. " + number->extension;
            point.key = number->e164;
        }
        const bool dialled = label != "fax" && (number || (!rounded && digitsIn(point.value) >= 5));
        if (dialled && (m_lead.phone.empty() || (m_lead.phoneKey.empty() && number))) {
            if (!m_lead.phone.empty()) // one that could not be read steps back
                m_lead.otherContacts.push_back({ContactKind::Phone, m_primaryLabel, m_lead.phone, {}});
            m_lead.phone = point.value;
            m_lead.phoneKey = point.key;
            m_primaryLabel = label;
        } else if (point.key.empty() || point.key != m_lead.phoneKey) {
            addOther(std::move(point));
        }
    }
}

void RowBuilder::companyPhone(std::string_view cell) {
    const std::string text = oneLine(cell);
    if (text.empty() || !m_company.phone.empty())
        return;
    const std::string& country = m_company.country.size() == 2 ? m_company.country : m_lead.country;
    const auto number = m_numbers.read(text, country);
    m_company.phone = number ? number->international : text;
}

void RowBuilder::profile(std::string_view cell) {
    const std::string url = oneLine(cell);
    if (url.empty())
        return;
    if (!contact::linkedInSlug(url).empty())
        m_lead.linkedinUrl = contact::normalisedLinkedInUrl(url);
    else
        addOther({ContactKind::Url, url.find("linkedin.com/sales") == std::string::npos ? "other" : "sales_nav", url, {}});
}

void RowBuilder::salesNavigator(std::string_view cell) {
    const std::string url = oneLine(cell);
    if (m_lead.linkedinUrl.empty() && !contact::linkedInSlug(url).empty())
        m_lead.linkedinUrl = contact::normalisedLinkedInUrl(url);
    else if (!url.empty())
        addOther({ContactKind::Url, "sales_nav", url, {}});
}

// "Hamburg, Germany", "Greater Munich, Bavaria, Germany", "Poland"
void RowBuilder::location(std::string_view cell) {
    const std::string text = oneLine(cell);
    auto parts = contact::split(text, ",");
    for (auto& part : parts)
        part = contact::trimmed(part);
    if (text.empty() || !m_lead.city.empty())
        return;
    if (const std::string code = contact::countryCode(parts.back()); !code.empty() && (parts.size() > 1 || parts[0].size() > 3)) {
        if (m_lead.country.empty())
            m_lead.country = code;
        parts.pop_back();
    }
    if (!parts.empty())
        m_lead.city = parts.front();
    if (parts.size() > 1 && m_lead.region.empty())
        m_lead.region = parts.back();
}

void RowBuilder::timeZone(std::string_view cell) {
    const std::string text = oneLine(cell);
    m_lead.timeZone = contact::timeZoneName(text);
    if (m_lead.timeZone.empty() && !text.empty())
        m_lead.custom["time_zone"] = text;
}

void RowBuilder::score(std::string_view cell) {
    if (const auto number = parseNumber(cell); number && std::isfinite(*number))
        m_lead.score = static_cast<int>(std::lround(std::clamp(*number, 0.0, 100.0)));
}

void RowBuilder::tags(std::string_view cell) {
    if (isPlaceholder(cell))
        return;
    for (const auto part : splitList(cell, true)) {
        if (part.starts_with("* ")) // Google's own: "* myContacts"
            continue;
        std::string tag = oneLine(part);
        const std::string key = contact::folded(tag);
        const bool known = std::any_of(m_lead.tags.begin(), m_lead.tags.end(),
                                       [&](const std::string& mine) { return contact::folded(mine) == key; });
        if (!tag.empty() && !known)
            m_lead.tags.push_back(std::move(tag));
    }
}

void RowBuilder::note(std::string_view cell, const std::string& header, bool several) {
    const std::string text = manyLines(cell);
    if (text.empty())
        return;
    m_row.note += (m_row.note.empty() ? "" : "\n\n") + (several ? header + ": " + text : text);
}

void RowBuilder::custom(std::string_view cell, const std::string& key) {
    if (std::string text = manyLines(cell); !text.empty())
        m_lead.custom[key] = std::move(text);
}

void RowBuilder::date(std::string_view cell, const std::string& key, DateOrder order) {
    const std::string text = oneLine(cell);
    if (text.empty())
        return;
    const auto at = parseDate(text, order, true);
    const auto day = at ? std::chrono::floor<std::chrono::days>(*at) : std::chrono::sys_days{};
    m_lead.custom[key] = !at ? text : *at == day ? toIsoDate(day) : toIso8601(*at);
}

void RowBuilder::verdict(std::string_view cell, const std::string& header) {
    switch (verdictOf(cell)) {
    case StatusVerdict::Nothing:
        return;
    case StatusVerdict::OptedOut:
        m_row.refusesEmail = true;
        break;
    case StatusVerdict::DoNotContact:
        m_row.doNotContact = true;
        break;
    case StatusVerdict::DoNotCall:
        m_row.refusesPhone = true;
        break;
    case StatusVerdict::Bounced:
        m_row.bounced = true;
        return;
    }
    evidence(cell, header);
}

void RowBuilder::refusal(std::string_view cell, const std::string& header, RefusalScope scope, RefusalReading reading) {
    const bool refuses = reading == RefusalReading::VerdictOnly
                             ? verdictOf(cell) != StatusVerdict::Nothing && verdictOf(cell) != StatusVerdict::Bounced
                             : parseRefusal(cell, reading == RefusalReading::Inverted) != Refusal::No;
    if (!refuses)
        return;
    m_row.refusesEmail |= scope != RefusalScope::Phone;
    m_row.refusesPhone |= scope != RefusalScope::Email;
    evidence(cell, header);
}

void RowBuilder::finish(bool companies) {
    if (m_lead.emailKey.empty() && !m_broken.empty()) {
        m_lead.email = m_broken.front().value;
        m_broken.erase(m_broken.begin());
    }
    for (ContactPoint& point : m_broken)
        addOther(std::move(point));
    std::sort(m_lead.tags.begin(), m_lead.tags.end());
    if (m_row.doNotContact)
        m_row.refusesEmail = m_row.refusesPhone = true;
    if (m_lead.firstName.empty() && m_lead.lastName.empty() && !m_displayName.empty())
        fullName(m_displayName);
    if (m_company.domain.empty())
        m_company.domain = contact::companyDomainOf(m_company.website);
    if (m_company.domain.empty() && !m_lead.emailKey.empty())
        m_company.domain = contact::companyDomainOf(m_lead.emailKey);
    m_lead.companyName = m_company.name;
    judge(companies);
}

void RowBuilder::address(const contact::EmailAddress& parsed, const std::string& label, std::string displayName) {
    if (m_displayName.empty())
        m_displayName = std::move(displayName);
    if (m_lead.emailKey.empty()) {
        m_lead.email = parsed.display;
        m_lead.emailKey = parsed.key;
    } else if (parsed.key != m_lead.emailKey) {
        addOther({ContactKind::Email, label, parsed.display, parsed.key});
    }
}

void RowBuilder::addOther(ContactPoint point) {
    auto& others = m_lead.otherContacts;
    const bool known = std::any_of(others.begin(), others.end(), [&](const ContactPoint& other) {
        return other.kind == point.kind && (point.key.empty() ? other.value == point.value : other.key == point.key);
    });
    if (!known)
        others.push_back(std::move(point));
}

void RowBuilder::evidence(std::string_view cell, const std::string& header) {
    m_row.refusal += (m_row.refusal.empty() ? "" : ", ") + header + ": " + cutShort(oneLine(cell));
}

void RowBuilder::judge(bool companies) {
    const bool broken = !m_lead.email.empty() && m_lead.emailKey.empty();
    const bool known = !m_lead.firstName.empty() || !m_lead.lastName.empty() || !m_lead.emailKey.empty() || !m_lead.phone.empty()
                       || !m_lead.linkedinUrl.empty();
    if (broken) {
        m_row.problem = RowProblem::BrokenEmail;
        const auto why = contact::parseEmailAddress(m_lead.email);
        m_row.problemDetail = why ? m_lead.email : why.error().detail;
    }
    if (known)
        return;
    if (companies && (!m_company.name.empty() || !m_company.domain.empty())) {
        m_row.companyOnly = true;
        m_row.problem = RowProblem::None;
        return;
    }
    if (broken) {
        m_lead.email.clear(); // there is nothing to keep it with
        return;
    }
    const auto phone = std::find_if(m_lead.otherContacts.begin(), m_lead.otherContacts.end(),
                                    [](const ContactPoint& c) { return c.kind == ContactKind::Phone; });
    m_row.problem = phone == m_lead.otherContacts.end() ? RowProblem::NoIdentity : RowProblem::BrokenPhone;
    if (phone != m_lead.otherContacts.end())
        m_row.problemDetail = phone->value;
}

} // namespace outrider::exchange
