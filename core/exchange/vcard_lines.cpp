// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/vcard_lines.h"

#include "core/contact/text.h"

#include <algorithm>
#include <array>

namespace outrider::exchange {

namespace {

constexpr std::size_t pieceBytes = std::size_t(64) * 1024;
constexpr std::size_t nameBytes = 4096; // of a property before its colon

bool isSkipped(std::string_view name) {
    constexpr std::array<std::string_view, 7> names{"PHOTO",      "LOGO", "SOUND", "KEY", "AGENT", "X-ABCROP-RECTANGLE",
                                                    "X-IMAGEHASH"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Where the value begins: behind the first colon that is in no quotes; npos: this is no property.
std::size_t colonOf(std::string_view line) {
    bool quoted = false;
    for (std::size_t i = 0; i < std::min(line.size(), nameBytes); ++i) {
        if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == ':' && !quoted)
            return i;
    }
    return line.substr(0, nameBytes).find(':'); // a quote that is never closed
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return out;
}

int hexOf(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string fromQuotedPrintable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '=' && i + 2 < text.size() ? hexOf(text[i + 1]) : -1;
        const int low = high >= 0 ? hexOf(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool isUtf8(std::string_view bytes) {
    EncodingDetector detector;
    detector.add(bytes);
    const auto guess = detector.guess();
    return guess.name == "UTF-8" || guess.name == "US-ASCII" || guess.name == "ASCII";
}

} // namespace

bool VcardProperty::is(std::string_view type) const { return std::find(types.begin(), types.end(), type) != types.end(); }

VcardLines::VcardLines(ByteSource& bytes, const EncodingGuess& encoding, std::size_t valueBytes, ProgressPtr progress)
    : m_source(bytes),
      m_encoding(encoding),
      m_limit(valueBytes),
      m_progress(std::move(progress)),
      m_piece(pieceBytes) {}

Result<> VcardLines::begin() {
    OUTRIDER_TRY(m_source.rewind());
    m_buffer.clear();
    m_at = 0;
    m_done = 0;
    m_ended = m_lineWaits = m_skips = false;
    std::array<char, 4> mark{};
    OUTRIDER_TRY(m_source.read(std::span(mark).first(std::size_t(m_encoding.markBytes))));
    m_wide.reset();
    if (m_encoding.name.starts_with("UTF-16") || m_encoding.name.starts_with("UTF-32")) {
        OUTRIDER_ASSIGN(auto decoder, TextDecoder::create(m_encoding.name));
        m_wide = std::move(decoder);
    }
    return {};
}

Result<bool> VcardLines::fill() {
    if (m_ended)
        return false;
    if (m_progress && m_progress->cancelled())
        return fail(ErrorCode::Cancelled);
    OUTRIDER_ASSIGN(const std::size_t count, m_source.read(m_piece));
    m_ended = count == 0;
    m_done += static_cast<std::int64_t>(count);
    if (m_progress)
        m_progress->setDone(m_done);
    m_buffer.erase(0, m_at);
    m_at = 0;
    if (m_wide)
        m_wide->decode({m_piece.data(), count}, m_ended, m_buffer);
    else
        m_buffer.append(m_piece.data(), count);
    return !m_ended || m_at < m_buffer.size();
}

// A physical line without its end; of one that is too long only the beginning.
Result<bool> VcardLines::nextLine() {
    m_line.clear();
    m_lineTooLong = false;
    bool any = false;
    for (;;) {
        if (m_at == m_buffer.size()) {
            OUTRIDER_ASSIGN(const bool more, fill());
            if (!more)
                return any;
            continue;
        }
        any = true;
        const auto end = m_buffer.find_first_of("\r\n", m_at);
        const std::size_t stop = end == std::string::npos ? m_buffer.size() : end;
        const std::size_t room = m_limit > m_line.size() ? m_limit - m_line.size() : 0;
        m_lineTooLong |= stop - m_at > room;
        m_line.append(m_buffer, m_at, std::min(room, stop - m_at));
        m_at = stop;
        if (end == std::string::npos)
            continue;
        if (m_buffer[m_at] == '\r') {
            ++m_at;
            if (m_at == m_buffer.size())
                OUTRIDER_TRY(fill());
            if (m_at < m_buffer.size() && m_buffer[m_at] == '\n')
                ++m_at;
        } else {
            ++m_at;
        }
        return true;
    }
}

Result<std::optional<VcardProperty>> VcardLines::next() {
    for (;;) {
        if (!m_lineWaits) {
            OUTRIDER_ASSIGN(const bool more, nextLine());
            if (!more)
                return std::nullopt;
        }
        m_lineWaits = false;
        std::string line = std::move(m_line);
        bool tooLong = m_lineTooLong;
        const std::size_t colon = colonOf(line);
        VcardProperty property;
        bool quotedPrintable = false;
        std::string charset;
        if (colon != std::string::npos) {
            std::string_view head = std::string_view(line).substr(0, colon);
            const auto semicolon = head.find(';');
            std::string name = upper(contact::trimmed(head.substr(0, semicolon)));
            if (const auto dot = name.find('.'); dot != std::string::npos) {
                property.group = name.substr(0, dot);
                name.erase(0, dot + 1);
            }
            property.name = std::move(name);
            std::string_view rest = semicolon == std::string_view::npos ? std::string_view() : head.substr(semicolon + 1);
            while (!rest.empty()) {
                std::size_t end = 0;
                for (bool quoted = false; end < rest.size() && (quoted || rest[end] != ';'); ++end)
                    quoted ^= rest[end] == '"';
                std::string parameter(rest.substr(0, end));
                rest.remove_prefix(std::min(rest.size(), end + 1));
                std::erase(parameter, '"');
                const auto equals = parameter.find('=');
                const std::string key = equals == std::string::npos ? std::string() : upper(parameter.substr(0, equals));
                const std::string value = equals == std::string::npos ? parameter : parameter.substr(equals + 1);
                const std::string lower = contact::asciiLower(value);
                property.old |= key.empty();
                quotedPrintable |= lower == "quoted-printable" && (key.empty() || key == "ENCODING");
                if (key == "CHARSET")
                    charset = value;
                else if (key == "PREF")
                    property.preferred = true;
                else if (key.empty() || key == "TYPE") {
                    for (const auto& type : contact::split(lower, ","))
                        property.types.emplace_back(contact::trimmed(type));
                }
            }
            property.preferred |= property.is("pref");
        }
        m_skips = isSkipped(property.name);
        std::string value = colon == std::string::npos || m_skips ? std::string() : line.substr(colon + 1);
        const bool agentBegins = property.name == "AGENT";
        if (agentBegins)
            value = line.substr(colon + 1, 64);
        // What follows: folded lines, and in quoted-printable those behind a "=" at the end.
        for (;;) {
            const bool soft = quotedPrintable && line.ends_with('=');
            OUTRIDER_ASSIGN(const bool more, nextLine());
            if (!more)
                break;
            const bool folded = !m_line.empty() && (m_line.front() == ' ' || m_line.front() == '\t');
            if (!soft && !folded) {
                m_lineWaits = true;
                break;
            }
            if (soft && !m_skips && !value.empty())
                value.pop_back();
            std::string_view further = m_line;
            if (folded && !soft)
                further.remove_prefix(1);
            if (!m_skips) {
                tooLong |= m_lineTooLong || value.size() + further.size() > m_limit;
                value += further.substr(0, m_limit > value.size() ? m_limit - value.size() : 0);
            }
            line = m_line; // of which only the end counts
        }
        if (colon == std::string::npos)
            continue; // no property: blank, or damaged
        if (quotedPrintable && !m_skips)
            value = fromQuotedPrintable(value);
        property.old |= quotedPrintable;
        property.tooLong = tooLong && !m_skips;
        property.value = decoded(value, charset);
        return property;
    }
}

std::string VcardLines::decoded(const std::string& bytes, const std::string& charset) const {
    if (m_wide || std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return bytes;
    std::string name = charset;
    if (name.empty() || contact::asciiLower(name) == "utf-8" || !TextDecoder::create(name))
        name = isUtf8(bytes) ? "UTF-8" : m_encoding.name == "UTF-8" ? "windows-1252" : m_encoding.name;
    auto decoder = TextDecoder::create(name);
    if (!decoder)
        return bytes;
    std::string text;
    decoder->decode(bytes, true, text);
    return text;
}

std::string vcardText(std::string_view value, bool old) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char next = value[i] == '\\' && i + 1 < value.size() ? value[i + 1] : '\0';
        if (next == 'n' || next == 'N') {
            if (old) { // "C:\new"; but most programs mean a line break
                text += next == 'n' ? "\n" : "\\N";
            } else {
                text += '\n';
            }
            ++i;
        } else if (next == ';' || next == '\\' || next == ',' || next == ':') {
            text += next;
            ++i;
        } else {
            text += value[i];
        }
    }
    return text;
}

std::vector<std::string> vcardParts(std::string_view value, char separator, bool old) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= value.size(); ++i) {
        if (i < value.size() && value[i] == '\\') {
            ++i;
            continue;
        }
        if (i == value.size() || value[i] == separator) {
            parts.push_back(vcardText(value.substr(from, i - from), old));
            from = i + 1;
        }
    }
    if (parts.empty() || from < value.size()) // ended in a backslash
        parts.push_back(vcardText(value.substr(std::min(from, value.size())), old));
    return parts;
}

} // namespace outrider::exchange
