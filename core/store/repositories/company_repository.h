// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

class CompanyRepository {
public:
    explicit CompanyRepository(Connection& db) : m_db(db) {}

    std::optional<Company> find(CompanyId id);
    std::optional<CompanyId> findByDomain(std::string_view domain);
    // A company known by name alone: never one that has another domain than the one asked for.
    std::optional<CompanyId> findByName(std::string_view name);

    // The company of that domain, else of that name, else a new one. What is blank in the stored one is
    // filled from `company`; nothing is overwritten. No company (id 0) when it has neither.
    CompanyId findOrCreate(WriteContext& write, const Company& company);

    void insert(WriteContext& write, Company& company);
    void update(WriteContext& write, const Company& before, const Company& after);

    int leadCount(CompanyId id);

private:
    Connection& m_db;
};

} // namespace outrider::store
