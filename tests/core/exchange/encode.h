// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace outrider::test {

// UTF-8 in another encoding, by ICU.
inline std::string encoded(std::string_view utf8, const char* encoding) {
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), int(utf8.size())));
    std::string bytes(std::size_t(text.length()) * 8 + 16, '\0');
    const int size = text.extract(0, text.length(), bytes.data(), std::uint32_t(bytes.size()), encoding);
    bytes.resize(std::size_t(size));
    return bytes;
}

} // namespace outrider::test
