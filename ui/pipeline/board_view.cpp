// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/board_view.h"

#include "ui/paint/text.h"
#include "ui/pipeline/column_view.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace outrider::pipeline {

using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

// ── One stage ────────────────────────────────────────────────────────────────────────────────────

class BoardView::Stage : public QWidget {
public:
    Stage(ColumnModel* column, QWidget* parent) : QWidget(parent), m_column(column) {
        const theme::Tokens& t = theme::tokens(this);
        auto* rows = widgets::column(this, 0);
        auto* head = new QWidget;
        auto* lines = widgets::column(head, 0, QMargins(t.space.s, t.space.s, t.space.s, 0));
        auto* first = new QHBoxLayout;
        first->setSpacing(t.space.s);
        m_name = new Label(TextStyle::BodyStrong, Ink::Text, text::statusName(column->status()));
        m_name->setEliding(true);
        m_count = new Label(TextStyle::Body, Ink::Muted);
        first->addWidget(m_name);
        first->addWidget(m_count);
        first->addStretch(1);
        lines->addLayout(first);
        auto* note = new Label(TextStyle::Meta, Ink::Muted, stageNote(column->status()));
        note->setEliding(true);
        lines->addWidget(note);
        lines->addStretch(1);
        m_head = head;
        rows->addWidget(head);
        m_view = new ColumnView;
        m_view->setColumn(column);
        m_view->setAccessibleName(BoardView::tr("%1 cards").arg(text::statusName(column->status())));
        rows->addWidget(m_view, 1);
        resize();
    }

    ColumnView* view() const { return m_view; }
    ColumnModel* column() const { return m_column; }

    void resize() {
        const theme::Tokens& t = theme::tokens(this);
        const int head = 2 * t.space.s + t.lineHeight(TextStyle::BodyStrong) + t.lineHeight(TextStyle::Meta);
        m_head->setFixedHeight(head);
        setMinimumWidth(leastColumn(t));
    }

    void tell() {
        const auto count = m_column->count();
        const QString number = count ? QLocale().toString(*count) : QStringLiteral("…");
        m_count->setText(number);
        const bool empty = m_column->isRead() && m_column->rowCount() == 0 && m_column->next().empty();
        m_view->setAccessibleDescription(empty   ? BoardView::tr("Nobody here")
                                         : count ? text::counted(*count, BoardView::tr("lead"), BoardView::tr("leads"))
                                                 : QString());
    }

    void setTarget(bool on) {
        m_target = on;
        m_view->setDropTarget(on);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        if (!m_target)
            return;
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        const int half = t.space.xs;
        QRect place = rect();
        place.setTop(m_view->geometry().top() - half);
        // Around the cards, without the gap beside them.
        isRightToLeft() ? place.setLeft(place.left() + t.space.s) : place.setRight(place.right() - t.space.s);
        paint::drawCard(&painter, place, t.size.radiusCard, t.color.accentSoft, t.color.accent, t.size.focus);
    }

private:
    ColumnModel* m_column;
    ColumnView* m_view;
    QWidget* m_head;
    Label* m_name;
    Label* m_count;
    bool m_target = false;
};

// ── What is dragged ──────────────────────────────────────────────────────────────────────────────

// The card under the pointer, and a label that says what happens when it is let go here.
class BoardView::Lifted : public QWidget {
public:
    Lifted(const Card& card, const QSize& size, const QPoint& grip, QWidget* parent)
        : QWidget(parent),
          m_card(card),
          m_size(size),
          m_grip(grip) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        layOut();
    }

    const Card& card() const { return m_card; }

    void say(const QString& text) {
        if (m_text == text)
            return;
        m_text = text;
        setAccessibleName(text);
        layOut();
        update();
    }

    void moveTo(const QPoint& pointer) {
        QPoint at = pointer - m_grip - m_place.topLeft();
        const QSize room = parentWidget()->size();
        // The label stays in the window.
        at.setX(std::clamp(at.x(), -m_place.left(), std::max(-m_place.left(), room.width() - width())));
        at.setY(std::clamp(at.y(), -m_place.top(), std::max(-m_place.top(), room.height() - height())));
        move(at);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        painter.setLayoutDirection(layoutDirection());
        paintCard(&painter, t, m_place, m_card, false, true);
        if (m_text.isEmpty())
            return;
        const QRect label = labelRect();
        paint::drawCard(&painter, label, t.size.radius, t.color.inverse, t.color.inverse);
        paint::drawText(&painter, t, label.adjusted(t.space.s, 0, -t.space.s, 0),
                        {.text = m_text, .style = TextStyle::Meta, .color = t.color.onInverse});
    }

private:
    QRect labelRect() const {
        const theme::Tokens& t = theme::tokens(this);
        const int width = paint::textWidth(t, TextStyle::Meta, m_text) + 2 * t.space.s;
        QRect label(m_place.left() + t.space.l, m_place.bottom() + 1 + t.space.xs, width, t.size.control - t.space.xs);
        if (isRightToLeft())
            label.moveRight(m_place.right() - t.space.l);
        return label;
    }

    void layOut() {
        const theme::Tokens& t = theme::tokens(this);
        const int shadow = t.space.xl;
        m_place = QRect(QPoint(shadow, shadow), m_size);
        const int over = std::max(0, labelRect().width() + t.space.l - m_size.width());
        if (isRightToLeft())
            m_place.moveLeft(shadow + over);
        QWidget::resize(m_size.width() + over + 2 * shadow, m_size.height() + 2 * shadow + t.size.control);
    }

    const Card m_card;
    const QSize m_size;
    const QPoint m_grip;
    QString m_text;
    QRect m_place;
};

// ── The board ────────────────────────────────────────────────────────────────────────────────────

BoardView::BoardView(BoardModel* board, QWidget* parent) : QScrollArea(parent), m_board(board), m_ground(new QWidget) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Board"));
    m_ground->setBackgroundRole(QPalette::Window);
    m_ground->setAutoFillBackground(true);
    viewport()->setBackgroundRole(QPalette::Window);
    m_row = widgets::row(m_ground, 0);
    placeColumns();
    setWidget(m_ground);
    connect(board, &BoardModel::columnsChanged, this, &BoardView::rebuild);
    connect(board, &BoardModel::counted, this, &BoardView::updateHeads);
    rebuild();
}

// Every column ends with the gap to the next one.
void BoardView::placeColumns() {
    const theme::Tokens& t = theme::tokens(this);
    const bool mirrored = isRightToLeft();
    m_row->setContentsMargins(mirrored ? t.space.xs : t.space.m, 0, mirrored ? t.space.m : t.space.xs, 0);
}

void BoardView::rebuild() {
    endDrag();
    for (Stage* stage : std::exchange(m_stages, {})) {
        stage->hide();
        stage->deleteLater();
    }
    for (int i = 0; i < m_board->columns(); ++i) {
        auto* stage = new Stage(m_board->column(i), m_ground);
        m_stages.push_back(stage);
        m_row->addWidget(stage, 1);
        ColumnView* view = stage->view();
        connect(view, &ColumnView::nearEnd, this, [this, i] { m_board->more(i); });
        connect(view, &ColumnView::sideways, this, [this, i](int step) { sideways(i, step); });
        connect(view, &ColumnView::opened, this, &BoardView::openRequested);
        connect(view, &ColumnView::focused, this, [this, i, stage] {
            m_at = i;
            ensureWidgetVisible(stage, 0, 0);
            Q_EMIT currentChanged();
        });
        connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, &BoardView::currentChanged);
        connect(view, &ColumnView::dragBegun, this,
                [this, i](int row, const QPoint& at, const QPoint& global) { beginDrag(i, row, at, global); });
        connect(view, &ColumnView::dragMoved, this, &BoardView::dragTo);
        connect(view, &ColumnView::dropped, this, &BoardView::drop);
        connect(view, &ColumnView::dragCancelled, this, &BoardView::endDrag);
        stage->show();
    }
    m_at = std::clamp(m_at, 0, std::max(0, int(m_stages.size()) - 1));
    updateHeads();
}

void BoardView::updateHeads() {
    for (Stage* stage : m_stages)
        stage->tell();
}

ColumnView* BoardView::column(int index) const {
    return index >= 0 && index < int(m_stages.size()) ? m_stages[std::size_t(index)]->view() : nullptr;
}

std::optional<BoardView::Current> BoardView::current() const {
    const ColumnView* view = column(m_at);
    const Card* card = view != nullptr ? view->current() : nullptr;
    return card != nullptr ? std::optional(Current{card, m_at}) : std::nullopt;
}

void BoardView::select(LeadId id) {
    const int at = m_board->columnOf(id);
    ColumnView* view = column(at);
    if (view == nullptr)
        return;
    m_at = at;
    view->setCurrentIndex(m_board->column(at)->index(m_board->column(at)->rowOf(id)));
    view->setFocus(Qt::OtherFocusReason);
    view->scrollTo(view->currentIndex());
}

void BoardView::focusBoard() {
    if (ColumnView* view = column(m_at))
        view->setFocus(Qt::OtherFocusReason);
}

QWidget* BoardView::anchor() {
    if (m_anchor == nullptr) {
        m_anchor = new QWidget(m_ground);
        m_anchor->setAttribute(Qt::WA_TransparentForMouseEvents);
        m_anchor->setFocusPolicy(Qt::NoFocus);
        m_anchor->lower();
    }
    if (const ColumnView* view = column(m_at)) {
        QRect card = view->currentIndex().isValid() ? view->cardRect(view->currentIndex().row()) : view->rect();
        card.moveTo(view->viewport()->mapTo(m_ground, card.topLeft()));
        m_anchor->setGeometry(card);
        m_anchor->show();
    }
    return m_anchor;
}

// To the card at the same height; an empty column is passed only when there is one behind it.
void BoardView::sideways(int from, int step) {
    const int to = from + step;
    ColumnView* view = column(to);
    const ColumnView* before = column(from);
    if (view == nullptr || before == nullptr)
        return;
    const int row = view->rowAt(before->currentY());
    if (row >= 0)
        view->setCurrentIndex(m_board->column(to)->index(row));
    view->setFocus(Qt::OtherFocusReason);
}

// ── Dragging ─────────────────────────────────────────────────────────────────────────────────────

void BoardView::beginDrag(int at, int row, const QPoint& grip, const QPoint& global) {
    const Card* card = m_board->column(at)->at(row);
    if (card == nullptr)
        return;
    ColumnView* view = column(at);
    m_dragFrom = at;
    m_lifted = new Lifted(*card, view->cardRect(row).size(), grip, window());
    view->setLifted(card->row.id);
    m_lifted->moveTo(window()->mapFromGlobal(global));
    m_lifted->show();
    m_lifted->raise();
}

int BoardView::columnAt(const QPoint& global) const {
    for (int i = 0; i < int(m_stages.size()); ++i) {
        const Stage* stage = m_stages[std::size_t(i)];
        if (QRect(stage->mapToGlobal(QPoint(0, 0)), stage->size()).contains(global)
            && QRect(viewport()->mapToGlobal(QPoint(0, 0)), viewport()->size()).contains(global))
            return i;
    }
    return -1;
}

void BoardView::dragTo(const QPoint& global) {
    if (m_lifted == nullptr || m_dragFrom < 0)
        return;
    m_lifted->moveTo(window()->mapFromGlobal(global));
    // A column out of view comes nearer when the card is held at the edge.
    const theme::Tokens& t = theme::tokens(this);
    const int x = viewport()->mapFromGlobal(global).x();
    QScrollBar* bar = horizontalScrollBar();
    if (x > viewport()->width() - t.space.xl)
        bar->setValue(bar->value() + t.space.l);
    else if (x < t.space.xl)
        bar->setValue(bar->value() - t.space.l);
    const int over = columnAt(global);
    if (over == m_dragOver)
        return;
    m_dragOver = over;
    for (int i = 0; i < int(m_stages.size()); ++i)
        m_stages[std::size_t(i)]->setTarget(i == over && i != m_dragFrom);
    QString said;
    if (over >= 0 && over != m_dragFrom) {
        const Status& to = m_board->column(over)->status();
        const QString effect = consequence(m_lifted->card().row, m_board->column(m_dragFrom)->status(), to);
        said = effect.isEmpty() ? text::statusName(to) : QStringLiteral("%1. %2").arg(text::statusName(to), effect);
    }
    m_lifted->say(said);
}

void BoardView::drop(const QPoint& global) {
    const int over = columnAt(global);
    const int from = m_dragFrom;
    const LeadId id = m_lifted != nullptr ? m_lifted->card().row.id : LeadId{};
    endDrag();
    if (id && over >= 0 && over != from)
        Q_EMIT moveRequested(id, over);
}

void BoardView::endDrag() {
    if (m_lifted != nullptr)
        m_lifted->deleteLater();
    m_lifted = nullptr;
    for (Stage* stage : m_stages)
        stage->setTarget(false);
    if (ColumnView* view = column(m_dragFrom))
        view->setLifted({});
    m_dragFrom = -1;
    m_dragOver = -1;
}

void BoardView::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (const ColumnView* view = column(m_at); view != nullptr && view->hasFocus())
        ensureWidgetVisible(m_stages[std::size_t(m_at)], 0, 0);
}

void BoardView::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
        placeColumns();
        for (Stage* stage : m_stages)
            stage->resize();
    }
}

} // namespace outrider::pipeline
