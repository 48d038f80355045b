// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace outrider {

// Where leads work. Keyed by its registrable domain ("nordwind.example"); a company known by name
// alone has none, and two of them with the same folded name are the same company.
struct Company {
    CompanyId id;
    std::string domain; // registrable, lower case; may be empty
    std::string name;
    std::string shortName; // how one says it in a sentence ("Company Name for Emails")
    std::string industry;
    std::optional<std::int64_t> employees;
    std::string revenue; // as given: "$12M", "1-5 Mio. EUR"
    std::string phone;
    std::string website;
    std::string linkedinUrl;
    std::string city;
    std::string region;
    std::string country;
    std::string externalId;
    Instant createdAt{};

    bool operator==(const Company&) const = default;
};

} // namespace outrider
