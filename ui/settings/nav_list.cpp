// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/nav_list.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::settings {

namespace {

constexpr int iconRole = Qt::UserRole + 1;

class NavDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        const theme::Tokens& t = theme::tokens(option.widget);
        return {t.size.rail - t.space.l, t.size.railItem};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(option.widget);
        const bool selected = option.state & QStyle::State_Selected;
        const bool hover = option.state & QStyle::State_MouseOver;
        if (selected || hover)
            paint::drawCard(painter, option.rect, t.size.radius, selected ? t.color.selected : t.color.raised,
                            selected ? t.color.selected : t.color.raised);
        const QRect inner = option.rect.adjusted(t.space.s, 0, -t.space.s, 0);
        const auto mirrored = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
        const QRect icon(inner.left(), inner.top() + (inner.height() - t.size.icon) / 2, t.size.icon, t.size.icon);
        theme::paintIcon(painter, mirrored(icon), theme::Icon(index.data(iconRole).toInt()),
                         t.onRow(selected ? t.color.accent : t.color.muted, selected));
        paint::drawText(painter, t, mirrored(inner.adjusted(t.size.icon + t.space.s, 0, 0, 0)),
                        {.text = index.data(Qt::DisplayRole).toString(),
                         .style = selected ? theme::TextStyle::BodyStrong : theme::TextStyle::Body,
                         .color = t.onRow(t.color.text, selected)});
    }
};

} // namespace

NavList::NavList(QWidget* parent) : QListView(parent), m_model(new QStandardItemModel(this)) {
    setModel(m_model);
    setItemDelegate(new NavDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Settings"));
}

void NavList::add(theme::Icon icon, const QString& text) {
    auto* item = new QStandardItem(text);
    item->setData(int(icon), iconRole);
    item->setToolTip(text);
    m_model->appendRow(item);
}

void NavList::setCurrent(int row) { setCurrentIndex(m_model->index(row, 0)); }

QSize NavList::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    int text = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        text = std::max(text, paint::textWidth(t, theme::TextStyle::BodyStrong, m_model->item(row)->text()));
    return {std::max(t.size.rail - t.space.xl - t.space.l, text + t.size.icon + 3 * t.space.s), t.size.railItem * 4};
}

int NavList::current() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

void NavList::setShown(int row, bool shown) { setRowHidden(row, !shown); }

void NavList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT chosen(current.row());
}

} // namespace outrider::settings
