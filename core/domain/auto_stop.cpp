// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/auto_stop.h"

namespace outrider {

AutoStop autoStop(const Status& status, const std::vector<Enrolment>& enrolments, const std::vector<Task>& tasks) {
    AutoStop effects;
    if (!status.isTerminal())
        return effects;
    for (const Enrolment& enrolment : enrolments) {
        if (enrolment.isRunning())
            effects.stop.push_back(enrolment.id);
    }
    for (const Task& task : tasks) {
        if (task.state == TaskState::Open)
            effects.cancel.push_back(task.id);
    }
    return effects;
}

} // namespace outrider
