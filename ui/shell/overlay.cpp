// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/overlay.h"

#include "ui/frame/commands.h"
#include "ui/paint/pieces.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace outrider::shell {

namespace {

// The shadow is drawn by the overlay around it.
class Panel : public QWidget {
public:
    explicit Panel(QWidget* parent) : QWidget(parent) {}

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        paint::drawCard(&painter, rect(), tokens.size.radiusCard, tokens.color.surface, tokens.color.line);
    }
};

} // namespace

Overlay::Overlay(QWidget* window) : QWidget(window->window()), m_panel(new Panel(this)) {
    frame::Commands::setLayer(this);
    setFocusPolicy(Qt::NoFocus);
    parentWidget()->installEventFilter(this);
}

void Overlay::open() {
    m_before = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    place();
    show();
    raise();
    if (QWidget* first = m_panel->focusProxy())
        first->setFocus(Qt::PopupFocusReason);
    else
        focusNextPrevChild(true);
}

void Overlay::dismiss() {
    if (isHidden())
        return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus && m_before)
        m_before->setFocus(Qt::PopupFocusReason);
    Q_EMIT dismissed();
    deleteLater();
}

void Overlay::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.color.scrim);
    paint::drawShadow(&painter, tokens, m_panel->geometry(), tokens.size.radiusCard);
}

void Overlay::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && mayDismiss())
        dismiss();
    event->accept(); // nothing of what is typed here reaches the page behind
}

void Overlay::mousePressEvent(QMouseEvent* event) {
    if (!m_panel->geometry().contains(event->pos()) && mayDismiss())
        dismiss();
    event->accept();
}

bool Overlay::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
        place();
    }
    return QWidget::eventFilter(watched, event);
}

bool Overlay::focusNextPrevChild(bool next) {
    QList<QWidget*> stops;
    for (QWidget* widget : m_panel->findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() && widget->isVisibleTo(this) && !widget->focusProxy())
            stops.append(widget);
    }
    if (stops.isEmpty())
        return true;
    const auto now = stops.indexOf(QApplication::focusWidget());
    const auto count = stops.size();
    const auto to = now < 0 ? (next ? 0 : count - 1) : (now + (next ? 1 : count - 1)) % count;
    stops[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace outrider::shell
