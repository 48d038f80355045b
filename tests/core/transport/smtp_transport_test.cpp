// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/smtp_transport.h"
#include "support/fault_smtp_server.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <thread>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;
using outrider::test::FaultSmtpServer;
using At = FaultSmtpServer::At;
using Action = FaultSmtpServer::Action;

namespace {

const std::string secretText = "correct-horse-battery";
const Envelope fromInes{"ines@nordwind.example", "t.ruehl@hafenwerk.example"};
const std::string hello = crlf("From: ines@nordwind.example\nSubject: Hi\n\nHello.\n");

// A mailbox at the fault server and what its caller sees.
struct Sender {
    explicit Sender(int port, AuthMethod auth = AuthMethod::None, NetworkTimeouts timeouts = quick())
        : transport(
            ServerLogin{{"127.0.0.1", port, TlsMode::None}, auth, "ines", {}},
            []() -> Result<SecureBytes> { return SecureBytes(secretText); }, timeouts) {}

    static NetworkTimeouts quick() {
        NetworkTimeouts timeouts;
        timeouts.connect = std::chrono::seconds(5);
        timeouts.response = std::chrono::seconds(1);
        timeouts.total = std::chrono::seconds(20);
        timeouts.afterCancel = std::chrono::milliseconds(100);
        return timeouts;
    }

    SendOutcome send(std::string_view raw = hello) {
        return transport.send(
            fromInes, raw,
            [this] {
                ++handOvers;
                return mayLeave;
            },
            progress);
    }

    SmtpTransport transport;
    Progress progress;
    int handOvers = 0;
    bool mayLeave = true;
};

// More than any buffer on the way holds.
std::string repeatedLine(std::size_t size) {
    std::string lines;
    while (lines.size() < size)
        lines += "A line of the message, of which there are very many.\r\n";
    return lines;
}

QString text(SendKind kind) { return QString::fromStdString(std::string(name(kind))); }

} // namespace

class SmtpTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void messages_share_one_connection() {
        FaultSmtpServer server;
        Sender sender(server.port());
        for (int i = 1; i <= 5; ++i) {
            const auto outcome = sender.send();
            QCOMPARE(text(outcome.kind), QStringLiteral("sent"));
            QCOMPARE(outcome.replyCode, 250);
            QCOMPARE(outcome.answer, std::string("250 2.0.0 taken"));
            QCOMPARE(outcome.stage, SendStage::Answer);
            QCOMPARE(sender.handOvers, i);
        }
        QCOMPARE(server.connections(), 1);
        QCOMPARE(sender.transport.connectionsOpened(), 1);
        QCOMPARE(server.mails().size(), std::size_t(5));
        QCOMPARE(server.mails()[4].sender, fromInes.sender);
        QCOMPARE(server.mails()[4].recipient, fromInes.recipient);
        QCOMPARE(server.mails()[4].data, hello);
    }

    // The fault table, cell by cell: on a new connection and at the third message of a kept one.
    void a_fault_leaves_no_doubt_it_need_not_leave_data() {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("action");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, At at, Action action, const char* reply, const char* kind, const char* stage,
                            const char* code) {
            QTest::newRow(name) << int(at) << int(action) << QByteArray(reply) << QString::fromLatin1(kind)
                                << QString::fromLatin1(stage) << QString::fromLatin1(code);
        };
        row("drop at connect", At::Connect, Action::Drop, "", "not_sent", "connect", "connection_lost");
        row("drop at EHLO", At::Hello, Action::Drop, "", "not_sent", "connect", "connection_lost");
        row("drop at MAIL", At::Mail, Action::Drop, "", "not_sent", "sender", "connection_lost");
        row("drop at RCPT", At::Rcpt, Action::Drop, "", "not_sent", "recipient", "connection_lost");
        row("drop at DATA", At::Data, Action::Drop, "", "not_sent", "content", "connection_lost");
        row("greeting 421", At::Greeting, Action::ReplyDrop, "421 4.3.2 closing", "not_sent", "connect", "refused_soft");
        row("greeting 554", At::Greeting, Action::ReplyDrop, "554 5.7.1 not you", "not_sent", "connect", "refused_hard");
        row("MAIL 452", At::Mail, Action::Reply, "452 4.3.1 full", "refused_soft", "sender", "refused_soft");
        row("MAIL 553", At::Mail, Action::Reply, "553 5.7.1 not yours", "refused_hard", "sender", "refused_hard");
        row("RCPT 450", At::Rcpt, Action::Reply, "450 4.7.1 later", "refused_soft", "recipient", "refused_soft");
        row("RCPT 421", At::Rcpt, Action::ReplyDrop, "421 4.7.0 later", "refused_soft", "recipient", "refused_soft");
        row("RCPT 500", At::Rcpt, Action::Reply, "500 5.5.1 what", "refused_hard", "recipient", "refused_hard");
        row("RCPT 550, several lines", At::Rcpt, Action::Reply, "550-5.1.1 no such\r\n550 5.1.1 mailbox", "refused_hard",
            "recipient", "refused_hard");
        row("DATA 450", At::Data, Action::Reply, "450 4.3.2 later", "refused_soft", "content", "refused_soft");
        row("DATA 500", At::Data, Action::Reply, "500 5.0.0 no", "refused_hard", "content", "refused_hard");
        row("drop after the dot", At::Answer, Action::Drop, "", "unknown", "answer", "outcome_unknown");
        row("taken, then dropped", At::Answer, Action::TakeAndDrop, "", "unknown", "answer", "outcome_unknown");
        row("answer 421", At::Answer, Action::ReplyDrop, "421 4.3.2 closing", "refused_soft", "answer", "refused_soft");
        row("answer 450", At::Answer, Action::Reply, "450 4.2.0 later", "refused_soft", "answer", "refused_soft");
        row("answer 500", At::Answer, Action::Reply, "500 5.0.0 no", "refused_hard", "answer", "refused_hard");
        row("answer 554", At::Answer, Action::Reply, "554 5.7.1 spam", "refused_hard", "answer", "refused_hard");
        row("answer that is none", At::Answer, Action::ReplyDrop, "354 more", "unknown", "answer", "outcome_unknown");
        row("half an answer", At::Answer, Action::ReplyDrop, "250-2.0.0 tak", "unknown", "answer", "outcome_unknown");
        row("stall at connect", At::Connect, Action::Stall, "", "not_sent", "connect", "timed_out");
        row("stall at EHLO", At::Hello, Action::Stall, "", "not_sent", "connect", "timed_out");
        row("stall at MAIL", At::Mail, Action::Stall, "", "not_sent", "sender", "timed_out");
        row("stall at RCPT", At::Rcpt, Action::Stall, "", "not_sent", "recipient", "timed_out");
        row("stall at DATA", At::Data, Action::Stall, "", "not_sent", "content", "timed_out");
        row("stall after the dot", At::Answer, Action::Stall, "", "unknown", "answer", "outcome_unknown");
    }

    void a_fault_leaves_no_doubt_it_need_not_leave() {
        QFETCH(int, at);
        QFETCH(int, action);
        QFETCH(QByteArray, reply);
        QFETCH(QString, kind);
        QFETCH(QString, stage);
        QFETCH(QString, code);
        FaultSmtpServer server;
        server.add({At(at), Action(action), reply.toStdString(), -1, -1, -1});
        Sender sender(server.port());
        const auto outcome = sender.send();
        QCOMPARE(text(outcome.kind), kind);
        QCOMPARE(QString::fromStdString(std::string(name(outcome.stage))), stage);
        QCOMPARE(QString::fromStdString(std::string(name(outcome.error.code))), code);
        QCOMPARE(sender.handOvers, At(at) == At::Answer ? 1 : 0);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.mails().size(), std::size_t(Action(action) == Action::TakeAndDrop ? 1 : 0));
        if (!reply.isEmpty() && kind.startsWith(QStringLiteral("refused")))
            QVERIFY(QString::fromStdString(outcome.answer).startsWith(QString::fromLatin1(reply.left(4))));
    }

    void the_third_message_of_a_kept_connection_meets_a_fault_data() {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("action");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("connections");
        const auto row = [](const char* name, At at, Action action, const char* reply, const char* kind, int connections) {
            QTest::newRow(name) << int(at) << int(action) << QByteArray(reply) << QString::fromLatin1(kind) << connections;
        };
        // Nothing of the message had left: it goes over a new connection.
        row("drop at MAIL", At::Mail, Action::Drop, "", "sent", 2);
        row("421 at MAIL", At::Mail, Action::ReplyDrop, "421 4.4.2 idle too long", "sent", 2);
        row("421 at MAIL, left open", At::Mail, Action::Reply, "421 4.4.2 idle too long", "sent", 2);
        row("451 at MAIL", At::Mail, Action::Reply, "451 4.7.0 too many messages here", "sent", 2);
        row("stall at MAIL", At::Mail, Action::Stall, "", "sent", 2);
        row("drop at RCPT", At::Rcpt, Action::Drop, "", "sent", 2);
        row("421 at RCPT", At::Rcpt, Action::ReplyDrop, "421 4.4.2 bye", "sent", 2);
        row("drop at DATA", At::Data, Action::Drop, "", "sent", 2);
        row("stall at DATA", At::Data, Action::Stall, "", "sent", 2);
        // The server's word about the message, or no word at all: never a second time.
        row("450 at RCPT", At::Rcpt, Action::Reply, "450 4.7.1 later", "refused_soft", 1);
        row("550 at RCPT", At::Rcpt, Action::Reply, "550 5.1.1 nobody", "refused_hard", 1);
        row("554 at DATA", At::Data, Action::Reply, "554 5.7.1 no", "refused_hard", 1);
        row("drop in the message", At::Body, Action::Drop, "", "unknown", 1);
        row("drop after the dot", At::Answer, Action::Drop, "", "unknown", 1);
        row("taken, then dropped", At::Answer, Action::TakeAndDrop, "", "unknown", 1);
        row("450 after the dot", At::Answer, Action::Reply, "450 4.2.0 later", "refused_soft", 1);
        row("421 after the dot", At::Answer, Action::ReplyDrop, "421 4.2.0 later", "refused_soft", 1);
        row("stall after the dot", At::Answer, Action::Stall, "", "unknown", 1);
    }

    void the_third_message_of_a_kept_connection_meets_a_fault() {
        QFETCH(int, at);
        QFETCH(int, action);
        QFETCH(QByteArray, reply);
        QFETCH(QString, kind);
        QFETCH(int, connections);
        FaultSmtpServer server;
        server.add({At(at), Action(action), reply.toStdString(), 0, 2, 1});
        Sender sender(server.port());
        for (int i = 0; i < 2; ++i)
            QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
        const auto third = sender.send();
        QCOMPARE(text(third.kind), kind);
        QCOMPARE(server.connections(), connections);
        const bool taken = kind == QStringLiteral("sent") || Action(action) == Action::TakeAndDrop;
        QCOMPARE(server.mails().size(), std::size_t(taken ? 3 : 2));
        const bool handed = taken || At(at) == At::Answer || At(at) == At::Body;
        QCOMPARE(sender.handOvers, handed ? 3 : 2); // once per message, also with two connections
        // And the next one is sent whatever happened.
        QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
    }

    void a_connection_the_server_closed_meanwhile_is_opened_again() {
        FaultSmtpServer server;
        Sender sender(server.port());
        QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
        server.dropConnections();
        const auto second = sender.send();
        QCOMPARE(text(second.kind), QStringLiteral("sent"));
        QCOMPARE(sender.handOvers, 2);
        QCOMPARE(server.connections(), 2);
    }

    void reconnecting_is_tried_once_only() {
        FaultSmtpServer server;
        server.add({At::Mail, Action::Drop, {}, 0, 1, 1});
        server.add({At::Mail, Action::Drop, {}, 1, -1, -1});
        Sender sender(server.port());
        QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
        const auto second = sender.send();
        QCOMPARE(text(second.kind), QStringLiteral("not_sent"));
        QCOMPARE(server.connections(), 2);
        QCOMPARE(sender.handOvers, 1);
    }

    void a_large_message_cut_in_the_middle_is_not_sent() {
        FaultSmtpServer server;
        server.add({At::Body, Action::Drop, {}, -1, -1, 1});
        Sender sender(server.port());
        const std::string large = hello + repeatedLine(16U * 1024 * 1024);
        const auto outcome = sender.send(large);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.stage, SendStage::Content);
        QCOMPARE(sender.handOvers, 1);
        QCOMPARE(server.mails().size(), std::size_t(0));
        const auto again = sender.send(large);
        QCOMPARE(text(again.kind), QStringLiteral("sent"));
        QVERIFY(server.mails()[0].data == large);
    }

    void a_large_message_stalled_in_the_middle_is_not_sent() {
        FaultSmtpServer server;
        server.add({At::Body, Action::Stall, {}, -1, -1, 1});
        Sender sender(server.port());
        const auto outcome = sender.send(hello + repeatedLine(16U * 1024 * 1024));
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::TimedOut);
        QCOMPARE(outcome.stage, SendStage::Content);
        QCOMPARE(sender.handOvers, 1);
    }

    void what_is_held_back_at_the_last_moment_never_leaves() {
        FaultSmtpServer server;
        Sender sender(server.port());
        sender.mayLeave = false;
        const auto outcome = sender.send();
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::Cancelled);
        QCOMPARE(sender.handOvers, 1);
        sender.mayLeave = true;
        QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
        QCOMPARE(server.mails().size(), std::size_t(1));
    }

    void the_record_is_made_before_the_first_byte_leaves() {
        FaultSmtpServer server;
        SmtpTransport transport({{"127.0.0.1", server.port(), TlsMode::None}, AuthMethod::None, {}, {}}, {}, Sender::quick());
        std::size_t takenAtHandOver = 99;
        bool dataSeen = false;
        Progress progress;
        const auto thread = std::this_thread::get_id();
        bool sameThread = false;
        const auto outcome = transport.send(
            fromInes, hello,
            [&] {
                takenAtHandOver = server.mails().size();
                const auto commands = server.commands();
                dataSeen = !commands.empty() && commands.back() == "DATA";
                sameThread = std::this_thread::get_id() == thread;
                return true;
            },
            progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("sent"));
        QVERIFY(dataSeen);
        QVERIFY(sameThread);
        QCOMPARE(takenAtHandOver, std::size_t(0));
    }

    void any_message_arrives_byte_for_byte() {
        FaultSmtpServer server;
        Sender sender(server.port());
        std::size_t sent = 0;
        VERIFY_PROPERTY([&] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("\r\n", "\r\n", ".", ".", "\r\n.\r\n", "\r\n..\r\n", "x", std::string(997, 'y'),
                                              "MAIL FROM:<a@b>", "QUIT", "\xff"));
            std::string raw = "Subject: x\r\n\r\n";
            for (const auto& piece : pieces)
                raw += piece;
            raw += "\r\n";
            const auto outcome = sender.send(raw);
            RC_ASSERT(outcome.kind == SendKind::Sent);
            const auto mails = server.mails();
            RC_ASSERT(mails.size() == ++sent);
            RC_ASSERT(mails.back().data == raw);
        });
    }

    void dots_at_the_edges_of_buffers_arrive() {
        FaultSmtpServer server;
        Sender sender(server.port());
        // Whatever size libcurl reads at once, a line that begins with a dot falls onto its edge.
        for (const std::size_t edge : {16384U, 65536U}) {
            for (int shift = -4; shift <= 4; ++shift) {
                std::string raw = "\r\n.start\r\n"; // no headers: the first byte of the body is a dot
                while (raw.size() + 80 < edge)
                    raw += std::string(62, 'x') + "\r\n";
                raw += std::string(std::size_t(int(edge - raw.size()) - 4 + shift), 'z') + "\r\n.\r\n..\r\nend\r\n";
                QCOMPARE(text(sender.send(raw).kind), QStringLiteral("sent"));
                QVERIFY(server.mails().back().data == raw);
            }
        }
    }

    void what_is_no_wire_format_never_connects() {
        FaultSmtpServer server;
        Sender sender(server.port());
        for (const std::string& raw : {std::string("Subject: x\n\nbody\n"), std::string("a: b\r\n\r\nx\n.\nMAIL FROM:<>\r\n"),
                                       std::string("a: b\r\n\r\nx\r.\r\n"), std::string()}) {
            const auto outcome = sender.send(raw);
            QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
            QCOMPARE(outcome.error.code, ErrorCode::MessageMalformed);
        }
        QCOMPARE(server.connections(), 0);
    }

    void an_address_that_injects_a_command_never_connects() {
        FaultSmtpServer server;
        SmtpTransport transport({{"127.0.0.1", server.port(), TlsMode::None}, AuthMethod::None, {}, {}}, {});
        Progress progress;
        for (const char* bad :
             {"bob@x.example\r\nRCPT TO:<carol@x.example>", "bob@x.example>\r\nRCPT TO:<carol@x.example", "<bob@x.example>",
              "bob@x.example> NOTIFY=NEVER", "bob", "", "bob@x.example\n", "bo b@x.example"}) {
            for (const Envelope& envelope : {Envelope{fromInes.sender, bad}, Envelope{bad, fromInes.recipient}}) {
                const auto outcome = transport.send(
                    envelope, hello, [] { return true; }, progress);
                QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
                QCOMPARE(outcome.error.code, ErrorCode::InvalidEmail);
            }
        }
        QCOMPARE(server.connections(), 0);
    }

    void nobody_there_is_a_refused_connection() {
        int port = 0;
        {
            FaultSmtpServer server;
            port = server.port();
        }
        Sender sender(port);
        const auto outcome = sender.send();
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::ConnectionRefused);
        QCOMPARE(outcome.error.detail, "127.0.0.1:" + std::to_string(port));
        QCOMPARE(outcome.error.retry, Retry::Later);
    }

    void starttls_that_is_not_there_ends_before_anything_secret_data() {
        QTest::addColumn<bool>("offered");
        QTest::newRow("not offered") << false;
        QTest::newRow("offered and refused") << true;
    }

    void starttls_that_is_not_there_ends_before_anything_secret() {
        QFETCH(bool, offered);
        FaultSmtpServer server;
        server.offer("AUTH PLAIN LOGIN");
        if (offered)
            server.offer("STARTTLS");
        SmtpTransport transport(
            {{"localhost", server.port(), TlsMode::StartTls}, AuthMethod::Plain, "ines", {}},
            []() -> Result<SecureBytes> { return SecureBytes(secretText); }, Sender::quick());
        Progress progress;
        const auto outcome = transport.send(
            fromInes, hello, [] { return true; }, progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::TlsFailed);
        for (const auto& command : server.commands()) {
            QVERIFY2(!command.starts_with("AUTH"), command.c_str());
            QVERIFY2(!command.starts_with("MAIL"), command.c_str());
        }
    }

    void without_tls_another_computer_is_never_connected_to() {
        bool asked = false;
        SmtpTransport transport({{"mail.nordwind.example", 25, TlsMode::None}, AuthMethod::Plain, "ines", {}},
                                [&]() -> Result<SecureBytes> {
                                    asked = true;
                                    return SecureBytes(secretText);
                                });
        Progress progress;
        const auto outcome = transport.send(
            fromInes, hello, [] { return true; }, progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::InvalidArgument);
        QVERIFY(asked); // the refusal is the transport's, not the vault's
    }

    void signing_in_works_with_each_mechanism_data() {
        QTest::addColumn<int>("auth");
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("plain") << int(AuthMethod::Plain) << QByteArray("AUTH PLAIN");
        QTest::newRow("login") << int(AuthMethod::Login) << QByteArray("AUTH LOGIN");
        QTest::newRow("xoauth2") << int(AuthMethod::XOAuth2) << QByteArray("AUTH XOAUTH2");
    }

    void signing_in_works_with_each_mechanism() {
        QFETCH(int, auth);
        QFETCH(QByteArray, command);
        FaultSmtpServer server;
        server.offer("AUTH LOGIN PLAIN CRAM-MD5 OAUTHBEARER XOAUTH2");
        Sender sender(server.port(), AuthMethod(auth));
        QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
        const auto commands = server.commands();
        QCOMPARE(QByteArray::fromStdString(commands.at(1)).left(command.size()), command);
    }

    void a_refused_password_is_told_apart_and_never_repeated_data() {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("code");
        QTest::newRow("wrong") << QByteArray("535 5.7.8 authentication failed") << QStringLiteral("auth_failed");
        QTest::newRow("later") << QByteArray("454 4.7.0 temporary failure") << QStringLiteral("refused_soft");
        QTest::newRow("echoed") << QByteArray("535 5.7.8 bad: AUTH PLAIN AGluZXMAY29ycmVjdC1ob3JzZS1iYXR0ZXJ5")
                                << QStringLiteral("auth_failed");
        QTest::newRow("echoed in clear") << QByteArray("535 5.7.8 'correct-horse-battery' is wrong")
                                         << QStringLiteral("auth_failed");
        QTest::newRow("echoed in part") << QByteArray("535 5.7.8 bad AGluZXMAY29ycmVjdC1ob3JzZ...")
                                        << QStringLiteral("auth_failed");
    }

    void a_refused_password_is_told_apart_and_never_repeated() {
        QFETCH(QByteArray, reply);
        QFETCH(QString, code);
        FaultSmtpServer server;
        server.offer("AUTH PLAIN");
        server.add({At::Auth, Action::Reply, reply.toStdString(), -1, -1, -1});
        Sender sender(server.port(), AuthMethod::Plain);
        const auto outcome = sender.send();
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.stage, SendStage::SignIn);
        QCOMPARE(QString::fromStdString(std::string(name(outcome.error.code))), code);
        for (const std::string& shown : {outcome.answer, outcome.error.detail}) {
            QVERIFY2(shown.find("horse") == std::string::npos, shown.c_str());
            QVERIFY2(shown.find("AGluZXMAY29y") == std::string::npos, shown.c_str());
        }
        QVERIFY(outcome.answer.starts_with(reply.left(3).toStdString()));
    }

    void a_mechanism_the_server_does_not_have_sends_no_password() {
        FaultSmtpServer server;
        server.offer("AUTH CRAM-MD5");
        Sender sender(server.port(), AuthMethod::Plain);
        const auto outcome = sender.send();
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::AuthFailed);
        for (const auto& command : server.commands())
            QVERIFY2(!command.starts_with("AUTH"), command.c_str());
    }

    void a_missing_secret_never_connects() {
        FaultSmtpServer server;
        SmtpTransport transport({{"127.0.0.1", server.port(), TlsMode::None}, AuthMethod::Plain, "ines", {}},
                                []() -> Result<SecureBytes> { return fail(ErrorCode::SecretMissing, "ines"); });
        Progress progress;
        const auto outcome = transport.send(
            fromInes, hello, [] { return true; }, progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::SecretMissing);
        QCOMPARE(server.connections(), 0);
    }

    void cancelling_before_the_message_leaves_sends_nothing() {
        FaultSmtpServer server;
        server.add({At::Rcpt, Action::Stall, {}, -1, -1, -1});
        NetworkTimeouts patient = Sender::quick();
        patient.response = std::chrono::seconds(60);
        Sender sender(server.port(), AuthMethod::None, patient);
        std::thread canceller([&] {
            server.waitUntil([](const auto& commands) { return !commands.empty() && commands.back().starts_with("RCPT"); });
            sender.progress.cancel();
        });
        const auto outcome = sender.send();
        canceller.join();
        QCOMPARE(text(outcome.kind), QStringLiteral("not_sent"));
        QCOMPARE(outcome.error.code, ErrorCode::Cancelled);
        QCOMPARE(sender.handOvers, 0);
    }

    void cancelling_afterwards_still_waits_for_the_answer() {
        FaultSmtpServer server;
        SmtpTransport transport({{"127.0.0.1", server.port(), TlsMode::None}, AuthMethod::None, {}, {}}, {}, NetworkTimeouts());
        Progress progress;
        const auto outcome = transport.send(
            fromInes, hello,
            [&] {
                progress.cancel();
                return true;
            },
            progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("sent"));
    }

    void cancelling_afterwards_does_not_wait_for_ever() {
        FaultSmtpServer server;
        server.add({At::Answer, Action::Stall, {}, -1, -1, -1});
        NetworkTimeouts patient = Sender::quick();
        patient.response = std::chrono::seconds(60);
        Sender sender(server.port(), AuthMethod::None, patient);
        const auto outcome = sender.transport.send(
            fromInes, hello,
            [&] {
                sender.progress.cancel();
                return true;
            },
            sender.progress);
        QCOMPARE(text(outcome.kind), QStringLiteral("unknown"));
    }

    void a_refusal_is_not_held_up_by_a_silent_goodbye() {
        FaultSmtpServer server;
        server.add({At::Rcpt, Action::Reply, "550 5.1.1 nobody", -1, -1, -1});
        server.add({At::Quit, Action::Stall, {}, -1, -1, -1});
        Sender sender(server.port(), AuthMethod::None, NetworkTimeouts());
        const Stopwatch watch;
        QCOMPARE(text(sender.send().kind), QStringLiteral("refused_hard"));
        QVERIFY(watch.milliseconds() < 5000);
    }

    void leaving_does_not_wait_for_a_silent_server() {
        FaultSmtpServer server;
        server.add({At::Quit, Action::Stall, {}, -1, -1, -1});
        Stopwatch watch;
        {
            Sender sender(server.port(), AuthMethod::None, NetworkTimeouts());
            QCOMPARE(text(sender.send().kind), QStringLiteral("sent"));
            watch.restart();
        }
        QVERIFY(watch.milliseconds() < 5000); // libcurl's own limit is two minutes
    }
};

OUTRIDER_TEST(SmtpTransportTest)
#include "smtp_transport_test.moc"
