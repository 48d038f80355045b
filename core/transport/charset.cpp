// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/charset.h"

#include "core/contact/text.h"

#include <glib.h>
#include <uchardet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>

namespace outrider::transport {

namespace {

constexpr std::size_t guessFrom = 64 * 1024;
constexpr int enoughToGuess = 24;                        // foreign letters; with fewer uchardet names any charset
constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

// Names as senders write them -> what their bytes are in practice (WHATWG Encoding Standard §4.2).
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> practice{{
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"ks_c_5601-1987", "cp949"},
    {"euc-kr", "cp949"},
    {"shift_jis", "cp932"},
    {"x-sjis", "cp932"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
}};

// A name that is safe to hand to iconv: no "//TRANSLIT", nothing like a path.
std::optional<std::string> charsetName(std::string_view declared) {
    std::string name = contact::asciiLower(contact::trimmed(declared));
    std::erase_if(name, [](char c) { return c == '"' || c == '\''; });
    const bool safe = !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
    });
    if (!safe)
        return std::nullopt;
    for (const auto& [written, meant] : practice) {
        if (name == written)
            return std::string(meant);
    }
    return name;
}

std::string guessCharset(std::string_view bytes) {
    const auto sample = bytes.substr(0, guessFrom);
    const auto foreign =
        std::count_if(sample.begin(), sample.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (foreign < enoughToGuess)
        return "windows-1252";
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), uchardet_delete);
    uchardet_handle_data(detector.get(), sample.data(), sample.size());
    uchardet_data_end(detector.get());
    const auto name = charsetName(uchardet_get_charset(detector.get()));
    return name && *name != "utf-8" ? *name : "windows-1252";
}

class Iconv {
public:
    explicit Iconv(const std::string& from) : m_descriptor(g_iconv_open("UTF-8", from.c_str())) {}

    ~Iconv() {
        if (isOpen())
            g_iconv_close(m_descriptor);
    }

    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;

    bool isOpen() const { return m_descriptor != reinterpret_cast<GIConv>(-1); }

    // What cannot be converted becomes U+FFFD, one per byte.
    std::string convert(std::string_view bytes) {
        std::string out;
        out.reserve(bytes.size() + bytes.size() / 4);
        std::array<char, 4096> buffer{};
        char* in = const_cast<char*>(bytes.data()); // g_iconv does not write there
        gsize left = bytes.size();
        while (left > 0) {
            char* to = buffer.data();
            gsize room = buffer.size();
            const auto converted = g_iconv(m_descriptor, &in, &left, &to, &room);
            const int why = errno;
            out.append(buffer.data(), buffer.size() - room);
            if (converted != static_cast<gsize>(-1) || why == E2BIG)
                continue;
            out += replacement;
            if (why != EILSEQ) // cut short at the end
                break;
            ++in;
            --left;
        }
        return out;
    }

private:
    GIConv m_descriptor;
};

// Length of the well-formed UTF-8 sequence at the start; 0 when there is none.
std::size_t sequenceLength(std::string_view text) {
    const gunichar c = g_utf8_get_char_validated(text.data(), static_cast<gssize>(std::min<std::size_t>(text.size(), 4)));
    if (c == static_cast<gunichar>(-1) || c == static_cast<gunichar>(-2))
        return 0;
    return static_cast<std::size_t>(g_unichar_to_utf8(c, nullptr));
}

// Broken UTF-8 is either UTF-8 with a few damaged characters or not UTF-8 at all.
bool hasMultibyteSequence(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0xC2 && sequenceLength(text.substr(i)) > 1)
            return true;
    }
    return false;
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::string cleanUtf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            if (byte == '\r') {
                out += '\n';
                if (i + 1 < text.size() && text[i + 1] == '\n')
                    ++i;
            } else if (byte == '\n' || byte == '\t' || (byte >= 0x20 && byte != 0x7F)) {
                out += text[i];
            }
            ++i;
            continue;
        }
        const auto length = sequenceLength(text.substr(i));
        if (length == 0) {
            out += replacement;
            ++i;
            continue;
        }
        const auto character = text.substr(i, length);
        const bool control = length == 2 && byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (character != "\xEF\xBB\xBF" && !control)
            out += character;
        i += length;
    }
    return out;
}

std::string_view utf8Prefix(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    return text.substr(0, bytes);
}

std::string decodeText(std::string_view bytes, std::string_view charset) {
    auto name = charsetName(charset);
    // Seven-bit encodings that are not ASCII inside: they must be taken at their word.
    const bool sevenBit = name && (name->starts_with("iso-2022") || *name == "hz-gb-2312" || *name == "utf-7");
    const bool wide = name && (name->starts_with("utf-16") || name->starts_with("utf-32") || name->starts_with("ucs-"));
    if (!sevenBit && !wide) {
        if (isAscii(bytes))
            return cleanUtf8(bytes);
        const bool perhapsUtf8 = !name || *name == "utf-8" || *name == "windows-1252" || *name == "8bit"
                                 || *name == "unknown-8bit" || *name == "x-unknown";
        if (perhapsUtf8 && contact::isUtf8(bytes))
            return cleanUtf8(bytes);
        if (name && *name == "utf-8") {
            if (hasMultibyteSequence(bytes))
                return cleanUtf8(bytes);
            name = "windows-1252";
        }
    }
    if (name) {
        if (Iconv converter(*name); converter.isOpen())
            return cleanUtf8(converter.convert(bytes));
    }
    if (contact::isUtf8(bytes))
        return cleanUtf8(bytes);
    if (Iconv converter(guessCharset(bytes)); converter.isOpen())
        return cleanUtf8(converter.convert(bytes));
    return cleanUtf8(Iconv("windows-1252").convert(bytes));
}

} // namespace outrider::transport
