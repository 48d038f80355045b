// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/server_login.h"

#include "core/contact/text.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <array>
#include <memory>

namespace outrider::transport {

namespace {

constexpr std::size_t longestHost = 255;
constexpr int largestPort = 65535;

} // namespace

ServerLogin smtpLogin(const Mailbox& mailbox) { return {mailbox.smtp, mailbox.auth, mailbox.userName, mailbox.caFile}; }

ServerLogin imapLogin(const Mailbox& mailbox) { return {mailbox.imap, mailbox.auth, mailbox.userName, mailbox.caFile}; }

bool isLoopback(std::string_view host) {
    const std::string text = contact::asciiLower(host);
    if (text == "localhost")
        return true;
    std::array<unsigned char, sizeof(in6_addr)> address{};
    if (inet_pton(AF_INET, text.c_str(), address.data()) == 1)
        return address[0] == 127;
    if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) {
        constexpr std::array<unsigned char, sizeof(in6_addr)> loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        return address == loopback;
    }
    return false;
}

Result<> checkServer(const ServerAddress& server) {
    const bool plausible = !server.host.empty() && server.host.size() <= longestHost && contact::isUtf8(server.host)
                           && !contact::hasControlCharacter(server.host)
                           && server.host.find_first_of(" /\\@?#%[]<>\"'") == std::string::npos;
    if (!plausible)
        return fail(ErrorCode::InvalidArgument, "host");
    if (server.port < 1 || server.port > largestPort)
        return fail(ErrorCode::InvalidArgument, "port");
    if (server.tls == TlsMode::None && !isLoopback(server.host))
        return fail(ErrorCode::InvalidArgument, "a connection without TLS to " + server.host);
    return {};
}

bool hasNetwork() {
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) != 0)
        return true;
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, freeifaddrs);
    for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
        const bool internet =
            entry->ifa_addr != nullptr && (entry->ifa_addr->sa_family == AF_INET || entry->ifa_addr->sa_family == AF_INET6);
        if (internet && (entry->ifa_flags & IFF_UP) != 0 && (entry->ifa_flags & IFF_RUNNING) != 0
            && (entry->ifa_flags & IFF_LOOPBACK) == 0)
            return true;
    }
    return false;
}

} // namespace outrider::transport
