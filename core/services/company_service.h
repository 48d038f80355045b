// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/company_list.h"
#include "core/domain/lead_list.h"

#include <QFuture>

#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// A company with everything its page shows beside the history.
struct CompanyDetail {
    Company company;
    CompanyPeople people;
    std::vector<LeadListRow> leads; // who was touched last first; at most mostLeads of them

    static constexpr int mostLeads = 200;
};

// Companies: their list, and one with its people and their history as one. Thread-safe; every call returns at once.
class CompanyService {
public:
    explicit CompanyService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<CompanyPage>> page(CompanyQuery query);
    QFuture<Result<CompanyDetail>> detail(CompanyId id); // NotFound
    QFuture<Result<CompanyTimelinePage>> timeline(CompanyId id, std::string after, int limit);

private:
    ServiceContext& m_context;
};

} // namespace outrider
