// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_session.h"
#include "support/mail_text.h"
#include "support/scripted_imap_server.h"
#include "support/test_registry.h"

#include <map>
#include <thread>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;
using outrider::test::ScriptedImapServer;
using Reply = ScriptedImapServer::Reply;

namespace {

NetworkTimeouts quick() {
    NetworkTimeouts timeouts;
    timeouts.connect = std::chrono::seconds(5);
    timeouts.response = std::chrono::seconds(1);
    timeouts.afterCancel = std::chrono::milliseconds(300);
    return timeouts;
}

Result<std::unique_ptr<ImapSession>> connectTo(const ScriptedImapServer& server, const Progress& progress,
                                               AuthMethod auth = AuthMethod::Plain) {
    return ImapSession::connect(
        {{"127.0.0.1", server.port(), TlsMode::None}, auth, "ines", {}},
        []() -> Result<SecureBytes> { return SecureBytes("correct-horse-battery"); }, quick(), progress);
}

// One command and its answer; everything else is the server's own.
ScriptedImapServer::Script answering(std::map<std::string, std::string> answers) {
    return [answers = std::move(answers)](const std::string& command) -> Reply {
        const auto found = answers.find(command);
        return found == answers.end() ? Reply() : Reply{crlf(found->second), false};
    };
}

const std::string examined = "* 3 EXISTS\n* OK [UIDVALIDITY 77] ok\n* OK [UIDNEXT 12] next\n$ OK [READ-ONLY] done\n";

} // namespace

class ImapSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void it_signs_in_and_knows_what_the_server_can() {
        ScriptedImapServer server(answering({}));
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        QVERIFY((*session)->has("IDLE"));
        QVERIFY((*session)->has("idle"));
        QVERIFY(!(*session)->has("MOVE"));
        (*session)->logout(progress);
        const auto commands = server.commands();
        QVERIFY(commands.at(1).starts_with("AUTHENTICATE PLAIN "));
        QCOMPARE(commands.back(), std::string("LOGOUT"));
    }

    void a_server_without_sasl_is_signed_in_to_with_login() {
        ScriptedImapServer server(answering({}), "IMAP4rev1");
        Progress progress;
        VERIFY_OK(connectTo(server, progress));
        const auto commands = server.commands();
        QVERIFY(std::find(commands.begin(), commands.end(), "LOGIN ines correct-horse-battery") != commands.end());
    }

    void a_refused_sign_in_says_why_and_not_with_what_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::newRow("wrong") << QByteArray("$ NO [AUTHENTICATIONFAILED] Authentication failed.")
                               << QStringLiteral("auth_failed");
        QTest::newRow("no code") << QByteArray("$ NO sorry") << QStringLiteral("auth_failed");
        QTest::newRow("unavailable") << QByteArray("$ NO [UNAVAILABLE] Temporary failure") << QStringLiteral("refused_soft");
        QTest::newRow("too many") << QByteArray("$ NO [ALERT] Too many simultaneous connections")
                                  << QStringLiteral("refused_soft");
        QTest::newRow("echo") << QByteArray("$ NO bad: correct-horse-battery") << QStringLiteral("auth_failed");
    }

    void a_refused_sign_in_says_why_and_not_with_what() {
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        ScriptedImapServer server([&](const std::string& command) -> Reply {
            return command.starts_with("AUTHENTICATE") ? Reply{answer.toStdString() + "\r\n", false} : Reply();
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        QVERIFY(!session);
        QCOMPARE(QString::fromStdString(std::string(name(session.error().code))), code);
        QVERIFY(session.error().detail.find("horse") == std::string::npos);
    }

    void folders_are_listed_with_their_uses() {
        ScriptedImapServer server(answering({{"LIST \"\" \"*\"", "* LIST (\\HasNoChildren) \".\" INBOX\n"
                                                                 "* LIST (\\HasNoChildren \\Sent) \".\" \"INBOX.Envoy&AOk-s\"\n"
                                                                 "* 4 EXISTS\n"
                                                                 "* LIST (\\Noselect) NIL {7}\na\"b (c)\n"
                                                                 "$ OK done\n"}}));
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        const auto folders = (*session)->list(progress);
        VERIFY_OK(folders);
        QCOMPARE(folders->size(), std::size_t(3));
        QCOMPARE((*folders)[1].name, std::string("INBOX.Envoyés"));
        QCOMPARE((*folders)[1].wireName, std::string("INBOX.Envoy&AOk-s"));
        QVERIFY((*folders)[2].has("\\NOSELECT"));
        QCOMPARE((*folders)[2].wireName, std::string("a\"b (c)"));
        QCOMPARE(sentFolder(*folders), &(*folders)[1]);
    }

    void special_uses_are_asked_for_where_they_must_be() {
        ScriptedImapServer server(answering({{"LIST \"\" \"*\" RETURN (SPECIAL-USE)", "* LIST (\\Sent) \"/\" Out\n$ OK done\n"}}),
                                  "IMAP4rev1 AUTH=PLAIN SPECIAL-USE LIST-EXTENDED");
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        const auto folders = (*session)->list(progress);
        VERIFY_OK(folders);
        QCOMPARE(sentFolder(*folders)->wireName, std::string("Out"));
    }

    void the_sent_folder_is_found_by_its_name_data() {
        QTest::addColumn<QByteArray>("name");
        for (const char* name :
             {"Sent", "INBOX.Sent", "[Gmail]/Sent Mail", "Gesendete Objekte", "INBOX/Gesendet", "Éléments envoyés",
              "Elementos enviados", "Posta inviata", "Verzonden items", "Itens enviados", "Wysłane"})
            QTest::newRow(name) << QByteArray(name);
    }

    void the_sent_folder_is_found_by_its_name() {
        QFETCH(QByteArray, name);
        const std::vector<ImapFolder> folders{
            {"INBOX", "INBOX", {}}, {"Presents", "Presents", {}}, {name.toStdString(), "x", {}}};
        QCOMPARE(sentFolder(folders), &folders[2]);
        QVERIFY(sentFolder({{"INBOX", "INBOX", {}}, {"Absent", "Absent", {}}}) == nullptr);
    }

    void a_folder_is_opened_for_reading_only() {
        ScriptedImapServer server(answering({{"EXAMINE \"INBOX\"", examined}, {"EXAMINE \"a\\\"b\"", examined}}));
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        const auto folder = (*session)->examine("INBOX", progress);
        VERIFY_OK(folder);
        QCOMPARE(folder->uidValidity, 77U);
        QCOMPARE(folder->uidNext, 12U);
        QCOMPARE(folder->exists, 3U);
        VERIFY_OK((*session)->examine("a\"b", progress));
        VERIFY_ERROR((*session)->examine("INBOX\r\no9 DELETE x", progress), ErrorCode::InvalidArgument);
    }

    void searches_give_uids_in_order() {
        ScriptedImapServer server(answering({{"UID SEARCH UID 8:*", "* SEARCH 12 9 7\n* SEARCH 9\n$ OK done\n"},
                                             {"UID SEARCH SINCE 1-Nov-2026", "* SEARCH\n$ OK done\n"},
                                             {"UID SEARCH HEADER \"Message-ID\" \"<a\\\"b@x>\"", "* SEARCH 3\n$ OK done\n"}}));
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        using Uids = std::vector<std::uint32_t>;
        const auto after = (*session)->searchAfter(7, progress);
        VERIFY_OK(after);
        QVERIFY((*after == Uids{9, 12})); // 7 is the last message the server must name, not a new one
        const auto since = (*session)->searchSince(std::chrono::year(2026) / 11 / 1, progress);
        VERIFY_OK(since);
        QVERIFY(since->empty());
        const auto header = (*session)->searchHeader("Message-ID", "<a\"b@x>", progress);
        VERIFY_OK(header);
        QVERIFY((*header == Uids{3}));
        VERIFY_ERROR((*session)->searchHeader("Message-ID", "x\r\ny", progress), ErrorCode::InvalidArgument);
        VERIFY_OK((*session)->searchAfter(0xFFFFFFFFU, progress)); // never asked: nothing can come after it
    }

    void mails_are_fetched_unread_whatever_comes_between_data() {
        QTest::addColumn<int>("piece");
        QTest::newRow("whole") << 0;
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("by seven") << 7;
    }

    void mails_are_fetched_unread_whatever_comes_between() {
        QFETCH(int, piece);
        const std::string raw = "From: a@x.example\r\n\r\n) \"{5}\r\n* 9 EXISTS\r\n";
        ScriptedImapServer server(
            [&](const std::string& command) -> Reply {
                if (command == "UID FETCH 4:5,9 (UID RFC822.SIZE)")
                    return {"* 1 FETCH (UID 4 RFC822.SIZE 10)\r\n* 3 FETCH (RFC822.SIZE 20 UID 9)\r\n$ OK "
                            "done\r\n"};
                if (command == "UID FETCH 4,9 (UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.1000>)")
                    return {"* 3 FETCH (UID 9 BODY[]<0> \"short\" RFC822.SIZE 20 INTERNALDATE \" 1-Nov-2026 "
                            "10:00:00 +0100\")\r\n"
                            "* 2 FETCH (FLAGS (\\Seen))\r\n* 7 EXISTS\r\n* 2 EXPUNGE\r\n* OK still here\r\n"
                            "* 1 FETCH (UID 4 RFC822.SIZE 4000 INTERNALDATE \"19-Nov-2026 08:00:00 +0000\" "
                            "BODY[]<0> {"
                            + std::to_string(raw.size()) + "}\r\n" + raw + ")\r\n$ OK done\r\n"};
                return {};
            },
            "IMAP4rev1 AUTH=PLAIN", std::size_t(piece));
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        std::vector<FetchedMail> mails;
        VERIFY_OK((*session)->fetch(
            {9, 4, 5, 4}, 1000,
            [&](FetchedMail mail) {
                mails.push_back(std::move(mail));
                return true;
            },
            progress));
        QCOMPARE(mails.size(), std::size_t(2)); // 5 is gone
        QCOMPARE(mails[0].uid, 4U);
        QCOMPARE(mails[0].raw, raw);
        QCOMPARE(mails[0].size, std::size_t(4000));
        QVERIFY(mails[0].internalDate == *parseIso8601("2026-11-19T08:00"));
        QCOMPARE(mails[1].uid, 9U);
        QVERIFY(mails[1].internalDate == *parseIso8601("2026-11-01T09:00"));
    }

    void a_sink_that_has_enough_ends_the_fetch() {
        int groups = 0;
        ScriptedImapServer server([&](const std::string& command) -> Reply {
            std::string lines;
            if (command.ends_with("(UID RFC822.SIZE)")) {
                for (int i = 1; i <= 120; ++i)
                    lines += "* 1 FETCH (UID " + std::to_string(i) + " RFC822.SIZE 10)\r\n";
                return {lines + "$ OK done\r\n"};
            }
            if (command.starts_with("UID FETCH")) {
                const int from = std::atoi(command.c_str() + 10);
                ++groups;
                for (int i = from; i < from + 50; ++i)
                    lines += "* 1 FETCH (UID " + std::to_string(i) + " BODY[]<0> \"x\")\r\n";
                return {lines + "$ OK done\r\n"};
            }
            return {};
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        std::vector<std::uint32_t> uids;
        for (std::uint32_t i = 1; i <= 120; ++i)
            uids.push_back(i);
        std::uint32_t last = 0;
        VERIFY_OK((*session)->fetch(
            uids, 1000,
            [&](const FetchedMail& mail) {
                last = mail.uid;
                return mail.uid < 60;
            },
            progress));
        QCOMPARE(last, 60U);
        QCOMPARE(groups, 2);
        const auto folders = (*session)->list(progress); // in step
        VERIFY_OK(folders);
        QCOMPARE(folders->size(), std::size_t(1));
    }

    void a_copy_is_filed_as_read() {
        const std::string raw = crlf("Subject: x\n\n.\n{5}\n");
        ScriptedImapServer server(
            answering({{"APPEND \"Sent\" (\\Seen) \"19-Nov-2026 08:00:00 +0000\" ", "* 5 EXISTS\n$ OK [APPENDUID 1 2] done\n"}}));
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        VERIFY_OK((*session)->append("Sent", raw, *parseIso8601("2026-11-19T08:00"), progress));
        QCOMPARE(server.literal(), raw);
        VERIFY_ERROR((*session)->append("Sent", "Subject: x\n\nbare\n", {}, progress), ErrorCode::MessageMalformed);
    }

    void a_copy_that_is_refused_leaves_the_connection_usable() {
        ScriptedImapServer server([](const std::string& command) -> Reply {
            if (command.starts_with("APPEND") && command.ends_with("{}"))
                return {"$ NO [TRYCREATE] no such folder\r\n"};
            if (command == "NOOP")
                return {"$ OK done\r\n"};
            return {};
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        VERIFY_ERROR((*session)->append("Sent", "a: b\r\n\r\n", {}, progress), ErrorCode::NotFound);
        VERIFY_OK((*session)->noop(progress));
    }

    void refusals_mean_what_their_codes_say_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* answer, const char* code) {
            QTest::newRow(answer) << QByteArray(answer) << QString::fromLatin1(code);
        };
        row("$ NO [NONEXISTENT] no such folder", "not_found");
        row("$ NO [INUSE] try again", "refused_soft");
        row("$ NO [OVERQUOTA] full", "refused_soft");
        row("$ NO because", "not_found");
        row("$ BAD what", "protocol_error");
        row("* BYE shutting down", "connection_lost");
        row("* OK [UIDVALIDITY 0] x\r\n$ OK done", "protocol_error");
        row("this is ((( no imap\r\n* x", "protocol_error");
    }

    void refusals_mean_what_their_codes_say() {
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        ScriptedImapServer server([&](const std::string& command) -> Reply {
            return command.starts_with("EXAMINE") ? Reply{answer.toStdString() + "\r\n", false} : Reply();
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        const auto folder = (*session)->examine("INBOX", progress);
        QVERIFY(!folder);
        QCOMPARE(QString::fromStdString(std::string(name(folder.error().code))), code);
    }

    void idle_returns_when_mail_comes() {
        ScriptedImapServer server([](const std::string& command) -> Reply {
            if (command == "IDLE")
                return {"* OK now\r\n+ idling\r\n"};
            if (command == "DONE")
                return {"$ OK idle done\r\n"};
            if (command == "NOOP")
                return {"$ OK done\r\n"};
            return {};
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        std::thread pusher([&] {
            if (server.waitFor("IDLE")) {
                server.push("* OK still here\r\n* 2 EXPUNGE\r\n");
                server.push("* 4 EXISTS\r\n");
            }
        });
        const auto end = (*session)->idle(std::chrono::seconds(30), progress);
        pusher.join();
        VERIFY_OK(end);
        QVERIFY(*end == IdleEnd::NewMail);
        VERIFY_OK((*session)->noop(progress));
    }

    void idle_ends_by_time_by_wish_and_by_loss() {
        bool drop = false;
        ScriptedImapServer server([&](const std::string& command) -> Reply {
            if (command == "IDLE")
                return {"+ idling\r\n", drop};
            if (command == "DONE")
                return {"$ OK idle done\r\n"};
            return {};
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        const auto timed = (*session)->idle(std::chrono::milliseconds(20), progress);
        VERIFY_OK(timed);
        QVERIFY(*timed == IdleEnd::TimedOut);

        Progress stopped;
        std::thread stopper([&] {
            server.waitFor("DONE"); // of the first
            stopped.cancel();
        });
        const auto wished = (*session)->idle(std::chrono::seconds(30), stopped);
        stopper.join();
        VERIFY_OK(wished);
        QVERIFY(*wished == IdleEnd::Stopped);

        drop = true;
        VERIFY_ERROR((*session)->idle(std::chrono::seconds(30), progress), ErrorCode::ConnectionLost);
        VERIFY_ERROR((*session)->noop(progress), ErrorCode::ConnectionLost);
    }

    void idle_without_idle_is_unsupported() {
        ScriptedImapServer server(answering({}), "IMAP4rev1 AUTH=PLAIN");
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        VERIFY_ERROR((*session)->idle(std::chrono::seconds(30), progress), ErrorCode::Unsupported);
    }

    void a_lost_connection_is_told_and_stays_lost_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("close");
        QTest::addColumn<QString>("code");
        QTest::newRow("at once") << QByteArray() << true << QStringLiteral("connection_lost");
        QTest::newRow("inside a literal") << QByteArray("* 1 FETCH (UID 1 BODY[]<0> {50}\r\nhalf") << true
                                          << QStringLiteral("connection_lost");
        QTest::newRow("silence") << QByteArray("* 1 FETCH (UID 1 ") << false << QStringLiteral("timed_out");
        QTest::newRow("too much") << QByteArray("* 1 FETCH (UID 1 BODY[]<0> {5000000000}\r\n") << false
                                  << QStringLiteral("message_too_large");
    }

    void a_lost_connection_is_told_and_stays_lost() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, close);
        QFETCH(QString, code);
        ScriptedImapServer server([&](const std::string& command) -> Reply {
            return command.starts_with("UID FETCH") ? Reply{bytes.toStdString(), close} : Reply();
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        for (int i = 0; i < 2; ++i) {
            const auto fetched = (*session)->fetch(
                {1}, 1000, [](const FetchedMail&) { return true; }, progress);
            QVERIFY(!fetched);
            QCOMPARE(QString::fromStdString(std::string(name(fetched.error().code))), code);
        }
    }

    void cancelling_ends_any_wait() {
        ScriptedImapServer server([](const std::string& command) -> Reply {
            return command == "NOOP" ? Reply{"* OK wait\r\n", false} : Reply();
        });
        Progress progress;
        const auto session = connectTo(server, progress);
        VERIFY_OK(session);
        std::thread canceller([&] {
            server.waitFor("NOOP");
            progress.cancel();
        });
        const auto ended = (*session)->noop(progress);
        canceller.join();
        VERIFY_ERROR(ended, ErrorCode::Cancelled);
    }
};

OUTRIDER_TEST(ImapSessionTest)
#include "imap_session_test.moc"
