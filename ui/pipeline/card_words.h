// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/board.h"
#include "ui/text/dates.h"
#include "ui/theme/icons.h"

#include <QString>

namespace outrider::pipeline {

// A card as it is painted: everything worded, so that painting neither converts nor formats.
struct Card {
    enum class Tone { Plain, Late, Waits };

    LeadListRow row;
    QString name;
    QString company;
    QString score;
    QString step; // what comes next, or why nothing does
    theme::Icon icon = theme::Icon::None;
    Tone tone = Tone::Plain;
    QString progress; // "2/5": how far in its strategy
    QString spoken;   // the whole of it
};

Card makeCard(LeadListRow row, const Status& status, const text::Dates& dates, Instant now);

// What moving the card to another stage does beside it: "Stops Cold chain Q4". Empty: nothing.
QString consequence(const LeadListRow& row, const Status& from, const Status& to);

// What stands below a stage's name, whoever is moved there.
QString stageNote(const Status& status);

// "Sort: score", and "score" alone.
QString sortName(BoardSort sort);

// Whether a card stands before another in a column; the column's own order.
bool standsBefore(const LeadListRow& one, const LeadListRow& other, BoardSort sort);

} // namespace outrider::pipeline
