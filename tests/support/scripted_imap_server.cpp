// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scripted_imap_server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace outrider::test {

ScriptedImapServer::ScriptedImapServer(Script script, std::string capabilities, std::size_t piece)
    : m_script(std::move(script)),
      m_capabilities(std::move(capabilities)),
      m_piece(piece) {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listener, 16) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        std::perror("scripted IMAP server");
        std::abort();
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { loop(); });
}

ScriptedImapServer::~ScriptedImapServer() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        ::shutdown(m_listener, SHUT_RDWR);
        if (m_socket >= 0)
            ::shutdown(m_socket, SHUT_RDWR);
    }
    m_thread.join();
    ::close(m_listener);
}

std::vector<std::string> ScriptedImapServer::commands() const {
    const std::lock_guard lock(m_mutex);
    return m_commands;
}

std::string ScriptedImapServer::literal() const {
    const std::lock_guard lock(m_mutex);
    return m_literal;
}

bool ScriptedImapServer::waitFor(const std::string& command) {
    std::unique_lock lock(m_mutex);
    return m_came.wait_for(lock, std::chrono::seconds(10),
                           [&] { return std::find(m_commands.begin(), m_commands.end(), command) != m_commands.end(); });
}

void ScriptedImapServer::push(const std::string& bytes) {
    const std::lock_guard lock(m_mutex);
    if (m_socket >= 0)
        send(m_socket, bytes);
}

void ScriptedImapServer::loop() {
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        {
            const std::lock_guard lock(m_mutex);
            if (socket < 0 || m_stopping) {
                if (socket >= 0)
                    ::close(socket);
                return;
            }
            m_socket = socket;
        }
        serve(socket);
        const std::lock_guard lock(m_mutex);
        m_socket = -1;
        ::close(socket);
    }
}

bool ScriptedImapServer::send(int socket, const std::string& bytes) const {
    const int now = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &now, sizeof(now));
    const auto piece = m_piece == 0 ? bytes.size() : m_piece;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto sent = ::send(socket, bytes.data() + at, std::min(piece, bytes.size() - at), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += std::size_t(sent);
    }
    return true;
}

ScriptedImapServer::Reply ScriptedImapServer::answer(const std::string& command) {
    Reply reply = m_script(command);
    if (!reply.bytes.empty() || reply.close)
        return reply;
    if (command == "CAPABILITY")
        return {"* CAPABILITY " + m_capabilities + "\r\n$ OK done\r\n"};
    if (command.starts_with("AUTHENTICATE") || command.starts_with("LOGIN"))
        return {"$ OK signed in\r\n"};
    if (command.starts_with("LIST"))
        return {"* LIST () \"/\" INBOX\r\n$ OK done\r\n"};
    if (command == "LOGOUT")
        return {"* BYE see you\r\n$ OK done\r\n", true};
    return {"$ BAD not in the script\r\n"};
}

void ScriptedImapServer::serve(int socket) {
    std::string input;
    const auto fill = [&] {
        std::array<char, 65536> buffer{};
        const auto got = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (got > 0)
            input.append(buffer.data(), std::size_t(got));
        return got > 0;
    };
    const auto line = [&]() -> std::optional<std::string> {
        for (;;) {
            if (const auto end = input.find("\r\n"); end != std::string::npos) {
                std::string found = input.substr(0, end);
                input.erase(0, end + 2);
                return found;
            }
            if (!fill())
                return std::nullopt;
        }
    };
    if (!send(socket, "* OK ready\r\n"))
        return;
    std::string tag;
    while (const auto received = line()) {
        const bool done = *received == "DONE";
        const auto space = received->find(' ');
        if (!done)
            tag = received->substr(0, space);
        std::string command = done || space == std::string::npos ? *received : received->substr(space + 1);
        if (command.ends_with('}')) {
            const auto open = command.rfind('{');
            const auto length = std::size_t(std::atoll(command.c_str() + open + 1));
            command.resize(open);
            const Reply early = m_script(command + "{}"); // may refuse before the literal
            if (!early.bytes.empty()) {
                std::string bytes = early.bytes;
                for (auto at = bytes.find('$'); at != std::string::npos; at = bytes.find('$', at))
                    bytes.replace(at, 1, tag);
                if (!send(socket, bytes))
                    return;
                continue;
            }
            if (!send(socket, "+ go on\r\n"))
                return;
            while (input.size() < length + 2) {
                if (!fill())
                    return;
            }
            const std::lock_guard lock(m_mutex);
            m_literal = input.substr(0, length);
            input.erase(0, length + 2);
        }
        if (command == "AUTHENTICATE PLAIN") { // no initial response
            if (!send(socket, "+ \r\n"))
                return;
            const auto credentials = line();
            if (!credentials)
                return;
            command += " " + *credentials;
        }
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(command);
        }
        Reply reply = answer(command);
        for (auto at = reply.bytes.find('$'); at != std::string::npos; at = reply.bytes.find('$', at + tag.size()))
            reply.bytes.replace(at, 1, tag);
        if (!send(socket, reply.bytes))
            return;
        m_came.notify_all();
        if (reply.close)
            return;
    }
}

} // namespace outrider::test
