// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrolment.h"
#include "core/domain/status.h"
#include "core/domain/task.h"

#include <vector>

namespace outrider {

// Auto-stop: a terminal status clears the next task and stops every strategy of the lead, whoever
// sets it. This function is the rule; the trigger lead_auto_stop in the store's schema holds the
// same rule for every other way a status can change, and a test keeps the two in step.
struct AutoStop {
    std::vector<EnrolmentId> stop;
    std::vector<TaskId> cancel;
};

// What must end when a lead with these enrolments and tasks moves to `status`: every running
// enrolment and every open task. A task set by hand afterwards ("send the contract on Monday") is
// the person's own and stays.
AutoStop autoStop(const Status& status, const std::vector<Enrolment>& enrolments, const std::vector<Task>& tasks);

} // namespace outrider
