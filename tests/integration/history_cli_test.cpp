// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"
#include "support/test_registry.h"

using nlohmann::json;
using outrider::test::CliProcess;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }
QString q(const std::string& text) { return QString::fromStdString(text); }

} // namespace

// `history`, `as-of`, `undo` and `lead show --provenance` on the command line, as a person types them.
class HistoryCliTest : public QObject {
    Q_OBJECT

    CliProcess m_cli;
    QString m_lead;
    std::string m_hash;

    static json origin(const json& data, const char* field) {
        for (const json& each : data.at("provenance")) {
            if (each.at("field") == field)
                return each;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        m_cli.setNow("2026-11-01T09:00");
        const auto init = m_cli.run({q("init"), q("--person"), q("Mara Lindqvist")});
        QVERIFY2(init.ok(), init.errors.constData());
        m_cli.setNow("2026-11-02T09:00");
        const QString file =
            m_cli.write(q("people.csv"), "First Name,Last Name,Email,Title\nAda,Lovelace,ada@x.example,Analyst\n");
        QVERIFY(m_cli.run({q("import"), file}).ok());
        const auto list = m_cli.run({q("lead"), q("list")});
        QVERIFY(list.ok());
        m_lead = q(list.data().at("leads").at(0).at("id").get<std::string>());
        m_hash = m_cli.run({q("hash")}).data().at("hash").get<std::string>();
        m_cli.setNow("2026-11-05T09:00");
        QVERIFY(m_cli.run({q("lead"), q("edit"), m_lead, q("job_title=Countess"), q("city=London")}).ok());
        QVERIFY(m_cli.run({q("lead"), q("add"), q("first_name=Zoë"), q("email=zoe@x.example")}).ok());
        m_cli.setNow("2026-11-09T09:00");
    }

    void a_lead_a_list_and_the_whole_are_as_they_were() {
        const auto then = m_cli.run({q("as-of"), q("2026-11-03"), q("lead"), q("show"), m_lead});
        QVERIFY2(then.ok(), then.errors.constData());
        QCOMPARE(then.data().at("job_title").get<std::string>(), std::string("Analyst"));
        const auto list = m_cli.run({q("as-of"), q("2026-11-03"), q("lead"), q("list"), q("--filter"), q("status:open")});
        QVERIFY2(list.ok(), list.errors.constData());
        QCOMPARE(list.data().at("total").get<int>(), 1);
        QCOMPARE(m_cli.run({q("lead"), q("list")}).data().at("total").get<int>(), 2);
        QCOMPARE(m_cli.run({q("as-of"), q("2026-11-03"), q("hash")}).data().at("hash").get<std::string>(), m_hash);
        QVERIFY(m_cli.run({q("hash")}).data().at("hash").get<std::string>() != m_hash);
        const auto before = m_cli.run({q("as-of"), q("2026-11-01T12:00"), q("lead"), q("show"), m_lead});
        QCOMPARE(before.exitCode, 1);
        QCOMPARE(before.document.at("error").at("code").get<std::string>(), std::string("not_found"));
    }

    void looking_back_writes_nothing() {
        const auto edit = m_cli.run({q("as-of"), q("2026-11-03"), q("lead"), q("edit"), m_lead, q("job_title=No")});
        QCOMPARE(edit.exitCode, 1);
        QCOMPARE(m_cli.run({q("as-of"), q("yesteryear"), q("lead"), q("list")}).exitCode, 2);
        QCOMPARE(m_cli.run({q("as-of"), q("2026-11-03")}).exitCode, 2);
    }

    void every_field_says_where_it_comes_from() {
        const auto show = m_cli.run({q("lead"), q("show"), m_lead, q("--provenance")});
        QVERIFY2(show.ok(), show.errors.constData());
        QCOMPARE(origin(show.data(), "email").at("import").at("file").get<std::string>(), std::string("people.csv"));
        QCOMPARE(origin(show.data(), "email").at("import").at("row").get<int>(), 2);
        const json title = origin(show.data(), "job_title");
        QCOMPARE(title.at("action").at("name").get<std::string>(), std::string("lead.edit"));
        QCOMPARE(title.at("action").at("who").get<std::string>(), std::string("Mara Lindqvist"));
        QVERIFY(title.at("action").at("at").get<std::string>().starts_with("2026-11-05T09:00"));
    }

    void the_history_of_a_lead_and_of_all_since_a_day() {
        const auto lead = m_cli.run({q("history"), q("--lead"), m_lead});
        QVERIFY2(lead.ok(), lead.errors.constData());
        QCOMPARE(lead.data().at("actions").size(), std::size_t(2));
        QCOMPARE(lead.data().at("actions").at(0).at("name").get<std::string>(), std::string("lead.edit"));
        const auto since = m_cli.run({q("history"), q("--since"), q("2026-11-04"), q("--limit"), q("1")});
        QCOMPARE(since.data().at("actions").at(0).at("name").get<std::string>(), std::string("lead.add"));
        const auto next =
            m_cli.run({q("history"), q("--since"), q("2026-11-04"), q("--after"), q(since.data().at("next").get<std::string>())});
        QCOMPARE(next.data().at("actions").size(), std::size_t(1));
    }

    void an_undo_in_the_way_of_a_later_change_names_it() {
        const auto lead = m_cli.run({q("history"), q("--lead"), m_lead});
        const std::string edit = lead.data().at("actions").at(0).at("id").get<std::string>();
        QVERIFY(m_cli.run({q("lead"), q("edit"), m_lead, q("job_title=Queen")}).ok());
        const auto refused = m_cli.run({q("undo"), q("--action"), q(edit)});
        QCOMPARE(refused.exitCode, 1);
        const json& error = refused.document.at("error");
        QCOMPARE(error.at("code").get<std::string>(), std::string("undo_conflict"));
        const json& conflict = error.at("conflicts").at(0);
        QCOMPARE(conflict.at("lead_name").get<std::string>(), std::string("Ada Lovelace"));
        QCOMPARE(conflict.at("field").get<std::string>(), std::string("job_title"));
        QCOMPARE(conflict.at("before").get<std::string>(), std::string("Analyst"));
        QCOMPARE(conflict.at("now").get<std::string>(), std::string("Queen"));
        QCOMPARE(conflict.at("later").at("name").get<std::string>(), std::string("lead.edit"));
        const auto rest = m_cli.run({q("undo"), q("--action"), q(edit), q("--keep-changed")});
        QVERIFY2(rest.ok(), rest.errors.constData());
        const auto now = m_cli.run({q("lead"), q("show"), m_lead});
        QCOMPARE(now.data().at("job_title").get<std::string>(), std::string("Queen"));
        QVERIFY(now.data().value("city", json()).is_null() || now.data().at("city").get<std::string>().empty());
    }

    void how_long_it_is_kept_is_told_and_set() {
        QCOMPARE(m_cli.run({q("history-keep")}).data().at("days").get<int>(), 0);
        QCOMPARE(m_cli.run({q("history-keep"), q("730")}).data().at("days").get<int>(), 730);
        QVERIFY(m_cli.run({q("doctor")}).ok());
    }
};

OUTRIDER_TEST(HistoryCliTest)
#include "history_cli_test.moc"
