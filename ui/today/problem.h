// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/queue_service.h"

#include <QString>

namespace outrider::today {

// Why a task cannot be done as it is, and the way out of it. A plain value.
struct Problem {
    enum class Way {
        None,
        FillIn,   // `field` of the lead
        EditText, // write it by hand
        AddMailbox,
        OpenStrategy, // its template is wrong
    };
    QString sentence; // empty: there is none
    QString verb;
    Way way = Way::None;
    QString field;
    bool blocks = true; // false: it can be done all the same
};

Problem problemOf(const TaskDetail& task);

} // namespace outrider::today
