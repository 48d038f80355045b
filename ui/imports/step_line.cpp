// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/step_line.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"

#include <QPainter>

namespace outrider::imports {

StepLine::StepLine(const QStringList& names, QWidget* parent) : QWidget(parent), m_names(names) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCurrent(0);
}

void StepLine::setCurrent(int step) {
    m_current = step;
    setAccessibleName(tr("Step %1 of %2: %3").arg(step + 1).arg(m_names.size()).arg(m_names.value(step)));
    updateGeometry();
    update();
}

void StepLine::setCompact(bool on) {
    if (m_compact == on)
        return;
    m_compact = on;
    updateGeometry();
    update();
}

int StepLine::nameWidth(int step) const {
    return paint::textWidth(theme::tokens(this), theme::TextStyle::BodyStrong, m_names.at(step));
}

int StepLine::widthOf(bool compact) const {
    const theme::Tokens& t = theme::tokens(this);
    int width = t.space.s;
    for (int i = 0; i < m_names.size(); ++i)
        width +=
            t.size.chip + (compact && i != m_current ? 0 : t.space.s + nameWidth(i)) + (i > 0 ? t.space.xl + 2 * t.space.m : 0);
    return width;
}

int StepLine::fullWidth() const { return widthOf(false); }

QSize StepLine::sizeHint() const { return {widthOf(m_compact), theme::tokens(this).size.control}; }

void StepLine::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    int x = 0;
    for (int i = 0; i < m_names.size(); ++i) {
        if (i > 0) {
            painter.fillRect(QRect(x + t.space.m, height() / 2, t.space.xl, t.size.hairline), t.color.line);
            x += t.space.xl + 2 * t.space.m;
        }
        const QRect dot(x, (height() - t.size.chip) / 2, t.size.chip, t.size.chip);
        if (i < m_current) {
            paint::drawDot(&painter, t, dot, theme::Icon::Check, t.color.accentSoft, t.color.accent);
        } else {
            const bool now = i == m_current;
            paint::drawCard(&painter, dot, t.size.chip / 2, now ? t.color.accent : t.color.raised,
                            now ? t.color.accent : t.color.raised);
            paint::drawText(&painter, t, dot,
                            {.text = QString::number(i + 1),
                             .style = theme::TextStyle::MetaStrong,
                             .color = now ? t.color.onAccent : t.color.muted,
                             .alignment = Qt::AlignHCenter});
        }
        x += t.size.chip;
        if (!isNamed(i))
            continue;
        x += t.space.s;
        const int width = nameWidth(i);
        paint::drawText(&painter, t, QRect(x, 0, width + t.space.xs, height()),
                        {.text = m_names.at(i),
                         .style = i == m_current ? theme::TextStyle::BodyStrong : theme::TextStyle::Body,
                         .color = i == m_current ? t.color.text : t.color.muted});
        x += width;
    }
}

} // namespace outrider::imports
