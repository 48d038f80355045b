// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provenance.h"
#include "core/store/sqlite/connection.h"

#include <vector>

namespace outrider::store {

// Where every field of a lead comes from that says something: the last action still in force that said so,
// else the one that made the lead. What an undo put back comes from whoever had said it before. Empty: no such
// lead. Throws StoreException.
std::vector<FieldOrigin> provenance(Connection& db, LeadId lead);

} // namespace outrider::store
