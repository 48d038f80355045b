// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/text.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/ink.h"

#include <QEvent>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace outrider::widgets {

namespace {

// Text in lines of the style's height: QLabel would take the font's own, which is tighter.
struct Lines {
    qreal width = 0;
    int count = 0;
};

Lines breakLines(QTextLayout& layout, qreal width, int lineHeight, Qt::Alignment alignment, bool wrap) {
    QTextOption option(alignment);
    option.setWrapMode(wrap ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::ManualWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    Lines lines;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, lines.count * lineHeight + (lineHeight - line.height()) / 2));
        lines.width = std::max(lines.width, line.naturalTextWidth());
        ++lines.count;
    }
    layout.endLayout();
    return lines;
}

QString forLayout(QString text) { return text.replace(QLatin1Char('\n'), QChar::LineSeparator); }

constexpr qreal unlimited = 1 << 20;

} // namespace

Label::Label(theme::TextStyle style, Ink ink, const QString& text, QWidget* parent) : QLabel(parent), m_style(style), m_ink(ink) {
    setTextFormat(Qt::PlainText);
    refresh();
    setText(text);
}

void Label::setInk(Ink ink) {
    m_ink = ink;
    refresh();
}

void Label::setStyle(theme::TextStyle style) {
    m_style = style;
    refresh();
}

void Label::setEliding(bool on, Qt::TextElideMode mode) {
    m_eliding = on;
    m_elideMode = mode;
    updateGeometry();
    update();
}

void Label::setText(const QString& text) {
    if (text == QLabel::text() && accessibleName() == text)
        return;
    QLabel::setText(text);
    setAccessibleName(text);
    if (m_eliding)
        setToolTip({}); // set again when painted too narrow
}

void Label::refresh() {
    const theme::Tokens& t = theme::tokens(this);
    setFont(t.font(m_style));
    QPalette colors = palette();
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        colors.setColor(group, QPalette::WindowText, inkColor(t, m_ink));
        colors.setColor(group, QPalette::Text, inkColor(t, m_ink));
    }
    setPalette(colors);
    updateGeometry();
}

void Label::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

QSize Label::sizeHint() const {
    const int line = theme::tokens(this).lineHeight(m_style);
    const QMargins margins = contentsMargins();
    QTextLayout layout(forLayout(text()), font());
    const Lines lines = breakLines(layout, unlimited, line, Qt::AlignLeft, false);
    int width = int(std::ceil(lines.width));
    int count = std::max(1, lines.count);
    if (wordWrap()) { // as QLabel: a shape that can be read, not one endless line
        const int readable = 56 * fontMetrics().averageCharWidth();
        if (width > readable) {
            width = readable;
            count = std::max(1, breakLines(layout, width, line, Qt::AlignLeft, true).count);
        }
    }
    return QSize(width, count * line).grownBy(margins).expandedTo(minimumSize());
}

QSize Label::minimumSizeHint() const {
    const QSize hint = sizeHint();
    if (wordWrap())
        return {std::min(hint.width(), 12 * fontMetrics().averageCharWidth()), theme::tokens(this).lineHeight(m_style)};
    if (m_eliding)
        return {std::min(hint.width(), 4 * fontMetrics().averageCharWidth()), hint.height()};
    return hint;
}

int Label::heightForWidth(int width) const {
    if (!wordWrap())
        return -1;
    const QMargins margins = contentsMargins();
    const int line = theme::tokens(this).lineHeight(m_style);
    QTextLayout layout(forLayout(text()), font());
    const Lines lines = breakLines(layout, std::max(1, width - margins.left() - margins.right()), line, Qt::AlignLeft, true);
    return std::max(1, lines.count) * line + margins.top() + margins.bottom();
}

void Label::paintEvent(QPaintEvent* event) {
    if (textInteractionFlags() != Qt::LinksAccessibleByMouse && textInteractionFlags() != Qt::NoTextInteraction) {
        QLabel::paintEvent(event); // text that can be selected is QLabel's to draw
        return;
    }
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    const QRect area = contentsRect();
    const QColor color = inkColor(t, m_ink, isEnabled());
    if (!wordWrap() && !text().contains(QLatin1Char('\n'))) {
        const Qt::TextElideMode mode = m_eliding ? m_elideMode : Qt::ElideNone;
        Qt::Alignment side = alignment() & ~Qt::AlignVertical_Mask;
        const QRect place = alignment() & Qt::AlignTop ? QRect(area.topLeft(), QSize(area.width(), t.lineHeight(m_style))) : area;
        painter.setLayoutDirection(layoutDirection());
        paint::drawText(&painter, t, place, {text(), m_style, color, side, mode, font().strikeOut()});
        if (m_eliding) {
            const QString whole = fontMetrics().horizontalAdvance(text()) > area.width() ? text() : QString();
            if (toolTip() != whole)
                setToolTip(whole);
        }
        return;
    }
    QTextLayout layout(forLayout(text()), font());
    const int line = t.lineHeight(m_style);
    const Lines lines =
        breakLines(layout, area.width(), line, QStyle::visualAlignment(layoutDirection(), alignment()), wordWrap());
    int y = area.y();
    if (alignment() & Qt::AlignVCenter)
        y += std::max(0, (area.height() - lines.count * line) / 2);
    else if (alignment() & Qt::AlignBottom)
        y += std::max(0, area.height() - lines.count * line);
    painter.setPen(color);
    layout.draw(&painter, QPointF(area.x(), y));
}

} // namespace outrider::widgets
