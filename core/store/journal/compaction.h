// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <cstdint>
#include <optional>

namespace outrider::store {

// Keeping the journal as long as the workspace wants it, no longer. What is forgotten is what exactly an
// action changed: it can no longer be undone, looked back behind or asked for the origin of a field. That
// it was done, by whom and when, stays in the history.

// Since when the journal is whole; nothing: it always was.
std::optional<Instant> journalFloor(Connection& db);

// Forgets the oldest changes of actions before that moment, at most `most`; whether there are more. For
// Store::writeSilently, a chunk at a time. An action from then on can always be undone.
bool forgetChangesBefore(WriteContext& write, Instant before, int most);

// The number of the last change done at or before the moment: by the last such action, and the first of the one
// after it, so that a long action counts as far as it had come.
std::int64_t lastChangeBy(Connection& db, Instant moment);

// About how many bytes the journal takes, and how many of them changes of actions before that moment: the rows are
// counted by their numbers, their size is that of some hundreds.
struct JournalSpace {
    std::int64_t bytes = 0;
    std::int64_t bytesBefore = 0;
};
JournalSpace journalSpace(Connection& db, Instant before);

// What contradicts itself in the journal, a line each (store/doctor.h).
std::vector<std::string> examineJournal(Connection& db);

} // namespace outrider::store
