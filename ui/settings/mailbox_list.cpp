// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mailbox_list.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/settings/mailbox_words.h"
#include "ui/text/account_text.h"
#include "ui/text/deliverability_text.h"
#include "ui/text/tr.h"

#include <QPainter>

#include <algorithm>

namespace outrider::settings {

QString usageText(const DeliverabilityService::Overview& one) {
    if (one.limitToday < one.mailbox.dailyLimit)
        return MailboxListModel::tr("%1 of %2 today, in the end %3")
            .arg(one.sentInADay)
            .arg(one.limitToday)
            .arg(one.mailbox.dailyLimit);
    return MailboxListModel::tr("%1 of %2 in 24 hours").arg(one.sentInADay).arg(one.limitToday);
}

QVariant MailboxListModel::data(const QModelIndex& index, int role) const {
    const Overview* one = overview(index.row());
    if (one == nullptr)
        return {};
    const paint::Chip chip = mailboxChip(one->mailbox);
    const QString attention = attentionText(one->mailbox);
    switch (role) {
    case Qt::DisplayRole:
        return text::toQt(one->mailbox.address);
    case Qt::ToolTipRole:
        return attention.isEmpty()
                   ? QStringLiteral("%1, %2").arg(text::toQt(one->mailbox.address), text::accountWay(one->mailbox))
                   : attention;
    case DetailRole:
        return !attention.isEmpty() ? attention
               : readingText(one->mailbox.id).isEmpty()
                   ? usageText(*one)
                   : QStringLiteral("%1, %2").arg(usageText(*one), readingText(one->mailbox.id));
    case ScoreRole:
        return one->health.score ? QVariant(*one->health.score) : QVariant();
    case FractionRole:
        return one->limitToday > 0 ? double(one->sentInADay) / one->limitToday : 0.0;
    case ChipTextRole:
        return chip.text;
    case ChipToneRole:
        return int(chip.tone);
    case Qt::AccessibleTextRole: {
        QStringList parts{text::toQt(one->mailbox.address), chip.text, usageText(*one)};
        if (one->health.score)
            parts.append(tr("health %1 of 100").arg(*one->health.score));
        parts.append(attention.isEmpty() ? readingText(one->mailbox.id) : attention);
        parts.removeAll(QString());
        return parts.join(QLatin1String(", "));
    }
    default:
        return {};
    }
}

QString MailboxListModel::readingText(MailboxId id) const {
    const auto found = m_readings.find(id);
    return found == m_readings.end() ? QString() : found->second;
}

void MailboxListModel::setReadings(std::vector<ReadingState> readings, const text::Dates& dates) {
    m_readings.clear();
    for (const ReadingState& reading : readings)
        m_readings[reading.mailbox] = readingWords(reading, dates);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void MailboxListModel::set(std::vector<Overview> all) {
    beginResetModel();
    m_all = std::move(all);
    endResetModel();
}

int MailboxListModel::rowOf(MailboxId id) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [id](const Overview& one) { return one.mailbox.id == id; });
    return found == m_all.end() ? -1 : int(found - m_all.begin());
}

QSize MailboxDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    return {t.size.rail, t.size.twoLineRow + t.size.progress + t.space.xs};
}

void MailboxDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    using Model = MailboxListModel;
    const theme::Tokens& t = theme::tokens(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    paint::drawRow(painter, t, option.rect,
                   {.hover = bool(option.state & QStyle::State_MouseOver), .selected = selected, .current = selected});
    QRect inner = option.rect.adjusted(t.space.l, t.space.xs, -t.space.l, -t.space.s);
    const auto mirrored = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    const QRect bar(inner.left(), inner.bottom() - t.size.progress + 1, inner.width(), t.size.progress);
    inner.setBottom(bar.top() - t.space.xs);
    const QRect first(inner.left(), inner.top(), inner.width(), inner.height() / 2);
    const QRect second(inner.left(), first.bottom() + 1, inner.width(), inner.height() - first.height());

    const QVariant score = index.data(Model::ScoreRole);
    const QString points = score.isValid() ? QString::number(score.toInt()) : QString();
    const int pointsWidth = points.isEmpty() ? 0 : paint::textWidth(t, theme::TextStyle::Meta, points) + t.space.s;
    paint::drawText(painter, t, mirrored(first.adjusted(0, 0, -pointsWidth, 0)),
                    {.text = index.data(Qt::DisplayRole).toString(),
                     .style = theme::TextStyle::BodyStrong,
                     .color = t.onRow(t.color.text, selected),
                     .elide = Qt::ElideMiddle});
    if (!points.isEmpty())
        paint::drawText(painter, t, mirrored(QRect(first.right() - pointsWidth + 1, first.top(), pointsWidth, first.height())),
                        {.text = points,
                         .style = theme::TextStyle::Meta,
                         .color = t.onRow(t.color.muted, selected),
                         .alignment = Qt::AlignTrailing});
    const paint::Chip chip{.text = index.data(Model::ChipTextRole).toString(),
                           .tone = paint::Tone(index.data(Model::ChipToneRole).toInt())};
    const QSize size = paint::chipSize(t, chip);
    const QRect place(second.right() - size.width() + 1, second.top() + (second.height() - size.height()) / 2, size.width(),
                      size.height());
    paint::drawChip(painter, t, mirrored(place), chip, selected);
    paint::drawText(painter, t,
                    mirrored(QRect(second.left(), second.top(), place.left() - t.space.s - second.left(), second.height())),
                    {.text = index.data(Model::DetailRole).toString(),
                     .style = theme::TextStyle::Meta,
                     .color = t.onRow(t.color.muted, selected)});
    const double fraction = index.data(Model::FractionRole).toDouble();
    paint::drawProgress(painter, t, mirrored(bar), std::min(1.0, fraction),
                        fraction > 1 ? paint::Tone::Bad : paint::Tone::Accent);
}

} // namespace outrider::settings
