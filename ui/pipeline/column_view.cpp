// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/column_view.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/tr.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::pipeline {

using theme::TextStyle;
using theme::Tokens;

namespace {

QColor stepInk(const Tokens& t, Card::Tone tone) {
    return tone == Card::Tone::Late ? t.color.danger : tone == Card::Tone::Waits ? t.color.warn : t.color.muted;
}

} // namespace

int cardHeight(const Tokens& t) {
    return 2 * t.space.s + t.lineHeight(TextStyle::BodyStrong) + 2 * t.lineHeight(TextStyle::Meta) + 2 * t.space.xs;
}

int leastColumn(const Tokens& t) { return t.size.rail - t.space.l; }

void paintCard(QPainter* painter, const Tokens& t, const QRect& rect, const Card& card, bool current, bool lifted) {
    if (lifted)
        paint::drawShadow(painter, t, rect, t.size.radiusCard);
    const bool framed = current || lifted;
    paint::drawCard(painter, rect, t.size.radiusCard, t.color.surface, framed ? t.color.accent : t.color.line,
                    framed ? t.size.focus : t.size.hairline);
    const auto mirrored = [&](const QRect& place) { return QStyle::visualRect(painter->layoutDirection(), rect, place); };
    const QRect inner = rect.adjusted(t.space.s + t.space.xs / 2, t.space.s, -t.space.s - t.space.xs / 2, -t.space.s);
    QRect line(inner.left(), inner.top(), inner.width(), t.lineHeight(TextStyle::BodyStrong));
    const int score = paint::textWidth(t, TextStyle::Meta, card.score);
    paint::drawText(painter, t, mirrored(line),
                    {.text = card.score, .style = TextStyle::Meta, .color = t.color.muted, .alignment = Qt::AlignTrailing});
    paint::drawText(painter, t, mirrored(line.adjusted(0, 0, -score - t.space.s, 0)),
                    {.text = card.name, .style = TextStyle::BodyStrong, .color = t.color.text});
    line = QRect(inner.left(), line.bottom() + 1 + t.space.xs, inner.width(), t.lineHeight(TextStyle::Meta));
    paint::drawText(painter, t, mirrored(line), {.text = card.company, .style = TextStyle::Meta, .color = t.color.muted});
    line.moveTop(line.bottom() + 1 + t.space.xs);
    const QColor ink = stepInk(t, card.tone);
    const int icon = t.size.iconSmall;
    theme::paintIcon(painter, mirrored(QRect(line.left(), line.center().y() + 1 - icon / 2, icon, icon)), card.icon, ink);
    int right = 0;
    if (!card.progress.isEmpty()) {
        right = paint::textWidth(t, TextStyle::Meta, card.progress) + t.space.s;
        paint::drawText(
            painter, t, mirrored(line),
            {.text = card.progress, .style = TextStyle::Meta, .color = t.color.muted, .alignment = Qt::AlignTrailing});
    }
    paint::drawText(painter, t, mirrored(line.adjusted(icon + t.space.iconGap, 0, -right, 0)),
                    {.text = card.step, .style = TextStyle::Meta, .color = ink});
}

class ColumnView::Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(ColumnView* view) : QStyledItemDelegate(view), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        const Tokens& t = theme::tokens(m_view);
        return {t.size.control, cardHeight(t) + t.space.s};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Card* card = m_view->m_column != nullptr ? m_view->m_column->at(index.row()) : nullptr;
        if (card == nullptr)
            return;
        const Tokens& t = theme::tokens(m_view);
        const int inset = m_view->m_dropTarget ? t.space.xs : 0;
        const QRect place = m_view->cardRect(index.row()).adjusted(inset, 0, -inset, 0);
        painter->setLayoutDirection(option.direction);
        if (card->row.id == m_view->m_lifted) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(t.color.control, t.size.hairline, Qt::DashLine));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), t.size.radiusCard, t.size.radiusCard);
            painter->restore();
            return;
        }
        const bool current = m_view->hasFocus() && index == m_view->currentIndex();
        paintCard(painter, t, place, *card, current, false);
        if (!current && option.state.testFlag(QStyle::State_MouseOver))
            paint::drawCard(painter, place, t.size.radiusCard, {}, t.color.control);
    }

private:
    ColumnView* m_view;
};

ColumnView::ColumnView(QWidget* parent) : QListView(parent) {
    setItemDelegate(new Delegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // until the pointer is over it: a bar at every column is a fence
    setResizeMode(QListView::Adjust);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setAutoFillBackground(false);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ColumnView::look);
}

void ColumnView::setColumn(ColumnModel* column) {
    m_column = column;
    setModel(column);
}

const Card* ColumnView::current() const { return m_column != nullptr ? m_column->at(currentIndex().row()) : nullptr; }

// The width of a card is the same whether there is a scroll bar or not: that one stands between the columns.
QRect ColumnView::cardRect(int row) const {
    const Tokens& t = theme::tokens(this);
    const QRect item = visualRect(m_column->index(row));
    const int gap = t.space.s;
    const bool mirrored = isRightToLeft();
    const int width = this->width() - gap;
    const int left = mirrored ? viewport()->width() - width : 0;
    return {left, item.top(), width, item.height() - gap};
}

int ColumnView::rowAt(int y) const {
    if (m_column == nullptr || m_column->rowCount() == 0)
        return -1;
    const QModelIndex index = indexAt(QPoint(viewport()->width() / 2, std::max(y, 0)));
    return index.isValid() ? index.row() : m_column->rowCount() - 1;
}

int ColumnView::currentY() const { return currentIndex().isValid() ? visualRect(currentIndex()).center().y() : 0; }

void ColumnView::setDropTarget(bool on) {
    m_dropTarget = on;
    viewport()->update();
}

void ColumnView::setLifted(LeadId id) {
    m_lifted = id;
    viewport()->update();
}

void ColumnView::look() {
    if (m_column == nullptr || m_column->next().empty())
        return;
    const QScrollBar* bar = verticalScrollBar();
    if (bar->maximum() - bar->value() <= 2 * viewport()->height())
        Q_EMIT nearEnd();
}

void ColumnView::paintEvent(QPaintEvent* event) {
    const Tokens& t = theme::tokens(this);
    if (m_column != nullptr && m_column->rowCount() == 0 && m_column->isRead() && m_column->next().empty()) {
        QPainter painter(viewport());
        const QRect line(0, t.space.s, width() - t.space.s, t.lineHeight(TextStyle::Body));
        paint::drawText(
            &painter, t, line,
            {.text = tr("Nobody here"), .style = TextStyle::Body, .color = t.color.muted, .alignment = Qt::AlignHCenter});
    }
    QListView::paintEvent(event);
}

void ColumnView::keyPressEvent(QKeyEvent* event) {
    if (m_dragging && event->key() == Qt::Key_Escape) {
        m_dragging = false;
        m_pressedRow = -1;
        Q_EMIT dragCancelled();
        return;
    }
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        Q_EMIT sideways((event->key() == Qt::Key_Right) != isRightToLeft() ? 1 : -1);
        return;
    }
    QListView::keyPressEvent(event);
}

void ColumnView::mousePressEvent(QMouseEvent* event) {
    QListView::mousePressEvent(event);
    m_pressed = event->position().toPoint();
    const QModelIndex index = indexAt(m_pressed);
    m_pressedRow = event->button() == Qt::LeftButton && index.isValid() ? index.row() : -1;
}

// Not a drag of the system: it is drawn in the window, and Esc takes it back.
void ColumnView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint at = event->position().toPoint();
    const QPoint global = event->globalPosition().toPoint();
    if (m_dragging) {
        Q_EMIT dragMoved(global);
    } else if (m_pressedRow >= 0 && event->buttons().testFlag(Qt::LeftButton)
               && (at - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        Q_EMIT dragBegun(m_pressedRow, m_pressed - cardRect(m_pressedRow).topLeft(), global);
        Q_EMIT dragMoved(global);
    } else if (!event->buttons().testFlag(Qt::LeftButton)) {
        QListView::mouseMoveEvent(event);
    }
}

void ColumnView::mouseReleaseEvent(QMouseEvent* event) {
    m_pressedRow = -1;
    if (m_dragging) {
        m_dragging = false;
        Q_EMIT dropped(event->globalPosition().toPoint());
        return;
    }
    QListView::mouseReleaseEvent(event);
}

void ColumnView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const Card* card = m_column != nullptr ? m_column->at(indexAt(event->position().toPoint()).row()) : nullptr)
        Q_EMIT opened(card->row.id);
}

void ColumnView::enterEvent(QEnterEvent* event) {
    QListView::enterEvent(event);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
}

void ColumnView::leaveEvent(QEvent* event) {
    QListView::leaveEvent(event);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void ColumnView::focusInEvent(QFocusEvent* event) {
    if (!currentIndex().isValid() && m_column != nullptr && m_column->rowCount() > 0)
        setCurrentIndex(m_column->index(0));
    QListView::focusInEvent(event);
    viewport()->update();
    Q_EMIT focused();
}

void ColumnView::focusOutEvent(QFocusEvent* event) {
    QListView::focusOutEvent(event);
    viewport()->update();
}

void ColumnView::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    QMetaObject::invokeMethod(this, &ColumnView::look, Qt::QueuedConnection);
}

void ColumnView::rowsInserted(const QModelIndex& parent, int first, int last) {
    QListView::rowsInserted(parent, first, last);
    QMetaObject::invokeMethod(this, &ColumnView::look, Qt::QueuedConnection); // a tall window wants more at once
}

void ColumnView::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        scheduleDelayedItemsLayout();
}

} // namespace outrider::pipeline
