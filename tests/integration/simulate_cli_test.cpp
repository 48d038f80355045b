// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"
#include "support/test_registry.h"

using nlohmann::json;
using outrider::test::CliProcess;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

constexpr const char* strategy = R"({"name": "Dock delays", "steps": [
    {"channel": "email", "day_offset": 0, "subject": "Gate 4", "body": "Hello {{first_name}}"},
    {"channel": "call", "day_offset": 2, "subject": "Ask who plans the gate"}]})";

} // namespace

// `strategy simulate` and the limits it works with, as processes.
class SimulateCliTest : public QObject {
    Q_OBJECT

    CliProcess m_cli;

    CliProcess::Answer run(const QStringList& arguments) { return m_cli.run(arguments); }
    json data(const QStringList& arguments) {
        const auto answer = run(arguments);
        if (!answer.ok())
            qFatal("%s", answer.errors.constData());
        return answer.data();
    }

private Q_SLOTS:
    void initTestCase() {
        m_cli.setNow("2026-11-17T08:00");
        QVERIFY(run({q("init"), q("--person"), q("Mara Lindqvist")}).ok());
        const auto mailbox = run({q("mailbox"),
                                  q("add"),
                                  q("mara@harborline.example"),
                                  q("--smtp"),
                                  q("mail.harborline.example:465"),
                                  q("--auth"),
                                  q("none"),
                                  q("--no-check"),
                                  q("--daily-limit"),
                                  q("10"),
                                  q("--domain-limit"),
                                  q("1"),
                                  q("--spacing"),
                                  q("60"),
                                  q("--spacing-up-to"),
                                  q("120"),
                                  q("--ramp-start"),
                                  q("2"),
                                  q("--ramp-step"),
                                  q("2")});
        QVERIFY2(mailbox.ok(), mailbox.errors.constData());
        const auto imported = run({q("strategy"), q("import"), m_cli.write(q("s.json"), strategy)});
        QVERIFY2(imported.ok(), imported.errors.constData());
        for (int i = 0; i < 6; ++i) {
            const QString number = QString::number(i);
            QVERIFY(run({q("lead"), q("add"), q("first_name=Lead") + number, q("email=lead") + number + q("@nordwind.example")})
                        .ok());
        }
        const auto enrolled = run({q("strategy"), q("enrol"), q("Dock delays"), q("--filter"), q("status:new")});
        QVERIFY2(enrolled.ok(), enrolled.errors.constData());
    }

    void limits_are_kept_as_they_were_given() {
        const json mailbox = data({q("mailbox"), q("list")}).at("mailboxes").at(0);
        QCOMPARE(mailbox.at("domain_hour_limit").get<int>(), 1);
        QCOMPARE(mailbox.at("spacing_seconds"), json::array({60, 120}));
        QCOMPARE(mailbox.at("ramp").at("start").get<int>(), 2);
        QVERIFY(!mailbox.at("ramp").at("began_at").is_null());
    }

    void the_next_days_are_told_and_nothing_is_changed() {
        const json before = data({q("hash")});
        const json plan = data({q("strategy"), q("simulate"), q("--days"), q("20")});
        QCOMPARE(data({q("hash")}), before);
        QCOMPARE(data({q("strategy"), q("simulate"), q("--days"), q("20")}), plan);
        std::map<std::string, int> mails; // by day
        std::string last;
        int calls = 0;
        bool ramped = false;
        for (const json& step : plan.at("steps")) {
            calls += step.at("channel") == "call" ? 1 : 0;
            if (step.at("channel") != "email")
                continue;
            const auto at = step.at("at").get<std::string>();
            ++mails[at.substr(0, 10)];
            QVERIFY2(last.empty() || at.substr(0, 13) != last.substr(0, 13), at.c_str()); // one an hour to a company
            last = at;
            for (const json& reason : step.at("waited_for"))
                ramped |= reason == "ramp_limit";
        }
        QCOMPARE(mails.at("2026-11-17"), 2); // the ramp's first day
        QVERIFY(ramped);
        QCOMPARE(calls, 6);
        QVERIFY(plan.at("skipped").empty());
    }

    void days_that_are_none_are_refused() {
        QVERIFY(run({q("strategy"), q("simulate"), q("--days"), q("0")}).exitCode == 2);
        const auto unknown = run({q("strategy"), q("simulate"), q("Nobody")});
        QCOMPARE(unknown.exitCode, 1);
        QCOMPARE(unknown.document["error"]["code"], "not_found");
    }

    void a_ramp_that_never_rises_is_refused() {
        const auto refused =
            run({q("mailbox"), q("add"), q("second@harborline.example"), q("--smtp"), q("mail.harborline.example:465"),
                 q("--auth"), q("none"), q("--no-check"), q("--ramp-start"), q("5")});
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.document["error"]["code"], "invalid_argument");
    }
};

OUTRIDER_TEST(SimulateCliTest)
#include "simulate_cli_test.moc"
