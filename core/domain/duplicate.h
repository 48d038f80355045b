// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace outrider {

// What speaks for, and against, two leads being one person.
enum class DuplicateReason {
    SameEmail,
    SameAlias, // an address or number of one is a second one of the other
    SamePhone,
    SameProfile,
    SameExternalId,
    SameName,
    SimilarName,  // spelt a little differently
    Nickname,     // Bob and Robert
    Initial,      // "J. Doe"
    SwappedNames, // first and last name
    SameCompany,
    SimilarCompany,
    SameDomain,
    SameCity,
    OtherEmail, // against: two addresses of one company
    OtherPhone, // against: two numbers
    OtherName,  // against
};

inline constexpr auto duplicateReasonNames = enumNames<DuplicateReason>({
    {DuplicateReason::SameEmail, "same_email"},
    {DuplicateReason::SameAlias, "same_alias"},
    {DuplicateReason::SamePhone, "same_phone"},
    {DuplicateReason::SameProfile, "same_profile"},
    {DuplicateReason::SameExternalId, "same_external_id"},
    {DuplicateReason::SameName, "same_name"},
    {DuplicateReason::SimilarName, "similar_name"},
    {DuplicateReason::Nickname, "nickname"},
    {DuplicateReason::Initial, "initial"},
    {DuplicateReason::SwappedNames, "swapped_names"},
    {DuplicateReason::SameCompany, "same_company"},
    {DuplicateReason::SimilarCompany, "similar_company"},
    {DuplicateReason::SameDomain, "same_domain"},
    {DuplicateReason::SameCity, "same_city"},
    {DuplicateReason::OtherEmail, "other_email"},
    {DuplicateReason::OtherPhone, "other_phone"},
    {DuplicateReason::OtherName, "other_name"},
});

constexpr std::string_view name(DuplicateReason reason) { return duplicateReasonNames.name(reason); }

// Two leads that may be one person.
struct DuplicatePair {
    LeadId first; // the smaller id
    LeadId second;
    int score = 0; // 0 to 100
    std::vector<DuplicateReason> reasons;

    bool operator==(const DuplicatePair&) const = default;
};

// What is shown of a lead beside another.
struct DuplicateLead {
    LeadId id;
    std::string name;
    std::string email;
    std::string phone;
    std::string company;
    std::string city;
};

// Leads that hang together by such pairs, the surest pair first.
struct DuplicateGroup {
    int score = 0; // of the surest pair
    std::vector<DuplicateLead> leads;
    std::vector<DuplicatePair> pairs;
};

struct DuplicateReport {
    std::vector<DuplicateGroup> groups; // the surest first; at most DuplicateReport::mostGroups of them
    std::int64_t looked = 0;            // how many leads were compared
    std::int64_t pairs = 0;             // found in all
    std::int64_t groupCount = 0;

    static constexpr std::size_t mostGroups = 10'000;
};

// Below this nothing is said.
inline constexpr int leastDuplicateScore = 60;

} // namespace outrider
