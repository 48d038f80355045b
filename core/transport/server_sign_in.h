// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include "core/transport/curl_handle.h"
#include "core/transport/mail_transport.h"

#include <optional>
#include <string>
#include <string_view>

namespace outrider::transport {

// What TLS agreed on and how long the server's certificate is good.
struct TlsFacts {
    std::string protocol; // "TLSv1.3"
    std::optional<Instant> expires;
};

// How connecting and signing in went; filled in as far as it came, also when it failed.
struct SignInReport {
    SendStage stage = SendStage::Connect; // the one reached last: Connect, Tls or SignIn
    Millis connect{};                     // name, TCP and greeting
    Millis tls{};
    Millis signIn{};
    TlsFacts tlsFacts;
    bool signedIn = false;
    std::string answer; // the server's last line; redacted
};

// Connects and signs in, and leaves the connection open for curl_easy_send/recv
// (CURLOPT_CONNECT_ONLY). `scheme` is "smtp" or "imap".
Result<> signIn(CurlHandle& curl, std::string_view scheme, const ServerLogin& login, const SecretSource& secret,
                const NetworkTimeouts& timeouts, const Progress& progress, SignInReport& report);

} // namespace outrider::transport
