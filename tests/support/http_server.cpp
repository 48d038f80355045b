// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

namespace outrider::test {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += char(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

void sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(std::size_t(sent));
    }
}

// The next request on the connection; nothing when it was closed.
std::optional<HttpServer::Request> readRequest(int socket, std::string& pending) {
    const auto more = [&] {
        std::array<char, 65536> buffer{};
        const auto got = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return false;
        pending.append(buffer.data(), std::size_t(got));
        return true;
    };
    while (pending.find("\r\n\r\n") == std::string::npos) {
        if (!more())
            return std::nullopt;
    }
    HttpServer::Request request;
    const auto end = pending.find("\r\n\r\n");
    std::string_view head = std::string_view(pending).substr(0, end);
    bool first = true;
    while (!head.empty()) {
        const auto lineEnd = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, lineEnd);
        head.remove_prefix(std::min(lineEnd + 2, head.size()));
        if (first) {
            const auto space = line.find(' ');
            const std::string_view target = line.substr(space + 1, line.rfind(' ') - space - 1);
            request.method = line.substr(0, space);
            request.path = target.substr(0, target.find('?'));
            if (target.find('?') != std::string_view::npos)
                request.query = decodedPairs(target.substr(target.find('?') + 1));
            first = false;
            continue;
        }
        const auto colon = line.find(':');
        std::string_view value = line.substr(std::min(colon + 1, line.size()));
        while (value.starts_with(' '))
            value.remove_prefix(1);
        request.headers[lower(std::string(line.substr(0, colon)))] = std::string(value);
    }
    pending.erase(0, end + 4);
    const std::string length = request.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (pending.size() < size) {
        if (!more())
            return std::nullopt;
    }
    request.body = pending.substr(0, size);
    pending.erase(0, size);
    return request;
}

} // namespace

std::map<std::string, std::string> decodedPairs(std::string_view text) {
    std::map<std::string, std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        out[decoded(pair.substr(0, equals))] = decoded(pair.substr(std::min(equals + 1, pair.size())));
    }
    return out;
}

std::string HttpServer::Request::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::map<std::string, std::string> HttpServer::Request::form() const { return decodedPairs(body); }

HttpServer::HttpServer(Script script)
    : m_script(std::move(script)),
      m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (m_listener < 0 || ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0
        || ::listen(m_listener, 16) != 0 || ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        std::abort();
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptLoop(); });
}

HttpServer::~HttpServer() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (const int socket : m_sockets)
            ::shutdown(socket, SHUT_RDWR);
    }
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    for (std::thread& thread : m_threads)
        thread.join();
    ::close(m_listener);
}

std::vector<HttpServer::Request> HttpServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int HttpServer::count(std::string_view method, std::string_view path) const {
    const std::lock_guard lock(m_mutex);
    return int(std::count_if(m_requests.begin(), m_requests.end(),
                             [&](const Request& request) { return request.method == method && request.path == path; }));
}

int HttpServer::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

void HttpServer::acceptLoop() {
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(m_mutex);
        if (m_stopping) {
            if (socket >= 0)
                ::close(socket);
            return;
        }
        if (socket < 0)
            continue;
        ++m_connections;
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void HttpServer::serve(int socket) {
    std::string pending;
    while (const auto request = readRequest(socket, pending)) {
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(*request);
        }
        Reply reply;
        {
            const std::lock_guard lock(m_scripting);
            reply = m_script(*request);
        }
        if (!answer(socket, reply))
            break;
    }
    const std::lock_guard lock(m_mutex);
    std::erase(m_sockets, socket);
    ::close(socket);
}

bool HttpServer::answer(int socket, const Reply& reply) const {
    using Action = Reply::Action;
    switch (reply.action) {
    case Action::Drop:
        return false;
    case Action::Hang: {
        char byte = 0;
        while (::recv(socket, &byte, 1, 0) > 0) {
        }
        return false;
    }
    case Action::Garbage:
        sendAll(socket, "220 mail.example ready\r\n");
        return false;
    case Action::Answer:
    case Action::AnswerAndClose:
    case Action::CutBody:
        break;
    }
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Status\r\nContent-Length: "
                       + std::to_string(reply.body.size()) + "\r\nContent-Type: application/json\r\n";
    for (const std::string& header : reply.headers)
        head += header + "\r\n";
    const bool cut = reply.action == Action::CutBody;
    sendAll(socket, head + "\r\n" + (cut ? reply.body.substr(0, reply.body.size() / 2) : reply.body));
    return reply.action == Action::Answer;
}

} // namespace outrider::test
