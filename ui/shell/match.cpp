// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/match.h"

#include <algorithm>

namespace outrider::shell {

namespace {

constexpr int wholeStart = 400;
constexpr int wordStart = 300;
constexpr int inside = 150;
constexpr int scattered = 50;
constexpr int shortestInside = 3; // one or two letters are everywhere
constexpr int farthest = 50;      // how much less a late fit may count

// One character for one: positions stay those of the text.
QString folded(const QString& text) {
    QString out = text.toLower();
    if (out.size() != text.size()) // İ and the like grow
        out = text;
    for (QChar& c : out) {
        const QString parts = c.decomposition();
        if (!parts.isEmpty() && c.decompositionTag() == QChar::Canonical) {
            const QString deeper = parts[0].decomposition();
            c = deeper.isEmpty() ? parts[0] : deeper[0];
        }
    }
    return out;
}

bool startsWord(const QString& text, int at) { return at == 0 || !text[at - 1].isLetterOrNumber(); }

std::optional<Match> matchWord(const QString& word, const QString& text) {
    int best = -1;
    int score = 0;
    for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const bool within = at > 0 && !startsWord(text, int(at));
        if (within && word.size() < shortestInside)
            continue;
        const int here = at == 0 ? wholeStart : within ? inside : wordStart;
        if (here > score) {
            score = here;
            best = int(at);
        }
    }
    Match found;
    if (best >= 0) {
        found.score = score - std::min(best, farthest);
        for (int i = 0; i < word.size(); ++i)
            found.positions.append(best + i);
        return found;
    }
    if (word.size() < shortestInside)
        return std::nullopt;
    // Letters in order, each at the start of a word or right behind the one before.
    int from = 0;
    for (const QChar c : word) {
        int at = -1;
        for (int i = from; i < text.size(); ++i) {
            const bool follows = !found.positions.isEmpty() && i == found.positions.last() + 1;
            if (text[i] == c && (follows || startsWord(text, i))) {
                at = i;
                break;
            }
        }
        if (at < 0)
            return std::nullopt;
        found.positions.append(at);
        from = at + 1;
    }
    found.score = scattered - std::min(found.positions.last(), scattered - 1);
    return found;
}

} // namespace

namespace {

std::optional<Match> matchAll(const QString& typed, const QString& text, int least) {
    Match whole;
    const QString in = folded(text);
    for (const QString& word : folded(typed).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const auto found = matchWord(word, in);
        if (!found || found->score < least)
            return std::nullopt;
        whole.score += found->score;
        whole.positions += found->positions;
    }
    std::ranges::sort(whole.positions);
    whole.positions.erase(std::unique(whole.positions.begin(), whole.positions.end()), whole.positions.end());
    return whole;
}

} // namespace

std::optional<Match> match(const QString& typed, const QString& text) { return matchAll(typed, text, 0); }

std::optional<Match> matchStarts(const QString& typed, const QString& text) {
    return matchAll(typed, text, wordStart - farthest);
}

} // namespace outrider::shell
