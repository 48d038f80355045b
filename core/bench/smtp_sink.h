// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

namespace outrider::bench {

// A mail server that takes everything and keeps nothing, on a loopback port and a thread of its own:
// what is measured is who sends. One connection at a time. With TLS it speaks it from the first byte,
// by a certificate made for the run.
class SmtpSink {
public:
    enum class Tls { Off, On };

    explicit SmtpSink(Tls tls);
    ~SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    // `folder`: where the certificate is put. ErrorCode::Internal when there is no port or no certificate.
    Result<> start(const std::string& folder);

    int port() const { return m_port; }
    const std::string& caFile() const { return m_caFile; } // empty without TLS
    int taken() const { return m_taken; }                  // messages

private:
    class Link;
    struct Keys; // of TLS

    Result<> makeCertificate();
    void serve();
    void converse(Link& link);

    const Tls m_tls;
    int m_listening = -1;
    int m_port = 0;
    std::string m_caFile;
    std::unique_ptr<Keys> m_keys;
    std::atomic<int> m_connection = -1;
    std::atomic<int> m_taken = 0;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

} // namespace outrider::bench
