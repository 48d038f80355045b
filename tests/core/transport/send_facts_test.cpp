// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/send_facts.h"
#include "support/test_registry.h"

#include <curl/curl.h>

using namespace outrider;
using namespace outrider::transport;

Q_DECLARE_METATYPE(outrider::transport::SendFacts)

namespace {

SendFacts facts(CURLcode code, SendStage stage, int reply) {
    SendFacts made;
    made.curlCode = code;
    made.stage = stage;
    made.reply = reply;
    return made;
}

// libcurl asked for the message, and perhaps had all of it.
SendFacts handedOver(CURLcode code, int reply, bool finished, bool answered) {
    SendFacts made = facts(code, finished ? SendStage::Answer : SendStage::Content, reply);
    made.started = true;
    made.finished = finished;
    made.answered = answered;
    return made;
}

} // namespace

class SendFactsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void what_was_seen_decides_what_is_known_data() {
        QTest::addColumn<SendFacts>("seen");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* name, const SendFacts& seen, const char* kind) {
            QTest::newRow(name) << seen << QString::fromLatin1(kind);
        };
        using enum SendStage;
        row("no connection", facts(CURLE_COULDNT_CONNECT, Connect, 0), "not_sent");
        row("drop before the greeting", facts(CURLE_RECV_ERROR, Connect, 0), "not_sent");
        row("greeting 554", facts(CURLE_WEIRD_SERVER_REPLY, Connect, 554), "not_sent");
        row("greeting 421", facts(CURLE_WEIRD_SERVER_REPLY, Connect, 421), "not_sent");
        row("drop at EHLO", facts(CURLE_RECV_ERROR, Connect, 220), "not_sent");
        row("STARTTLS 454", facts(CURLE_USE_SSL_FAILED, Tls, 454), "not_sent");
        row("certificate", facts(CURLE_PEER_FAILED_VERIFICATION, Tls, 220), "not_sent");
        row("AUTH 535", facts(CURLE_LOGIN_DENIED, SignIn, 535), "not_sent");
        row("AUTH 454", facts(CURLE_LOGIN_DENIED, SignIn, 454), "not_sent");
        row("drop at MAIL", facts(CURLE_RECV_ERROR, Sender, 250), "not_sent");
        row("MAIL 452", facts(CURLE_SEND_ERROR, Sender, 452), "refused_soft");
        row("MAIL 553", facts(CURLE_SEND_ERROR, Sender, 553), "refused_hard");
        row("drop at RCPT", facts(CURLE_RECV_ERROR, Recipient, 250), "not_sent");
        row("RCPT 450", facts(CURLE_SEND_ERROR, Recipient, 450), "refused_soft");
        row("RCPT 421", facts(CURLE_SEND_ERROR, Recipient, 421), "refused_soft");
        row("RCPT 550", facts(CURLE_SEND_ERROR, Recipient, 550), "refused_hard");
        row("drop at DATA", facts(CURLE_RECV_ERROR, Content, 250), "not_sent");
        row("DATA 451", facts(CURLE_SEND_ERROR, Content, 451), "refused_soft");
        row("DATA 554", facts(CURLE_SEND_ERROR, Content, 554), "refused_hard");
        row("stall at RCPT", facts(CURLE_OPERATION_TIMEDOUT, Recipient, 250), "not_sent");
        row("cancelled", facts(CURLE_ABORTED_BY_CALLBACK, Recipient, 250), "not_sent");

        SendFacts heldBack = handedOver(CURLE_ABORTED_BY_CALLBACK, 354, false, false);
        heldBack.heldBack = true;
        row("held back by the caller", heldBack, "not_sent");
        row("drop in the middle", handedOver(CURLE_SEND_ERROR, 354, false, false), "not_sent");
        row("stall in the middle", handedOver(CURLE_OPERATION_TIMEDOUT, 354, false, false), "not_sent");

        row("drop after the dot", handedOver(CURLE_RECV_ERROR, 354, true, false), "unknown");
        row("stall after the dot", handedOver(CURLE_OPERATION_TIMEDOUT, 354, true, false), "unknown");
        row("given up after the dot", handedOver(CURLE_ABORTED_BY_CALLBACK, 354, true, false), "unknown");
        row("send error after the dot", handedOver(CURLE_SEND_ERROR, 354, true, false), "unknown");
        row("answer 421", handedOver(CURLE_WEIRD_SERVER_REPLY, 421, true, true), "refused_soft");
        row("answer 450", handedOver(CURLE_WEIRD_SERVER_REPLY, 450, true, true), "refused_soft");
        row("answer 500", handedOver(CURLE_WEIRD_SERVER_REPLY, 500, true, true), "refused_hard");
        row("answer 554", handedOver(CURLE_WEIRD_SERVER_REPLY, 554, true, true), "refused_hard");
        row("answer 250", handedOver(CURLE_OK, 250, true, true), "sent");
        row("answer 252, which libcurl takes for an error", handedOver(CURLE_WEIRD_SERVER_REPLY, 252, true, true), "sent");
        row("answer 250, then a lost connection", handedOver(CURLE_RECV_ERROR, 250, true, true), "sent");
        row("answer 354 again", handedOver(CURLE_WEIRD_SERVER_REPLY, 354, true, true), "unknown");
        row("answer 199", handedOver(CURLE_WEIRD_SERVER_REPLY, 199, true, true), "unknown");
    }

    void what_was_seen_decides_what_is_known() {
        QFETCH(SendFacts, seen);
        QFETCH(QString, kind);
        QCOMPARE(QString::fromStdString(std::string(name(kindOf(seen)))), kind);
    }

    // Whatever the library says: no state in which something may have been taken allows another try.
    void a_message_that_may_have_been_taken_is_never_tried_again() {
        for (int code = 0; code < CURL_LAST; ++code) {
            for (const int reply : {0, 220, 250, 354, 421, 450, 550}) {
                for (const bool finished : {false, true}) {
                    SendFacts seen = handedOver(static_cast<CURLcode>(code), reply, finished, false);
                    seen.reused = true;
                    QVERIFY(!mayReconnect(seen));
                    if (finished && code != CURLE_OK)
                        QVERIFY(kindOf(seen) == SendKind::Unknown);
                }
            }
        }
    }

    void only_a_connection_that_idled_is_opened_again_data() {
        QTest::addColumn<SendFacts>("seen");
        QTest::addColumn<bool>("again");
        const auto row = [](const char* name, SendFacts seen, bool reused, bool again) {
            seen.reused = reused;
            QTest::newRow(name) << seen << again;
        };
        using enum SendStage;
        row("lost", facts(CURLE_RECV_ERROR, Sender, 0), true, true);
        row("lost, new connection", facts(CURLE_RECV_ERROR, Sender, 0), false, false);
        row("421", facts(CURLE_SEND_ERROR, Sender, 421), true, true);
        row("421 at RCPT", facts(CURLE_SEND_ERROR, Recipient, 421), true, true);
        row("421, new connection", facts(CURLE_SEND_ERROR, Sender, 421), false, false);
        row("too many messages", facts(CURLE_SEND_ERROR, Sender, 452), true, true);
        row("silent after sleep", facts(CURLE_OPERATION_TIMEDOUT, Sender, 0), true, true);
        row("RCPT 450", facts(CURLE_SEND_ERROR, Recipient, 450), true, false);
        row("RCPT 550", facts(CURLE_SEND_ERROR, Recipient, 550), true, false);
        row("MAIL 553", facts(CURLE_SEND_ERROR, Sender, 553), true, false);
        row("cancelled", facts(CURLE_ABORTED_BY_CALLBACK, Sender, 0), true, false);
        row("certificate", facts(CURLE_PEER_FAILED_VERIFICATION, Tls, 220), true, false);
    }

    void only_a_connection_that_idled_is_opened_again() {
        QFETCH(SendFacts, seen);
        QFETCH(bool, again);
        QCOMPARE(mayReconnect(seen), again);
    }
};

OUTRIDER_TEST(SendFactsTest)
#include "send_facts_test.moc"
