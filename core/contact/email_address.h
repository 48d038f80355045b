// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace outrider::contact {

// A single mailbox address, checked against RFC 5321 §4.1.2 and §4.5.3.1 (with RFC 6531 UTF-8).
struct EmailAddress {
    std::string display; // as written, without name and angle brackets
    std::string local;
    std::string domain; // lower case, international names in their xn-- form (IDNA 2008, UTS #46)
    std::string key;    // for comparison: lower-case local part, "@", domain

    bool operator==(const EmailAddress&) const = default;
};

// Reads what a cell or a person may hold: "z.brandt@nordwind.example", "<…>", "Zoë Brandt <…>",
// "mailto:…", quotes and white space around it. ErrorCode::InvalidEmail says what is wrong.
Result<EmailAddress> parseEmailAddress(std::string_view text);

// The name in front of the angle brackets; empty without one.
std::string displayNameOf(std::string_view text);

// Whether the cell plausibly holds an address; cheap, for guessing what a column is.
bool looksLikeEmail(std::string_view text);

} // namespace outrider::contact
