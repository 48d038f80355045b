// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/quick_date.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <QTime>

#include <algorithm>
#include <utility>

namespace outrider::text {

namespace {

constexpr int morning = 9 * 60;
constexpr int afternoon = 14 * 60;
constexpr int evening = 18 * 60;
constexpr int endOfDay = 24 * 60 - 1;
constexpr int mostAhead = 5000; // days, weeks…: beyond it somebody mistyped

int weekdayOf(const QString& word) {
    static const QStringList days{QStringLiteral("monday"),   QStringLiteral("tuesday"), QStringLiteral("wednesday"),
                                  QStringLiteral("thursday"), QStringLiteral("friday"),  QStringLiteral("saturday"),
                                  QStringLiteral("sunday")};
    if (word.size() < 3)
        return 0;
    for (int day = 0; day < days.size(); ++day) {
        if (days[day].startsWith(word))
            return day + 1;
    }
    return word == QLatin1String("tues") ? 2 : 0;
}

int monthOf(const QString& word) {
    static const QStringList months{QStringLiteral("january"), QStringLiteral("february"), QStringLiteral("march"),
                                    QStringLiteral("april"),   QStringLiteral("may"),      QStringLiteral("june"),
                                    QStringLiteral("july"),    QStringLiteral("august"),   QStringLiteral("september"),
                                    QStringLiteral("october"), QStringLiteral("november"), QStringLiteral("december")};
    if (word.size() < 3)
        return 0;
    for (int month = 0; month < months.size(); ++month) {
        if (months[month].startsWith(word))
            return month + 1;
    }
    return 0;
}

// "3", "three", "a".
int countOf(const QString& word) {
    static const QHash<QString, int> words{
        {QStringLiteral("a"), 1},      {QStringLiteral("an"), 1},    {QStringLiteral("one"), 1},  {QStringLiteral("two"), 2},
        {QStringLiteral("three"), 3},  {QStringLiteral("four"), 4},  {QStringLiteral("five"), 5}, {QStringLiteral("six"), 6},
        {QStringLiteral("seven"), 7},  {QStringLiteral("eight"), 8}, {QStringLiteral("nine"), 9}, {QStringLiteral("ten"), 10},
        {QStringLiteral("twelve"), 12}};
    bool isNumber = false;
    const int number = word.toInt(&isNumber);
    if (isNumber)
        return number > 0 && number <= mostAhead ? number : 0;
    return words.value(word, 0);
}

enum class Unit { None, Minutes, Hours, Days, Weeks, Months };

Unit unitOf(const QString& word) {
    static const QHash<QString, Unit> units{{QStringLiteral("min"), Unit::Minutes},    {QStringLiteral("mins"), Unit::Minutes},
                                            {QStringLiteral("minute"), Unit::Minutes}, {QStringLiteral("minutes"), Unit::Minutes},
                                            {QStringLiteral("h"), Unit::Hours},        {QStringLiteral("hour"), Unit::Hours},
                                            {QStringLiteral("hours"), Unit::Hours},    {QStringLiteral("d"), Unit::Days},
                                            {QStringLiteral("day"), Unit::Days},       {QStringLiteral("days"), Unit::Days},
                                            {QStringLiteral("w"), Unit::Weeks},        {QStringLiteral("week"), Unit::Weeks},
                                            {QStringLiteral("weeks"), Unit::Weeks},    {QStringLiteral("m"), Unit::Months},
                                            {QStringLiteral("month"), Unit::Months},   {QStringLiteral("months"), Unit::Months}};
    return units.value(word, Unit::None);
}

// What was said so far, word by word; it becomes a moment at the end.
class Reader {
public:
    Reader(QStringList words, Instant now, const QTimeZone& zone)
        : m_words(std::move(words)),
          m_zone(zone),
          m_now(QDateTime::fromMSecsSinceEpoch(toEpochMillis(now), zone)),
          m_today(m_now.date()) {}

    // Takes as many words from the front as tell of a day or a time.
    void read() {
        for (bool more = true; more && m_at < m_words.size();) {
            const int before = m_at;
            more = (!m_daySaid && readDay()) || (!m_timeSaid && readTime());
            if (!more)
                m_at = before;
        }
    }

    int used() const { return m_at; }

    std::optional<Instant> moment() const {
        if (!m_daySaid && !m_timeSaid)
            return std::nullopt;
        if (m_exact)
            return later(*m_exact);
        if (m_yearOpen)
            return nextYearly();
        if (!m_daySaid)
            return m_minute > minuteOf(m_now) ? later(at(m_today, m_minute)) : later(at(m_today.addDays(1), m_minute));
        if (m_weekdayOpen && m_day == m_today && !(m_timeSaid && m_minute > minuteOf(m_now)))
            return later(at(m_today.addDays(7), minuteOrMorning()));
        if (m_day == m_today && !m_timeSaid)
            return laterToday();
        return later(at(m_day, minuteOrMorning()));
    }

private:
    static int minuteOf(const QDateTime& moment) { return moment.time().hour() * 60 + moment.time().minute(); }
    int minuteOrMorning() const { return m_timeSaid ? m_minute : morning; }

    QDateTime at(QDate day, int minute) const {
        const QDateTime moment(day, QTime(minute / 60, minute % 60), m_zone);
        if (moment.isValid() || minute + 60 > endOfDay)
            return moment;
        const int later = minute + 60; // in the gap when the clock is put forward
        return QDateTime(day, QTime(later / 60, later % 60), m_zone);
    }

    std::optional<Instant> later(const QDateTime& moment) const {
        if (!moment.isValid() || moment <= m_now)
            return std::nullopt;
        return fromEpochMillis(moment.toMSecsSinceEpoch());
    }

    // "today": this morning when that is still to come, else the next half hour.
    std::optional<Instant> laterToday() const {
        const int now = minuteOf(m_now);
        if (now < morning)
            return later(at(m_today, morning));
        return later(at(m_today, std::min((now / 30 + 1) * 30, endOfDay)));
    }

    // "23 nov", "the 17th": the next one there is.
    std::optional<Instant> nextYearly() const {
        constexpr int tries = 12 * 9; // 29 February is at most eight years away
        for (int i = 0; i < tries; ++i) {
            const QDate first = QDate(m_today.year(), m_month > 0 ? m_month : m_today.month(), 1);
            const QDate month = m_month > 0 ? first.addYears(i) : first.addMonths(i);
            const QDate day(month.year(), month.month(), m_dayOfMonth);
            if (!day.isValid())
                continue;
            if (day == m_today && !m_timeSaid)
                return laterToday();
            if (const auto moment = later(at(day, minuteOrMorning())))
                return moment;
        }
        return std::nullopt;
    }

    QString word(int ahead = 0) const { return m_words.value(m_at + ahead); }

    bool takeDay(QDate day, int words) {
        if (!day.isValid())
            return false;
        m_day = day;
        m_daySaid = true;
        m_at += words;
        return true;
    }

    bool readDay() {
        if (word() == QLatin1String("on") || word() == QLatin1String("this"))
            ++m_at;
        if (word() == QLatin1String("today"))
            return takeDay(m_today, 1);
        if (word() == QLatin1String("tonight"))
            return takeTime(evening, 0) && takeDay(m_today, 1);
        if (word() == QLatin1String("tomorrow") || word() == QLatin1String("tmrw"))
            return takeDay(m_today.addDays(1), 1);
        return readWeekday() || readDistance() || readDate();
    }

    bool readWeekday() {
        const bool next = word() == QLatin1String("next");
        if (next && word(1) == QLatin1String("week"))
            return takeDay(monday(1), 2);
        const int wanted = weekdayOf(word(next ? 1 : 0));
        if (wanted == 0)
            return false;
        if (next)
            return takeDay(monday(1).addDays(wanted - 1), 2);
        m_weekdayOpen = true; // on that very day it is today's only with a time still to come
        return takeDay(m_today.addDays((wanted - m_today.dayOfWeek() + 7) % 7), 1);
    }

    QDate monday(int weeks) const { return m_today.addDays(1 - m_today.dayOfWeek() + 7 * weeks); }

    // "in 2 weeks", "+3d".
    bool readDistance() {
        static const QRegularExpression plus(QStringLiteral("^\\+(\\d{1,4})(min|h|d|w|m)$"));
        if (const auto match = plus.match(word()); match.hasMatch())
            return takeDistance(countOf(match.captured(1)), unitOf(match.captured(2)), 1);
        if (word() == QLatin1String("in"))
            return takeDistance(countOf(word(1)), unitOf(word(2)), 3);
        return false;
    }

    bool takeDistance(int count, Unit unit, int words) {
        if (count <= 0)
            return false;
        switch (unit) {
        case Unit::None:
            return false;
        case Unit::Minutes:
        case Unit::Hours: {
            const QDateTime there = m_now.addSecs(qint64(count) * (unit == Unit::Hours ? 3600 : 60));
            m_exact = there.addMSecs(-(there.time().msecsSinceStartOfDay() % 60000)); // to the minute
            m_timeSaid = true;
            return takeDay(there.date(), words);
        }
        case Unit::Days:
            return takeDay(m_today.addDays(count), words);
        case Unit::Weeks:
            return takeDay(m_today.addDays(qint64(count) * 7), words);
        case Unit::Months:
            return takeDay(m_today.addMonths(count), words);
        }
        return false;
    }

    // "23 nov", "nov 23", "23rd", "2026-11-23", "23.11.2026", "23.11."
    bool readDate() {
        if (const QDate iso = QDate::fromString(word(), Qt::ISODate); iso.isValid() && word().size() == 10)
            return takeDay(iso, 1);
        static const QRegularExpression dotted(QStringLiteral("^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?$"));
        if (const auto match = dotted.match(word()); match.hasMatch()) {
            const int day = match.captured(1).toInt();
            const int month = match.captured(2).toInt();
            if (!match.captured(3).isEmpty())
                return takeDay(QDate(match.captured(3).toInt(), month, day), 1);
            return takeYearly(day, month, 1);
        }
        const int skipped = word() == QLatin1String("the") ? 1 : 0;
        static const QRegularExpression dayNumber(QStringLiteral("^(\\d{1,2})(st|nd|rd|th)?$"));
        const auto number = dayNumber.match(word(skipped));
        if (const int month = number.hasMatch() ? monthOf(word(skipped + 1)) : 0)
            return takeNamed(number.captured(1).toInt(), month, skipped + 2);
        if (number.hasMatch() && !number.captured(2).isEmpty())
            return takeYearly(number.captured(1).toInt(), 0, skipped + 1);
        const auto after = dayNumber.match(word(1));
        if (const int month = after.hasMatch() ? monthOf(word()) : 0)
            return takeNamed(after.captured(1).toInt(), month, 2);
        return false;
    }

    bool takeNamed(int day, int month, int words) {
        static const QRegularExpression year(QStringLiteral("^20\\d\\d$"));
        if (year.match(word(words)).hasMatch())
            return takeDay(QDate(word(words).toInt(), month, day), words + 1);
        return takeYearly(day, month, words);
    }

    bool takeYearly(int day, int month, int words) {
        constexpr int leapYear = 2028;
        if (day < 1 || day > 31 || month > 12 || (month > 0 && !QDate(leapYear, month, day).isValid()))
            return false;
        m_dayOfMonth = day;
        m_month = month;
        m_yearOpen = true;
        m_daySaid = true;
        m_at += words;
        return true;
    }

    bool takeTime(int minute, int words) {
        m_minute = minute;
        m_timeSaid = true;
        m_at += words;
        return true;
    }

    bool readTime() {
        static const QHash<QString, int> names{{QStringLiteral("morning"), morning},
                                               {QStringLiteral("noon"), 12 * 60},
                                               {QStringLiteral("afternoon"), afternoon},
                                               {QStringLiteral("evening"), evening}};
        bool announced = false;
        if (word() == QLatin1String("at") || word() == QLatin1String("in")) {
            announced = word() == QLatin1String("at");
            ++m_at;
            if (word() == QLatin1String("the"))
                ++m_at;
        }
        if (names.contains(word()))
            return takeTime(names.value(word()), 1);
        static const QRegularExpression clock(QStringLiteral("^(\\d{1,2})(?::(\\d\\d))?(am|pm|h)?$"));
        const auto match = clock.match(word());
        if (!match.hasMatch())
            return false;
        QString half = match.captured(3);
        int words = 1;
        if (half.isEmpty() && (word(1) == QLatin1String("am") || word(1) == QLatin1String("pm"))) {
            half = word(1);
            words = 2;
        }
        if (match.captured(2).isEmpty() && half.isEmpty() && !announced)
            return false; // a bare number is no time
        int hour = match.captured(1).toInt();
        const int minute = match.captured(2).toInt();
        if (half == QLatin1String("am") || half == QLatin1String("pm")) {
            if (hour < 1 || hour > 12)
                return false;
            hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
        }
        return hour < 24 && minute < 60 && takeTime(hour * 60 + minute, words);
    }

    const QStringList m_words;
    const QTimeZone& m_zone;
    const QDateTime m_now;
    const QDate m_today;
    int m_at = 0;

    bool m_daySaid = false;
    bool m_timeSaid = false;
    QDate m_day;
    int m_minute = 0;
    std::optional<QDateTime> m_exact;
    bool m_weekdayOpen = false;
    bool m_yearOpen = false;
    int m_dayOfMonth = 0;
    int m_month = 0; // 0: the next month that has such a day
};

QStringList wordsOf(const QString& text) {
    static const QRegularExpression gaps(QStringLiteral("[\\s,]+"));
    return text.split(gaps, Qt::SkipEmptyParts);
}

QStringList lowered(QStringList words) {
    for (QString& word : words)
        word = word.toLower();
    return words;
}

std::optional<Channel> actOf(const QString& word) {
    static const QHash<QString, Channel> acts{
        {QStringLiteral("call"), Channel::Call},   {QStringLiteral("phone"), Channel::Call},
        {QStringLiteral("ring"), Channel::Call},   {QStringLiteral("mail"), Channel::Email},
        {QStringLiteral("email"), Channel::Email}, {QStringLiteral("e-mail"), Channel::Email},
        {QStringLiteral("write"), Channel::Email}, {QStringLiteral("linkedin"), Channel::LinkedIn},
        {QStringLiteral("sms"), Channel::Sms},     {QStringLiteral("text"), Channel::Sms},
        {QStringLiteral("todo"), Channel::Task},   {QStringLiteral("to-do"), Channel::Task},
        {QStringLiteral("task"), Channel::Task},   {QStringLiteral("remind"), Channel::Task},
        {QStringLiteral("meeting"), Channel::Task}};
    const auto found = acts.constFind(word);
    return found == acts.constEnd() ? std::nullopt : std::optional(*found);
}

QString titleOf(const QStringList& rest, const QString& act, Channel channel) {
    static const QStringList lead{QStringLiteral("to"), QStringLiteral("about"), QStringLiteral("-"),
                                  QStringLiteral("–"),  QStringLiteral(":"),     QStringLiteral("re")};
    const int skip = !rest.isEmpty() && lead.contains(rest.front().toLower()) ? 1 : 0;
    QString title = rest.mid(skip).join(QLatin1Char(' '));
    if (title.isEmpty())
        return act == QLatin1String("meeting") ? Tr::tr("Meeting") : channelName(channel);
    title[0] = title[0].toUpper();
    return title;
}

} // namespace

std::optional<Instant> parseMoment(const QString& text, Instant now, const QTimeZone& zone) {
    const QStringList words = lowered(wordsOf(text));
    Reader reader(words, now, zone);
    reader.read();
    return reader.used() == words.size() ? reader.moment() : std::nullopt;
}

std::optional<QuickTask> taskInNote(const QString& note, Instant now, const QTimeZone& zone) {
    for (const QString& line : note.split(QLatin1Char('\n'))) {
        QStringList words = wordsOf(line);
        if (words.size() < 2)
            continue;
        QString act = words.takeFirst().toLower();
        if (act.endsWith(QLatin1Char(':')))
            act.chop(1);
        const auto channel = actOf(act);
        if (!channel)
            continue;
        if (words.front().toLower() == QLatin1String("me") && act == QLatin1String("remind"))
            words.removeFirst();
        Reader reader(lowered(words), now, zone);
        reader.read();
        if (const auto due = reader.used() > 0 ? reader.moment() : std::nullopt)
            return QuickTask{*channel, titleOf(words.mid(reader.used()), act, *channel), *due};
    }
    return std::nullopt;
}

} // namespace outrider::text
