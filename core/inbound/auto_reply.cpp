// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/auto_reply.h"

#include "core/contact/text.h"
#include "core/inbound/words.h"

#include <array>
#include <vector>

namespace outrider::inbound {

using transport::ParsedMail;
using Phrases = std::vector<std::string_view>;

namespace {

constexpr std::size_t bodyBytes = 2000; // who is away says so at the start

std::string headerLine(std::string_view name, std::string_view value) {
    return excerpt(std::string(name) + ": " + std::string(startOf(value, 100)));
}

std::optional<AutoReply> byHeader(const ParsedMail& mail) {
    const std::string submitted = contact::asciiLower(mail.headers.first("Auto-Submitted"));
    if (!submitted.empty() && !submitted.starts_with("no"))
        return AutoReply{"auto.header", headerLine("Auto-Submitted", submitted), {}, {}};
    constexpr std::array<std::string_view, 9> telling{"X-Autoreply",      "X-Auto-Reply",    "X-Autorespond",
                                                      "X-Auto-Respond",   "X-Autoresponder", "X-AutoReply-From",
                                                      "X-Mail-Autoreply", "X-Vacation",      "X-FC-MachineGenerated"};
    for (const std::string_view header : telling) {
        const std::string value = contact::asciiLower(mail.headers.first(header));
        if (mail.headers.has(header) && value != "no" && value != "false")
            return AutoReply{"auto.header", headerLine(header, value), {}, {}};
    }
    const std::string precedence = contact::asciiLower(mail.headers.first("Precedence"));
    if (precedence.starts_with("auto"))
        return AutoReply{"auto.header", headerLine("Precedence", precedence), {}, {}};
    if (holds(contact::asciiLower(mail.headers.first("X-POST-MessageClass")), "autoresponder")
        || holds(contact::asciiLower(mail.headers.first("Delivered-To")), "autoresponder"))
        return AutoReply{"auto.header", "Autoresponder", {}, {}};
    return std::nullopt;
}

// Said in a subject, these are written by a machine.
const Phrases& subjectPhrases() {
    static const Phrases phrases{" automatic reply ",
                                 " automatic response ",
                                 " automated reply ",
                                 " automated response ",
                                 " auto reply",
                                 " autoreply",
                                 " auto response",
                                 " autoresponse",
                                 " auto responder",
                                 " autoresponder",
                                 " out of office",
                                 " out of the office",
                                 " away from the office",
                                 " away from office",
                                 " away from my",
                                 " on vacation ",
                                 " vacation reply",
                                 " vacation notice",
                                 " on annual leave",
                                 " on holiday ",
                                 " on leave ",
                                 " ooo ",
                                 " ooto ",
                                 " i am away ",
                                 " i m away ",
                                 " maternity leave",
                                 " paternity leave",
                                 " parental leave",
                                 " automatische antwort",
                                 " automatische ruckantwort",
                                 " automatische nachricht",
                                 " autoantwort",
                                 " abwesenheit",
                                 " abwesend",
                                 " nicht im buro",
                                 " ausser haus",
                                 " im urlaub",
                                 " urlaubsvertretung",
                                 " elternzeit",
                                 " mutterschutz",
                                 " reponse automatique",
                                 " reponse auto",
                                 " absence du bureau",
                                 " absent du bureau",
                                 " absente du bureau",
                                 " message d absence",
                                 " je suis absent",
                                 " en conges",
                                 " en conge ",
                                 " conge maternite",
                                 " hors du bureau",
                                 " respuesta automatica",
                                 " fuera de la oficina",
                                 " fuera de oficina",
                                 " de vacaciones",
                                 " ausencia",
                                 " ausente",
                                 " risposta automatica",
                                 " fuori ufficio",
                                 " fuori sede",
                                 " in ferie",
                                 " assenza",
                                 " assente",
                                 " automatisch antwoord",
                                 " automatische reactie",
                                 " automatische antwoord",
                                 " afwezig",
                                 " niet aanwezig",
                                 " op vakantie",
                                 " met vakantie",
                                 " buiten kantoor",
                                 " resposta automatica",
                                 " fora do escritorio",
                                 " de ferias",
                                 " em ferias",
                                 " odpowiedz automatyczna",
                                 " automatyczna odpowiedz",
                                 " autoodpowiedz",
                                 " nieobecn",
                                 " na urlopie",
                                 " poza biurem",
                                 " autosvar",
                                 " automatiskt svar",
                                 " automatisk svar",
                                 " franvaro",
                                 " fravaer",
                                 " poissa",
                                 " automaattinen vastaus",
                                 "自動応答",
                                 "自動返信",
                                 "不在",
                                 "自动回复",
                                 "自動回覆",
                                 "부재중"};
    return phrases;
}

// Said at the start of a text, these may still be a person's own words.
const Phrases& awayPhrases() {
    static const Phrases phrases{" out of the office",
                                 " out of office",
                                 " away from the office",
                                 " away from my desk",
                                 " on annual leave",
                                 " on vacation",
                                 " on holiday",
                                 " on leave ",
                                 " on parental leave",
                                 " on maternity leave",
                                 " on a business trip",
                                 " travelling and",
                                 " traveling and",
                                 " limited access to",
                                 " no access to",
                                 " not have access to",
                                 " not be checking",
                                 " not checking e",
                                 " not in the office",
                                 " currently away",
                                 " am away ",
                                 " will be away",
                                 " be out until",
                                 " am out until",
                                 " office is closed",
                                 " offices are closed",
                                 " returning on",
                                 " will return",
                                 " return to the office",
                                 " nicht im buro",
                                 " nicht im haus",
                                 " nicht erreichbar",
                                 " ausser haus",
                                 " im urlaub",
                                 " in urlaub",
                                 " abwesend",
                                 " auf dienstreise",
                                 " in elternzeit",
                                 " im mutterschutz",
                                 " wieder im buro",
                                 " wieder erreichbar",
                                 " wieder da ",
                                 " wieder fur sie",
                                 " je suis absent",
                                 " suis actuellement absent",
                                 " serai absent",
                                 " suis en conge",
                                 " en conges",
                                 " actuellement en conge",
                                 " en vacances",
                                 " en deplacement",
                                 " de retour le",
                                 " serai de retour",
                                 " absente du",
                                 " absent du",
                                 " absent jusqu",
                                 " absente jusqu",
                                 " bureaux sont fermes",
                                 " fuera de la oficina",
                                 " fuera de oficina",
                                 " estoy de vacaciones",
                                 " estare de vacaciones",
                                 " de vacaciones",
                                 " estoy ausente",
                                 " estare ausente",
                                 " no estoy en la oficina",
                                 " acceso limitado",
                                 " me reincorporo",
                                 " fuori ufficio",
                                 " fuori sede",
                                 " sono in ferie",
                                 " saro in ferie",
                                 " sono assente",
                                 " saro assente",
                                 " in ferie",
                                 " rientro il",
                                 " rientrero",
                                 " ben afwezig",
                                 " afwezig",
                                 " niet op kantoor",
                                 " niet aanwezig",
                                 " niet bereikbaar",
                                 " op vakantie",
                                 " met vakantie",
                                 " met verlof",
                                 " weer aanwezig",
                                 " beperkt toegang",
                                 " estou ausente",
                                 " estarei ausente",
                                 " fora do escritorio",
                                 " de ferias",
                                 " em ferias",
                                 " acesso limitado",
                                 " ausente ate",
                                 " jestem nieobecn",
                                 " bede nieobecn",
                                 " nieobecn",
                                 " przebywam na urlopie",
                                 " jestem na urlopie",
                                 " na urlopie",
                                 " poza biurem",
                                 " wracam ",
                                 " ograniczony dostep"};
    return phrases;
}

// What goes with it when a machine says it: whom to ask instead, and that nobody has read the mail.
const Phrases& deputyPhrases() {
    static const Phrases phrases{" automatic",
                                 " automated",
                                 " auto reply",
                                 " autoreply",
                                 " in my absence",
                                 " in urgent",
                                 " for urgent",
                                 " if urgent",
                                 " is urgent",
                                 " urgent matters",
                                 " urgent cases",
                                 " please contact",
                                 " please reach",
                                 " as soon as possible upon",
                                 " upon my return",
                                 " when i return",
                                 " on my return",
                                 " after my return",
                                 " your email will",
                                 " your message will",
                                 " not be read",
                                 " will not be forwarded",
                                 " respond to your",
                                 " reply to your",
                                 " get back to you",
                                 " thank you for your e",
                                 " thank you for your message",
                                 " thanks for your e",
                                 " thanks for your message",
                                 " automatisch",
                                 " in dringenden fallen",
                                 " dringende",
                                 " wenden sie sich",
                                 " meine vertretung",
                                 " vertretung",
                                 " wird nicht weitergeleitet",
                                 " nicht gelesen",
                                 " nach meiner ruckkehr",
                                 " ihre nachricht wird",
                                 " ihre e mail",
                                 " vielen dank fur ihre",
                                 " automatique",
                                 " en cas d urgence",
                                 " pour toute urgence",
                                 " veuillez contacter",
                                 " merci de contacter",
                                 " a mon retour",
                                 " des mon retour",
                                 " merci pour votre message",
                                 " merci de votre message",
                                 " j ai bien recu",
                                 " automatico",
                                 " automatica",
                                 " en caso de urgencia",
                                 " para cualquier urgencia",
                                 " pongase en contacto",
                                 " por favor contacte",
                                 " a mi regreso",
                                 " a mi vuelta",
                                 " gracias por su",
                                 " para asuntos urgentes",
                                 " per urgenze",
                                 " per comunicazioni urgenti",
                                 " in caso di urgenza",
                                 " si prega di contattare",
                                 " al mio rientro",
                                 " potete contattare",
                                 " puo contattare",
                                 " bij dringende",
                                 " voor dringende",
                                 " voor spoed",
                                 " bij spoed",
                                 " neem contact op",
                                 " contact opnemen",
                                 " na mijn terugkeer",
                                 " uw bericht",
                                 " uw e mail",
                                 " bij mijn terugkomst",
                                 " em caso de urgencia",
                                 " para assuntos urgentes",
                                 " contacte",
                                 " entre em contato",
                                 " no meu regresso",
                                 " quando regressar",
                                 " obrigado pela sua",
                                 " obrigado pelo seu",
                                 " w pilnych",
                                 " w sprawach pilnych",
                                 " prosze o kontakt",
                                 " po powrocie",
                                 " dziekuje za wiadomosc",
                                 " pani panstwa wiadomosc"};
    return phrases;
}

std::optional<AutoReply> byMachine(const ParsedMail& mail, const std::string& ownText) {
    if (!mail.deliveryStatus.empty() && (mail.contentType == "multipart/report" || mail.contentType == "message/delivery-status"))
        return AutoReply{"auto.receipt", excerpt(mail.subject), AutoReplyKind::Receipt, {}}; // a report that was no bounce
    if (mail.reportType == "disposition-notification")
        return AutoReply{"auto.receipt", excerpt(mail.subject), AutoReplyKind::Receipt, {}};
    if (auto byName = byHeader(mail))
        return byName;

    const std::string subject = wordsOf(startOf(mail.subject, 300));
    const std::string body = wordsOf(startOf(ownText, bodyBytes));
    const std::string_view inSubject = firstHeld(subject, subjectPhrases());
    const std::string_view inBody = firstHeld(body, awayPhrases());
    // "Re: Out of office" is a person's answer to somebody's absence, unless the text says it again.
    const bool answered = subject.starts_with(" re ") || subject.starts_with(" aw ") || subject.starts_with(" sv ")
                          || subject.starts_with(" antw ");
    if (!inSubject.empty() && (!answered || !inBody.empty()))
        return AutoReply{"auto.subject", excerpt(mail.subject), {}, {}};

    const std::string precedence = contact::asciiLower(mail.headers.first("Precedence"));
    const bool weakHeader = precedence == "bulk" || precedence == "junk" || mail.headers.has("X-Auto-Response-Suppress");
    const bool nullPath = mail.returnPath == std::string();
    if (!inBody.empty() && (weakHeader || nullPath || holdsAny(body, deputyPhrases())))
        return AutoReply{"auto.body", std::string(contact::trimmed(inBody)), {}, {}};
    if (const std::string_view noted = acknowledgementIn(mail.subject, ownText); !noted.empty() && !answered)
        return AutoReply{"auto.acknowledged", std::string(contact::trimmed(noted)), AutoReplyKind::Acknowledged, {}};
    if (nullPath && !mail.inReplyTo.empty())
        return AutoReply{"auto.null_path", "Return-Path: <>", {}, {}}; // a person's mail has one
    return std::nullopt;
}

} // namespace

std::optional<AutoReply> findAutoReply(const ParsedMail& mail, const std::string& ownText) {
    auto found = byMachine(mail, ownText);
    if (found && found->kind != AutoReplyKind::Receipt) {
        const AutoReplyKind kind = autoReplyKindOf(mail.subject, ownText.empty() ? mail.text : ownText);
        if (kind != AutoReplyKind::Unclear || found->rule != "auto.acknowledged")
            found->kind = kind;
        if (found->kind != AutoReplyKind::Acknowledged)
            found->contact = otherContactIn(ownText, mail.from.address);
    }
    return found;
}

} // namespace outrider::inbound
