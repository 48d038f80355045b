// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/drop_hint.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"

#include <QDrag>
#include <QPainter>

#include <algorithm>

namespace outrider::calendar {

void runDrag(QWidget* from, TaskDrag* what, const QPixmap& picture, const QPoint& hotSpot) {
    auto* drag = new QDrag(from); // goes by itself when it is over
    drag->setMimeData(what);
    drag->setPixmap(picture);
    drag->setHotSpot(hotSpot);
    drag->exec(Qt::MoveAction);
}

DropHint::DropHint(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropHint::showAt(const QPoint& pointer, const QString& text) {
    m_text = text;
    setAccessibleName(text);
    const theme::Tokens& t = theme::tokens(this);
    const QSize size = sizeHint();
    const QRect room = parentWidget()->rect().adjusted(t.space.xs, t.space.xs, -t.space.xs, -t.space.xs);
    QPoint place = pointer + QPoint(t.space.m, t.space.l);
    place.setX(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - size.width())));
    if (place.y() + size.height() > room.bottom())
        place.setY(pointer.y() - size.height() - t.space.s);
    setGeometry(QRect(place, size));
    raise();
    show();
    update();
}

QSize DropHint::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {paint::textWidth(t, theme::TextStyle::MetaStrong, m_text) + 2 * t.space.s,
            t.lineHeight(theme::TextStyle::MetaStrong) + t.space.s};
}

void DropHint::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    paint::drawCard(&painter, rect(), t.size.radius, t.color.inverse, t.color.inverse);
    paint::drawText(&painter, t, rect().adjusted(t.space.s, 0, -t.space.s, 0),
                    {.text = m_text, .style = theme::TextStyle::MetaStrong, .color = t.color.onInverse});
}

} // namespace outrider::calendar
