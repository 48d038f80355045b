// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/http_client.h"
#include "core/transport/server_login.h"

#include <functional>

namespace outrider::transport {

// An access token that can be renewed. `reject`, when there is one, is told when the server refused the
// token, so that the next one asked for is another.
struct TokenSource {
    SecretSource token;
    std::function<void()> reject;
};

// Performs a request with the account's token. One that is refused with 401 did nothing: it is made once more with
// another token, and `beforeBody` is asked once in all. The token is taken out of what an error's body quotes.
// Blocks as HttpClient does. No token: its error.
HttpExchange performWithToken(HttpClient& http, const TokenSource& token, HttpRequest request, const Progress& progress,
                              const std::function<bool()>& beforeBody = {});

} // namespace outrider::transport
