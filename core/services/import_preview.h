// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/import_matching.h"
#include "core/services/import_plan.h"
#include "core/services/import_source.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace outrider {

// Counts what an import would do, row after row, the way ImportWriter does it. Changes nothing.
class ImportPreviewing {
public:
    ImportPreviewing(const ImportOptions& options, const ImportSource& source);

    // Throws StoreException.
    void look(store::Connection& db, const std::vector<exchange::LeadRow>& rows);

    ImportPreview finish() { return std::move(m_preview); }

private:
    void lookAt(store::Connection& db, const exchange::LeadRow& row, const ImportNames& names);
    void lookAtCompany(store::Connection& db, const exchange::LeadRow& row);
    void keep(const exchange::LeadRow& row, ImportPreview::Row::Kind kind, std::vector<exchange::FieldDifference> changes = {},
              std::string problem = {}, std::string detail = {});

    const ImportPolicy m_policy;
    ImportMatcher m_matcher;
    std::unordered_map<std::string, std::int64_t> m_companyRows;
    std::map<ImportPreview::Row::Kind, int> m_kept;
    ImportPreview m_preview;
};

} // namespace outrider
