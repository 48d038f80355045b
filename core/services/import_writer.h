// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/change_set.h"
#include "core/services/import_matching.h"
#include "core/services/import_plan.h"
#include "core/services/import_source.h"
#include "core/store/store.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace outrider {

// Writes the rows of one file, some thousand a transaction. Used on the writer thread, one chunk after
// the other; what it remembers of a chunk that was rolled back is wrong, so that is the end of it.
//
// Companies and changed leads are journaled row by row, new leads as a range: undone backwards, nothing
// is taken away while something written later still points at it.
class ImportWriter {
public:
    ImportWriter(const ImportOptions& options, const ImportSource& source, MemberId me);

    struct Item {
        exchange::LeadRow row;
        std::vector<std::string> cells; // as they stand in the file
    };

    // Takes some hundred rows at a time, for as long as `goesOn` says so; returns how many. Throws StoreException.
    std::size_t write(store::WriteContext& write, std::span<Item> items, const std::function<bool()>& goesOn);
    // Another write came in between two chunks.
    void othersWrote(const ChangeSet& changes);

    const ImportBatch& batch() const { return m_batch; }
    std::int64_t suppressed() const { return m_suppressed; }
    std::int64_t duplicates() const { return m_duplicates; }
    std::vector<LeadId> takeLeads() { return std::move(m_leads); }

private:
    struct Pending {
        exchange::LeadRow row;
        std::uint32_t person = 0;
        CompanyId company;
        MemberId owner;
    };

    void writeSome(store::WriteContext& write, std::span<Item> items);
    void take(store::WriteContext& write, Item& item);
    void takeAgain(store::WriteContext& write, Item& item, std::uint32_t person);
    void takeCompany(store::WriteContext& write, const exchange::LeadRow& row);
    void mergeInto(Pending& pending, const exchange::LeadRow& row) const;
    void apply(store::WriteContext& write, const exchange::LeadRow& row, LeadUpdate update);
    void insertPending(store::WriteContext& write);
    void complete(Pending& pending) const;
    void reject(const Item& item, std::string code, std::string detail);
    void refuseOnly(store::WriteContext& write, const exchange::LeadRow& row);
    void addSuppressions(store::WriteContext& write, const std::vector<ImportSuppression>& entries);
    CompanyId companyOf(store::WriteContext& write, const Company& company);
    struct KnownCompany {
        std::uint64_t said = 0; // what the file said of it last, hashed
        CompanyId id;
    };
    MemberId ownerOf(store::WriteContext& write, const std::string& called);
    std::string trace(const exchange::LeadRow& row) const;

    const ImportPolicy m_policy;
    const std::string m_fileName;
    const std::string m_origin;
    const MemberId m_me;
    ImportBatch m_batch;
    ImportMatcher m_matcher;
    std::int64_t m_suppressed = 0;
    std::int64_t m_duplicates = 0;
    std::vector<LeadId> m_leads;
    std::unordered_map<std::string, std::int64_t> m_companyRows; // of a table of companies: key -> row
    std::unordered_map<std::uint64_t, KnownCompany> m_companies; // by key, hashed: a million rows stay small

    // Of the rows under way
    ImportNames m_names;
    std::vector<Pending> m_pending;
    std::unordered_map<std::uint32_t, std::size_t> m_pendingOf; // person -> index
    std::vector<ImportError> m_errors;
};

} // namespace outrider
