// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/step_words.h"

#include "ui/strategies/strategy_draft.h"
#include "ui/strategies/template_text.h"
#include "ui/text/dates.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::strategies {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StrategySteps)
};

} // namespace

QString stepSubject(const StrategyVersion& version, int position) {
    const Step& step = version.steps.at(std::size_t(position));
    if (step.channel == Channel::Email && step.thread == Thread::Reply) {
        for (int before = position - 1; before >= 0; --before) {
            const Step& other = version.steps[std::size_t(before)];
            const QString its = text::toQt(other.subject).simplified();
            if (other.channel == Channel::Email && other.thread == Thread::New && !its.isEmpty())
                return its.startsWith(QLatin1String("Re:"), Qt::CaseInsensitive) ? its : QStringLiteral("Re: %1").arg(its);
        }
    }
    return text::toQt(step.subject).simplified();
}

QString stepTitle(const StrategyVersion& version, int position) {
    QString title = stepSubject(version, position);
    const QList<TagSpan> spans = tagSpans(title);
    for (auto span = spans.crbegin(); span != spans.crend(); ++span)
        title.replace(span->start, span->length, span->section ? QString() : span->field);
    return title.isEmpty() ? text::channelName(version.steps[std::size_t(position)].channel) : title;
}

QString stepDetail(const StrategyVersion& version, int position) {
    const Step& step = version.steps.at(std::size_t(position));
    QString detail = text::channelName(step.channel);
    if (step.channel == Channel::Email)
        detail = step.thread == Thread::Reply ? Words::tr("E-mail, in thread") : Words::tr("E-mail, new thread");
    else if (step.channel == Channel::LinkedIn)
        detail = Words::tr("By hand: open profile, copy text");
    if (step.window)
        detail = Words::tr("%1, %2 to %3, their time")
                     .arg(detail, text::clockTime(step.window->startMinute), text::clockTime(step.window->endMinute));
    return detail;
}

QString daysText(int days, bool businessDays) {
    return businessDays ? text::counted(days, Words::tr("business day"), Words::tr("business days"))
                        : text::counted(days, Words::tr("day"), Words::tr("days"));
}

QString waitText(const StrategyVersion& version, int position) {
    const std::vector<int> marks = dayMarks(version);
    const int wait = marks.at(std::size_t(position)) - (position == 0 ? 0 : marks[std::size_t(position - 1)]);
    if (position == 0)
        return wait == 0 ? Words::tr("At once") : Words::tr("%1 after the start").arg(daysText(wait, version.businessDays));
    if (wait <= 0)
        return Words::tr("The same day, if no reply");
    return Words::tr("%1, if no reply").arg(daysText(wait, version.businessDays));
}

} // namespace outrider::strategies
