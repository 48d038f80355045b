// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/practice_strategies.h"

#include <vector>

namespace outrider::practice {

// What part each of the people plays on the day the practice workspace is made.
struct PracticeRole {
    enum class Part {
        New,      // nobody has worked on them yet
        DueToday, // at `step`
        Overdue,  // at `step`
        DueLater, // at `step`, within two weeks
        Replied,  // after `step` steps; days ago: `daysAgo`
        Bounced,  // after the first mail
        Away,     // out of office since the last mail
        OptedOut, // after the first mail
        Meeting,  // agreed in the last of `step` steps, a call
        NotNow,   // said in it
        Never,    // said in it
        Finished, // all steps done, nothing came
    };
    Part part = Part::New;
    PracticeStrategy strategy = PracticeStrategy::DockDelays;
    int step = 0;
    int daysAgo = 0;
    bool handled = true; // a reply the person has dealt with
};

// One for each of practicePeople(), in their order.
std::vector<PracticeRole> practiceRoles();

} // namespace outrider::practice
