// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// A text message the provider has taken, and what it has said about it since.
struct PhoneDelivery {
    OutboxId outbox;
    std::string sid; // the provider's name for it
    std::string status;
    int asked = 0;
    std::optional<Instant> askAt; // none: settled, or given up
};

// Of text messages alone; every call within a transaction. Throws StoreException.
class PhoneDeliveryRepository {
public:
    explicit PhoneDeliveryRepository(Connection& db) : m_db(db) {}

    void insert(WriteContext& write, OutboxId outbox, std::string_view sid, Instant askAt);
    std::optional<PhoneDelivery> of(OutboxId outbox);
    // Whether another message than that one is called so by the provider.
    bool isAnothers(std::string_view sid, OutboxId outbox);
    std::vector<PhoneDelivery> due(MailboxId line, Instant now, int limit);
    std::optional<Instant> nextDue(MailboxId line);
    void asked(WriteContext& write, OutboxId outbox, std::string_view status, std::optional<Instant> askAgain);

private:
    Connection& m_db;
};

} // namespace outrider::store
