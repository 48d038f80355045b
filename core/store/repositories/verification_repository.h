// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/verification.h"
#include "core/store/store.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// What is known of addresses, of the domains they are at, and what a verifier has charged. Throws StoreException.
class VerificationRepository {
public:
    explicit VerificationRepository(Connection& db) : m_db(db) {}

    std::optional<AddressVerdict> verdict(std::string_view key);
    void set(WriteContext& write, const AddressVerdict& verdict);
    void forget(std::string_view key); // of a person who is erased

    std::optional<AddressFinding> domain(std::string_view domain, Instant since);
    void setDomain(WriteContext& write, std::string_view domain, AddressFinding finding);

    void charge(WriteContext& write, const VerifierUse& use);
    std::vector<VerifierUse> uses(int limit); // newest first
    std::int64_t chargedSince(Instant moment);

    // An address of each of those leads, once each, in the order of the leads.
    std::vector<std::string> addressesOf(std::span<const LeadId> leads);
    // Adds those leads' numbers; what was checked before `fresh` is stale.
    void count(VerificationCounts& counts, std::span<const LeadId> leads, Instant fresh);

    // How far the leads of the files read from `from` until before `to` have come.
    PipelineWeek pipeline(Instant from, Instant to);

private:
    Connection& m_db;
};

} // namespace outrider::store
