// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"

#include <cstdint>
#include <string>

namespace outrider {

// Where what a field of a lead says comes from.
struct FieldOrigin {
    std::string field; // core/domain/field.h; "tag" once for each, "custom:…", "contact" once for each
    std::string value; // what it says now
    // The action that said so, last; without an id when the journal no longer reaches back that far.
    HistoryEntry entry;
    std::string actorName;
    std::string importFile; // of an import: the file and, when the row is known, its number
    std::int64_t importRow = 0;
    MessageId message; // of an incoming message: which
    std::string messageSubject;
};

} // namespace outrider
