// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/classify.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::inbound;
using outrider::test::crlf;

namespace {

// Written on Thursday, 19 November 2026.
Classification judge(const std::string& subject, const std::string& text, const std::string& headers = {}) {
    return classify(
        transport::parse(crlf("From: Tobias <t.ruehl@ostsee-kuehlhaus.example>\nTo: mara@harborline.example\nSubject: " + subject
                              + "\nDate: Thu, 19 Nov 2026 10:12:00 +0100\nMessage-ID: <r1@ostsee-kuehlhaus.example>\n"
                                "In-Reply-To: <m1@harborline.example>\n"
                              + headers + "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n")));
}

std::string asText(const std::optional<std::chrono::sys_days>& day) { return day ? toIsoDate(*day) : std::string("none"); }

} // namespace

// Machines answer in eight languages: who is away and until when, who has gone, and what is a person after all.
class AutoReplyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_day_of_return_is_read_in_eight_languages_data() {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("back");
        int number = 0;
        const auto rows = [&](const char* language, const char* subject, std::vector<std::pair<const char*, const char*>> texts) {
            for (const auto& [text, back] : texts)
                QTest::newRow((std::string(language) + ' ' + std::to_string(++number) + ' ' + text).substr(0, 70).c_str())
                    << QByteArray(subject) << QByteArray(text) << QByteArray(back);
        };
        rows("en", "Automatic reply: Dock delays",
             {{"I am out of the office until Monday, November 30th. For urgent matters call the desk.", "2026-11-30"},
              {"I'm on vacation from Nov 20 to Dec 4 with limited access to email.", "2026-12-04"},
              {"Thank you for your email. I will be back in the office next Monday.", "2026-11-23"},
              {"I'm away this week and back next week.", "2026-11-23"},
              {"I am out of office and will return on the 1st of December 2026.", "2026-12-01"},
              {"On leave December 21 - January 4. Happy holidays!", "2027-01-04"},
              {"I am out of the office and return on Monday 30th.", "2026-11-30"},
              {"I'll be back in two weeks.", "2026-12-03"},
              {"I am on annual leave between 23 November and 2 December.", "2026-12-02"},
              {"Out until 11/30. Ask Ida in the meantime and she will help.", "2026-11-30"},
              {"I am currently out of the office. I will be returning 05-Jan-2027.", "2027-01-05"},
              {"I will be travelling November 23–27 and will have no access to mail.", "2026-11-27"},
              {"I am on parental leave until further notice.", "none"},
              {"I am out of the office with no access to email. Call 0431 123456 ext. 12.", "none"},
              {"Our office is closed from 24 December and reopens on 4 January.", "2027-01-04"},
              {"I am out sick today and expect to be back tomorrow.", "2026-11-20"},
              {"I'm away until after the holidays, back on January 7.", "2027-01-07"}});
        rows("de", "Automatische Antwort: Dock delays",
             {{"Ich bin vom 23. bis 27. November nicht im Büro.", "2026-11-27"},
              {"Ich bin bis zum 4. Dezember 2026 im Urlaub. In dringenden Fällen wenden Sie sich an meine Vertretung.",
               "2026-12-04"},
              {"Vielen Dank für Ihre Nachricht. Ab Montag, den 30.11. bin ich wieder erreichbar.", "2026-11-30"},
              {"Ich bin am 1.12.2026 wieder im Haus.", "2026-12-01"},
              {"Ich bin ab dem 07.12.2026 wieder für Sie da. Ihre E-Mail wird nicht weitergeleitet.", "2026-12-07"},
              {"Bin bis einschließlich Freitag, 27.11.2026 abwesend.", "2026-11-28"},
              {"Ich bin nächste Woche wieder im Büro.", "2026-11-23"},
              {"Unser Betrieb ist vom 23.12.2026 bis 03.01.2027 geschlossen.", "2027-01-03"},
              {"Ich befinde mich in Elternzeit bis auf Weiteres.", "none"},
              {"Abwesend bis 05.01", "2027-01-05"},
              {"Ich bin in 10 Tagen wieder erreichbar.", "2026-11-29"},
              {"Ich bin 01.12. - 11.12. auf Dienstreise.", "2026-12-11"}});
        rows("fr", "Réponse automatique : Dock delays",
             {{"Je suis absent du bureau jusqu'au lundi 30 novembre inclus.", "2026-12-01"},
              {"Je suis en congés du 23 novembre au 4 décembre. En cas d'urgence, contactez Ida.", "2026-12-04"},
              {"Je serai de retour le 1er décembre.", "2026-12-01"},
              {"Absente ce jour, je serai de retour lundi prochain.", "2026-11-23"},
              {"Je suis en déplacement et serai de nouveau joignable à partir du 26/11/2026.", "2026-11-26"},
              {"Je suis en congé maternité pour une durée indéterminée.", "none"},
              {"Nos bureaux sont fermés et rouvriront le 4 janvier 2027.", "2027-01-04"},
              {"Retour prévu le 05/01/2027.", "2027-01-05"},
              {"Je suis absent entre le 23 et le 27 novembre.", "2026-11-27"},
              {"Je reviens la semaine prochaine.", "2026-11-23"}});
        rows("es", "Respuesta automática: Dock delays",
             {{"Estaré fuera de la oficina hasta el 30 de noviembre.", "2026-11-30"},
              {"Estoy de vacaciones del 23 de noviembre al 4 de diciembre de 2026.", "2026-12-04"},
              {"Me reincorporo el lunes 30 de noviembre.", "2026-11-30"},
              {"Volveré el próximo lunes.", "2026-11-23"},
              {"Estoy ausente, regreso el 1/12/2026.", "2026-12-01"},
              {"Estoy de baja por tiempo indefinido.", "none"},
              {"Vuelvo a la oficina la semana que viene, estoy de viaje y regreso la próxima semana.", "2026-11-23"},
              {"Estaré ausente desde el 20/11 hasta el 25/11 ambos incluidos.", "2026-11-25"},
              {"Nuestra oficina permanecerá cerrada y reabrimos el 7 de enero.", "2027-01-07"}});
        rows("it", "Risposta automatica: Dock delays",
             {{"Sono fuori ufficio fino al 30 novembre compreso.", "2026-12-01"},
              {"Sono in ferie dal 23 novembre al 4 dicembre 2026.", "2026-12-04"},
              {"Rientrerò lunedì 30 novembre.", "2026-11-30"},
              {"Sarò di nuovo in ufficio a partire dal 01/12/2026; rientro il 01/12/2026.", "2026-12-01"},
              {"Assente per malattia fino a nuova comunicazione.", "none"},
              {"Sono in trasferta, torno la prossima settimana.", "2026-11-23"},
              {"Gli uffici sono chiusi, riapriremo il 7 gennaio.", "2027-01-07"},
              {"Sono assente tra il 23 e il 27 novembre.", "2026-11-27"}});
        rows("nl", "Automatisch antwoord: Dock delays",
             {{"Ik ben afwezig tot en met 27 november.", "2026-11-27"},
              {"Ik ben met vakantie van 23 november t/m 4 december.", "2026-12-05"},
              {"Vanaf maandag 30 november ben ik weer bereikbaar.", "2026-11-30"},
              {"Ik ben op 1 december 2026 weer op kantoor.", "2026-12-01"},
              {"Ik ben tot 25-11-2026 niet op kantoor.", "2026-11-25"},
              {"Ik ben volgende week weer terug.", "2026-11-23"},
              {"Ik ben met zwangerschapsverlof tot nader order.", "none"}});
        rows("pt", "Resposta automática: Dock delays",
             {{"Estarei ausente do escritório até 30 de novembro.", "2026-11-30"},
              {"Estou de férias de 23 de novembro a 4 de dezembro; regresso no dia 7 de dezembro.", "2026-12-07"},
              {"Retornarei na segunda-feira, 30 de novembro.", "2026-11-30"},
              {"Estou fora do escritório e volto no dia 01/12/2026.", "2026-12-01"},
              {"Estarei de volta na próxima semana, volto na próxima semana.", "2026-11-23"},
              {"Estou de licença por tempo indeterminado.", "none"}});
        rows("pl", "Odpowiedź automatyczna: Dock delays",
             {{"Przebywam na urlopie do 30 listopada 2026 r.", "2026-11-30"},
              {"Jestem nieobecny od 23 do 27 listopada. Wracam w poniedziałek 30 listopada.", "2026-11-30"},
              {"Będę dostępna od 1 grudnia.", "2026-12-01"},
              {"Wracam do biura 07.12.2026.", "2026-12-07"},
              {"Jestem poza biurem do odwołania.", "none"},
              {"Nieobecna w biurze 23.11-27.11.", "2026-11-27"},
              {"Wracam w przyszłym tygodniu.", "2026-11-23"}});
    }

    void the_day_of_return_is_read_in_eight_languages() {
        QFETCH(QByteArray, subject);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, back);
        const auto mail = judge(subject.toStdString(), text.toStdString(), "Auto-Submitted: auto-replied\n");
        QVERIFY(mail.messageClass == MessageClass::AutoReply);
        QCOMPARE(mail.reason, std::string("away"));
        QCOMPARE(asText(mail.returnDate), back.toStdString());
    }

    void what_a_machine_means_is_told_apart_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("contact");
        const auto row = [](const char* text, const char* reason, const char* contact = "") {
            QTest::newRow(QByteArray(text).left(70).constData()) << QByteArray(text) << QByteArray(reason) << QByteArray(contact);
        };
        row("Tobias Rühl is no longer with Ostsee Kühlhaus. Please contact Ida Holm (i.holm@ostsee-kuehlhaus.example).", "left",
            "i.holm@ostsee-kuehlhaus.example");
        row("I have left the company as of 31 October. Please write to sales@ostsee-kuehlhaus.example.", "left",
            "sales@ostsee-kuehlhaus.example");
        row("My last day was 30 October 2026. Thank you for the great years!", "left");
        row("Herr Rühl ist nicht mehr im Unternehmen tätig. Bitte wenden Sie sich an i.holm@ostsee-kuehlhaus.example.", "left",
            "i.holm@ostsee-kuehlhaus.example");
        row("Ich bin aus dem Unternehmen ausgeschieden. Ihre Mail wird nicht weitergeleitet.", "left");
        row("Monsieur Rühl ne fait plus partie de la société. Merci de contacter i.holm@ostsee-kuehlhaus.example.", "left",
            "i.holm@ostsee-kuehlhaus.example");
        row("J'ai quitté l'entreprise.", "left");
        row("Tobias ya no trabaja en esta empresa. Escriba a i.holm@ostsee-kuehlhaus.example", "left",
            "i.holm@ostsee-kuehlhaus.example");
        row("Tobias Rühl non lavora più per noi.", "left");
        row("Tobias is niet meer werkzaam bij ons bedrijf. Neem contact op met i.holm@ostsee-kuehlhaus.example.", "left",
            "i.holm@ostsee-kuehlhaus.example");
        row("O Tobias já não trabalha na empresa.", "left");
        row("Tobias Rühl não faz mais parte da nossa equipe.", "left");
        row("Pan Rühl już nie pracuje w naszej firmie.", "left");
        row("Please note that this mailbox is no longer monitored.", "unmonitored");
        row("Dieses Postfach wird nicht überwacht.", "unmonitored");
        row("Cette adresse n'est plus utilisée, merci d'écrire à contact@ostsee-kuehlhaus.example.", "unmonitored",
            "contact@ostsee-kuehlhaus.example");
        row("Esta dirección ya no se utiliza.", "unmonitored");
        row("Questa casella non è monitorata.", "unmonitored");
        row("Deze mailbox wordt niet gelezen.", "unmonitored");
        row("Este endereço não é monitorado.", "unmonitored");
        row("Ta skrzynka nie jest monitorowana.", "unmonitored");
        row("Thank you for contacting us. Your request has been received and a ticket has been created (4711).", "acknowledged");
        row("Wir haben Ihre Nachricht erhalten und melden uns in Kürze.", "acknowledged");
        row("Nous avons bien reçu votre demande.", "acknowledged");
        row("Hemos recibido su mensaje.", "acknowledged");
        row("Abbiamo ricevuto la sua richiesta.", "acknowledged");
        row("Wij hebben uw bericht in goede orde ontvangen.", "acknowledged");
        row("Recebemos a sua mensagem.", "acknowledged");
        row("Otrzymaliśmy Państwa wiadomość.", "acknowledged");
        row("I am on leave until 4 December, please ask i.holm@ostsee-kuehlhaus.example.", "away",
            "i.holm@ostsee-kuehlhaus.example");
    }

    void what_a_machine_means_is_told_apart() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, contact);
        const auto mail = judge("Automatic reply: Dock delays", text.toStdString(), "Auto-Submitted: auto-replied\n");
        QVERIFY(mail.messageClass == MessageClass::AutoReply);
        QCOMPARE(mail.reason, reason.toStdString());
        QCOMPARE(mail.contact, contact.toStdString());
        QVERIFY(!mail.rule.empty() && !mail.evidence.empty());
        if (reason != "away")
            QVERIFY(!mail.returnDate);
    }

    void a_ticket_system_without_a_header_is_a_machine_data() {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* subject, const char* text) {
            QTest::newRow(subject) << QByteArray(subject) << QByteArray(text);
        };
        row("[Ticket#2026111910000421] Dock delays",
            "Dear customer,\nthank you for contacting us. We have received your request and will respond within two days.");
        row("Dock delays [#4711]", "Your request has been received. A member of our team will look into it.");
        row("Ihre Anfrage 20261119-77 ist bei uns eingegangen", "Guten Tag,\nIhre Anfrage ist bei uns eingegangen. Bitte "
                                                                "antworten Sie nicht auf diese E-Mail. Werktags 9 bis 17 Uhr.");
        row("Accusé de réception", "Bonjour,\nnous avons bien reçu votre message. Merci de ne pas répondre à cet e-mail.");
        row("Confirmación", "Hemos recibido su consulta. Por favor, no responda a este mensaje automático.");
        row("Conferma di ricezione", "La sua richiesta è stata presa in carico. Si prega di non rispondere.");
        row("Ontvangstbevestiging", "Wij hebben uw bericht ontvangen en reageren binnen twee werkdagen.");
        row("Protocolo 123456", "Recebemos sua mensagem. Por favor não responda a este e-mail.");
        row("Potwierdzenie", "Otrzymaliśmy Twoje zgłoszenie. Prosimy nie odpowiadać na tę wiadomość.");
    }

    void a_ticket_system_without_a_header_is_a_machine() {
        QFETCH(QByteArray, subject);
        QFETCH(QByteArray, text);
        const auto mail = judge(subject.toStdString(), text.toStdString());
        QVERIFY(mail.messageClass == MessageClass::AutoReply);
        QCOMPARE(mail.reason, std::string("acknowledged"));
    }

    void a_person_is_no_machine_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"Thanks for your message, Thursday at 10 works for me.",
              "Thank you, we have received your offer and will decide in May.",
              "Danke für Ihre Nachricht! Ich melde mich nächste Woche.",
              "Vielen Dank, ich bin bis Freitag im Urlaub, danach gern.", "Merci pour votre message, appelez-moi demain.",
              "Merci, je suis absent lundi mais mardi ça va.", "Gracias por su mensaje. ¿Podemos hablar el jueves?",
              "Grazie per il messaggio, sentiamoci dopo le ferie.", "Bedankt voor uw bericht, ik ben morgen bereikbaar.",
              "Obrigado pela sua mensagem, pode ligar amanhã.", "Dziękuję za wiadomość, proszę zadzwonić jutro.",
              "Tobias no longer works here, I have taken over from him. What is it about?",
              "Please contact my colleague Ida, she does the gates.", "I'm back in the office on Monday, let's talk then!",
              "Could you send me your ticket prices? We have received your flyer.",
              "Sorry for the late answer, I was on holiday.", "We are not responsible for docks, please contact the port.",
              "Ich bin dafür nicht zuständig, wenden Sie sich an Frau Holm."}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }

    void a_person_is_no_machine() {
        QFETCH(QByteArray, text);
        QVERIFY(judge("Re: Dock delays", text.toStdString()).messageClass == MessageClass::Reply);
    }

    void who_wants_no_more_mail_says_so_in_eight_languages_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("optOut");
        const auto rows = [](bool optOut, std::initializer_list<const char*> texts) {
            for (const char* text : texts)
                QTest::newRow(QByteArray(text).left(70).constData()) << QByteArray(text) << optOut;
        };
        rows(true, {"Hi Mara, please stop emailing me. Tobias",
                    "Take me off this list please.",
                    "Do not email me again",
                    "Kindly remove our company from your mailing list.",
                    "STOP!!!",
                    "We'd like to opt out of these messages.",
                    "Please delete my data in accordance with the GDPR.",
                    "I don't want to receive any more of these e-mails.",
                    "Bitte schreiben Sie mir nicht mehr.",
                    "Bitte löschen Sie meine Daten und senden Sie mir keine weiteren E-Mails.",
                    "Ich möchte keine Werbung von Ihnen erhalten.",
                    "Bitte von weiteren Kontaktaufnahmen absehen.",
                    "Bitte streichen Sie mich von Ihrer Liste.",
                    "Ich widerspreche der Nutzung meiner Daten.",
                    "Merci de ne plus m'écrire.",
                    "Veuillez supprimer mon adresse de vos fichiers.",
                    "Je ne souhaite plus recevoir vos mails.",
                    "Merci de me désinscrire.",
                    "Por favor, deme de baja de su lista.",
                    "No me escriban más, por favor.",
                    "No deseo recibir más correos suyos.",
                    "Prego di non inviarmi più email.",
                    "Vi chiedo di cancellarmi dalla lista.",
                    "Non voglio più ricevere i vostri messaggi.",
                    "Gelieve mij niet meer te mailen.",
                    "Graag van de mailinglijst verwijderen.",
                    "Wilt u mij uitschrijven?",
                    "Por favor, parem de me enviar e-mails.",
                    "Favor remover meu e-mail da lista.",
                    "Não quero mais receber e-mails.",
                    "Proszę o usunięcie mojego adresu z bazy.",
                    "Proszę nie przysyłać mi więcej wiadomości.",
                    "Proszę mnie więcej nie niepokoić i nie wysyłać maili."});
        rows(false, {"Please don't stop sending these, they are useful.", "Don't unsubscribe me, I am only on holiday.",
                     "Can our drivers unsubscribe from the alerts?", "We stop at Hamburg and Kiel. Does your tool know both?",
                     "No need to remove anything, it works.", "Is there an opt-out for single gates?",
                     "Bitte nicht abmelden, ich lese gern mit.", "Kann man sich als Fahrer abmelden?",
                     "Merci de ne pas me retirer de la liste.", "Comment les chauffeurs peuvent-ils se désinscrire ?",
                     "No me dé de baja, por favor.", "¿Los conductores pueden darse de baja?", "Non cancellatemi, mi interessa.",
                     "Schrijf me niet uit, ik lees graag mee.", "Não me remova da lista, por favor.",
                     "Proszę mnie nie usuwać z listy.", "Stop by on Thursday if you are in town."});
    }

    void who_wants_no_more_mail_says_so_in_eight_languages() {
        QFETCH(QByteArray, text);
        QFETCH(bool, optOut);
        const auto mail = judge("Re: Dock delays", text.toStdString());
        QCOMPARE(std::string(name(mail.messageClass)), std::string(optOut ? "opt_out" : "reply"));
        QVERIFY(!mail.rule.empty() && !mail.evidence.empty());
    }
};

OUTRIDER_TEST(AutoReplyTest)
#include "auto_reply_test.moc"
