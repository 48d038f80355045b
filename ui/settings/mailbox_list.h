// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_history.h"
#include "core/services/deliverability_service.h"
#include "ui/text/dates.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <map>

namespace outrider::settings {

// The mailboxes with what a glance is to tell: state, what was sent of what today allows, health, and what is wrong.
class MailboxListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using Overview = DeliverabilityService::Overview;
    enum { ChipTextRole = Qt::UserRole + 1, ChipToneRole, DetailRole, ScoreRole, FractionRole };
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_all.size()); }
    QVariant data(const QModelIndex& index, int role) const override;

    void set(std::vector<Overview> all);
    // How reading each of them goes; `dates` says when.
    void setReadings(std::vector<ReadingState> readings, const text::Dates& dates);
    const Overview* overview(int row) const { return row >= 0 && row < rowCount() ? &m_all[std::size_t(row)] : nullptr; }
    const Mailbox* at(int row) const { return overview(row) == nullptr ? nullptr : &overview(row)->mailbox; }
    int rowOf(MailboxId id) const;

private:
    QString readingText(MailboxId id) const;

    std::vector<Overview> m_all;
    std::map<MailboxId, QString> m_readings;
};

class MailboxDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// "12 of 30 in 24 hours"; with a ramp that still rises "12 of 14 today, then 30".
QString usageText(const DeliverabilityService::Overview& one);

} // namespace outrider::settings
