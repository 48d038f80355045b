// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_list_row.h"

// What is asked of a list beside its pages: single rows, all anchors at once, values of custom fields.

namespace outrider::store {

void LeadListRepository::addCustom(std::vector<LeadListRow>& rows, const std::vector<std::string>& keys) {
    std::map<std::int64_t, LeadListRow*> byId;
    std::vector<std::int64_t> ids;
    for (LeadListRow& row : rows) {
        row.custom.assign(keys.size(), {});
        byId.emplace(row.id.value, &row);
        ids.push_back(row.id.value);
    }
    CustomFieldRepository(m_db).eachValue(
        ids, keys, [&byId](std::int64_t lead, std::size_t key, std::string_view value) { byId.at(lead)->custom[key] = value; });
}

Result<std::vector<ListCursor>> LeadListRepository::anchors(const LeadQuery& query, const FilterContext& context, int pageSize) {
    AnchorStep step;
    while (!step.done)
        OUTRIDER_TRY(anchorsMore(step, query, context, pageSize));
    return std::move(step.anchors);
}

std::optional<LeadListRow> LeadListRepository::row(LeadId id) {
    Statement row = m_db.query(leadListRowSql() + " WHERE l.id = ?1", id);
    return row.step() ? std::optional(readLeadListRow(row)) : std::nullopt;
}

} // namespace outrider::store
