// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/bar_chart.h"

#include "ui/text/insight_text.h"

#include <QDate>
#include <QLocale>

#include <algorithm>

namespace outrider::dashboards {

namespace {

QDate toDate(std::chrono::sys_days day) { return QDate(1970, 1, 1).addDays(day.time_since_epoch().count()); }

} // namespace

BarChart::BarChart(QWidget* parent) : widgets::BarChart(tr("Volume chart"), parent) {}

void BarChart::setDays(const std::vector<DayTotals>& days) {
    m_days.clear();
    std::ranges::copy_if(days, std::back_inserter(m_days),
                         [](const DayTotals& day) { return day.workday || day.totals.sent + day.totals.calls > 0; });
    std::vector<Bar> bars;
    for (const DayTotals& day : m_days)
        bars.push_back({.day = day.day,
                        .lower = day.totals.sent,
                        .upper = day.totals.calls,
                        .sentence = tr("%1: %2 e-mails, %3 calls")
                                        .arg(QLocale().toString(toDate(day.day), QStringLiteral("ddd d MMM")),
                                             text::number(day.totals.sent), text::number(day.totals.calls))});
    setBars(std::move(bars));
}

} // namespace outrider::dashboards
