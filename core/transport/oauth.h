// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/transport/server_login.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outrider::transport {

// A provider's two addresses and who asks (RFC 6749). The client is a public one (RFC 8252 §8.5): what some
// providers call its secret is in every copy and proves nothing, PKCE (RFC 7636) does.
struct OAuthClient {
    std::string clientId;
    std::string authorizeUrl;
    std::string tokenUrl;
    std::string scopes;                                     // separated by spaces
    std::vector<std::pair<std::string, std::string>> extra; // of the authorization request
    std::string redirectHost = "127.0.0.1";                 // as registered; the port may be any (RFC 8252 §7.3)
    std::string caFile;                                     // trusted beside the system's; empty: the system's alone
};

// One sign-in on its way through the browser.
struct OAuthRequest {
    std::string url;   // for the browser
    std::string state; // what the answer has to bring back
    SecureBytes verifier;
    std::string redirectUri;
};

struct OAuthTokens {
    SecureBytes access;
    SecureBytes refresh; // empty: the one there was stays
    std::chrono::seconds lifetime{};
    std::string account; // the address signed in with, as the ID token says (OpenID Connect); may be empty
};

// `loginHint`: the address the provider is to offer. State and verifier are 256 bits each.
OAuthRequest authorizationRequest(const OAuthClient& client, int port, std::string_view loginHint, Random& random);

// RFC 7636 §4.2: S256.
std::string pkceChallenge(std::string_view verifier);

// What the browser brought back, "/?code=…&state=…". NotFound: it is no answer to this request (another state, none
// of ours) and the right one may still come. AuthFailed: the provider or the person said no; detail: its words.
Result<SecureBytes> codeFrom(std::string_view target, const OAuthRequest& request);

// AuthFailed: the grant is no longer good (invalid_grant) or the client is not known: a person has to sign in again.
// Everything else passes by itself or says what is wrong. `clientSecret` may be empty. Blocks, bounded.
Result<OAuthTokens> exchangeCode(const OAuthClient& client, const SecureBytes& clientSecret, const SecureBytes& code,
                                 const OAuthRequest& request, const NetworkTimeouts& timeouts, const Progress& progress);
Result<OAuthTokens> refreshTokens(const OAuthClient& client, const SecureBytes& clientSecret, const SecureBytes& refresh,
                                  const NetworkTimeouts& timeouts, const Progress& progress);

} // namespace outrider::transport
