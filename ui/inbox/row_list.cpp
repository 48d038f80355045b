// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/row_list.h"

#include "ui/paint/text.h"
#include "ui/text/tr.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QStyledItemDelegate>

#include <algorithm>
#include <iterator>

namespace outrider::inbox {

using theme::TextStyle;

namespace {

// Where the columns of a message on its way out are, from left to right.
struct Columns {
    QRect icon, to, step, why, from, when;
};

Columns columnsOf(const theme::Tokens& t, const QRect& rect) {
    const QRect inner = rect.adjusted(t.space.l, 0, -t.space.l, 0);
    const int start = inner.left() + t.size.icon + t.space.m;
    const int room = inner.right() + 1 - start;
    const auto column = [&](int from, int to) { // in hundredths of the room
        return QRect(start + room * from / 100, rect.top(), room * (to - from) / 100 - t.space.s, rect.height());
    };
    Columns columns{.icon = QRect(inner.left(), rect.top() + (rect.height() - t.size.icon) / 2, t.size.icon, t.size.icon),
                    .to = column(0, 20),
                    .step = column(20, 45),
                    .why = column(45, 77),
                    .from = column(77, 88),
                    .when = column(88, 100)};
    columns.when.setRight(inner.right());
    return columns;
}

class RowDelegate : public QStyledItemDelegate {
public:
    explicit RowDelegate(RowList* list) : QStyledItemDelegate(list), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(m_list);
        const ListRow* row = m_list->row(index.row());
        const bool heading = row != nullptr && row->kind == ListRow::Kind::Heading;
        const bool columns = row != nullptr && row->kind == ListRow::Kind::Send && m_list->hasColumns();
        return {0, heading ? t.size.groupHeader : columns ? t.size.row : t.size.twoLineRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const ListRow* row = m_list->row(index.row());
        if (row == nullptr)
            return;
        const theme::Tokens& t = theme::tokens(m_list);
        if (row->kind == ListRow::Kind::Heading) {
            paintHeading(painter, t, option.rect, *row);
            return;
        }
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        if (row->warn && !selected)
            painter->fillRect(option.rect, t.color.warnSoft);
        if (!row->warn || selected)
            paint::drawRow(painter, t, option.rect,
                           {.hover = (option.state & QStyle::State_MouseOver) != 0,
                            .selected = selected,
                            .current = selected,
                            .listHasFocus = m_list->hasFocus()});
        if (row->kind == ListRow::Kind::Send && m_list->hasColumns())
            paintColumns(painter, t, option.rect, *row, selected && m_list->hasFocus());
        else
            paintLines(painter, t, option.rect, *row, selected && m_list->hasFocus());
    }

private:
    static void paintHeading(QPainter* painter, const theme::Tokens& t, const QRect& rect, const ListRow& row) {
        const auto mirrored = [&](const QRect& place) { return QStyle::visualRect(painter->layoutDirection(), rect, place); };
        QRect place = rect.adjusted(t.space.l, 0, -t.space.l, 0);
        const int used =
            paint::drawText(painter, t, mirrored(place), {.text = row.title, .style = TextStyle::Section, .color = t.color.text});
        place.setLeft(place.left() + used + t.space.s);
        paint::drawText(painter, t, mirrored(place), {.text = row.line, .style = TextStyle::Meta, .color = t.color.muted});
    }

    static void paintColumns(QPainter* painter, const theme::Tokens& t, const QRect& rect, const ListRow& row, bool selected) {
        const auto mirrored = [&](const QRect& place) { return QStyle::visualRect(painter->layoutDirection(), rect, place); };
        const Columns columns = columnsOf(t, rect);
        const QColor muted = t.onRow(t.color.muted, selected);
        const QColor ink = t.onRow(t.color.text, selected);
        theme::paintIcon(painter, mirrored(columns.icon), theme::Icon::Mail, muted);
        const auto cell = [&](const QRect& place, const QString& text, const QColor& color, TextStyle style = TextStyle::Body,
                              Qt::Alignment alignment = Qt::AlignLeading) {
            paint::drawText(painter, t, mirrored(place), {.text = text, .style = style, .color = color, .alignment = alignment});
        };
        cell(columns.to, row.title, ink, row.unread ? TextStyle::BodyStrong : TextStyle::Body);
        cell(columns.step, row.step, muted);
        cell(columns.why, row.why.isEmpty() ? row.line : row.why,
             row.tone == paint::Tone::Neutral ? ink : t.onRow(paint::toneInk(t, row.tone), selected));
        cell(columns.from, row.from, muted);
        cell(columns.when, row.when, muted, TextStyle::Body, Qt::AlignTrailing);
    }

    static void paintLines(QPainter* painter, const theme::Tokens& t, const QRect& rect, const ListRow& row, bool selected) {
        // Everything is placed from left to right, and mirrored when it is painted.
        const auto mirrored = [&](const QRect& place) { return QStyle::visualRect(painter->layoutDirection(), rect, place); };
        const int dot = t.space.s;
        QRect inner = rect.adjusted(t.space.s + dot + t.space.s, 0, -t.space.l, 0);
        const int upper = t.lineHeight(TextStyle::BodyStrong);
        const int lower = t.lineHeight(TextStyle::Body);
        QRect first(inner.left(), rect.top() + (rect.height() - upper - lower) / 2, inner.width(), upper);
        QRect second(inner.left(), first.bottom() + 1, inner.width(), lower);
        const QColor ink = t.onRow(t.color.text, selected);
        const QColor muted = t.onRow(t.color.muted, selected);
        if (row.unread) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.onRow(row.warn ? t.color.warn : t.color.accent, selected));
            const int size = t.space.s - t.space.xs / 2;
            painter->drawEllipse(mirrored(QRect(rect.left() + t.space.s, first.center().y() - size / 2, size, size)));
            painter->restore();
        }
        const int when = paint::textWidth(t, TextStyle::Meta, row.when);
        paint::drawText(painter, t, mirrored(first),
                        {.text = row.when, .style = TextStyle::Meta, .color = muted, .alignment = Qt::AlignTrailing});
        first.setRight(first.right() - when - t.space.s);
        const int name =
            paint::drawText(painter, t, mirrored(first),
                            {.text = row.title, .style = row.unread ? TextStyle::BodyStrong : TextStyle::Body, .color = ink});
        first.setLeft(first.left() + name + t.space.s);
        if (first.width() > t.space.xl)
            paint::drawText(painter, t, mirrored(first), {.text = row.company, .style = TextStyle::Meta, .color = muted});
        if (!row.chip.text.isEmpty()) {
            const QSize size = paint::chipSize(t, row.chip);
            const QRect place(second.right() - size.width() + 1, second.center().y() - size.height() / 2, size.width(),
                              size.height());
            paint::drawChip(painter, t, mirrored(place), row.chip, selected);
            second.setRight(place.left() - t.space.s);
        }
        paint::drawText(painter, t, mirrored(second), {.text = row.line, .style = TextStyle::Body, .color = muted});
    }

    RowList* m_list;
};

} // namespace

void RowListModel::setRows(std::vector<ListRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void RowListModel::addRows(std::vector<ListRow> rows) {
    if (rows.empty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

void RowListModel::removeAt(int row) {
    if (at(row) == nullptr)
        return;
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

const ListRow* RowListModel::at(int row) const {
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[std::size_t(row)] : nullptr;
}

int RowListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant RowListModel::data(const QModelIndex& index, int role) const {
    const ListRow* row = index.isValid() ? at(index.row()) : nullptr;
    if (row == nullptr || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole))
        return {};
    if (role == Qt::DisplayRole)
        return row->title;
    if (role == Qt::ToolTipRole)
        return row->kind == ListRow::Kind::Heading ? QVariant() : QVariant(row->line);
    QStringList parts{row->title, row->company, row->step, row->from, row->when, row->line, row->chip.text};
    if (row->unread)
        parts.append(row->warn ? tr("needs your word") : tr("unread"));
    parts.removeAll(QString());
    return parts.join(QLatin1String(", "));
}

Qt::ItemFlags RowListModel::flags(const QModelIndex& index) const {
    const ListRow* row = at(index.row());
    if (row == nullptr || row->kind == ListRow::Kind::Heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

RowHeader::RowHeader(RowList* list) : m_list(list) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    list->viewport()->installEventFilter(this);
    hide();
}

QSize RowHeader::sizeHint() const { return {0, theme::tokens(this).size.tableHeader}; }

bool RowHeader::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        setVisible(m_list->hasColumns());
        update();
    }
    return QWidget::eventFilter(watched, event);
}

void RowHeader::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.color.surface);
    painter.fillRect(QRect(0, height() - t.size.hairline, width(), t.size.hairline), t.color.line);
    const QRect across(0, 0, m_list->viewport()->width(), height());
    const Columns columns = columnsOf(t, across);
    const auto cell = [&](const QRect& place, const QString& text, Qt::Alignment alignment = Qt::AlignLeading) {
        paint::drawText(&painter, t, QStyle::visualRect(layoutDirection(), rect(), place),
                        {.text = text, .style = TextStyle::MetaStrong, .color = t.color.muted, .alignment = alignment});
    };
    cell(columns.to, tr("To"));
    cell(columns.step, tr("Step"));
    cell(columns.why, tr("Why it waits"));
    cell(columns.from, tr("From"));
    cell(columns.when, tr("Earliest"), Qt::AlignTrailing);
}

RowList::RowList(const QString& accessibleName, QWidget* parent) : QListView(parent), m_model(new RowListModel(this)) {
    setAccessibleName(accessibleName);
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setResizeMode(Adjust);
    connect(this, &QListView::doubleClicked, this, &RowList::rowActivated);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &RowList::tellNearEnd);
}

bool RowList::hasColumns() const {
    constexpr int least = 40; // rows high: what five columns need grows with the font
    return viewport()->width() >= least * theme::tokens(this).lineHeight(TextStyle::Meta);
}

const ListRow* RowList::currentRow() const { return m_model->at(currentIndex().row()); }

int RowList::count() const {
    int rows = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        rows += m_model->at(row)->kind == ListRow::Kind::Heading ? 0 : 1;
    return rows;
}

// The first row from here on that is no heading, else the last before.
int RowList::nearest(int row) const {
    for (int i = std::max(0, row); i < m_model->rowCount(); ++i) {
        if (m_model->at(i)->kind != ListRow::Kind::Heading)
            return i;
    }
    for (int i = std::min(row, m_model->rowCount()) - 1; i >= 0; --i) {
        if (m_model->at(i)->kind != ListRow::Kind::Heading)
            return i;
    }
    return -1;
}

void RowList::setRows(std::vector<ListRow> rows) {
    const ListRow* before = currentRow();
    const ListRow kept = before != nullptr ? *before : ListRow{};
    int wanted = std::max(0, currentIndex().row());
    if (before != nullptr) {
        const auto same = std::find_if(rows.begin(), rows.end(), [&kept](const ListRow& row) { return row.isSame(kept); });
        if (same != rows.end())
            wanted = int(same - rows.begin());
    }
    m_setting = true;
    m_model->setRows(std::move(rows));
    setCurrentIndex(m_model->index(nearest(wanted)));
    m_setting = false;
    Q_EMIT currentRowChanged();
}

void RowList::addRows(std::vector<ListRow> rows) { m_model->addRows(std::move(rows)); }

void RowList::tellNearEnd() {
    constexpr int few = 20;
    const int last = std::max(indexAt(viewport()->rect().bottomLeft()).row(), currentIndex().row());
    if (last >= m_model->rowCount() - few)
        Q_EMIT nearEnd();
}

void RowList::removeCurrent() {
    const int row = currentIndex().row();
    m_setting = true;
    m_model->removeAt(row);
    setCurrentIndex(m_model->index(nearest(row)));
    m_setting = false;
    Q_EMIT currentRowChanged();
}

void RowList::moveBy(int direction) {
    for (int row = currentIndex().row() + direction; row >= 0 && row < m_model->rowCount(); row += direction) {
        if (m_model->at(row)->kind != ListRow::Kind::Heading) {
            setCurrentIndex(m_model->index(row));
            return;
        }
    }
}

void RowList::chooseRow(ListRow::Kind kind, std::int64_t id) {
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->at(row)->kind == kind && m_model->at(row)->id == id)
            setCurrentIndex(m_model->index(row));
    }
}

void RowList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (m_setting)
        return;
    Q_EMIT currentRowChanged();
    tellNearEnd();
}

void RowList::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        doItemsLayout();
}

} // namespace outrider::inbox
