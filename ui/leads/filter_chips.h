// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/leads/filter_words.h"
#include "ui/theme/tokens.h"

#include <QList>
#include <QRect>

class QPainter;

namespace outrider::leads {

// The chips of a filter field: where they stand, how they look, what is below the pointer.
class FilterChips {
public:
    void setParts(const std::vector<FilterNode>& parts, const Vocabulary& words);
    const QList<ChipText>& texts() const { return m_texts; }

    // In one line within `room`, with a text field of at least `textWidth` before chip `textAt`; returns
    // its place. When the line is too long it slides so that the text can be seen.
    QRect arrange(const theme::Tokens& tokens, const QRect& room, int textAt, int textWidth);
    void mirror(int width); // for right-to-left, after arrange

    struct Hit {
        int chip = -1;
        bool cross = false;
    };
    Hit at(const theme::Tokens& tokens, QPoint position) const;
    void paint(QPainter* painter, const theme::Tokens& tokens, int walked) const;

private:
    struct Chip {
        QRect rect;
        QRect cross;
    };
    QList<ChipText> m_texts;
    QList<Chip> m_chips;
    bool m_mirrored = false;
};

} // namespace outrider::leads
