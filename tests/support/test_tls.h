// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fault_smtp_server.h"

#include <string>

namespace outrider::test {

// Certificates of a test, and the server's side of TLS with one of them.
class TestTls {
public:
    enum class Kind {
        Good,      // for 127.0.0.1 and localhost, in its time
        Expired,   // was, until an hour ago
        OtherHost, // for mail.other.example only
        Unknown,   // nobody vouches for it: it is not in caFile()
    };

    // `folder`: where caFile() is written.
    TestTls(Kind kind, const std::string& folder);
    ~TestTls();
    TestTls(const TestTls&) = delete;
    TestTls& operator=(const TestTls&) = delete;

    const std::string& caFile() const { return m_caFile; }
    FaultSmtpServer::Handshake handshake() const;

private:
    struct Context;
    std::unique_ptr<Context> m_context;
    std::string m_caFile;
};

} // namespace outrider::test
