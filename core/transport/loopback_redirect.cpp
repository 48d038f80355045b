// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/loopback_redirect.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace outrider::transport {

namespace {

constexpr std::size_t mostRequest = 16 * 1024;
constexpr auto tick = std::chrono::milliseconds(100);
constexpr auto longestRequest = std::chrono::seconds(5); // a browser that opened a connection in advance says nothing

bool readable(int socket, Millis most) {
    pollfd one{socket, POLLIN, 0};
    return ::poll(&one, 1, int(most.count())) > 0;
}

// Up to the empty line; what there is of it when the other side is silent for too long.
std::string readRequest(int socket, const Progress& progress) {
    std::string request;
    const Stopwatch watch;
    while (request.size() < mostRequest && request.find("\r\n\r\n") == std::string::npos && !progress.cancelled()
           && watch.elapsed() < longestRequest) {
        if (!readable(socket, tick))
            continue;
        std::array<char, 4096> buffer{};
        const auto got = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            break;
        request.append(buffer.data(), std::size_t(got));
        std::fill(buffer.begin(), buffer.end(), '\0');
    }
    return request;
}

// "GET /?code=… HTTP/1.1"; empty: no such request.
std::string targetOf(std::string_view request) {
    constexpr std::string_view get = "GET ";
    if (!request.starts_with(get) || request.find("\r\n\r\n") == std::string_view::npos)
        return {};
    request.remove_prefix(get.size());
    const auto end = request.find(" HTTP/1.");
    return end == std::string_view::npos || end > request.find('\r') ? std::string() : std::string(request.substr(0, end));
}

void answer(int socket, std::string_view status, std::string_view page) {
    const std::string head = "HTTP/1.1 " + std::string(status)
                             + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(page.size())
                             + "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                               "Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n";
    const std::string all = head + std::string(page);
    for (std::size_t sent = 0; sent < all.size();) {
        const auto more = ::send(socket, all.data() + sent, all.size() - sent, MSG_NOSIGNAL);
        if (more <= 0)
            return;
        sent += std::size_t(more);
    }
}

class Socket {
public:
    explicit Socket(int number) : m_number(number) {}
    ~Socket() {
        if (m_number >= 0)
            ::close(m_number);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int get() const { return m_number; }

private:
    const int m_number;
};

} // namespace

Result<std::unique_ptr<LoopbackRedirect>> LoopbackRedirect::listen() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return fail(ErrorCode::Busy, "no socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 || ::listen(listener, 8) != 0
        || ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        ::close(listener);
        return fail(ErrorCode::Busy, "no port of this computer");
    }
    return std::unique_ptr<LoopbackRedirect>(new LoopbackRedirect(listener, ntohs(address.sin_port)));
}

LoopbackRedirect::~LoopbackRedirect() { ::close(m_listener); }

Result<> LoopbackRedirect::wait(const Judge& judge, const Pages& pages, Millis most, const Progress& progress) {
    const Stopwatch watch;
    while (!progress.cancelled()) {
        if (watch.elapsed() > most)
            return fail(ErrorCode::TimedOut, "the browser");
        if (!readable(m_listener, tick))
            continue;
        const Socket browser(::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC));
        if (browser.get() < 0)
            continue;
        std::string request = readRequest(browser.get(), progress);
        std::string target = targetOf(request);
        const Verdict verdict = target.empty() ? Verdict::NotThis : judge(target);
        std::fill(request.begin(), request.end(), '\0'); // the code is as good as a password until it is used
        std::fill(target.begin(), target.end(), '\0');
        switch (verdict) {
        case Verdict::NotThis:
            answer(browser.get(), "404 Not Found", {});
            break;
        case Verdict::Done:
            answer(browser.get(), "200 OK", pages.done);
            return {};
        case Verdict::Failed:
            answer(browser.get(), "200 OK", pages.failed);
            return {};
        }
    }
    return fail(ErrorCode::Cancelled);
}

} // namespace outrider::transport
