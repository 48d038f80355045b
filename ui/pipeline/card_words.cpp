// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/card_words.h"

#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <tuple>

namespace outrider::pipeline {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Pipeline)
};

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

bool isInStrategy(const LeadListRow& row) {
    return row.strategy && (row.enrolmentState == EnrolmentState::Active || row.enrolmentState == EnrolmentState::Paused);
}

} // namespace

Card makeCard(LeadListRow row, const Status& status, const text::Dates& dates, Instant now) {
    Card card;
    card.name = text::toQt(row.name);
    card.company = text::toQt(row.companyName);
    if (card.company == card.name) // known by its company alone
        card.company.clear();
    card.score = QLocale().toString(row.score);
    QString spokenStep;
    if (row.reach != Reach::Ok) {
        card.icon = theme::Icon::Ban;
        card.step = text::reachName(row.reach);
        card.tone = Card::Tone::Late;
    } else if (row.nextTaskAt) {
        const QString late = *row.nextTaskAt < now ? dates.late(*row.nextTaskAt) : QString();
        card.icon = paint::channelIcon(row.nextChannel);
        card.step = late.isEmpty() ? capitalised(dates.day(*row.nextTaskAt)) : late;
        card.tone = late.isEmpty() ? Card::Tone::Plain : Card::Tone::Late;
        spokenStep = Tr::tr("%1 %2", "what and when: Call today").arg(text::channelName(row.nextChannel), card.step);
    } else if (!status.isTerminal()) {
        card.icon = theme::Icon::TriangleAlert;
        card.step = Tr::tr("No next step");
        card.tone = Card::Tone::Waits;
    } else if (row.lastTouchAt) {
        card.icon = theme::Icon::Clock;
        card.step = Tr::tr("Last touch %1").arg(dates.day(*row.lastTouchAt));
    } else {
        card.icon = theme::Icon::Clock;
        card.step = Tr::tr("Never touched");
    }
    if (isInStrategy(row) && row.stepCount > 0)
        card.progress = QStringLiteral("%1/%2").arg(std::min(row.nextStep + 1, row.stepCount)).arg(row.stepCount);
    QStringList spoken{card.name};
    if (!card.company.isEmpty())
        spoken.append(card.company);
    spoken.append(Tr::tr("score %1").arg(card.score));
    spoken.append(spokenStep.isEmpty() ? card.step : spokenStep);
    if (!card.progress.isEmpty())
        spoken.append(Tr::tr("step %1 of %2 of %3")
                          .arg(std::min(row.nextStep + 1, row.stepCount))
                          .arg(row.stepCount)
                          .arg(text::toQt(row.strategyName)));
    card.spoken = spoken.join(QStringLiteral(", "));
    card.row = std::move(row);
    return card;
}

QString consequence(const LeadListRow& row, const Status& from, const Status& to) {
    if (from.id == to.id)
        return {};
    const QString strategy = text::isolated(text::toQt(row.strategyName));
    if (to.isTerminal()) {
        if (isInStrategy(row))
            return Tr::tr("Stops %1", "a strategy").arg(strategy);
        return row.nextTaskAt ? Tr::tr("Clears the next step") : QString();
    }
    if (isInStrategy(row))
        return row.enrolmentState == EnrolmentState::Active ? Tr::tr("%1 goes on", "a strategy").arg(strategy)
                                                            : Tr::tr("%1 stays paused", "a strategy").arg(strategy);
    if (row.strategy && row.enrolmentState == EnrolmentState::Stopped)
        return Tr::tr("Keeps %1 stopped", "a strategy").arg(strategy);
    return {};
}

QString stageNote(const Status& status) { return status.isTerminal() ? Tr::tr("Stops strategies") : Tr::tr("Strategies go on"); }

QString sortName(BoardSort sort) {
    switch (sort) {
    case BoardSort::Due:
        return Tr::tr("next step", "sorted by");
    case BoardSort::LastTouch:
        return Tr::tr("last touch", "sorted by");
    case BoardSort::Created:
        return Tr::tr("newest", "sorted by");
    case BoardSort::Score:
        break;
    }
    return Tr::tr("score", "sorted by");
}

bool standsBefore(const LeadListRow& one, const LeadListRow& other, BoardSort sort) {
    const auto latest = [](const std::optional<Instant>& a, const std::optional<Instant>& b, LeadId x, LeadId y) {
        return std::tuple(a.has_value(), a.value_or(Instant{}), x.value)
               > std::tuple(b.has_value(), b.value_or(Instant{}), y.value);
    };
    switch (sort) {
    case BoardSort::Due:
        return std::tuple(!one.nextTaskAt, one.nextTaskAt.value_or(Instant{}), one.id.value)
               < std::tuple(!other.nextTaskAt, other.nextTaskAt.value_or(Instant{}), other.id.value);
    case BoardSort::LastTouch:
        return latest(one.lastTouchAt, other.lastTouchAt, one.id, other.id);
    case BoardSort::Created:
        return one.id.value > other.id.value;
    case BoardSort::Score:
        break;
    }
    return std::tuple(one.score, one.id.value) > std::tuple(other.score, other.id.value);
}

} // namespace outrider::pipeline
