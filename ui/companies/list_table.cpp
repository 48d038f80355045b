// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/list_table.h"

#include "ui/paint/text.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::companies {

namespace {

using theme::TextStyle;
using theme::Tokens;

bool isTrailing(const QVariant& alignment) { return (Qt::Alignment(alignment.toInt()) & Qt::AlignRight) != 0; }

QRect contentRect(const Tokens& t, const QRect& cell, int column, int last) {
    return cell.adjusted(column == 0 ? t.space.l : t.space.xs + t.space.xs / 2, 0,
                         column == last ? -t.space.l : -t.space.xs - t.space.xs / 2, 0);
}

// Its padding is mirrored with it.
QRect contentRect(const Tokens& t, const QRect& cell, int column, int last, Qt::LayoutDirection direction) {
    return QStyle::visualRect(direction, cell, contentRect(t, cell, column, last));
}

class Header : public QHeaderView {
public:
    explicit Header(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter* painter, const QRect& rect, int column) const override {
        const Tokens& t = theme::tokens(this);
        painter->fillRect(rect, t.color.surface);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), t.size.hairline), t.color.line);
        paint::drawText(painter, t, contentRect(t, rect, column, lastVisible(), layoutDirection()),
                        {.text = model()->headerData(column, Qt::Horizontal).toString(),
                         .style = TextStyle::MetaStrong,
                         .color = t.color.muted,
                         .alignment = isTrailing(model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole))
                                          ? Qt::AlignTrailing
                                          : Qt::AlignLeading});
    }
    void paintEvent(QPaintEvent* event) override {
        QHeaderView::paintEvent(event);
        const Tokens& t = theme::tokens(this);
        QPainter painter(viewport());
        painter.fillRect(QRect(0, height() - t.size.hairline, width(), t.size.hairline), t.color.line);
    }

private:
    int lastVisible() const {
        for (int column = count() - 1; column > 0; --column) {
            if (!isSectionHidden(column))
                return column;
        }
        return 0;
    }
};

class Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(ListTable* table) : QStyledItemDelegate(table), m_table(table) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Tokens& t = theme::tokens(m_table);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool focus = m_table->hasFocus();
        paint::drawRow(painter, t, option.rect,
                       {.hover = option.state.testFlag(QStyle::State_MouseOver),
                        .selected = selected,
                        .current = selected,
                        .listHasFocus = focus},
                       index.column() == 0);
        int last = m_table->model()->columnCount() - 1;
        while (last > 0 && m_table->isColumnHidden(last))
            --last;
        const QRect cell = contentRect(t, option.rect, index.column(), last, option.direction);
        const QString text = index.data(Qt::DisplayRole).toString();
        const bool filled = selected && focus;
        if (const QVariant tone = index.data(ListTable::ToneRole); tone.isValid()) {
            const paint::Chip chip{.text = text, .tone = paint::Tone(tone.toInt())};
            const QSize size = paint::chipSize(t, chip);
            const QRect place(cell.left(), cell.top() + (cell.height() - size.height()) / 2, std::min(size.width(), cell.width()),
                              size.height());
            paint::drawChip(painter, t, QStyle::visualRect(option.direction, cell, place), chip, filled);
            return;
        }
        QColor ink = t.color.text;
        switch (ListTable::Ink(index.data(ListTable::InkRole).toInt())) {
        case ListTable::Ink::Muted:
            ink = t.color.muted;
            break;
        case ListTable::Ink::Late:
            ink = t.color.danger;
            break;
        case ListTable::Ink::Waits:
            ink = t.color.warn;
            break;
        case ListTable::Ink::Text:
            break;
        }
        paint::drawText(painter, t, cell,
                        {.text = text,
                         .style = index.column() == 0 ? TextStyle::BodyStrong : TextStyle::Body,
                         .color = t.onRow(ink, filled),
                         .alignment = isTrailing(index.data(Qt::TextAlignmentRole)) ? Qt::AlignTrailing : Qt::AlignLeading});
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        const Tokens& t = theme::tokens(m_table);
        return {t.size.row, t.size.row};
    }

private:
    ListTable* m_table;
};

} // namespace

ListTable::ListTable(QAbstractItemModel* model, std::vector<Column> columns, const QString& accessibleName, QWidget* parent)
    : QTableView(parent),
      m_columns(std::move(columns)) {
    setHorizontalHeader(new Header(this));
    setModel(model);
    setItemDelegate(new Delegate(this));
    setAccessibleName(accessibleName);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(1);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    layOut();
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { Q_EMIT chosen(index.row()); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ListTable::look);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        look();
        layOut();
    });
    const auto grown = [this] {
        if (m_visibleRows > 0)
            updateGeometry();
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, grown);
    connect(model, &QAbstractItemModel::rowsRemoved, this, grown);
    connect(model, &QAbstractItemModel::modelReset, this, grown);
}

void ListTable::setVisibleRows(int most) {
    m_visibleRows = most;
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateGeometry();
}

QSize ListTable::sizeHint() const {
    const Tokens& t = theme::tokens(this);
    const int rows = m_visibleRows > 0 ? std::clamp(model()->rowCount(), 1, m_visibleRows) : 1;
    return {QTableView::sizeHint().width(), t.size.tableHeader + rows * t.size.row};
}

QSize ListTable::minimumSizeHint() const {
    const Tokens& t = theme::tokens(this);
    return {t.size.detailPaneMin, m_visibleRows > 0 ? sizeHint().height() : t.size.tableHeader + t.size.row};
}

void ListTable::look() {
    const QScrollBar* bar = verticalScrollBar();
    if (model()->rowCount() > 0 && bar->maximum() - bar->value() <= 2 * viewport()->height())
        Q_EMIT nearEnd();
}

// Numbers have the width they need, the rest share what is left; what is least asked for goes when there is too little.
void ListTable::layOut() {
    const Tokens& t = theme::tokens(this);
    verticalHeader()->setDefaultSectionSize(t.size.row);
    horizontalHeader()->setFixedHeight(t.size.tableHeader);
    const int digit = paint::textWidth(t, TextStyle::Body, QStringLiteral("0"));
    const auto own = [&](int column) {
        const QString head = model()->headerData(column, Qt::Horizontal).toString();
        return std::max(m_columns[std::size_t(column)].digits * digit, paint::textWidth(t, TextStyle::MetaStrong, head))
               + 2 * t.space.m;
    };
    const int room = viewport()->width();
    const auto share = [&](bool all) {
        int shares = 0;
        int rest = room;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (!all && !m_columns[i].first)
                continue;
            shares += m_columns[i].share;
            rest -= m_columns[i].share == 0 ? own(int(i)) : 0;
        }
        return shares == 0 ? 0 : std::max(rest, 0) / shares;
    };
    const bool all = share(true) >= t.size.row;
    const int one = share(all);
    int left = room;
    for (std::size_t i = m_columns.size(); i-- > 0;) {
        const Column& column = m_columns[i];
        const bool shown = all || column.first;
        setColumnHidden(int(i), !shown);
        if (!shown)
            continue;
        const int width = i == 0 ? left : column.share == 0 ? own(int(i)) : column.share * one;
        setColumnWidth(int(i), std::max(width, 1));
        left -= width;
    }
}

void ListTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    layOut();
    QMetaObject::invokeMethod(this, &ListTable::look, Qt::QueuedConnection);
}

void ListTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        layOut();
        updateGeometry();
    }
}

void ListTable::focusInEvent(QFocusEvent* event) {
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && model()->rowCount() > 0)
        selectRow(0);
    viewport()->update();
}

} // namespace outrider::companies
