// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace outrider::bench {

// A mail server that takes everything and keeps nothing, on a loopback port and a thread of its own:
// what is measured is who sends. One connection at a time. With TLS it speaks it from the first byte,
// by a certificate made for the run.
class SmtpSink {
public:
    enum class Tls { Off, On };

    // Where a conversation stands, once a message but for Connected.
    enum class At {
        Connected,
        Mail, // the command is there, its reply is not
        Rcpt,
        Data,
        Body,     // some of the message is there
        Dot,      // all of it, and not taken yet
        Taken,    // taken: it is the sink's from now on, but nobody has been told
        Answered, // told
    };
    // Called on the sink's thread; `recipient` from Rcpt on. False: the connection is dropped at that moment.
    using Watch = std::function<bool(At at, std::string_view recipient)>;

    explicit SmtpSink(Tls tls, Watch watch = {});
    ~SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    // `folder`: where the certificate is put. ErrorCode::Internal when there is no port or no certificate.
    Result<> start(const std::string& folder);

    // What a client has to know.
    struct Address {
        int port = 0;
        std::string caFile; // empty without TLS
    };
    Address address() const { return {m_port, m_caFile}; }

    int port() const { return m_port; }
    const std::string& caFile() const { return m_caFile; } // empty without TLS
    int taken() const { return m_taken; }                  // messages

private:
    class Link;
    struct Keys; // of TLS

    Result<> makeCertificate();
    void serve();
    void converse(Link& link);
    bool reached(At at) const { return !m_watch || m_watch(at, m_recipient); }

    const Tls m_tls;
    const Watch m_watch;
    std::string m_recipient; // of the sink's thread
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
