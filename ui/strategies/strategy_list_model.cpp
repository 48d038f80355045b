// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/strategy_list_model.h"

#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/theme/tokens.h"

#include <QAbstractItemView>
#include <QLocale>

namespace outrider::strategies {

QString stateName(StrategyState state) {
    switch (state) {
    case StrategyState::Active:
        return StrategyListModel::tr("Active");
    case StrategyState::Paused:
        return StrategyListModel::tr("Paused");
    case StrategyState::Archived:
        return StrategyListModel::tr("Archived");
    }
    return {};
}

paint::Chip stateChip(StrategyState state, const QString& text) {
    const auto tone = state == StrategyState::Active   ? paint::Tone::Ok
                      : state == StrategyState::Paused ? paint::Tone::Warn
                                                       : paint::Tone::Neutral;
    return {.text = text, .tone = tone};
}

namespace {

QString share(std::int64_t part, std::int64_t whole) {
    return StrategyListModel::tr("%1 %").arg(QLocale().toString(100.0 * double(part) / double(whole), 'f', 1));
}

} // namespace

QString repliesText(const StrategySummary& summary) {
    const QString replies = text::counted(summary.replied, StrategyListModel::tr("reply"), StrategyListModel::tr("replies"));
    return summary.enrolled == 0 ? replies : QStringLiteral("%1, %2").arg(replies, share(summary.replied, summary.enrolled));
}

void StrategyListModel::setStrategies(std::vector<StrategySummary> strategies) {
    bool sameRows = strategies.size() == m_strategies.size();
    for (std::size_t i = 0; sameRows && i < strategies.size(); ++i)
        sameRows = strategies[i].strategy.id == m_strategies[i].strategy.id;
    if (sameRows) {
        m_strategies = std::move(strategies);
        if (!m_strategies.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_strategies = std::move(strategies);
    endResetModel();
}

const StrategySummary* StrategyListModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &m_strategies[std::size_t(row)] : nullptr;
}

int StrategyListModel::rowOf(StrategyId id) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (m_strategies[std::size_t(row)].strategy.id == id)
            return row;
    }
    return -1;
}

int StrategyListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_strategies.size()); }

int StrategyListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant StrategyListModel::data(const QModelIndex& index, int role) const {
    const StrategySummary* summary = index.isValid() ? at(index.row()) : nullptr;
    if (summary == nullptr)
        return {};
    const auto number = [](std::int64_t n) { return QLocale().toString(qlonglong(n)); };
    if (role == StateRole)
        return int(summary->strategy.state);
    if (role == Qt::AccessibleTextRole && index.column() == Name)
        return tr("%1, %2, %3, %4 in it, %5")
            .arg(text::toQt(summary->strategy.name), stateName(summary->strategy.state),
                 text::counted(summary->stepCount, tr("step"), tr("steps")), number(summary->running), repliesText(*summary));
    if (role == Qt::ToolTipRole && index.column() == Name)
        return text::toQt(summary->strategy.name);
    if (role == Qt::TextAlignmentRole)
        return int((index.column() >= Steps ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Name:
        return text::toQt(summary->strategy.name);
    case State:
        return tr("%1, version %2").arg(stateName(summary->strategy.state)).arg(summary->versionNumber);
    case Steps:
        return number(summary->stepCount);
    case Running:
        return number(summary->running);
    case Enrolled:
        return number(summary->enrolled);
    case Replied:
        return summary->enrolled == 0
                   ? number(summary->replied)
                   : QStringLiteral("%1, %2").arg(number(summary->replied), share(summary->replied, summary->enrolled));
    case Finished:
        return number(summary->finished);
    default:
        return {};
    }
}

QVariant StrategyListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Steps ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case State:
        return tr("State");
    case Steps:
        return tr("Steps");
    case Running:
        return tr("In it now");
    case Enrolled:
        return tr("Enrolled");
    case Replied:
        return tr("Replied");
    case Finished:
        return tr("Finished");
    default:
        return {};
    }
}

QRect columnRect(const theme::Tokens& t, const QRect& cell, int column) {
    const bool first = column == 0;
    const bool last = column == StrategyListModel::ColumnCount - 1;
    return cell.adjusted(first ? t.space.l : t.space.s, 0, last ? -t.space.l : -t.space.s, 0);
}

void StrategyHeader::paintSection(QPainter* painter, const QRect& rect, int column) const {
    const theme::Tokens& t = theme::tokens(this);
    painter->fillRect(rect, t.color.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), t.size.hairline), t.color.line);
    paint::drawText(painter, t, columnRect(t, rect, column),
                    {.text = model()->headerData(column, Qt::Horizontal).toString(),
                     .style = theme::TextStyle::MetaStrong,
                     .color = t.color.muted,
                     .alignment = column >= StrategyListModel::Steps ? Qt::AlignTrailing : Qt::AlignLeading});
}

void StrategyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const bool focus = view != nullptr && view->hasFocus();
    paint::drawRow(
        painter, t, option.rect,
        {.hover = bool(option.state & QStyle::State_MouseOver), .selected = selected, .current = selected, .listHasFocus = focus},
        index.column() == 0);
    const QRect cell = columnRect(t, option.rect, index.column());
    const auto state = StrategyState(index.data(StrategyListModel::StateRole).toInt());
    const QString text = index.data(Qt::DisplayRole).toString();
    if (index.column() == StrategyListModel::State) {
        const paint::Chip chip = stateChip(state, text);
        const QSize size = paint::chipSize(t, chip);
        const QRect place(cell.left(), cell.top() + (cell.height() - size.height()) / 2, std::min(size.width(), cell.width()),
                          size.height());
        paint::drawChip(painter, t, QStyle::visualRect(option.direction, cell, place), chip, selected && focus);
        return;
    }
    const bool name = index.column() == StrategyListModel::Name;
    paint::drawText(painter, t, cell,
                    {.text = text,
                     .style = name ? theme::TextStyle::BodyStrong : theme::TextStyle::Body,
                     .color = t.onRow(state == StrategyState::Archived ? t.color.muted : t.color.text, selected && focus),
                     .alignment = name ? Qt::AlignLeading : Qt::AlignTrailing});
}

QSize StrategyDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    return {t.size.rail / 2, t.size.row};
}

} // namespace outrider::strategies
