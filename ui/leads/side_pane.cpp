// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/side_pane.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace outrider::leads {

namespace {

constexpr int overBelow = 1200; // of the window, at 100 %

class Edge : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        painter.fillRect(QRect(width() / 2, 0, tokens.size.hairline, height()), tokens.color.line);
    }
};

} // namespace

SidePane::SidePane(QWidget* parent) : QWidget(parent), m_edge(new Edge(this)), m_width(theme::tokens(this).size.detailPane) {
    m_edge->setCursor(Qt::SplitHCursor);
    m_edge->installEventFilter(this);
    m_edge->hide();
}

void SidePane::setWidgets(QWidget* list, QWidget* pane) {
    m_list = list;
    m_pane = pane;
    m_list->setParent(this);
    m_pane->setParent(this);
    m_pane->setAutoFillBackground(true);
    m_pane->hide();
    apply();
}

void SidePane::setOpen(bool open, bool evenOver) {
    m_open = open;
    m_evenOver = open && evenOver;
    apply();
}

void SidePane::apply() {
    const bool before = m_pane->isVisibleTo(this);
    m_pane->setVisible(isShown());
    m_edge->setVisible(isShown());
    arrange();
    if (isShown() && !before)
        Q_EMIT shown();
}

bool SidePane::isOver() const { return window()->width() < overBelow; }

void SidePane::setPaneWidth(int pixels) {
    const theme::Tokens& tokens = theme::tokens(this);
    m_width = std::clamp(pixels, tokens.size.detailPaneMin, tokens.size.detailPaneMax);
    arrange();
}

void SidePane::arrange() {
    if (m_list == nullptr)
        return;
    const theme::Tokens& tokens = theme::tokens(this);
    const int pane = isShown() ? std::min(m_width, width()) : 0;
    const bool mirrored = isRightToLeft();
    const int grip = 2 * tokens.size.currentBar + tokens.size.hairline;
    m_list->setGeometry(mirrored && !isOver() ? pane : 0, 0, isOver() ? width() : width() - pane, height());
    if (pane == 0)
        return;
    m_pane->setGeometry(mirrored ? 0 : width() - pane, 0, pane, height());
    m_edge->setGeometry((mirrored ? pane : width() - pane) - grip / 2, 0, grip, height());
    m_pane->raise();
    m_edge->raise();
}

void SidePane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (std::exchange(m_wasOver, isOver()) != isOver())
        m_evenOver = false; // the window grew or shrank: it is beside again, or out of the way
    apply();
}

void SidePane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange)
        arrange();
}

bool SidePane::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_edge && event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->buttons().testFlag(Qt::LeftButton)) {
            const int x = m_edge->mapTo(this, mouse->pos()).x();
            setPaneWidth(isRightToLeft() ? x : width() - x);
        }
    } else if (watched == m_edge && event->type() == QEvent::MouseButtonRelease) {
        Q_EMIT paneResized();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrider::leads
