// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/smtp_transport.h"
#include "support/fault_smtp_server.h"
#include "support/mail_text.h"
#include "support/test_registry.h"
#include "support/test_tls.h"

#include <QTemporaryDir>

#include <array>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;
using outrider::test::FaultSmtpServer;
using outrider::test::TestTls;
using At = FaultSmtpServer::At;
using Action = FaultSmtpServer::Action;

namespace {

const std::string secretText = "correct-horse-battery";

// How the client comes.
enum class Way { Plain, StartTls, Implicit };

struct WayName {
    Way way;
    const char* name;
};
constexpr std::array ways{WayName{Way::Plain, "plain"}, WayName{Way::StartTls, "STARTTLS, signed in"},
                          WayName{Way::Implicit, "TLS, signed in"}};

// One cell of the fault table: what a server does where, and what is then known of the message.
struct Cell {
    const char* name;
    At at;
    Action action;
    const char* reply; // without: what would have been said
    int pause;         // of Action::Slow, milliseconds a byte
    const char* fresh; // on a new connection
    const char* stage;
    const char* code;
    const char* kept; // on one that has carried messages; nullptr: it does not happen there
};

const std::array cells{
    // Before the message's turn: certain that nothing was sent, and that it may be tried again.
    Cell{"drop at connect", At::Connect, Action::Drop, "", 0, "not_sent", "connect", "connection_lost", nullptr},
    Cell{"reset at connect", At::Connect, Action::Reset, "", 0, "not_sent", "connect", "connection_lost", nullptr},
    Cell{"half-open at connect", At::Connect, Action::HalfClose, "", 0, "not_sent", "connect", "connection_lost", nullptr},
    Cell{"stall at connect", At::Connect, Action::Stall, "", 0, "not_sent", "connect", "timed_out", nullptr},
    Cell{"greeting 421", At::Greeting, Action::ReplyDrop, "421 4.3.2 closing", 0, "not_sent", "connect", "refused_soft", nullptr},
    Cell{"greeting 554", At::Greeting, Action::ReplyDrop, "554 5.7.1 not you", 0, "not_sent", "connect", "refused_hard", nullptr},
    Cell{"greeting that is none", At::Greeting, Action::ReplyDrop, "HTTP/1.1 400 Bad", 0, "not_sent", "connect", "", nullptr},
    Cell{"slow greeting", At::Greeting, Action::Slow, "", 5, "sent", "answer", "", nullptr},
    Cell{"greeting too slow", At::Greeting, Action::Slow, "", 100, "not_sent", "connect", "timed_out", nullptr},
    Cell{"drop at EHLO", At::Hello, Action::Drop, "", 0, "not_sent", "connect", "connection_lost", nullptr},
    Cell{"reset at EHLO", At::Hello, Action::Reset, "", 0, "not_sent", "connect", "connection_lost", nullptr},
    Cell{"half-open at EHLO", At::Hello, Action::HalfClose, "", 0, "not_sent", "connect", "connection_lost", nullptr},
    Cell{"stall at EHLO", At::Hello, Action::Stall, "", 0, "not_sent", "connect", "timed_out", nullptr},
    Cell{"EHLO 421", At::Hello, Action::ReplyDrop, "421 4.3.2 closing", 0, "not_sent", "connect", "", nullptr},
    Cell{"slow EHLO", At::Hello, Action::Slow, "", 5, "sent", "answer", "", nullptr},
    Cell{"drop at MAIL", At::Mail, Action::Drop, "", 0, "not_sent", "sender", "connection_lost", "sent"},
    Cell{"reset at MAIL", At::Mail, Action::Reset, "", 0, "not_sent", "sender", "connection_lost", "sent"},
    Cell{"half-open at MAIL", At::Mail, Action::HalfClose, "", 0, "not_sent", "sender", "connection_lost", "sent"},
    Cell{"stall at MAIL", At::Mail, Action::Stall, "", 0, "not_sent", "sender", "timed_out", "sent"},
    Cell{"slow MAIL", At::Mail, Action::Slow, "", 10, "sent", "answer", "", "sent"},
    Cell{"MAIL too slow", At::Mail, Action::Slow, "", 100, "not_sent", "sender", "timed_out", "sent"},
    Cell{"drop at RCPT", At::Rcpt, Action::Drop, "", 0, "not_sent", "recipient", "connection_lost", "sent"},
    Cell{"reset at RCPT", At::Rcpt, Action::Reset, "", 0, "not_sent", "recipient", "connection_lost", "sent"},
    Cell{"half-open at RCPT", At::Rcpt, Action::HalfClose, "", 0, "not_sent", "recipient", "connection_lost", "sent"},
    Cell{"stall at RCPT", At::Rcpt, Action::Stall, "", 0, "not_sent", "recipient", "timed_out", "sent"},
    Cell{"slow RCPT", At::Rcpt, Action::Slow, "", 10, "sent", "answer", "", "sent"},
    Cell{"drop at DATA", At::Data, Action::Drop, "", 0, "not_sent", "content", "connection_lost", "sent"},
    Cell{"reset at DATA", At::Data, Action::Reset, "", 0, "not_sent", "content", "connection_lost", "sent"},
    Cell{"half-open at DATA", At::Data, Action::HalfClose, "", 0, "not_sent", "content", "connection_lost", "sent"},
    Cell{"stall at DATA", At::Data, Action::Stall, "", 0, "not_sent", "content", "timed_out", "sent"},
    Cell{"slow DATA", At::Data, Action::Slow, "", 10, "sent", "answer", "", "sent"},
    // In the middle: without its final dot a server throws away what it has. Only of one that went on reading and did not
    // answer nobody knows.
    Cell{"drop in the message", At::Body, Action::Drop, "", 0, "not_sent", "content", "connection_lost", "not_sent"},
    Cell{"reset in the message", At::Body, Action::Reset, "", 0, "not_sent", "content", "connection_lost", "not_sent"},
    Cell{"stall in the message", At::Body, Action::Stall, "", 0, "not_sent", "content", "timed_out", "not_sent"},
    // The server's word about the message: certainly refused.
    Cell{"MAIL 452", At::Mail, Action::Reply, "452 4.3.1 full", 0, "refused_soft", "sender", "refused_soft", "sent"},
    Cell{"MAIL 553", At::Mail, Action::Reply, "553 5.7.1 not yours", 0, "refused_hard", "sender", "refused_hard", "refused_hard"},
    Cell{"MAIL 421", At::Mail, Action::ReplyDrop, "421 4.4.2 bye", 0, "refused_soft", "sender", "refused_soft", "sent"},
    Cell{"RCPT 450", At::Rcpt, Action::Reply, "450 4.7.1 later", 0, "refused_soft", "recipient", "refused_soft", "refused_soft"},
    Cell{"RCPT 550", At::Rcpt, Action::Reply, "550 5.1.1 nobody", 0, "refused_hard", "recipient", "refused_hard", "refused_hard"},
    Cell{"RCPT 421", At::Rcpt, Action::ReplyDrop, "421 4.7.0 bye", 0, "refused_soft", "recipient", "refused_soft", "sent"},
    Cell{"DATA 451", At::Data, Action::Reply, "451 4.3.0 later", 0, "refused_soft", "content", "refused_soft", "refused_soft"},
    Cell{"DATA 554", At::Data, Action::Reply, "554 5.7.1 no", 0, "refused_hard", "content", "refused_hard", "refused_hard"},
    Cell{"DATA 421", At::Data, Action::ReplyDrop, "421 4.3.2 bye", 0, "refused_soft", "content", "refused_soft", "sent"},
    Cell{"answer 421", At::Answer, Action::ReplyDrop, "421 4.3.2 bye", 0, "refused_soft", "answer", "refused_soft",
         "refused_soft"},
    Cell{"answer 450", At::Answer, Action::Reply, "450 4.2.0 later", 0, "refused_soft", "answer", "refused_soft", "refused_soft"},
    Cell{"answer 452", At::Answer, Action::Reply, "452 4.3.1 full", 0, "refused_soft", "answer", "refused_soft", "refused_soft"},
    Cell{"answer 550", At::Answer, Action::Reply, "550 5.7.1 no", 0, "refused_hard", "answer", "refused_hard", "refused_hard"},
    Cell{"answer 554", At::Answer, Action::Reply, "554 5.7.1 spam", 0, "refused_hard", "answer", "refused_hard", "refused_hard"},
    Cell{"slow answer", At::Answer, Action::Slow, "", 10, "sent", "answer", "", "sent"},
    // All of it handed over, and no word: nobody knows.
    Cell{"drop after the dot", At::Answer, Action::Drop, "", 0, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"reset after the dot", At::Answer, Action::Reset, "", 0, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"half-open after the dot", At::Answer, Action::HalfClose, "", 0, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"stall after the dot", At::Answer, Action::Stall, "", 0, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"answer too slow", At::Answer, Action::Slow, "", 100, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"taken, then dropped", At::Answer, Action::TakeAndDrop, "", 0, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"half an answer", At::Answer, Action::ReplyDrop, "250-2.0.0 tak", 0, "unknown", "answer", "outcome_unknown", "unknown"},
    Cell{"answer that is none", At::Answer, Action::ReplyDrop, "354 more", 0, "unknown", "answer", "outcome_unknown", "unknown"},
};

QString text(std::string_view words) { return QString::fromUtf8(words.data(), qsizetype(words.size())); }

// More than any buffer on the way holds.
std::string large() {
    std::string lines;
    while (lines.size() < 16U * 1024 * 1024)
        lines += "A line of the message, of which there are very many.\r\n";
    return lines;
}

// A server that may speak TLS, and a mailbox there.
struct Desk {
    explicit Desk(Way way, TestTls::Kind kind = TestTls::Kind::Good) : tls(kind, folder.path().toStdString()) {
        if (way != Way::Plain)
            server.useTls(tls.handshake(), way == Way::Implicit);
        server.offer("AUTH PLAIN");
        const TlsMode mode = way == Way::Plain ? TlsMode::None : way == Way::StartTls ? TlsMode::StartTls : TlsMode::Implicit;
        NetworkTimeouts timeouts;
        timeouts.connect = std::chrono::seconds(3);
        timeouts.response = std::chrono::seconds(1);
        timeouts.total = std::chrono::seconds(20);
        transport = std::make_unique<SmtpTransport>(
            ServerLogin{{"127.0.0.1", server.port(), mode},
                        way == Way::Plain ? AuthMethod::None : AuthMethod::Plain,
                        "ines",
                        tls.caFile()},
            []() -> Result<SecureBytes> { return SecureBytes(secretText); }, timeouts);
    }

    SendOutcome send(const std::string& id, const std::string& more = {}) {
        return transport->send(
            {"ines@nordwind.example", "t.ruehl@hafenwerk.example"},
            crlf("From: ines@nordwind.example\nSubject: Hi\nMessage-ID: <" + id + "@nordwind.example>\n\nHello.\n") + more,
            [this] {
                ++handOvers;
                return true;
            },
            progress);
    }

    // How often the server has taken that message.
    int taken(const std::string& id) const {
        int count = 0;
        for (const auto& mail : server.mails())
            count += mail.data.find("<" + id + "@") != std::string::npos ? 1 : 0;
        return count;
    }

    QTemporaryDir folder;
    TestTls tls;
    FaultSmtpServer server;
    std::unique_ptr<SmtpTransport> transport;
    Progress progress;
    int handOvers = 0;
};

} // namespace

// Every row is a server that fails in one way at one moment. What the transport says must be what can be known; and
// whatever it says, doing what the sender does with it (try again what was not sent or refused softly, never what is
// unknown or refused for good) must not have the server take a message twice.
class SmtpFaultsTest : public QObject {
    Q_OBJECT

    static void addRows(int messagesBefore) {
        QTest::addColumn<int>("way");
        QTest::addColumn<int>("cell");
        QTest::addColumn<int>("before");
        for (const auto& [way, wayName] : ways) {
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const Cell& cell = cells[i];
                if (messagesBefore > 0 && cell.kept == nullptr)
                    continue;
                if (way == Way::Implicit && cell.at == At::Connect) // that is the handshake, below
                    continue;
                // Each wait is a second or more, and TLS waits as TCP does: not everywhere once more.
                const bool waits = cell.action == Action::Stall || cell.pause >= 100;
                const bool tellsMost = cell.at == At::Answer && cell.action == Action::Stall;
                if (waits && !tellsMost && (way != Way::Plain || messagesBefore > 1))
                    continue;
                if (waits && way == Way::Implicit)
                    continue;
                QTest::addRow("%s: %s", wayName, cell.name) << int(way) << int(i) << messagesBefore;
            }
        }
    }

    void meet() {
        QFETCH(int, way);
        QFETCH(int, cell);
        QFETCH(int, before);
        const Cell& row = cells[std::size_t(cell)];
        const bool kept = before > 0;
        Desk desk{Way(way)};
        desk.server.add({.at = row.at,
                         .action = row.action,
                         .reply = row.reply,
                         .connection = 0,
                         .message = kept ? before : -1,
                         .times = 1,
                         .pause = std::chrono::milliseconds(row.pause)});
        for (int i = 0; i < before; ++i)
            QCOMPARE(text(name(desk.send("before" + std::to_string(i)).kind)), QStringLiteral("sent"));
        const std::string more = row.at == At::Body ? large() : std::string();
        const SendOutcome outcome = desk.send("this", more);
        QCOMPARE(text(name(outcome.kind)), QLatin1String(kept ? row.kept : row.fresh));
        const bool wentOver = kept && QLatin1String(row.kept) != QLatin1String(row.fresh); // to a new connection
        if (!wentOver) {
            QCOMPARE(text(name(outcome.stage)), QLatin1String(row.stage));
            if (*row.code != '\0')
                QCOMPARE(text(name(outcome.error.code)), QLatin1String(row.code));
            QCOMPARE(desk.server.connections(), 1);
        } else {
            QCOMPARE(desk.server.connections(), 2);
        }
        // Asked for when the server was ready for it, once; and never twice over two connections.
        const bool handed = outcome.kind == SendKind::Sent || row.at == At::Body || row.at == At::Answer;
        QCOMPARE(desk.handOvers, before + (handed ? 1 : 0));
        if (outcome.kind == SendKind::RefusedSoft || outcome.kind == SendKind::RefusedHard) {
            QCOMPARE(outcome.replyCode, QByteArray(row.reply).left(3).toInt());
            QVERIFY(outcome.answer.starts_with(std::string(row.reply).substr(0, 3)));
        }
        if (outcome.kind == SendKind::Sent)
            QCOMPARE(outcome.replyCode, 250);

        SendKind last = outcome.kind;
        for (int again = 0; again < 3 && (last == SendKind::NotSent || last == SendKind::RefusedSoft); ++again)
            last = desk.send("this", more).kind;
        const int taken = desk.taken("this");
        switch (last) {
        case SendKind::Sent:
            QCOMPARE(taken, 1);
            break;
        case SendKind::Unknown:
            QVERIFY(taken <= 1);
            break;
        case SendKind::RefusedHard:
            QCOMPARE(taken, 0);
            break;
        case SendKind::RefusedSoft:
        case SendKind::NotSent:
            QFAIL("it never left, although the server had recovered");
        }
        // The next one goes on whatever happened.
        QCOMPARE(text(name(desk.send("next").kind)), QStringLiteral("sent"));
        QCOMPARE(desk.taken("next"), 1);
        for (int i = 0; i < before; ++i)
            QCOMPARE(desk.taken("before" + std::to_string(i)), 1);
    }

private Q_SLOTS:
    void a_new_connection_meets_a_fault_data() { addRows(0); }
    void a_new_connection_meets_a_fault() { meet(); }
    void the_second_message_of_a_connection_meets_a_fault_data() { addRows(1); }
    void the_second_message_of_a_connection_meets_a_fault() { meet(); }
    void the_fifth_message_of_a_connection_meets_a_fault_data() { addRows(4); }
    void the_fifth_message_of_a_connection_meets_a_fault() { meet(); }

    void what_happens_before_the_sign_in_is_over_sends_nothing_and_no_secret_data() {
        QTest::addColumn<int>("way");
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("action");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("secret"); // whether it was given away
        const auto row = [](const char* name, Way way, At at, Action action, const char* reply, const char* stage,
                            const char* code, bool secret) {
            QTest::newRow(name) << int(way) << int(at) << int(action) << QByteArray(reply) << QString::fromLatin1(stage)
                                << QString::fromLatin1(code) << secret;
        };
        row("drop at STARTTLS", Way::StartTls, At::StartTls, Action::Drop, "", "tls", "connection_lost", false);
        row("reset at STARTTLS", Way::StartTls, At::StartTls, Action::Reset, "", "tls", "connection_lost", false);
        row("half-open at STARTTLS", Way::StartTls, At::StartTls, Action::HalfClose, "", "tls", "connection_lost", false);
        row("stall at STARTTLS", Way::StartTls, At::StartTls, Action::Stall, "", "tls", "timed_out", false);
        row("STARTTLS 454", Way::StartTls, At::StartTls, Action::Reply, "454 4.7.0 not now", "tls", "tls_failed", false);
        row("STARTTLS 502", Way::StartTls, At::StartTls, Action::Reply, "502 5.5.1 what", "tls", "tls_failed", false);
        row("drop in the handshake", Way::StartTls, At::Handshake, Action::Drop, "", "tls", "tls_failed", false);
        row("reset in the handshake", Way::StartTls, At::Handshake, Action::Reset, "", "tls", "tls_failed", false);
        row("half-open in the handshake", Way::StartTls, At::Handshake, Action::HalfClose, "", "tls", "tls_failed", false);
        row("stall in the handshake", Way::StartTls, At::Handshake, Action::Stall, "", "tls", "timed_out", false);
        row("no TLS after all", Way::StartTls, At::Handshake, Action::Reply, "250 no idea of TLS", "tls", "tls_failed", false);
        row("TLS, drop in the handshake", Way::Implicit, At::Handshake, Action::Drop, "", "connect", "tls_failed", false);
        row("TLS, reset in the handshake", Way::Implicit, At::Handshake, Action::Reset, "", "connect", "tls_failed", false);
        row("TLS, stall in the handshake", Way::Implicit, At::Handshake, Action::Stall, "", "connect", "timed_out", false);
        row("TLS, a plain greeting", Way::Implicit, At::Handshake, Action::Reply, "220 plain.example ESMTP", "connect",
            "tls_failed", false);
        row("drop at AUTH", Way::StartTls, At::Auth, Action::Drop, "", "sign_in", "connection_lost", true);
        row("reset at AUTH", Way::StartTls, At::Auth, Action::Reset, "", "sign_in", "connection_lost", true);
        row("half-open at AUTH", Way::StartTls, At::Auth, Action::HalfClose, "", "sign_in", "connection_lost", true);
        row("stall at AUTH", Way::StartTls, At::Auth, Action::Stall, "", "sign_in", "timed_out", true);
        row("AUTH 454", Way::StartTls, At::Auth, Action::Reply, "454 4.7.0 later", "sign_in", "refused_soft", true);
        row("AUTH 535", Way::StartTls, At::Auth, Action::Reply, "535 5.7.8 no", "sign_in", "auth_failed", true);
        row("AUTH 421", Way::StartTls, At::Auth, Action::ReplyDrop, "421 4.7.0 bye", "sign_in", "", true);
    }

    void what_happens_before_the_sign_in_is_over_sends_nothing_and_no_secret() {
        QFETCH(int, way);
        QFETCH(int, at);
        QFETCH(int, action);
        QFETCH(QByteArray, reply);
        QFETCH(QString, stage);
        QFETCH(QString, code);
        QFETCH(bool, secret);
        Desk desk{Way(way)};
        desk.server.add({.at = At(at), .action = Action(action), .reply = reply.toStdString(), .connection = 0});
        const SendOutcome outcome = desk.send("this");
        QCOMPARE(text(name(outcome.kind)), QStringLiteral("not_sent"));
        QCOMPARE(text(name(outcome.stage)), stage);
        if (!code.isEmpty())
            QCOMPARE(text(name(outcome.error.code)), code);
        QCOMPARE(desk.handOvers, 0);
        const auto commands = desk.server.commands();
        QCOMPARE(std::any_of(commands.begin(), commands.end(), [](const std::string& line) { return line.starts_with("AUTH"); }),
                 secret);
        QVERIFY(std::none_of(commands.begin(), commands.end(), [](const std::string& line) { return line.starts_with("MAIL"); }));
        QCOMPARE(text(name(desk.send("this").kind)), QStringLiteral("sent")); // the fault is over
        QCOMPARE(desk.taken("this"), 1);
    }

    void a_certificate_that_is_wrong_sends_nothing_and_no_secret_data() {
        QTest::addColumn<int>("way");
        QTest::addColumn<int>("kind");
        for (const auto& [way, wayName] : ways) {
            if (way == Way::Plain)
                continue;
            QTest::addRow("%s: expired", wayName) << int(way) << int(TestTls::Kind::Expired);
            QTest::addRow("%s: of another host", wayName) << int(way) << int(TestTls::Kind::OtherHost);
            QTest::addRow("%s: of nobody", wayName) << int(way) << int(TestTls::Kind::Unknown);
        }
    }

    void a_certificate_that_is_wrong_sends_nothing_and_no_secret() {
        QFETCH(int, way);
        QFETCH(int, kind);
        Desk desk{Way(way), TestTls::Kind(kind)};
        for (int again = 0; again < 2; ++again) {
            const SendOutcome outcome = desk.send("this");
            QCOMPARE(text(name(outcome.kind)), QStringLiteral("not_sent"));
            QCOMPARE(text(name(outcome.error.code)), QStringLiteral("certificate_invalid"));
        }
        QCOMPARE(desk.handOvers, 0);
        for (const std::string& command : desk.server.commands())
            QVERIFY2(command.starts_with("EHLO") || command == "STARTTLS", command.c_str());
    }

    // The old one had been forgotten while the computer slept, and the server's side is half open: it neither answers nor
    // resets. What has left nothing behind goes over a new connection.
    void a_connection_that_is_half_open_after_a_sleep_is_left() {
        Desk desk(Way::StartTls);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(text(name(desk.send("before" + std::to_string(i)).kind)), QStringLiteral("sent"));
        desk.server.add({.at = At::Mail, .action = Action::Stall, .connection = 0, .message = 3});
        QCOMPARE(text(name(desk.send("this").kind)), QStringLiteral("sent"));
        QCOMPARE(desk.server.connections(), 2);
        QCOMPARE(desk.taken("this"), 1);
        QCOMPARE(desk.handOvers, 4);
    }
};

OUTRIDER_TEST(SmtpFaultsTest)
#include "smtp_faults_test.moc"
