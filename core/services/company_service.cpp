// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/company_service.h"

#include "core/services/service_context.h"
#include "core/store/repositories/company_list_repository.h"
#include "core/store/repositories/company_repository.h"

namespace outrider {

using namespace outrider::store;

QFuture<Result<CompanyPage>> CompanyService::page(CompanyQuery query) {
    return m_context.store().read([query = std::move(query)](ReadContext& r) { return CompanyListRepository(r.db).page(query); });
}

QFuture<Result<CompanyDetail>> CompanyService::detail(CompanyId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<CompanyDetail> {
        auto company = CompanyRepository(r.db).find(id);
        if (!company)
            return fail(ErrorCode::NotFound, "company " + std::to_string(id.value));
        CompanyListRepository repository(r.db);
        return CompanyDetail{.company = std::move(*company),
                             .people = repository.people(id),
                             .leads = repository.leads(id, CompanyDetail::mostLeads)};
    });
}

QFuture<Result<CompanyTimelinePage>> CompanyService::timeline(CompanyId id, std::string after, int limit) {
    return m_context.store().read(
        [id, after = std::move(after), limit](ReadContext& r) { return CompanyListRepository(r.db).timeline(id, after, limit); });
}

} // namespace outrider
