// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/auto_reply_kind.h"

#include "core/contact/email_address.h"
#include "core/inbound/words.h"

#include <array>
#include <vector>

namespace outrider::inbound {

using Phrases = std::vector<std::string_view>;

namespace {

constexpr std::size_t readBytes = 3000;

const Phrases& leftPhrases() {
    static const Phrases phrases{
        " no longer with ", " no longer work", " no longer employed", " no longer at ", " no longer part of",
        " no longer an employee", " not with the company", " has left the", " have left the", " has left our", " has left us",
        " have left my", " left the company", " left the organi", " left the firm", " left the business", " left my position",
        " left my role", " has moved on from", " have moved on from", " has retired", " have retired", " am retired",
        " i m retired", " my last day was", " my last day at", " last working day was", " isn t with ", " is not working at",
        " no longer responsible for", " ceased employment",
        // German
        " nicht mehr im unternehmen", " nicht mehr in unserem unternehmen", " nicht mehr in der firma", " nicht mehr bei uns",
        " nicht mehr bei der ", " nicht mehr fur uns", " nicht mehr fur die ", " nicht mehr tatig", " nicht mehr beschaftigt",
        " unternehmen verlassen", " firma verlassen", " haus verlassen", " ausgeschieden", " arbeitet nicht mehr",
        " arbeite nicht mehr", " im ruhestand", " in den ruhestand", " nicht mehr in diesem unternehmen",
        // French
        " ne fait plus partie", " ne fais plus partie", " ne travaille plus", " a quitte la ", " a quitte l ", " ai quitte la ",
        " ai quitte l ", " a quitte notre", " a quitte ses fonctions", " quitte l entreprise", " quitte la societe",
        " n est plus en poste", " ne suis plus en poste", " plus en fonction", " plus dans l entreprise", " n est plus salarie",
        " a la retraite", " ne suis plus chez", " n est plus chez", " depart de l entreprise",
        // Spanish
        " ya no trabaja", " ya no trabajo", " ya no forma parte", " ya no formo parte", " ha dejado la empresa",
        " he dejado la empresa", " dejo de trabajar", " deje de trabajar", " ya no pertenece", " ya no pertenezco",
        " ha causado baja", " ya no esta en la empresa", " no trabaja mas en", " se ha jubilado",
        // Italian
        " non lavora piu", " non lavoro piu", " non fa piu parte", " non faccio piu parte", " ha lasciato l azienda",
        " ho lasciato l azienda", " ha lasciato la ", " ho lasciato la ", " non e piu in azienda", " non e piu dipendente",
        " non opera piu", " in pensione", " non collabora piu", " non collaboro piu",
        // Dutch
        " niet meer werkzaam", " niet langer werkzaam", " werkt niet meer", " werk niet meer", " niet meer in dienst",
        " uit dienst", " heeft ons bedrijf verlaten", " bedrijf verlaten", " met pensioen", " niet langer in dienst",
        " werkt niet langer", " werk niet langer",
        // Portuguese
        " ja nao trabalha", " ja nao trabalho", " nao trabalha mais", " nao trabalho mais", " nao faz mais parte",
        " nao faco mais parte", " ja nao faz parte", " ja nao faco parte", " deixou a empresa", " deixei a empresa",
        " deixou de trabalhar", " deixei de trabalhar", " saiu da empresa", " nao pertence mais", " ja nao pertence",
        " desligado da empresa", " nao esta mais na empresa", " ja nao colabora", " aposentou se", " reformou se",
        // Polish
        " juz nie pracuj", " nie pracuje juz", " nie pracuje w firmie", " nie pracuje w naszej", " nie jest juz pracowni",
        " nie jestem juz pracowni", " zakonczyl prace", " zakonczylam prace", " zakonczylem prace", " zakonczyla prace",
        " zakonczyl wspolprace", " odszedl z firmy", " odeszla z firmy", " nie jest juz zatrudnion", " na emeryturze",
        " przeszedl na emeryture", " przeszla na emeryture"};
    return phrases;
}

const Phrases& awayPhrases() {
    static const Phrases phrases{" out of the office",
                                 " out of office",
                                 " away ",
                                 " on leave",
                                 " annual leave",
                                 " vacation",
                                 " holiday",
                                 " parental leave",
                                 " maternity leave",
                                 " paternity leave",
                                 " sick leave",
                                 " business trip",
                                 " travelling",
                                 " traveling",
                                 " limited access",
                                 " i return",
                                 " my return",
                                 " be back",
                                 " am back",
                                 " am out ",
                                 " office is closed",
                                 " offices are closed",
                                 " office will be closed",
                                 " not in the office",
                                 " unavailable",
                                 " currently out",
                                 " abwesen",
                                 " nicht im buro",
                                 " nicht im hause",
                                 " nicht im haus ",
                                 " ausser haus",
                                 " urlaub",
                                 " elternzeit",
                                 " mutterschutz",
                                 " dienstreise",
                                 " wieder erreichbar",
                                 " nicht erreichbar",
                                 " ruckkehr",
                                 " wieder da ",
                                 " krank",
                                 " betriebsferien",
                                 " buro geschlossen",
                                 " betrieb geschlossen",
                                 " geschlossen",
                                 " absent",
                                 " en conge",
                                 " conges",
                                 " en vacances",
                                 " vacances",
                                 " deplacement",
                                 " de retour",
                                 " mon retour",
                                 " conge maternite",
                                 " ferme ",
                                 " fermes ",
                                 " fermee",
                                 " indisponible",
                                 " fuera de la oficina",
                                 " fuera de oficina",
                                 " vacaciones",
                                 " ausente",
                                 " ausencia",
                                 " de viaje",
                                 " mi regreso",
                                 " mi vuelta",
                                 " de baja ",
                                 " permiso de",
                                 " cerrad",
                                 " fuori ufficio",
                                 " fuori sede",
                                 " ferie",
                                 " assente",
                                 " assenza",
                                 " in trasferta",
                                 " mio rientro",
                                 " maternita",
                                 " chiusi ",
                                 " chiusura",
                                 " chiuso ",
                                 " afwezig",
                                 " niet aanwezig",
                                 " niet op kantoor",
                                 " buiten kantoor",
                                 " vakantie",
                                 "verlof",
                                 " niet bereikbaar",
                                 " mijn terugkeer",
                                 " terugkomst",
                                 " gesloten",
                                 " weer terug",
                                 " terug op",
                                 " ausente",
                                 " ausencia",
                                 " fora do escritorio",
                                 " ferias",
                                 " licenca",
                                 " de viagem",
                                 " meu regresso",
                                 " meu retorno",
                                 " encerrad",
                                 " fechad",
                                 " nieobecn",
                                 " urlop",
                                 " poza biurem",
                                 " poza firma",
                                 " zwolnieni",
                                 " delegacji",
                                 " powrocie",
                                 " wracam",
                                 " nieczynne",
                                 " macierzynsk"};
    return phrases;
}

const Phrases& unmonitoredPhrases() {
    static const Phrases phrases{" no longer monitored",
                                 " not monitored",
                                 " isn t monitored",
                                 " unmonitored",
                                 " not being monitored",
                                 " is not read",
                                 " are not read",
                                 " is no longer read",
                                 " no longer in use",
                                 " no longer used",
                                 " no longer checked",
                                 " not checked",
                                 " mailbox is not",
                                 " inbox is not",
                                 " send only",
                                 " no reply address",
                                 " noreply address",
                                 " cannot receive replies",
                                 " cannot accept incoming",
                                 " unattended",
                                 " nobody reads",
                                 " has been discontinued",
                                 " is no longer active",
                                 " wird nicht uberwacht",
                                 " wird nicht gelesen",
                                 " wird nicht mehr gelesen",
                                 " nicht mehr abgerufen",
                                 " nicht abgerufen",
                                 " nicht mehr genutzt",
                                 " nicht mehr verwendet",
                                 " nicht mehr betreut",
                                 " nicht mehr aktiv",
                                 " nicht bearbeitet",
                                 " n est plus consulte",
                                 " n est pas consulte",
                                 " n est plus utilise",
                                 " n est plus relevee",
                                 " n est pas surveille",
                                 " n est plus surveille",
                                 " n est plus active",
                                 " ne sont pas lus",
                                 " n est plus lue",
                                 " no se supervisa",
                                 " no se revisa",
                                 " ya no se utiliza",
                                 " ya no esta activa",
                                 " no es atendida",
                                 " no esta atendida",
                                 " no se atiende",
                                 " no monitorizad",
                                 " ya no se usa",
                                 " non e presidiata",
                                 " non presidiata",
                                 " non e monitorata",
                                 " non monitorata",
                                 " non e piu attiva",
                                 " non viene letta",
                                 " non e piu in uso",
                                 " non e piu utilizzata",
                                 " niet gemonitord",
                                 " wordt niet gelezen",
                                 " niet meer gelezen",
                                 " niet meer in gebruik",
                                 " niet meer gebruikt",
                                 " niet meer actief",
                                 " onbemand",
                                 " niet beheerd",
                                 " nao e monitorizad",
                                 " nao e monitorad",
                                 " nao e lida",
                                 " ja nao e utilizad",
                                 " nao e mais utilizad",
                                 " nao e mais usad",
                                 " nao esta ativ",
                                 " nao e consultad",
                                 " ja nao esta ativ",
                                 " nao e mais monitorad",
                                 " nie jest monitorowan",
                                 " nie jest juz uzywan",
                                 " nie jest juz aktywn",
                                 " nie jest obslugiwan",
                                 " nie jest sprawdzan",
                                 " nie jest juz obslugiwan"};
    return phrases;
}

const Phrases& acknowledgements() {
    static const Phrases phrases{" have received your",
                                 " has received your",
                                 " your request has been",
                                 " your message has been received",
                                 " your email has been received",
                                 " your e mail has been received",
                                 " your enquiry has been",
                                 " your inquiry has been",
                                 " a ticket has been",
                                 " ticket has been created",
                                 " ticket has been opened",
                                 " support ticket",
                                 " case has been",
                                 " case number",
                                 " ticket number",
                                 " ticket id",
                                 " reference number",
                                 " thank you for contacting",
                                 " thanks for contacting",
                                 " thank you for reaching out to",
                                 " we will get back to you",
                                 " we ll get back to you",
                                 " will respond within",
                                 " has been logged",
                                 " been assigned",
                                 " one of our agents",
                                 " member of our team will",
                                 " haben ihre nachricht erhalten",
                                 " haben ihre anfrage",
                                 " ihre anfrage ist",
                                 " ihre nachricht ist",
                                 " eingegangen",
                                 " ihre anfrage wurde",
                                 " ticketnummer",
                                 " ticket nummer",
                                 " vorgangsnummer",
                                 " bearbeitungsnummer",
                                 " ihr ticket",
                                 " eingangsbestatigung",
                                 " schnellstmoglich bearbeite",
                                 " zeitnah bearbeite",
                                 " avons bien recu",
                                 " votre demande a",
                                 " votre message a bien",
                                 " bien ete enregistre",
                                 " bien ete recu",
                                 " numero de ticket",
                                 " numero de dossier",
                                 " accusons reception",
                                 " accuse de reception",
                                 " hemos recibido su",
                                 " hemos recibido tu",
                                 " su solicitud ha sido",
                                 " su mensaje ha sido",
                                 " su consulta ha sido",
                                 " numero de caso",
                                 " numero de ticket",
                                 " acuse de recibo",
                                 " se ha creado un ticket",
                                 " abbiamo ricevuto la",
                                 " abbiamo ricevuto il",
                                 " la sua richiesta e",
                                 " la tua richiesta e",
                                 " richiesta e stata",
                                 " numero di ticket",
                                 " numero ticket",
                                 " presa in carico",
                                 " il suo messaggio e stato",
                                 " hebben uw bericht",
                                 " hebben je bericht",
                                 " hebben uw mail",
                                 " hebben uw e mail",
                                 " uw bericht is ontvangen",
                                 " goed ontvangen",
                                 " uw aanvraag is",
                                 " ontvangstbevestiging",
                                 " ticketnummer",
                                 " in goede orde ontvangen",
                                 " recebemos a sua",
                                 " recebemos o seu",
                                 " recebemos sua",
                                 " recebemos seu",
                                 " seu pedido foi",
                                 " sua solicitacao foi",
                                 " a sua mensagem foi",
                                 " sua mensagem foi recebida",
                                 " numero do ticket",
                                 " numero do protocolo",
                                 " protocolo de",
                                 " otrzymalismy panstwa",
                                 " otrzymalismy twoj",
                                 " otrzymalismy pani",
                                 " zgloszenie zostalo",
                                 " numer zgloszenia",
                                 " zostala zarejestrowana",
                                 " zostalo zarejestrowane",
                                 " potwierdzamy otrzymanie",
                                 " potwierdzenie otrzymania"};
    return phrases;
}

// What only a machine adds to it.
const Phrases& machinePhrases() {
    static const Phrases phrases{" automatic",
                                 " automated",
                                 " auto generated",
                                 " do not reply",
                                 " don t reply",
                                 " no need to reply",
                                 " ticket",
                                 " case number",
                                 " reference number",
                                 " within 24",
                                 " within 48",
                                 " business hours",
                                 " working hours",
                                 " business days",
                                 " working days",
                                 " automatisch",
                                 " nicht auf diese",
                                 " vorgangsnummer",
                                 " werktag",
                                 " geschaftszeiten",
                                 " automatique",
                                 " ne pas repondre",
                                 " numero de dossier",
                                 " jours ouvres",
                                 " heures ouvre",
                                 " automatico",
                                 " automatica",
                                 " no responda",
                                 " no responder",
                                 " numero de caso",
                                 " dias habiles",
                                 " dias laborables",
                                 " non rispondere",
                                 " giorni lavorativi",
                                 " presa in carico",
                                 " niet reageren",
                                 " niet te beantwoorden",
                                 " werkdagen",
                                 " niet beantwoorden",
                                 " ontvangstbevestiging",
                                 " nao responda",
                                 " nao responder",
                                 " dias uteis",
                                 " protocolo",
                                 " automatyczn",
                                 " nie odpowiad",
                                 " prosimy nie",
                                 " dni roboczych",
                                 " numer zgloszenia",
                                 " zgloszenie zostalo",
                                 " zarejestrowan"};
    return phrases;
}

// "[Ticket#2026111910000421]", "[#4711]", "[Case: 00123]": a number in brackets, or behind such a word.
bool hasTicketNumber(std::string_view subject) {
    const std::string words = wordsOf(startOf(subject, 200));
    constexpr std::array<std::string_view, 9> names{" ticket ",  " case ",     " request ",    " vorgang ",  " anfrage ",
                                                    " dossier ", " incident ", " zgloszenie ", " protocolo "};
    for (const std::string_view name : names) {
        const auto at = words.find(name);
        if (at == std::string::npos)
            continue;
        auto next = at + name.size();
        for (const std::string_view skip : {"id ", "nr ", "no ", "number ", "nummer "})
            next += std::string_view(words).substr(next).starts_with(skip) ? skip.size() : 0;
        if (next + 2 < words.size() && words[next] >= '0' && words[next] <= '9' && words[next + 1] >= '0'
            && words[next + 1] <= '9')
            return true;
    }
    const auto mark = subject.find("[#");
    return mark != std::string_view::npos && mark + 2 < subject.size() && subject[mark + 2] >= '0' && subject[mark + 2] <= '9';
}

} // namespace

AutoReplyKind autoReplyKindOf(std::string_view subject, std::string_view ownText) {
    const std::string body = wordsOf(startOf(ownText, readBytes));
    const std::string title = wordsOf(startOf(subject, 300));
    if (holdsAny(body, leftPhrases()) || holdsAny(title, leftPhrases()))
        return AutoReplyKind::Left;
    const bool away = holdsAny(body, awayPhrases()) || holdsAny(title, awayPhrases());
    const bool noted = holdsAny(body, acknowledgements()) || hasTicketNumber(subject);
    // "Thank you for contacting us… our office is closed on Sundays" is no absence of a person.
    if (away && !(noted && hasTicketNumber(subject)))
        return AutoReplyKind::Away;
    if (holdsAny(body, unmonitoredPhrases()))
        return AutoReplyKind::Unmonitored;
    return noted ? AutoReplyKind::Acknowledged : AutoReplyKind::Unclear;
}

std::string_view acknowledgementIn(std::string_view subject, std::string_view ownText) {
    constexpr std::size_t start = 700; // it is the first thing such a mail says
    const std::string body = wordsOf(startOf(ownText, start));
    if (const std::string_view unmonitored = firstHeld(body, unmonitoredPhrases());
        !unmonitored.empty() && holdsAny(body, machinePhrases()))
        return unmonitored;
    const std::string_view noted = firstHeld(body, acknowledgements());
    if (noted.empty() || (!hasTicketNumber(subject) && !holdsAny(body, machinePhrases())))
        return {};
    return noted;
}

std::string otherContactIn(std::string_view ownText, std::string_view sender) {
    constexpr std::string_view around = " \t\r\n<>()[]\"',;:";
    constexpr std::size_t longest = 320;
    const auto own = contact::parseEmailAddress(sender);
    const std::string_view text = startOf(ownText, readBytes);
    int tries = 20;
    for (auto at = text.find('@'); at != std::string_view::npos && tries > 0; at = text.find('@', at + 1), --tries) {
        const std::size_t first = at > longest ? at - longest : 0;
        const auto before = text.substr(first, at - first).find_last_of(around);
        const auto from = before == std::string_view::npos ? first : first + before + 1;
        const auto host = text.substr(at, longest);
        auto token = text.substr(from, at - from + std::min(host.find_first_of(around), host.size()));
        while (token.ends_with('.') || token.ends_with('!') || token.ends_with('?'))
            token.remove_suffix(1);
        const auto parsed = contact::parseEmailAddress(token);
        if (parsed && (!own || parsed->key != own->key))
            return parsed->display;
    }
    return {};
}

} // namespace outrider::inbound
