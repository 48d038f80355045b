// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeline_entry.h"

#include "ui/text/meeting_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::widgets {

using text::isolated;
using text::toQt;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

QString firstLine(const std::string& value) {
    const QString all = toQt(value).trimmed();
    return all.section(QLatin1Char('\n'), 0, 0).trimmed();
}

QString firstOf(const QString& a, const QString& b) { return a.isEmpty() ? b : a; }

// "new → in_progress" as people call them; a status of their own is called by its key, made readable.
QString statusWords(const QString& key) {
    static const QHash<QString, StatusId> builtIn{{QStringLiteral("new"), statuses::newLead},
                                                  {QStringLiteral("in_progress"), statuses::inProgress},
                                                  {QStringLiteral("replied"), statuses::replied},
                                                  {QStringLiteral("qualified"), statuses::qualified},
                                                  {QStringLiteral("disqualified"), statuses::disqualified}};
    const auto found = builtIn.find(key);
    if (found != builtIn.end())
        return text::statusName(Status{.id = *found});
    QString name = key;
    name.replace(QLatin1Char('_'), QLatin1Char(' '));
    return name.isEmpty() ? name : name.left(1).toUpper() + name.mid(1);
}

QString transition(const std::string& subject) {
    QStringList parts = toQt(subject).split(QStringLiteral(" → "));
    for (QString& part : parts)
        part = statusWords(part.trimmed());
    return parts.join(QStringLiteral(" → "));
}

QString stepOf(const TimelineEntry& entry) {
    const QString strategy = toQt(entry.strategyName);
    if (entry.step < 0)
        return strategy;
    const QString step = Tr::tr("step %1").arg(entry.step + 1);
    return strategy.isEmpty() ? step : isolated(strategy) + QStringLiteral(", ") + step;
}

QString suppressionOf(const std::string& reason) {
    const auto known = suppressionReasonNames.value(reason);
    return known ? text::suppressionReasonText(*known) : toQt(reason);
}

QString stopOf(const std::string& reason) {
    const auto known = stopReasonNames.value(reason);
    return known ? text::stopReasonText(*known) : toQt(reason);
}

} // namespace

EntryWords wordsOf(const TimelineEntry& entry, const text::Dates* dates) {
    const Activity& activity = entry.activity;
    EntryWords words{text::activityTitle(activity), {}};
    const QString subject = toQt(activity.subject);
    const QString said = firstLine(activity.text);
    const QString mailSubject = entry.message ? toQt(entry.message->subject) : QString();
    switch (activity.kind) {
    case ActivityKind::Note:
        if (!activity.text.empty()) {
            words.title = Tr::tr("“%1”").arg(isolated(toQt(activity.text).simplified()));
            words.detail = text::activityTitle(activity);
        }
        break;
    case ActivityKind::EmailSent:
        if (entry.step >= 0)
            words.title = Tr::tr("%1, step %2").arg(words.title).arg(entry.step + 1);
        words.detail = firstOf(subject, mailSubject);
        if (!said.isEmpty()) // the files that went with it
            words.detail = Tr::tr("%1, with %2").arg(isolated(words.detail), isolated(said));
        break;
    case ActivityKind::EmailSentElsewhere:
    case ActivityKind::EmailReceived:
    case ActivityKind::AutoReply:
        words.detail =
            firstOf(entry.message ? firstLine(entry.message->text) : QString(), firstOf(said, firstOf(subject, mailSubject)));
        break;
    case ActivityKind::StatusChanged:
        words.title = transition(activity.subject);
        words.detail = stepOf(entry).isEmpty() ? text::activityTitle(activity) : stepOf(entry);
        break;
    case ActivityKind::Enrolled:
        words.detail = said.isEmpty() ? QString() : Tr::tr("From %1").arg(isolated(said));
        break;
    case ActivityKind::StrategyStopped:
        words.detail = stopOf(activity.text);
        break;
    case ActivityKind::StepSkipped:
        words.detail = firstOf(said, firstOf(subject, stepOf(entry)));
        break;
    case ActivityKind::OptOut:
        words.detail = firstOf(suppressionOf(activity.subject), said);
        break;
    case ActivityKind::TaskDone:
        words.detail = firstOf(said, stepOf(entry));
        break;
    case ActivityKind::Imported:
        words.detail = subject;
        break;
    case ActivityKind::Meeting:
        words.detail = firstOf(toQt(activity.text).simplified(), firstOf(subject, stepOf(entry)));
        if (entry.meeting) { // of a calendar: as it is now
            const QString when = dates != nullptr ? text::meetingWhen(*dates, *entry.meeting) : QString();
            words.detail = firstOf(toQt(entry.meeting->title), words.detail);
            if (!when.isEmpty())
                words.detail = words.detail.isEmpty() ? when : Tr::tr("%1, %2").arg(isolated(words.detail), when);
            if (entry.meeting->state == MeetingState::Cancelled)
                words.title = Tr::tr("Meeting cancelled");
        }
        break;
    case ActivityKind::Call:
    case ActivityKind::LinkedInTouch:
    case ActivityKind::Sms:
        words.detail = firstOf(toQt(activity.text).simplified(), firstOf(subject, stepOf(entry)));
        break;
    default:
        words.detail = firstOf(said, subject);
        break;
    }
    if (words.detail == words.title)
        words.detail.clear();
    return words;
}

} // namespace outrider::widgets
