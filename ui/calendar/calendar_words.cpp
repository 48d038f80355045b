// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_words.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <QWidget>

namespace outrider::calendar {

using text::isolated;
using text::toQt;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Calendar)
};

QString formatted(std::chrono::sys_days day, const char* format) {
    return QLocale().toString(toQDate(day), QString::fromLatin1(format));
}

bool isOpen(const Window& window, const QDate& day) { return window.days.contains(static_cast<unsigned>(day.dayOfWeek())); }

// "Asia/Tokyo" -> "Tokyo"
QString placeOf(const std::string& zone) {
    const QString name = toQt(zone);
    return name.section(QLatin1Char('/'), -1).replace(QLatin1Char('_'), QLatin1Char(' '));
}

} // namespace

QString rangeTitle(std::chrono::sys_days first, std::chrono::sys_days last) {
    const QDate from = toQDate(first);
    const QDate to = toQDate(last);
    const QString end = QLocale().toString(to, QStringLiteral("d MMMM"));
    if (from.year() != to.year())
        return Words::tr("%1 to %2")
            .arg(QLocale().toString(from, QStringLiteral("d MMMM yyyy")), QLocale().toString(to, QStringLiteral("d MMMM yyyy")));
    return Words::tr("%1 to %2")
        .arg(QLocale().toString(from, from.month() == to.month() ? QStringLiteral("d") : QStringLiteral("d MMMM")), end);
}

QString monthTitle(std::chrono::sys_days day) { return formatted(day, "MMMM yyyy"); }
QString dayTitle(std::chrono::sys_days day) { return formatted(day, "dddd d MMMM"); }
QString dayHead(std::chrono::sys_days day) { return formatted(day, "ddd d"); }

QString plannedText(const CalendarDay& day) {
    QString text = day.planned() > 0
                       ? Words::tr("%1 planned").arg(text::counted(day.planned(), Words::tr("task"), Words::tr("tasks")))
                       : Words::tr("Nothing planned");
    if (day.finished() > 0)
        text = Words::tr("%1, %2 done").arg(text, QLocale().toString(day.finished()));
    return text;
}

QString meetingsText(int count) { return text::counted(count, Words::tr("meeting"), Words::tr("meetings")); }

QString loadText(int count, int cap) {
    const QString number = QLocale().toString(count);
    return cap > 0 ? Words::tr("%1 / %2").arg(number, QLocale().toString(cap)) : number;
}

QString overText(const CalendarDay& day, int cap) {
    return Words::tr("%1, cap %2").arg(text::channelPlural(Channel::Email, day.mails()), QLocale().toString(cap));
}

QString dayName(const CalendarDay& day, int cap, bool today) {
    QStringList parts{dayTitle(day.date)};
    if (today)
        parts.append(Words::tr("today"));
    if (!day.isWorkday && !isWeekend(day.date))
        parts.append(Words::tr("day off"));
    for (const Channel channel : channels) {
        const int count = day.open(channel) + day.done(channel);
        if (count == 0)
            continue;
        parts.append(text::channelPlural(channel, count));
        if (channel == Channel::Email && cap > 0)
            parts.last() = Words::tr("%1 of %2").arg(parts.last(), QLocale().toString(cap));
    }
    if (parts.size() == 1)
        parts.append(Words::tr("nothing planned"));
    return parts.join(QStringLiteral(", "));
}

QString blockTitle(const Block& block) {
    if (block.only)
        return toQt(block.only->leadName);
    if (block.kind == Block::Kind::Done)
        return Words::tr("%1 done").arg(QLocale().toString(block.count));
    return text::channelPlural(block.channel, block.count);
}

QString blockName(const Block& block, const CalendarDay& day, int cap) {
    QStringList parts;
    if (block.only) {
        parts << text::channelName(block.channel) << isolated(toQt(block.only->leadName));
        if (!block.only->companyName.empty())
            parts << isolated(toQt(block.only->companyName));
    } else {
        parts << blockTitle(block);
    }
    parts << dayHead(day.date) << text::clockTime(block.minute);
    if (block.kind == Block::Kind::Late)
        parts << Words::tr("not done");
    if (block.overCap)
        parts << overText(day, cap);
    return parts.join(QStringLiteral(", "));
}

Fit fitOf(const TaskHours& hours, Instant at) {
    const QTimeZone zone(QByteArray::fromStdString(hours.zone));
    if (!hours.window || !zone.isValid())
        return Fit::Unknown;
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(toEpochMillis(at), zone);
    const int minute = there.time().hour() * 60 + there.time().minute();
    const bool inside =
        isOpen(*hours.window, there.date()) && minute >= hours.window->startMinute && minute < hours.window->endMinute;
    return inside ? Fit::Inside : Fit::Outside;
}

QString hoursText(const TaskHours& hours, const QDate& day, const text::Dates& dates) {
    const QTimeZone zone(QByteArray::fromStdString(hours.zone));
    if (!hours.window || !zone.isValid())
        return Words::tr("Any hour: set by hand");
    const QString there =
        Words::tr("%1 to %2 in %3")
            .arg(text::clockTime(hours.window->startMinute), text::clockTime(hours.window->endMinute), placeOf(hours.zone));
    if (!isOpen(*hours.window, day))
        return Words::tr("%1, not on this day").arg(there);
    const auto here = [&](int minute) {
        const QDateTime at = QDateTime(day, QTime(0, 0), zone).addSecs(qint64(minute) * 60);
        return dates.time(fromEpochMillis(at.toMSecsSinceEpoch()));
    };
    const QString from = here(hours.window->startMinute);
    const QString to = here(hours.window->endMinute);
    if (from == text::clockTime(hours.window->startMinute))
        return there;
    return Words::tr("%1, here %2 to %3").arg(there, from, to);
}

Instant momentOf(std::chrono::sys_days day, int minute, const text::Dates& dates) {
    const QDateTime at(toQDate(day), QTime(minute / 60, minute % 60), dates.local({}).timeZone());
    return fromEpochMillis(at.toMSecsSinceEpoch());
}

QString dropText(const CalendarDay& day, std::optional<int> minute, const Block& block, const std::optional<TaskHours>& hours,
                 int mailCap, const text::Dates& dates) {
    QStringList parts{minute ? dayHead(day.date) + QLatin1Char(' ') + text::clockTime(*minute) : dayHead(day.date)};
    const bool isThere = block.stretch.from >= day.start && block.stretch.from < day.end;
    const int done = block.channel == Channel::Email ? day.done(block.channel) : 0;
    parts << text::channelPlural(block.channel, day.open(block.channel) + done + (isThere ? 0 : block.count));
    if (block.channel == Channel::Email && mailCap > 0)
        parts.last() = Words::tr("%1 of %2").arg(parts.last(), QLocale().toString(mailCap));
    const Fit fit = hours && minute ? fitOf(*hours, momentOf(day.date, *minute, dates)) : Fit::Unknown;
    if (fit != Fit::Unknown)
        parts << (fit == Fit::Inside ? Words::tr("inside their hours") : Words::tr("outside their hours"));
    return parts.join(QStringLiteral(", "));
}

QString movedText(const CalendarMoved& moved, const QString& who, const text::Dates& dates) {
    const QString what =
        moved.moved == 1 && !who.isEmpty() ? isolated(who) : text::counted(moved.moved, Words::tr("task"), Words::tr("tasks"));
    const QString text = Words::tr("%1 moved to %2").arg(what, dates.moment(moved.first));
    return moved.isPartial ? Words::tr("%1. The rest stays: that many are moved at once.").arg(text) : text;
}

void nameDays(QWidget* view, std::vector<QWidget*>& names, const std::vector<CalendarDay>& days, std::chrono::sys_days today,
              int cap) {
    qDeleteAll(names);
    names.clear();
    for (const CalendarDay& day : days) {
        auto* name = new QWidget(view);
        name->setAttribute(Qt::WA_TransparentForMouseEvents);
        name->setAccessibleName(dayName(day, cap, day.date == today));
        name->setToolTip(name->accessibleName());
        names.push_back(name);
        name->show();
    }
}

} // namespace outrider::calendar
