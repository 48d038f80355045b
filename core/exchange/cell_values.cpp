// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_values.h"

#include "core/contact/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace outrider::exchange {

namespace {

using contact::trimmed;

constexpr std::size_t longestWord = 40; // longer cells are no yes, no or status

using Words = std::unordered_set<std::string_view>;

const Words& placeholders() {
    static const Words words{"-",
                             "--",
                             "---",
                             "–",
                             "—",
                             ".",
                             "..",
                             "/",
                             "n/a",
                             "na",
                             "n.a.",
                             "n.a",
                             "#n/a",
                             "#na",
                             "#ref!",
                             "#value!",
                             "null",
                             "(null)",
                             "\\n",
                             "nil",
                             "none",
                             "(none)",
                             "nan",
                             "undefined",
                             "unknown",
                             "empty",
                             "(blank)",
                             "blank",
                             "tbd",
                             "?",
                             "??",
                             "0/0/00",
                             "0/0/0000",
                             "00/00/00",
                             "00/00/0000",
                             "0000-00-00",
                             "0000-00-00 00:00:00",
                             "00.00.0000",
                             "k.a.",
                             "k. a.",
                             "keine angabe",
                             "keine",
                             "unbekannt",
                             "nicht vorhanden",
                             "s/o",
                             "sans objet",
                             "inconnu",
                             "n.c.",
                             "nc",
                             "aucun",
                             "aucune",
                             "desconocido",
                             "sin datos",
                             "ninguno",
                             "ninguna",
                             "n.d.",
                             "nd",
                             "sconosciuto",
                             "nessuno",
                             "nessuna",
                             "n.v.t.",
                             "nvt",
                             "onbekend",
                             "geen",
                             "desconhecido",
                             "nenhum",
                             "nenhuma",
                             "brak",
                             "nieznany",
                             "nieznane",
                             "not available",
                             "not provided",
                             "no data",
                             "no value",
                             "#leer!",
                             "no email",
                             "no phone",
                             "keine e-mail"};
    return words;
}

const Words& yesWords() {
    static const Words words{"yes",  "y",    "true", "t",          "1",   "1.0",    "on",      "x",      "✓", "✔",
                             "☑",    "ja",   "j",    "wahr",       "oui", "o",      "vrai",    "si",     "s", "verdadero",
                             "vero", "waar", "sim",  "verdadeiro", "tak", "prawda", "checked", "enabled"};
    return words;
}

const Words& noWords() {
    static const Words words{"no",    "n",      "false", "f",      "0",   "0.0",     "off",   "nein",      "falsch",   "non",
                             "faux",  "falso",  "nee",   "onwaar", "nao", "nie",     "falsz", "unchecked", "disabled", "never",
                             "nunca", "jamais", "nooit", "nigdy",  "mai", "not set", "✗",     "✘",         "☐"};
    return words;
}

// Folded, and without accents when there are any.
std::string wordOf(std::string_view cell) {
    const auto text = trimmed(cell);
    return text.size() > longestWord ? std::string() : contact::unaccented(text);
}

bool in(const Words& words, std::string_view word) { return words.find(word) != words.end(); }

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

template <std::size_t N>
bool containsAny(std::string_view text, const std::array<std::string_view, N>& parts) {
    return std::any_of(parts.begin(), parts.end(), [text](std::string_view part) { return contains(text, part); });
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Nearly all cells are decided by their first byte.
bool startsPlaceholder(char first) {
    static const auto starts = [] {
        std::array<bool, 256> table{};
        for (const auto word : placeholders()) {
            table[static_cast<unsigned char>(word.front())] = true;
            if (word.front() >= 'a' && word.front() <= 'z')
                table[static_cast<unsigned char>(word.front() - 'a' + 'A')] = true;
        }
        return table;
    }();
    return starts[static_cast<unsigned char>(first)];
}

} // namespace

bool isPlaceholder(std::string_view cell) {
    const auto text = trimmed(cell);
    if (text.empty())
        return true;
    if (text.size() > 20 || !startsPlaceholder(text.front()))
        return false;
    return in(placeholders(), wordOf(text));
}

std::optional<double> parseNumber(std::string_view cell) {
    const auto text = trimmed(cell);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<bool> parseYesNo(std::string_view cell) {
    const std::string word = wordOf(cell);
    if (in(yesWords(), word))
        return true;
    if (in(noWords(), word))
        return false;
    return std::nullopt;
}

StatusVerdict verdictOf(std::string_view status) {
    const auto text = trimmed(status);
    if (text.size() < 3 || text.size() > 80)
        return StatusVerdict::Nothing;
    std::string word = contact::unaccented(text);
    std::replace_if(
        word.begin(), word.end(), [](char c) { return c == '-' || c == '_' || c == '.'; }, ' ');
    constexpr std::array<std::string_view, 8> negations{"not ", "no ", "never ", "nicht ", "kein", "non ", "pas ", "niet "};
    const bool negated = std::any_of(negations.begin(), negations.end(), [&](std::string_view n) { return word.starts_with(n); });
    constexpr std::array<std::string_view, 9> doNotCall{"do not call",   "don't call",     "dont call",
                                                        "nicht anrufen", "ne pas appeler", "no llamar",
                                                        "non chiamare",  "niet bellen",    "nie dzwonic"};
    if (containsAny(word, doNotCall) || word == "dnc" || contains(word, "nao ligar"))
        return StatusVerdict::DoNotCall;
    constexpr std::array<std::string_view, 20> doNotContact{
        "do not contact", "don't contact",    "dont contact",     "do not email",  "do not mail",
        "do not disturb", "blacklist",        "blocklist",        "suppressed",    "nicht kontaktieren",
        "kontaktsperre",  "gesperrt",         "ne pas contacter", "no contactar",  "non contattare",
        "niet benaderen", "niet contacteren", "nao contatar",     "nao contactar", "nie kontaktowac"};
    if (containsAny(word, doNotContact))
        return StatusVerdict::DoNotContact;
    constexpr std::array<std::string_view, 24> optedOut{
        "unsubscribe",   "opted out",        "opt out",       "optout",      "optedout",      "abgemeldet",
        "abbestellt",    "werbewiderspruch", "widersprochen", "werbesperre", "desinscrit",    "desabonne",
        "dado de baja",  "dada de baja",     "desuscrito",    "disiscritto", "uitgeschreven", "afgemeld",
        "descadastrado", "wypisany",         "wypisano",      "complain",    "spam report",   "marked as spam"};
    if (containsAny(word, optedOut))
        return negated ? StatusVerdict::Nothing : StatusVerdict::OptedOut;
    constexpr std::array<std::string_view, 12> bounced{"bounced",       "hard bounce", "hardbounce", "unzustellbar",
                                                       "undeliverable", "rebondi",     "rebotado",   "rimbalzat",
                                                       "onbestelbaar",  "devolvido",   "odbity",     "niedostarczaln"};
    if ((containsAny(word, bounced) || word == "bounce" || word == "cleaned") && !contains(word, "soft"))
        return negated ? StatusVerdict::Nothing : StatusVerdict::Bounced;
    return StatusVerdict::Nothing;
}

Refusal parseRefusal(std::string_view cell, bool inverted) {
    if (isPlaceholder(cell))
        return Refusal::No;
    if (const auto answer = parseYesNo(cell))
        return *answer == inverted ? Refusal::No : Refusal::Yes;
    if (const auto number = parseNumber(cell))
        return (*number != 0) == inverted ? Refusal::No : Refusal::Yes;
    const std::string word = contact::unaccented(trimmed(cell));
    // Dynamics: "Allow" and "Do Not Allow"; others: "Subscribed", "Opted in", "Active"…
    constexpr std::array<std::string_view, 7> refused{"do not", "don't",  "dont ",         "not allow",
                                                      "nicht",  "prohib", "not subscribed"};
    if (verdictOf(cell) == StatusVerdict::OptedOut || verdictOf(cell) == StatusVerdict::DoNotContact
        || verdictOf(cell) == StatusVerdict::DoNotCall || containsAny(word, refused))
        return Refusal::Yes;
    constexpr std::array<std::string_view, 28> allowed{
        "allow",      "allowed",   "subscribed",  "subscriber", "opted in", "opt-in",        "opt in",           "optin",
        "opted-in",   "active",    "send",        "ok",         "okay",     "not opted out", "not unsubscribed", "erlaubt",
        "angemeldet", "abonniert", "inscrit",     "abonne",     "suscrito", "iscritto",      "ingeschreven",     "inscrito",
        "zapisany",   "permitted", "contactable", "aktiv"};
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end())
        return Refusal::No;
    return inverted ? Refusal::No : Refusal::Assumed;
}

Bounce parseBounce(std::string_view cell) {
    if (isPlaceholder(cell))
        return Bounce::No;
    if (const auto answer = parseYesNo(cell))
        return *answer ? Bounce::Hard : Bounce::No;
    if (const auto number = parseNumber(cell))
        return *number != 0 ? Bounce::Hard : Bounce::No;
    const std::string word = contact::unaccented(trimmed(cell));
    constexpr std::array<std::string_view, 10> fine{"not bounced", "no bounce", "delivered",  "valid",  "ok",
                                                    "deliverable", "verified",  "zugestellt", "active", "not"};
    if (std::find(fine.begin(), fine.end(), word) != fine.end())
        return Bounce::No;
    return contains(word, "soft") || contains(word, "transient") || contains(word, "temporar") ? Bounce::Soft : Bounce::Hard;
}

bool parseReplied(std::string_view cell) {
    if (isPlaceholder(cell))
        return false;
    if (const auto answer = parseYesNo(cell))
        return *answer;
    if (const auto number = parseNumber(cell))
        return *number != 0;
    const std::string word = contact::unaccented(trimmed(cell));
    constexpr std::array<std::string_view, 20> none{
        "no reply",          "no response",    "not replied",   "not yet",          "unanswered",    "no answer",
        "pending",           "waiting",        "auto",          "out of office",    "ooo",           "keine antwort",
        "nicht geantwortet", "pas de reponse", "sin respuesta", "nessuna risposta", "geen antwoord", "sem resposta",
        "brak odpowiedzi",   "abwesenheit"};
    return !containsAny(word, none);
}

// ── Numbers and lists ────────────────────────────────────────────────────────────────────────

std::optional<std::int64_t> parseCount(std::string_view cell) {
    auto text = trimmed(cell);
    while (!text.empty() && !isDigit(text.front())) {
        constexpr std::string_view around = "~<>=+ '\xE2\x89\x88";
        if (around.find(text.front()) == std::string_view::npos)
            return std::nullopt;
        text.remove_prefix(1);
    }
    std::int64_t value = 0;
    std::size_t at = 0;
    int digits = 0;
    const auto digitsFrom = [&](std::size_t from) {
        std::size_t count = 0;
        while (from + count < text.size() && isDigit(text[from + count]))
            ++count;
        return count;
    };
    while (at < text.size()) {
        const char c = text[at];
        if (isDigit(c)) {
            if (++digits > 15)
                return std::nullopt;
            value = value * 10 + (c - '0');
            ++at;
        } else if ((c == ',' || c == '.' || c == '\'' || c == ' ') && digitsFrom(at + 1) == 3) {
            ++at; // thousands
        } else {
            break;
        }
    }
    if (digits == 0)
        return std::nullopt;
    auto rest = text.substr(at);
    if (!rest.empty() && (rest.front() == '.' || rest.front() == ',') && digitsFrom(at + 1) > 0)
        rest.remove_prefix(1 + digitsFrom(at + 1)); // a fraction
    rest = trimmed(rest);
    if (!rest.empty() && (rest.front() == 'k' || rest.front() == 'K'))
        return value * 1000;
    return value;
}

std::vector<std::string_view> splitList(std::string_view cell, bool commas) {
    std::string_view separator;
    if (contains(cell, " ::: "))
        separator = " ::: ";
    else if (contains(cell, ";"))
        separator = ";";
    else if (contains(cell, "|"))
        separator = "|";
    else if (contains(cell, "\n"))
        separator = "\n";
    else if (commas && contains(cell, ","))
        separator = ",";
    std::vector<std::string_view> parts;
    if (separator.empty()) {
        if (const auto whole = trimmed(cell); !whole.empty())
            parts.push_back(whole);
        return parts;
    }
    for (const auto part : contact::split(cell, separator)) {
        if (const auto value = trimmed(part); !value.empty())
            parts.push_back(value);
    }
    return parts;
}

} // namespace outrider::exchange
