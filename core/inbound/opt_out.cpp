// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/opt_out.h"

#include "core/contact/text.h"
#include "core/inbound/words.h"

#include <array>
#include <vector>

namespace outrider::inbound {

using Phrases = std::vector<std::string_view>;

namespace {

constexpr std::size_t shortWords = 6;
constexpr std::size_t answerWords = 40;
constexpr std::size_t readBytes = 4000;

// The whole of an answer.
const Phrases& wholeAnswers() {
    static const Phrases phrases{" no ",
                                 " nope ",
                                 " no thanks ",
                                 " no thank you ",
                                 " no thank u ",
                                 " thanks but no thanks ",
                                 " thanks no ",
                                 " not interested ",
                                 " not interested thanks ",
                                 " not interested thank you ",
                                 " no not interested ",
                                 " no interest ",
                                 " we are not interested ",
                                 " we re not interested ",
                                 " i am not interested ",
                                 " i m not interested ",
                                 " stop ",
                                 " please stop ",
                                 " stop it ",
                                 " pass ",
                                 " remove ",
                                 " unsubscribe ",
                                 " opt out ",
                                 " nein ",
                                 " nein danke ",
                                 " danke nein ",
                                 " kein interesse ",
                                 " kein bedarf ",
                                 " kein interesse danke ",
                                 " nein kein interesse ",
                                 " wir haben kein interesse ",
                                 " kein interesse vielen dank ",
                                 " abmelden ",
                                 " austragen ",
                                 " stopp ",
                                 " bitte austragen ",
                                 " bitte abmelden ",
                                 " non ",
                                 " non merci ",
                                 " merci non ",
                                 " pas interesse ",
                                 " pas interessee ",
                                 " pas interesses ",
                                 " pas interesse merci ",
                                 " non pas interesse ",
                                 " nous ne sommes pas interesses ",
                                 " je ne suis pas interesse ",
                                 " je ne suis pas interessee ",
                                 " desabonnement ",
                                 " me desabonner ",
                                 " desinscription ",
                                 " stop svp ",
                                 " no gracias ",
                                 " gracias no ",
                                 " no me interesa ",
                                 " no nos interesa ",
                                 " no estamos interesados ",
                                 " no estoy interesado ",
                                 " no estoy interesada ",
                                 " no interesado ",
                                 " no me interesa gracias ",
                                 " baja ",
                                 " darme de baja ",
                                 " dar de baja ",
                                 " no grazie ",
                                 " grazie no ",
                                 " non interessato ",
                                 " non interessata ",
                                 " non interessati ",
                                 " non mi interessa ",
                                 " non ci interessa ",
                                 " non siamo interessati ",
                                 " non sono interessato ",
                                 " non sono interessata ",
                                 " cancellami ",
                                 " cancellatemi ",
                                 " disiscrivimi ",
                                 " nee ",
                                 " nee bedankt ",
                                 " nee dank u ",
                                 " nee dank je ",
                                 " nee dankjewel ",
                                 " bedankt nee ",
                                 " geen interesse ",
                                 " geen interesse bedankt ",
                                 " wij hebben geen interesse ",
                                 " niet geinteresseerd ",
                                 " afmelden ",
                                 " uitschrijven ",
                                 " nao ",
                                 " nao obrigado ",
                                 " nao obrigada ",
                                 " obrigado nao ",
                                 " nao tenho interesse ",
                                 " nao temos interesse ",
                                 " sem interesse ",
                                 " nao estou interessado ",
                                 " nao estou interessada ",
                                 " nao estamos interessados ",
                                 " cancelar inscricao ",
                                 " descadastrar ",
                                 " remover ",
                                 " nie ",
                                 " nie dziekuje ",
                                 " nie dziekujemy ",
                                 " dziekuje nie ",
                                 " nie jestem zainteresowany ",
                                 " nie jestem zainteresowana ",
                                 " nie jestesmy zainteresowani ",
                                 " niezainteresowany ",
                                 " brak zainteresowania ",
                                 " wypisz mnie ",
                                 " prosze wypisac ",
                                 " rezygnuje "};
    return phrases;
}

// Asks for it, however long the rest is.
const Phrases& requests() {
    static const Phrases phrases{" remove me ",
                                 " remove us ",
                                 " remove my ",
                                 " remove our ",
                                 " take me off ",
                                 " take us off ",
                                 " unsubscribe me ",
                                 " unsubscribe us ",
                                 " please unsubscribe ",
                                 " opt me out ",
                                 " opt us out ",
                                 " want to opt out ",
                                 " like to opt out ",
                                 " wish to opt out ",
                                 " want to unsubscribe ",
                                 " like to unsubscribe ",
                                 " wish to unsubscribe ",
                                 " stop emailing ",
                                 " stop e mailing ",
                                 " stop mailing ",
                                 " stop contacting ",
                                 " stop writing ",
                                 " stop sending ",
                                 " stop messaging ",
                                 " stop spamming ",
                                 " cease contact",
                                 " cease and desist ",
                                 " do not contact me ",
                                 " do not contact us ",
                                 " don t contact me ",
                                 " don t contact us ",
                                 " do not email ",
                                 " don t email ",
                                 " do not e mail ",
                                 " do not send me ",
                                 " don t send me ",
                                 " no more email",
                                 " no more mail",
                                 " no further email",
                                 " no further mail",
                                 " no further contact",
                                 " not wish to be contacted",
                                 " not want to be contacted",
                                 " don t want to be contacted",
                                 " not wish to receive",
                                 " not want to receive",
                                 " don t want to receive",
                                 " don t wish to receive",
                                 " delete my data",
                                 " delete my details",
                                 " delete my email",
                                 " delete my contact",
                                 " erase my data",
                                 " remove from your list",
                                 " remove from your mailing",
                                 " off your list",
                                 " off your mailing",
                                 " leave me alone",
                                 " abmelden ",
                                 " austragen ",
                                 " aus ihrer liste",
                                 " aus ihrem verteiler",
                                 " aus dem verteiler",
                                 " von ihrer liste",
                                 " von der liste",
                                 " aus der liste",
                                 " keine weiteren e mails",
                                 " keine weiteren mails",
                                 " keine weiteren nachrichten",
                                 " keine werbung",
                                 " keine e mails mehr",
                                 " keine mails mehr",
                                 " nicht mehr kontaktieren",
                                 " nicht mehr anschreiben",
                                 " nicht weiter kontaktieren",
                                 " kontaktieren sie mich nicht",
                                 " kontaktieren sie uns nicht",
                                 " schreiben sie mir nicht",
                                 " loschen sie meine",
                                 " meine daten loschen",
                                 " meine daten zu loschen",
                                 " von weiteren e mails abzusehen",
                                 " von weiteren mails abzusehen",
                                 " von weiteren kontakt",
                                 " me desabonner",
                                 " me desinscrire",
                                 " desabonnez moi",
                                 " desinscrivez moi",
                                 " desinscrire",
                                 " retirez moi",
                                 " me retirer de",
                                 " retirer de votre liste",
                                 " de votre liste",
                                 " ne plus me contacter",
                                 " ne plus nous contacter",
                                 " ne me contactez plus",
                                 " ne nous contactez plus",
                                 " ne plus recevoir",
                                 " ne plus m envoyer",
                                 " ne m ecrivez plus",
                                 " cessez de",
                                 " arretez de m",
                                 " arretez de nous",
                                 " supprimer mes donnees",
                                 " supprimez mes donnees",
                                 " supprimez mon adresse",
                                 " darme de baja",
                                 " darnos de baja",
                                 " deme de baja",
                                 " dame de baja",
                                 " denme de baja",
                                 " de su lista",
                                 " de vuestra lista",
                                 " eliminenme",
                                 " elimineme",
                                 " borrenme",
                                 " borreme",
                                 " no me contacte",
                                 " no me contacten",
                                 " no nos contacte",
                                 " no me escriba",
                                 " no me envie",
                                 " no me envien",
                                 " dejen de enviar",
                                 " deje de enviar",
                                 " no deseo recibir",
                                 " no quiero recibir",
                                 " no deseamos recibir",
                                 " no queremos recibir",
                                 " eliminar mis datos",
                                 " eliminen mis datos",
                                 " cancellatemi",
                                 " cancellami",
                                 " mi cancelli",
                                 " rimuovetemi",
                                 " rimuovimi",
                                 " mi rimuova",
                                 " dalla vostra lista",
                                 " dalla tua lista",
                                 " dalla lista",
                                 " dalla mailing list",
                                 " non contattatemi",
                                 " non contattarmi",
                                 " non mi contatti",
                                 " non mi contatt",
                                 " non scrivetemi",
                                 " non inviatemi",
                                 " non desidero ricevere",
                                 " non voglio ricevere",
                                 " non vogliamo ricevere",
                                 " cancellare i miei dati",
                                 " disiscriver",
                                 " disiscrivetemi",
                                 " smettete di",
                                 " uitschrijven",
                                 " afmelden",
                                 " schrijf mij uit",
                                 " schrijf me uit",
                                 " van uw lijst",
                                 " van jullie lijst",
                                 " van de lijst",
                                 " uit uw bestand",
                                 " uit jullie bestand",
                                 " niet meer mailen",
                                 " niet meer te mailen",
                                 " niet meer contacteren",
                                 " geen mails meer",
                                 " geen e mails meer",
                                 " geen mail meer",
                                 " geen contact meer",
                                 " stop met mailen",
                                 " verwijder mij",
                                 " verwijder me",
                                 " verwijder mijn",
                                 " mijn gegevens verwijderen",
                                 " me descadastr",
                                 " me remova",
                                 " remova me",
                                 " remova o meu",
                                 " remova meu",
                                 " remover me",
                                 " retire me",
                                 " da sua lista",
                                 " da vossa lista",
                                 " de sua lista",
                                 " nao me contacte",
                                 " nao me contatem",
                                 " nao me contate",
                                 " nao entre em contato",
                                 " nao desejo receber",
                                 " nao quero receber",
                                 " nao queremos receber",
                                 " pare de enviar",
                                 " parem de enviar",
                                 " nao me envie",
                                 " cancelar a minha inscricao",
                                 " cancelar minha inscricao",
                                 " apagar os meus dados",
                                 " eliminar os meus dados",
                                 " wypisac mnie",
                                 " wypiszcie mnie",
                                 " prosze wypisac",
                                 " prosze mnie wypisac",
                                 " usuncie mnie",
                                 " prosze usunac",
                                 " usunac mnie",
                                 " usunac moj",
                                 " z waszej listy",
                                 " z panstwa listy",
                                 " z listy mailingowej",
                                 " z bazy danych",
                                 " nie kontaktowac sie",
                                 " nie kontaktujcie sie",
                                 " prosze nie kontaktowac",
                                 " nie wysylac",
                                 " nie wysylajcie",
                                 " prosze nie pisac",
                                 " nie piszcie",
                                 " nie chce otrzymywac",
                                 " nie zycze sobie",
                                 " usunac moje dane"};
    return phrases;
}

// Turns a request into its opposite, or makes it somebody else's.
const Phrases& exceptions() {
    static const Phrases phrases{
        " don t remove",      " do not remove",        " don t unsubscribe",     " do not unsubscribe",
        " don t take me off", " don t stop",           " do not stop",           " nicht abmelden",
        " nicht austragen",   " how do i unsubscribe", " how do we unsubscribe", " how can i unsubscribe",
        " unsubscribe link",  " unsubscribe rate",     " can leads unsubscribe", " customers unsubscribe"};
    return phrases;
}

std::size_t countWords(std::string_view words) {
    return words.size() < 2 ? 0 : static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) - 1;
}

} // namespace

std::string_view unsubscribeToken(std::string_view subject) {
    constexpr std::string_view word = "unsubscribe ";
    constexpr std::size_t randomSigns = 20; // of the Message-IDs we make: milliseconds, a dot, and these
    subject = contact::trimmed(subject);
    if (contact::asciiLower(subject.substr(0, word.size())) != word)
        return {};
    const std::string_view token = contact::trimmed(subject.substr(word.size()));
    const auto dot = token.find('.');
    if (dot == std::string_view::npos || dot == 0 || token.size() != dot + 1 + randomSigns)
        return {};
    const bool digits =
        std::all_of(token.begin(), token.begin() + std::ptrdiff_t(dot), [](char c) { return c >= '0' && c <= '9'; });
    const bool signs = std::all_of(token.begin() + std::ptrdiff_t(dot) + 1, token.end(),
                                   [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'v'); });
    return digits && signs ? token : std::string_view();
}

std::optional<OptOut> findOptOut(std::string_view subject, std::string_view ownText) {
    const std::string text = wordsOf(startOf(ownText, readBytes));
    const std::size_t count = countWords(text);
    // The link of our List-Unsubscribe header writes this subject, and perhaps nothing else.
    constexpr std::array<std::string_view, 3> ours{" unsubscribe ", " re unsubscribe ", " opt out "};
    const std::string subjectWords = wordsOf(startOf(subject, 200));
    if (std::find(ours.begin(), ours.end(), subjectWords) != ours.end() && count <= answerWords)
        return OptOut{"opt_out.subject", excerpt(subject)};
    if (holdsAny(text, exceptions()))
        return std::nullopt;
    for (const std::string_view answer : wholeAnswers()) {
        if (text == answer)
            return OptOut{"opt_out.answer", excerpt(ownText)};
    }
    // "No thanks.\nTobias": the answer, and a name below it.
    const auto lineEnd = contact::trimmed(ownText).find('\n');
    if (lineEnd != std::string_view::npos && count <= shortWords + 6) {
        const std::string firstLine = wordsOf(contact::trimmed(ownText).substr(0, lineEnd));
        const auto& answers = wholeAnswers();
        if (std::find(answers.begin(), answers.end(), firstLine) != answers.end() && countWords(firstLine) > 1)
            return OptOut{"opt_out.answer", excerpt(ownText.substr(0, lineEnd))};
    }
    constexpr std::array<std::string_view, 4> verbs{" unsubscribe ", " desabonner ", " disiscrizione ", " desinscription "};
    if (count <= shortWords && holdsAny(text, verbs))
        return OptOut{"opt_out.short", excerpt(ownText)};
    if (const std::string_view request = firstHeld(text, requests()); !request.empty()) {
        // Far into a long text it may be part of somebody's footer.
        const auto before = countWords(std::string_view(text).substr(0, text.find(request) + 1));
        if (count <= 2 * answerWords || before <= answerWords)
            return OptOut{"opt_out.phrase", std::string(contact::trimmed(request))};
    }
    return std::nullopt;
}

} // namespace outrider::inbound
