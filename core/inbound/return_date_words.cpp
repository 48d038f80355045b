// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/return_date_words.h"

#include "core/contact/text.h"

namespace outrider::inbound {

const Numbers& months() {
    static const Numbers names = [] {
        constexpr std::array<std::string_view, 12> spellings{
            "january jan januar jaenner janner janvier janv enero ene gennaio gen januari janeiro styczen stycznia sty",
            "february feb februar fevrier fevr fev febrero febbraio februari fevereiro luty lutego lut",
            "march mar marz maerz mars marzo maart mrt marco marzec marca",
            "april apr avril avr abril abr aprile kwiecien kwietnia kwi",
            "may mai mayo maggio mag mei maio maj maja",
            "june jun juni juin junio giugno giu junho czerwiec czerwca cze",
            "july jul juli juillet juil julio luglio lug julho lipiec lipca lip",
            "august aug aout agosto augustus sierpien sierpnia",
            "september sep sept septembre septiembre settembre setembro set wrzesien wrzesnia wrz",
            "october oct oktober okt octobre octubre ottobre ott outubro pazdziernik pazdziernika paz",
            "november nov novembre noviembre novembro listopad listopada lis",
            "december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia gru",
        };
        Numbers all;
        for (int month = 1; month <= 12; ++month) {
            for (const std::string_view name : contact::split(spellings[std::size_t(month - 1)], " "))
                all.emplace(name, month);
        }
        return all;
    }();
    return names;
}

// 1 Monday … 7 Sunday
const Numbers& weekdays() {
    static const Numbers names = [] {
        constexpr std::array<std::string_view, 7> spellings{
            "monday montag lundi lunes lunedi maandag segunda poniedzialek poniedzialku",
            "tuesday dienstag mardi martes martedi dinsdag terca wtorek wtorku",
            "wednesday mittwoch mercredi miercoles mercoledi woensdag quarta sroda srode srody",
            "thursday donnerstag jeudi jueves giovedi donderdag quinta czwartek czwartku",
            "friday freitag vendredi viernes venerdi vrijdag sexta piatek piatku",
            "saturday samstag sonnabend samedi sabado sabato zaterdag sobota sobote soboty",
            "sunday sonntag dimanche domingo domenica zondag niedziela niedziele niedzieli",
        };
        Numbers all;
        for (int day = 1; day <= 7; ++day) {
            for (const std::string_view name : contact::split(spellings[std::size_t(day - 1)], " "))
                all.emplace(name, day);
        }
        return all;
    }();
    return names;
}

bool isTomorrow(std::string_view word) {
    constexpr std::array<std::string_view, 7> words{"tomorrow", "morgen", "demain", "manana", "domani", "amanha", "jutro"};
    return isOneOf(word, words);
}

// Somebody comes back.
bool isReturn(std::string_view word) {
    constexpr std::array<std::string_view, 92> words{
        "back",       "return",     "returning",  "returns",     "reopen",        "reopens",         "zuruck",
        "wieder",     "erreichbar", "ruckkehr",   "verfugbar",   "anwesend",      "zuruckkehren",    "retour",
        "rentre",     "rentrerai",  "rentrerons", "reprends",    "reprendrai",    "reprise",         "reprendrons",
        "reprenons",  "revenir",    "reviens",    "reviendrai",  "disponible",    "joignable",       "rouvre",
        "rouvrira",   "rouvrirons", "rouvriront", "vuelvo",      "volvere",       "volveremos",      "vuelta",
        "regreso",    "regresare",  "regresamos", "reincorporo", "reincorporare", "reincorporacion", "incorporare",
        "incorporo",  "reabrimos",  "rientro",    "rientrero",   "rientreremo",   "torno",           "tornero",
        "torneremo",  "ritorno",    "ritornero",  "disponibile", "reperibile",    "riapre",          "riapriremo",
        "terug",      "terugkeer",  "terugkomst", "weer",        "bereikbaar",    "aanwezig",        "volto",
        "voltarei",   "voltamos",   "regresso",   "regressarei", "retorno",       "retornarei",      "retornaremos",
        "disponivel", "wracam",     "wracamy",    "wroce",       "wroci",         "powrot",          "powracam",
        "powroce",    "powrocie",   "dostepny",   "dostepna",    "dostepni",      "obecny",          "obecna",
        "osiagalny",  "osiagalna",  "available",  "reachable",   "resume",        "resuming",        "tilbake",
        "tillbaka"};
    return isOneOf(word, words);
}

// Somebody is away up to a day.
bool isUntil(std::string_view word) {
    constexpr std::array<std::string_view, 18> words{"until", "till", "til",  "through", "thru", "bis", "jusqu", "jusque", "au",
                                                     "hasta", "al",   "fino", "tot",     "ate",  "do",  "to",    "tm",     "ao"};
    return isOneOf(word, words);
}

// "between 3 and 14 August", "tussen 3 en 14 augustus": the second day is the last.
bool isAnd(std::string_view word) {
    constexpr std::array<std::string_view, 8> words{"and", "und", "et", "y", "e", "en", "a", "i"};
    return isOneOf(word, words);
}

bool isBetween(std::string_view word) {
    constexpr std::array<std::string_view, 8> words{"between", "zwischen", "entre", "tra", "fra", "tussen", "miedzy", "pomiedzy"};
    return isOneOf(word, words);
}

// …and on that day too.
bool isInclusive(std::string_view word) {
    constexpr std::array<std::string_view, 18> words{
        "through",   "thru",    "including", "inclusive", "inclusief", "incl",      "einschliesslich", "einschl",  "inkl",
        "inklusive", "compris", "inclus",    "incluido",  "incluso",   "inclusivo", "compreso",        "wlacznie", "tm"};
    return isOneOf(word, words);
}

} // namespace outrider::inbound
