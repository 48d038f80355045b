// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// The practice mailbox's server side: what its invented prospects have written, and when it arrives.
class PracticeMailRepository {
public:
    explicit PracticeMailRepository(Connection& db) : m_db(db) {}

    struct Mail {
        std::int64_t uid = 0;
        Instant arrivesAt{};
        std::string raw;
    };

    void deliver(WriteContext& write, Instant arrivesAt, std::string_view raw);
    std::vector<Mail> arrived(std::int64_t afterUid, Instant now, int limit);
    std::optional<Instant> nextArrival(Instant after);

private:
    Connection& m_db;
};

} // namespace outrider::store
