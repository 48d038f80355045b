// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

#include <string>

namespace outrider {

// Stored; never renumber.
enum class ContactKind {
    Email = 0,
    Phone = 1,
    Url = 2,
};

inline constexpr auto contactKindNames = enumNames<ContactKind>({
    {ContactKind::Email, "email"},
    {ContactKind::Phone, "phone"},
    {ContactKind::Url, "url"},
});

// One way to reach a lead. The first e-mail and the first phone of a lead are its primary ones.
struct ContactPoint {
    ContactKind kind = ContactKind::Email;
    std::string label; // "work", "mobile", "home", "other", "linkedin", "sales_nav"…; may be empty
    std::string value; // as the person writes it
    std::string key;   // normalised for comparison (core/contact); empty: could not be normalised

    bool operator==(const ContactPoint&) const = default;
};

} // namespace outrider
