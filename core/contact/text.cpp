// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

namespace outrider::contact {

namespace {

bool isSpace(UChar32 c) { return u_isUWhiteSpace(c) || c == 0xFEFF /* byte order mark */ || c == 0x200B /* zero width space */; }

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string toUtf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::UnicodeString foldedUnicode(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int(text.size())));
    auto result = normalizer->normalize(source, status);
    return U_SUCCESS(status) ? result : source;
}

// Whether nothing but ASCII is left of it when decomposed and without its marks.
bool withoutMarks(const icu::UnicodeString& text, std::string& plain) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString decomposed = icu::Normalizer2::getNFDInstance(status)->normalize(text, status);
    if (U_FAILURE(status))
        return false;
    for (std::int32_t i = 0; i < decomposed.length(); ++i) {
        const char16_t c = decomposed.charAt(i);
        if (c < 0x80)
            plain += static_cast<char>(c);
        else if (u_charType(c) != U_NON_SPACING_MARK)
            return false;
    }
    return true;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    int start = 0;
    const int length = static_cast<int>(text.size());
    while (start < length) {
        int next = start;
        UChar32 c = 0;
        U8_NEXT(bytes, next, length, c);
        if (c < 0 || !isSpace(c))
            break;
        start = next;
    }
    int end = length;
    while (end > start) {
        int previous = end;
        UChar32 c = 0;
        U8_PREV(bytes, start, previous, c);
        if (c < 0 || !isSpace(c))
            break;
        end = previous;
    }
    return text.substr(std::size_t(start), std::size_t(end - start));
}

std::string collapsed(std::string_view text) {
    text = trimmed(text);
    std::string out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const int length = static_cast<int>(text.size());
    bool gap = false;
    for (int at = 0; at < length;) {
        const int from = at;
        UChar32 c = 0;
        U8_NEXT(bytes, at, length, c);
        if (c >= 0 && isSpace(c)) {
            gap = true;
            continue;
        }
        if (gap)
            out += ' ';
        gap = false;
        out.append(text.substr(std::size_t(from), std::size_t(at - from)));
    }
    return out;
}

std::string asciiLower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string folded(std::string_view text) {
    if (isAscii(text))
        return asciiLower(text);
    return toUtf8(foldedUnicode(text));
}

std::string unaccented(std::string_view text) {
    if (isAscii(text))
        return asciiLower(text);
    icu::UnicodeString result = foldedUnicode(text);
    // Taking the marks off leaves most of Latin plain; only the rest ("ł", "æ") needs the rules below.
    if (std::string plain; withoutMarks(result, plain))
        return plain;
    // A transliterator is not thread-safe and slow to make: one per thread.
    thread_local const auto transliterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::Transliterator>(
            icu::Transliterator::createInstance("NFD; [:Nonspacing Mark:] Remove; NFC; Latin-ASCII", UTRANS_FORWARD, status));
    }();
    if (transliterator)
        transliterator->transliterate(result);
    return toUtf8(result);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + separator.size());
    }
}

bool isUtf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int64_t>(text.size());
    for (std::int64_t at = 0; at < length;) {
        if (bytes[at] < 0x80) {
            ++at;
            continue;
        }
        UChar32 c = 0;
        U8_NEXT(bytes, at, length, c);
        if (c < 0)
            return false;
    }
    return true;
}

bool hasControlCharacter(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

} // namespace outrider::contact
