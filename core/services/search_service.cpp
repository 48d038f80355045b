// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/search_service.h"

#include "core/contact/text.h"
#include "core/services/service_context.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/strategy_repository.h"

namespace outrider {

using namespace outrider::store;

QFuture<Result<std::vector<SearchHit>>> SearchService::search(std::string words, Limits limits) {
    return m_context.store().read([words = std::move(words), limits](ReadContext& r) -> Result<std::vector<SearchHit>> {
        std::vector<SearchHit> hits = LeadListRepository(r.db).search(words, limits.leads);
        for (auto&& part :
             {CompanyRepository(r.db).search(words, limits.companies), ActivityRepository(r.db).search(words, limits.texts)})
            hits.insert(hits.end(), part.begin(), part.end());
        const std::string wanted = contact::unaccented(contact::collapsed(words));
        int strategies = 0;
        for (const StrategySummary& summary : StrategyRepository(r.db).all()) {
            if (wanted.empty() || strategies == limits.strategies)
                break;
            if (contact::unaccented(summary.strategy.name).find(wanted) == std::string::npos)
                continue;
            ++strategies;
            hits.push_back({.kind = SearchHit::Kind::Strategy,
                            .strategy = summary.strategy.id,
                            .title = summary.strategy.name,
                            .count = int(summary.running)});
        }
        return hits;
    });
}

} // namespace outrider
