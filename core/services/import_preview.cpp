// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_preview.h"

#include "core/exchange/format_signature.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;
using exchange::FieldDifference;
using exchange::LeadRow;
using Kind = ImportPreview::Row::Kind;

namespace {
constexpr int examplesOfAKind = 20;
}

ImportPreviewing::ImportPreviewing(const ImportOptions& options, const ImportSource& source)
    : m_policy(options.policy),
      m_matcher(options.key) {
    const exchange::TableFormat& table = source.table();
    m_preview.format = source.format();
    m_preview.formatTitle = exchange::titleOf(source.mapping().format);
    if (source.knownHeadings() > 0) {
        m_preview.signatureMatched = source.knownHeadings();
        m_preview.signatureOf = int(source.mapping().columns.size());
    }
    m_preview.container = name(table.container);
    m_preview.sheets = table.sheets;
    m_preview.sheet = table.sheet;
    if (table.container == exchange::TableContainer::Text)
        m_preview.delimiter = std::string(1, table.delimiter);
    m_preview.encoding = table.encoding;
    m_preview.bytes = table.bytes;
    for (const exchange::ColumnMapping& column : source.mapping().columns)
        m_preview.columns.push_back(
            {column.header, column.field, column.confidence, exchange::reasonText(column), column.samples});
}

void ImportPreviewing::look(Connection& db, const std::vector<LeadRow>& rows) {
    if (m_preview.rows == 0)
        m_matcher.begin(db);
    const ImportNames names = ImportNames::read(db);
    for (const LeadRow& row : rows)
        lookAt(db, row, names);
}

void ImportPreviewing::lookAt(Connection& db, const LeadRow& row, const ImportNames& names) {
    ++m_preview.rows;
    m_preview.suppressed += row.refuses() ? 1 : 0;
    if (row.deletedThere) {
        ++m_preview.unchanged;
        keep(row, Kind::Same, {}, std::string(deletedRow));
        return;
    }
    if (row.problem != exchange::RowProblem::None) {
        ++m_preview.errors;
        keep(row, Kind::Error, {}, std::string(name(row.problem)), row.problemDetail);
    }
    if (!row.isTaken())
        return;
    if (row.companyOnly) {
        lookAtCompany(db, row);
        return;
    }
    const ImportMatcher::Match match = m_matcher.find(db, row);
    switch (match.kind) {
    case ImportMatcher::Match::Kind::InFile: {
        ++m_preview.duplicates;
        const std::string earlier = std::to_string(m_matcher.rowOf(match.person));
        if (m_matcher.isNamedOtherwise(match.person, row)) {
            ++m_preview.errors;
            keep(row, Kind::Error, {}, std::string(repeatedRow), earlier);
        }
        keep(row, Kind::Duplicate, {}, {}, earlier);
        m_matcher.extend(match.person, row);
        return;
    }
    case ImportMatcher::Match::Kind::Stored: {
        m_matcher.add(row, match.lead);
        LeadUpdate update = planUpdate(db, match.lead, row, m_policy, names);
        const bool changes = update.changesAnything();
        (changes ? m_preview.updated : m_preview.unchanged) += 1;
        keep(row, changes ? Kind::Update : Kind::Same, std::move(update.differences));
        return;
    }
    case ImportMatcher::Match::Kind::None:
        break;
    }
    m_matcher.add(row);
    ++m_preview.added;
    std::vector<FieldDifference> fields;
    if (m_kept[Kind::New] < examplesOfAKind)
        fields = exchange::merged(Lead{}, row.lead, exchange::MergeRule::FillBlanks).differences;
    keep(row, Kind::New, std::move(fields));
}

void ImportPreviewing::lookAtCompany(Connection& db, const LeadRow& row) {
    const auto [earlier, first] = m_companyRows.emplace(companyKeyOf(row.company), row.number);
    if (!first) {
        ++m_preview.duplicates;
        keep(row, Kind::Duplicate, {}, {}, std::to_string(earlier->second));
        return;
    }
    CompanyUpdate update = planCompany(db, row.company, m_policy);
    const Kind kind = !update.before ? Kind::New : update.after != *update.before ? Kind::Update : Kind::Same;
    (kind == Kind::New ? m_preview.added : kind == Kind::Update ? m_preview.updated : m_preview.unchanged) += 1;
    keep(row, kind, std::move(update.differences));
}

void ImportPreviewing::keep(const LeadRow& row, Kind kind, std::vector<FieldDifference> changes, std::string problem,
                            std::string detail) {
    if (++m_kept[kind] > examplesOfAKind)
        return;
    ImportPreview::Row example{.kind = kind,
                               .rowNumber = row.number,
                               .name = row.companyOnly ? std::string() : displayName(row.lead),
                               .company = row.company.name.empty() ? row.company.domain : row.company.name,
                               .problem = std::move(problem),
                               .detail = std::move(detail)};
    for (FieldDifference& change : changes)
        example.changes.push_back({std::move(change.field), std::move(change.before), std::move(change.after), change.kept});
    m_preview.examples.push_back(std::move(example));
}

} // namespace outrider
