// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace outrider::test {

// A scripted SMTP server on a free loopback port: it fails where and how it is told to, and
// records what it took. Plain TCP, or TLS by what useTls() is given (support/test_tls.h). One thread per connection; stopped and
// joined by the destructor.
class FaultSmtpServer {
public:
    // Where a fault strikes: instead of the reply to that command.
    enum class At {
        Connect, // before the greeting
        Greeting,
        Hello,
        StartTls,
        Handshake, // of TLS, instead of it
        Auth,
        Mail,
        Rcpt,
        Data,
        Body,   // after the first bytes of the message
        Answer, // all of the message is there
        Reset,  // RSET and NOOP
        Quit,
    };
    enum class Action {
        Drop,       // close the connection
        Reply,      // send `reply` and go on as that code says
        ReplyDrop,  // send `reply`, then close
        Stall,      // say nothing more and keep the connection open
        Reset,      // end the connection with an RST
        HalfClose,  // end one's own half, read on
        Slow,       // send `reply`, or what would have been said, a byte every `pause`
        TakeAndDrop // Answer only: keep the message, then close without a word
    };

    struct Fault {
        At at = At::Connect;
        Action action = Action::Drop;
        std::string reply;   // without CRLF
        int connection = -1; // the n-th from 0; -1: any
        int message = -1;    // the n-th MAIL of its connection from 0; -1: any
        int times = 1;       // -1: always
        std::chrono::milliseconds pause{100};
    };

    struct Mail {
        int connection = 0;
        std::string sender;
        std::string recipient;
        std::string data; // dots unstuffed
    };

    // What bytes go over once TLS has begun.
    class Wire {
    public:
        virtual ~Wire() = default;
        virtual long read(char* to, std::size_t room) = 0; // 0 or less: the end
        virtual long write(const char* from, std::size_t size) = 0;
    };
    // The server's side of the handshake; nullptr: it failed.
    using Handshake = std::function<std::unique_ptr<Wire>(int socket)>;

    FaultSmtpServer();
    ~FaultSmtpServer();
    FaultSmtpServer(const FaultSmtpServer&) = delete;
    FaultSmtpServer& operator=(const FaultSmtpServer&) = delete;

    // Before the first connection.
    void add(Fault fault);
    void offer(std::string extension); // a line of the EHLO reply: "AUTH PLAIN", "STARTTLS"

    // Offers STARTTLS, or speaks TLS from the first byte.
    void useTls(Handshake handshake, bool implicit);

    // Closes what is open, as a server does to an idle connection; new ones are taken again.
    void dropConnections();

    int port() const { return m_port; }

    std::vector<Mail> mails() const;
    std::vector<std::string> commands() const; // as received, without CRLF

    int connections() const { return m_connections; }

    // Waits until `seen` holds of the commands received so far; false after ten seconds.
    bool waitUntil(const std::function<bool(const std::vector<std::string>&)>& seen);

private:
    class Connection;

    void acceptLoop();
    void serve(int socket, int number);
    std::optional<Fault> take(At at, int connection, int message);
    bool strike(Connection& client, const Fault& fault, const std::string& reply);
    bool shakeHands(Connection& client, int number);
    void idle(std::chrono::milliseconds pause); // less when the server ends

    int m_listener = -1;
    int m_port = 0;
    std::vector<Fault> m_faults;
    std::vector<std::string> m_extensions;
    Handshake m_handshake;
    bool m_implicitTls = false;
    std::vector<Mail> m_mails;
    std::vector<std::string> m_commands;
    std::vector<int> m_sockets; // open
    std::vector<std::thread> m_threads;
    mutable std::mutex m_mutex; // everything above
    std::condition_variable m_changed;
    std::atomic<int> m_connections = 0;
    bool m_stopping = false;
    std::thread m_acceptor;
};

} // namespace outrider::test
