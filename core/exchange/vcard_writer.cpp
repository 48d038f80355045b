// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/vcard_writer.h"

#include <algorithm>

namespace outrider::exchange {

namespace {

constexpr std::size_t lineOctets = 75; // RFC 6350, 3.2

class Card {
public:
    void line(std::string_view name, std::string_view value) {
        if (value.empty())
            return;
        std::string text = std::string(name) + ':' + std::string(value);
        // Folded between characters: a line that is read alone is still UTF-8.
        std::size_t at = 0;
        bool first = true;
        while (at < text.size()) {
            const std::size_t room = lineOctets - (first ? 0 : 1);
            std::size_t take = std::min(room, text.size() - at);
            while (take > 1 && at + take < text.size() && (static_cast<unsigned char>(text[at + take]) & 0xC0U) == 0x80U)
                --take;
            m_out += first ? "" : " ";
            m_out.append(text, at, take);
            m_out += "\r\n";
            at += take;
            first = false;
        }
    }
    void text(std::string_view name, std::string_view value) { line(name, vcardText(value)); }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
};

std::string kindOf(const ContactPoint& contact) {
    if (contact.label == "work" || contact.label == "home")
        return ";TYPE=" + contact.label;
    if (contact.kind == ContactKind::Phone && contact.label == "mobile")
        return ";TYPE=cell";
    if (contact.kind == ContactKind::Phone && contact.label == "fax")
        return ";TYPE=fax";
    return {};
}

void phone(Card& card, const std::string& parameters, const std::string& value, const std::string& key) {
    if (key.empty())
        card.text("TEL" + parameters, value);
    else
        card.line("TEL;VALUE=uri" + parameters, "tel:" + key);
}

std::string upper(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : letter ? c : '-';
    }
    return out;
}

} // namespace

std::string vcardText(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r')
            continue;
        if (c == '\\' || c == ',' || c == ';')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

std::string toVCard(const Lead& lead, const Company* company) {
    Card card;
    card.line("BEGIN", "VCARD");
    card.line("VERSION", "4.0");
    card.line("UID", "urn:outrider:" + std::to_string(lead.id.value));
    card.text("FN", displayName(lead));
    if (!lead.firstName.empty() || !lead.lastName.empty())
        card.line("N", vcardText(lead.lastName) + ';' + vcardText(lead.firstName) + ';' + vcardText(lead.middleName) + ';'
                           + vcardText(lead.salutation) + ';');
    card.text("TITLE", lead.jobTitle);
    if (!lead.companyName.empty())
        card.line("ORG",
                  vcardText(lead.companyName) + (lead.department.empty() ? std::string() : ';' + vcardText(lead.department)));
    card.text("EMAIL;PREF=1", lead.email);
    if (!lead.phone.empty())
        phone(card, ";PREF=1", lead.phone, lead.phoneKey);
    for (const ContactPoint& contact : lead.otherContacts) {
        if (contact.kind == ContactKind::Email)
            card.text("EMAIL" + kindOf(contact), contact.value);
        else if (contact.kind == ContactKind::Phone)
            phone(card, kindOf(contact), contact.value, contact.key);
        else
            card.line("URL", contact.value);
    }
    card.line("URL;TYPE=linkedin", lead.linkedinUrl);
    if (company != nullptr)
        card.line("URL;TYPE=work", company->website);
    const bool hasAddress =
        !lead.street.empty() || !lead.city.empty() || !lead.region.empty() || !lead.postalCode.empty() || !lead.country.empty();
    if (hasAddress)
        card.line("ADR", ";;" + vcardText(lead.street) + ';' + vcardText(lead.city) + ';' + vcardText(lead.region) + ';'
                             + vcardText(lead.postalCode) + ';' + vcardText(lead.country));
    card.text("TZ", lead.timeZone);
    card.line("LANG", lead.language);
    std::string tags;
    for (const std::string& tag : lead.tags)
        tags += (tags.empty() ? "" : ",") + vcardText(tag);
    card.line("CATEGORIES", tags);
    if (lead.reach != Reach::Ok)
        card.line("X-OUTRIDER-REACH", name(lead.reach));
    card.text("X-OUTRIDER-NO-CONTACT", toText(lead.noContact));
    card.text("X-OUTRIDER-CONSENT-SOURCE", lead.consentSource);
    card.line("X-OUTRIDER-CONSENT-ON", lead.consentOn);
    card.text("X-OUTRIDER-EXTERNAL-ID", lead.externalId);
    for (const auto& [key, value] : lead.custom)
        card.text("X-OUTRIDER-CUSTOM-" + upper(key), value);
    card.line("END", "VCARD");
    return card.take();
}

} // namespace outrider::exchange
