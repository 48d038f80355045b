// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/simulation.h"
#include "ui/text/dates.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace outrider::strategies {

// What a dry run says, one row for each message, task and skip, by time; what has no time last.
class SimulationList : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Show { All, Emails, Tasks, Waits, LeftOut };
    struct Filter {
        Show show = Show::All;
        StrategyId strategy;               // none: all
        std::optional<WaitReason> waited;  // only what met it
        std::optional<SkipReason> leftOut; // only what is left out for it
    };
    struct Row {
        QString when;
        QString what; // who, strategy and step, text
        QString why;  // what it waited for, or why it is left out
        bool leftOut = false;
    };

    using QAbstractListModel::QAbstractListModel;

    void setReport(SimulationReport report, const text::Dates& dates);
    void setFilter(const Filter& filter);
    const SimulationReport& report() const { return m_report; }

    // What there is to filter by, and how often, in the strategy of the filter.
    std::vector<std::pair<WaitReason, int>> waitReasons() const;
    std::vector<std::pair<SkipReason, int>> skipReasons() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Row row(int index) const;

private:
    bool matches(const SimulatedStep& step) const;
    bool matches(const SimulatedSkip& skip) const;
    QString whatOf(LeadId lead, StrategyId strategy, int step, Channel channel, int variant) const;
    void choose();

    SimulationReport m_report;
    std::optional<text::Dates> m_dates;
    Filter m_filter;
    std::vector<int> m_steps; // of the report, that match
    std::vector<int> m_skips;
};

QString skipReasonText(SkipReason reason);

// When, what and why side by side.
class SimulationDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace outrider::strategies
