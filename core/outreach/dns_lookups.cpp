// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/dns_lookups.h"

namespace outrider::outreach {

using transport::DnsAnswer;

namespace {
constexpr int mostSilences = 3;
}

const DnsAnswer& DnsLookups::ask(transport::DnsType type, const std::string& name) {
    const auto [found, isNew] = m_answers.try_emplace({type, name});
    DnsAnswer& answer = found->second;
    if (!isNew)
        return answer;
    if (m_silences >= mostSilences) {
        answer.kind = DnsAnswer::Kind::TimedOut;
        return answer;
    }
    answer = m_ask(type, name);
    const bool silent = answer.kind == DnsAnswer::Kind::TimedOut || answer.kind == DnsAnswer::Kind::Unreachable
                        || answer.kind == DnsAnswer::Kind::Cancelled;
    m_silences = silent ? m_silences + 1 : 0;
    return answer;
}

} // namespace outrider::outreach
