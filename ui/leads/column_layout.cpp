// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/column_layout.h"

#include "ui/text/tr.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace outrider::leads {

using models::LeadColumn;

namespace {

struct Usual {
    LeadColumn column;
    int width;
    int least;
    bool visible;
};
constexpr Usual usualColumns[] = {
    {LeadColumn::Name, 164, 112, true},    {LeadColumn::Title, 156, 88, true},    {LeadColumn::Company, 184, 88, true},
    {LeadColumn::Status, 96, 88, true},    {LeadColumn::Score, 40, 40, true},     {LeadColumn::Strategy, 168, 88, true},
    {LeadColumn::NextStep, 140, 96, true}, {LeadColumn::LastTouch, 56, 44, true}, {LeadColumn::Country, 28, 24, true},
    {LeadColumn::Email, 200, 96, false},   {LeadColumn::Created, 88, 64, false},
};
constexpr int widest = 800;

const Usual* usualOf(LeadColumn column) {
    return std::find_if(std::begin(usualColumns), std::end(usualColumns),
                        [column](const Usual& u) { return u.column == column; });
}

} // namespace

ColumnLayout ColumnLayout::usual() {
    ColumnLayout layout;
    for (const Usual& column : usualColumns)
        layout.columns.push_back({column.column, column.width, column.visible});
    return layout;
}

// "name=164 job_title=156 email=-200": in order; below zero: not shown.
QString ColumnLayout::toText() const {
    QStringList parts;
    for (const Entry& entry : columns)
        parts << QStringLiteral("%1=%2").arg(text::toQt(fieldOf(entry.column))).arg(entry.visible ? entry.width : -entry.width);
    return parts.join(QLatin1Char(' '));
}

ColumnLayout ColumnLayout::fromText(const QString& text) {
    ColumnLayout layout;
    const auto has = [&layout](LeadColumn column) {
        return std::any_of(layout.columns.begin(), layout.columns.end(), [column](const Entry& e) { return e.column == column; });
    };
    for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const std::string field = part.section(QLatin1Char('='), 0, 0).toStdString();
        const int width = part.section(QLatin1Char('='), 1).toInt();
        for (const Usual& column : usualColumns) {
            if (fieldOf(column.column) == field && !has(column.column) && width != 0)
                layout.columns.push_back({column.column, std::clamp(std::abs(width), column.least, widest), width > 0});
        }
    }
    for (const Usual& column : usualColumns) {
        if (!has(column.column))
            layout.columns.push_back({column.column, column.width, column.visible});
    }
    layout.entry(LeadColumn::Name).visible = true; // a row without a name is nobody
    return layout;
}

ColumnLayout::Entry& ColumnLayout::entry(LeadColumn column) {
    return *std::find_if(columns.begin(), columns.end(), [column](const Entry& e) { return e.column == column; });
}

std::vector<int> ColumnLayout::fit(int available, double scale, int gap, std::optional<LeadColumn> keep) const {
    std::vector<int> widths;
    int used = 0;
    for (const Entry& entry : columns) {
        const int width = entry.visible ? int(std::lround(std::max(entry.width, usualOf(entry.column)->least) * scale)) + gap : 0;
        widths.push_back(width);
        used += width;
    }
    const auto at = [this](LeadColumn column) {
        return std::size_t(std::find_if(columns.begin(), columns.end(), [column](const Entry& e) { return e.column == column; })
                           - columns.begin());
    };
    const auto giveRest = [&] {
        for (const LeadColumn rest : {LeadColumn::NextStep, LeadColumn::Strategy, LeadColumn::Company, LeadColumn::Name}) {
            if (columns[at(rest)].visible && rest != keep) {
                widths[at(rest)] += available - used;
                used = available;
            }
        }
    };
    if (used <= available) {
        giveRest();
        return widths;
    }
    const auto leastOf = [&](LeadColumn column) { return int(std::lround(usualOf(column)->least * scale)) + gap; };
    const auto canGive = [&](LeadColumn column) {
        const std::size_t i = at(column);
        return columns[i].visible && column != keep ? std::max(0, widths[i] - leastOf(column)) : 0;
    };
    const auto take = [&](LeadColumn column, int pixels) {
        widths[at(column)] -= pixels;
        used -= pixels;
    };
    const auto shrink = [&](LeadColumn column) { take(column, std::clamp(used - available, 0, canGive(column))); };
    shrink(LeadColumn::Title);
    shrink(LeadColumn::Email);
    // Company and strategy give in proportion; when that would halve them, the title goes altogether.
    const int both = canGive(LeadColumn::Company) + canGive(LeadColumn::Strategy);
    if (used - available > both / 2 && columns[at(LeadColumn::Title)].visible && keep != LeadColumn::Title) {
        take(LeadColumn::Title, widths[at(LeadColumn::Title)]);
        if (used < available)
            giveRest();
    }
    const int lacking = std::clamp(used - available, 0, both);
    if (lacking > 0) {
        const int company = int(std::int64_t(lacking) * canGive(LeadColumn::Company) / both);
        take(LeadColumn::Company, company);
        take(LeadColumn::Strategy, lacking - company);
    }
    for (const LeadColumn column : {LeadColumn::NextStep, LeadColumn::Name})
        shrink(column);
    if (keep) {
        const int spare = std::max(0, widths[at(*keep)] - leastOf(*keep));
        take(*keep, std::clamp(used - available, 0, spare));
    }
    return widths;
}

} // namespace outrider::leads
