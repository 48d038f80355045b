// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeline_view.h"

#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"
#include "ui/widgets/mail_card.h"
#include "ui/widgets/timeline_entry.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::widgets {

using theme::TextStyle;
using theme::Tokens;

namespace {

// Text broken into at most so many lines, the last one elided.
QStringList linesOf(const QString& text, const QFont& font, int width, int most) {
    QStringList lines;
    if (text.isEmpty() || width <= 0)
        return lines;
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() == most - 1) {
            lines.append(QFontMetrics(font).elidedText(text.mid(line.textStart()).trimmed(), Qt::ElideRight, width));
            break;
        }
        lines.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

} // namespace

// ── Model ────────────────────────────────────────────────────────────────────────────────────────

class TimelineView::Model : public QAbstractListModel {
public:
    // What is painted of an entry, laid out for one width.
    struct Laid {
        int width = -1;
        QStringList title;
        QStringList detail;
    };
    struct Row {
        TimelineEntry entry;
        EntryWords words;
        QString date;
        bool expanded = false;
        mutable Laid laid;
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }

    QVariant data(const QModelIndex& index, int role) const override {
        const Row& row = m_rows[size_t(index.row())];
        switch (role) {
        case Qt::DisplayRole:
            return row.words.title;
        case Qt::AccessibleTextRole: {
            QStringList parts{row.words.title};
            if (!row.words.detail.isEmpty())
                parts.append(row.words.detail);
            parts.append(row.date);
            return parts.join(QStringLiteral(", "));
        }
        default:
            return {};
        }
    }

    void set(std::vector<TimelineEntry> entries, const text::Dates& dates) {
        beginResetModel();
        m_dates = dates;
        m_rows.clear();
        take(std::move(entries));
        endResetModel();
    }

    void append(std::vector<TimelineEntry> entries) {
        if (entries.empty())
            return;
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + entries.size()) - 1);
        take(std::move(entries));
        endInsertRows();
    }

    void setWho(std::function<QString(LeadId)> who) { m_who = std::move(who); }

    const Row& row(int index) const { return m_rows[size_t(index)]; }
    void setExpanded(int index, bool on) { m_rows[size_t(index)].expanded = on; }
    void forgetLayout() {
        for (const Row& row : m_rows)
            row.laid.width = -1;
    }

private:
    void take(std::vector<TimelineEntry> entries) {
        for (TimelineEntry& entry : entries) {
            const Instant at = entry.activity.at;
            QString date = !m_dates ? QString() : m_dates->isToday(at) ? m_dates->time(at) : m_dates->shortDay(at);
            EntryWords words = wordsOf(entry, m_dates ? &*m_dates : nullptr);
            if (m_who)
                words.title = TimelineView::tr("%1: %2", "who, and what happened").arg(m_who(entry.activity.lead), words.title);
            m_rows.push_back({std::move(entry), std::move(words), std::move(date)});
        }
    }

    std::vector<Row> m_rows;
    std::optional<text::Dates> m_dates;
    std::function<QString(LeadId)> m_who;
};

// ── Delegate ─────────────────────────────────────────────────────────────────────────────────────

class TimelineView::Delegate : public QStyledItemDelegate {
public:
    Delegate(TimelineView* view, Size size) : QStyledItemDelegate(view), m_view(view), m_full(size == Size::Full) {}

    struct Measures {
        int textLeft;  // where title and detail begin
        int textWidth; // up to the date
        int dateWidth;
    };

    Measures measures(const Tokens& t, int width) const {
        // The widest date there is, so that titles end on one line.
        const int date = paint::textWidth(t, TextStyle::Meta, QStringLiteral("00 Wwww"));
        const int left = t.size.timelineDot + t.space.s;
        return {left, std::max(0, width - left - date - t.space.m - besideBar(t)), date};
    }

    // Keeps the dates off a scroll bar.
    int besideBar(const Tokens& t) const { return m_view->verticalScrollBar()->isVisible() ? t.space.s : 0; }

    const Model::Laid& laid(const Tokens& t, const Model::Row& row, int width) const {
        const Measures m = measures(t, width);
        if (row.laid.width != m.textWidth) {
            row.laid.width = m.textWidth;
            row.laid.title = linesOf(row.words.title, t.font(TextStyle::Body), m.textWidth, m_full ? 4 : 2);
            row.laid.detail = linesOf(row.words.detail, t.font(TextStyle::Meta), m.textWidth, m_full ? 4 : 1);
        }
        return row.laid;
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const Tokens& t = theme::tokens(m_view);
        const int width = m_view->viewport()->width();
        const Model::Row& row = m_view->m_model->row(index.row());
        if (row.expanded) {
            if (const QWidget* card = m_view->indexWidget(index)) {
                const int height = card->hasHeightForWidth() ? card->heightForWidth(width) : card->sizeHint().height();
                return {width, height + t.space.m};
            }
        }
        const Model::Laid& lines = laid(t, row, width);
        const int text =
            int(lines.title.size()) * t.lineHeight(TextStyle::Body) + int(lines.detail.size()) * t.lineHeight(TextStyle::Meta);
        return {width,
                std::max(t.size.timelineDot, text + t.space.xs) + t.space.m - (lines.detail.isEmpty() ? 0 : t.space.xs / 2)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Tokens& t = theme::tokens(m_view);
        const Model::Row& row = m_view->m_model->row(index.row());
        const Measures m = measures(t, option.rect.width());
        painter->save();
        painter->setLayoutDirection(option.direction);
        const auto visual = [&](const QRect& place) { return QStyle::visualRect(option.direction, option.rect, place); };
        const int top = option.rect.top();
        const bool current = m_view->hasFocus() && index == m_view->currentIndex();
        if (current && !row.expanded) {
            const QRect mark(option.rect.left() + m.textLeft - t.space.xs, top, m.textWidth + 2 * t.space.xs,
                             option.rect.height() - t.space.m + t.space.xs / 2);
            paint::drawCard(painter, visual(mark), t.size.radius, t.color.selected, {});
        }

        const QRect dot(option.rect.left(), top, t.size.timelineDot, t.size.timelineDot);
        if (index.row() + 1 < m_view->m_model->rowCount()) {
            QRect thread(dot.center().x(), dot.bottom() + 1, t.size.hairline, option.rect.bottom() - dot.bottom());
            painter->fillRect(visual(thread), t.color.line);
        }
        const ActivityKind kind = row.entry.activity.kind;
        const paint::Tone tone = paint::activityTone(kind);
        paint::drawDot(painter, t, visual(dot), paint::activityIcon(kind), paint::toneFill(t, tone), paint::toneInk(t, tone));

        const int titleLine = t.lineHeight(TextStyle::Body);
        const int first = top + (t.size.timelineDot - titleLine) / 2;
        const QRect date(option.rect.right() + 1 - m.dateWidth - besideBar(t), first, m.dateWidth, titleLine);
        paint::drawText(painter, t, visual(date), {row.date, TextStyle::Meta, t.color.muted, Qt::AlignTrailing});
        if (row.expanded && m_view->indexWidget(index)) {
            painter->restore();
            return;
        }
        const Model::Laid& lines = laid(t, row, option.rect.width());
        int y = first;
        for (const QString& line : lines.title) {
            const QRect place(option.rect.left() + m.textLeft, y, m.textWidth, titleLine);
            paint::drawText(painter, t, visual(place), {line, TextStyle::Body, t.onRow(t.color.text, current)});
            y += titleLine;
        }
        const int detailLine = t.lineHeight(TextStyle::Meta);
        for (const QString& line : lines.detail) {
            const QRect place(option.rect.left() + m.textLeft, y, m.textWidth, detailLine);
            paint::drawText(painter, t, visual(place), {line, TextStyle::Meta, t.onRow(t.color.muted, current)});
            y += detailLine;
        }
        painter->restore();
    }

    // The card of a mail, placed where the text would be.
    QWidget* makeCard(const Message& message) const {
        auto* holder = new QWidget;
        auto* layout = new QVBoxLayout(holder);
        fit(holder);
        auto* card = new MailCard(message);
        layout->addWidget(card, 0, Qt::AlignTop);
        QObject::connect(card, &MailCard::wholeWanted, m_view,
                         [view = m_view, id = message.id] { Q_EMIT view->messageOpened(id); });
        return holder;
    }

    void fit(QWidget* holder) const {
        const Tokens& t = theme::tokens(m_view);
        const Measures m = measures(t, m_view->viewport()->width());
        holder->layout()->setContentsMargins(m.textLeft, 0, m.dateWidth + t.space.m + besideBar(t), 0);
    }

private:
    TimelineView* m_view;
    bool m_full;
};

// ── View ─────────────────────────────────────────────────────────────────────────────────────────

TimelineView::TimelineView(Size size, QWidget* parent)
    : QListView(parent),
      m_model(new Model(this)),
      m_delegate(new Delegate(this, size)) {
    setModel(m_model);
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Timeline"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    viewport()->setAutoFillBackground(false);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == verticalScrollBar()->maximum())
            askForMore();
    });
}

void TimelineView::setEntries(std::vector<TimelineEntry> entries, const text::Dates& dates) {
    m_model->set(std::move(entries), dates);
    scrollToTop();
    // A page that does not fill the view can never be scrolled to its end.
    QTimer::singleShot(0, this, [this] {
        if (m_model->rowCount() > 0 && verticalScrollBar()->maximum() == 0 && isVisible())
            askForMore();
    });
}

void TimelineView::setWho(std::function<QString(LeadId)> who) { m_model->setWho(std::move(who)); }

void TimelineView::append(std::vector<TimelineEntry> entries) { m_model->append(std::move(entries)); }

void TimelineView::askForMore() {
    if (m_model->rowCount() > 0)
        Q_EMIT endReached();
}

const TimelineEntry* TimelineView::entry(int row) const {
    return row >= 0 && row < m_model->rowCount() ? &m_model->row(row).entry : nullptr;
}

bool TimelineView::isExpanded(int row) const { return entry(row) && m_model->row(row).expanded; }

void TimelineView::setExpanded(int row, bool expanded) {
    const TimelineEntry* at = entry(row);
    if (!at || !at->message || isExpanded(row) == expanded)
        return;
    const QModelIndex index = m_model->index(row);
    m_model->setExpanded(row, expanded);
    setIndexWidget(index, expanded ? m_delegate->makeCard(*at->message) : nullptr);
    scheduleDelayedItemsLayout();
}

void TimelineView::relayout() {
    m_model->forgetLayout();
    // Cards keep the margins of the width they were made for.
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (isExpanded(row))
            setIndexWidget(m_model->index(row), m_delegate->makeCard(*entry(row)->message));
    }
    scheduleDelayedItemsLayout();
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        m_model->forgetLayout();
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (QWidget* holder = isExpanded(row) ? indexWidget(m_model->index(row)) : nullptr)
                m_delegate->fit(holder);
        }
        scheduleDelayedItemsLayout();
    }
}

void TimelineView::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        relayout();
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().row();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (entry(row) && entry(row)->message) {
            setExpanded(row, !isExpanded(row));
            return;
        }
        break;
    case Qt::Key_Right:
    case Qt::Key_Left:
        if (entry(row) && entry(row)->message) {
            setExpanded(row, (event->key() == Qt::Key_Right) != mirrored);
            return;
        }
        break;
    default:
        break;
    }
    QListView::keyPressEvent(event);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid())
        setExpanded(index.row(), !isExpanded(index.row()));
}

} // namespace outrider::widgets
