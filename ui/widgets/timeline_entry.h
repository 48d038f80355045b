// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/timeline.h"
#include "ui/text/dates.h"

#include <QString>

namespace outrider::widgets {

// What a timeline says of one entry: a line that names it, and the fact that belongs to it.
struct EntryWords {
    QString title;
    QString detail; // may be empty
};
// `dates`: for when a meeting is; without them that is left out.
EntryWords wordsOf(const TimelineEntry& entry, const text::Dates* dates = nullptr);

} // namespace outrider::widgets
