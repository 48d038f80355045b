// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/insight_repository.h"

#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

std::chrono::sys_days day(const char* date) { return std::chrono::floor<std::chrono::days>(*parseIso8601(date)); }

void happen(WriteContext& w, LeadId lead, ActivityKind kind, const char* at, EnrolmentId enrolment = {}, StepId step = {}) {
    Activity activity{.lead = lead, .at = *parseIso8601(at), .kind = kind, .enrolment = enrolment, .step = step};
    ActivityRepository(w.db).append(w, activity);
}

} // namespace

class InsightRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void days_are_those_of_a_zone_half_an_hour_off() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Ada", "Lovelace"));
            happen(w, lead, ActivityKind::Call, "2026-11-17T18:29:59.999Z"); // 23:59 in Kolkata
            happen(w, lead, ActivityKind::Call, "2026-11-17T18:30Z");        // the next day's midnight
            happen(w, lead, ActivityKind::EmailSent, "2026-11-18T18:29Z");
            happen(w, lead, ActivityKind::EmailSent, "2026-11-18T18:30Z");
        });
        const std::vector<Instant> bounds{*parseIso8601("2026-11-16T18:30Z"), *parseIso8601("2026-11-17T18:30Z"),
                                          *parseIso8601("2026-11-18T18:30Z")};
        const auto days = store.read([&](ReadContext& r) { return InsightRepository(r.db).days({}, bounds); });
        QCOMPARE(days.size(), std::size_t(2));
        QCOMPARE(days[0], (ActivityTotals{.calls = 1, .worked = 1}));
        QCOMPARE(days[1], (ActivityTotals{.sent = 1, .calls = 1}));
        const auto totals =
            store.read([&](ReadContext& r) { return InsightRepository(r.db).totals({}, bounds.front(), bounds.back()); });
        QCOMPARE(totals, (ActivityTotals{.sent = 1, .calls = 2, .worked = 1}));
    }

    void a_strategy_has_its_own_numbers_and_its_steps() {
        TempStore store;
        StrategyVersion docks;
        StrategyVersion cold;
        store.write([&](WriteContext& w) {
            docks = addStrategy(w, "Dock delays");
            cold = addStrategy(w, "Cold chain");
            for (int i = 0; i < 3; ++i) {
                const LeadId lead = addLead(w, makeLead("Lead", std::to_string(i)));
                const EnrolmentId in = addEnrolment(w, lead, docks);
                happen(w, lead, ActivityKind::EmailSent, "2026-11-19T09:00Z", in, docks.steps[0].id);
                if (i > 0)
                    happen(w, lead, ActivityKind::Call, "2026-11-19T10:00Z", in, docks.steps[1].id);
                if (i == 2)
                    happen(w, lead, ActivityKind::EmailReceived, "2026-11-19T11:00Z", in, docks.steps[0].id);
            }
            const LeadId other = addLead(w, makeLead("Other", "Lead"));
            happen(w, other, ActivityKind::Meeting, "2026-11-19T12:00Z", addEnrolment(w, other, cold));
            happen(w, other, ActivityKind::Call, "2026-11-19T12:00Z");
        });
        store.read([&](ReadContext& r) {
            InsightRepository insights(r.db);
            const Instant from = *parseIso8601("2026-11-19");
            const Instant to = *parseIso8601("2026-11-20");
            const auto ofDocks = insights.totals(docks.strategy, from, to);
            if (ofDocks != ActivityTotals{.sent = 3, .calls = 2, .replies = 1, .worked = 3})
                qFatal("the strategy's own are others");
            if (insights.totals({}, from, to) != ActivityTotals{.sent = 3, .calls = 3, .replies = 1, .meetings = 1, .worked = 4})
                qFatal("all are others");
            const auto strategies = insights.strategies({}, day("2026-11-19"), day("2026-11-19"));
            if (strategies.size() != 2 || strategies[0].name != "Dock delays" || strategies[0].enrolled != 3
                || strategies[0].reached != 3 || strategies[0].replied != 1 || strategies[1].met != 1)
                qFatal("what became of the leads is different");
            const auto steps = insights.steps(docks.strategy, day("2026-11-19"), day("2026-11-19"));
            if (steps.size() != 2 || steps[0].touches != 3 || steps[0].replies != 1 || steps[1].touches != 2
                || steps[1].channel != Channel::Call)
                qFatal("the steps are others");
            return insights.strategies(cold.strategy, day("2026-11-18"), day("2026-11-18")).empty();
        });
    }

    void a_mailbox_has_what_it_sent_what_came_back_and_what_waits() {
        TempStore store;
        store.write([](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example", .dailyLimit = 30};
            MailboxRepository(w.db).insert(w, box);
            Mailbox quiet{.address = "quiet@harborline.example"};
            MailboxRepository(w.db).insert(w, quiet);
            const LeadId lead = addLead(w, makeLead("Ada", "Lovelace"));
            for (const ActivityKind kind : {ActivityKind::EmailSent, ActivityKind::EmailSent, ActivityKind::Bounce}) {
                Message message{.lead = lead, .mailbox = box.id, .at = w.now};
                MessageRepository(w.db).insert(w, message);
                Activity activity{.lead = lead, .kind = kind, .message = message.id};
                ActivityRepository(w.db).append(w, activity);
            }
        });
        const auto boxes =
            store.read([](ReadContext& r) { return InsightRepository(r.db).mailboxes(day("2026-11-16"), day("2026-11-19")); });
        QCOMPARE(boxes.size(), std::size_t(2));
        QCOMPARE(boxes[0].sent, std::int64_t(2));
        QCOMPARE(boxes[0].bounces, std::int64_t(1));
        QCOMPARE(boxes[0].dailyLimit, 30);
        QVERIFY(!boxes[0].canTell());
        QCOMPARE(boxes[1].sent, std::int64_t(0));
    }

    // Strategies, versions and mailboxes are few; everything else is searched by its key.
    void no_dashboard_reads_what_ever_happened() {
        TempStore store;
        for (const std::string& sql : InsightRepository::sqls()) {
            const auto plan = store.read([&](ReadContext& r) { return r.db.plan(sql); });
            for (const std::string& step : plan) {
                const auto text = QString::fromStdString(step);
                for (const char* large : {"activity", "message", "enrolment", "outbox", "lead", "task"}) {
                    const QString table = QString::fromLatin1(large);
                    const bool names = text.split(QLatin1Char(' ')).contains(table);
                    QVERIFY2(!names, (sql + "\n" + step).c_str());
                }
                QVERIFY2(!text.startsWith(QStringLiteral("SCAN r")), (sql + "\n" + step).c_str());
                if (text.startsWith(QStringLiteral("SEARCH rollup_")) || text.startsWith(QStringLiteral("SEARCH r ")))
                    QVERIFY2(text.contains(QStringLiteral("PRIMARY KEY")), (sql + "\n" + step).c_str());
                if (text.contains(QStringLiteral(" o ")))
                    QVERIFY2(text.contains(QStringLiteral("INDEX outbox_waiting (mailbox_id=?")), (sql + "\n" + step).c_str());
            }
        }
    }
};

OUTRIDER_TEST(InsightRepositoryTest)
#include "insight_repository_test.moc"
