// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/quick_date.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using text::parseMoment;
using text::taskInNote;

class QuickDateTest : public QObject {
    Q_OBJECT

    const QTimeZone m_zone{"Europe/Berlin"};
    const Instant m_now = *parseIso8601("2026-11-19T08:00Z"); // Thursday, 09:00 there

    QString read(const QString& text) const { return read(text, m_now); }
    QString read(const QString& text, Instant now) const {
        const auto at = parseMoment(text, now, m_zone);
        return at ? QDateTime::fromMSecsSinceEpoch(toEpochMillis(*at), m_zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                  : QStringLiteral("no moment");
    }

private Q_SLOTS:
    void a_moment_is_read_as_it_is_said_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("moment");
        const auto row = [](const char* text, const char* moment) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(moment);
        };
        row("today", "2026-11-19 09:30"); // 09:00 is not later than now
        row("tomorrow", "2026-11-20 09:00");
        row("Tomorrow 14:30", "2026-11-20 14:30");
        row("tue", "2026-11-24 09:00");
        row("tue 14:00", "2026-11-24 14:00");
        row("on Tuesday at 2pm", "2026-11-24 14:00");
        row("mon 14:00", "2026-11-23 14:00");
        row("14:00 mon", "2026-11-23 14:00");
        row("thu", "2026-11-26 09:00");       // a week on: today is Thursday
        row("thu 16:00", "2026-11-19 16:00"); // still to come today
        row("thu 08:00", "2026-11-26 08:00");
        row("next thu", "2026-11-26 09:00");
        row("next mon", "2026-11-23 09:00");
        row("next week", "2026-11-23 09:00");
        row("14:00", "2026-11-19 14:00");
        row("8:00", "2026-11-20 08:00");
        row("at 15", "2026-11-19 15:00");
        row("12am", "2026-11-20 00:00");
        row("12 pm", "2026-11-19 12:00");
        row("tomorrow afternoon", "2026-11-20 14:00");
        row("in the evening", "2026-11-19 18:00");
        row("tonight", "2026-11-19 18:00");
        row("+3d", "2026-11-22 09:00");
        row("+2w 10:15", "2026-12-03 10:15");
        row("+1m", "2026-12-19 09:00");
        row("+4h", "2026-11-19 13:00");
        row("in 2 weeks", "2026-12-03 09:00");
        row("in a month", "2026-12-19 09:00");
        row("in three days 8:45", "2026-11-22 08:45");
        row("in 90 minutes", "2026-11-19 10:30");
        row("23 nov", "2026-11-23 09:00");
        row("nov 23", "2026-11-23 09:00");
        row("23rd november, 11:00", "2026-11-23 11:00");
        row("3 nov", "2027-11-03 09:00"); // has been this year
        row("19 nov 10:00", "2026-11-19 10:00");
        row("29 feb", "2028-02-29 09:00");
        row("1 feb 2027", "2027-02-01 09:00");
        row("the 17th", "2026-12-17 09:00");
        row("31st", "2026-12-31 09:00"); // November has none
        row("23.11.", "2026-11-23 09:00");
        row("23.11.2027 07:00", "2027-11-23 07:00");
        row("2026-12-01", "2026-12-01 09:00");
    }
    void a_moment_is_read_as_it_is_said() {
        QFETCH(QString, text);
        QFETCH(QString, moment);
        QCOMPARE(read(text), moment);
    }

    void what_is_no_moment_or_has_passed_is_refused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "soon", "tu", "14", "25:00", "tue 14:75", "today 08:00", "2026-11-01", "30 feb", "32 nov", "13pm", "+0d",
              "in weeks", "in 99999 days", "tue about slots", "tue wed", "mar", "after the 17th", "1 feb 2025"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void what_is_no_moment_or_has_passed_is_refused() {
        QFETCH(QString, text);
        QCOMPARE(read(text), QStringLiteral("no moment"));
    }

    void today_late_in_the_evening_is_still_today() {
        QCOMPARE(read(QStringLiteral("today"), *parseIso8601("2026-11-19T22:40Z")), QStringLiteral("2026-11-19 23:59"));
    }

    void in_the_gap_of_summer_time_the_next_moment_there_is_counts() {
        QCOMPARE(read(QStringLiteral("28 mar 2027 02:30")), QStringLiteral("2027-03-28 03:30"));
    }

    void every_moment_read_is_after_now() {
        const std::vector<std::string> days{"",        "today", "tomorrow",  "mon", "tue",  "wednesday", "thu",    "fri",
                                            "sat",     "sun",   "next fri",  "+1d", "+2w",  "in 3 days", "23 nov", "29 feb",
                                            "the 1st", "31st",  "next week", "+5h", "1.3.", "in a month"};
        const std::vector<std::string> times{"", "00:00", "08:59", "9am", "noon", "14:30", "evening", "at 23", "23:59"};
        VERIFY_PROPERTY([&] {
            const auto now = m_now + Millis(*rc::gen::inRange<std::int64_t>(0, std::int64_t(4) * 365 * 24 * 3600 * 1000));
            const auto day = *rc::gen::elementOf(days);
            const auto time = *rc::gen::elementOf(times);
            const auto at = parseMoment(QString::fromStdString(day + ' ' + time), now, m_zone);
            if (!at) {
                RC_ASSERT((day.empty() && time.empty()) || day == "today" || day == "+5h");
                return;
            }
            RC_ASSERT(*at > now);
            if (time == "14:30" && day != "+5h")
                RC_ASSERT(QDateTime::fromMSecsSinceEpoch(toEpochMillis(*at), m_zone).time() == QTime(14, 30));
        });
    }

    void a_line_of_a_note_that_begins_with_an_act_and_a_moment_sets_a_task() {
        const auto task = taskInNote(QStringLiteral("Budget is with the plant.\nCall tue 14:00 about Gate 2"), m_now, m_zone);
        QVERIFY(task);
        QCOMPARE(task->channel, Channel::Call);
        QCOMPARE(task->title, QStringLiteral("Gate 2"));
        QCOMPARE(task->dueAt, *parseIso8601("2026-11-24T13:00Z"));

        const auto mail = taskInNote(QStringLiteral("e-mail: tomorrow"), m_now, m_zone);
        QVERIFY(mail);
        QCOMPARE(mail->channel, Channel::Email);
        QCOMPARE(mail->title, QStringLiteral("E-mail"));

        const auto todo = taskInNote(QStringLiteral("remind me in 2 weeks send the Westküste numbers"), m_now, m_zone);
        QVERIFY(todo);
        QCOMPARE(todo->channel, Channel::Task);
        QCOMPARE(todo->title, QStringLiteral("Send the Westküste numbers"));
    }

    void a_sentence_that_speaks_of_a_day_sets_nothing() {
        for (const char* note : {"Call me after the 17th, we close the quarter first.", "Tuesday he is away", "called tue 14:00",
                                 "Call him back", "text", "He may call tomorrow"})
            QVERIFY2(!taskInNote(QString::fromUtf8(note), m_now, m_zone), note);
    }
};

OUTRIDER_TEST(QuickDateTest)
#include "quick_date_test.moc"
