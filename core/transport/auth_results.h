// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"
#include "core/transport/mail_headers.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// What an Authentication-Results header says (RFC 8601).
struct AuthResults {
    std::string server; // authserv-id: who judged
    std::vector<AuthResult> results;
};

// The value of one header; nullopt for what is none. Comments are skipped.
std::optional<AuthResults> parseAuthResults(std::string_view value);

// Of a mail's headers: what the server that took it in says. Only the topmost header counts, and those of the same
// server right below: everything further down may have been written by the sender.
std::optional<AuthResults> receiversVerdict(const MailHeaders& headers);

// A DKIM-Signature (RFC 6376 §3.5), without looking whether it holds.
struct DkimSignature {
    std::string domain;               // d=
    std::string selector;             // s=
    std::vector<std::string> headers; // h=, lower case

    bool covers(std::string_view header) const;
};
std::optional<DkimSignature> parseDkimSignature(std::string_view value);

} // namespace outrider::transport
