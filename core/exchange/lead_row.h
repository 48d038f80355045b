// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/domain/lead.h"
#include "core/exchange/column_mapping.h"
#include "core/exchange/table_reader.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::contact {
class PhoneNumberReader;
}

namespace outrider::exchange {

// What is wrong with a row. The names are machine names, stable, worded by ui/text.
enum class RowProblem {
    None,
    BrokenEmail,  // "invalid_email": taken without it when the person is known by something else
    BrokenPhone,  // "invalid_phone": nothing else says who it is
    NoIdentity,   // "no_identity": no name, address, number or profile
    TooManyCells, // "too_many_cells": they stand in the wrong columns
    OpenQuote,    // "open_quote": a cell holds what looks like further rows
};

std::string_view name(RowProblem problem);

// A row of a mapped table, normalised as everything else is (core/contact).
struct LeadRow {
    std::int64_t number = 0;   // as a spreadsheet counts
    Lead lead;                 // without ids, company, status, owner, reach and moments
    Company company;           // with its domain, also when only the person's address tells it
    bool companyOnly = false;  // a table of companies: there is no lead in it
    std::string owner;         // a name or an address
    std::string status;        // as the file calls it; also in lead.custom
    std::string note;          // its notes, line breaks and all
    bool deletedThere = false; // marked as deleted where it comes from

    // What must never be lost or turned round.
    bool refusesEmail = false;
    bool refusesPhone = false;
    bool doNotContact = false; // refuses both
    bool bounced = false;      // the primary address
    bool replied = false;
    std::string refusal; // where the file says so: "HasOptedOutOfEmail: true"

    RowProblem problem = RowProblem::None;
    std::string problemDetail;

    // Whether there is a lead, or a company, to take.
    bool isTaken() const { return companyOnly || (hasIdentity(lead) && !isMisread()); }

    bool isMisread() const { return problem == RowProblem::TooManyCells || problem == RowProblem::OpenQuote; }

    bool refuses() const { return refusesEmail || refusesPhone || doNotContact; }
};

// Makes leads of the rows of one table. What has no field of its own, and is worth keeping (the status
// and stage there, dates, the verdict of a verification), becomes a custom value of the column's field:
// "source_stage", "linkedin_connected_on". Not thread-safe: it remembers numbers.
class LeadRowReader {
public:
    // `sample` tells whether rows are wider than the header throughout.
    LeadRowReader(const TableMapping& mapping, const std::vector<std::vector<std::string>>& sample);
    ~LeadRowReader();
    LeadRowReader(const LeadRowReader&) = delete;
    LeadRowReader& operator=(const LeadRowReader&) = delete;

    LeadRow read(const TableRow& row);

    // Whether anything in the table can say who a lead is, or which company.
    bool canIdentify() const { return m_persons || m_companies; }

private:
    enum class Target;
    struct Column;
    static Target targetOf(const ColumnMapping& column);

    std::vector<Column> m_columns;
    std::unique_ptr<contact::PhoneNumberReader> m_numbers;
    bool m_persons = false;
    bool m_companies = false;
    bool m_wide = false;
};

// The text fields of a lead that are taken as they are written.
struct PlainLeadField {
    std::string_view field;
    std::string Lead::*member;
};

std::span<const PlainLeadField> plainLeadFields();

} // namespace outrider::exchange
