// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What is known of an e-mail address before anything is sent to it. Stored by number: never renumber.

enum class AddressState {
    Unknown = 0, // nobody could tell
    Valid = 1,
    Risky = 2, // arrives perhaps: a role, a catch-all domain, a throw-away address
    Invalid = 3,
};

inline constexpr auto addressStateNames = enumNames<AddressState>({
    {AddressState::Unknown, "unknown"},
    {AddressState::Valid, "valid"},
    {AddressState::Risky, "risky"},
    {AddressState::Invalid, "invalid"},
});

// Why; ui/text words each.
enum class AddressFinding {
    Good = 0,
    Syntax = 1,        // no address by RFC 5321
    NoDomain = 2,      // the domain does not exist
    TakesNoMail = 3,   // it has no mail server, or says it takes no mail (RFC 7505)
    LikelyTypo = 4,    // one slip away from a large provider's domain
    Disposable = 5,    // a domain of throw-away addresses
    Role = 6,          // info@, sales@: a desk, not a person
    NoAnswer = 7,      // the DNS did not answer
    Rejected = 8,      // a verifier asked: there is no such mailbox
    CatchAll = 9,      // a verifier: the server takes everything
    SpamTrap = 10,     // a verifier
    Undetermined = 11, // a verifier could not tell
};

inline constexpr auto addressFindingNames = enumNames<AddressFinding>({
    {AddressFinding::Good, "good"},
    {AddressFinding::Syntax, "syntax"},
    {AddressFinding::NoDomain, "no_domain"},
    {AddressFinding::TakesNoMail, "takes_no_mail"},
    {AddressFinding::LikelyTypo, "likely_typo"},
    {AddressFinding::Disposable, "disposable"},
    {AddressFinding::Role, "role"},
    {AddressFinding::NoAnswer, "no_answer"},
    {AddressFinding::Rejected, "rejected"},
    {AddressFinding::CatchAll, "catch_all"},
    {AddressFinding::SpamTrap, "spam_trap"},
    {AddressFinding::Undetermined, "undetermined"},
});

struct AddressVerdict {
    std::string key; // the address (contact::EmailAddress::key)
    AddressState state = AddressState::Unknown;
    AddressFinding finding = AddressFinding::NoAnswer;
    std::string suggestion; // the address that was probably meant
    bool paid = false;      // said by the verifier, not found out here
    Instant checkedAt{};

    bool operator==(const AddressVerdict&) const = default;
};

// A verifier's charge for some addresses: a line of the ledger.
struct VerifierUse {
    Instant at{};
    std::int64_t asked = 0;
    std::int64_t charged = 0;            // credits; what failed costs nothing
    std::optional<std::int64_t> balance; // as the verifier says, after it
};

// Of some leads' addresses.
struct VerificationCounts {
    std::int64_t leads = 0;
    std::int64_t withAddress = 0;
    std::int64_t valid = 0;
    std::int64_t risky = 0;
    std::int64_t invalid = 0;
    std::int64_t unknown = 0; // looked at, and nobody could tell
    std::int64_t unchecked = 0;
    std::int64_t stale = 0; // of all looked at, longer ago than wanted
};

// How far the leads of one week have come, from the file to the first step.
struct PipelineWeek {
    std::chrono::sys_days monday{}; // in the person's zone
    std::int64_t uploaded = 0;      // rows of files
    std::int64_t clean = 0;         // leads they became, with an address that can exist
    std::int64_t verified = 0;      // of those, found valid
    std::int64_t enrolled = 0;      // of all of the week's leads, in a strategy
};

} // namespace outrider
