// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/completion_popup.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/theme/tokens.h"

#include <QAccessible>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace outrider::leads {

namespace {

constexpr int widest = 400; // at 100 %
constexpr int narrowest = 240;

struct Foot {
    const char* key;
    const char* text;
};
constexpr Foot foot[] = {{"Tab", QT_TRANSLATE_NOOP("outrider::leads::CompletionPopup", "take")},
                         {"Enter", QT_TRANSLATE_NOOP("outrider::leads::CompletionPopup", "apply")},
                         {"Esc", QT_TRANSLATE_NOOP("outrider::leads::CompletionPopup", "close")}};

QRect iconRect(const theme::Tokens& tokens, int x, const QRect& row) {
    const int size = tokens.size.icon;
    return {x, row.top() + (row.height() - size) / 2, size, size};
}

// Room for the shadow around the panel.
int shadowMargin(const theme::Tokens& tokens) { return tokens.space.xl; }

} // namespace

CompletionPopup::CompletionPopup(QWidget* field) : QWidget(field->window()), m_field(field) {
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Suggestions"));
    hide();
    field->installEventFilter(this);
}

int CompletionPopup::headHeight() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return tokens.lineHeight(theme::TextStyle::Meta) + tokens.space.s;
}

QRect CompletionPopup::panel() const {
    const int margin = shadowMargin(theme::tokens(this));
    return rect().adjusted(margin, margin, -margin, -margin);
}

template <typename Fn>
void CompletionPopup::forEachRow(Fn fn) const {
    const theme::Tokens& tokens = theme::tokens(this);
    QRect row = panel().adjusted(tokens.space.xs, tokens.space.xs, -tokens.space.xs, 0);
    for (int i = 0; i < m_suggestions.size(); ++i) {
        QRect heading;
        if (!m_suggestions[i].heading.isEmpty()) {
            heading = row;
            heading.setHeight(headHeight());
            row.moveTop(heading.bottom() + 1);
        }
        row.setHeight(tokens.size.popupRow);
        fn(i, heading, row);
        row.moveTop(row.bottom() + 1);
    }
}

void CompletionPopup::place(int x) {
    m_x = x;
    const theme::Tokens& tokens = theme::tokens(this);
    const int margin = shadowMargin(tokens);
    const int icon = tokens.space.xs + tokens.space.s + tokens.size.icon + tokens.space.s; // before a row's text
    int width = 0;
    int height = 2 * tokens.space.xs;
    if (m_error.isEmpty()) {
        for (const Suggestion& suggestion : std::as_const(m_suggestions)) {
            width = std::max(width, paint::textWidth(tokens, theme::TextStyle::Body, suggestion.text) + tokens.space.xl
                                        + paint::textWidth(tokens, theme::TextStyle::Meta, suggestion.hint));
            height += tokens.size.popupRow + (suggestion.heading.isEmpty() ? 0 : headHeight());
        }
        height += tokens.space.xs + tokens.size.paletteFooter;
    } else {
        width = paint::textWidth(tokens, theme::TextStyle::Meta, m_error);
        height += tokens.size.popupRow;
    }
    width += icon + tokens.space.l;
    const int most = window()->width() - 2 * tokens.space.s;
    const auto scaled = [&tokens](int px) { return int(px * tokens.scale); };
    width = m_error.isEmpty() ? std::clamp(width, scaled(narrowest), std::min(scaled(widest), most)) : std::min(width, most);
    // The text of a row stands under the text being written.
    const QPoint below = m_field->mapTo(window(), QPoint(x - icon, m_field->height() + tokens.space.xs));
    const int left = std::clamp(below.x(), tokens.space.s, std::max(tokens.space.s, window()->width() - width - tokens.space.s));
    setGeometry(left - margin, below.y() - margin, width + 2 * margin, height + 2 * margin);
    raise();
    show();
    update();
}

void CompletionPopup::showSuggestions(const QList<Suggestion>& suggestions, int x) {
    m_error.clear();
    m_suggestions = suggestions;
    m_current = 0;
    if (suggestions.isEmpty()) {
        hide();
        return;
    }
    setAccessibleName(tr("Suggestions"));
    place(x);
}

void CompletionPopup::showError(const QString& sentence, int x) {
    m_suggestions.clear();
    m_error = sentence;
    setAccessibleName(sentence);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    place(x);
}

void CompletionPopup::move(int by) {
    if (m_suggestions.isEmpty())
        return;
    m_current = int((m_current + by + m_suggestions.size()) % m_suggestions.size());
    setAccessibleName(m_suggestions[m_current].text);
    update();
}

int CompletionPopup::rowAt(QPoint position) const {
    int found = -1;
    forEachRow([&](int index, const QRect&, const QRect& row) {
        if (row.contains(position))
            found = index;
    });
    return found;
}

void CompletionPopup::mouseMoveEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row >= 0 && row != m_current) {
        m_current = row;
        update();
    }
}

void CompletionPopup::mousePressEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row >= 0)
        Q_EMIT taken(row);
    else if (!panel().contains(event->pos()))
        hide();
}

bool CompletionPopup::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::Hide)
        hide();
    else if (isVisible() && (event->type() == QEvent::Resize || event->type() == QEvent::Move))
        place(m_x);
    return false;
}

void CompletionPopup::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    const QRect box = panel();
    paint::drawShadow(&painter, tokens, box, tokens.size.radiusCard);
    paint::drawCard(&painter, box, tokens.size.radiusCard, tokens.color.surface, tokens.color.line);
    const int pad = tokens.space.s;
    if (!m_error.isEmpty()) {
        const QRect row = box.adjusted(tokens.space.xs + pad, 0, -pad, 0);
        theme::paintIcon(&painter, iconRect(tokens, row.left(), row), theme::Icon::CircleAlert, tokens.color.danger);
        paint::drawText(&painter, tokens, row.adjusted(tokens.size.icon + pad, 0, 0, 0),
                        {.text = m_error, .style = theme::TextStyle::Meta, .color = tokens.color.danger});
        return;
    }
    forEachRow([&](int index, const QRect& heading, const QRect& row) {
        const Suggestion& suggestion = m_suggestions[index];
        if (!heading.isEmpty())
            paint::drawText(&painter, tokens, heading.adjusted(pad, 0, -pad, 0),
                            {.text = suggestion.heading, .style = theme::TextStyle::Meta, .color = tokens.color.muted});
        const bool chosen = index == m_current;
        if (chosen)
            paint::drawCard(&painter, row, tokens.size.radius, tokens.color.selected, tokens.color.selected);
        const auto ink = [&](const QColor& color) { return tokens.onRow(color, chosen); };
        theme::paintIcon(&painter, iconRect(tokens, row.left() + pad, row), suggestion.icon, ink(tokens.color.muted));
        QRect text = row.adjusted(pad + tokens.size.icon + pad, 0, -pad, 0);
        const int hint = paint::textWidth(tokens, theme::TextStyle::Meta, suggestion.hint);
        const int roomForHint = text.width() - paint::textWidth(tokens, theme::TextStyle::Body, suggestion.text) - pad;
        if (hint > 0 && roomForHint > tokens.space.xl)
            paint::drawText(&painter, tokens, text.adjusted(text.width() - std::min(hint, roomForHint), 0, 0, 0),
                            {.text = suggestion.hint, .style = theme::TextStyle::Meta, .color = ink(tokens.color.muted)});
        // The letters that match are heavier.
        const QString parts[] = {suggestion.text.left(suggestion.boldFrom),
                                 suggestion.text.mid(suggestion.boldFrom, suggestion.boldLength),
                                 suggestion.text.mid(suggestion.boldFrom + suggestion.boldLength)};
        for (int part = 0; part < 3; ++part) {
            if (parts[part].isEmpty())
                continue;
            const auto style = part == 1 ? theme::TextStyle::BodyStrong : theme::TextStyle::Body;
            paint::drawText(&painter, tokens, text, {.text = parts[part], .style = style, .color = ink(tokens.color.text)});
            text.setLeft(text.left() + paint::textWidth(tokens, style, parts[part]));
        }
    });
    QRect bottom(box.left(), box.bottom() + 1 - tokens.size.paletteFooter, box.width(), tokens.size.paletteFooter);
    painter.fillRect(QRect(bottom.left() + tokens.space.s, bottom.top(), bottom.width() - 2 * tokens.space.s, 1),
                     tokens.color.line);
    int x = bottom.left() + tokens.space.xs + pad;
    for (const Foot& one : foot) {
        const QString key = QString::fromLatin1(one.key);
        const QSize cap = paint::keyCapsSize(tokens, key);
        paint::drawKeyCaps(&painter, tokens, QRect(QPoint(x, bottom.top() + (bottom.height() - cap.height()) / 2), cap), key);
        x += cap.width() + tokens.space.iconGap;
        const QString text = tr(one.text);
        const int width = paint::textWidth(tokens, theme::TextStyle::Meta, text);
        paint::drawText(&painter, tokens, QRect(x, bottom.top(), width + 1, bottom.height()),
                        {.text = text, .style = theme::TextStyle::Meta, .color = tokens.color.muted});
        x += width + tokens.space.m;
    }
}

} // namespace outrider::leads
