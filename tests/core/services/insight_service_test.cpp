// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/insight_service.h"

#include "support/import_desk.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::test;

namespace {

void call(Desk& desk, LeadId lead, const char* at) {
    desk.write([&](WriteContext& w) {
        Activity activity{.lead = lead, .at = *parseIso8601(at), .kind = ActivityKind::Call};
        ActivityRepository(w.db).append(w, activity);
    });
}

LeadId someLead(Desk& desk) {
    LeadId lead;
    desk.write([&](WriteContext& w) { lead = addLead(w, makeLead("Ada", "Lovelace")); });
    return lead;
}

} // namespace

class InsightServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Thursday 19 November 2026, 08:00 UTC: 09:00 in Berlin.
    void a_period_is_compared_with_as_much_of_the_one_before() {
        Desk desk;
        const LeadId lead = someLead(desk);
        call(desk, lead, "2026-11-19T07:30Z");
        call(desk, lead, "2026-11-16T00:00Z"); // Monday, 01:00 in Berlin
        call(desk, lead, "2026-11-15T22:59Z"); // Sunday, 23:59
        call(desk, lead, "2026-11-12T07:30Z"); // a week before, at that time already
        call(desk, lead, "2026-11-12T09:00Z"); // a week before, but later that day
        const auto d = wait(InsightService(*desk.context).dashboard({.period = InsightPeriod::Week, .strategy = {}}));
        VERIFY_OK(d);
        QCOMPARE(toIsoDate(d->from), std::string("2026-11-16"));
        QCOMPARE(toIsoDate(d->to), std::string("2026-11-19"));
        QCOMPARE(d->workdays, 5);
        QCOMPARE(d->workdaysDone, 4);
        QCOMPARE(d->days.size(), std::size_t(4));
        QCOMPARE(d->days[0].totals.calls, std::int64_t(1));
        QCOMPARE(d->days[3].totals.calls, std::int64_t(1));
        QCOMPARE(d->totals.calls, std::int64_t(2));
        QCOMPARE(d->before.calls, std::int64_t(1));
        QCOMPARE(d->everSent, std::int64_t(5));
        QVERIFY(d->isEmpty());
    }

    void a_day_off_is_no_working_day() {
        Desk desk;
        desk.write(
            [](WriteContext& w) { w.db.run("INSERT INTO setting(id, key, value) VALUES (9, 'days_off', '[\"2026-11-18\"]')"); });
        VERIFY_OK(desk.context->loadSettings());
        const auto d = wait(InsightService(*desk.context).dashboard({.period = InsightPeriod::Week, .strategy = {}}));
        VERIFY_OK(d);
        QCOMPARE(d->workdays, 4);
        QCOMPARE(d->workdaysDone, 3);
        QVERIFY(!d->days[2].workday);
    }

    void goals_are_one_action_and_none_until_set() {
        Desk desk;
        InsightService insights(*desk.context);
        QCOMPARE(*wait(insights.goals()), Goals());
        const Goals wanted{.replies = 20, .meetings = {}, .sent = {}, .calls = 60, .worked = {}};
        VERIFY_OK(wait(insights.setGoals(wanted)));
        QCOMPARE(*wait(insights.goals()), wanted);
        VERIFY_ERROR(wait(insights.setGoals({.replies = -1, .meetings = {}, .sent = {}, .calls = {}, .worked = {}})),
                     ErrorCode::InvalidArgument);
        VERIFY_OK(desk.undo());
        QCOMPARE(*wait(insights.goals()), Goals());
    }

    void a_strategy_that_is_not_there_is_said_and_the_past_has_no_dashboards() {
        Desk desk;
        VERIFY_ERROR(wait(InsightService(*desk.context).dashboard({.period = InsightPeriod::Week, .strategy = StrategyId{4711}})),
                     ErrorCode::NotFound);
    }

    void an_export_has_every_number_once_and_nothing_that_runs() {
        Desk desk;
        desk.write([](WriteContext& w) {
            const StrategyVersion version = addStrategy(w, "=HYPERLINK(\"http://x.example\")");
            const LeadId lead = addLead(w, makeLead("Ada", "Lovelace"));
            const EnrolmentId in = addEnrolment(w, lead, version);
            Activity sent{.lead = lead, .kind = ActivityKind::EmailSent, .enrolment = in};
            ActivityRepository(w.db).appendSent(w, sent, 8);
        });
        const std::string path = desk.dir.filePath(QStringLiteral("numbers.csv")).toStdString();
        VERIFY_OK(wait(InsightService(*desk.context).exportCsv({.period = InsightPeriod::Week, .strategy = {}}, path)));
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        for (const char* line : {"part,row,measure,value\r\n", "total,2026-11-16/2026-11-19,emails_sent,1\r\n",
                                 "day,2026-11-19,emails_sent,1\r\n", "hour,Mon 08:00,emails_sent,1\r\n"})
            QVERIFY2(text.contains(line), line);
        QVERIFY2(text.contains("\"'=HYPERLINK(\"\"http://x.example\"\")\",enrolled,1\r\n"), text.constData());
        for (const QByteArray& line : text.split('\n'))
            QVERIFY2(!line.contains(",=") && !line.contains("\"="), line.constData());
    }
};

OUTRIDER_TEST(InsightServiceTest)
#include "insight_service_test.moc"
