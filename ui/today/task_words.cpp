// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/task_words.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::today {

using text::isolated;
using text::toQt;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TaskWords)
};

QString joined(const QString& first, const QString& second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + QLatin1Char(' ') + second;
}

// Inside a sentence: "e-mail", but "LinkedIn".
QString channelWord(Channel channel) {
    const QString name = text::channelName(channel);
    return channel == Channel::LinkedIn || channel == Channel::Sms ? name : name.toLower();
}

// "3 business days after step 2"; empty: its strategy is not known.
QString daysAfter(const TaskDetail& task, bool fromStart) {
    for (const EnrolmentDetail& enrolment : task.lead.enrolments) {
        if (!task.step || enrolment.enrolment.id != task.task.enrolment)
            continue;
        const int days = task.step->dayOffset;
        const QString count = enrolment.version.businessDays
                                  ? text::counted(days, Words::tr("business day"), Words::tr("business days"))
                                  : text::counted(days, Words::tr("day"), Words::tr("days"));
        if (fromStart || task.item.step == 0)
            return Words::tr("%1 after the start").arg(count);
        return days == 0 ? Words::tr("The same day as step %1").arg(task.item.step)
                         : Words::tr("%1 after step %2").arg(count).arg(task.item.step);
    }
    return {};
}

QString stepDue(int step, std::optional<Channel> channel, Instant at, const text::Dates& dates) {
    const QString when = dates.day(at);
    if (!channel)
        return Words::tr("step %1 is due %2").arg(step + 1).arg(when);
    return Words::tr("step %1 (%2) is due %3").arg(step + 1).arg(channelWord(*channel), when);
}

QString asSentence(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text + QLatin1Char('.');
}

} // namespace

QString plainTemplate(std::string_view source) {
    const QString text = toQt(source);
    QString out;
    qsizetype at = 0;
    for (;;) {
        const qsizetype open = text.indexOf(QLatin1String("{{"), at);
        const qsizetype close = open < 0 ? -1 : text.indexOf(QLatin1String("}}"), open);
        if (close < 0)
            return (out + text.mid(at)).simplified();
        const QString variable = text.mid(open + 2, close - open - 2);
        const qsizetype bar = variable.indexOf(QLatin1Char('|'));
        out += text.mid(at, open - at) + (bar < 0 ? QStringLiteral("…") : variable.mid(bar + 1).trimmed());
        at = close + 2;
    }
}

QString whyNow(const QueueItem& item, const text::Dates& dates) {
    const QString note = toQt(item.note).simplified();
    if (item.stepCount == 0) // set by hand
        return item.title.empty() || note.isEmpty() ? toQt(item.title) + note : toQt(item.title) + QStringLiteral(". ") + note;
    const QString step = Words::tr("Step %1 of %2.").arg(item.step + 1).arg(item.stepCount);
    if (!note.isEmpty())
        return joined(step, note);
    if (const QString subject = plainTemplate(item.stepSubject); !subject.isEmpty())
        return joined(step, subject);
    if (item.previousStepAt)
        return joined(step, Words::tr("Last step %1").arg(dates.day(*item.previousStepAt)));
    return item.strategyName.empty() ? step : joined(step, Words::tr("New in %1").arg(isolated(toQt(item.strategyName))));
}

QString stepLine(const QueueItem& item) {
    const QString channel = text::channelName(item.channel);
    return item.stepCount == 0 ? channel : Words::tr("%1, step %2 of %3").arg(channel).arg(item.step + 1).arg(item.stepCount);
}

QString nextText(const TaskOutcome& outcome, const text::Dates& dates) {
    switch (outcome.next) {
    case TaskOutcome::Next::Step:
        return outcome.nextAt ? asSentence(stepDue(outcome.nextStep, outcome.nextChannel, *outcome.nextAt, dates)) : QString();
    case TaskOutcome::Next::AfterSend:
        return Words::tr("The next step follows when it has left.");
    case TaskOutcome::Next::Finished:
        return Words::tr("That was the last step.");
    case TaskOutcome::Next::Stopped:
        return outcome.nextAt ? Words::tr("The strategy ends; back on %1.").arg(dates.day(*outcome.nextAt))
                              : Words::tr("The strategy ends.");
    case TaskOutcome::Next::Nothing:
        break;
    }
    return {};
}

QString skipPreview(const TaskOutcome& outcome, const TaskDetail& task, const text::Dates& dates) {
    if (outcome.next == TaskOutcome::Next::Finished)
        return Words::tr("If skipped, the strategy is finished.");
    if (outcome.next != TaskOutcome::Next::Step || !outcome.nextAt)
        return {};
    std::optional<Channel> channel;
    for (const EnrolmentDetail& enrolment : task.lead.enrolments) {
        if (enrolment.enrolment.id == task.task.enrolment && std::size_t(outcome.nextStep) < enrolment.version.steps.size())
            channel = enrolment.version.steps[std::size_t(outcome.nextStep)].channel;
    }
    return Words::tr("If skipped, %1.").arg(stepDue(outcome.nextStep, channel, *outcome.nextAt, dates));
}

QString skippedText(const QueueItem& item, const TaskOutcome& outcome, const text::Dates& dates) {
    const QString who = isolated(toQt(item.leadName));
    const QString what =
        item.stepCount == 0 ? Words::tr("%1 skipped.").arg(who) : Words::tr("%1: step %2 skipped.").arg(who).arg(item.step + 1);
    return joined(what, nextText(outcome, dates));
}

QString doneText(const QueueItem& item, Disposition disposition, const TaskOutcome& outcome, const text::Dates& dates) {
    const QString what = disposition == Disposition::None ? Words::tr("done") : text::dispositionName(disposition).toLower();
    return joined(Words::tr("%1: %2.").arg(isolated(toQt(item.leadName)), what), nextText(outcome, dates));
}

QString snoozedText(const QueueItem& item, Instant until, const text::Dates& dates) {
    return Words::tr("%1 comes back %2.").arg(isolated(toQt(item.leadName)), dates.moment(until));
}

QString notContactedText(const QueueItem& item) {
    const QString who = Words::tr("%1 will not be contacted.").arg(isolated(toQt(item.leadName)));
    const int coming = item.stepCount - item.step;
    if (item.stepCount == 0 || coming <= 0)
        return who;
    return joined(who, Words::tr("%1 removed.").arg(text::counted(coming, Words::tr("coming step"), Words::tr("coming steps"))));
}

QStringList planReasons(const TaskDetail& task, const text::Dates& dates) {
    QStringList out;
    for (const QString& reason : toQt(task.whyNow).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const bool afterStep = reason == QLatin1String("days_after_step");
        const bool afterStart = reason == QLatin1String("days_after_start");
        const QString days = afterStep || afterStart ? daysAfter(task, afterStart) : QString();
        out << (days.isEmpty() ? text::planReasonWithDetail(reason, dates) : days);
    }
    return out;
}

} // namespace outrider::today
