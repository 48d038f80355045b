// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/calendar_service.h"

#include "core/store/doctor.h"
#include "core/store/repositories/mailbox_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::test;

namespace {

constexpr auto midnight = "2026-11-19"; // of UTC; the desk is in Berlin

std::chrono::sys_days dayOf(const char* date) { return std::chrono::floor<std::chrono::days>(*parseIso8601(date)); }

// A task due then, and its id.
TaskId task(Desk& desk, const char* due, Channel channel = Channel::Call) {
    TaskId id;
    desk.write([&](WriteContext& w) { id = addTask(w, addLead(w, makeLead("Ann", "Lee")), channel, *parseIso8601(due)); });
    return id;
}

std::string dueOf(Desk& desk, TaskId id) {
    return desk.read([&](ReadContext& r) { return toIso8601(TaskRepository(r.db).find(id)->dueAt); });
}

} // namespace

class CalendarServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void days_are_those_of_the_persons_zone() {
        Desk desk;
        const auto zone = desk.context->zone();
        task(desk, "2026-11-19T22:30"); // 23:30 in Berlin
        task(desk, "2026-11-19T23:30"); // 00:30 of the next day
        const auto calendar = wait(CalendarService(*desk.context).days(dayOf(midnight), 2));
        VERIFY_OK(calendar);
        const auto of = [&](const char* at) { return zone.dayOf(*parseIso8601(at)) - dayOf(midnight); };
        std::array<int, 2> wanted{};
        for (const char* at : {"2026-11-19T22:30", "2026-11-19T23:30"})
            ++wanted.at(std::size_t(of(at).count()));
        QCOMPARE(calendar->days[0].planned(), wanted[0]);
        QCOMPARE(calendar->days[1].planned(), wanted[1]);
        QVERIFY(calendar->hasTasks);
        QVERIFY(calendar->days[0].isWorkday);
    }

    void moving_keeps_the_time_on_the_wall_where_clocks_change() {
        Desk desk;
        desk.clock.set(*parseIso8601("2027-03-20T08:00"));
        const auto zone = desk.context->zone();
        const TaskId id = task(desk, "2027-03-27T09:00");
        const int minute = zone.minuteOfDay(*parseIso8601("2027-03-27T09:00"));
        VERIFY_OK(wait(CalendarService(*desk.context).move({.tasks = {id}, .stretches = {}}, {.days = 2})));
        const Instant due = *parseIso8601(dueOf(desk, id));
        QCOMPARE(zone.minuteOfDay(due), minute);
        QCOMPARE(toIsoDate(zone.dayOf(due)), std::string("2027-03-29"));
    }

    void a_stretch_moves_as_one_action_and_one_undo_brings_it_back() {
        Desk desk;
        desk.clock.set(*parseIso8601("2026-11-18T08:00"));
        const TaskId first = task(desk, "2026-11-19T09:00");
        const TaskId second = task(desk, "2026-11-19T09:20");
        const TaskId mail = task(desk, "2026-11-19T09:10", Channel::Email);
        const std::string before = desk.hash();
        const CalendarStretch stretch{
            .from = *parseIso8601("2026-11-19T09:00"), .to = *parseIso8601("2026-11-19T09:30"), .channel = Channel::Call};
        const auto moved = wait(CalendarService(*desk.context).move({.tasks = {}, .stretches = {stretch}}, {.minutes = 30}));
        VERIFY_OK(moved);
        QCOMPARE(moved->moved, std::int64_t(2));
        QVERIFY(moved->first == *parseIso8601("2026-11-19T09:30"));
        QCOMPARE(dueOf(desk, first), std::string("2026-11-19T09:30:00.000Z"));
        QCOMPARE(dueOf(desk, second), std::string("2026-11-19T09:50:00.000Z"));
        QCOMPARE(dueOf(desk, mail), std::string("2026-11-19T09:10:00.000Z"));
        QVERIFY(desk.read([](ReadContext& r) { return examine(r.db); }).empty());
        VERIFY_OK(wait(HistoryService(*desk.context).undo()));
        QCOMPARE(desk.hash(), before);
    }

    void nothing_moves_when_one_of_them_would_be_in_the_past() {
        Desk desk;
        desk.clock.set(*parseIso8601("2026-11-19T08:00"));
        const TaskId soon = task(desk, "2026-11-19T08:20");
        const TaskId later = task(desk, "2026-11-19T12:00");
        VERIFY_ERROR(wait(CalendarService(*desk.context).move({.tasks = {later, soon}, .stretches = {}}, {.minutes = -30})),
                     ErrorCode::InvalidArgument);
        QCOMPARE(dueOf(desk, later), std::string("2026-11-19T12:00:00.000Z"));
    }

    void what_a_task_is_typed_to_is_the_minute_of_the_day() {
        Desk desk;
        desk.clock.set(*parseIso8601("2026-11-18T08:00"));
        const auto zone = desk.context->zone();
        const TaskId id = task(desk, "2026-11-19T09:13");
        VERIFY_OK(wait(CalendarService(*desk.context).move({.tasks = {id}, .stretches = {}}, {.days = 1, .toMinute = 14 * 60})));
        QCOMPARE(zone.minuteOfDay(*parseIso8601(dueOf(desk, id))), 14 * 60);
    }

    void hours_are_those_of_the_strategys_window_in_the_leads_zone() {
        Desk desk;
        TaskId id;
        desk.write([&](WriteContext& w) {
            Lead lead = makeLead("Aiko", "Mori");
            lead.timeZone = "Asia/Tokyo";
            const LeadId who = addLead(w, lead);
            const auto version = addStrategy(w, "Ramp");
            id = addTask(w, who, Channel::Call, *parseIso8601("2026-11-19T09:00"), addEnrolment(w, who, version),
                         version.steps[1].id);
        });
        const auto hours = wait(CalendarService(*desk.context).hours(id));
        VERIFY_OK(hours);
        QCOMPARE(hours->zone, std::string("Asia/Tokyo"));
        QVERIFY(hours->window.has_value());
        QCOMPARE(hours->window->startMinute, 8 * 60);
        const auto byHand = wait(CalendarService(*desk.context).hours(task(desk, "2026-11-19T09:00")));
        VERIFY_OK(byHand);
        QVERIFY(!byHand->window);
    }

    void e_mails_of_a_day_count_against_the_mailbox_they_would_leave_from() {
        Desk desk;
        MailboxId mailbox;
        desk.write([&](WriteContext& w) {
            Mailbox mara{.kind = MailboxKind::Practice, .address = "mara@harborline.example", .dailyLimit = 20};
            MailboxRepository(w.db).insert(w, mara);
            mailbox = mara.id;
        });
        for (int i = 0; i < 3; ++i)
            task(desk, "2026-11-20T09:00", Channel::Email);
        task(desk, "2026-11-20T09:00", Channel::Call);
        const auto load = wait(CalendarService(*desk.context).mailLoad(dayOf("2026-11-20")));
        VERIFY_OK(load);
        QCOMPARE(load->mailboxes.size(), std::size_t(1));
        QVERIFY(load->mailboxes.front().mailbox == mailbox);
        QCOMPARE(load->mailboxes.front().planned, 3);
        QCOMPARE(load->mailboxes.front().cap, 20);
        QVERIFY(!load->isPartial);
    }
};

OUTRIDER_TEST(CalendarServiceTest)
#include "calendar_service_test.moc"
