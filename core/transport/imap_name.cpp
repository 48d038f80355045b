// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_name.h"

#include "core/transport/charset.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace outrider::transport {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

void appendUtf8(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | (code >> 6));
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | (code >> 12));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | (code >> 18));
        byte(0x80 | ((code >> 12) & 0x3F));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

// What stands between "&" and "-": UTF-16 in base64 without padding.
std::optional<std::string> decodeShift(std::string_view encoded) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    std::uint32_t high = 0; // a surrogate that waits for the other
    for (const char c : encoded) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 16)
            continue;
        count -= 16;
        const std::uint32_t unit = (bits >> count) & 0xFFFF;
        const bool low = unit >= 0xDC00 && unit < 0xE000;
        if ((high != 0) != low || unit == 0)
            return std::nullopt;
        if (unit >= 0xD800 && unit < 0xDC00) {
            high = unit;
            continue;
        }
        appendUtf8(out, low ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit);
        high = 0;
    }
    if (high != 0 || count >= 6)
        return std::nullopt;
    return out;
}

std::uint32_t nextCodePoint(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    std::uint32_t code = more == 0 ? lead : lead & (0x3F >> more);
    ++at;
    for (int i = 0; i < more; ++i)
        code = (code << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
    return code;
}

std::string encodeShift(const std::vector<std::uint32_t>& units) {
    std::string out = "&";
    std::uint32_t bits = 0;
    int count = 0;
    for (const auto unit : units) {
        bits = ((bits & 0x3F) << 16) | unit;
        count += 16;
        while (count >= 6) {
            count -= 6;
            out += alphabet[(bits >> count) & 0x3F];
        }
    }
    if (count > 0)
        out += alphabet[(bits << (6 - count)) & 0x3F];
    return out + "-";
}

} // namespace

std::string folderName(std::string_view wire) {
    std::string out;
    for (std::size_t i = 0; i < wire.size(); ++i) {
        if (wire[i] != '&') {
            out += wire[i];
            continue;
        }
        const auto end = wire.find('-', i);
        const auto encoded = wire.substr(i + 1, end == std::string_view::npos ? 0 : end - i - 1);
        const auto decoded = end == std::string_view::npos ? std::nullopt : decodeShift(encoded);
        if (!decoded)
            return cleanUtf8(wire);
        out += encoded.empty() ? "&" : *decoded;
        i = end;
    }
    return cleanUtf8(out);
}

std::string wireFolderName(std::string_view name) {
    const std::string text = cleanUtf8(name); // valid UTF-8 from here on
    std::string out;
    std::vector<std::uint32_t> units;
    const auto flush = [&] {
        if (!units.empty())
            out += encodeShift(units);
        units.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::uint32_t code = nextCodePoint(text, at);
        if (code >= 0x20 && code <= 0x7E) {
            flush();
            out += static_cast<char>(code);
            if (code == '&')
                out += '-';
        } else if (code < 0x10000) {
            units.push_back(code);
        } else {
            units.push_back(0xD800 + ((code - 0x10000) >> 10));
            units.push_back(0xDC00 + ((code - 0x10000) & 0x3FF));
        }
    }
    flush();
    return out;
}

} // namespace outrider::transport
