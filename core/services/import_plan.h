// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/member.h"
#include "core/domain/status.h"
#include "core/domain/suppression.h"
#include "core/exchange/lead_merge.h"
#include "core/exchange/lead_row.h"
#include "core/services/import_service.h"
#include "core/store/sqlite/connection.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// Why a row is kept to be looked at, or left out, besides exchange::RowProblem; worded by ui/text.
inline constexpr std::string_view repeatedRow = "repeats_row";  // another name behind the same key; detail: the row
inline constexpr std::string_view deletedRow = "deleted_there"; // marked as deleted where it comes from

// What one row does to what the workspace knows, decided once: the preview shows it, the import does it.

struct ImportSuppression {
    SuppressionKind kind = SuppressionKind::Email;
    std::string key;
    SuppressionReason reason = SuppressionReason::Imported;
};

// Every address and number of the lead that the row says not to use.
std::vector<ImportSuppression> suppressionsOf(const Lead& lead, const exchange::LeadRow& row);

// How far a lead may be reached after the row; never further than before.
Reach reachAfter(Reach before, const Lead& lead, const exchange::LeadRow& row);

// The workspace's names, looked up for every row.
struct ImportNames {
    std::vector<Status> statuses;
    std::vector<Member> members;

    static ImportNames read(store::Connection& db);
    // The status the file calls so; nothing for one of its own.
    std::optional<StatusId> status(std::string_view called) const;
    std::optional<MemberId> member(std::string_view called) const;
    bool isTerminal(StatusId id) const;
};

// What happens to a lead of the workspace.
struct LeadUpdate {
    Lead before;
    Lead after; // company and owner still as before
    std::vector<exchange::FieldDifference> differences;
    std::optional<StatusId> status;
    Reach reach = Reach::Ok;
    bool relinks = false; // its company is to be found anew
    std::string owner;    // to be found or made; empty: stays
    bool addsNote = false;
    std::optional<Company> companyBefore; // its company, when the row fills it
    Company companyAfter;
    std::vector<ImportSuppression> suppressions; // that are not there yet

    bool changesAnything() const;
};
LeadUpdate planUpdate(store::Connection& db, LeadId lead, const exchange::LeadRow& row, ImportPolicy policy,
                      const ImportNames& names);

// The same for a row that is a company and no lead.
struct CompanyUpdate {
    std::optional<Company> before; // nothing: a new one
    Company after;
    std::vector<exchange::FieldDifference> differences;
};
CompanyUpdate planCompany(store::Connection& db, const Company& row, ImportPolicy policy);

// By what a company of a file is known among its rows.
std::string companyKeyOf(const Company& company);

} // namespace outrider
