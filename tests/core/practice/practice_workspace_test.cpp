// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_workspace.h"

#include "core/contact/phone_number.h"
#include "core/domain/filter.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/message_template.h"
#include "core/outreach/zone.h"
#include "core/practice/practice_people.h"
#include "core/practice/practice_prospects.h"
#include "core/practice/practice_strategies.h"
#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/saved_view_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <set>

using namespace outrider;
using namespace outrider::practice;
using namespace outrider::store;
using namespace outrider::test;

namespace {

constexpr auto zoneName = "Europe/Stockholm";

// A practice workspace made at a moment.
struct Practice {
    explicit Practice(Instant now) {
        store.clock.set(now);
        filled = fillPracticeWorkspace(*store, now, zoneName);
    }

    std::pair<Instant, Instant> day(int ahead = 0) const {
        const auto zone = *outreach::Zone::find(zoneName);
        const auto today = zone.dayOf(store.clock.now()) + std::chrono::days(ahead);
        return {zone.startOf(today), zone.startOf(today + std::chrono::days(1))};
    }

    QueueCounts counts() {
        const auto [from, to] = day();
        return store.read([&](ReadContext& r) { return TaskRepository(r.db).counts(from, to); });
    }

    std::string hash() {
        return store.read([](ReadContext& r) { return contentHash(r); });
    }

    TempStore store;
    Result<> filled;
};

Instant at(const char* iso) { return *parseIso8601(iso); }

} // namespace

class PracticeWorkspaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void there_are_300_people_all_different_and_all_invented() {
        std::set<std::string> addresses;
        std::set<std::string> countries;
        for (const PracticePerson& person : practicePeople()) {
            QVERIFY2(addresses.insert(person.email).second, person.email.c_str());
            QVERIFY2(person.email.ends_with(".example"), person.email.c_str());
            countries.insert(person.country);
            const auto number = contact::parsePhoneNumber(person.phone, person.country);
            QVERIFY2(number.has_value(), (person.phone + " of " + person.email).c_str());
            QVERIFY2(number->country == person.country || number->country.empty(),
                     (person.phone + " of " + person.email).c_str());
        }
        QCOMPARE(addresses.size(), practicePeopleCount);
        QVERIFY(countries.size() >= 30);
    }

    void the_templates_can_be_published() {
        for (const NamedVersion& strategy : practiceStrategies(false)) {
            for (const Step& step : strategy.version.steps) {
                VERIFY_OK(outreach::checkTemplate(step.subject));
                VERIFY_OK(outreach::checkTemplate(step.body));
            }
        }
    }

    void a_working_day_begins_with_a_full_queue() {
        Practice practice(at("2026-11-19T08:00"));
        VERIFY_OK(practice.filled);
        const QueueCounts counts = practice.counts();
        QCOMPARE(counts.overdue, 4);
        QCOMPARE(counts.byChannel[std::size_t(Channel::Email)], 39);
        QCOMPARE(counts.byChannel[std::size_t(Channel::Call)], 29);
        QCOMPARE(counts.byChannel[std::size_t(Channel::LinkedIn)], 9);
        QCOMPARE(counts.byChannel[std::size_t(Channel::Task)], 5);
        practice.store.read([&](ReadContext& r) {
            [&] {
                QCOMPARE(LeadRepository(r.db).countAll(), std::int64_t(300));
                QCOMPARE(StrategyRepository(r.db).all().size(), std::size_t(3));
                QCOMPARE(MessageRepository(r.db).countUnhandled(MessageClass::Reply), 5);
                QCOMPARE(MessageRepository(r.db).inbox(MessageClass::Bounce, {}, 100).size(), std::size_t(4));
                QCOMPARE(MessageRepository(r.db).inbox(MessageClass::AutoReply, {}, 100).size(), std::size_t(5));
                QCOMPARE(MessageRepository(r.db).inbox(MessageClass::OptOut, {}, 100).size(), std::size_t(1));
                QVERIFY(SuppressionRepository(r.db).count() >= 6);
                const Mailbox mailbox = MailboxRepository(r.db).all().at(0);
                QVERIFY(mailbox.kind == MailboxKind::Practice);
                QVERIFY(mailbox.smtp.host.empty() && mailbox.imap.host.empty());
            }();
            return 0;
        });
    }

    void every_view_finds_somebody() {
        Practice practice(at("2026-11-19T08:00"));
        VERIFY_OK(practice.filled);
        practice.store.read([&](ReadContext& r) {
            [&] {
                const auto [start, end] = practice.day();
                const FilterContext context{.today = std::chrono::floor<std::chrono::days>(start + std::chrono::hours(12)),
                                            .startOfDay = [](std::chrono::sys_days day) { return Instant(day); }};
                for (const SavedView& view : SavedViewRepository(r.db).all()) {
                    const auto filter = parseFilter(view.filter);
                    VERIFY_OK(filter);
                    const auto count = LeadListRepository(r.db).count(*filter, context);
                    qInfo("%s: %lld", view.name.c_str(), static_cast<long long>(count));
                    QVERIFY2(count >= 5 && count <= 120, view.name.c_str());
                }
            }();
            return 0;
        });
    }

    void it_is_the_same_for_the_same_moment_and_sound() {
        Practice one(at("2026-11-19T08:00"));
        Practice other(at("2026-11-19T08:00"));
        Practice later(at("2026-11-20T08:00"));
        QCOMPARE(one.hash(), other.hash());
        QVERIFY(one.hash() != later.hash());
        const auto wrong = one.store.read([](ReadContext& r) { return examine(r.db); });
        QVERIFY2(wrong.empty(), wrong.empty() ? "" : wrong.front().c_str());
    }

    void there_is_work_at_any_hour_of_any_day_data() {
        QTest::addColumn<QString>("now");
        for (const char* now :
             {"2026-11-16T07:00", "2026-11-17T15:00", "2026-11-18T03:00", "2026-11-19T22:30", "2026-11-20T12:00",
              "2026-11-21T10:00", "2026-11-22T19:00", "2026-12-28T09:00", "2026-03-29T09:00"})
            QTest::newRow(now) << QString::fromLatin1(now);
    }

    void there_is_work_at_any_hour_of_any_day() {
        QFETCH(QString, now);
        Practice practice(*parseIso8601(now.toStdString()));
        VERIFY_OK(practice.filled);
        const QueueCounts counts = practice.counts();
        qInfo("overdue %d, e-mail %d, calls %d, LinkedIn %d, to-dos %d", counts.overdue, counts.byChannel[0], counts.byChannel[1],
              counts.byChannel[2], counts.byChannel[4]);
        QVERIFY(counts.byChannel[std::size_t(Channel::Email)] >= 30);
        QVERIFY(counts.byChannel[std::size_t(Channel::Call)] >= 20);
        QVERIFY(counts.overdue >= 3 && counts.overdue <= 5);
        // Nothing of the story lies ahead of now.
        const auto late = practice.store.read([&](ReadContext& r) {
            Statement rows = r.db.query("SELECT count(*) FROM activity WHERE at > ?1", r.now);
            return rows.step() ? rows.integer(0) : -1;
        });
        QCOMPARE(late, std::int64_t(0));
    }

    void everybodys_draft_can_be_sent_but_one() {
        Practice practice(at("2026-11-19T08:00"));
        VERIFY_OK(practice.filled);
        int blocked = 0;
        practice.store.read([&](ReadContext& r) {
            [&] {
                const auto [from, to] = practice.day();
                TaskRepository tasks(r.db);
                for (const QueueItem& item : tasks.queue(from, to, 500)) {
                    const auto task = tasks.find(item.task);
                    if (task->channel != Channel::Email)
                        continue;
                    const auto draft =
                        outreach::draftOfStep(r.db, task->lead, task->enrolment, *StrategyRepository(r.db).step(task->step));
                    VERIFY_OK(draft);
                    blocked += draft->problem ? 1 : 0;
                }
            }();
            return 0;
        });
        QCOMPARE(blocked, 1);
    }
};

OUTRIDER_TEST(PracticeWorkspaceTest)
#include "practice_workspace_test.moc"
