// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace outrider::contact {

// A phone number read by libphonenumber.
struct PhoneNumber {
    std::string e164;          // "+31105550142": for comparison and dialling
    std::string international; // "+31 10 555 0142": for people
    std::string extension;     // may be empty
    std::string country;       // ISO 3166-1 alpha-2 of the number plan; may be empty
    bool valid = false;        // false: possible, but not known to the number plan

    bool operator==(const PhoneNumber&) const = default;
};

// Takes what files hold: a leading apostrophe, "tel:", spaces, brackets, extensions. `country` is
// used when the number has no international prefix. ErrorCode::InvalidPhone when it cannot be one;
// a number that is merely unknown to the plan is returned with valid = false.
Result<PhoneNumber> parsePhoneNumber(std::string_view text, std::string_view country);

// The same without asking the number plan: `valid` and `country` are not set. Twice as fast, for files.
Result<PhoneNumber> readPhoneNumber(std::string_view text, std::string_view country);

// readPhoneNumber() for the many numbers of a file. How a number is written follows from its country, its length and
// the digits it begins with, so libphonenumber is asked once for those that begin alike. Not thread-safe.
class PhoneNumberReader {
public:
    Result<PhoneNumber> read(std::string_view text, std::string_view country);

private:
    struct Model {
        std::string e164;
        std::string international;
    };
    std::unordered_map<std::string, Model> m_models; // by country, length and first digits
    std::string m_key;
    std::string m_digits;
};

// Whether the cell plausibly holds a number; cheap, for guessing what a column is.
bool looksLikePhone(std::string_view text);

} // namespace outrider::contact
