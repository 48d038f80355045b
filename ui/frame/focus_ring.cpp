// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/focus_ring.h"

#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace outrider::frame {

FocusRing::FocusRing(QWidget* window) : QWidget(window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* widget) {
    for (const auto& watched : std::as_const(m_watched)) {
        if (watched)
            watched->removeEventFilter(this);
    }
    m_watched.clear();
    m_widget = qobject_cast<QAbstractButton*>(widget) && widget->window() == parentWidget() ? widget : nullptr;
    for (QWidget* at = m_widget; at && at != parentWidget(); at = at->parentWidget()) {
        at->installEventFilter(this);
        m_watched.append(at);
    }
    place();
}

void FocusRing::place() {
    if (!m_widget || !m_widget->isVisible()) {
        hide();
        return;
    }
    const theme::Tokens& tokens = theme::tokens(this);
    const int out = tokens.size.focus + tokens.size.hairline;
    setGeometry(QRect(m_widget->mapTo(parentWidget(), QPoint()), m_widget->size()).adjusted(-out, -out, out, out));
    show();
    raise();
}

bool FocusRing::eventFilter(QObject*, QEvent* event) {
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::ZOrderChange:
        place();
        break;
    default:
        break;
    }
    return false;
}

void FocusRing::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal half = tokens.size.focus / 2.0;
    painter.setPen(QPen(tokens.color.accent, tokens.size.focus));
    const qreal radius = tokens.size.radius + tokens.size.hairline + half;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius, radius);
}

} // namespace outrider::frame
