// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/meeting_service.h"

#include "core/inbound/incoming_mail.h"
#include "core/services/account_service.h"
#include "core/services/invitations.h"
#include "core/services/lead_service.h"
#include "core/services/provider_table.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/meeting_repository.h"
#include "core/store/repositories/secret_repository.h"
#include "support/http_server.h"
#include "support/import_desk.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <nlohmann/json.hpp>

using namespace outrider;
using namespace outrider::test;
using Json = nlohmann::json;
using Reply = HttpServer::Reply;

namespace {

std::string vevent(const std::string& uid, const std::string& start, const std::string& end, const std::string& more = {}) {
    return "BEGIN:VEVENT\nUID:" + uid + "\nDTSTAMP:20261118T080000Z\nDTSTART:" + start + "\nDTEND:" + end + "\n" + more
           + "END:VEVENT\n";
}

std::string calendar(const std::string& events, const std::string& method = {}) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\n" + (method.empty() ? "" : "METHOD:" + method + "\n") + events + "END:VCALENDAR\n";
}

constexpr const char* withNoor = "SUMMARY:Demo\nORGANIZER:mailto:mara@harborline.example\n"
                                 "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Noor@Fjord.example\nATTENDEE:mailto:x@other.example\n";

// Noor is in a strategy; the day is 19 November 2026.
struct Office {
    Office() {
        desk.write([&](WriteContext& w) {
            Mailbox mailbox{.account = AccountKind::GmailApi, .address = "mara@harborline.example"};
            MailboxRepository(w.db).insert(w, mailbox);
            box = mailbox;
            Lead lead = makeLead("Noor", "van Dijk", "n.vandijk@fjord.example");
            lead.otherContacts.push_back({ContactKind::Email, {}, "noor@fjord.example", "noor@fjord.example"});
            noor = addLead(w, lead);
            enrolment = addEnrolment(w, noor, addStrategy(w, "Dock delays"));
        });
    }

    CalendarIngestPtr preview(const std::string& text) {
        auto ingest = wait(meetings.previewFile(desk.file(text, "mine.ics")));
        return ingest ? *ingest : nullptr;
    }
    CalendarReport keep(const std::string& text) { return *wait(meetings.approve(preview(text))); }
    Enrolment enrolled() {
        return desk.read([&](ReadContext& r) { return *EnrolmentRepository(r.db).find(enrolment); });
    }
    std::vector<Meeting> all() { return *wait(meetings.between(*parseIso8601("2026-01-01"), *parseIso8601("2027-12-01"))); }
    std::vector<TimelineEntry> told() {
        std::vector<TimelineEntry> found;
        const auto page = wait(LeadService(*desk.context).timeline(noor, {}, 50));
        for (const TimelineEntry& entry : page->entries) {
            if (entry.activity.kind == ActivityKind::Meeting)
                found.push_back(entry);
        }
        return found;
    }
    void mail(const std::string& from, const std::string& text) {
        const std::string raw = crlf("From: <" + from
                                     + ">\nTo: mara@harborline.example\nSubject: x\nContent-Type: text/calendar; "
                                       "charset=utf-8\n\n"
                                     + text);
        desk.write([&](WriteContext& w) {
            if (!keepInvitations(*desk.context, w, inbound::readIncoming(raw, desk.clock.now(), box.id)))
                qFatal("not kept");
        });
    }

    Desk desk;
    MeetingService meetings{*desk.context};
    Mailbox box;
    LeadId noor;
    EnrolmentId enrolment;
};

} // namespace

class MeetingServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looking_through_a_calendar_says_what_it_means_and_changes_nothing() {
        Office office;
        const std::string before = office.desk.hash();
        const auto ingest = office.preview(calendar(vevent("a", "20261124T090000Z", "20261124T100000Z", withNoor)
                                                    + vevent("b", "20261125T090000Z", "20261125T100000Z", "SUMMARY:Dentist\n")));
        QVERIFY(ingest);
        QCOMPARE(ingest->preview.matched, 1);
        QCOMPARE(ingest->preview.others, 1);
        QCOMPARE(ingest->preview.lines.at(0).change, CalendarPreview::Change::New);
        QCOMPARE(ingest->preview.stops.size(), std::size_t(1));
        QCOMPARE(ingest->preview.stops.at(0).strategyName, std::string("Dock delays"));
        QCOMPARE(office.desk.hash(), before);
    }

    void approving_ends_the_strategy_tells_the_timeline_and_undo_takes_all_of_it_back() {
        Office office;
        const std::string before = office.desk.hash();
        const auto report = office.keep(calendar(vevent("a", "20261124T090000Z", "20261124T100000Z", withNoor)));
        QCOMPARE(report.added, 1);
        QCOMPARE(report.stopped, 1);
        QCOMPARE(office.enrolled().stopReason, StopReason::Meeting);
        QCOMPARE(office.told().size(), std::size_t(1));
        QCOMPARE(office.told().at(0).activity.subject, std::string("Demo"));
        QCOMPARE(office.told().at(0).meeting->startsAt, *parseIso8601("2026-11-24T09:00"));
        QVERIFY(office.told().at(0).activity.at <= office.desk.clock.now()); // it was agreed, not held
        VERIFY_OK(office.desk.undo());
        QCOMPARE(office.desk.hash(), before);
        QVERIFY(office.enrolled().isRunning());
        QVERIFY(office.all().empty());
    }

    void of_a_meeting_without_leads_only_the_time_is_kept() {
        Office office;
        office.keep(calendar(vevent("b", "20261125T090000Z", "20261125T100000Z",
                                    "SUMMARY:Dentist\nLOCATION:Main Street\nATTENDEE:mailto:x@fjord.example\n")));
        const auto all = office.all();
        QCOMPARE(all.size(), std::size_t(1));
        QVERIFY(all.at(0).isPrivate() && all.at(0).title.empty() && all.at(0).location.empty());
    }

    void a_meeting_that_moves_or_is_cancelled_stays_one_entry() {
        Office office;
        office.keep(calendar(vevent("a", "20261124T090000Z", "20261124T100000Z", withNoor)));
        QCOMPARE(office.keep(calendar(vevent("a", "20261124T090000Z", "20261124T100000Z", withNoor))).total(), 0);
        QCOMPARE(office.keep(calendar(vevent("a", "20261126T130000Z", "20261126T140000Z", withNoor))).changed, 1);
        QCOMPARE(office.all().size(), std::size_t(1));
        QCOMPARE(office.told().size(), std::size_t(1));
        QCOMPARE(office.told().at(0).meeting->startsAt, *parseIso8601("2026-11-26T13:00"));
        const std::string gone = std::string(withNoor) + "STATUS:CANCELLED\n";
        QCOMPARE(office.keep(calendar(vevent("a", "20261126T130000Z", "20261126T140000Z", gone))).cancelled, 1);
        QVERIFY(office.all().empty());
        QCOMPARE(office.told().size(), std::size_t(1));
        QCOMPARE(office.told().at(0).meeting->state, MeetingState::Cancelled);
    }

    void a_series_is_one_entry_and_what_is_left_out_of_it_is_gone() {
        Office office;
        const std::string rule = std::string(withNoor) + "RRULE:FREQ=WEEKLY;COUNT=4\n";
        QCOMPARE(office.keep(calendar(vevent("s", "20261123T090000Z", "20261123T100000Z", rule))).added, 4);
        QCOMPARE(office.told().size(), std::size_t(1));
        office.keep(calendar(vevent("s", "20261123T090000Z", "20261123T100000Z", rule + "EXDATE:20261130T090000Z\n")));
        QCOMPARE(office.all().size(), std::size_t(3));
    }

    void a_meeting_that_was_over_before_the_strategy_began_ends_nothing() {
        Office office;
        const auto report = office.keep(calendar(vevent("old", "20261101T090000Z", "20261101T100000Z", withNoor)));
        QCOMPARE(report.added, 1);
        QCOMPARE(report.stopped, 0);
        QCOMPARE(office.told().at(0).activity.at, *parseIso8601("2026-11-01T09:00"));
    }

    void one_who_has_declined_stays_in_the_strategy() {
        Office office;
        office.keep(calendar(
            vevent("a", "20261124T090000Z", "20261124T100000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:noor@fjord.example\n")));
        QVERIFY(office.enrolled().isRunning());
    }

    void a_leads_invitation_counts_and_an_older_one_that_comes_later_does_not() {
        Office office;
        const std::string by = "ORGANIZER:mailto:noor@fjord.example\nATTENDEE:mailto:mara@harborline.example\nSEQUENCE:";
        office.mail("noor@fjord.example", calendar(vevent("i", "20261124T110000Z", "20261124T120000Z", by + "2\n"), "REQUEST"));
        QCOMPARE(office.enrolled().stopReason, StopReason::Meeting);
        office.mail("noor@fjord.example", calendar(vevent("i", "20261124T090000Z", "20261124T100000Z", by + "1\n"), "REQUEST"));
        QCOMPARE(office.all().at(0).startsAt, *parseIso8601("2026-11-24T11:00"));
        office.mail("noor@fjord.example", calendar(vevent("i", "20261124T110000Z", "20261124T120000Z", by + "3\n"), "CANCEL"));
        QVERIFY(office.all().empty());
        QCOMPARE(office.told().size(), std::size_t(1));
    }

    void an_answer_counts_for_its_sender_alone() {
        Office office;
        office.keep(calendar(vevent("a", "20261124T090000Z", "20261124T100000Z", withNoor)));
        const std::string answer = "BEGIN:VEVENT\nUID:a\nATTENDEE;PARTSTAT=DECLINED:mailto:noor@fjord.example\n"
                                   "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@other.example\nEND:VEVENT\n";
        office.mail("noor@fjord.example", calendar(answer, "REPLY"));
        for (const MeetingAttendee& person : office.all().at(0).attendees)
            QCOMPARE(person.answer, person.lead ? Attendance::Declined : Attendance::Unknown);
    }

    void free_time_is_what_meetings_and_tasks_with_an_hour_leave_of_the_working_hours() {
        Office office;
        office.desk.write([&](WriteContext& w) { addTask(w, office.noor, Channel::Call, *parseIso8601("2026-11-20T13:00")); });
        office.keep(calendar(vevent("a", "20261120T090000Z", "20261120T100000Z", withNoor)
                             + vevent("c", "20261120T110000Z", "20261120T120000Z", "TRANSP:TRANSPARENT\n")));
        FreeWish wish;
        wish.first = std::chrono::floor<std::chrono::days>(*parseIso8601("2026-11-20"));
        wish.days = 2;
        wish.fromMinute = 9 * 60;
        wish.toMinute = 17 * 60;
        const auto free = wait(office.meetings.freeTime(wish));
        VERIFY_OK(free);
        const auto slot = [](const char* from, const char* to) { return FreeSlot{*parseIso8601(from), *parseIso8601(to)}; };
        // A Friday in Berlin, and the Monday after it.
        const std::vector<FreeSlot> wanted{
            slot("2026-11-20T08:00", "2026-11-20T09:00"), slot("2026-11-20T10:00", "2026-11-20T13:00"),
            slot("2026-11-20T13:30", "2026-11-20T16:00"), slot("2026-11-23T08:00", "2026-11-23T16:00")};
        QVERIFY(free->slots == wanted);
    }

    void a_google_calendar_is_read_on_from_its_token_and_again_when_that_has_run_out() {
        Office office;
        int full = 0;
        int changed = 0;
        Reply next;
        const auto item = [](const char* id, const char* status, const char* start, const char* end) {
            return Json{{"id", id},
                        {"iCalUID", std::string(id) + "@google"},
                        {"status", status},
                        {"summary", "Demo"},
                        {"start", {{"dateTime", start}}},
                        {"end", {{"dateTime", end}}},
                        {"attendees", {{{"email", "noor@fjord.example"}, {"responseStatus", "accepted"}}}}};
        };
        HttpServer server([&](const HttpServer::Request& request) -> Reply {
            if (request.header("authorization") != "Bearer good")
                return {.status = 401};
            if (request.query.contains("syncToken")) {
                ++changed;
                return next;
            }
            ++full;
            return {.body = Json{
                        {"items",
                         {item("one", "confirmed", "2026-11-24T10:00:00+01:00", "2026-11-24T11:00:00+01:00"),
                          item("two", "confirmed", "2026-11-25T10:00:00+01:00", "2026-11-25T11:00:00+01:00")}},
                        {"nextSyncToken",
                         "t1"}}.dump()};
        });
        ProviderSettings settings = *wait(AccountService(*office.desk.context).provider(Provider::Google));
        settings.apiUrl = server.url();
        VERIFY_OK(wait(AccountService(*office.desk.context).setProvider(Provider::Google, settings, nullptr)));
        office.desk.write([&](WriteContext& w) {
            const std::string token = std::to_string(toEpochMillis(w.now + std::chrono::hours(99))) + " good";
            SecretRepository(w.db).set(w, accessTokenName(office.box.id), SecureBytes(token));
        });
        CalendarSource source{.kind = CalendarKind::Google};
        source.mailbox = office.box.id;
        const auto id = wait(office.meetings.add(source, nullptr));
        VERIFY_OK(id);
        QCOMPARE(wait(office.meetings.readAll())->total(), 0); // nothing before it is approved
        QCOMPARE(full, 0);
        const auto ingest = wait(office.meetings.preview(*id));
        VERIFY_OK(ingest);
        QCOMPARE((*ingest)->preview.matched, 2);
        VERIFY_OK(wait(office.meetings.approve(*ingest)));
        QCOMPARE(office.all().size(), std::size_t(2));

        next = {.body = Json{{"items", {{{"id", "two"}, {"status", "cancelled"}}}}, {"nextSyncToken", "t2"}}.dump()};
        QCOMPARE(wait(office.meetings.readAll())->cancelled, 1);
        QCOMPARE(changed, 1);
        QCOMPARE(office.all().size(), std::size_t(1));

        next = {.status = 410, .body = "{}"};
        QCOMPARE(wait(office.meetings.readAll())->errors.size(), std::size_t(0));
        QCOMPARE(full, 2);

        for (const auto& [reply, code] :
             {std::pair(Reply{.status = 500}, ErrorCode::RefusedSoft), std::pair(Reply{.status = 429}, ErrorCode::RefusedSoft),
              std::pair(Reply{.body = "[]"}, ErrorCode::ProtocolError),
              std::pair(Reply{.status = 403, .body = R"({"error":{"errors":[{"reason":"insufficientPermissions"}]}})"},
                        ErrorCode::AuthFailed),
              std::pair(Reply{.status = 403, .body = R"({"error":{"errors":[{"reason":"rateLimitExceeded"}]}})"},
                        ErrorCode::RefusedSoft)}) {
            next = reply;
            const auto report = wait(office.meetings.readAll());
            VERIFY_OK(report);
            QCOMPARE(report->errors.size(), std::size_t(1));
            QCOMPARE(report->errors.at(0).code, code);
            QCOMPARE(wait(office.meetings.sources())->at(0).problem, std::string(name(code)));
            QCOMPARE(office.all().size(), std::size_t(2)); // as it was read last
        }
    }

    void a_calendar_server_that_fails_is_noted_and_nothing_is_lost() {
        Office office;
        Reply next;
        HttpServer server([&](const HttpServer::Request&) -> Reply { return next; });
        CalendarSource source{.kind = CalendarKind::CalDav};
        source.url = server.url();
        source.userName = "mara";
        const auto id = wait(office.meetings.add(source, std::make_shared<SecureBytes>("secret")));
        VERIFY_OK(id);
        for (const auto& [reply, code] :
             {std::pair(Reply{.status = 401}, ErrorCode::AuthFailed), std::pair(Reply{.status = 503}, ErrorCode::RefusedSoft),
              std::pair(Reply{.status = 207, .body = "<oops"}, ErrorCode::ProtocolError),
              std::pair(Reply{.status = 207, .body = "<D:multistatus xmlns:D=\"DAV:\"/>"}, ErrorCode::NotFound),
              std::pair(Reply{.status = 200, .body = "<html/>"}, ErrorCode::ProtocolError),
              std::pair(Reply{.status = 404}, ErrorCode::NotFound),
              std::pair(Reply{.action = Reply::Action::Drop}, ErrorCode::ConnectionLost),
              std::pair(Reply{.action = Reply::Action::Garbage}, ErrorCode::ProtocolError)}) {
            next = reply;
            VERIFY_ERROR(wait(office.meetings.preview(*id)), code);
            QCOMPARE(wait(office.meetings.sources())->at(0).problem, std::string(name(code)));
        }
        QVERIFY(office.all().empty());
    }

    void a_password_never_goes_to_another_server_nor_in_the_clear() {
        Office office;
        CalendarSource source{.kind = CalendarKind::CalDav};
        source.url = "http://calendar.example/";
        source.userName = "mara";
        VERIFY_ERROR(wait(office.meetings.add(source, std::make_shared<SecureBytes>("secret"))), ErrorCode::InvalidArgument);
        HttpServer other([](const HttpServer::Request&) -> Reply { return {.status = 404}; });
        HttpServer server([&](const HttpServer::Request&) -> Reply {
            return {.status = 302, .headers = {"Location: http://localhost:" + std::to_string(other.port()) + "/"}};
        });
        source.url = server.url();
        const auto id = wait(office.meetings.add(source, std::make_shared<SecureBytes>("secret")));
        VERIFY_OK(id);
        VERIFY_ERROR(wait(office.meetings.preview(*id)), ErrorCode::ProtocolError);
        QVERIFY(other.requests().empty());
    }
};

OUTRIDER_TEST(MeetingServiceTest)
#include "meeting_service_test.moc"
