// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/exchange/byte_source.h"
#include "core/exchange/encoding_detector.h"
#include "core/exchange/text_decoder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// One property of a vCard, decoded to UTF-8 but with its backslashes.
struct VcardProperty {
    std::string group;              // "item1"
    std::string name;               // upper case
    std::vector<std::string> types; // lower case: "work", "cell", "pref"; other parameters are not kept
    std::string value;
    bool old = false; // 2.1: only ";" and "\" are escaped
    bool preferred = false;
    bool tooLong = false; // cut off, at the limit

    bool is(std::string_view type) const;
};

// Reads the properties of a file one after another: folded lines joined, quoted-printable and charsets decoded,
// the bytes of pictures, sounds and keys passed over. In memory is one property. Not thread-safe.
class VcardLines {
public:
    VcardLines(ByteSource& bytes, const EncodingGuess& encoding, std::size_t valueBytes, ProgressPtr progress);

    Result<> begin();
    // Nothing at the end. FileUnreadable, Cancelled.
    Result<std::optional<VcardProperty>> next();

private:
    Result<bool> nextLine(); // into m_line; false: the end
    Result<bool> fill();
    std::string decoded(const std::string& bytes, const std::string& charset) const;

    ByteSource& m_source;
    EncodingGuess m_encoding;
    std::size_t m_limit;
    ProgressPtr m_progress;
    std::optional<TextDecoder> m_wide; // UTF-16 and the like: the whole file is decoded first
    std::vector<char> m_piece;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::int64_t m_done = 0;
    bool m_ended = false;
    std::string m_line;
    bool m_lineWaits = false; // m_line is the next property's first
    bool m_lineTooLong = false;
    bool m_skips = false; // the property under way is not kept
};

// "\n", "\,", "\;" and "\\" undone; in 2.1 only "\;" and "\\".
std::string vcardText(std::string_view value, bool old);
// A structured value's parts: "Doe;Jane;;Dr." → 4.
std::vector<std::string> vcardParts(std::string_view value, char separator, bool old);

} // namespace outrider::exchange
