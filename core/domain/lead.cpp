// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/lead.h"

namespace outrider {

namespace {

// Whether a name is in Han characters, kana or Hangul, which put the family's name first: U+3041 to
// U+9FFF and U+AC00 to U+D7A3, all of them three bytes of UTF-8.
bool isFamilyFirst(const std::string& name) {
    if (name.size() < 3)
        return false;
    const auto byte = [&name](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    const unsigned lead = byte(0);
    if (lead < 0xE3 || lead > 0xED)
        return false;
    const unsigned code = ((lead & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
    return (code >= 0x3041 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7A3);
}

} // namespace

std::string fullName(const Lead& lead) {
    if (lead.firstName.empty() || lead.lastName.empty())
        return lead.firstName + lead.lastName;
    return isFamilyFirst(lead.lastName) ? lead.lastName + ' ' + lead.firstName : lead.firstName + ' ' + lead.lastName;
}

std::string displayName(const Lead& lead) {
    std::string name = fullName(lead);
    for (const std::string* fallback : {&lead.email, &lead.phone, &lead.linkedinUrl, &lead.companyName}) {
        if (name.empty())
            name = *fallback;
    }
    return name;
}

bool hasIdentity(const Lead& lead) {
    return !lead.firstName.empty() || !lead.lastName.empty() || !lead.email.empty() || !lead.phone.empty()
           || !lead.linkedinUrl.empty();
}

} // namespace outrider
