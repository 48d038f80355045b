// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <string>

namespace outrider {

// What must not be reached. Stored; never renumber.
enum class SuppressionKind {
    Email = 0,
    Domain = 1, // and everything below it
    Phone = 2,
};

// Stored; never renumber.
enum class SuppressionReason {
    Manual = 0,
    HardBounce = 1,
    OptOut = 2,
    Imported = 3, // the file said opted out, unsubscribed or do not call
    DoNotContact = 4,
    Complaint = 5,
};

inline constexpr auto suppressionKindNames = enumNames<SuppressionKind>({
    {SuppressionKind::Email, "email"},
    {SuppressionKind::Domain, "domain"},
    {SuppressionKind::Phone, "phone"},
});
inline constexpr auto suppressionReasonNames = enumNames<SuppressionReason>({
    {SuppressionReason::Manual, "manual"},
    {SuppressionReason::HardBounce, "hard_bounce"},
    {SuppressionReason::OptOut, "opt_out"},
    {SuppressionReason::Imported, "imported"},
    {SuppressionReason::DoNotContact, "do_not_contact"},
    {SuppressionReason::Complaint, "complaint"},
});

// An address, domain or number nothing is sent to. Checked when enrolling, planning and handing
// off. Adding wins over removing.
struct Suppression {
    SuppressionId id;
    SuppressionKind kind = SuppressionKind::Email;
    std::string key; // normalised
    SuppressionReason reason = SuppressionReason::Manual;
    std::string source; // "bounce of 19 Nov", a file's name…
    Instant createdAt{};

    bool operator==(const Suppression&) const = default;
};

} // namespace outrider
