// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace outrider::test {

// A scripted SMTP server on a free loopback port, plain TCP: it fails where and how it is told to, and
// records what it took. One thread per connection; stopped and joined by the destructor.
class FaultSmtpServer {
public:
    // Where a fault strikes: instead of the reply to that command.
    enum class At {
        Connect, // before the greeting
        Greeting,
        Hello,
        StartTls,
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
        TakeAndDrop // Answer only: keep the message, then close without a word
    };

    struct Fault {
        At at = At::Connect;
        Action action = Action::Drop;
        std::string reply;   // without CRLF
        int connection = -1; // the n-th from 0; -1: any
        int message = -1;    // the n-th MAIL of its connection from 0; -1: any
        int times = 1;       // -1: always
    };

    struct Mail {
        int connection = 0;
        std::string sender;
        std::string recipient;
        std::string data; // dots unstuffed
    };

    FaultSmtpServer();
    ~FaultSmtpServer();
    FaultSmtpServer(const FaultSmtpServer&) = delete;
    FaultSmtpServer& operator=(const FaultSmtpServer&) = delete;

    // Before the first connection.
    void add(Fault fault);
    void offer(std::string extension); // a line of the EHLO reply: "AUTH PLAIN", "STARTTLS"

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

    int m_listener = -1;
    int m_port = 0;
    std::vector<Fault> m_faults;
    std::vector<std::string> m_extensions;
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
