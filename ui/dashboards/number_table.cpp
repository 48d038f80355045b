// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/number_table.h"

#include "ui/paint/text.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::dashboards {

using theme::TextStyle;

namespace {

constexpr int cellRole = Qt::UserRole + 1;

// Bars are compared with each other: all are drawn in the same room.
int barRoom(const theme::Tokens& t) { return t.space.xxl + t.space.l; }

} // namespace

class NumberTable::Model : public QAbstractTableModel {
public:
    explicit Model(NumberTable& table) : QAbstractTableModel(&table), m_table(table) {}

    void setRows(std::vector<Row> rows) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    const std::vector<Row>& rows() const { return m_rows; }
    const Cell& cell(const QModelIndex& index) const { return m_rows[std::size_t(index.row())][std::size_t(index.column())]; }

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : int(m_table.m_columns.size());
    }

    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid())
            return {};
        const Cell& one = cell(index);
        switch (role) {
        case Qt::DisplayRole:
            return one.text;
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return !one.spoken.isEmpty()  ? one.spoken
                   : one.detail.isEmpty() ? one.text
                                          : one.text + QStringLiteral(", ") + one.detail;
        default:
            return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (orientation != Qt::Horizontal || section >= int(m_table.m_columns.size()))
            return {};
        const Column& column = m_table.m_columns[std::size_t(section)];
        if (role == Qt::DisplayRole)
            return column.title;
        if (role == Qt::TextAlignmentRole)
            return int((column.kind == Kind::Number ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
        return {};
    }

private:
    NumberTable& m_table;
    std::vector<Row> m_rows;
};

class NumberTable::Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(NumberTable& table) : QStyledItemDelegate(&table), m_table(table) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {0, theme::tokens(&m_table).size.row};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(&m_table);
        const bool isCurrent = index.row() == m_table.currentIndex().row() && m_table.hasFocus();
        paint::drawRow(painter, t, option.rect,
                       {.hover = option.state.testFlag(QStyle::State_MouseOver),
                        .selected = isCurrent,
                        .current = isCurrent,
                        .listHasFocus = m_table.hasFocus()},
                       index.column() == 0);
        const Cell& cell = m_table.m_model->cell(index);
        const Column& column = m_table.m_columns[std::size_t(index.column())];
        QRect room = option.rect.adjusted(t.space.s, 0, -t.space.s, 0);
        const auto part = [&](int from, int width) {
            return QStyle::visualRect(option.direction, room, QRect(room.left() + from, room.top(), width, room.height()));
        };
        const auto run = [&](const QString& text, const QColor& ink, Qt::Alignment alignment, bool strong = false) {
            return paint::TextRun{.text = text,
                                  .style = strong ? TextStyle::BodyStrong : TextStyle::Body,
                                  .color = t.onRow(ink, isCurrent),
                                  .alignment = alignment};
        };
        const QColor ink = cell.ink != nullptr && !cell.bar ? t.color.*cell.ink : t.color.text;
        switch (column.kind) {
        case Kind::Name:
            paint::drawText(painter, t, room, run(cell.text, ink, Qt::AlignLeading, true));
            break;
        case Kind::Sentence:
            paint::drawText(painter, t, room, run(cell.text, cell.ink != nullptr ? ink : t.color.muted, Qt::AlignLeading));
            break;
        case Kind::Number: {
            const int detail = cell.detail.isEmpty() ? 0 : paint::textWidth(t, TextStyle::Body, cell.detail) + t.space.xs;
            paint::drawText(painter, t, part(0, room.width() - detail), run(cell.text, ink, Qt::AlignTrailing, detail > 0));
            if (detail > 0)
                paint::drawText(painter, t, part(room.width() - detail, detail),
                                run(cell.detail, t.color.muted, Qt::AlignTrailing));
            break;
        }
        case Kind::Chip: {
            const paint::Chip chip{.text = cell.text, .tone = cell.tone};
            const QSize size = paint::chipSize(t, chip);
            paint::drawChip(painter, t, QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, size, room), chip,
                            isCurrent);
            break;
        }
        case Kind::NumberAndBar: {
            int at = 0;
            if (!cell.hasTrack) { // the number first, the bar behind it
                const int width = m_table.numberWidth(index.column());
                paint::drawText(painter, t, part(0, width), run(cell.text, ink, Qt::AlignTrailing));
                at = width + t.space.s;
            }
            if (cell.bar) {
                const int all = std::min(barRoom(t), room.width() - at);
                const int filled = std::max(*cell.bar > 0 ? t.size.focus : 0, int(double(all) * std::min(1.0, *cell.bar)));
                const int height = cell.hasTrack ? t.size.progress : t.space.s;
                QRect bar = part(at, cell.hasTrack ? all : filled);
                bar = QRect(bar.left(), bar.center().y() - height / 2 + 1, bar.width(), height);
                if (cell.hasTrack)
                    paint::drawProgress(painter, t, bar, *cell.bar);
                else if (filled > 0)
                    painter->fillRect(bar, cell.ink != nullptr ? t.color.*cell.ink : t.color.chart2);
                at += (cell.hasTrack ? all : filled) + t.space.s;
            }
            const QString& behind = cell.hasTrack ? cell.text : cell.detail;
            if (!behind.isEmpty())
                paint::drawText(painter, t, part(at, room.width() - at), run(behind, t.color.muted, Qt::AlignLeading));
            break;
        }
        }
    }

private:
    NumberTable& m_table;
};

NumberTable::NumberTable(const QString& accessibleName, std::vector<Column> columns, QWidget* parent)
    : QTableView(parent),
      m_columns(std::move(columns)),
      m_model(new Model(*this)) {
    setAccessibleName(accessibleName);
    setModel(m_model);
    setItemDelegate(new Delegate(*this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAttribute(Qt::WA_Hover);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setHighlightSections(false);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { Q_EMIT chosen(index.row()); });
    refresh();
}

int NumberTable::rowCount() const { return m_model->rowCount(); }

void NumberTable::setRows(std::vector<Row> rows) {
    const int row = currentIndex().row();
    m_model->setRows(std::move(rows));
    if (row >= 0 && row < rowCount())
        setCurrentIndex(m_model->index(row, 0));
    refresh();
}

void NumberTable::setScrolling(bool on) {
    m_scrolling = on;
    setVerticalScrollBarPolicy(on ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    refresh();
}

void NumberTable::refresh() {
    const theme::Tokens& t = theme::tokens(this);
    verticalHeader()->setMinimumSectionSize(t.size.row);
    verticalHeader()->setDefaultSectionSize(t.size.row);
    horizontalHeader()->setMinimumSectionSize(t.space.s);
    horizontalHeader()->setFixedHeight(t.size.tableHeader);
    arrange();
    updateGeometry();
}

// Digits stand under digits, and under the end of their title.
int NumberTable::numberWidth(int column) const {
    const theme::Tokens& t = theme::tokens(this);
    int width = paint::textWidth(t, TextStyle::MetaStrong, m_columns[std::size_t(column)].title);
    for (const Row& row : m_model->rows())
        width = std::max(width, paint::textWidth(t, TextStyle::Body, row[std::size_t(column)].text));
    return width;
}

int NumberTable::leastWidth(int column) const {
    const theme::Tokens& t = theme::tokens(this);
    const Kind kind = m_columns[std::size_t(column)].kind;
    const int most = 3 * t.size.detailPane / 4;
    int width = paint::textWidth(t, TextStyle::MetaStrong, m_columns[std::size_t(column)].title);
    for (const Row& row : m_model->rows()) {
        const Cell& cell = row[std::size_t(column)];
        const int text = paint::textWidth(t, kind == Kind::Name ? TextStyle::BodyStrong : TextStyle::Body, cell.text);
        const int detail = cell.detail.isEmpty() ? 0 : t.space.s + paint::textWidth(t, TextStyle::Body, cell.detail);
        int wanted = text + detail;
        if (kind == Kind::NumberAndBar)
            wanted = barRoom(t) + t.space.s + (cell.hasTrack ? text : numberWidth(column) + detail);
        else if (kind == Kind::Chip)
            wanted = paint::chipSize(t, {.text = cell.text, .tone = cell.tone}).width();
        else if (kind == Kind::Name)
            wanted = std::min(wanted, most / 2);
        else if (kind == Kind::Sentence)
            wanted = std::min(wanted, most);
        width = std::max(width, wanted);
    }
    return width + 2 * t.space.s;
}

void NumberTable::arrange() {
    int left = viewport()->width();
    int shares = 0;
    std::vector<int> widths;
    for (int i = 0; i < int(m_columns.size()); ++i) {
        widths.push_back(leastWidth(i));
        left -= widths.back();
        shares += m_columns[std::size_t(i)].stretch;
    }
    for (int i = 0; i < int(m_columns.size()); ++i) {
        const int stretch = m_columns[std::size_t(i)].stretch;
        const int more = left > 0 && shares > 0 ? left * stretch / shares : 0;
        left -= std::max(0, more);
        shares -= stretch;
        horizontalHeader()->resizeSection(i, widths[std::size_t(i)] + more);
    }
}

QSize NumberTable::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    int height = t.size.tableHeader + rowCount() * t.size.row;
    int wanted = 0;
    for (int i = 0; i < int(m_columns.size()); ++i)
        wanted += leastWidth(i);
    if (wanted > width())
        height += horizontalScrollBar()->sizeHint().height();
    return {t.size.detailPaneMin, height};
}

QSize NumberTable::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.detailPaneMin, m_scrolling ? t.size.tableHeader + 3 * t.size.row : sizeHint().height()};
}

bool NumberTable::event(QEvent* event) {
    if (event->type() == QEvent::StyleChange)
        refresh();
    return QTableView::event(event);
}

void NumberTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    arrange();
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

void NumberTable::focusInEvent(QFocusEvent* event) {
    if (!currentIndex().isValid() && rowCount() > 0)
        setCurrentIndex(m_model->index(0, 0));
    QTableView::focusInEvent(event);
    viewport()->update();
}

void NumberTable::focusOutEvent(QFocusEvent* event) {
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void NumberTable::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT chosen(currentIndex().row());
        return;
    }
    QTableView::keyPressEvent(event);
    viewport()->update(); // the whole row is current
}

} // namespace outrider::dashboards
