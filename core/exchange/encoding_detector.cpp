// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/encoding_detector.h"

#include "core/contact/text.h"
#include "core/exchange/text_decoder.h"
#include "core/exchange/text_plausibility.h"

#include <uchardet/uchardet.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace outrider::exchange {

namespace {

constexpr std::size_t startBytes = 64 * 1024;
constexpr std::size_t evidenceBytes = 64 * 1024;
constexpr std::size_t lineBytes = 16 * 1024; // of a longer line only so much counts

struct Mark {
    std::string_view bytes;
    std::string_view name;
};

// UTF-32 before UTF-16, whose mark is the beginning of the other.
constexpr std::array marks{
    Mark{"\xEF\xBB\xBF", "UTF-8"}, Mark{{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, Mark{{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    Mark{"\xFF\xFE", "UTF-16LE"},  Mark{"\xFE\xFF", "UTF-16BE"},          Mark{"\x84\x31\x95\x33", "GB18030"},
};

// What a table saved by a spreadsheet or an old program may be in, likelier ones first: of two that
// read the bytes equally well the first is taken.
constexpr std::array<std::string_view, 21> singleByte{
    "windows-1252", "windows-1250", "windows-1251", "ISO-8859-15",    "ISO-8859-2", "macintosh",  "windows-1254",
    "windows-1253", "KOI8-R",       "windows-1257", "IBM850",         "IBM852",     "IBM866",     "windows-1255",
    "windows-1256", "windows-874",  "x-mac-ce",     "x-mac-cyrillic", "ISO-8859-5", "ISO-8859-7", "KOI8-U"};

// EUC-KR instead of its superset windows-949, which reads nearly any two bytes as some syllable.
constexpr std::array<std::string_view, 5> multiByte{"Shift_JIS", "GB18030", "Big5", "EUC-JP", "EUC-KR"};

// The name in our own spelling, and of the larger set where uchardet and ISO name a part of it.
std::string_view canonical(std::string_view name) {
    constexpr std::pair<std::string_view, std::string_view> supersets[]{
        {"iso-8859-1", "windows-1252"}, {"iso-8859-9", "windows-1254"},
        {"iso-8859-11", "windows-874"}, {"tis-620", "windows-874"},
        {"euc-kr", "windows-949"},      {"uhc", "windows-949"},
        {"gb2312", "GB18030"},          {"gbk", "GB18030"},
        {"shift_jis", "Shift_JIS"},     {"big5", "Big5"},
    };
    const std::string lower = contact::asciiLower(name);
    for (const auto& [from, to] : supersets) {
        if (from == lower)
            return to;
    }
    const auto same = [&](std::string_view ours) { return contact::asciiLower(ours) == lower; };
    if (const auto* ours = std::find_if(singleByte.begin(), singleByte.end(), same); ours != singleByte.end())
        return *ours;
    return name;
}

bool isHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool hasHigh(std::string_view text) {
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if ((word & 0x8080808080808080U) != 0)
            return true;
    }
    return std::any_of(text.begin() + std::ptrdiff_t(at), text.end(), isHigh);
}

// Latin text in UTF-16 has a zero byte in every unit, and any table at least at its line ends.
std::string utf16WithoutMark(std::string_view start) {
    std::array<std::size_t, 2> zeros{};
    std::array<std::size_t, 2> breaks{}; // a line feed or a delimiter beside the zero
    const std::size_t units = start.size() / 2;
    for (std::size_t i = 0; i < units; ++i) {
        const char first = start[2 * i];
        const char second = start[2 * i + 1];
        const auto separates = [](char c) { return c == '\n' || c == '\r' || c == ',' || c == ';' || c == '\t'; };
        zeros[0] += first == 0 ? 1U : 0U;
        zeros[1] += second == 0 ? 1U : 0U;
        breaks[0] += first == 0 && separates(second) ? 1U : 0U;
        breaks[1] += second == 0 && separates(first) ? 1U : 0U;
    }
    for (const std::size_t zeroAt : {1U, 0U}) {
        const std::size_t other = 1 - zeroAt;
        const bool oneSided = zeros[zeroAt] > 20 * zeros[other];
        const bool often = zeros[zeroAt] * 4 >= units || (breaks[zeroAt] * 50 >= units && zeros[zeroAt] > 2);
        if (units >= 2 && oneSided && often)
            return zeroAt == 1 ? "UTF-16LE" : "UTF-16BE";
    }
    return {};
}

std::string askUchardet(std::string_view evidence) {
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
    if (!detector || uchardet_handle_data(detector.get(), evidence.data(), evidence.size()) != 0)
        return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

struct Reading {
    std::string text;
    double score = -100;
};

Reading readAs(std::string_view encoding, std::string_view evidence) {
    auto decoder = TextDecoder::create(std::string(encoding));
    if (!decoder)
        return {};
    std::string text;
    decoder->decode(evidence, true, text);
    const double score = plausibility(text) - (decoder->replaced() == 0 ? 0 : 1);
    return {.text = std::move(text), .score = score};
}

} // namespace

void EncodingDetector::add(std::string_view bytes) {
    if (m_start.size() < startBytes) {
        m_start += bytes.substr(0, startBytes - m_start.size());
        const auto marked = [this](const Mark& mark) { return m_start.starts_with(mark.bytes); };
        m_startDecides = m_start.size() == startBytes
                         && (std::any_of(marks.begin(), marks.end(), marked) || !utf16WithoutMark(m_start).empty());
    }
    m_escape |= bytes.find('\x1B') != std::string_view::npos;
    scanUtf8(bytes);
    keepEvidence(bytes);
}

void EncodingDetector::scanUtf8(std::string_view bytes) {
    std::string joined;
    if (!m_cut.empty()) {
        joined = std::move(m_cut);
        joined += bytes;
        bytes = joined;
        m_cut.clear();
    } else if (!hasHigh(bytes)) {
        return;
    }
    const auto* raw = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<std::int64_t>(bytes.size());
    for (std::int64_t at = 0; at < length;) {
        if (raw[at] < 0x80) {
            ++at;
            continue;
        }
        const std::int64_t from = at;
        UChar32 c = 0;
        U8_NEXT(raw, at, length, c);
        if (c >= 0) {
            ++m_wellFormed;
        } else if (at == length && length - from < 4 && raw[from] >= 0xC2 && raw[from] <= 0xF4) {
            m_cut = bytes.substr(std::size_t(from)); // may go on in the next piece
        } else {
            ++m_broken;
        }
    }
}

void EncodingDetector::keepEvidence(std::string_view bytes) {
    const auto keep = [this](std::string_view line) {
        if (m_evidence.size() < evidenceBytes && hasHigh(line)) {
            m_evidence += line.substr(0, lineBytes);
            m_evidence += '\n';
        }
    };
    if (const auto end = bytes.find('\n'); !m_line.empty() && end != std::string_view::npos) {
        m_line += bytes.substr(0, std::min(end, lineBytes - std::min(lineBytes, m_line.size())));
        keep(m_line);
        m_line.clear();
        bytes.remove_prefix(end + 1);
    }
    if (!hasHigh(bytes)) // nearly always
        bytes.remove_prefix(bytes.rfind('\n') + 1);
    while (!bytes.empty() && m_evidence.size() < evidenceBytes) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos) {
            if (m_line.size() < lineBytes)
                m_line += bytes.substr(0, lineBytes - m_line.size());
            return;
        }
        keep(bytes.substr(0, end));
        bytes.remove_prefix(end + 1);
    }
}

bool EncodingDetector::decided() const { return m_startDecides || m_evidence.size() >= evidenceBytes; }

EncodingGuess EncodingDetector::guess() const {
    for (const Mark& mark : marks) {
        if (m_start.starts_with(mark.bytes))
            return {.name = std::string(mark.name), .markBytes = static_cast<int>(mark.bytes.size())};
    }
    if (std::string name = utf16WithoutMark(m_start); !name.empty())
        return {.name = std::move(name), .confidence = 0.95};
    const std::int64_t broken = m_broken + (m_cut.empty() ? 0 : 1);
    if (broken == 0) {
        if (m_escape && m_wellFormed == 0) {
            const std::string name = askUchardet(m_start);
            if (name.starts_with("ISO-2022"))
                return {.name = name, .confidence = 0.9};
        }
        return {};
    }
    // Bytes of another encoding are hardly ever well-formed UTF-8; a few broken ones among many
    // well-formed are damage.
    if (m_wellFormed >= 4 * broken)
        return {.name = "UTF-8", .confidence = static_cast<double>(m_wellFormed) / static_cast<double>(m_wellFormed + broken)};

    const std::string evidence = hasHigh(m_line) ? m_evidence + m_line : m_evidence;
    EncodingGuess best{.name = "windows-1252"};
    Reading bestReading;
    const auto consider = [&](std::string_view name, double bonus) {
        Reading reading = readAs(name, evidence);
        reading.score += bonus;
        if (reading.score > bestReading.score + 1e-9) {
            bestReading = std::move(reading);
            best.name = std::string(canonical(name));
        }
    };
    if (const std::string asked = askUchardet(evidence); !asked.empty())
        consider(asked, 0.4);
    for (const auto name : singleByte)
        consider(name, 0);
    for (const auto name : multiByte)
        consider(name, 0);
    if (m_wellFormed > 0)
        consider("UTF-8", 0);
    best.confidence = std::clamp(bestReading.score / 6, 0.1, 0.95);
    // Of encodings that read these bytes alike the likeliest is named: "é" is the same in many.
    for (const auto name : singleByte) {
        if (readAs(name, evidence).text == bestReading.text) {
            best.name = std::string(name);
            break;
        }
    }
    return best;
}

} // namespace outrider::exchange
