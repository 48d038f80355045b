// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/dns_query.h"

#include "core/base/log.h"
#include "core/contact/text.h"

#include <ares.h>
#include <ares_nameser.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <mutex>
#include <utility>

namespace outrider::transport {

namespace {

using Kind = DnsAnswer::Kind;

constexpr int mostAddresses = 64;
constexpr std::size_t mostTextBytes = 16384; // of one record
constexpr Millis lookAgain(100);             // whether somebody has cancelled

Kind kindOf(int status) {
    switch (status) {
    case ARES_SUCCESS:
        return Kind::Found;
    case ARES_ENOTFOUND:
    case ARES_EBADNAME:
    case ARES_EBADSTR:
        return Kind::NoName;
    case ARES_ENODATA:
        return Kind::NoRecord;
    case ARES_ESERVFAIL:
    case ARES_EREFUSED:
    case ARES_ENOTIMP:
    case ARES_EFORMERR:
        return Kind::Failed;
    case ARES_ETIMEOUT:
        return Kind::TimedOut;
    case ARES_EBADRESP:
        return Kind::Unreadable;
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION:
        return Kind::Cancelled;
    default:
        return Kind::Unreachable;
    }
}

int numberOf(DnsType type) {
    switch (type) {
    case DnsType::A:
        return ns_t_a;
    case DnsType::Aaaa:
        return ns_t_aaaa;
    case DnsType::Mx:
        return ns_t_mx;
    case DnsType::Ptr:
        return ns_t_ptr;
    case DnsType::Txt:
        return ns_t_txt;
    }
    return ns_t_txt;
}

std::string hostName(const char* text) {
    std::string name = text != nullptr ? text : "";
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    while (name.ends_with('.'))
        name.pop_back();
    return name;
}

// "1.2.0.192.in-addr.arpa" (RFC 1035 §3.5), "…ip6.arpa" (RFC 3596 §2.5); empty for what is no address.
std::string reverseName(const std::string& address) {
    std::array<unsigned char, 16> bytes{};
    std::string name;
    if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
        for (int i = 3; i >= 0; --i)
            name += std::to_string(bytes[std::size_t(i)]) + ".";
        return name + "in-addr.arpa";
    }
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1)
        return {};
    constexpr std::string_view digits = "0123456789abcdef";
    for (int i = 15; i >= 0; --i) {
        const unsigned byte = bytes[std::size_t(i)];
        for (const unsigned nibble : {byte & 0xfU, byte >> 4U}) {
            name += digits[nibble];
            name += '.';
        }
    }
    return name + "ip6.arpa";
}

struct FreeData {
    void operator()(void* data) const { ares_free_data(data); }
};
struct FreeHost {
    void operator()(hostent* host) const { ares_free_hostent(host); }
};

// What is to be shown and kept: records worth reading are ASCII or UTF-8 in one line.
void makeReadable(std::string& text) {
    const bool readable = contact::isUtf8(text);
    for (char& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !readable))
            c = '?';
    }
}

int readTexts(const unsigned char* bytes, int size, std::vector<std::string>& values) {
    ares_txt_ext* first = nullptr;
    const int status = ares_parse_txt_reply_ext(bytes, size, &first);
    const std::unique_ptr<ares_txt_ext, FreeData> owner(first);
    for (const ares_txt_ext* piece = first; piece != nullptr; piece = piece->next) {
        if (piece->record_start != 0 || values.empty())
            values.emplace_back();
        if (values.back().size() + piece->length <= mostTextBytes)
            values.back().append(reinterpret_cast<const char*>(piece->txt), piece->length);
    }
    for (std::string& text : values)
        makeReadable(text);
    return status;
}

int readExchanges(const unsigned char* bytes, int size, std::vector<std::string>& values) {
    ares_mx_reply* first = nullptr;
    const int status = ares_parse_mx_reply(bytes, size, &first);
    const std::unique_ptr<ares_mx_reply, FreeData> owner(first);
    std::vector<std::pair<int, std::string>> hosts;
    for (const ares_mx_reply* one = first; one != nullptr; one = one->next)
        hosts.emplace_back(one->priority, hostName(one->host));
    std::stable_sort(hosts.begin(), hosts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& host : hosts)
        values.push_back(std::move(host.second));
    return status;
}

template <typename Entry, typename Parse, typename Address>
int readAddresses(int family, const unsigned char* bytes, int size, std::vector<std::string>& values, Parse parse,
                  Address address) {
    std::array<Entry, mostAddresses> entries{};
    int count = mostAddresses;
    const int status = parse(bytes, size, nullptr, entries.data(), &count);
    if (status != ARES_SUCCESS)
        return status;
    for (int i = 0; i < count; ++i) {
        std::array<char, INET6_ADDRSTRLEN> text{};
        if (::inet_ntop(family, address(entries[std::size_t(i)]), text.data(), text.size()) != nullptr)
            values.emplace_back(text.data());
    }
    return status;
}

int readNames(const unsigned char* bytes, int size, std::vector<std::string>& values) {
    hostent* host = nullptr;
    const std::array<unsigned char, 4> any{};
    const int status = ares_parse_ptr_reply(bytes, size, any.data(), int(any.size()), AF_INET, &host);
    const std::unique_ptr<hostent, FreeHost> owner(host);
    if (status != ARES_SUCCESS || host == nullptr)
        return status;
    for (char** alias = host->h_aliases; alias != nullptr && *alias != nullptr; ++alias)
        values.push_back(hostName(*alias));
    if (values.empty() && host->h_name != nullptr)
        values.push_back(hostName(host->h_name));
    return status;
}

struct Asked {
    DnsType type = DnsType::Txt;
    bool done = false;
    DnsAnswer answer;
};

// c-ares calls it once for every question, also for one that is cancelled.
void answered(void* of, int status, int, unsigned char* bytes, int size) {
    auto& asked = *static_cast<Asked*>(of);
    asked.done = true;
    if (status == ARES_SUCCESS) {
        std::vector<std::string>& values = asked.answer.values;
        switch (asked.type) {
        case DnsType::Txt:
            status = readTexts(bytes, size, values);
            break;
        case DnsType::Mx:
            status = readExchanges(bytes, size, values);
            break;
        case DnsType::A:
            status = readAddresses<ares_addrttl>(AF_INET, bytes, size, values, ares_parse_a_reply,
                                                 [](const ares_addrttl& entry) { return &entry.ipaddr; });
            break;
        case DnsType::Aaaa:
            status = readAddresses<ares_addr6ttl>(AF_INET6, bytes, size, values, ares_parse_aaaa_reply,
                                                  [](const ares_addr6ttl& entry) { return &entry.ip6addr; });
            break;
        case DnsType::Ptr:
            status = readNames(bytes, size, values);
            break;
        }
    }
    asked.answer.kind = kindOf(status);
    if (asked.answer.kind == Kind::Found && asked.answer.values.empty())
        asked.answer.kind = Kind::NoRecord;
    if (asked.answer.kind != Kind::Found)
        asked.answer.values.clear();
}

// Waits for what the channel's sockets wait for, a short while at most.
void step(ares_channel channel) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const auto bits = static_cast<unsigned>(ares_getsock(channel, sockets.data(), int(sockets.size())));
    std::vector<pollfd> waiting;
    for (unsigned i = 0; i < sockets.size(); ++i) {
        const bool reads = ARES_GETSOCK_READABLE(bits, i) != 0;
        const bool writes = ARES_GETSOCK_WRITABLE(bits, i) != 0;
        if (reads || writes)
            waiting.push_back({sockets[i], short((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), 0});
    }
    timeval most{.tv_sec = 0, .tv_usec = lookAgain.count() * 1000};
    timeval room{};
    const timeval* wait = ares_timeout(channel, &most, &room);
    const int millis = int(wait->tv_sec * 1000 + wait->tv_usec / 1000);
    if (::poll(waiting.data(), nfds_t(waiting.size()), std::max(1, millis)) <= 0) {
        ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        return;
    }
    for (const pollfd& one : waiting) {
        if (one.revents != 0)
            ares_process_fd(channel, (one.revents & (POLLIN | POLLERR | POLLHUP)) != 0 ? one.fd : ARES_SOCKET_BAD,
                            (one.revents & (POLLOUT | POLLERR | POLLHUP)) != 0 ? one.fd : ARES_SOCKET_BAD);
    }
}

} // namespace

struct DnsQuery::Channel {
    ares_channel handle = nullptr;
};

DnsQuery::DnsQuery(const std::string& servers, DnsPatience patience) : m_channel(std::make_unique<Channel>()) {
    static std::once_flag initialised;
    std::call_once(initialised, [] { ares_library_init(ARES_LIB_INIT_ALL); });
    ares_options options{};
    options.timeout = int(patience.firstTry.count());
    options.tries = patience.tries;
    options.ednspsz = 1232; // what passes every path whole (dnsflagday.net/2020)
    // SERVFAIL and REFUSED are told as they are; else c-ares tries the other servers and then says that none was reached.
    options.flags = ARES_FLAG_EDNS | ARES_FLAG_NOCHECKRESP;
    const int made =
        ares_init_options(&m_channel->handle, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ | ARES_OPT_FLAGS);
    if (made != ARES_SUCCESS) {
        m_channel->handle = nullptr;
        qCWarning(logSend, "the DNS cannot be asked: %s", ares_strerror(made));
        return;
    }
    if (!servers.empty() && ares_set_servers_ports_csv(m_channel->handle, servers.c_str()) != ARES_SUCCESS) {
        ares_destroy(m_channel->handle); // rather nobody than somebody else
        m_channel->handle = nullptr;
        qCWarning(logSend, "these are no DNS servers: %s", servers.c_str());
    }
}

DnsQuery::~DnsQuery() {
    if (m_channel->handle != nullptr)
        ares_destroy(m_channel->handle);
}

DnsAnswer DnsQuery::ask(DnsType type, const std::string& name, const Progress& progress) {
    if (progress.cancelled())
        return {Kind::Cancelled, {}};
    if (m_channel->handle == nullptr)
        return {Kind::Unreachable, {}};
    const std::string asked = type == DnsType::Ptr ? reverseName(name) : name;
    if (asked.empty() || asked.size() > 253 || asked.find('\0') != std::string::npos)
        return {Kind::NoName, {}};
    Asked question{.type = type};
    ares_query(m_channel->handle, asked.c_str(), ns_c_in, numberOf(type), answered, &question);
    while (!question.done) {
        if (progress.cancelled())
            ares_cancel(m_channel->handle); // answers it
        else
            step(m_channel->handle);
    }
    return std::move(question.answer);
}

} // namespace outrider::transport
