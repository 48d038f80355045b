// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inbound/mail_match.h"
#include "core/outreach/strategy_flow.h"
#include "core/services/inbox_service.h"

#include <cstddef>
#include <vector>

namespace outrider {

class ServiceContext;

// Files mails that came in, some of them in a transaction, each an action of its own. Most mail is nobody's, and then
// nothing is written. Blocks; one thread.
class MailBatch {
public:
    // Counts what it does in `report`, which must outlive it.
    MailBatch(ServiceContext& context, FetchReport& report) : m_context(context), m_report(report) {}

    void add(inbound::IncomingMail mail);
    bool isFull() const { return m_mails.size() >= mostMails || m_bytes >= mostBytes; }
    // Files what was added, in that order. After an error some of it may be filed; again is harmless.
    Result<> flush();

    static constexpr std::size_t mostMails = 100;
    static constexpr std::size_t mostBytes = 4U * 1024 * 1024;

private:
    struct Found;
    Result<std::vector<Found>> find();
    Result<> apply(store::WriteContext& write, const outreach::Surroundings& surroundings, std::size_t mail, const Found& found);
    void count(const inbound::IncomingMail& mail, const Found& found);

    ServiceContext& m_context;
    FetchReport& m_report;
    std::vector<inbound::IncomingMail> m_mails;
    std::size_t m_bytes = 0;
};

} // namespace outrider
