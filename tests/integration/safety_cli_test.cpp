// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"
#include "support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <csignal>

using namespace outrider;
using namespace outrider::test;

// Backups, archives and two programs on one workspace, as processes.
class SafetyCliTest : public QObject {
    Q_OBJECT

    static QString csv(int rows) {
        QString text = QStringLiteral("First Name,Last Name,Email,City\r\n");
        for (int i = 0; i < rows; ++i)
            text += QStringLiteral("Jörg,Müller %1,l%1@x.example,Kiel\r\n").arg(i);
        return text;
    }

    static QString text(const nlohmann::json& value) { return QString::fromStdString(value.get<std::string>()); }

private Q_SLOTS:
    void a_backup_is_made_listed_verified_and_restored_without_its_workspace() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init"), QStringLiteral("--name"), QStringLiteral("Safety")}).ok());
        QVERIFY(cli.run({QStringLiteral("import"), cli.write(QStringLiteral("leads.csv"), csv(300).toUtf8())}).ok());
        const auto hash = cli.run({QStringLiteral("hash")}).data().at("hash");
        const auto made = cli.run({QStringLiteral("backup"), QStringLiteral("create")});
        QVERIFY2(made.ok(), made.errors.constData());
        QCOMPARE(made.data().at("hash"), hash);
        const QString file = text(made.data().at("path"));
        QVERIFY(QFile::exists(file) && QFile::exists(file + QStringLiteral(".keys")));
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("list")}).data().at("backups").size(), std::size_t(1));

        for (const char* suffix : {"", "-wal", "-shm", ".keys", ".fence"})
            QFile::remove(cli.path(QStringLiteral("day.outrider")) + QLatin1String(suffix));
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("verify"), file}).data().at("hash"), hash);
        const auto there = cli.run({QStringLiteral("backup"), QStringLiteral("restore"), file, file});
        QCOMPARE(there.exitCode, 1);
        QCOMPARE(there.document["error"]["code"], "store_exists");
        const auto restored =
            cli.run({QStringLiteral("backup"), QStringLiteral("restore"), file, cli.path(QStringLiteral("day.outrider"))});
        QVERIFY2(restored.ok(), restored.errors.constData());
        QCOMPARE(cli.run({QStringLiteral("hash")}).data().at("hash"), hash);
        QCOMPARE(cli.run({QStringLiteral("outbox"), QStringLiteral("list")}).data().at("fence"), "restored");
        QVERIFY(cli.run({QStringLiteral("outbox"), QStringLiteral("release"), QStringLiteral("--all")}).ok());
        QCOMPARE(cli.run({QStringLiteral("outbox"), QStringLiteral("list")}).data().at("fence"), "none");
        QVERIFY(cli.run({QStringLiteral("doctor")}).ok());
    }

    void a_wrong_passphrase_and_a_file_that_is_none_are_said() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        const QString file = text(cli.run({QStringLiteral("backup"), QStringLiteral("create")}).data().at("path"));
        cli.write(QStringLiteral("passphrase"), "another one altogether\n");
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("verify"), file}).document["error"]["code"],
                 "wrong_passphrase");
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("verify"), cli.path(QStringLiteral("none"))})
                     .document["error"]["code"],
                 "file_not_found");
    }

    void copied_to_another_home_it_is_a_copy_and_the_original_stays_itself() {
        CliProcess cli;
        CliProcess elsewhere;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        QCOMPARE(cli.run({QStringLiteral("outbox"), QStringLiteral("list")}).data().at("fence"), "none");
        for (const char* suffix : {"", ".keys"})
            QVERIFY(QFile::copy(cli.path(QStringLiteral("day.outrider")) + QLatin1String(suffix),
                                elsewhere.path(QStringLiteral("day.outrider")) + QLatin1String(suffix)));
        QCOMPARE(elsewhere.run({QStringLiteral("outbox"), QStringLiteral("list")}).data().at("fence"), "copy");
        QCOMPARE(cli.run({QStringLiteral("outbox"), QStringLiteral("list")}).data().at("fence"), "none");
    }

    void an_archive_goes_out_and_comes_back_with_the_same_hash_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"jsonl", "csv", "sqlite"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }
    void an_archive_goes_out_and_comes_back_with_the_same_hash() {
        QFETCH(QString, format);
        CliProcess from;
        QVERIFY(from.run({QStringLiteral("init"), QStringLiteral("--name"), QStringLiteral("Here")}).ok());
        QVERIFY(from.run({QStringLiteral("import"), from.write(QStringLiteral("leads.csv"), csv(500).toUtf8())}).ok());
        const QString folder = from.path(QStringLiteral("archive"));
        const auto out = from.run({QStringLiteral("export"), QStringLiteral("--format"), format, folder});
        QVERIFY2(out.ok(), out.errors.constData());
        QCOMPARE(out.data().at("encrypted"), false);
        QCOMPARE(from.run({QStringLiteral("export"), QStringLiteral("--format"), format, folder}).document["error"]["code"],
                 "already_exists");
        CliProcess to;
        QVERIFY(to.run({QStringLiteral("init"), QStringLiteral("--name"), QStringLiteral("There")}).ok());
        const auto in = to.run({QStringLiteral("import-archive"), folder});
        QVERIFY2(in.ok(), in.errors.constData());
        QCOMPARE(to.run({QStringLiteral("hash")}).data().at("hash"), from.run({QStringLiteral("hash")}).data().at("hash"));
        QCOMPARE(to.run({QStringLiteral("info")}).data().at("name"), "Here");
        QVERIFY(to.run({QStringLiteral("doctor")}).ok());
        QCOMPARE(to.run({QStringLiteral("import-archive"), folder}).document["error"]["code"], "already_exists");
        // And what is found is found.
        QVERIFY(to.run({QStringLiteral("lead"), QStringLiteral("list"), QStringLiteral("--filter"), QStringLiteral("city:Kiel"),
                        QStringLiteral("--limit"), QStringLiteral("5")})
                    .data()
                    .dump()
                    .find("Müller")
                != std::string::npos);
    }

    void a_second_program_is_told_who_has_the_workspace_and_may_read_beside_it() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        // One that holds it: a long import.
        auto holder = cli.start({QStringLiteral("import"), cli.write(QStringLiteral("large.csv"), csv(200'000).toUtf8())});
        QVERIFY(holder->waitForStarted());
        // Asked before the holder has it, the second would have it, and the holder be told.
        const QByteArray itsNumber = QByteArray::number(holder->processId());
        const auto isHeld = [&] {
            QFile lock(cli.path(QStringLiteral("day.outrider.lock")));
            return lock.open(QIODevice::ReadOnly) && lock.readAll().contains(itsNumber);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20000);
        const CliProcess::Answer second = cli.run({QStringLiteral("outbox"), QStringLiteral("hold"), QStringLiteral("--all")});
        QCOMPARE(second.exitCode, 1);
        QVERIFY2(holder->state() == QProcess::Running, "the holder ended before it was met");
        QCOMPARE(second.document["error"]["code"], "store_locked");
        const QString message = text(second.document["error"]["message"]);
        QVERIFY2(QRegularExpression(
                     QStringLiteral("outrider-cli \\(process %1 on \\S+, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\)")
                         .arg(holder->processId()))
                     .match(message)
                     .hasMatch(),
                 qPrintable(message));
        const auto reading = cli.run({QStringLiteral("unlock-check")});
        QVERIFY2(reading.ok(), reading.errors.constData());
        QCOMPARE(reading.data().at("read_only"), true);
        // A backup beside it is whole.
        const auto backup = cli.run({QStringLiteral("backup"), QStringLiteral("create")});
        QVERIFY2(backup.ok(), backup.errors.constData());
        QVERIFY(cli.run({QStringLiteral("backup"), QStringLiteral("verify"), text(backup.data().at("path"))}).ok());
        ::kill(pid_t(holder->processId()), SIGKILL);
        QVERIFY(holder->waitForFinished());
        // Nobody has it now, whatever the lock file says.
        QVERIFY(cli.run({QStringLiteral("doctor")}).ok());
        QVERIFY(cli.run({QStringLiteral("outbox"), QStringLiteral("release"), QStringLiteral("--all")}).ok());
    }

    void long_work_is_listed_the_youngest_first() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        QVERIFY(cli.run({QStringLiteral("job"), QStringLiteral("list")}).data().at("jobs").empty());
        QVERIFY(cli.run({QStringLiteral("import"), cli.write(QStringLiteral("leads.csv"), csv(500).toUtf8())}).ok());
        QVERIFY(cli.run({QStringLiteral("backup"), QStringLiteral("create")}).ok());
        QVERIFY(cli.run({QStringLiteral("undo")}).ok());
        const auto jobs = cli.run({QStringLiteral("job"), QStringLiteral("list")}).data().at("jobs");
        QStringList kinds;
        for (const auto& job : jobs)
            kinds.append(text(job.at("kind")));
        kinds.sort();
        QCOMPARE(kinds, (QStringList{QStringLiteral("backup"), QStringLiteral("import"), QStringLiteral("undo")}));
        for (const auto& job : jobs)
            QCOMPARE(job.at("undone").get<bool>(), job.at("kind") == "import");
    }

    void nothing_is_held_where_nothing_was_restored() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        const auto look = cli.run({QStringLiteral("outbox"), QStringLiteral("look")});
        QVERIFY2(look.ok(), look.errors.constData());
        QCOMPARE(look.data().at("held").get<int>(), 0);
    }

    void holding_everything_is_kept_from_one_command_to_the_next_and_said() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        const auto held = [&cli] {
            return cli.run({QStringLiteral("outbox"), QStringLiteral("list")}).data().at("held").get<bool>();
        };
        QVERIFY(!held());
        QVERIFY(cli.run({QStringLiteral("outbox"), QStringLiteral("hold"), QStringLiteral("--all")}).ok());
        QVERIFY(held());
        QVERIFY(cli.run({QStringLiteral("outbox"), QStringLiteral("release"), QStringLiteral("--all")}).ok());
        QVERIFY(!held());
    }

    void the_doctor_repairs_what_is_derived_and_says_so() {
        CliProcess cli;
        QVERIFY(cli.run({QStringLiteral("init")}).ok());
        const auto sound = cli.run({QStringLiteral("doctor"), QStringLiteral("--repair")});
        QVERIFY2(sound.ok(), sound.errors.constData());
        QVERIFY(sound.data().at("repaired").empty() && sound.data().at("problems").empty());
        QVERIFY(sound.data().at("free_bytes").get<std::int64_t>() > 0);
    }
};

OUTRIDER_TEST(SafetyCliTest)
#include "safety_cli_test.moc"
