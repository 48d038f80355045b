// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lead_cells.h"

#include "core/domain/field.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace outrider::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(LeadList)
};

// A channel inside a sentence.
QString channelWord(Channel channel) {
    switch (channel) {
    case Channel::Email:
        return Tr::tr("e-mail");
    case Channel::Call:
        return Tr::tr("call");
    case Channel::LinkedIn:
        return Tr::tr("LinkedIn");
    case Channel::Sms:
        return Tr::tr("SMS");
    case Channel::Task:
        return Tr::tr("to-do");
    }
    return {};
}

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString strategyText(const LeadListRow& row) {
    if (!row.strategy)
        return {};
    const QString name = text::toQt(row.strategyName);
    switch (row.enrolmentState) {
    case EnrolmentState::Active:
        return Tr::tr("%1, %2/%3").arg(name).arg(std::min(row.nextStep + 1, row.stepCount)).arg(row.stepCount);
    case EnrolmentState::Paused:
        return Tr::tr("%1, paused").arg(name);
    case EnrolmentState::Finished:
        return Tr::tr("%1, finished").arg(name);
    case EnrolmentState::Stopped:
        return Tr::tr("Stopped: %1").arg(text::stopReasonText(row.stopReason));
    }
    return {};
}

QString nextStepText(const LeadListRow& row, const text::Dates& dates, bool late) {
    if (!row.nextTaskAt)
        return Tr::tr("None");
    const QString when = late ? dates.late(*row.nextTaskAt) : capitalised(dates.day(*row.nextTaskAt));
    return Tr::tr("%1, %2", "when, what: Tue 24 Nov, call").arg(when, channelWord(row.nextChannel));
}

} // namespace

std::string_view fieldOf(LeadColumn column) {
    switch (column) {
    case LeadColumn::Tick:
        return {};
    case LeadColumn::Name:
        return "name";
    case LeadColumn::Title:
        return "job_title";
    case LeadColumn::Company:
        return "company";
    case LeadColumn::Status:
        return "status";
    case LeadColumn::Score:
        return "score";
    case LeadColumn::Strategy:
        return "strategy";
    case LeadColumn::NextStep:
        return "due";
    case LeadColumn::LastTouch:
        return "last_touch";
    case LeadColumn::Country:
        return "country";
    case LeadColumn::Email:
        return "email";
    case LeadColumn::Created:
        return "created";
    }
    return {};
}

bool isSortable(LeadColumn column) {
    const Field* field = findField(fieldOf(column));
    return field != nullptr && field->sortable;
}

bool isRightAligned(LeadColumn column) { return column == LeadColumn::Score || column == LeadColumn::LastTouch; }

QString columnTitle(LeadColumn column) {
    switch (column) {
    case LeadColumn::Tick:
    case LeadColumn::Country:
        return {};
    case LeadColumn::LastTouch:
        return Tr::tr("Last", "column: last touch");
    default:
        return text::fieldName(fieldOf(column));
    }
}

LeadCells makeCells(LeadListRow row, const std::vector<Status>& statuses, const text::Dates& dates, Instant now) {
    LeadCells cells;
    const auto known = std::find_if(statuses.begin(), statuses.end(), [&row](const Status& s) { return s.id == row.status; });
    const Status status = known == statuses.end() ? Status{} : *known;
    cells.standing = paint::standingChip(status, row.reach);
    cells.late = row.nextTaskAt && *row.nextTaskAt < now && !dates.late(*row.nextTaskAt).isEmpty();
    cells.stranded = !row.nextTaskAt && !status.isTerminal();
    const auto set = [&cells](LeadColumn column, QString text) { cells.text[std::size_t(column)] = std::move(text); };
    set(LeadColumn::Name, text::toQt(row.name));
    set(LeadColumn::Title, text::toQt(row.jobTitle));
    set(LeadColumn::Company, text::toQt(row.companyName));
    set(LeadColumn::Status, cells.standing.text);
    set(LeadColumn::Score, QLocale().toString(row.score));
    set(LeadColumn::Strategy, strategyText(row));
    const QString strategy = text::toQt(row.strategyName);
    if (!strategy.isEmpty() && cells.text[std::size_t(LeadColumn::Strategy)].startsWith(strategy))
        cells.strategyName = int(strategy.size());
    set(LeadColumn::NextStep, nextStepText(row, dates, cells.late));
    set(LeadColumn::LastTouch, row.lastTouchAt ? dates.ago(*row.lastTouchAt) : QStringLiteral("–"));
    set(LeadColumn::Country, text::toQt(row.country));
    set(LeadColumn::Email, text::toQt(row.email));
    set(LeadColumn::Created, dates.shortDay(row.createdAt));
    cells.row = std::move(row);
    return cells;
}

} // namespace outrider::models
