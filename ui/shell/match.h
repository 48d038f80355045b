// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace outrider::shell {

// How well what was typed fits a text, and which of its letters fit: for the palette's order and its
// strong letters. Case and accents make no difference.
struct Match {
    int score = 0;        // more is better
    QList<int> positions; // of the text's characters, increasing
};

// Every word typed has to be found: at the start of a word best; from three letters on inside one, too,
// which counts less, and least as letters in order ("snt" for "Snooze until tomorrow") least. Nothing typed fits everything with
// score 0.
std::optional<Match> match(const QString& typed, const QString& text);

// Only at the starts of words: for words that are not shown, where another fit would puzzle.
std::optional<Match> matchStarts(const QString& typed, const QString& text);

} // namespace outrider::shell
