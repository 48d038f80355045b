// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/practice_story.h"

namespace outrider::practice {

// The meetings the story has led to: with leads who said yes, and the person's own, of which only the time is known.
// Throws StoreException.
void addPracticeMeetings(store::WriteContext& write, const PracticeStage& stage);

} // namespace outrider::practice
