// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::contact {

struct PersonName {
    std::string salutation; // "Dr.", "Frau"
    std::string first;
    std::string middle;
    std::string last; // with its particles: "van der Heijden"

    bool operator==(const PersonName&) const = default;
};

// Splits "Noor van der Heijden", "Öberg, Håkan", "Dr. Ines Köhler", "王 思远". A single word is a first
// name; in Han characters, kana or Hangul the last name comes first. Names are never re-cased or
// transliterated: people write their own name as they do.
PersonName splitFullName(std::string_view fullName);

} // namespace outrider::contact
