// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

struct MailAddress {
    std::string name;    // decoded; may be empty
    std::string address; // as written; may be no valid address

    bool operator==(const MailAddress&) const = default;
};

inline constexpr std::size_t mostAddresses = 500;

// The mailboxes of a From, To or Cc value (RFC 5322 §3.4) that is unfolded but still encoded: with
// names, quoted strings, comments, groups, encoded words, and as loosely as people's programs write
// them. One pass, no recursion; at most mostAddresses.
std::vector<MailAddress> parseAddressList(std::string_view value);

} // namespace outrider::transport
