// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/header_encoding.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/transfer_encoding.h"

#include <glib.h>

#include <algorithm>

namespace outrider::transport {

namespace {

constexpr std::size_t foldAt = 76;      // RFC 2047 §2: lines with encoded words
constexpr std::size_t longestWord = 75; // "
constexpr std::string_view open = "=?utf-8?";
constexpr std::string_view close = "?=";

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isPlain(std::string_view text) { return isAscii(text) && text.find("=?") == std::string_view::npos; }

// What a "Q" word may hold anywhere in a header (RFC 2047 §5 (3)).
bool isLiteral(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '!' || c == '*' || c == '+'
           || c == '-' || c == '/';
}

std::size_t characterLength(std::string_view text, std::size_t at) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80)
        ++length;
    return length;
}

std::string quotedWord(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == ' ')
            out += '_';
        else if (isLiteral(c))
            out += c;
        else
            (out += '=') += {digits[byte >> 4], digits[byte & 0xF]};
    }
    return out;
}

std::string base64Word(std::string_view bytes) {
    gchar* text = g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size());
    std::string out(text);
    g_free(text);
    return out;
}

// Cut between characters only (RFC 2047 §5): each word must be readable by itself.
std::string encodedWords(std::string_view text) {
    const auto foreign = std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const bool quoted = static_cast<std::size_t>(foreign) * 3 <= text.size();
    const std::string prefix = std::string(open) + (quoted ? "q?" : "b?");
    const auto room = longestWord - prefix.size() - close.size();
    std::string out;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = start;
        std::string word;
        while (end < text.size()) {
            const auto next = end + characterLength(text, end);
            std::string longer =
                quoted ? quotedWord(text.substr(start, next - start)) : base64Word(text.substr(start, next - start));
            if (longer.size() > room && end > start)
                break;
            word = std::move(longer);
            end = next;
        }
        out += (out.empty() ? "" : " ") + prefix + word + std::string(close);
        start = end;
    }
    return out;
}

struct EncodedWord {
    std::string charset;
    std::string bytes;
    std::size_t length = 0; // of the whole word; 0: there is none
};

// "=?charset*language?B or Q?text?=" at value[at].
EncodedWord encodedWordAt(std::string_view value, std::size_t at) {
    constexpr std::size_t longest = 4096; // senders do not keep to 75
    if (value.substr(at, 2) != "=?")
        return {};
    const auto charsetEnd = value.substr(at + 2, 64).find('?');
    if (charsetEnd == std::string_view::npos || charsetEnd == 0)
        return {};
    auto i = at + 2 + charsetEnd + 1;
    if (i + 1 >= value.size() || value[i + 1] != '?')
        return {};
    const char encoding = value[i];
    const auto text = value.substr(i + 2, longest);
    const auto end = text.find("?=");
    if (end == std::string_view::npos || std::string_view("bBqQ").find(encoding) == std::string_view::npos)
        return {};
    EncodedWord word;
    word.charset = value.substr(at + 2, charsetEnd);
    word.charset = word.charset.substr(0, word.charset.find('*')); // RFC 2231 §5
    std::string payload(text.substr(0, end));
    const bool quoted = encoding == 'q' || encoding == 'Q';
    if (quoted)
        std::replace(payload.begin(), payload.end(), '_', ' ');
    word.bytes = decodeTransfer(payload, quoted ? "quoted-printable" : "base64");
    if (quoted && payload.ends_with(' ') && !word.bytes.ends_with(' ')) // no line's end here
        word.bytes += ' ';
    word.length = i + 2 + end + 2 - at;
    return word;
}

} // namespace

std::string decodedText(std::string_view value) {
    std::string out;
    std::string plain;
    EncodedWord pending;
    const auto flushPlain = [&] {
        out += contact::isUtf8(plain) ? plain : decodeText(plain, {});
        plain.clear();
    };
    const auto flushWords = [&] {
        if (pending.length > 0)
            out += decodeText(pending.bytes, pending.charset);
        pending = {};
    };
    for (std::size_t i = 0; i < value.size();) {
        EncodedWord word = encodedWordAt(value, i);
        if (word.length == 0) {
            plain += value[i++];
            continue;
        }
        i += word.length;
        // White space between two encoded words is not part of the text (RFC 2047 §6.2).
        if (pending.length > 0 && contact::trimmed(plain).empty()) {
            plain.clear();
            if (contact::asciiLower(pending.charset) == contact::asciiLower(word.charset)) {
                pending.bytes += word.bytes;
                continue;
            }
        }
        flushWords();
        flushPlain();
        pending = std::move(word);
    }
    flushWords();
    flushPlain();
    return out;
}

std::string encodedText(std::string_view text) { return isPlain(text) ? std::string(text) : encodedWords(text); }

std::string encodedPhrase(std::string_view name) {
    if (!isPlain(name))
        return encodedWords(name);
    constexpr std::string_view specials = "()<>[]:;@\\,.\"";
    if (name.find_first_of(specials) == std::string_view::npos)
        return std::string(name);
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string foldedHeader(std::string_view name, std::string_view value) {
    std::string out;
    std::size_t column = name.size() + 1; // the colon
    for (std::size_t at = 0; at < value.size();) {
        const auto start = value.find_first_not_of(' ', at);
        if (start == std::string_view::npos)
            break; // white space at the end says nothing
        const auto end = std::min(value.find(' ', start), value.size());
        const auto gap = std::max<std::size_t>(start - at, 1);
        if (column + gap + (end - start) > foldAt && at > 0) {
            out += '\n';
            column = 0;
        }
        out.append(gap, ' ');
        out += value.substr(start, end - start);
        column += gap + (end - start);
        at = end;
    }
    out += '\n';
    return out;
}

} // namespace outrider::transport
