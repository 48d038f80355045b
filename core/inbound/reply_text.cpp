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

// The line, or up to three that a program has broken it into, introduce what somebody wrote before.
// Returns how many lines; 0: none.
std::size_t attributionLines(const Lines& lines, std::size_t index) {
    struct Wording {
        std::string_view start; // of the words; empty: anywhere
        std::string_view verb;
    };

    constexpr std::array<Wording, 30> wordings{{
        {" on ", " wrote "},        {" at ", " wrote "},
        {" am ", " schrieb "},      {" am ", " geschrieben "},
        {" um ", " schrieb "},      {" le ", " a ecrit "},
        {" el ", " escribio "},     {" el ", " ha escrito "},
        {" il ", " ha scritto "},   {" in data ", " ha scritto "},
        {" op ", " schreef "},      {" op ", " heeft "},
        {" em ", " escreveu "},     {" a ", " escreveu "},
        {" no dia ", " escreveu "}, {" w dniu ", " napisal "},
        {" w dniu ", " pisze "},    {" dnia ", " napisal "},
        {" dnia ", " pisze "},      {" den ", " skrev "},
        {" pa ", " skrev "},        {" ", " wrote "},
        {" ", " schrieb "},         {" ", " a ecrit "},
        {" ", " escribio "},        {" ", " ha scritto "},
        {" ", " schreef "},         {" ", " escreveu "},
        {" ", " napisal"},          {" ", " skrev "},
    }};
    std::string joined;
    for (std::size_t count = 1; count <= 3 && index + count <= lines.size(); ++count) {
        const std::string_view line = lines[index + count - 1];
        if (isBlank(line) || isQuoted(line) || joined.size() + line.size() > longestMark)
            return 0;
        joined += line;
        joined += ' ';
        const std::string_view whole = contact::trimmed(joined);
        const bool ends = whole.ends_with(':') || whole.ends_with("\xEF\xBC\x9A"); // also the wide colon
        if (!ends)
            continue;
        const std::string words = wordsOf(whole);
        const bool dated = hasDigit(whole) || holds(whole, "@");
        for (const Wording& wording : wordings) {
            if (words.starts_with(wording.start) && holds(words, wording.verb) && dated)
                return count;
        }
        // Japanese, Chinese: "2026年11月19日(木) 10:12 Mara <mara@…>:"
        if (holds(whole, "年") && holds(whole, "月") && holds(whole, "@"))
            return count;
        // "19.11.2026 10:12, Mara Lindqvist <mara@harborline.example>:" and nothing else
        if (hasDigit(whole.substr(0, 2)) && holds(whole, "<") && holds(whole, "@")
            && (whole.ends_with(">:") || whole.ends_with("> :")))
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
    constexpr std::array<std::string_view, 17> titles{
        " original message ",       " original appointment ",      " forwarded message ", " ursprungliche nachricht ",
        " originalnachricht ",      " weitergeleitete nachricht ", " message d origine ", " message original ",
        " message transfere ",      " mensaje original ",          " mensaje reenviado ", " messaggio originale ",
        " oorspronkelijk bericht ", " oorspronkelijke bericht ",   " mensagem original ", " wiadomosc oryginalna ",
        " oryginalna wiadomosc "};
    const std::string words = wordsOf(line);
    return std::any_of(titles.begin(), titles.end(),
                       [&](std::string_view title) { return words == title || words.starts_with(title); });
}

// ── Outlook: "From: …" "Sent: …" "To: …" "Subject: …" ───────────────────────────────────────

enum class Label { None, From, Other };

Label labelOf(std::string_view line) {
    constexpr std::array<std::string_view, 10> from{"from", "von", "de",   "da",         "van",
                                                    "od",   "fra", "fran", "expediteur", "差出人"};
    constexpr std::array<std::string_view, 36> other{
        "sent",    "date",      "to",    "cc",        "subject", "gesendet",   "datum",   "an",      "betreff",
        "envoye",  "a",         "objet", "enviado",   "fecha",   "para",       "asunto",  "inviato", "data",
        "oggetto", "verzonden", "aan",   "onderwerp", "assunto", "enviada em", "wyslano", "wyslane", "do",
        "dw",      "temat",     "sendt", "til",       "emne",    "skickat",    "till",    "amne",    "kopie"};
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
    if (labelOf(lines[index]) != Label::From)
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
    constexpr std::array<std::string_view, 28> starts{
        " sent from my ",    " sent from outlook", " sent from mail for", " sent from yahoo",   " sent via ",
        " sent with ",       " get outlook for",   " von meinem ",        " gesendet mit ",     " gesendet von ",
        " envoye de mon ",   " envoye depuis ",    " obtenez outlook",    " enviado desde mi ", " enviado desde outlook",
        " enviado do meu ",  " enviado a partir ", " obter o outlook",    " inviato da ",       " inviato dal mio ",
        " verstuurd vanaf ", " verzonden vanaf ",  " verzonden met ",     " wyslano z ",        " wyslane z ",
        " skickat fran ",    " sendt fra ",        " outlook fur "};
    line = contact::trimmed(line);
    if (line.empty() || line.size() > longestMark)
        return false;
    const std::string words = wordsOf(line);
    if (std::none_of(starts.begin(), starts.end(), [&](std::string_view start) { return words.starts_with(start); }))
        return false;
    constexpr std::size_t mostWords = 9;
    return std::size_t(std::count(words.begin(), words.end(), ' ')) <= mostWords + 1 || holds(line, "http");
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
        if (delimiter || isProgramLine(line)) {
            signature = signature || (delimiter && written); // with nothing above, it is the text
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
    kept.resize(std::min(kept.size(), cardBelowSignOff(kept)));
    reply.text = joined(kept);
    return reply;
}

} // namespace outrider::inbound
