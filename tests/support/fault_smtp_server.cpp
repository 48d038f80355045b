// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fault_smtp_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace outrider::test {

namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    return text;
}

std::string between(const std::string& text, char from, char to) {
    const auto start = text.find(from);
    const auto end = text.find(to, start == std::string::npos ? 0 : start);
    return start == std::string::npos || end == std::string::npos ? std::string() : text.substr(start + 1, end - start - 1);
}

} // namespace

// One client: its buffered input and what it sends.
class FaultSmtpServer::Connection {
public:
    explicit Connection(int socket) : m_socket(socket) {}

    int socket() const { return m_socket; }
    void startTls(std::unique_ptr<Wire> wire) {
        m_wire = std::move(wire);
        m_input.clear();
    }

    bool send(const std::string& text) const {
        for (std::size_t at = 0; at < text.size();) {
            const auto sent = m_wire ? m_wire->write(text.data() + at, text.size() - at)
                                     : ::send(m_socket, text.data() + at, text.size() - at, MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            at += std::size_t(sent);
        }
        return true;
    }

    bool fill() {
        std::array<char, 65536> buffer{};
        const auto got = m_wire ? m_wire->read(buffer.data(), buffer.size()) : ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return false;
        m_input.append(buffer.data(), std::size_t(got));
        return true;
    }

    std::optional<std::string> line() {
        for (;;) {
            if (const auto end = m_input.find("\r\n"); end != std::string::npos) {
                std::string line = m_input.substr(0, end);
                m_input.erase(0, end + 2);
                return line;
            }
            if (!fill())
                return std::nullopt;
        }
    }

    // Up to and without the line that is a single dot.
    std::optional<std::string> data() {
        std::string data;
        bool lineStart = true;
        std::size_t at = 0;
        for (;;) {
            while (at < m_input.size()) {
                if (lineStart && m_input[at] == '.') {
                    if (m_input.size() - at < 3)
                        break; // the line's rest is still to come
                    if (m_input.compare(at, 3, ".\r\n") == 0) {
                        m_input.erase(0, at + 3);
                        return data;
                    }
                    ++at; // stuffed
                }
                lineStart = false;
                if (at >= 1 && m_input[at] == '\n' && m_input[at - 1] == '\r')
                    lineStart = true;
                data += m_input[at++];
            }
            // What is read is dropped, but for the last byte: a CR there may end a line.
            if (at > 1) {
                m_input.erase(0, at - 1);
                at = 1;
            }
            if (!fill())
                return std::nullopt;
        }
    }

    // Until the client goes away.
    void ignoreEverything() {
        while (fill())
            m_input.clear();
    }

    // The next thing the other side learns is that there is no such connection.
    void reset() const {
        const linger now{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    }

private:
    int m_socket;
    std::unique_ptr<Wire> m_wire;
    std::string m_input;
};

FaultSmtpServer::FaultSmtpServer() {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listener, 16) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        std::perror("fault SMTP server");
        std::abort();
    }
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptLoop(); });
}

FaultSmtpServer::~FaultSmtpServer() {
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        ::shutdown(m_listener, SHUT_RDWR);
        for (const int socket : m_sockets)
            ::shutdown(socket, SHUT_RDWR);
        m_changed.notify_all();
    }
    m_acceptor.join();
    threads.swap(m_threads);
    for (auto& thread : threads)
        thread.join();
    ::close(m_listener);
}

void FaultSmtpServer::add(Fault fault) {
    const std::lock_guard lock(m_mutex);
    m_faults.push_back(std::move(fault));
}

void FaultSmtpServer::offer(std::string extension) {
    const std::lock_guard lock(m_mutex);
    m_extensions.push_back(std::move(extension));
}

void FaultSmtpServer::useTls(Handshake handshake, bool implicit) {
    const std::lock_guard lock(m_mutex);
    m_handshake = std::move(handshake);
    m_implicitTls = implicit;
    if (!implicit)
        m_extensions.emplace_back("STARTTLS");
}

void FaultSmtpServer::dropConnections() {
    std::unique_lock lock(m_mutex);
    for (const int socket : m_sockets)
        ::shutdown(socket, SHUT_RDWR);
    m_changed.wait(lock, [this] { return m_sockets.empty(); });
}

std::vector<FaultSmtpServer::Mail> FaultSmtpServer::mails() const {
    const std::lock_guard lock(m_mutex);
    return m_mails;
}

std::vector<std::string> FaultSmtpServer::commands() const {
    const std::lock_guard lock(m_mutex);
    return m_commands;
}

bool FaultSmtpServer::waitUntil(const std::function<bool(const std::vector<std::string>&)>& seen) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::seconds(10), [&] { return seen(m_commands); });
}

void FaultSmtpServer::acceptLoop() {
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(m_mutex);
        if (socket < 0 || m_stopping) {
            if (socket >= 0)
                ::close(socket);
            return;
        }
        m_sockets.push_back(socket);
        const int number = m_connections++;
        m_threads.emplace_back([this, socket, number] {
            serve(socket, number);
            const std::lock_guard end(m_mutex);
            std::erase(m_sockets, socket);
            ::close(socket);
            m_changed.notify_all();
        });
    }
}

std::optional<FaultSmtpServer::Fault> FaultSmtpServer::take(At at, int connection, int message) {
    const std::lock_guard lock(m_mutex);
    for (auto& fault : m_faults) {
        const bool here = fault.at == at && fault.times != 0 && (fault.connection < 0 || fault.connection == connection)
                          && (fault.message < 0 || fault.message == message);
        if (!here)
            continue;
        if (fault.times > 0)
            --fault.times;
        return fault;
    }
    return std::nullopt;
}

void FaultSmtpServer::idle(std::chrono::milliseconds pause) {
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, pause, [this] { return m_stopping; });
}

// Does what the fault says. False: the connection is over.
bool FaultSmtpServer::strike(Connection& client, const Fault& fault, const std::string& reply) {
    switch (fault.action) {
    case Action::Drop:
    case Action::TakeAndDrop:
        return false;
    case Action::Reset:
        client.reset();
        return false;
    case Action::HalfClose:
        ::shutdown(client.socket(), SHUT_WR);
        client.ignoreEverything();
        return false;
    case Action::Stall:
        client.ignoreEverything();
        return false;
    case Action::Slow:
        for (const char c : (fault.reply.empty() ? reply : fault.reply) + "\r\n") {
            idle(fault.pause);
            if (!client.send(std::string(1, c)))
                return false;
        }
        return true;
    case Action::Reply:
        return client.send(fault.reply + "\r\n");
    case Action::ReplyDrop:
        client.send(fault.reply + "\r\n");
        return false;
    }
    return false;
}

bool FaultSmtpServer::shakeHands(Connection& client, int number) {
    if (const auto fault = take(At::Handshake, number, -1)) {
        client.fill(); // the other side's hello
        strike(client, *fault, {});
        return false;
    }
    auto wire = m_handshake(client.socket());
    if (!wire)
        return false;
    client.startTls(std::move(wire));
    return true;
}

void FaultSmtpServer::serve(int socket, int number) {
    Connection client(socket);
    int message = -1;
    Mail mail;
    bool refused = false;

    // Strikes if a fault is due here, else says `reply`. False: the connection is over. `refused` tells
    // whether the reply was a refusal.
    const auto answer = [&](At at, const std::string& reply) {
        const auto fault = take(at, number, message);
        refused = false;
        if (!fault)
            return reply.empty() || client.send(reply + "\r\n");
        refused = fault->action == Action::Reply && (fault->reply.empty() || fault->reply[0] > '3');
        return strike(client, *fault, reply);
    };

    if (!answer(At::Connect, {}) || (m_handshake && m_implicitTls && !shakeHands(client, number))
        || !answer(At::Greeting, "220 fault.example ESMTP"))
        return;
    while (auto line = client.line()) {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(*line);
        }
        m_changed.notify_all();
        const std::string verb = upper(line->substr(0, line->find(' ')));
        if (verb == "EHLO") {
            std::string reply = "250-fault.example";
            const std::lock_guard lock(m_mutex);
            for (const auto& extension : m_extensions)
                reply += "\r\n250-" + extension;
            reply += "\r\n250 8BITMIME";
            line = reply;
        }
        bool on = true;
        if (verb == "EHLO") {
            on = answer(At::Hello, *line);
        } else if (verb == "HELO") {
            on = answer(At::Hello, "250 fault.example");
        } else if (verb == "STARTTLS") {
            const bool has = m_handshake && !m_implicitTls;
            on = answer(At::StartTls, has ? "220 2.0.0 go on" : "454 4.7.0 TLS not available");
            on = on && (!has || refused || shakeHands(client, number));
        } else if (verb == "AUTH") {
            // "AUTH PLAIN" without an initial response is asked for one, LOGIN for two.
            const bool bare = std::count(line->begin(), line->end(), ' ') < 2;
            const int questions = !bare ? 0 : upper(*line).ends_with("LOGIN") ? 2 : 1;
            for (int i = 0; i < questions && on; ++i)
                on = client.send("334 \r\n") && client.line().has_value();
            on = on && answer(At::Auth, "235 2.7.0 welcome");
        } else if (verb == "MAIL") {
            ++message;
            mail = {number, between(*line, '<', '>'), {}, {}};
            on = answer(At::Mail, "250 2.1.0 ok");
        } else if (verb == "RCPT") {
            mail.recipient = between(*line, '<', '>');
            on = answer(At::Rcpt, "250 2.1.5 ok");
        } else if (verb == "DATA") {
            on = answer(At::Data, "354 go on");
            if (!on)
                return;
            if (refused)
                continue;
            if (const auto fault = take(At::Body, number, message); fault) {
                if (client.fill() && fault->action == Action::Stall) {
                    std::unique_lock lock(m_mutex); // reads nothing more either
                    m_changed.wait(lock, [this] { return m_stopping; });
                } else {
                    strike(client, *fault, {});
                }
                return;
            }
            auto data = client.data();
            if (!data)
                return;
            mail.data = std::move(*data);
            const auto fault = take(At::Answer, number, message);
            if (!fault || fault->action == Action::TakeAndDrop || (fault->action == Action::Slow && fault->reply.empty())) {
                const std::lock_guard lock(m_mutex);
                m_mails.push_back(mail);
            }
            on = fault ? strike(client, *fault, "250 2.0.0 taken") : client.send("250 2.0.0 taken\r\n");
        } else if (verb == "RSET" || verb == "NOOP") {
            on = answer(At::Reset, "250 2.0.0 ok");
        } else if (verb == "QUIT") {
            answer(At::Quit, "221 2.0.0 bye");
            on = false;
        } else {
            on = client.send("502 5.5.1 " + verb + "?\r\n");
        }
        if (!on)
            return;
    }
}

} // namespace outrider::test
