// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/reply_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider::inbound;

class ReplyTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_conversation_before_is_left_out_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("quoted");
        const QByteArray said = "Thursday suits me.\n\n";
        const auto row = [&](const char* tag, const char* history, int quoted) {
            QTest::newRow(tag) << said + history << quoted;
        };
        row("Gmail",
            "On Thu, Nov 19, 2026 at 10:12 AM Mara Lindqvist <mara@harborline.example>\nwrote:\n\n> Hi Tobias,\n> are you "
            "free?\n",
            4);
        row("Gmail German", "Am Do., 19. Nov. 2026 um 10:12 Uhr schrieb Mara Lindqvist <\nmara@harborline.example>:\n\n> Hallo\n",
            3);
        row("Apple", "> On 19. Nov 2026, at 10:12, Mara Lindqvist <mara@harborline.example> wrote:\n> \n> Hi\n", 3);
        row("Apple, unmarked",
            "On 19. Nov 2026, at 10:12, Mara Lindqvist <mara@harborline.example> wrote:\n\nHi Tobias,\nare you free?\n", 3);
        row("Thunderbird", "Am 19.11.26 um 10:12 schrieb Mara Lindqvist:\n> Hallo\n> Tobias\n", 3);
        row("French", "Le jeu. 19 nov. 2026 à 10:12, Mara Lindqvist <mara@harborline.example> a écrit :\n\n> Bonjour\n", 2);
        row("Spanish", "El jue, 19 nov 2026 a las 10:12, Mara Lindqvist (<mara@harborline.example>) escribió:\n> Hola\n", 2);
        row("Italian", "Il giorno gio 19 nov 2026 alle ore 10:12 Mara Lindqvist <mara@harborline.example> ha scritto:\n> Ciao\n",
            2);
        row("Dutch", "Op do 19 nov. 2026 om 10:12 schreef Mara Lindqvist <mara@harborline.example>:\n> Dag\n", 2);
        row("Portuguese", "Em qui., 19 de nov. de 2026 às 10:12, Mara Lindqvist <mara@harborline.example> escreveu:\n> Olá\n", 2);
        row("Polish", "czw., 19 lis 2026 o 10:12 Mara Lindqvist <mara@harborline.example> napisał(a):\n> Cześć\n", 2);
        row("Japanese", "2026年11月19日(木) 10:12 Mara Lindqvist <mara@harborline.example>:\n\n> こんにちは\n", 2);
        row("Outlook",
            "________________________________\nFrom: Mara Lindqvist <mara@harborline.example>\nSent: Thursday, November 19, 2026 "
            "10:12\n"
            "To: Tobias\nSubject: Dock delays\n\nHi Tobias\n",
            6);
        row("Outlook German",
            "Von: Mara Lindqvist <mara@harborline.example>\nGesendet: Donnerstag, 19. November 2026 10:12\nAn: Tobias\nBetreff: "
            "Dock "
            "delays\n\nHallo\n",
            5);
        row("Outlook, bold", "*From:* Mara Lindqvist\n*Sent:* Thursday\n*To:* Tobias\n*Subject:* Dock delays\n\nHi\n", 5);
        row("Outlook, old", "-----Original Message-----\nFrom: Mara\n\nHi\n", 3);
        row("Outlook, old German", "-----Ursprüngliche Nachricht-----\nVon: Mara\n\nHallo\n", 3);
        row("signature", "-- \nTobias Rühl\nOstsee Kühlhaus AG\n", 0);
        row("phone", "Sent from my iPhone\n", 0);
        row("phone German", "Von meinem iPhone gesendet\n\n> Am 19.11.2026 um 10:12 schrieb Mara:\n> Hallo\n", 2);
        row("app",
            "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Mara\nSent: now\nTo: me\n\nHi\n",
            5);
        row("nothing more", "", 0);
    }

    void the_conversation_before_is_left_out() {
        QFETCH(QByteArray, text);
        QFETCH(int, quoted);
        const ReplyText reply = replyText(text.toStdString());
        QCOMPARE(reply.text, std::string("Thursday suits me."));
        QCOMPARE(reply.quotedLines, quoted);
    }

    void what_is_written_below_or_between_is_kept() {
        const auto reply = replyText("On 19 Nov 2026, Mara wrote:\n> Are you free on Thursday?\n\nYes, at 14:00.\n\n> And "
                                     "Ida?\n\nShe too.\n-- \nTobias\n");
        QCOMPARE(reply.text, std::string("Yes, at 14:00.\n\nShe too."));
        QCOMPARE(reply.quotedLines, 3);
        QCOMPARE(replyText("Yes.\n-- \nTobias\n\n> And Ida?\n\nShe too.\n").text, std::string("Yes.\n\nShe too."));
    }

    void a_companys_card_below_the_greeting_is_left_out() {
        QCOMPARE(replyText("Call me.\n\nBest regards\nTobias Rühl\n\nHead of Operations\nOstsee Kühlhaus AG\nT +49 381 5550 "
                           "120\nwww.ostsee.example\n")
                     .text,
                 std::string("Call me.\n\nBest regards\nTobias Rühl"));
        // A question below the greeting is not.
        QVERIFY(replyText("Call me.\n\nBest regards\nTobias\n\nPS: +49 381 5550 120, or Ida?\n").text.find("Ida")
                != std::string::npos);
    }

    void ordinary_sentences_are_not_taken_for_quotations_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"On Thursday the port authority wrote to us:\nno more slots.", "From: our side it is fine.\nTo: be honest, yes.",
              "Here is what I need:\n1. a price\n2. a date", "Mara wrote a nice mail.", "a -- b\n\nc", "--\nTobias"})
            QTest::newRow(text) << QByteArray(text);
    }

    void ordinary_sentences_are_not_taken_for_quotations() {
        QFETCH(QByteArray, text);
        const ReplyText reply = replyText(text.toStdString());
        QCOMPARE(reply.quotedLines, 0);
        QVERIFY(!reply.text.empty());
    }

    void it_takes_nothing_twice_and_invents_nothing() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "yes\n", "\n", "> a\n", "-- \n", "On 1 x wrote:\n", "From: a\nSent: b\nTo: c\n", "________\n",
                "Sent from my phone\n", "Best regards\n", "+49 381 5550 120\n", "\xff", "é"));
            std::string text;
            for (const auto& piece : pieces)
                text += piece;
            const ReplyText once = replyText(text);
            RC_ASSERT(once.text.size() <= text.size());
            RC_ASSERT(once.quotedLines >= 0);
        });
    }
};

OUTRIDER_TEST(ReplyTextTest)
#include "reply_text_test.moc"
