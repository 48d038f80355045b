// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/verification.h"
#include "core/transport/http_client.h"

#include <optional>
#include <string>

namespace outrider::transport {

// A verifier that charges for each address, with the interface of DeBounce (developers.debounce.com, "single validation"):
// GET <url>?api=KEY&email=ADDRESS. One thread at a time; asking blocks, bounded by the time-outs, and can be cancelled.
class AddressVerifier {
public:
    struct Answer {
        AddressVerdict verdict; // paid; without a moment
        std::optional<std::int64_t> balance;
    };

    AddressVerifier(std::string url, const SecureBytes& apiKey, std::string caFile = {}, NetworkTimeouts timeouts = {});

    // SignInRefused: the key is not theirs. OutOfCredits: nothing more is answered until credits are bought.
    // TooManyRequests: `retryAfter()` says how long it wants to be left alone. Nothing was charged where there is an error.
    Result<Answer> ask(const std::string& address, const Progress& progress);

    // The account's credits, without asking for an address.
    Result<std::int64_t> balance(const Progress& progress);

    Millis retryAfter() const { return m_retryAfter; }

private:
    Result<HttpReply> get(const std::string& path, const std::string& query, const Progress& progress);

    const std::string m_url;
    const SecureBytes& m_apiKey;
    Millis m_retryAfter{};
    HttpClient m_http;
};

} // namespace outrider::transport
