// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/lead.h"

namespace outrider {

std::string displayName(const Lead& lead) {
    std::string name = lead.firstName;
    if (!lead.lastName.empty())
        name += (name.empty() ? "" : " ") + lead.lastName;
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
