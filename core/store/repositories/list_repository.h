// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/person_list.h"
#include "core/store/store.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Lists a person puts leads on. How many are on one is kept by a trigger (migrations/0024_merges). Throws StoreException.
class ListRepository {
public:
    explicit ListRepository(Connection& db) : m_db(db) {}

    std::vector<PersonList> all(bool withArchived); // by name
    std::optional<PersonList> find(ListId id);
    std::optional<PersonList> findByName(std::string_view name); // case and accents ignored
    std::vector<PersonList> ofLead(LeadId lead);
    std::vector<LeadId> members(ListId id); // not in the trash, in the order of their ids

    ListId insert(WriteContext& write, std::string_view name); // AlreadyExists
    void rename(WriteContext& write, ListId id, std::string_view name);
    void setArchived(WriteContext& write, ListId id, bool archived);
    void remove(WriteContext& write, ListId id);
    // How many were not on it yet; were on it.
    std::int64_t add(WriteContext& write, ListId id, std::span<const LeadId> leads);
    std::int64_t take(WriteContext& write, ListId id, std::span<const LeadId> leads);

    // Where the leads of a strategy came from. Reads each enrolment, so a large strategy takes a second.
    std::vector<StrategySource> sourcesOf(StrategyId strategy);

    static std::vector<std::string> statements(); // for the plan test

private:
    void requireFree(std::string_view nameKey, ListId except);
    Connection& m_db;
};

} // namespace outrider::store
