// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/domain/mailbox.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace outrider::transport {

// The password or access token, asked for whenever a server is about to be signed in to: the vault
// decrypts it, or renews the token, only then. Called on the thread that connects.
using SecretSource = std::function<Result<SecureBytes>()>;

// What is needed to sign in to one server.
struct ServerLogin {
    ServerAddress server;
    AuthMethod auth = AuthMethod::Plain;
    std::string userName;
    std::string caFile; // trusted beside the system's; empty: the system's alone
};

ServerLogin smtpLogin(const Mailbox& mailbox);
ServerLogin imapLogin(const Mailbox& mailbox);

// How long servers are waited for. RFC 5321 §4.5.3.2 asks for five minutes per command and ten for
// the answer to a message; giving up on that one early makes a sent message an unknown one.
struct NetworkTimeouts {
    Millis connect = std::chrono::seconds(60);     // until signed in
    Millis response = std::chrono::minutes(5);     // without a byte, in either direction
    Millis total = std::chrono::minutes(30);       // of one message
    Millis afterCancel = std::chrono::seconds(10); // for the answer to what is handed over already
};

// Whether the name can only mean this computer: "localhost", 127.0.0.0/8, ::1.
bool isLoopback(std::string_view host);

// Refuses what must not be connected to: InvalidArgument for a host or port that is none, or for a
// connection without TLS to another computer.
Result<> checkServer(const ServerAddress& server);

// Whether any network interface but loopback is up: tells "no such host" from "no network".
bool hasNetwork();

} // namespace outrider::transport
