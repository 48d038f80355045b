// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace outrider::exchange {

// Turns the bytes of one encoding into well-formed UTF-8, piece by piece: a character cut in two by
// the end of a piece is finished by the next. What cannot be read becomes U+FFFD and is counted.
// Decoding is by ICU, except UTF-8 itself. Not thread-safe.
class TextDecoder {
public:
    // Any name ICU knows ("windows-1252", "Shift_JIS"); ErrorCode::Unsupported otherwise.
    static Result<TextDecoder> create(const std::string& encoding);

    TextDecoder(TextDecoder&&) noexcept;
    TextDecoder& operator=(TextDecoder&&) noexcept;
    ~TextDecoder();

    // Appends to `out`. `last` says that nothing follows: what is incomplete then is broken.
    void decode(std::string_view bytes, bool last, std::string& out);

    // How many U+FFFD stand for bytes that could not be read.
    std::int64_t replaced() const;

private:
    struct Converter;
    explicit TextDecoder(std::unique_ptr<Converter> converter);
    void decodeUtf8(std::string_view bytes, bool last, std::string& out);

    std::unique_ptr<Converter> m_converter; // none: UTF-8
    std::string m_cut;                      // UTF-8: the beginning of a character
    std::int64_t m_replaced = 0;
};

} // namespace outrider::exchange
