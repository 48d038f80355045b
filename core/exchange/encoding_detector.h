// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outrider::exchange {

struct EncodingGuess {
    std::string name = "UTF-8"; // IANA, as TextDecoder takes it
    int markBytes = 0;          // length of the byte order mark
    double confidence = 1;      // 0 to 1

    bool operator==(const EncodingGuess&) const = default;
};

// Finds out a text's encoding from its bytes, given piece by piece from the start: byte order mark,
// the zero bytes of UTF-16, strict UTF-8, and for the rest what ICU decodes into plausible words,
// uchardet having the first say. A name is short and a table holds few of them, so only what is
// not ASCII is looked at, and the whole file may be given: memory stays bounded.
class EncodingDetector {
public:
    void add(std::string_view bytes);

    // Nothing that follows would change the answer.
    bool decided() const;

    EncodingGuess guess() const;

private:
    void scanUtf8(std::string_view bytes);
    void keepEvidence(std::string_view bytes);

    std::string m_start; // the first bytes, for the mark and UTF-16
    bool m_startDecides = false;
    std::string m_evidence;        // lines with something else than ASCII in them
    std::string m_line;            // the line at the end of the last piece
    std::string m_cut;             // an unfinished UTF-8 character
    std::int64_t m_wellFormed = 0; // UTF-8 characters of two bytes and more
    std::int64_t m_broken = 0;     // sequences that are not UTF-8
    bool m_escape = false;         // ISO-2022
};

} // namespace outrider::exchange
