// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/send_check.h"
#include "core/outreach/send_gate.h"
#include "core/outreach/strategy_flow.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace outrider::store {
class Connection;
}

namespace outrider::outreach {

// Gathers what the send gate asks about the messages of one mailbox, inside one transaction; what is the same for many of
// them is read once. Throws StoreException.
class SendQuestions {
public:
    SendQuestions(store::Connection& db, Instant now, const Mailbox& mailbox, const Surroundings& surroundings)
        : m_db(db),
          m_now(now),
          m_mailbox(mailbox),
          m_surroundings(surroundings) {}

    SendGate gate(const OutboxItem& item);
    // The same told one by one, for a person who asks why.
    std::vector<SendCheck> checks(const OutboxItem& item);

private:
    template <typename Fn>
    auto ask(const OutboxItem& item, Fn&& fn);
    std::optional<Window> windowOf(StepId step, StrategyVersionId version);

    store::Connection& m_db;
    const Instant m_now;
    const Mailbox& m_mailbox;
    const Surroundings& m_surroundings;
    std::map<std::pair<StepId, StrategyVersionId>, std::optional<Window>> m_windows;
};

} // namespace outrider::outreach
