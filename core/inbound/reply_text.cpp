// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/reply_text.h"

#include "core/contact/text.h"
#include "core/inbound/words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace outrider::inbound {

namespace {

constexpr std::size_t longestMark = 300; // bytes of a line that may introduce a quotation

using Lines = std::vector<std::string_view>;

bool isBlank(std::string_view line) { return contact::trimmed(line).empty(); }

Lines linesOf(std::string_view text) {
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        at = end + 1;
    }
    return lines;
}

bool isQuoted(std::string_view line) {
    const auto start = line.find_first_not_of(" \t");
    return start <= 3 && line[start] == '>'; // npos is more than 3
}

// ── "On Thu, 19 Nov 2026 at 10:12, Mara Lindqvist <mara@harborline.example> wrote:" ──────────

bool hasDigit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "10:12", "10.12", "2026": what an attribution has and a sentence seldom.
bool hasTimeOrYear(std::string_view text) {
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    for (std::size_t at = 1; at + 2 < text.size(); ++at) {
        if ((text[at] == ':' || text[at] == '.' || text[at] == 'h') && digit(at - 1) && digit(at + 1) && digit(at + 2))
            return true;
        if (text[at - 1] == '2' && text[at] == '0' && digit(at + 1) && digit(at + 2) && !digit(at + 3))
            return true;
    }
    return false;
}

bool quoteFollows(const Lines& lines, std::size_t index) {
    while (index < lines.size() && isBlank(lines[index]))
        ++index;
    return index < lines.size() && isQuoted(lines[index]);
}

// The line, or up to three that a program has broken it into, introduce what somebody wrote before.
// Returns how many lines; 0: none.
std::size_t attributionLines(const Lines& lines, std::size_t index) {
    struct Wording {
        std::string_view start; // of the words; empty: anywhere
        std::string_view verb;
    };

    constexpr std::array<Wording, 36> wordings{{
        {" on ", " wrote "},
        {" at ", " wrote "},
        {" am ", " schrieb "},
        {" am ", " geschrieben "},
        {" um ", " schrieb "},
        {" le ", " a ecrit "},
        {" el ", " escribio "},
        {" el ", " ha escrito "},
        {" il ", " ha scritto "},
        {" in data ", " ha scritto "},
        {" op ", " schreef "},
        {" op ", " heeft "},
        {" em ", " escreveu "},
        {" a ", " escreveu "},
        {" no dia ", " escreveu "},
        {" w dniu ", " napisal "},
        {" w dniu ", " pisze "},
        {" dnia ", " napisal "},
        {" dnia ", " pisze "},
        {" den ", " skrev "},
        {" pa ", " skrev "},
        {" ", " wrote "},
        {" ", " schrieb "},
        {" ", " a ecrit "},
        {" ", " escribio "},
        {" ", " ha scritto "},
        {" ", " schreef "},
        {" ", " escreveu "},
        {" ", " napisal"},
        {" ", " skrev "},
        {" wiadomosc ", " napisana "},
        {" ", " kirjoitti "},
        {" ", " napsal"},
        {" ", " yazdi "},
        {" ", " пишет "},
        {" ", " написал"},
    }};
    std::string joined;
    for (std::size_t count = 1; count <= 3 && index + count <= lines.size(); ++count) {
        const std::string_view line = lines[index + count - 1];
        if (isBlank(line) || isQuoted(line) || joined.size() + line.size() > longestMark)
            return 0;
        joined += line;
        joined += ' ';
        const std::string_view whole = contact::trimmed(joined);
        // Yahoo goes on in the same line.
        if (hasTimeOrYear(whole) && holds(whole, "@") && (whole.starts_with("On ") || whole.starts_with("Am "))
            && (holds(whole, "> wrote: ") || holds(whole, "> schrieb: ")))
            return count;
        const bool ends = whole.ends_with(':') || whole.ends_with("\xEF\xBC\x9A"); // also the wide colon
        if (!ends)
            continue;
        const std::string words = wordsOf(whole);
        // "Mara Lindqvist wrote:" is enough above lines that are marked as quoted; without marks it takes an address or
        // a clock's time, or "what you wrote on page 3:" would cut an answer.
        const bool marked = quoteFollows(lines, index + count);
        const bool dated = marked || holds(whole, "@") || hasTimeOrYear(whole);
        for (const Wording& wording : wordings) {
            if (words.starts_with(wording.start) && holds(words, wording.verb) && dated)
                return count;
        }
        // Japanese, Chinese: "2026年11月19日(木) 10:12 Mara <mara@…>:"
        if (holds(whole, "年") && holds(whole, "月") && holds(whole, "@"))
            return count;
        // "19.11.2026 10:12, Mara Lindqvist <mara@harborline.example>:" and nothing else
        if (hasTimeOrYear(whole) && holds(whole, "<") && holds(whole, "@") && (whole.ends_with(">:") || whole.ends_with("> :")))
            return count;
        return 0;
    }
    return 0;
}

// ── "-----Original Message-----" ─────────────────────────────────────────────────────────────

bool isSeparator(std::string_view line) {
    line = contact::trimmed(line);
    if (line.size() < 5 || line.size() > longestMark || (line.front() != '-' && line.front() != '_' && line.front() != '*'))
        return false;
    constexpr std::array<std::string_view, 23> titles{
        " original message ",       " original appointment ",      " forwarded message ",    " ursprungliche nachricht ",
        " originalnachricht ",      " weitergeleitete nachricht ", " message d origine ",    " message original ",
        " message transfere ",      " mensaje original ",          " mensaje reenviado ",    " messaggio originale ",
        " oorspronkelijk bericht ", " oorspronkelijke bericht ",   " mensagem original ",    " wiadomosc oryginalna ",
        " oryginalna wiadomosc ",   " messaggio inoltrato ",       " doorgestuurd bericht ", " mensagem encaminhada ",
        " wiadomosc przekazana ",   " ursprungligt meddelande ",   " opprinnelig melding "};
    const std::string words = wordsOf(line);
    return std::any_of(titles.begin(), titles.end(),
                       [&](std::string_view title) { return words == title || words.starts_with(title); });
}

// ── Outlook: "From: …" "Sent: …" "To: …" "Subject: …" ───────────────────────────────────────

enum class Label { None, From, Other };

Label labelOf(std::string_view line) {
    constexpr std::array<std::string_view, 11> from{"from", "von", "de",   "da",         "van",   "lahettaja",
                                                    "od",   "fra", "fran", "expediteur", "差出人"};
    constexpr std::array<std::string_view, 48> other{
        "sent",     "date",       "to",          "cc",        "subject",    "gesendet",    "datum",        "an",
        "betreff",  "envoye",     "a",           "objet",     "enviado",    "fecha",       "para",         "asunto",
        "inviato",  "data",       "oggetto",     "verzonden", "aan",        "onderwerp",   "assunto",      "enviada em",
        "wyslano",  "wyslane",    "do",          "dw",        "temat",      "sendt",       "til",          "emne",
        "skickat",  "till",       "amne",        "kopie",     "enviado el", "gesendet am", "verzonden op", "data wysylania",
        "priorite", "importance", "wichtigkeit", "reply to",  "cci",        "bcc",         "antwort an",   "udw"};
    line = contact::trimmed(line);
    while (!line.empty() && (line.front() == '*' || line.front() == '>'))
        line.remove_prefix(1);
    constexpr std::size_t longestLabel = 24;
    const auto colon = startOf(line, longestLabel).find(':');
    if (colon == std::string_view::npos || colon == 0)
        return Label::None;
    const std::string words = wordsOf(line.substr(0, colon));
    const std::string_view label = contact::trimmed(words);
    if (std::find(from.begin(), from.end(), label) != from.end())
        return Label::From;
    return std::find(other.begin(), other.end(), label) != other.end() ? Label::Other : Label::None;
}

bool isHeaderBlock(const Lines& lines, std::size_t index) {
    const Label first = labelOf(lines[index]);
    // GMX puts the date first.
    const bool second = first == Label::Other && index + 1 < lines.size() && labelOf(lines[index + 1]) == Label::From;
    if (first != Label::From && !second)
        return false;
    int others = 0;
    constexpr std::size_t lookAhead = 8;
    for (std::size_t next = index + 1; next < lines.size() && next <= index + lookAhead; ++next)
        others += labelOf(lines[next]) == Label::Other ? 1 : 0;
    return others >= 2;
}

// Outlook draws a line above the block.
bool isRule(std::string_view line) {
    line = contact::trimmed(line);
    constexpr std::size_t shortest = 8;
    return line.size() >= shortest && line.find_first_not_of('_') == std::string_view::npos;
}

// ── What a program or a company puts below every mail ────────────────────────────────────────

bool isProgramLine(std::string_view line) {
    constexpr std::array<std::string_view, 64> starts{" sent from my ",
                                                      " sent from outlook",
                                                      " sent from mail for",
                                                      " sent from yahoo",
                                                      " sent from samsung",
                                                      " sent from proton",
                                                      " sent from a ",
                                                      " sent from the ",
                                                      " sent from mobile",
                                                      " sent via ",
                                                      " sent with ",
                                                      " get outlook for",
                                                      " get boxer",
                                                      " yahoo mail search organize",
                                                      " download outlook",
                                                      " von meinem ",
                                                      " gesendet mit ",
                                                      " gesendet von ",
                                                      " gesendet uber ",
                                                      " diese nachricht wurde von meinem",
                                                      " diese e mail wurde von meinem",
                                                      " holen sie sich outlook",
                                                      " laden sie outlook",
                                                      " envoye de mon ",
                                                      " envoye a partir ",
                                                      " envoye depuis ",
                                                      " envoye avec ",
                                                      " obtenez outlook",
                                                      " obtenir outlook",
                                                      " telecharger outlook",
                                                      " enviado desde mi ",
                                                      " enviado desde outlook",
                                                      " enviado desde ",
                                                      " enviado do meu ",
                                                      " enviado a partir ",
                                                      " enviado do ",
                                                      " enviado con ",
                                                      " enviado com ",
                                                      " obtener outlook",
                                                      " obtenga outlook",
                                                      " descargar outlook",
                                                      " obter o outlook",
                                                      " obtenha o outlook",
                                                      " inviato da ",
                                                      " inviato dal mio ",
                                                      " inviato con ",
                                                      " ottieni outlook",
                                                      " scarica outlook",
                                                      " verstuurd vanaf ",
                                                      " verzonden vanaf ",
                                                      " verzonden met ",
                                                      " verstuurd met ",
                                                      " outlook voor ",
                                                      " outlook fur ",
                                                      " wyslano z ",
                                                      " wyslane z ",
                                                      " wyslano przy ",
                                                      " pobierz ",
                                                      " skickat fran ",
                                                      " sendt fra ",
                                                      " hamta outlook",
                                                      " hent outlook",
                                                      " lahetetty ",
                                                      " отправлено с "};
    line = contact::trimmed(line);
    if (line.empty() || line.size() > longestMark)
        return false;
    const std::string words = wordsOf(line);
    if (std::none_of(starts.begin(), starts.end(), [&](std::string_view start) { return words.starts_with(start); }))
        return false;
    constexpr std::size_t mostWords = 13;
    return std::size_t(std::count(words.begin(), words.end(), ' ')) <= mostWords + 1 || holds(line, "http");
}

// What Outlook and companies put above a mail from outside.
bool isWarning(std::string_view line) {
    constexpr std::array<std::string_view, 14> starts{" caution this e",
                                                      " caution external",
                                                      " caution this message",
                                                      " external email",
                                                      " external e mail",
                                                      " warning this e",
                                                      " this email originated",
                                                      " this message originated",
                                                      " you don t often get",
                                                      " sie erhalten nicht",
                                                      " achtung diese e mail",
                                                      " achtung externe",
                                                      " vous ne recevez pas souvent",
                                                      " no suele recibir"};
    const std::string words = wordsOf(startOf(contact::trimmed(line), longestMark));
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return words.starts_with(start); });
}

// "This e-mail is confidential…": the lawyers' paragraph.
bool isNotice(std::string_view line) {
    line = contact::trimmed(line);
    constexpr std::size_t shortest = 40;
    if (line.size() < shortest)
        return false;
    constexpr std::array<std::string_view, 24> starts{" this e mail ",
                                                      " this email ",
                                                      " this message ",
                                                      " this communication ",
                                                      " the information in this",
                                                      " the information contained",
                                                      " the contents of this",
                                                      " confidentiality",
                                                      " disclaimer",
                                                      " diese e mail ",
                                                      " diese nachricht ",
                                                      " der inhalt dieser",
                                                      " die information",
                                                      " ce message ",
                                                      " ce courriel ",
                                                      " este mensaje ",
                                                      " este correo ",
                                                      " questo messaggio ",
                                                      " questa e mail ",
                                                      " dit bericht ",
                                                      " de informatie ",
                                                      " esta mensagem ",
                                                      " ta wiadomosc ",
                                                      " niniejsza wiadomosc"};
    constexpr std::array<std::string_view, 13> legal{" confidential", " intended recipient", " intended solely", " privileged",
                                                     " vertraulich",  " confidentiel",       " destinataire",    " confidencial",
                                                     " riservat",     " vertrouwelijk",      " poufn",           " geadresseerde",
                                                     " destinatari"};
    constexpr std::array<std::string_view, 6> trees{
        " please consider the environment", " denken sie an die umwelt", " bitte prufen sie ob diese",
        " pensez a l environnement",        " antes de imprimir",        " denk aan het milieu"};
    constexpr std::size_t longest = 1200;
    const std::string words = wordsOf(startOf(line, longest));
    if (holdsAny(startOf(words, 120), trees))
        return true;
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return words.starts_with(start); })
           && holdsAny(words, legal);
}

bool isSignOff(std::string_view line) {
    constexpr std::array<std::string_view, 42> closings{" best ",
                                                        " best regards",
                                                        " kind regards",
                                                        " warm regards",
                                                        " regards ",
                                                        " many thanks",
                                                        " cheers ",
                                                        " sincerely",
                                                        " yours ",
                                                        " best wishes",
                                                        " all the best ",
                                                        " thanks ",
                                                        " thank you ",
                                                        " thx ",
                                                        " mit freundlichen grussen",
                                                        " freundliche grusse",
                                                        " beste grusse",
                                                        " viele grusse",
                                                        " liebe grusse",
                                                        " schone grusse",
                                                        " herzliche grusse",
                                                        " mfg ",
                                                        " vg ",
                                                        " lg ",
                                                        " gruss",
                                                        " cordialement",
                                                        " bien a vous",
                                                        " bien cordialement",
                                                        " salutations",
                                                        " saludos",
                                                        " un saludo",
                                                        " atentamente",
                                                        " cordiali saluti",
                                                        " distinti saluti",
                                                        " saluti ",
                                                        " met vriendelijke groet",
                                                        " groet",
                                                        " atenciosamente",
                                                        " cumprimentos",
                                                        " com os melhores",
                                                        " pozdrawiam",
                                                        " z powazaniem"};
    line = contact::trimmed(line);
    constexpr std::size_t longest = 60;
    if (line.empty() || line.size() > longest)
        return false;
    const std::string words = wordsOf(line);
    return std::any_of(closings.begin(), closings.end(), [&](std::string_view closing) { return words.starts_with(closing); })
           && std::count(words.begin(), words.end(), ' ') <= 7;
}

bool isContactLine(std::string_view line) {
    const auto digits = std::count_if(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
    constexpr auto phoneDigits = 6;
    return digits >= phoneDigits || holds(line, "@") || holds(line, "www.") || holds(line, "://") || holds(line, " | ");
}

// Below "Kind regards" and a name: the card of a company. Where it begins; `lines.size()` when there is none.
std::size_t cardBelowSignOff(const Lines& lines) {
    constexpr std::size_t mostLines = 18;
    constexpr std::size_t longestLine = 90;
    const std::size_t first = lines.size() > mostLines ? lines.size() - mostLines : 0;
    for (std::size_t index = first; index < lines.size(); ++index) {
        if (!isSignOff(lines[index]))
            continue;
        std::size_t next = index + 1;
        while (next < lines.size() && isBlank(lines[next]))
            ++next;
        const bool name = next < lines.size() && lines[next].size() <= longestLine / 2 && !isContactLine(lines[next]);
        const std::size_t card = name ? next + 1 : next;
        bool contact = false;
        bool plain = false;
        for (std::size_t line = card; line < lines.size(); ++line) {
            const std::string_view text = contact::trimmed(lines[line]);
            contact = contact || isContactLine(text);
            plain =
                plain || text.size() > longestLine || text.starts_with("PS") || text.starts_with("P.S") || text.ends_with('?');
        }
        return contact && !plain ? card : lines.size();
    }
    return lines.size();
}

// A last paragraph that is a card although nobody said goodbye above it: a name, then telephones and a site. Where
// it begins; `lines.size()` when there is none.
std::size_t cardAtEnd(const Lines& lines) {
    constexpr std::size_t mostLines = 10;
    constexpr std::size_t longestLine = 90;
    std::size_t start = lines.size();
    while (start > 0 && !isBlank(lines[start - 1]))
        --start;
    if (start == 0 || lines.size() - start < 3 || lines.size() - start > mostLines)
        return lines.size();
    const std::string_view name = contact::trimmed(lines[start]);
    const auto words = std::count(name.begin(), name.end(), ' ') + 1;
    if (isContactLine(name) || hasDigit(name) || words > 5 || name.ends_with('.') || name.ends_with(':') || name.ends_with(','))
        return lines.size();
    constexpr std::array<std::string_view, 14> labels{" tel ", " phone ", " telefon ", " mobil",  " mob ",   " fax ", " t ",
                                                      " m ",   " p ",     " tlf ",     " direct", " handy ", " gsm ", " kom "};
    int contacts = 0;
    bool labelled = false;
    for (std::size_t line = start + 1; line < lines.size(); ++line) {
        const std::string_view text = contact::trimmed(lines[line]);
        if (text.size() > longestLine || text.ends_with('?') || text.ends_with('!'))
            return lines.size();
        contacts += isContactLine(text) ? 1 : 0;
        const std::string beginning = wordsOf(startOf(text, 20));
        labelled =
            labelled || holds(text, "www.") || holds(text, "://")
            || std::any_of(labels.begin(), labels.end(), [&](std::string_view label) { return beginning.starts_with(label); });
    }
    return contacts >= 2 && labelled ? start : lines.size();
}

std::string joined(Lines lines) {
    while (!lines.empty() && isBlank(lines.back()))
        lines.pop_back();
    std::string text;
    bool blank = false;
    for (const std::string_view line : lines) {
        if (isBlank(line)) {
            blank = !text.empty();
            continue;
        }
        if (!text.empty())
            text += blank ? "\n\n" : "\n";
        blank = false;
        auto end = line.size();
        while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t'))
            --end;
        text += line.substr(0, end);
    }
    return std::string(contact::trimmed(text));
}

// Nothing of the person's own follows it: "Sent from Hamburg yesterday." is no program's line in the middle of a text.
bool isLastOfItsBlock(const Lines& lines, std::size_t index) {
    std::size_t next = index + 1;
    while (next < lines.size() && isBlank(lines[next]))
        ++next;
    return next == lines.size() || isQuoted(lines[next]) || isRule(lines[next]) || isSeparator(lines[next])
           || isProgramLine(lines[next]) || isHeaderBlock(lines, next) || attributionLines(lines, next) > 0
           || isNotice(lines[next]) || contact::trimmed(lines[next]) == "--" || lines[next] == "-- ";
}

} // namespace

ReplyText replyText(std::string_view text) {
    const Lines lines = linesOf(text);
    ReplyText reply;
    Lines kept;
    bool written = false;
    bool signature = false;
    bool cut = false;
    const auto quote = [&](std::size_t from, std::size_t to) {
        for (std::size_t index = from; index < to; ++index)
            reply.quotedLines += isBlank(lines[index]) ? 0 : 1;
    };
    for (std::size_t index = 0; index < lines.size() && !cut;) {
        const std::string_view line = lines[index];
        if (isQuoted(line)) {
            quote(index, index + 1);
            signature = false; // an answer below what it quotes follows
            ++index;
            continue;
        }
        if (const std::size_t count = attributionLines(lines, index); count > 0) {
            std::size_t next = index + count;
            while (next < lines.size() && isBlank(lines[next]))
                ++next;
            if (next == lines.size() || !isQuoted(lines[next])) { // the history is not marked: it is the rest
                quote(index, lines.size());
                cut = true;
                continue;
            }
            quote(index, index + count);
            index = next;
            continue;
        }
        std::size_t block = index;
        if (isRule(line)) {
            ++block;
            while (block < lines.size() && isBlank(lines[block]))
                ++block;
        }
        if (isSeparator(line) || (block < lines.size() && isHeaderBlock(lines, block))) {
            quote(index, lines.size());
            cut = true;
            continue;
        }
        const bool delimiter = line == "-- " || contact::trimmed(line) == "--" || contact::trimmed(line) == "\xE2\x80\x94";
        if (delimiter || isWarning(line) || (isProgramLine(line) && isLastOfItsBlock(lines, index))) {
            signature = signature || (delimiter && written); // with nothing above, it is the text
            ++index;
            continue;
        }
        if (written && isNotice(line)) { // to its end, or to what is quoted below
            while (index < lines.size() && !isBlank(lines[index]) && !isQuoted(lines[index]))
                ++index;
            continue;
        }
        if (!signature) {
            kept.push_back(line);
            written = written || !isBlank(line);
        }
        ++index;
    }
    while (!kept.empty() && isBlank(kept.back()))
        kept.pop_back();
    const Lines everything = kept;
    kept.resize(std::min(kept.size(), cardBelowSignOff(kept)));
    kept.resize(std::min(kept.size(), cardAtEnd(kept)));
    reply.text = joined(kept);
    if (reply.text.empty())
        reply.text = joined(everything);
    if (reply.text.empty() && !contact::trimmed(text).empty()) {
        reply.text = joined(lines);
        reply.isWhole = true;
    }
    return reply;
}

} // namespace outrider::inbound
