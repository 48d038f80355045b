// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"
#include "support/test_registry.h"

#include <QFile>
#include <QFileInfo>

#include <csignal>
#include <set>

using nlohmann::json;
using outrider::test::CliProcess;

namespace {

QString q(const char* text) { return QString::fromUtf8(text); }

QByteArray people(int count) {
    QByteArray text = "First Name,Last Name,Email,Company,Phone,Country\r\n";
    for (int i = 0; i < count; ++i) {
        const QByteArray n = QByteArray::number(i);
        text += "Ada,Person " + n + ",p" + n + "@firm" + QByteArray::number(i % 900) + ".example,Firm "
                + QByteArray::number(i % 900) + ",030 " + QByteArray::number(5000000 + i) + ",Germany\r\n";
    }
    return text;
}

} // namespace

// `import` on the command line, as a person types it.
class ImportCliTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto init = m_cli.run({q("init"), q("--person"), q("Mara Lindqvist")});
        QVERIFY2(init.ok(), init.errors.constData());
    }

    void a_preview_has_the_fields_of_the_contract_and_no_others() {
        const QString file =
            m_cli.write(q("people.csv"), "First Name;Last Name;E-Mail;Shoe size\r\nZoë;Brandt;z@nordwind.example;38\r\n"
                                         "Ada;Moe;ada@;39\r\nzoë;brandt;Z@nordwind.example;\r\n");
        const auto preview = m_cli.run({q("import"), file, q("--preview"), q("--map"), q("First Name=first_name")});
        QVERIFY2(preview.ok(), preview.errors.constData());
        const json& data = preview.data();
        std::set<std::string> keys;
        for (const auto& [key, value] : data.items())
            keys.insert(key);
        QVERIFY(keys
                == (std::set<std::string>{"format", "delimiter", "encoding", "rows", "columns", "new", "update", "duplicate",
                                          "errors"}));
        QCOMPARE(data.at("format").get<std::string>(), std::string("plain"));
        QCOMPARE(data.at("delimiter").get<std::string>(), std::string(";"));
        QCOMPARE(data.at("encoding").get<std::string>(), std::string("UTF-8"));
        QCOMPARE(data.at("rows").get<int>(), 3);
        QCOMPARE(data.at("new").get<int>(), 2);
        QCOMPARE(data.at("duplicate").get<int>(), 1);
        QCOMPARE(data.at("errors").get<int>(), 1);
        const json& first = data.at("columns").at(0);
        QCOMPARE(first.size(), std::size_t(4));
        QCOMPARE(first.at("header").get<std::string>(), std::string("First Name"));
        QCOMPARE(first.at("field").get<std::string>(), std::string("first_name"));
        QCOMPARE(first.at("reason").get<std::string>(), std::string("override"));
        QCOMPARE(first.at("confidence").get<double>(), 1.0);
        QVERIFY(data.at("columns").at(3).at("field").is_null());
        QCOMPARE(leadCount(), 0);
    }

    void init() { QCOMPARE(leadCount(), 0); }

    void rejected_rows_are_written_mended_and_taken() {
        const QString file =
            m_cli.write(q("three.csv"), "Name,Email,City\nAda Moe,ada@moe,Oslo\n,,Bergen\nBo Lie,bo@lie.example,\n");
        const auto first = m_cli.run({q("import"), file, q("--errors"), m_cli.path(q("mend.csv"))});
        QVERIFY2(first.ok(), first.errors.constData());
        QCOMPARE(first.data().at("new").get<int>(), 2);
        QCOMPARE(first.data().at("errors").get<int>(), 2);
        QFile out(m_cli.path(q("mend.csv")));
        QVERIFY(out.open(QIODevice::ReadOnly));
        QByteArray text = out.readAll();
        QVERIFY(text.contains("Name,Email,City,Outrider reason"));
        text.replace("ada@moe,", "ada@moe.example,");
        text.replace("\n,,Bergen", "\nEva Ek,,Bergen");
        const auto second = m_cli.run({q("import"), m_cli.write(q("mended.csv"), text)});
        QVERIFY2(second.ok(), second.errors.constData());
        QCOMPARE(second.data().at("new").get<int>(), 1);
        QCOMPARE(second.data().at("update").get<int>(), 1);
        QCOMPARE(second.data().at("errors").get<int>(), 0);
        QVERIFY(m_cli.run({q("undo")}).ok());
        QVERIFY(m_cli.run({q("undo")}).ok());
        QCOMPARE(leadCount(), 0);
    }

    void the_leads_of_a_file_can_be_enrolled_at_once() {
        const QString strategy = m_cli.write(
            q("q4.json"), R"({"name":"Q4","steps":[{"channel":"email","subject":"Docks","body":"Hello {{first_name}}"}]})");
        QVERIFY(m_cli.run({q("strategy"), q("import"), strategy}).ok());
        const QString file =
            m_cli.write(q("enrol.csv"), "Name,Email,Email Opt Out\nAda Moe,ada@moe.example,\nBo Lie,bo@lie.example,yes\n");
        const auto imported = m_cli.run({q("import"), file, q("--strategy"), q("Q4")});
        QVERIFY2(imported.ok(), imported.errors.constData());
        QCOMPARE(imported.data().at("enrolled").at("enrolled").get<int>(), 1); // not who said no
        QCOMPARE(imported.data().at("suppressed").get<int>(), 1);
        QVERIFY(m_cli.run({q("undo")}).ok()); // the enrolment
        QVERIFY(m_cli.run({q("undo")}).ok()); // the import
        QCOMPARE(leadCount(), 0);
        // A strategy that is not there stops everything before anything changes.
        const auto refused = m_cli.run({q("import"), file, q("--strategy"), q("Q5")});
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.document.at("error").at("code").get<std::string>(), std::string("not_found"));
        QCOMPARE(leadCount(), 0);
    }

    void what_cannot_be_imported_is_refused_with_a_sentence_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QByteArray>("code");
        const QByteArray fine = "Name,Email\nAda Moe,ada@moe.example\n";
        QTest::newRow("empty") << QByteArray() << QStringList() << QByteArray("empty_file");
        QTest::newRow("binary") << QByteArray("\x7F"
                                              "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0",
                                              24)
                                << QStringList() << QByteArray("unsupported_format");
        QTest::newRow("workbook") << QByteArray("PK\3\4\24\0\6\0", 8) << QStringList() << QByteArray("unsupported_format");
        QTest::newRow("no header") << QByteArray("1,2\n3,4\n5,6\n") << QStringList() << QByteArray("no_header_row");
        QTest::newRow("nobody in it") << QByteArray("City,Country\nOslo,Norway\n") << QStringList()
                                      << QByteArray("invalid_argument");
        QTest::newRow("no row to take") << QByteArray("Name,Email\n,ada@\n") << QStringList() << QByteArray("invalid_argument");
        QTest::newRow("format") << fine << QStringList{q("--as"), q("lotus")} << QByteArray("invalid_argument");
        QTest::newRow("field") << fine << QStringList{q("--map"), q("Email=shoes")} << QByteArray("invalid_field");
        QTest::newRow("column") << fine << QStringList{q("--map"), q("Fax=email")} << QByteArray("not_found");
        QTest::newRow("mapping") << fine << QStringList{q("--map"), q("Email")} << QByteArray("invalid_argument");
    }
    void what_cannot_be_imported_is_refused_with_a_sentence() {
        QFETCH(QByteArray, content);
        QFETCH(QStringList, more);
        QFETCH(QByteArray, code);
        const auto refused = m_cli.run(QStringList{q("import"), m_cli.write(q("wrong.csv"), content)} + more);
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(QByteArray::fromStdString(refused.document.at("error").at("code").get<std::string>()), code);
        QVERIFY(refused.document.at("error").at("message").get<std::string>().size() > 10);
        QVERIFY(!refused.errors.isEmpty());
        QCOMPARE(leadCount(), 0);
    }

    void a_file_that_is_not_there_and_a_key_that_is_none() {
        const auto missing = m_cli.run({q("import"), m_cli.path(q("none.csv"))});
        QCOMPARE(missing.exitCode, 1);
        QCOMPARE(missing.document.at("error").at("code").get<std::string>(), std::string("file_not_found"));
        QCOMPARE(m_cli.run({q("import"), m_cli.path(q("none.csv")), q("--key"), q("zip")}).exitCode, 2);
        QCOMPARE(m_cli.run({q("import"), m_cli.path(q("none.csv")), q("--policy"), q("maybe")}).exitCode, 2);
    }

    void an_interrupted_import_keeps_whole_rows_and_can_be_undone() {
        const std::string before = hash();
        const QString file = m_cli.write(q("many.csv"), people(30000));
        const auto process = m_cli.start({q("import"), file});
        const auto written = [&] { return walBytes() > 2'000'000; };
        QTRY_VERIFY_WITH_TIMEOUT(written() || process->state() == QProcess::NotRunning, 60000);
        QVERIFY(process->state() == QProcess::Running);
        ::kill(pid_t(process->processId()), SIGINT);
        QVERIFY(process->waitForFinished(60000));
        QVERIFY(process->exitStatus() == QProcess::NormalExit); // it ended by itself
        QCOMPARE(process->exitCode(), 1);
        const json answer = json::parse(process->readAllStandardOutput().toStdString());
        QVERIFY(answer.at("data").at("cancelled").get<bool>());
        const int rows = answer.at("data").at("rows").get<int>();
        QVERIFY(rows > 0 && rows < 30000);
        QCOMPARE(leadCount(), rows);
        QVERIFY(m_cli.run({q("undo")}).ok());
        QCOMPARE(hash(), before);
    }

    void a_killed_import_is_whole_rows_goes_on_when_repeated_and_can_be_undone() {
        const std::string before = hash();
        const QString file = m_cli.write(q("killed.csv"), people(30000));
        const auto process = m_cli.start({q("import"), file});
        const auto written = [&] { return walBytes() > 2'000'000; };
        QTRY_VERIFY_WITH_TIMEOUT(written() || process->state() == QProcess::NotRunning, 60000);
        QVERIFY(process->state() == QProcess::Running);
        ::kill(pid_t(process->processId()), SIGKILL);
        QVERIFY(process->waitForFinished(60000));
        const int rows = leadCount();
        QVERIFY(rows > 0 && rows < 30000);
        const auto doctor = m_cli.run({q("doctor")});
        QVERIFY2(doctor.ok(), doctor.errors.constData());

        const auto again = m_cli.run({q("import"), file});
        QVERIFY2(again.ok(), again.errors.constData());
        QCOMPARE(again.data().at("new").get<int>(), 30000 - rows);
        QCOMPARE(leadCount(), 30000);
        QVERIFY(m_cli.run({q("undo")}).ok());
        QCOMPARE(leadCount(), rows);
        QVERIFY(m_cli.run({q("undo")}).ok());
        QCOMPARE(hash(), before);
    }

private:
    int leadCount() {
        const auto list = m_cli.run({q("lead"), q("list"), q("--limit"), q("1")});
        return list.ok() ? list.data().at("total").get<int>() : -1;
    }
    std::string hash() {
        const auto answer = m_cli.run({q("hash")});
        return answer.ok() ? answer.data().at("hash").get<std::string>() : answer.errors.toStdString();
    }
    qint64 walBytes() const {
        qint64 most = 0;
        const QDir home(QFileInfo(m_cli.path(q("x"))).path());
        for (const QFileInfo& file : home.entryInfoList({q("*-wal")}, QDir::Files))
            most = std::max(most, file.size());
        return most;
    }

    CliProcess m_cli;
};

OUTRIDER_TEST(ImportCliTest)
#include "import_cli_test.moc"
