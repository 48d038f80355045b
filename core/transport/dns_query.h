// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/domain/enum_names.h"

#include <memory>
#include <string>
#include <vector>

namespace outrider::transport {

enum class DnsType { A, Aaaa, Mx, Ptr, Txt };

// What the DNS said, or why it said nothing.
struct DnsAnswer {
    enum class Kind {
        Found,
        NoName,      // NXDOMAIN, or a name no server could know
        NoRecord,    // the name is there, of that type nothing
        Failed,      // SERVFAIL, REFUSED: the domain's servers are out of order
        TimedOut,    // nobody answered
        Unreadable,  // what came was no answer
        Unreachable, // no server could be asked: no network
        Cancelled,
    };
    Kind kind = Kind::NoName;
    // A, AAAA: addresses; MX: hosts, the most wanted first, "" for a null MX (RFC 7505); PTR: names; TXT: texts, the
    // pieces of each joined (RFC 7208 §3.3). Names are lower case, without their final dot.
    std::vector<std::string> values;

    bool found() const { return kind == Kind::Found; }
    // A fact, and not that nobody could be asked.
    bool isAnswer() const { return kind == Kind::Found || kind == Kind::NoName || kind == Kind::NoRecord; }
};

inline constexpr auto dnsAnswerNames = enumNames<DnsAnswer::Kind>({
    {DnsAnswer::Kind::Found, "found"},
    {DnsAnswer::Kind::NoName, "no_name"},
    {DnsAnswer::Kind::NoRecord, "no_record"},
    {DnsAnswer::Kind::Failed, "server_failed"},
    {DnsAnswer::Kind::TimedOut, "timed_out"},
    {DnsAnswer::Kind::Unreadable, "unreadable"},
    {DnsAnswer::Kind::Unreachable, "unreachable"},
    {DnsAnswer::Kind::Cancelled, "cancelled"},
});

struct DnsPatience {
    Millis firstTry = std::chrono::seconds(2); // doubled with each further one
    int tries = 3;
};

// Questions to the DNS (RFC 1035; over TCP where an answer does not fit a packet), through c-ares and not the
// system's resolver, so that a test can answer them. One thread at a time; ask() blocks, is bounded and can be
// cancelled.
class DnsQuery {
public:
    // "127.0.0.1:5353", several between commas; empty: the system's servers.
    explicit DnsQuery(const std::string& servers = {}, DnsPatience patience = {});
    ~DnsQuery();
    DnsQuery(const DnsQuery&) = delete;
    DnsQuery& operator=(const DnsQuery&) = delete;

    // For PTR, `name` is an address.
    DnsAnswer ask(DnsType type, const std::string& name, const Progress& progress);

private:
    struct Channel;
    std::unique_ptr<Channel> m_channel;
};

} // namespace outrider::transport
