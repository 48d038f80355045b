// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/leads/filter_words.h"
#include "ui/theme/icons.h"

#include <QList>
#include <QString>

namespace outrider::leads {

// What could be meant at the cursor of a half-written filter: fields, conditions, values. Pure.
struct Suggestion {
    QString text; // shown: "last touch", "strategy:none"
    QString hint; // right: "date", a count
    theme::Icon icon = theme::Icon::None;
    QString insert; // replaces what is written between Completion::from and the cursor
    int boldFrom = 0;
    int boldLength = 0; // the letters that match
    QString heading;    // of the group, on its first entry
};

struct Completion {
    qsizetype from = 0;
    QList<Suggestion> suggestions;
    // What taking the first one adds behind the cursor; empty when it would change what is written.
    QString rest(const QString& written, int chosen) const;
};

Completion complete(const QString& text, qsizetype cursor, const Vocabulary& words);

} // namespace outrider::leads
