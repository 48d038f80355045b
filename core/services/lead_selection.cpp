// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/lead_selection.h"

#include "core/services/service_context.h"
#include "core/store/repositories/lead_list_repository.h"

#include <unordered_set>

namespace outrider {

using store::ReadContext;

std::function<Result<std::vector<LeadId>>()> leadsOf(ServiceContext& context, LeadSelection selection) {
    return [&context, selection = std::move(selection)]() -> Result<std::vector<LeadId>> {
        if (!selection.filter)
            return selection.ids;
        OUTRIDER_ASSIGN(std::vector<LeadId> ids, wait(context.store().read([&](ReadContext& r) -> Result<std::vector<LeadId>> {
                            return store::LeadListRepository(r).ids(*selection.filter, context.filterContext());
                        })));
        if (!selection.except.empty()) {
            const std::unordered_set<LeadId> except(selection.except.begin(), selection.except.end());
            std::erase_if(ids, [&except](LeadId id) { return except.contains(id); });
        }
        return ids;
    };
}

} // namespace outrider
