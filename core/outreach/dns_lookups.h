// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/dns_query.h"

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace outrider::outreach {

// How the rules ask the DNS: transport::DnsQuery::ask, or what a test or the practice workspace answers.
using AskDns = std::function<transport::DnsAnswer(transport::DnsType type, const std::string& name)>;

// Asks each question once. After a few that nobody answered in a row, nobody is asked any more: a person waits.
class DnsLookups {
public:
    explicit DnsLookups(AskDns ask) : m_ask(std::move(ask)) {}

    const transport::DnsAnswer& ask(transport::DnsType type, const std::string& name);

private:
    AskDns m_ask;
    int m_silences = 0;
    std::map<std::pair<transport::DnsType, std::string>, transport::DnsAnswer> m_answers;
};

} // namespace outrider::outreach
