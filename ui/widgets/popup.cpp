// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/popup.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/theme/outrider_style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::widgets {

using theme::TextStyle;
using theme::Tokens;

namespace {

enum Role { EntryIndex = Qt::UserRole };

constexpr int mostVisibleRows = 14;
constexpr int narrowest = 240;
constexpr int widest = 400;

// The single key that chooses an entry stands as a cap where there is no hint.
class PopupDelegate : public QStyledItemDelegate {
public:
    PopupDelegate(const QList<Popup::Entry>& entries, QObject* parent) : QStyledItemDelegate(parent), m_entries(entries) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        const Tokens& t = theme::tokens(option.widget);
        return {0, t.size.popupRow};
    }

    int widthOf(const Tokens& t) const {
        int width = 0;
        for (const Popup::Entry& entry : m_entries) {
            int one = paint::textWidth(t, entry.heading ? TextStyle::Meta : TextStyle::Body, entry.text) + 2 * t.space.s;
            if (!entry.heading && m_hasIcons)
                one += t.size.icon + t.space.s;
            if (!entry.hint.isEmpty())
                one += t.space.xl + paint::textWidth(t, TextStyle::Meta, entry.hint);
            if (!entry.key.isEmpty())
                one += t.space.s + paint::keyCapsSize(t, entry.key).width();
            width = std::max(width, one);
        }
        return width;
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Popup::Entry& entry = m_entries[index.row()];
        const Tokens& t = theme::tokens(option.widget);
        painter->save();
        painter->setLayoutDirection(option.direction);
        const auto visual = [&](const QRect& place) { return QStyle::visualRect(option.direction, option.rect, place); };
        QRect rect = option.rect.adjusted(t.space.s, 0, -t.space.s, 0);
        if (entry.heading) {
            paint::drawText(painter, t, visual(rect), {entry.text, TextStyle::Meta, t.color.muted});
            painter->restore();
            return;
        }
        const bool current = entry.enabled && option.state.testFlag(QStyle::State_Selected);
        if (current)
            paint::drawCard(painter, option.rect, t.size.radius, t.color.selected, {});
        const QColor ink = entry.enabled ? t.onRow(t.color.text, current) : t.color.disabled;
        const QColor quiet = entry.enabled ? t.onRow(t.color.muted, current) : t.color.disabled;
        if (m_hasIcons) {
            const theme::Icon icon = entry.checked ? theme::Icon::Check : entry.icon;
            const QRect place(rect.x(), rect.y() + (rect.height() - t.size.icon) / 2, t.size.icon, t.size.icon);
            theme::paintIcon(painter, visual(place), icon, quiet);
            rect.setLeft(rect.left() + t.size.icon + t.space.s);
        }
        if (!entry.key.isEmpty()) {
            const QSize caps = paint::keyCapsSize(t, entry.key);
            const QRect place(rect.right() + 1 - caps.width(), rect.y(), caps.width(), rect.height());
            paint::drawKeyCaps(painter, t, visual(place), entry.key,
                               entry.enabled ? paint::CapGround::Normal : paint::CapGround::Disabled);
            rect.setRight(place.left() - t.space.s);
        }
        if (!entry.hint.isEmpty()) {
            const int width = paint::textWidth(t, TextStyle::Meta, entry.hint);
            const QRect place(rect.right() + 1 - width, rect.y(), width, rect.height());
            paint::drawText(painter, t, visual(place), {entry.hint, TextStyle::Meta, quiet});
            rect.setRight(place.left() - t.space.s);
        }
        paint::drawText(painter, t, visual(rect), {entry.text, TextStyle::Body, ink});
        painter->restore();
    }

    void setHasIcons(bool on) { m_hasIcons = on; }

private:
    const QList<Popup::Entry>& m_entries;
    bool m_hasIcons = false;
};

} // namespace

Popup* Popup::open(QWidget* anchor, const QString& accessibleName, const QList<Entry>& entries, int width) {
    QWidget* window = anchor->window();
    for (Popup* other : window->findChildren<Popup*>(Qt::FindDirectChildrenOnly))
        other->finish();
    auto* popup = new Popup(window, accessibleName, entries);
    const Tokens& t = theme::tokens(popup);
    const auto* delegate = static_cast<const PopupDelegate*>(popup->m_list->itemDelegate());
    const int shadow = t.space.xl;
    const int padding = t.space.xs + t.size.hairline;
    const int rows = std::min<int>(int(entries.size()), mostVisibleRows);
    const int least = std::max(narrowest, int(narrowest * t.scale));
    const int most = std::max(least, int(widest * t.scale));
    QSize box(width > 0 ? width : std::clamp(delegate->widthOf(t) + 2 * padding, least, most),
              rows * t.size.popupRow + 2 * padding);
    box = box.boundedTo(window->size() - QSize(2 * t.space.s, 2 * t.space.s));

    // Below the anchor, its text under the anchor's; above when there is no room; always inside.
    const QRect at(anchor->mapTo(window, QPoint()), anchor->size());
    QRect place(QPoint(at.left(), at.bottom() + 1 + t.space.xs), box);
    if (anchor->layoutDirection() == Qt::RightToLeft)
        place.moveRight(at.right());
    if (place.bottom() > window->height() - t.space.s && at.top() - t.space.xs - box.height() >= t.space.s)
        place.moveBottom(at.top() - 1 - t.space.xs);
    if (place.right() > window->width() - t.space.s)
        place.moveRight(window->width() - t.space.s);
    if (place.left() < t.space.s)
        place.moveLeft(t.space.s);
    if (place.bottom() > window->height() - t.space.s)
        place.moveBottom(window->height() - t.space.s);
    if (place.top() < t.space.s)
        place.moveTop(t.space.s);
    popup->setGeometry(place.adjusted(-shadow, -shadow, shadow, shadow + t.space.s));
    popup->layout()->setContentsMargins(shadow + padding, shadow + padding, shadow + padding, shadow + t.space.s + padding);
    popup->m_returnFocus = QApplication::focusWidget();
    popup->raise();
    popup->show();
    popup->m_list->setFocus(Qt::PopupFocusReason);
    return popup;
}

Popup::Popup(QWidget* window, const QString& accessibleName, const QList<Entry>& entries)
    : QWidget(window),
      m_list(new QListView(this)),
      m_model(new QStandardItemModel(this)),
      m_entries(entries) {
    setAccessibleName(accessibleName);
    setAttribute(Qt::WA_NoSystemBackground);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(0);
    layout->addWidget(m_list);

    auto* delegate = new PopupDelegate(m_entries, m_list);
    bool icons = false;
    int first = -1;
    for (int i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        icons = icons || entry.icon != theme::Icon::None || entry.checked;
        auto* item = new QStandardItem(entry.text);
        QString spoken = entry.text;
        if (!entry.hint.isEmpty())
            spoken += QStringLiteral(", ") + entry.hint;
        item->setData(spoken, Qt::AccessibleTextRole);
        item->setFlags(entry.heading || !entry.enabled ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        if (!entry.enabled && !entry.heading)
            item->setToolTip(entry.hint);
        m_model->appendRow(item);
        if (!entry.heading && entry.enabled && (first < 0 || (entry.checked && !m_entries[first].checked)))
            first = i;
    }
    delegate->setHasIcons(icons);
    m_list->setAccessibleName(accessibleName);
    m_list->setItemDelegate(delegate);
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    if (first >= 0)
        m_list->setCurrentIndex(m_model->index(first, 0));
    setFocusProxy(m_list);
    connect(m_list, &QListView::entered, this, [this](const QModelIndex& index) {
        if (index.flags().testFlag(Qt::ItemIsEnabled))
            m_list->setCurrentIndex(index);
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { choose(index.row()); });
    m_list->installEventFilter(this);
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now && isVisible() && now != this && !isAncestorOf(now))
            finish();
    });
}

void Popup::choose(int row) {
    if (row < 0 || row >= m_entries.size() || m_entries[row].heading || !m_entries[row].enabled)
        return;
    const std::function<void()> run = m_entries[row].run;
    finish();
    if (run)
        run();
}

void Popup::finish() {
    if (!isVisible())
        return;
    const bool hadFocus = m_list->hasFocus() || isAncestorOf(QApplication::focusWidget());
    QWidget* back = m_returnFocus;
    qApp->removeEventFilter(this);
    hide();
    if (hadFocus && back && back->isVisible())
        back->setFocus(Qt::PopupFocusReason);
    deleteLater();
}

void Popup::paintEvent(QPaintEvent*) {
    const Tokens& t = theme::tokens(this);
    const int shadow = t.space.xl;
    const QRect box = rect().adjusted(shadow, shadow, -shadow, -shadow - t.space.s);
    QPainter painter(this);
    paint::drawShadow(&painter, t, box, t.size.radiusCard);
    paint::drawCard(&painter, box, t.size.radiusCard, t.color.surface, t.isHighContrast() ? t.color.text : t.color.line,
                    t.isHighContrast() ? t.size.focus : t.size.hairline);
}

void Popup::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        finish();
    else
        QWidget::keyPressEvent(event);
}

bool Popup::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        const auto* widget = static_cast<QWidget*>(watched);
        const int shadow = theme::tokens(this).space.xl;
        const QPoint at = mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
        const bool inside = rect().adjusted(shadow, shadow, -shadow, -shadow).contains(at);
        if (isVisible() && !inside && (widget->window() == window() || widget == this)) {
            finish();
            return widget == this || isAncestorOf(widget); // a press on the shadow goes nowhere else
        }
        return false;
    }
    if (watched == m_list && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // every key is the popup's while it is open
        return true;
    }
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            finish();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Space) {
            choose(m_list->currentIndex().row());
            return true;
        }
        if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab)
            return true;
        const QString typed = key->text();
        for (int i = 0; i < m_entries.size() && !typed.isEmpty(); ++i) {
            if (m_entries[i].key.compare(typed, Qt::CaseInsensitive) == 0) {
                choose(i);
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrider::widgets
