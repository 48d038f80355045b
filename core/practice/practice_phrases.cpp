// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_phrases.h"

#include <algorithm>

namespace outrider::practice {

namespace {

// clang-format off
const std::vector<PhraseBook>& books() {
    static const std::vector<PhraseBook> all{
        {"en", "Re: ", "Best regards", "On {date} at {time}, {who} wrote:\n", "{d} {m} {y}",
         {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
         {"Hi {first},\n\ngood timing. We lose about an hour a day at {gate}. Could you show me how it works on our own data? Tuesday or Wednesday after 14:00 suits me.",
          "Hi {first},\n\nthanks for the note. What does it cost for a site of our size? If it stays below 900 a month I can decide that myself.",
          "Hello {first},\n\nnot me, but our yard manager looks after this. I am passing it on to her; give us a week.",
          "Hi {first},\n\nwe signed with another vendor until the end of next year, so this is not for now. Ask me again in autumn.",
          "Hi {first},\n\ncan you send the security sheet and one reference in our trade? I would show both to the team on Friday.",
          "Hi {first},\n\ninteresting. Who at Westküste Frische could I call about it?"},
         {"Thursday at 14:00 works. Please send an invitation.", "Thanks, that answers it. I will come back to you after our planning round."},
         "Please remove me from your list.",
         "Automatic reply: ",
         "Thank you for your message.\n\nI am out of the office and will be back on {back}. In urgent cases please call our switchboard.\n\n{name}\n"},
        {"de", "AW: ", "Viele Grüße", "Am {date} um {time} Uhr schrieb {who}:\n", "{d}. {m} {y}",
         {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
         {"Hallo Frau {last},\n\ndas Thema passt. Wir bauen Tor 2 bis zum Frühjahr um und suchen genau dafür etwas. Können Sie nächste Woche eine halbe Stunde? Dienstag oder Mittwoch nach 14 Uhr.",
          "Guten Tag Frau {last},\n\nwas kostet das bei einem Standort unserer Größe? Bis 900 Euro im Monat kann ich selbst entscheiden.",
          "Hallo Frau {last},\n\nklingt gut. Haben Sie ein Datenblatt zum Datenschutz und eine Referenz aus der Kühlkette? Dann zeige ich es am Freitag der Leitung.",
          "Hallo,\n\nwir haben gerade erst ein anderes System eingeführt. Melden Sie sich gern im Herbst noch einmal."},
         {"Donnerstag 14 Uhr passt. Bitte schicken Sie eine Einladung.", "Danke, das hilft. Ich melde mich nach unserer Planungsrunde."},
         "Bitte keine weiteren E-Mails.",
         "Automatische Antwort: ",
         "Vielen Dank für Ihre Nachricht.\n\nIch bin zurzeit nicht im Büro. Ab dem {back} bin ich wieder erreichbar. In dringenden Fällen wenden Sie sich bitte an unsere Zentrale.\n\n{name}\n"},
        {"fr", "RE : ", "Cordialement", "Le {date} à {time}, {who} a écrit :\n", "{d} {m} {y}",
         {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
         {"Bonjour,\n\nle sujet tombe bien : les camions attendent chez nous jusqu'à deux heures le lundi. Pouvez-vous nous montrer cela mardi après-midi ?",
          "Bonjour,\n\nmerci pour votre message. Quel est le prix pour un site de notre taille ?",
          "Bonjour,\n\nc'est notre responsable de quai qui s'en occupe. Je lui transmets."},
         {"Jeudi 14 h me convient. Envoyez-moi une invitation, s'il vous plaît."},
         "Merci de me retirer de votre liste.",
         "Réponse automatique : ",
         "Bonjour,\n\nje suis actuellement absent du bureau. Je serai de retour le {back}. En cas d'urgence, veuillez contacter notre standard.\n\n{name}\n"},
        {"nl", "RE: ", "Met vriendelijke groet", "Op {date} om {time} schreef {who}:\n", "{d} {m} {y}",
         {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
         {"Dag {first},\n\nprima, dinsdag 14:00. Kunt u een uitnodiging sturen? Neem ook de cijfers van Westküste mee.",
          "Beste {first},\n\ninteressant. Wat kost het voor een locatie van onze omvang?"},
         {"Donderdag past. Tot dan."},
         "Graag uitschrijven.",
         "Automatisch antwoord: ",
         "Dank voor uw bericht.\n\nIk ben momenteel niet op kantoor en ben terug op {back}. Bij dringende vragen kunt u contact opnemen met onze centrale.\n\n{name}\n"},
        {"es", "RE: ", "Saludos cordiales", "El {date} a las {time}, {who} escribió:\n", "{d} de {m} de {y}",
         {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
         {"Hola {first}:\n\nnos interesa. Los lunes tenemos colas de más de una hora. ¿Podemos verlo el martes por la tarde?",
          "Buenos días:\n\n¿qué precio tiene para una instalación como la nuestra?"},
         {"El jueves a las 14:00 me va bien."},
         "Por favor, deme de baja de su lista.",
         "Respuesta automática: ",
         "Gracias por su mensaje.\n\nEstoy fuera de la oficina. Vuelvo el {back}. Para asuntos urgentes, llame a nuestra centralita.\n\n{name}\n"},
        {"it", "R: ", "Cordiali saluti", "Il {date} alle ore {time} {who} ha scritto:\n", "{d} {m} {y}",
         {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
         {"Buongiorno,\n\nil tema ci interessa. Possiamo sentirci martedì dopo le 14?",
          "Buongiorno,\n\nquanto costa per un terminal delle nostre dimensioni?"},
         {"Giovedì alle 14 va bene."},
         "Vi prego, cancellatemi dalla vostra lista.",
         "Risposta automatica: ",
         "Grazie per il messaggio.\n\nSono fuori ufficio, rientro il {back}. Per urgenze potete contattare il centralino.\n\n{name}\n"},
        {"pt", "RE: ", "Com os melhores cumprimentos", "Em {date} às {time}, {who} escreveu:\n", "{d} de {m} de {y}",
         {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"},
         {"Bom dia {first},\n\no tema interessa-nos. Podemos falar na terça-feira à tarde?",
          "Bom dia,\n\nqual é o preço para uma unidade como a nossa?"},
         {"Quinta-feira às 14h serve."},
         "Por favor, remova meu e-mail da sua lista.",
         "Resposta automática: ",
         "Obrigado pela sua mensagem.\n\nEstou ausente. Volto no dia {back}. Em caso de urgência, contacte a nossa receção.\n\n{name}\n"},
        {"pl", "Odp: ", "Pozdrawiam", "W dniu {date} o {time} {who} napisał(a):\n", "{d} {m} {y}",
         {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"},
         {"Dzień dobry,\n\ntemat jest dla nas ciekawy. Czy możemy porozmawiać we wtorek po 14:00?",
          "Dzień dobry,\n\nile to kosztuje dla terminala naszej wielkości?"},
         {"Czwartek o 14:00 pasuje."},
         "Proszę usunąć mój adres z listy mailingowej.",
         "Odpowiedź automatyczna: ",
         "Dziękuję za wiadomość.\n\nJestem na urlopie. Wracam {back}. W pilnych sprawach proszę o kontakt z centralą.\n\n{name}\n"},
        {"ja", "Re: ", "よろしくお願いいたします。", "{date} {time} {who}:\n", "{y}年{m}月{d}日",
         {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
         {"{last}様\n\n資料を拝見しました。来月の予算会議の前に、一度オンラインでお話を伺えますか。",
          "{last}様\n\nご連絡ありがとうございます。当社の規模での料金を教えていただけますか。"},
         {"木曜日の14時でお願いします。"},
         "Please remove me from your list.",
         "自動応答: ",
         "ご連絡ありがとうございます。\n\n{back}まで不在にしております。お急ぎの場合は代表番号までお電話ください。\n\n{name}\n"},
    };
    return all;
}

// clang-format on

} // namespace

const PhraseBook& phraseBook(std::string_view language) {
    const auto dash = language.find('-');
    const std::string_view base = language.substr(0, dash);
    const auto found =
        std::find_if(books().begin(), books().end(), [&](const PhraseBook& book) { return book.language == base; });
    return found == books().end() ? books().front() : *found;
}

} // namespace outrider::practice
