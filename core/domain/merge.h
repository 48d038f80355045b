// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/history.h"
#include "core/domain/ids.h"
#include "core/domain/outbox.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace outrider {

// Why a field of a merged lead says what it says, unless the person chose.
enum class MergeWhy {
    Same,      // both say it
    OnlyKept,  // the other one says nothing
    OnlyGone,  // the lead that stays says nothing
    Stays,     // the lead that stays has the word
    Reachable, // the other address bounced
    Stricter,  // whoever may not be reached may not be reached
    Final,     // a status that ends work holds
    Higher,    // a score
    Chosen,    // by the person
};

inline constexpr auto mergeWhyNames = enumNames<MergeWhy>({
    {MergeWhy::Same, "same"},
    {MergeWhy::OnlyKept, "only_kept"},
    {MergeWhy::OnlyGone, "only_gone"},
    {MergeWhy::Stays, "stays"},
    {MergeWhy::Reachable, "reachable"},
    {MergeWhy::Stricter, "stricter"},
    {MergeWhy::Final, "final"},
    {MergeWhy::Higher, "higher"},
    {MergeWhy::Chosen, "chosen"},
});

// One field of two leads, side by side.
struct MergeField {
    std::string field; // core/domain/field.h; "reach", "custom:…"
    std::string kept;  // what the lead that stays says; empty: nothing
    std::string gone;
    bool takesGone = false;
    MergeWhy why = MergeWhy::Same;
    bool choosable = true;           // false: the stricter holds, nobody chooses
    std::optional<Instant> keptSaid; // when each was said, as far as the journal knows
    std::optional<Instant> goneSaid;

    bool operator==(const MergeField&) const = default;
};

// What hangs on a lead and goes with it.
struct MergeCounts {
    std::int64_t activities = 0;
    std::int64_t tasks = 0;
    std::int64_t enrolments = 0;
    std::int64_t messages = 0;
    std::int64_t contacts = 0; // addresses, numbers, profiles the other lead did not have
    std::int64_t tags = 0;
    std::int64_t lists = 0;
    std::int64_t other = 0; // values of fields of one's own, meetings

    bool operator==(const MergeCounts&) const = default;
};

// A message on its way to either of them. One stays; those that are being sent, or may have left, are not touched.
struct MergeInFlight {
    OutboxId id;
    std::string subject;
    std::string recipient;
    OutboxState state = OutboxState::Queued;
    bool dropped = false;
};

// Two leads before they are merged: nothing is written.
struct MergeComparison {
    LeadId kept;
    LeadId gone;
    std::string keptName;
    std::string goneName;
    std::vector<MergeField> fields;           // in the order a page shows them; those nobody says are left out
    MergeCounts moves;                        // from the one that goes
    std::vector<std::string> strategiesTwice; // running for both: one of them ends
    std::vector<MergeInFlight> inFlight;
};

// Whose value a field takes against the usual choice.
struct MergeChoice {
    std::set<std::string> takeGone;
    std::set<std::string> takeKept;
};

// One that was done, with what became of it.
struct MergeReport {
    MergeId id;
    ActionId action;
    MergeComparison done; // as it was decided
};

// A merge that stands.
struct MergeRecord {
    MergeId id;
    ActionId action;
    LeadId kept;
    LeadId gone;
    std::string keptName;
    std::string goneName;
    Instant at{};
    std::int64_t parts = 0; // rows and values it moved or changed
};

// A merge taken apart: each has again what was theirs.
struct SplitReport {
    LeadId kept;
    LeadId gone;
    std::string keptName;
    std::string goneName;
    std::int64_t restored = 0;           // rows and values given back
    std::int64_t stayed = 0;             // entries, tasks and messages that came since and stay with the survivor
    std::vector<UndoConflict> conflicts; // what somebody changed since, and is left as it is
};

} // namespace outrider
