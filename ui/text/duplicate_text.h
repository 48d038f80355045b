// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/duplicate.h"
#include "core/domain/merge.h"

#include <QString>

namespace outrider::text {

// Duplicates and merges in words, for the window and the command line.

QString reasonText(DuplicateReason reason); // "same e-mail address"
bool speaksAgainst(DuplicateReason reason);
// "Same name, same company; but other addresses".
QString reasonsText(const std::vector<DuplicateReason>& reasons);
QString sureness(int score); // "almost certain", "likely", "possible"

// Why a field says what it says: "the lead that stays", "only one of them says something".
QString whyText(const MergeField& field);
QString movesText(const MergeCounts& counts); // "12 activities, 2 tasks, 1 tag"; "nothing" without any
QString inFlightText(const MergeInFlight& message);
// What became of a split: "14 things given back; 2 newer ones stay with Ada Doe".
QString splitText(const SplitReport& report);

} // namespace outrider::text
