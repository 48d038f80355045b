// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"
#include "support/test_registry.h"

#include <QFile>

using nlohmann::json;
using outrider::test::CliProcess;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

} // namespace

// `stats` on the command line: what was done there is what it says, an undo included.
class StatsCliTest : public QObject {
    Q_OBJECT

    CliProcess m_cli;
    QString m_lead;

    json stats(const QStringList& more = {}) {
        const auto run = m_cli.run(QStringList{q("stats")} + more);
        if (!run.ok())
            qFatal("%s", run.errors.constData());
        return run.data();
    }

private Q_SLOTS:
    void initTestCase() {
        m_cli.setNow("2026-11-17T09:00");
        const auto init = m_cli.run({q("init"), q("--person"), q("Mara Lindqvist")});
        QVERIFY2(init.ok(), init.errors.constData());
        const auto add = m_cli.run({q("lead"), q("add"), q("first_name=Zoë"), q("email=zoe@x.example")});
        QVERIFY2(add.ok(), add.errors.constData());
        m_lead = QString::fromStdString(add.data().at("id").get<std::string>());
    }

    void what_was_done_is_counted_and_taken_back() {
        QVERIFY(m_cli.run({q("call"), q("log"), m_lead, q("--outcome"), q("talked")}).ok());
        m_cli.setNow("2026-11-18T09:00");
        QVERIFY(m_cli.run({q("call"), q("log"), m_lead, q("--outcome"), q("no_answer")}).ok());
        json data = stats({q("--period"), q("week")});
        QCOMPARE(data.at("from").get<std::string>(), std::string("2026-11-16"));
        QCOMPARE(data.at("totals").at("calls").get<int>(), 2);
        QCOMPARE(data.at("totals").at("worked").get<int>(), 1);
        QCOMPARE(data.at("days").size(), std::size_t(3));
        QCOMPARE(data.at("days").at(1).at("calls").get<int>(), 1);
        QVERIFY(data.at("too_early").get<bool>());
        QVERIFY(m_cli.run({q("undo")}).ok());
        QCOMPARE(stats({q("--period"), q("week")}).at("totals").at("calls").get<int>(), 1);
        QVERIFY(m_cli.run({q("redo")}).ok());
        QCOMPARE(stats({q("--period"), q("week")}).at("totals").at("calls").get<int>(), 2);
        QVERIFY(m_cli.run({q("doctor")}).ok());
    }

    void goals_are_set_and_shown() {
        const json data = stats({q("--goal"), q("calls=60"), q("--goal"), q("replies=5")});
        QCOMPARE(data.at("goals_per_week").at("calls").get<int>(), 60);
        QVERIFY(data.at("goals_per_week").at("sent").is_null());
        QVERIFY(stats({q("--goal"), q("replies=0")}).at("goals_per_week").at("replies").is_null());
        QCOMPARE(m_cli.run({q("stats"), q("--goal"), q("calls")}).exitCode, 1);
        QCOMPARE(m_cli.run({q("stats"), q("--goal"), q("luck=3")}).exitCode, 1);
        QCOMPARE(m_cli.run({q("stats"), q("--period"), q("year")}).exitCode, 2);
    }

    void the_same_numbers_are_in_a_file() {
        const QString path = m_cli.write(q("numbers.csv"), {});
        QVERIFY(m_cli.run({q("stats"), q("--period"), q("week"), q("--csv"), path}).ok());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("day,2026-11-18,calls,1\r\n"));
    }

    void the_past_has_none() {
        const auto then = m_cli.run({q("as-of"), q("2026-11-17T12:00"), q("stats")});
        QCOMPARE(then.exitCode, 1);
        QCOMPARE(then.document.at("error").at("code").get<std::string>(), std::string("unsupported"));
    }
};

OUTRIDER_TEST(StatsCliTest)
#include "stats_cli_test.moc"
