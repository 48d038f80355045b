// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/theme/tokens.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::shell {

namespace {

int collapsedItem(const theme::Tokens& tokens) { return tokens.size.controlLarge; }

class NavDelegate : public QStyledItemDelegate {
public:
    NavDelegate(const Rail& rail, QListView* view) : QStyledItemDelegate(view), m_rail(rail), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const theme::Tokens& tokens = theme::tokens(m_view);
        const bool section = index.data(RailModel::SectionRole).toBool();
        if (m_rail.isCollapsed())
            return {collapsedItem(tokens), section ? tokens.space.m : collapsedItem(tokens)};
        if (section)
            return {0, tokens.space.l + tokens.lineHeight(theme::TextStyle::Meta) + tokens.space.xs};
        return {0, tokens.size.railItem};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& tokens = theme::tokens(m_view);
        const theme::Colors& color = tokens.color;
        const QString text = index.data(Qt::DisplayRole).toString();
        QRect rect = option.rect;
        if (index.data(RailModel::SectionRole).toBool()) {
            if (!m_rail.isCollapsed())
                paint::drawText(painter, tokens, rect.adjusted(tokens.space.s, tokens.space.l, -tokens.space.s, -tokens.space.xs),
                                {.text = text, .style = theme::TextStyle::Meta, .color = color.muted});
            return;
        }
        const bool here = index.data(RailModel::SelectedRole).toBool();
        const bool hover = option.state.testFlag(QStyle::State_MouseOver);
        const bool focus = m_view->hasFocus() && m_view->currentIndex() == index;
        if (here || hover || focus) {
            const QColor fill = here ? color.selected : hover ? color.raised : color.bg;
            paint::drawCard(painter, rect, tokens.size.radius, fill, focus ? color.accent : fill,
                            focus ? tokens.size.focus : tokens.size.hairline);
        }
        const auto icon = theme::Icon(index.data(RailModel::IconRole).toInt());
        const QSize side(tokens.size.icon, tokens.size.icon);
        const QColor ink = tokens.onRow(here ? color.accent : color.muted, here);
        if (m_rail.isCollapsed()) {
            theme::paintIcon(painter, QStyle::alignedRect(option.direction, Qt::AlignCenter, side, rect), icon, ink);
            return;
        }
        rect.adjust(tokens.space.s, 0, -tokens.space.s, 0);
        theme::paintIcon(painter, QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, side, rect), icon, ink);
        const QString count = index.data(RailModel::CountRole).toString();
        const bool unread = index.data(RailModel::UnreadRole).toBool();
        const auto countStyle = unread ? theme::TextStyle::MetaStrong : theme::TextStyle::Meta;
        const int countWidth = count.isEmpty() ? 0 : paint::textWidth(tokens, countStyle, count) + tokens.space.s;
        const QRect countRect = QStyle::visualRect(option.direction, rect,
                                                   QRect(rect.right() + 1 - countWidth, rect.top(), countWidth, rect.height()));
        const int start = tokens.size.icon + tokens.space.s;
        const QRect textRect = QStyle::visualRect(
            option.direction, rect, QRect(rect.left() + start, rect.top(), rect.width() - start - countWidth, rect.height()));
        paint::drawText(painter, tokens, textRect,
                        {.text = text,
                         .style = here ? theme::TextStyle::BodyStrong : theme::TextStyle::Body,
                         .color = tokens.onRow(color.text, here)});
        if (countWidth > 0)
            paint::drawText(painter, tokens, countRect,
                            {.text = count,
                             .style = countStyle,
                             .color = tokens.onRow(here || unread ? color.text : color.muted, here),
                             .alignment = Qt::AlignTrailing});
    }

private:
    const Rail& m_rail;
    QListView* m_view;
};

class NavList : public QListView {
public:
    explicit NavList(const QString& accessibleName, QWidget* parent) : QListView(parent) {
        setAccessibleName(accessibleName);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSelectionMode(NoSelection);
        setEditTriggers(NoEditTriggers);
        setMouseTracking(true);
        setVerticalScrollMode(ScrollPerPixel);
        viewport()->setBackgroundRole(QPalette::Window);
        viewport()->setAttribute(Qt::WA_Hover);
    }

protected:
    // Opens at the place one is at, not at the first.
    void focusInEvent(QFocusEvent* event) override {
        if (!currentIndex().isValid()) {
            for (int row = 0; row < model()->rowCount(); ++row) {
                const QModelIndex index = model()->index(row, 0);
                if (row == 0 || index.data(RailModel::SelectedRole).toBool())
                    setCurrentIndex(index);
            }
        }
        QListView::focusInEvent(event);
        viewport()->update();
    }
    void focusOutEvent(QFocusEvent* event) override {
        QListView::focusOutEvent(event);
        setCurrentIndex({});
        viewport()->update();
    }
};

} // namespace

QString placeName(Place place) {
    switch (place) {
    case Place::Today:
        return Rail::tr("Today");
    case Place::Inbox:
        return Rail::tr("Inbox");
    case Place::Leads:
        return Rail::tr("Leads");
    case Place::Companies:
        return Rail::tr("Companies");
    case Place::Pipeline:
        return Rail::tr("Pipeline");
    case Place::Strategies:
        return Rail::tr("Strategies");
    case Place::Calendar:
        return Rail::tr("Calendar");
    case Place::Dashboards:
        return Rail::tr("Dashboards");
    case Place::Imports:
        return Rail::tr("Imports");
    case Place::Outbox:
        return Rail::tr("Outbox");
    case Place::Settings:
        return Rail::tr("Settings");
    }
    return {};
}

theme::Icon placeIcon(Place place) {
    switch (place) {
    case Place::Today:
        return theme::Icon::Sun;
    case Place::Inbox:
        return theme::Icon::Inbox;
    case Place::Leads:
        return theme::Icon::Users;
    case Place::Companies:
        return theme::Icon::Building;
    case Place::Pipeline:
        return theme::Icon::Kanban;
    case Place::Strategies:
        return theme::Icon::Route;
    case Place::Calendar:
        return theme::Icon::Calendar;
    case Place::Dashboards:
        return theme::Icon::ChartLine;
    case Place::Imports:
        return theme::Icon::Import;
    case Place::Outbox:
        return theme::Icon::Send;
    case Place::Settings:
        return theme::Icon::Settings;
    }
    return theme::Icon::None;
}

RailModel::RailModel(std::vector<Place> places, QObject* parent) : QAbstractListModel(parent), m_places(std::move(places)) {}

void RailModel::setCount(Place place, qint64 count, qint64 unread) {
    if (m_counts[place] == count && m_unread[place] == unread)
        return;
    m_counts[place] = count;
    m_unread[place] = unread;
    const auto at = std::ranges::find(m_places, place);
    if (at != m_places.end()) {
        const QModelIndex changed = index(int(at - m_places.begin()));
        Q_EMIT dataChanged(changed, changed);
    }
}

qint64 RailModel::count(Place place) const {
    const auto at = m_counts.find(place);
    return at == m_counts.end() ? 0 : at->second;
}

void RailModel::setViews(std::vector<View> views) {
    beginResetModel();
    m_views = std::move(views);
    endResetModel();
}

void RailModel::setHere(std::optional<Place> place, SavedViewId view) {
    m_here = place;
    m_hereView = view;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

std::optional<Place> RailModel::place(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= int(m_places.size()))
        return std::nullopt;
    return m_places[std::size_t(index.row())];
}

SavedViewId RailModel::view(const QModelIndex& index) const {
    if (!index.isValid() || index.row() < viewsBegin())
        return {};
    return m_views[std::size_t(index.row() - viewsBegin())].id;
}

int RailModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return int(m_places.size()) + (m_views.empty() ? 0 : 1 + int(m_views.size()));
}

qint64 RailModel::unread(const QModelIndex& index) const {
    const auto here = place(index);
    const auto at = here ? m_unread.find(*here) : m_unread.end();
    return at == m_unread.end() ? 0 : at->second;
}

QString RailModel::countText(const QModelIndex& index) const {
    const auto here = place(index);
    const qint64 n = here                          ? count(*here)
                     : index.row() >= viewsBegin() ? m_views[std::size_t(index.row() - viewsBegin())].count
                                                   : 0;
    return n == 0 ? QString() : QLocale().toString(n);
}

QVariant RailModel::data(const QModelIndex& index, int role) const {
    const auto here = place(index);
    const bool section = index.row() == int(m_places.size());
    const View* view = index.row() >= viewsBegin() ? &m_views[std::size_t(index.row() - viewsBegin())] : nullptr;
    const QString name = here ? placeName(*here) : section ? tr("Saved views") : view ? view->name : QString();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return name;
    case Qt::AccessibleTextRole: {
        const QString count = countText(index);
        if (unread(index) > 0)
            return tr("%1, %2, %3 unread").arg(name, count, QLocale().toString(unread(index)));
        return count.isEmpty() ? name : tr("%1, %2").arg(name, count);
    }
    case IconRole:
        return int(here ? placeIcon(*here) : theme::Icon::Bookmark);
    case CountRole:
        return countText(index);
    case UnreadRole:
        return unread(index) > 0;
    case SelectedRole:
        return here ? m_here == here && !m_hereView : view && m_hereView && view->id == m_hereView;
    case SectionRole:
        return section;
    default:
        return {};
    }
}

Qt::ItemFlags RailModel::flags(const QModelIndex& index) const {
    return index.row() == int(m_places.size()) ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

// The mark, the wordmark and the arrow of the workspace menu.
class RailHead : public QAbstractButton {
public:
    explicit RailHead(Rail& rail) : QAbstractButton(&rail), m_rail(rail) {
        setAccessibleName(Rail::tr("Workspace menu"));
        setToolTip(Rail::tr("Workspace menu"));
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override {
        const theme::Tokens& tokens = theme::tokens(this);
        return {tokens.size.controlLarge, tokens.size.control + tokens.space.xs};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const int mark = tokens.lineHeight(theme::TextStyle::Title);
        if (underMouse() || isDown())
            paint::drawCard(&painter, rect(), tokens.size.radius, tokens.color.raised, tokens.color.raised);
        const QRect inner = rect().adjusted(tokens.space.s, 0, -tokens.space.s, 0);
        const auto place = [&](Qt::Alignment horizontal, int side) {
            return QStyle::alignedRect(layoutDirection(), horizontal | Qt::AlignVCenter, QSize(side, side),
                                       horizontal == Qt::AlignHCenter ? rect() : inner);
        };
        const bool collapsed = m_rail.isCollapsed();
        theme::paintMark(&painter, place(collapsed ? Qt::AlignHCenter : Qt::AlignLeft, mark), tokens.color.text,
                         tokens.color.chart1, tokens.color.chart2);
        if (collapsed)
            return;
        const int start = mark + tokens.space.s;
        paint::drawText(&painter, tokens,
                        QStyle::visualRect(layoutDirection(), inner, inner.adjusted(start, 0, -tokens.size.icon, 0)),
                        {.text = QStringLiteral("Outrider"), .style = theme::TextStyle::Title, .color = tokens.color.text});
        theme::paintIcon(&painter, place(Qt::AlignRight, tokens.size.icon), theme::Icon::ChevronDown, tokens.color.muted);
    }

private:
    const Rail& m_rail;
};

Rail::Rail(QWidget* parent)
    : QWidget(parent),
      m_head(new RailHead(*this)),
      m_model(new RailModel({Place::Today, Place::Inbox, Place::Leads, Place::Companies, Place::Pipeline, Place::Strategies,
                             Place::Calendar, Place::Dashboards, Place::Imports, Place::Outbox},
                            this)),
      m_footModel(new RailModel({Place::Settings}, this)),
      m_list(new NavList(tr("Navigation"), this)),
      m_foot(new NavList(tr("Settings navigation"), this)) {
    m_list->setModel(m_model);
    m_foot->setModel(m_footModel);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_head);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_foot);
    for (QListView* view : {m_list, m_foot}) {
        view->setItemDelegate(new NavDelegate(*this, view));
        auto* model = static_cast<RailModel*>(view->model());
        connect(view, &QListView::clicked, this, [this, model](const QModelIndex& index) { choose(model, index); });
        connect(view, &QListView::activated, this, [this, model](const QModelIndex& index) { choose(model, index); });
    }
    connect(m_model, &QAbstractItemModel::modelReset, this, &Rail::hideViews);
    connect(m_head, &QAbstractButton::clicked, this, &Rail::menuWanted);
    applySizes();
}

QWidget* Rail::head() const { return m_head; }

void Rail::choose(RailModel* model, const QModelIndex& index) {
    if (const auto place = model->place(index))
        Q_EMIT placeChosen(*place);
    else if (const SavedViewId view = model->view(index))
        Q_EMIT viewChosen(view);
}

void Rail::setHere(std::optional<Place> place, SavedViewId view) {
    m_model->setHere(place, view);
    m_footModel->setHere(place, view);
}

void Rail::setCollapsed(bool collapsed) {
    if (m_collapsed == collapsed)
        return;
    m_collapsed = collapsed;
    applySizes();
}

// As icons alone they would all look the same.
void Rail::hideViews() {
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_list->setRowHidden(row, m_collapsed && !m_model->place(m_model->index(row)));
}

void Rail::applySizes() {
    const theme::Tokens& tokens = theme::tokens(this);
    setFixedWidth(m_collapsed ? tokens.size.railCollapsed : tokens.size.rail);
    const int side = m_collapsed ? (tokens.size.railCollapsed - collapsedItem(tokens)) / 2 : tokens.space.s;
    const int headSpace = (tokens.size.toolbar - m_head->sizeHint().height()) / 2;
    layout()->setContentsMargins(side, headSpace, side, tokens.space.s);
    layout()->setSpacing(headSpace + tokens.space.s);
    hideViews();
    const int footRow = m_collapsed ? collapsedItem(tokens) : tokens.size.railItem;
    m_foot->setFixedHeight(footRow);
    for (QAbstractItemView* view : {m_list, m_foot})
        view->doItemsLayout();
    m_head->update();
}

void Rail::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applySizes();
}

void Rail::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.color.bg);
    const int edge = layoutDirection() == Qt::LeftToRight ? width() - tokens.size.hairline : 0;
    painter.fillRect(edge, 0, tokens.size.hairline, height(), tokens.color.line);
}

} // namespace outrider::shell
