// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dns_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace outrider::test {

namespace {

const std::map<std::string, int> types{{"A", 1}, {"CNAME", 5}, {"PTR", 12}, {"MX", 15}, {"TXT", 16}, {"AAAA", 28}};

std::string typeName(int number) {
    for (const auto& [name, value] : types) {
        if (value == number)
            return name;
    }
    return std::to_string(number);
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

void put16(std::string& out, unsigned value) {
    out += char(value >> 8U & 0xffU);
    out += char(value & 0xffU);
}

// Uncompressed (RFC 1035 §3.1).
std::string wireName(const std::string& name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const auto dot = std::min(name.find('.', at), name.size());
        out += char(dot - at);
        out += name.substr(at, dot - at);
        at = dot + 1;
    }
    return out + '\0';
}

std::string wireData(const std::string& type, const std::string& value) {
    std::string out;
    if (type == "TXT") {
        for (std::size_t at = 0; at < value.size() || at == 0; at += 255) {
            const std::string piece = value.substr(at, 255);
            out += char(piece.size());
            out += piece;
        }
    } else if (type == "MX") {
        const auto space = value.find(' ');
        put16(out, unsigned(std::stoi(value.substr(0, space))));
        out += wireName(value.substr(space + 1) == "." ? "" : value.substr(space + 1));
    } else if (type == "A" || type == "AAAA") {
        std::array<char, 16> bytes{};
        ::inet_pton(type == "A" ? AF_INET : AF_INET6, value.c_str(), bytes.data());
        out.assign(bytes.data(), type == "A" ? 4 : 16);
    } else {
        out = wireName(value);
    }
    return out;
}

} // namespace

DnsServer::DnsServer() {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    for (int tries = 0; tries < 20; ++tries) { // a port that is free for both
        address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_tcp = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (::bind(m_tcp, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(m_tcp, 8) == 0
            && ::getsockname(m_tcp, reinterpret_cast<sockaddr*>(&address), &size) == 0
            && ::bind(m_udp, reinterpret_cast<sockaddr*>(&address), size) == 0)
            break;
        ::close(m_tcp);
        ::close(m_udp);
        m_tcp = m_udp = -1;
    }
    if (m_tcp < 0 || ::pipe(m_wake) != 0) {
        std::perror("DNS server");
        std::abort();
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { loop(); });
}

DnsServer::~DnsServer() {
    [[maybe_unused]] const auto written = ::write(m_wake[1], "x", 1);
    m_thread.join();
    for (const int descriptor : {m_udp, m_tcp, m_wake[0], m_wake[1]})
        ::close(descriptor);
}

void DnsServer::add(const std::string& name, const std::string& type, const std::string& value) {
    const std::lock_guard lock(m_mutex);
    m_records.emplace(name, std::pair(type, value));
}

void DnsServer::clear(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    m_records.erase(name);
}

void DnsServer::setFault(const std::string& name, Fault fault) {
    const std::lock_guard lock(m_mutex);
    m_faults[name] = fault;
}

std::string DnsServer::address() const { return "127.0.0.1:" + std::to_string(m_port); }

std::vector<std::string> DnsServer::questions() const {
    const std::lock_guard lock(m_mutex);
    return m_questions;
}

void DnsServer::loop() {
    for (;;) {
        std::array<pollfd, 3> waiting{pollfd{m_udp, POLLIN, 0}, pollfd{m_tcp, POLLIN, 0}, pollfd{m_wake[0], POLLIN, 0}};
        ::poll(waiting.data(), waiting.size(), -1);
        if (waiting[2].revents != 0)
            return;
        if (waiting[0].revents != 0) {
            std::array<char, 4096> bytes{};
            sockaddr_in from{};
            socklen_t size = sizeof(from);
            const auto got = ::recvfrom(m_udp, bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
            const std::string reply = got > 12 ? answer(std::string(bytes.data(), std::size_t(got)), false) : std::string();
            if (!reply.empty())
                ::sendto(m_udp, reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
        }
        if (waiting[1].revents != 0)
            serveTcp(::accept4(m_tcp, nullptr, nullptr, SOCK_CLOEXEC));
    }
}

// One question a connection; each message has its length before it (RFC 1035 §4.2.2).
void DnsServer::serveTcp(int socket) {
    std::string in;
    std::array<char, 4096> bytes{};
    const timeval most{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
    for (;;) {
        const auto got = ::recv(socket, bytes.data(), bytes.size(), 0);
        if (got <= 0)
            break;
        in.append(bytes.data(), std::size_t(got));
        if (in.size() < 2)
            continue;
        const std::size_t length = std::size_t(std::uint8_t(in[0])) << 8U | std::uint8_t(in[1]);
        if (in.size() < length + 2)
            continue;
        const std::string reply = answer(in.substr(2, length), true);
        std::string framed;
        put16(framed, unsigned(reply.size()));
        framed += reply;
        ::send(socket, framed.data(), framed.size(), MSG_NOSIGNAL);
        break;
    }
    ::close(socket);
}

std::string DnsServer::answer(const std::string& query, bool tcp) {
    std::string name;
    std::size_t at = 12;
    while (at < query.size() && query[at] != '\0') {
        const auto length = std::size_t(std::uint8_t(query[at]));
        name += (name.empty() ? "" : ".") + query.substr(at + 1, length);
        at += length + 1;
    }
    if (at + 5 > query.size())
        return {};
    name = lowered(name);
    const std::string type = typeName(std::uint8_t(query[at + 1]) << 8 | std::uint8_t(query[at + 2]));
    const std::string question = query.substr(12, at + 5 - 12);

    const std::lock_guard lock(m_mutex);
    m_questions.push_back((tcp ? "tcp " : "") + type + " " + name);
    const auto found = m_faults.find(name);
    const Fault fault = found == m_faults.end() ? Fault::None : found->second;
    if (fault == Fault::Silent)
        return {};
    if (fault == Fault::Garbage)
        return query.substr(0, 2) + std::string("\x81\x80\xff\xff\xff\xff", 6) + "no answer at all";

    std::string records;
    unsigned count = 0;
    bool known = false;
    std::string owner = name;
    for (int hops = 0; hops < 8; ++hops) {
        std::string next;
        const auto [first, last] = m_records.equal_range(owner);
        for (auto it = first; it != last; ++it) {
            known = true;
            const auto& [recordType, value] = it->second;
            if (recordType != type && recordType != "CNAME")
                continue;
            const std::string data = wireData(recordType, value);
            records += wireName(owner);
            put16(records, unsigned(types.at(recordType)));
            put16(records, 1);
            records += std::string("\0\0\0\x3c", 4);
            put16(records, unsigned(data.size()));
            records += data;
            ++count;
            if (recordType == "CNAME")
                next = value;
        }
        if (next.empty())
            break;
        owner = next;
    }
    const bool truncated = !tcp && (fault == Fault::Truncated || records.size() > 1100);
    unsigned code = known ? 0 : 3;
    if (fault == Fault::ServerFailed)
        code = 2;
    if (fault == Fault::Refused)
        code = 5;
    if (code != 0 || truncated) {
        records.clear();
        count = 0;
    }
    if (fault == Fault::CutOff)
        records.resize(records.size() / 2);
    std::string reply = query.substr(0, 2);
    put16(reply, 0x8180U | (truncated ? 0x0200U : 0U) | code);
    put16(reply, 1);
    put16(reply, count);
    put16(reply, 0);
    put16(reply, 0);
    return reply + question + records;
}

} // namespace outrider::test
