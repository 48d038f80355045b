// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/domain/lead.h"

#include <string>
#include <vector>

namespace outrider::exchange {

// Who wins where both say something. What only one says is always kept, except with Keep.
enum class MergeRule {
    FillBlanks, // mine
    Overwrite,  // the file
    Keep,       // mine, and blanks stay blank: only for showing what differs
};

struct FieldDifference {
    std::string field; // its name in core/domain/field.h
    std::string before;
    std::string after;
    bool kept = false; // mine stays

    bool operator==(const FieldDifference&) const = default;
};

struct Merged {
    Lead lead;
    std::vector<FieldDifference> differences;
};

// `mine` with what the file says of the same person. A second address or number is added, never
// dropped: the primary one that loses stays among the others. Not merged: status, owner, reach and the
// company as a row; `companyName` is.
Merged merged(const Lead& mine, const Lead& file, MergeRule rule);

// The same for a company; its domain is what it is known by and stays, a name is only filled in.
Company merged(const Company& mine, const Company& file, MergeRule rule);

} // namespace outrider::exchange
