// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

const QString moment = QStringLiteral("2026-11-24T09:00:00Z");

// Refused for a reason a practice workspace in good order cannot help; understood all the same.
const QStringList mayBeRefused{
    QStringLiteral("outbox resolve"),         QStringLiteral("mailbox remove"),  QStringLiteral("mailbox check"),
    QStringLiteral("mailbox probe"),          QStringLiteral("mailbox add"),     QStringLiteral("mailbox connect"),
    QStringLiteral("inbox decline"),          QStringLiteral("calendar add"),    QStringLiteral("calendar preview"),
    QStringLiteral("calendar approve"),       QStringLiteral("calendar remove"), QStringLiteral("verification verifier --url"),
    QStringLiteral("verification run --paid")};

} // namespace

// The manual's commands, one after another as they stand there, on a new practice workspace: who types
// what the manual says is understood.
class ManualTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        write("new.txt", "four other words for it\n");
        write("pass.txt", "four words for a boat\n");
        write("leads.csv", "First Name,Last Name,Email,Firma\nZoe,Adler,zoe.adler@nordwind.example,Nordwind\n");
        write("list.txt", "nobody@nordwind.example\n");
        write("deck.pdf", "%PDF-1.4\n");
        write("meetings.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261126T130000Z\nEND:VEVENT\nEND:VCALENDAR\n");
        write("mail.eml",
              "From: a@b.example\r\nTo: c@d.example\r\nSubject: Re: Yard\r\nMessage-ID: <1@b.example>\r\n\r\nYes, please.\r\n");
    }

    void every_command_of_the_manual_is_understood_data() {
        QTest::addColumn<QString>("command");
        QFile file(QStringLiteral(OUTRIDER_SOURCE_DIR "/docs/manual.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString text = QString::fromUtf8(file.readAll());
        text = text.mid(text.indexOf(QStringLiteral("\n## The command line")));
        text = text.left(text.indexOf(QStringLiteral("\n## When something")));
        static const QRegularExpression code(QStringLiteral("`([^`]+)`"));
        int count = 0;
        for (const QString& line : text.split(QLatin1Char('\n'))) {
            if (!line.startsWith(QLatin1Char('|')) || !line.contains(QStringLiteral("`outrider-cli ")))
                continue;
            for (auto all = code.globalMatch(line); all.hasNext(); ++count) {
                QString command = all.next().captured(1);
                command.remove(QRegularExpression(QStringLiteral("^outrider-cli ")));
                const bool isOption = command.startsWith(QLatin1String("--")) && !command.startsWith(QLatin1String("--practice"));
                if (!isOption && !command.contains(QStringLiteral("…")) && !command.startsWith(QLatin1String("bench "))
                    && !command.startsWith(QLatin1String("seed "))) // these take minutes
                    QTest::newRow(qPrintable(command)) << command;
            }
        }
        QVERIFY(count > 50);
    }
    void every_command_of_the_manual_is_understood() {
        QFETCH(QString, command);
        QStringList words = QProcess::splitCommand(QString(command).replace(QLatin1Char('\''), QLatin1Char('"')));
        for (QString& word : words) {
            if (word == QLatin1String("ID"))
                word = idFor(words);
            else if (word == QLatin1String("LEAD"))
                word = idFor({QStringLiteral("lead")});
            else if (word == QLatin1String("ADDRESS"))
                word = QStringLiteral("mara@harborline.example");
            else if (word == QLatin1String("FILE"))
                word = first({QStringLiteral("backup"), QStringLiteral("list")}, "backups", "path");
            else if (word == QLatin1String("FOLDER") || word == QLatin1String("NEW"))
                word = m_home.filePath(word == QLatin1String("NEW") ? QStringLiteral("new.outrider") : QStringLiteral("archive"));
        }
        QVERIFY2(!words.contains(QString()), "nothing in the practice workspace has such an id");
        if (words.at(0) == QLatin1String("import-archive")) { // into a workspace that was just made
            m_store = QStringLiteral("empty.outrider");
            QVERIFY2(run({QStringLiteral("init"), QStringLiteral("--name"), QStringLiteral("Copy"), QStringLiteral("--person"),
                          QStringLiteral("Mara"), QStringLiteral("--email"), QStringLiteral("mara@harborline.example")})
                         == 0,
                     m_errors.constData());
        }
        const int code = run(words);
        if (words.at(0) == QLatin1String("passphrase"))
            m_passphrase = QStringLiteral("new.txt");
        QVERIFY2(code != 2, m_errors.constData());
        const bool refusable = std::any_of(mayBeRefused.begin(), mayBeRefused.end(),
                                           [&](const QString& start) { return command.startsWith(start); });
        QVERIFY2(code == 0 || refusable, m_errors.constData());
    }

private:
    void write(const char* name, const QByteArray& text) {
        QFile file(m_home.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }

    int run(const QStringList& words) {
        QStringList arguments{QStringLiteral("--now"), moment};
        const QString verb = words.at(words.at(0) == QLatin1String("--json") ? 1 : 0);
        static const QStringList inOneOfMine{QStringLiteral("init"), QStringLiteral("passphrase"), QStringLiteral("backup"),
                                             QStringLiteral("export"), QStringLiteral("import-archive")};
        if (inOneOfMine.contains(verb) || words.join(QLatin1Char(' ')).startsWith(QLatin1String("strategy import"))) {
            arguments << QStringLiteral("--store") << m_home.filePath(m_store) << QStringLiteral("--passphrase-file")
                      << m_home.filePath(m_passphrase);
        } else if (verb != QLatin1String("--practice")) {
            arguments << QStringLiteral("--practice") << QStringLiteral("--store")
                      << m_home.filePath(QStringLiteral("p.outrider"));
        }
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("data")));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_home.path());
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(OUTRIDER_CLI), arguments + words);
        if (!process.waitForFinished(120000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_errors = process.readAllStandardError();
        return process.exitCode();
    }

    // An id of what the command speaks of.
    QString idFor(const QStringList& words) {
        const QString& about = words.at(0);
        if (about == QLatin1String("task"))
            return first({QStringLiteral("queue"), QStringLiteral("--limit"), QStringLiteral("3")}, "tasks", "task");
        if (about == QLatin1String("inbox"))
            return first({QStringLiteral("inbox"), QStringLiteral("list")}, "messages", "id");
        if (about == QLatin1String("outbox")) {
            const QStringList list{QStringLiteral("outbox"), QStringLiteral("list")};
            if (const QString waiting = first(list, "messages", "id"); !waiting.isEmpty())
                return waiting;
            // None waits: one task done puts one there.
            run({QStringLiteral("task"), QStringLiteral("done"), first({QStringLiteral("queue")}, "tasks", "task")});
            return first(list, "messages", "id");
        }
        if (about == QLatin1String("company"))
            return first({QStringLiteral("company"), QStringLiteral("list")}, "companies", "id");
        QStringList leads{QStringLiteral("lead"), QStringLiteral("list"), QStringLiteral("--limit"), QStringLiteral("1")};
        if (about == QLatin1String("send")) // the first may be one a line above said never to write to
            leads << QStringLiteral("--filter") << QStringLiteral("status:open has:email");
        return first(leads, "leads", "id");
    }
    QString first(QStringList words, const char* list, const char* field) {
        words.prepend(QStringLiteral("--json"));
        if (run(words) != 0)
            return {};
        const json answer = json::parse(m_out.toStdString(), nullptr, false);
        const json& all = answer.at("data").at(list);
        return all.empty() ? QString() : QString::fromStdString(all.at(0).at(field).get<std::string>());
    }

    QTemporaryDir m_home;
    QString m_store = QStringLiteral("mine.outrider"); // of my own, beside the practice workspace
    QString m_passphrase = QStringLiteral("pass.txt");
    QByteArray m_out;
    QByteArray m_errors;
};

OUTRIDER_TEST(ManualTest)
#include "manual_test.moc"
