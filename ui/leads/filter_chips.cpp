// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_chips.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"

#include <algorithm>

namespace outrider::leads {

namespace {

QString leadRun(const ChipText& chip) { return chip.lead.isEmpty() ? QString() : chip.lead + QLatin1Char(' '); }

QRect mirrored(const QRect& rect, int width) { return {width - rect.right() - 1, rect.top(), rect.width(), rect.height()}; }

} // namespace

void FilterChips::setParts(const std::vector<FilterNode>& parts, const Vocabulary& words) {
    m_texts.clear();
    for (const FilterNode& part : parts)
        m_texts << chipText(part, words);
}

QRect FilterChips::arrange(const theme::Tokens& tokens, const QRect& room, int textAt, int textWidth) {
    m_mirrored = false;
    m_chips.clear();
    const int gap = tokens.space.iconGap;
    const int top = room.top() + (room.height() - tokens.size.chip) / 2;
    int x = room.left();
    int textX = x;
    for (int i = 0; i <= m_texts.size(); ++i) {
        if (i == textAt) {
            textX = x;
            x += i < m_texts.size() ? textWidth + tokens.space.xs : 0;
        }
        if (i == m_texts.size())
            break;
        const int width = gap + paint::textWidth(tokens, theme::TextStyle::Meta, leadRun(m_texts[i]))
                          + paint::textWidth(tokens, theme::TextStyle::Meta, m_texts[i].value) + gap + tokens.size.iconCheck
                          + gap;
        const QRect chip(x, top, width, tokens.size.chip);
        const int cross = tokens.size.iconCheck;
        m_chips.append({chip, {chip.right() + 1 - gap - cross, top + (chip.height() - cross) / 2, cross, cross}});
        x += width + tokens.space.xs;
    }
    const int roomEnd = room.right() + 1;
    const int textEnd = textAt < m_texts.size() ? textX + textWidth : std::max(roomEnd, textX + textWidth);
    const int slide = std::max(0, textEnd - roomEnd);
    for (Chip& chip : m_chips) {
        chip.rect.translate(-slide, 0);
        chip.cross.translate(-slide, 0);
    }
    return {textX - slide, room.top(), textEnd - textX, room.height()};
}

void FilterChips::mirror(int width) {
    m_mirrored = true;
    for (Chip& chip : m_chips) {
        chip.rect = mirrored(chip.rect, width);
        chip.cross = mirrored(chip.cross, width);
    }
}

FilterChips::Hit FilterChips::at(const theme::Tokens& tokens, QPoint position) const {
    const int around = tokens.space.iconGap;
    for (int i = 0; i < m_chips.size(); ++i) {
        if (m_chips[i].rect.contains(position))
            return {i, m_chips[i].cross.adjusted(-around, -around, around, around).contains(position)};
    }
    return {};
}

void FilterChips::paint(QPainter* painter, const theme::Tokens& tokens, int walked) const {
    for (int i = 0; i < m_chips.size(); ++i) {
        const Chip& chip = m_chips[i];
        const bool current = i == walked;
        paint::drawCard(painter, chip.rect, tokens.size.radius, current ? tokens.color.selected : tokens.color.raised,
                        current ? tokens.color.accent : tokens.color.raised);
        theme::paintIcon(painter, chip.cross, theme::Icon::Cross, tokens.onRow(tokens.color.muted, current));
        QRect inner = chip.rect.adjusted(tokens.space.iconGap, 0, -tokens.space.iconGap, 0);
        const auto run = [&](const QString& text, const QColor& color) {
            const int width = paint::textWidth(tokens, theme::TextStyle::Meta, text);
            QRect at(inner.left(), inner.top(), width + 1, inner.height());
            if (m_mirrored)
                at.moveRight(inner.right());
            paint::drawText(painter, tokens, at,
                            {.text = text, .style = theme::TextStyle::Meta, .color = tokens.onRow(color, current)});
            if (m_mirrored)
                inner.setRight(inner.right() - width);
            else
                inner.setLeft(inner.left() + width);
        };
        if (!m_texts[i].lead.isEmpty())
            run(leadRun(m_texts[i]), tokens.color.muted);
        run(m_texts[i].value, tokens.color.text);
    }
}

} // namespace outrider::leads
