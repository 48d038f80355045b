// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/classify.h"
#include "core/inbound/reply_text.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

using namespace outrider::inbound;
using namespace outrider;

// What programs put below, above and around an answer, in the languages they speak.
class ReplyClientsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void only_the_answer_is_left_data() {
        QTest::addColumn<QByteArray>("below");
        const auto row = [](const char* tag, const char* below) { QTest::newRow(tag) << QByteArray(below); };
        // Outlook on the desktop, the web and phones
        row("Outlook en",
            "From: Mara Lindqvist <mara@harborline.example>\nSent: Thursday, November 19, 2026 10:12 AM\nTo: Tobias\nCc: Ida\n"
            "Subject: Dock delays\n\nHi Tobias,\nare you free?\n");
        row("Outlook en, importance", "From: Mara\nSent: Thursday\nTo: Tobias\nSubject: Dock delays\nImportance: High\n\nHi\n");
        row("Outlook de",
            "Von: Mara Lindqvist\nGesendet: Donnerstag, 19. November 2026 10:12\nAn: Tobias\nCc: Ida\nBetreff: Dock\n\nHallo\n");
        row("Outlook de, bold", "*Von:* Mara\n*Gesendet:* Donnerstag\n*An:* Tobias\n*Betreff:* Dock\n\nHallo\n");
        row("Outlook fr", "De : Mara Lindqvist <mara@harborline.example>\nEnvoyé : jeudi 19 novembre 2026 10:12\nÀ : "
                          "Tobias\nObjet : Quais\n\nBonjour\n");
        row("Outlook es",
            "De: Mara Lindqvist\nEnviado: jueves, 19 de noviembre de 2026 10:12\nPara: Tobias\nAsunto: Muelles\n\nHola\n");
        row("Outlook es, older",
            "De: Mara Lindqvist\nEnviado el: jueves, 19 de noviembre\nPara: Tobias\nAsunto: Muelles\n\nHola\n");
        row("Outlook it", "Da: Mara Lindqvist\nInviato: giovedì 19 novembre 2026 10:12\nA: Tobias\nOggetto: Banchine\n\nCiao\n");
        row("Outlook nl",
            "Van: Mara Lindqvist\nVerzonden: donderdag 19 november 2026 10:12\nAan: Tobias\nOnderwerp: Kades\n\nDag\n");
        row("Outlook pt", "De: Mara Lindqvist\nEnviado: 19 de novembro de 2026 10:12\nPara: Tobias\nAssunto: Cais\n\nOlá\n");
        row("Outlook br", "De: Mara Lindqvist\nEnviada em: quinta-feira, 19 de novembro\nPara: Tobias\nAssunto: Docas\n\nOi\n");
        row("Outlook pl", "Od: Mara Lindqvist\nWysłano: czwartek, 19 listopada 2026 10:12\nDo: Tobias\nTemat: Doki\n\nCześć\n");
        row("Outlook sv", "Från: Mara Lindqvist\nSkickat: den 19 november 2026 10:12\nTill: Tobias\nÄmne: Kajer\n\nHej\n");
        row("Outlook da", "Fra: Mara Lindqvist\nSendt: 19. november 2026 10:12\nTil: Tobias\nEmne: Kajer\n\nHej\n");
        row("Outlook web", "________________________________\nFrom: Mara\nSent: Thursday\nTo: Tobias\nSubject: Dock\n\nHi\n");
        row("Outlook phone", "Get Outlook for Android<https://aka.ms/x>\n________________________________\nFrom: Mara\nSent: "
                             "Thursday\nTo: Tobias\n"
                             "Subject: Dock\n\nHi\n");
        row("Outlook phone de",
            "Outlook für iOS<https://aka.ms/x> beziehen\n________________________________\nVon: Mara\nGesendet: Do\nAn: Tobias\n"
            "Betreff: Dock\n\nHallo\n");
        row("Outlook phone fr",
            "Télécharger Outlook pour iOS<https://aka.ms/x>\n________________________________\nDe : Mara\nEnvoyé : jeudi\nÀ : "
            "Tobias\nObjet : Quais\n\nBonjour\n");
        row("Outlook phone es",
            "Obtener Outlook para Android<https://aka.ms/x>\n________________________________\nDe: Mara\nEnviado: jueves\n"
            "Para: Tobias\nAsunto: Muelles\n\nHola\n");
        row("Windows mail", "Sent from Mail for Windows\n\nFrom: Mara\nSent: Thursday\nTo: Tobias\nSubject: Dock\n\nHi\n");
        row("Outlook 2003", "-----Original Message-----\nFrom: Mara\nSent: Thursday\n\nHi\n");
        row("Outlook 2003 fr", "-----Message d'origine-----\nDe : Mara\n\nBonjour\n");
        row("Outlook 2003 es", "-----Mensaje original-----\nDe: Mara\n\nHola\n");
        row("Outlook 2003 it", "-----Messaggio originale-----\nDa: Mara\n\nCiao\n");
        row("Outlook 2003 nl", "-----Oorspronkelijk bericht-----\nVan: Mara\n\nDag\n");
        row("Outlook 2003 pt", "-----Mensagem original-----\nDe: Mara\n\nOlá\n");
        row("Outlook 2003 sv", "-----Ursprungligt meddelande-----\nFrån: Mara\n\nHej\n");
        // Gmail
        row("Gmail sv", "Den tors 19 nov. 2026 kl 10:12 skrev Mara Lindqvist <mara@harborline.example>:\n\n> Hej\n");
        row("Gmail da", "tor. 19. nov. 2026 kl. 10.12 skrev Mara Lindqvist <mara@harborline.example>:\n\n> Hej\n");
        row("Gmail fi", "to 19. marrask. 2026 klo 10.12 Mara Lindqvist (mara@harborline.example) kirjoitti:\n\n> Hei\n");
        row("Gmail ru", "чт, 19 нояб. 2026 г. в 10:12, Mara Lindqvist <mara@harborline.example>:\n\n> Привет\n");
        row("Gmail without marks",
            "On Thu, Nov 19, 2026 at 10:12 AM Mara Lindqvist <mara@harborline.example> wrote:\n\nHi Tobias,\nfree?\n");
        row("Gmail forward",
            "---------- Forwarded message ---------\nFrom: Mara <mara@harborline.example>\nDate: Thu\nSubject: x\nTo: y\n\nHi\n");
        // Apple Mail
        row("Apple de", "> Am 19.11.2026 um 10:12 schrieb Mara Lindqvist <mara@harborline.example>:\n> \n> Hallo\n");
        row("Apple fr", "> Le 19 nov. 2026 à 10:12, Mara Lindqvist <mara@harborline.example> a écrit :\n> \n> Bonjour\n");
        row("Apple nl",
            "> Op 19 nov. 2026 om 10:12 heeft Mara Lindqvist <mara@harborline.example> het volgende geschreven:\n> Dag\n");
        row("Apple pl",
            "> Wiadomość napisana przez Mara Lindqvist <mara@harborline.example> w dniu 19 lis 2026, o godz. 10:12:\n> Cześć\n");
        row("Apple pl, unmarked",
            "Wiadomość napisana przez Mara Lindqvist <mara@harborline.example> w dniu 19 lis 2026, o godz. 10:12:\n\nCześć\n");
        row("Apple pt", "> Em 19 de nov. de 2026, à(s) 10:12, Mara Lindqvist <mara@harborline.example> escreveu:\n> Olá\n");
        // Thunderbird, Yahoo, others
        row("Thunderbird en", "On 11/19/26 10:12, Mara Lindqvist wrote:\n> Hi\n");
        row("Thunderbird, name only", "Mara Lindqvist wrote:\n> Hi\n");
        row("Thunderbird de, name only", "Mara Lindqvist schrieb:\n\n> Hallo\n");
        row("Thunderbird es", "El 19/11/26 a las 10:12, Mara Lindqvist escribió:\n> Hola\n");
        row("Thunderbird it", "Il 19/11/26 10:12, Mara Lindqvist ha scritto:\n> Ciao\n");
        row("Thunderbird pl", "W dniu 19.11.2026 o 10:12, Mara Lindqvist pisze:\n> Cześć\n");
        row("Thunderbird fr", "Le 19/11/2026 à 10:12, Mara Lindqvist a écrit :\n> Bonjour\n");
        row("Yahoo", "Yahoo Mail: Search, Organize, Conquer\n \n  On Thu, Nov 19, 2026 at 10:12 AM, Mara "
                     "Lindqvist<mara@harborline.example> wrote:   Hi Tobias,\nare you free?\n");
        row("Yahoo, web", "    On Thursday, November 19, 2026, 10:12:00 AM GMT+1, Mara Lindqvist <mara@harborline.example> "
                          "wrote:  \n\n Hi Tobias,\n");
        row("GMX", "Gesendet: Donnerstag, 19. November 2026 um 10:12 Uhr\nVon: \"Mara Lindqvist\" <mara@harborline.example>\nAn: "
                   "t@x.example\n"
                   "Betreff: Dock\n\nHallo\n");
        row("two attributions",
            "On 19 Nov 2026 at 11:00, Ida <ida@x.example> wrote:\n> Hi\n>> On 18 Nov, Mara wrote:\n>> Hello\n");
        // Devices
        for (const char* device : {"Sent from my iPhone",
                                   "Sent from my iPad",
                                   "Sent from my Galaxy",
                                   "Sent from my Samsung Galaxy smartphone.",
                                   "Sent from Outlook for iOS",
                                   "Sent from Yahoo Mail on Android",
                                   "Sent from Proton Mail for iOS",
                                   "Sent with BlackBerry Work",
                                   "Von meinem iPhone gesendet",
                                   "Von meinem iPad gesendet",
                                   "Gesendet mit der GMX Mail App",
                                   "Gesendet von Outlook für Android",
                                   "Diese Nachricht wurde von meinem Android-Gerät mit WEB.DE Mail gesendet.",
                                   "Envoyé de mon iPhone",
                                   "Envoyé depuis mon mobile Orange",
                                   "Envoyé à partir de Outlook pour iOS",
                                   "Enviado desde mi iPhone",
                                   "Enviado do meu iPhone",
                                   "Inviato da iPhone",
                                   "Inviato dal mio Galaxy",
                                   "Verstuurd vanaf mijn iPhone",
                                   "Verzonden vanaf Outlook voor Android",
                                   "Wysłane z iPhone’a",
                                   "Skickat från min iPhone",
                                   "Sendt fra min iPhone"})
            row(device, device);
        // Signatures and lawyers
        row("delimiter", "-- \nTobias Rühl\nHead of Operations\n");
        row("notice en", "This e-mail and any attachments are confidential and intended solely for the addressee. If you are not "
                         "the intended\n"
                         "recipient, please delete it.\n");
        row("notice de", "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, löschen "
                         "Sie sie bitte.\n");
        row("notice fr",
            "Ce message et ses pièces jointes sont confidentiels et établis à l'intention exclusive de leur destinataire.\n");
        row("notice es", "Este mensaje y sus adjuntos son confidenciales y se dirigen exclusivamente a su destinatario.\n");
        row("notice it", "Questo messaggio e i suoi allegati sono riservati ed indirizzati esclusivamente ai destinatari.\n");
        row("notice nl", "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.\n");
        row("notice pt", "Esta mensagem e seus anexos são confidenciais e destinam-se apenas ao seu destinatário.\n");
        row("notice pl", "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata.\n");
        row("trees", "Please consider the environment before printing this e-mail.\n");
        row("card", "Tobias Rühl\nHead of Operations\nOstsee Kühlhaus AG\nTel. +49 381 5550 120\nwww.ostsee.example\n");
        row("notice and history",
            "This e-mail is confidential and may be privileged; see our terms.\n\nFrom: Mara\nSent: Thursday\nTo: Tobias\n"
            "Subject: Dock\n\nHi\n");
    }

    void only_the_answer_is_left() {
        QFETCH(QByteArray, below);
        const ReplyText reply = replyText("Thursday suits me.\n\n" + below.toStdString());
        QCOMPARE(reply.text, std::string("Thursday suits me."));
        QVERIFY(!reply.isWhole);
    }

    void a_warning_above_is_left_out() {
        QCOMPARE(replyText("CAUTION: This email originated from outside of the organization.\n\nThursday suits me.\n").text,
                 std::string("Thursday suits me."));
    }

    void an_answer_is_never_trimmed_away_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("kept");
        const auto row = [](const char* text, const char* kept) { QTest::newRow(text) << QByteArray(text) << QByteArray(kept); };
        row("I looked at what you wrote on page 3:\n\nThe price is missing.", "The price is missing.");
        row("Sent from Hamburg yesterday, it should be with you.\nRegards, Tobias", "Sent from Hamburg");
        row("Call me:\n\n+49 381 5550 120\nor write to ida@x.example\nor come by", "ida@x.example");
        row("> Are you free on Thursday? YES\n> And Ida? NO", "YES");
        row("On 19 Nov 2026 at 10:12, Mara <mara@x.example> wrote:\n\nAre you free?\n\nYes I am.", "Yes I am.");
        row("From: Mara\nSent: Thursday\nTo: Tobias\nSubject: Dock\n\nAre you free?\n\nYes I am.", "Yes I am.");
        row("-- \nYes.", "Yes.");
        row("Sent from my iPhone", "Sent from my iPhone");
        row("This message is confidential: we sign on Thursday with the other vendor.", "we sign");
    }

    void an_answer_is_never_trimmed_away() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, kept);
        const ReplyText reply = replyText(text.toStdString());
        QVERIFY2(reply.text.find(kept.toStdString()) != std::string::npos, reply.text.c_str());
    }

    void what_is_shown_whole_is_not_judged() {
        // Our own way out stands in what is quoted; the person has asked for nothing.
        const std::string mail = test::crlf(
            "From: t@x.example\nTo: mara@harborline.example\nSubject: Re: Dock\nIn-Reply-To: <m1@harborline.example>\n\n"
            "> Please unsubscribe me\n> if you want no more mail.\n");
        QVERIFY(classify(transport::parse(mail)).messageClass == MessageClass::Reply);
    }
};

OUTRIDER_TEST(ReplyClientsTest)
#include "reply_clients_test.moc"
