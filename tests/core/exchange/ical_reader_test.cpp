// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/ical_reader.h"

#include "support/test_registry.h"

#include <QStringList>

using namespace outrider;
using namespace outrider::exchange;

namespace {

const IcalWindow window{.from = *parseIso8601("2026-11-01"), .to = *parseIso8601("2027-02-01"), .zone = "Europe/Berlin"};

std::string calendar(const std::string& body, const std::string& head = {}) {
    std::string text = "BEGIN:VCALENDAR\nVERSION:2.0\n" + head + body + "END:VCALENDAR\n";
    return text;
}

std::string vevent(const std::string& lines) {
    return "BEGIN:VEVENT\nUID:a\nDTSTAMP:20261101T000000Z\n" + lines + "END:VEVENT\n";
}

// "2026-11-24T09:00 to 10:00" of every occurrence.
QStringList times(const IcalReading& reading) {
    QStringList all;
    for (const IcalEvent& event : reading.events) {
        for (const Meeting& meeting : event.occurrences)
            all.append(QString::fromStdString(toIso8601(meeting.startsAt).substr(0, 16) + " to "
                                              + toIso8601(meeting.endsAt).substr(11, 5)));
    }
    return all;
}

QStringList timesOf(const std::string& lines) { return times(readIcal(calendar(vevent(lines)), window)); }

QString at(const char* text) { return QString::fromLatin1(text); }

} // namespace

class IcalReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void times_are_in_utc_in_a_zone_floating_or_of_whole_days() {
        QCOMPARE(timesOf("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\n"), QStringList(at("2026-11-24T09:00 to 10:00")));
        QCOMPARE(timesOf("DTSTART;TZID=America/New_York:20261124T090000\nDURATION:PT30M\n"),
                 QStringList(at("2026-11-24T14:00 to 14:30")));
        QCOMPARE(
            timesOf("DTSTART;TZID=W. Europe Standard Time:20261124T090000\nDTEND;TZID=W. Europe Standard Time:20261124T100000\n"),
            QStringList(at("2026-11-24T08:00 to 09:00")));
        QCOMPARE(timesOf("DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20261124T090000\nDURATION:PT1H\n"),
                 QStringList(at("2026-11-24T00:00 to 01:00")));
        QCOMPARE(timesOf("DTSTART:20261124T090000\nDURATION:PT1H\n"), QStringList(at("2026-11-24T08:00 to 09:00")));
        const auto days = readIcal(calendar(vevent("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126\n")), window);
        QCOMPARE(times(days), QStringList(at("2026-11-23T23:00 to 23:00")));
        QVERIFY(days.events.at(0).occurrences.at(0).isAllDay);
        QCOMPARE(days.events.at(0).occurrences.at(0).endsAt, *parseIso8601("2026-11-25T23:00"));
    }

    void a_zone_nobody_knows_is_taken_as_the_calendar_defines_it() {
        const std::string zone = "BEGIN:VTIMEZONE\nTZID:Moon Base\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0530\n"
                                 "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n";
        // Behind the event that uses it.
        const auto reading = readIcal(calendar(vevent("DTSTART;TZID=Moon Base:20261124T090000\nDURATION:PT1H\n") + zone), window);
        QCOMPARE(times(reading), QStringList(at("2026-11-24T03:30 to 04:30")));
    }

    void a_rule_recurs_by_the_clock_there_but_for_what_is_left_out_moved_or_added() {
        const auto reading =
            readIcal(calendar(vevent("DTSTART;TZID=America/New_York:20261027T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=6\n"
                                     "EXDATE;TZID=America/New_York:20261110T090000\n"
                                     "RDATE;TZID=America/New_York:20261127T090000\nSUMMARY:weekly\n")
                              + vevent("RECURRENCE-ID;TZID=America/New_York:20261117T090000\nDTSTART:20261118T080000Z\n"
                                       "DTEND:20261118T083000Z\nSUMMARY:moved\n")),
                     window);
        // In October it is an hour earlier in UTC; that one is before the window.
        QCOMPARE(times(reading),
                 (QStringList{at("2026-11-03T14:00 to 15:00"), at("2026-11-18T08:00 to 08:30"), at("2026-11-24T14:00 to 15:00"),
                              at("2026-11-27T14:00 to 15:00"), at("2026-12-01T14:00 to 15:00")}));
        QCOMPARE(reading.events.at(0).occurrences.at(1).recurrence, std::string("20261117T140000Z"));
        QCOMPARE(reading.events.at(0).occurrences.at(1).title, std::string("moved"));
        QVERIFY(reading.events.at(0).isWhole);
    }

    void every_second_week_counts_from_the_first_however_long_ago() {
        const QStringList all =
            timesOf("DTSTART:20200107T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261215T235959Z\n");
        QCOMPARE(all, (QStringList{at("2026-11-03T09:00 to 10:00"), at("2026-11-17T09:00 to 10:00"),
                                   at("2026-12-01T09:00 to 10:00"), at("2026-12-15T09:00 to 10:00")}));
    }

    void of_several_versions_the_highest_sequence_counts() {
        const auto reading = readIcal(calendar(vevent("SEQUENCE:2\nDTSTART:20261124T100000Z\nDURATION:PT1H\n")
                                               + vevent("SEQUENCE:1\nDTSTART:20261124T090000Z\nDURATION:PT1H\n")),
                                      window);
        QCOMPARE(times(reading), QStringList(at("2026-11-24T10:00 to 11:00")));
    }

    void people_state_and_method_are_read() {
        const auto reading = readIcal(
            calendar(vevent("DTSTART:20261124T090000Z\nDURATION:PT1H\nSUMMARY:Demo\\, gate 4\nLOCATION:Room\n 1\n"
                            "ORGANIZER;CN=Mara:MAILTO:Mara@Harborline.example\n"
                            "ATTENDEE;PARTSTAT=DECLINED;CN=\"Lee, Ann\":mailto:ann@lee.example\n"
                            "ATTENDEE;CUTYPE=ROOM:mailto:room@harborline.example\nATTENDEE:urn:nothing\nTRANSP:TRANSPARENT\n"),
                     "METHOD:CANCEL\n"),
            window);
        QCOMPARE(reading.method, std::string("CANCEL"));
        const Meeting& meeting = reading.events.at(0).occurrences.at(0);
        QCOMPARE(meeting.state, MeetingState::Cancelled);
        QVERIFY(!meeting.isBusy);
        QCOMPARE(meeting.title, std::string("Demo, gate 4"));
        QCOMPARE(meeting.location, std::string("Room1"));
        QCOMPARE(meeting.attendees.size(), std::size_t(2));
        QCOMPARE(meeting.attendees.at(0).address, std::string("mara@harborline.example"));
        QVERIFY(meeting.attendees.at(0).isOrganizer);
        QCOMPARE(meeting.attendees.at(1).address, std::string("ann@lee.example"));
        QCOMPARE(meeting.attendees.at(1).name, std::string("Lee, Ann"));
        QCOMPARE(meeting.attendees.at(1).answer, Attendance::Declined);
    }

    void what_is_broken_is_counted_and_the_rest_is_read() {
        const auto reading = readIcal(calendar("BEGIN:VEVENT\nUID:no start\nEND:VEVENT\nBEGIN:VEVENT\nUID:cut off\n"
                                               + vevent("DTSTART:20261124T090000Z\nDURATION:PT1H\n")
                                               + "BEGIN:VEVENT\nUID:b\nDTSTART:20269999T090000Z\nEND:VEVENT\n"),
                                      window);
        QCOMPARE(times(reading), QStringList(at("2026-11-24T09:00 to 10:00")));
        QCOMPARE(reading.unreadable, 3);
    }

    void nothing_made_to_keep_a_reader_busy_does() {
        const Stopwatch watch;
        // By the second, never, and with a line without an end.
        QCOMPARE(timesOf("DTSTART:20261124T090000Z\nRRULE:FREQ=SECONDLY\n"), QStringList(at("2026-11-24T09:00 to 09:00")));
        const auto never = readIcal(
            calendar(vevent("DTSTART:20261124T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n")), window);
        QVERIFY(never.events.at(0).occurrences.size() <= 1);
        const auto daily = readIcal(calendar(vevent("DTSTART:20261101T000000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY\n")), window);
        QCOMPARE(daily.events.at(0).occurrences.size(), mostOccurrences);
        const auto endless = readIcal(
            calendar(vevent("DTSTART:20261124T090000Z\nDURATION:PT1H\nSUMMARY:" + std::string(5'000'000, 'x') + "\n")), window);
        QCOMPARE(endless.events.at(0).occurrences.size(), std::size_t(1));
        QVERIFY(endless.events.at(0).occurrences.at(0).title.empty());
        std::string deep;
        for (int i = 0; i < 200'000; ++i)
            deep += "BEGIN:VALARM\n";
        QCOMPARE(readIcal(calendar("BEGIN:VEVENT\n" + deep), window).unreadable, 1);
        std::string crowd = "DTSTART:20261124T090000Z\nDURATION:PT1H\n";
        for (int i = 0; i < 5000; ++i)
            crowd += "ATTENDEE:mailto:a" + std::to_string(i) + "@crowd.example\n";
        const auto crowded = readIcal(calendar(vevent(crowd)), window);
        QCOMPARE(crowded.events.at(0).occurrences.at(0).attendees.size(), mostAttendees);
        QVERIFY(watch.elapsed() < std::chrono::minutes(1)); // hours, if any of them were followed
    }

    void reading_can_be_broken_off() {
        Progress progress;
        progress.cancel();
        QVERIFY(readIcal(calendar(vevent("DTSTART:20261124T090000Z\n")), window, progress).events.empty());
    }
};

OUTRIDER_TEST(IcalReaderTest)
#include "ical_reader_test.moc"
