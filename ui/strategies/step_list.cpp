// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/step_list.h"

#include "ui/paint/domain_looks.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/strategies/step_words.h"
#include "ui/text/names.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::strategies {

namespace {

enum Role { DayRole = Qt::UserRole + 1, DetailRole, WaitRole, ShareRole, ChannelRole, SeverityRole };

} // namespace

class StepList::Model final : public QAbstractListModel {
public:
    Model(StrategyDraft& draft, QObject* parent) : QAbstractListModel(parent), m_draft(draft) {}

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_rows; }

    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid() || index.row() >= m_draft.stepCount())
            return {};
        const StrategyVersion& version = m_draft.version();
        const int row = index.row();
        switch (role) {
        case Qt::DisplayRole:
            return stepTitle(version, row);
        case Qt::ToolTipRole:
            return stepTitle(version, row);
        case DayRole:
            return m_days.at(std::size_t(row));
        case DetailRole:
            return stepDetail(version, row);
        case WaitRole:
            return waitText(version, row);
        case ShareRole:
            return share(version.steps[std::size_t(row)].id);
        case ChannelRole:
            return int(version.steps[std::size_t(row)].channel);
        case SeverityRole:
            return severity(row);
        case Qt::AccessibleTextRole:
            return StepList::tr("Step %1 of %2: %3. %4. Day %5.")
                .arg(row + 1)
                .arg(m_rows)
                .arg(stepTitle(version, row), stepDetail(version, row))
                .arg(m_days.at(std::size_t(row)));
        default:
            return {};
        }
    }

    void refresh() {
        const int rows = m_draft.stepCount();
        if (rows != m_rows) {
            beginResetModel();
            m_rows = rows;
            m_days = dayMarks(m_draft.version());
            endResetModel();
        } else {
            m_days = dayMarks(m_draft.version());
            repaintAll();
        }
    }
    void setCounts(std::vector<StrategyDetail::StepCounts> counts) {
        m_counts = std::move(counts);
        repaintAll();
    }
    void setChecks(std::vector<StrategyCheck> checks) {
        m_checks = std::move(checks);
        repaintAll();
    }

private:
    // The share of those who replied after this step; by the step's identity, so that it moves along.
    QString share(StepId id) const {
        const auto& published = m_draft.original().steps;
        for (std::size_t i = 0; id && i < published.size() && i < m_counts.size(); ++i) {
            if (published[i].id == id && m_counts[i].done > 0)
                return StepList::tr("%1 %").arg(
                    QLocale().toString(100.0 * double(m_counts[i].replied) / double(m_counts[i].done), 'f', 1));
        }
        return {};
    }
    int severity(int row) const {
        int worst = int(StrategyCheck::Severity::Fine);
        for (const StrategyCheck& check : m_checks) {
            if (check.step == row)
                worst = std::min(worst, int(check.severity)); // Error is 0, Warning 1, Fine 2
        }
        return worst;
    }
    void repaintAll() {
        if (m_rows > 0)
            Q_EMIT dataChanged(index(0), index(m_rows - 1));
    }

    StrategyDraft& m_draft;
    int m_rows = 0;
    std::vector<int> m_days;
    std::vector<StrategyDetail::StepCounts> m_counts;
    std::vector<StrategyCheck> m_checks;
};

class StepList::Delegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(option.widget);
        const int wait = showsWait(index) ? t.size.row : 0;
        return {t.size.rail, t.size.stepRow + wait};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(option.widget);
        const bool rtl = option.direction == Qt::RightToLeft;
        QRect row = option.rect;
        const auto mirrored = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
        // Left edge, day mark, icon, text: the columns of the design.
        const int dayWidth = t.size.stepRow;
        const int iconLeft = row.left() + dayWidth + t.space.xs;
        const int textLeft = iconLeft + t.size.icon + t.space.s;
        const int thread = row.left() + dayWidth / 2;
        if (showsWait(index)) {
            const QRect gap(row.left(), row.top(), row.width(), t.size.row);
            painter->fillRect(mirrored(QRect(thread, gap.top(), t.size.hairline, gap.height())), t.color.line);
            paint::drawText(painter, t, mirrored(QRect(textLeft, gap.top(), row.right() - textLeft - t.space.l, gap.height())),
                            {.text = index.data(WaitRole).toString(), .style = theme::TextStyle::Meta, .color = t.color.muted});
            row.setTop(gap.bottom() + 1);
        }
        const bool selected = option.state & QStyle::State_Selected;
        paint::drawRow(painter, t, row,
                       {.hover = bool(option.state & QStyle::State_MouseOver), .selected = selected, .current = selected});
        const auto onRow = [&t, selected](const QColor& color) { return t.onRow(color, selected); };
        const QColor ink = onRow(selected ? t.color.accent : t.color.muted);
        paint::drawText(painter, t, mirrored(QRect(row.left(), row.top(), dayWidth, row.height())),
                        {.text = QLocale().toString(index.data(DayRole).toInt()),
                         .style = theme::TextStyle::Section,
                         .color = ink,
                         .alignment = Qt::AlignHCenter});
        const int half = row.height() / 2;
        const QRect first(textLeft, row.top() + t.space.xs, row.right() - t.space.l - textLeft, half - t.space.xs);
        const QRect second(textLeft, row.top() + half, first.width(), half - t.space.xs);
        const QRect icon(iconLeft, first.top() + (first.height() - t.size.icon) / 2, t.size.icon, t.size.icon);
        theme::paintIcon(painter, mirrored(icon), paint::channelIcon(Channel(index.data(ChannelRole).toInt())), ink);

        const QString share = index.data(ShareRole).toString();
        int right = first.right();
        if (!share.isEmpty()) {
            paint::drawText(painter, t, mirrored(first),
                            {.text = share,
                             .style = theme::TextStyle::Meta,
                             .color = onRow(t.color.muted),
                             .alignment = rtl ? Qt::AlignLeft : Qt::AlignRight});
            right -= paint::textWidth(t, theme::TextStyle::Meta, share) + t.space.s;
        }
        const int severity = index.data(SeverityRole).toInt();
        if (severity != int(StrategyCheck::Severity::Fine)) {
            const bool error = severity == int(StrategyCheck::Severity::Error);
            const QRect mark(right - t.size.icon, icon.top(), t.size.icon, t.size.icon);
            theme::paintIcon(painter, mirrored(mark), error ? theme::Icon::CircleAlert : theme::Icon::TriangleAlert,
                             onRow(error ? t.color.danger : t.color.warn));
            right = mark.left() - t.space.s;
        }
        paint::drawText(painter, t, mirrored(QRect(first.left(), first.top(), right - first.left(), first.height())),
                        {.text = index.data(Qt::DisplayRole).toString(),
                         .style = theme::TextStyle::BodyStrong,
                         .color = onRow(t.color.text)});
        paint::drawText(
            painter, t, mirrored(second),
            {.text = index.data(DetailRole).toString(), .style = theme::TextStyle::Meta, .color = onRow(t.color.muted)});
    }

private:
    // The first step's wait is shown only when it is one.
    static bool showsWait(const QModelIndex& index) { return index.row() > 0 || index.data(DayRole).toInt() > 0; }
};

StepList::StepList(StrategyDraft& draft, QWidget* parent) : QListView(parent), m_draft(draft), m_model(new Model(draft, this)) {
    setModel(m_model);
    setItemDelegate(new Delegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setAccessibleName(tr("Steps"));
    connect(&draft, &StrategyDraft::stepsChanged, this, [this] {
        const int before = current();
        m_model->refresh();
        scheduleDelayedItemsLayout();
        if (current() < 0 && m_model->rowCount() > 0)
            setCurrent(std::clamp(before, 0, m_model->rowCount() - 1));
    });
    m_model->refresh();
}

int StepList::current() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

void StepList::setCurrent(int position) {
    const QModelIndex index = m_model->index(position, 0);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void StepList::setCounts(std::vector<StrategyDetail::StepCounts> counts) { m_model->setCounts(std::move(counts)); }

void StepList::setWarnings(std::vector<StrategyCheck> checks) { m_model->setChecks(std::move(checks)); }

QSize StepList::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail, t.size.stepRow * 2};
}

void StepList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT currentChangedTo(current.row());
}

void StepList::keyPressEvent(QKeyEvent* event) {
    // Letters are commands here, not a search for a step's name.
    if (!event->text().isEmpty() && event->text().front().isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

} // namespace outrider::strategies
