// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/lead_merge.h"

#include "core/contact/text.h"
#include "core/exchange/lead_row.h"

#include <algorithm>
#include <array>

namespace outrider::exchange {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return out;
}

std::string fieldOf(const ContactPoint& contact) {
    switch (contact.kind) {
    case ContactKind::Email:
        return "email_2";
    case ContactKind::Phone:
        return contact.label.empty() || contact.label == "fax" ? "phone_other" : "phone_" + contact.label;
    case ContactKind::Url:
        return contact.label == "sales_nav" ? "sales_nav_url" : "linkedin_url";
    }
    return {};
}

class Merging {
public:
    Merging(const Lead& mine, const Lead& file, MergeRule rule) : m_file(file), m_rule(rule), m_result{mine, {}} {}

    Merged run() {
        for (const PlainLeadField& plain : plainLeadFields())
            text(plain.field, m_result.lead.*plain.member, m_file.*plain.member);
        text("linkedin_url", m_result.lead.linkedinUrl, m_file.linkedinUrl);
        text("country", m_result.lead.country, m_file.country);
        text("time_zone", m_result.lead.timeZone, m_file.timeZone);
        text("company", m_result.lead.companyName, m_file.companyName);
        Lead& lead = m_result.lead;
        primary({ContactKind::Email, "other", m_file.email, m_file.emailKey}, "email", lead.email, lead.emailKey);
        primary({ContactKind::Phone, "other", m_file.phone, m_file.phoneKey}, "phone", lead.phone, lead.phoneKey);
        for (const ContactPoint& contact : m_file.otherContacts)
            add(contact);
        score();
        tags();
        if (const unsigned both = lead.noContact.bits | m_file.noContact.bits; both != lead.noContact.bits) { // a no stays one
            const std::string before = toText(lead.noContact);
            lead.noContact.bits = both;
            differs("no_contact", before, toText(lead.noContact), false);
        }
        for (const auto& [key, value] : m_file.custom) {
            const auto known = lead.custom.find(key);
            std::string mine = known == lead.custom.end() ? std::string() : known->second;
            text("custom:" + key, mine, value);
            if (!mine.empty())
                lead.custom[key] = std::move(mine);
        }
        return std::move(m_result);
    }

private:
    void differs(std::string_view field, std::string before, std::string after, bool kept) {
        m_result.differences.push_back({std::string(field), std::move(before), std::move(after), kept});
    }

    void text(std::string_view field, std::string& mine, const std::string& file) {
        if (file.empty() || mine == file)
            return;
        const bool takes = mine.empty() ? m_rule != MergeRule::Keep : m_rule == MergeRule::Overwrite;
        if (!takes && contact::folded(mine) == contact::folded(file)) // another spelling is not worth telling
            return;
        differs(field, mine, file, !takes);
        if (takes)
            mine = file;
    }

    static bool same(const ContactPoint& a, const ContactPoint& b) {
        if (a.kind != b.kind)
            return false;
        return a.key.empty() || b.key.empty() ? contact::folded(a.value) == contact::folded(b.value) : a.key == b.key;
    }

    bool isKnown(const ContactPoint& contact) const {
        const Lead& lead = m_result.lead;
        if (contact.kind != ContactKind::Url) {
            const bool email = contact.kind == ContactKind::Email;
            if (same(contact, {contact.kind, {}, email ? lead.email : lead.phone, email ? lead.emailKey : lead.phoneKey}))
                return true;
        }
        return std::any_of(lead.otherContacts.begin(), lead.otherContacts.end(),
                           [&](const ContactPoint& mine) { return same(mine, contact); });
    }

    void add(const ContactPoint& contact) {
        if (contact.value.empty() || isKnown(contact))
            return;
        differs(fieldOf(contact), {}, contact.value, m_rule == MergeRule::Keep);
        if (m_rule != MergeRule::Keep)
            m_result.lead.otherContacts.push_back(contact);
    }

    void primary(ContactPoint file, std::string_view field, std::string& value, std::string& key) {
        if (file.value.empty() || same(file, {file.kind, {}, value, key}))
            return;
        // What could not be read gives way to what can be: that is how a mended row comes back.
        const bool blank = value.empty() || (key.empty() && !file.key.empty());
        if (!blank && file.key.empty()) { // a broken one is no news
            if (m_rule != MergeRule::Overwrite || !key.empty())
                return;
        }
        const bool takes = blank ? m_rule != MergeRule::Keep : m_rule == MergeRule::Overwrite;
        if (!takes) {
            add(file);
            return;
        }
        differs(field, value, file.value, false);
        auto& others = m_result.lead.otherContacts;
        others.erase(std::remove_if(others.begin(), others.end(), [&](const ContactPoint& c) { return same(c, file); }),
                     others.end());
        if (!key.empty())
            others.push_back({file.kind, "other", value, key});
        value = file.value;
        key = file.key;
    }

    void score() {
        int& mine = m_result.lead.score;
        if (m_file.score == 0 || mine == m_file.score)
            return;
        const bool takes = mine == 0 ? m_rule != MergeRule::Keep : m_rule == MergeRule::Overwrite;
        differs("score", std::to_string(mine), std::to_string(m_file.score), !takes);
        if (takes)
            mine = m_file.score;
    }

    void tags() {
        const std::vector<std::string> before = m_result.lead.tags;
        std::vector<std::string> all = before;
        for (const std::string& tag : m_file.tags) {
            const std::string key = contact::folded(tag);
            if (std::none_of(all.begin(), all.end(), [&](const std::string& mine) { return contact::folded(mine) == key; }))
                all.push_back(tag);
        }
        if (all.size() == before.size())
            return;
        std::sort(all.begin(), all.end());
        differs("tags", joined(before), joined(all), m_rule == MergeRule::Keep);
        if (m_rule != MergeRule::Keep)
            m_result.lead.tags = std::move(all);
    }

    const Lead& m_file;
    const MergeRule m_rule;
    Merged m_result;
};

} // namespace

Merged merged(const Lead& mine, const Lead& file, MergeRule rule) { return Merging(mine, file, rule).run(); }

Company merged(const Company& mine, const Company& file, MergeRule rule) {
    Company result = mine;
    if (rule == MergeRule::Keep)
        return result;
    constexpr std::array facts{&Company::shortName, &Company::industry,    &Company::revenue, &Company::phone,
                               &Company::website,   &Company::linkedinUrl, &Company::city,    &Company::region,
                               &Company::country,   &Company::externalId};
    for (const auto member : facts) {
        if (!(file.*member).empty() && ((result.*member).empty() || rule == MergeRule::Overwrite))
            result.*member = file.*member;
    }
    if (file.employees && (!result.employees || rule == MergeRule::Overwrite))
        result.employees = file.employees;
    if (result.name.empty())
        result.name = file.name;
    return result;
}

} // namespace outrider::exchange
