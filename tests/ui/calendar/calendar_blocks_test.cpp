// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_blocks.h"

#include "support/test_registry.h"
#include "ui/calendar/calendar_words.h"

#include <QTimeZone>

using namespace outrider;
using namespace outrider::calendar;

namespace {

const QTimeZone berlin("Europe/Berlin");
const Instant now = *parseIso8601("2026-11-19T08:00"); // a Thursday, 09:00 in Berlin

CalendarDay dayOf(const char* date, std::vector<CalendarSlot> slots = {}) {
    const auto at = *parseIso8601(date);
    CalendarDay day;
    day.date = std::chrono::floor<std::chrono::days>(at);
    day.start = at - std::chrono::hours(1); // winter
    day.end = day.start + std::chrono::hours(24);
    day.slots = std::move(slots);
    return day;
}

CalendarSlot slot(const char* at, Channel channel, int open, int done = 0) {
    return {.at = *parseIso8601(at), .channel = channel, .open = open, .done = done};
}

text::Dates dates() { return {now, berlin}; }

} // namespace

class CalendarBlocksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tasks_of_a_channel_within_half_an_hour_are_one_block() {
        const auto blocks = blocksOf(
            {dayOf("2026-11-20", {slot("2026-11-20T08:00", Channel::Email, 3), slot("2026-11-20T08:15", Channel::Email, 2),
                                  slot("2026-11-20T08:15", Channel::Call, 1), slot("2026-11-20T08:30", Channel::Email, 1)})},
            {}, now, 0, dates());
        QCOMPARE(blocks.size(), std::size_t(3));
        QCOMPARE(blocks[0].count, 5);
        QCOMPARE(blocks[0].minute, 9 * 60);
        QCOMPARE(blocks[0].lanes, 2); // beside the call
        QCOMPARE(blocks[1].lane, 1);
        QCOMPARE(blocks[2].minute, 9 * 60 + 30);
        QCOMPARE(blocks[2].lanes, 1);
        QVERIFY(blocks[0].stretch.from == *parseIso8601("2026-11-20T08:00"));
        QVERIFY(blocks[0].stretch.to == *parseIso8601("2026-11-20T08:30"));
    }

    void what_is_done_and_what_is_late_stand_apart() {
        const auto blocks = blocksOf({dayOf("2026-11-18", {slot("2026-11-18T08:00", Channel::Call, 2, 4)})}, {}, now, 0, dates());
        QCOMPARE(blocks.size(), std::size_t(2));
        QVERIFY(blocks[0].kind == Block::Kind::Late);
        QVERIFY(blocks[1].kind == Block::Kind::Done);
        QCOMPARE(blocks[1].count, 4);
    }

    void a_task_alone_in_its_half_hour_has_its_leads_name() {
        QueueItem item{
            .task = TaskId{7}, .leadName = "Amina Diallo", .channel = Channel::Call, .dueAt = *parseIso8601("2026-11-20T08:05")};
        const auto blocks = blocksOf({dayOf("2026-11-20", {slot("2026-11-20T08:00", Channel::Call, 1)})},
                                     {CalendarTasks{.items = {item}, .next = {}}}, now, 0, dates());
        QCOMPARE(blockTitle(blocks.front()), QStringLiteral("Amina Diallo"));
    }

    void e_mails_above_the_cap_are_marked_today_and_later_only() {
        const auto slots = [](const char* at) { return std::vector{slot(at, Channel::Email, 57), slot(at, Channel::Call, 57)}; };
        for (const auto& [date, at, over] :
             {std::tuple("2026-11-18", "2026-11-18T08:00", false), std::tuple("2026-11-19", "2026-11-19T08:00", true),
              std::tuple("2026-11-20", "2026-11-20T08:00", true)}) {
            const auto blocks = blocksOf({dayOf(date, slots(at))}, {}, now, 50, dates());
            QCOMPARE(blocks[0].overCap, over);
            QCOMPARE(blocks[1].overCap, false); // calls have none
        }
    }

    void a_step_by_days_goes_over_the_weekend_unless_it_is_worked_on() {
        const auto friday = std::chrono::floor<std::chrono::days>(*parseIso8601("2026-11-20"));
        QCOMPARE(stepDays(friday, 1, false), 3);
        QCOMPARE(stepDays(friday, 1, true), 1);
        QCOMPARE(stepDays(friday + std::chrono::days(3), -1, false), -3);
        QCOMPARE(stepDays(friday, -1, false), -1);
    }

    void a_month_begins_on_the_monday_before_its_first() {
        const auto day = std::chrono::floor<std::chrono::days>(*parseIso8601("2026-11-19"));
        QCOMPARE(toIsoDate(gridStartOf(day)), std::string("2026-10-26"));
        QCOMPARE(toIsoDate(mondayOf(day)), std::string("2026-11-16"));
    }

    void hours_are_said_in_the_leads_zone_and_in_ones_own() {
        const TaskHours tokyo{.zone = "Asia/Tokyo", .window = Window{.startMinute = 9 * 60, .endMinute = 17 * 60}};
        QCOMPARE(hoursText(tokyo, QDate(2026, 11, 20), dates()), QStringLiteral("09:00 to 17:00 in Tokyo, here 01:00 to 09:00"));
        QCOMPARE(hoursText(tokyo, QDate(2026, 11, 21), dates()), QStringLiteral("09:00 to 17:00 in Tokyo, not on this day"));
        QVERIFY(fitOf(tokyo, *parseIso8601("2026-11-20T00:30")) == Fit::Inside);  // 09:30 there
        QVERIFY(fitOf(tokyo, *parseIso8601("2026-11-20T09:00")) == Fit::Outside); // 18:00 there
        QVERIFY(fitOf(TaskHours{.zone = "Asia/Tokyo", .window = {}}, now) == Fit::Unknown);
    }
};

OUTRIDER_TEST(CalendarBlocksTest)
#include "calendar_blocks_test.moc"
