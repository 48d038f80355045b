// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_decoder.h"

#include "core/contact/text.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf8.h>

#include <array>

namespace outrider::exchange {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// How many bytes at the end are the beginning of a well-formed character (0 to 3).
std::size_t cutAtEnd(std::string_view text) {
    const std::size_t look = std::min<std::size_t>(3, text.size());
    for (std::size_t back = 1; back <= look; ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xC2 && byte <= 0xF4) {
            const std::size_t needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return needs > back ? back : 0;
        }
    }
    return 0;
}

} // namespace

struct TextDecoder::Converter {
    UConverter* source = nullptr;
    UConverter* target = nullptr;
    std::array<UChar, 4096> pivot{};
    UChar* pivotSource = pivot.data();
    UChar* pivotTarget = pivot.data();
    bool started = false;
    std::int64_t replaced = 0;

    Converter() = default;
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    ~Converter() {
        ucnv_close(source);
        ucnv_close(target);
    }

    static void count(const void* context, UConverterToUnicodeArgs* args, const char*, int32_t, UConverterCallbackReason reason,
                      UErrorCode* status) {
        if (reason > UCNV_IRREGULAR)
            return; // reset and close: nothing to write
        ++static_cast<Converter*>(const_cast<void*>(context))->replaced;
        // Not UCNV_TO_U_CALLBACK_SUBSTITUTE: for some converters that writes U+001A.
        constexpr UChar replacementCharacter = 0xFFFD;
        *status = U_ZERO_ERROR;
        ucnv_cbToUWriteUChars(args, &replacementCharacter, 1, 0, status);
    }
};

TextDecoder::TextDecoder(std::unique_ptr<Converter> converter) : m_converter(std::move(converter)) {}

TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;
TextDecoder::~TextDecoder() = default;

Result<TextDecoder> TextDecoder::create(const std::string& encoding) {
    if (ucnv_compareNames(encoding.c_str(), "UTF-8") == 0)
        return TextDecoder(nullptr);
    auto converter = std::make_unique<Converter>();
    UErrorCode status = U_ZERO_ERROR;
    converter->source = ucnv_open(encoding.c_str(), &status);
    if (encoding.empty() || U_FAILURE(status))
        return fail(ErrorCode::Unsupported, encoding, status);
    converter->target = ucnv_open("UTF-8", &status);
    ucnv_setToUCallBack(converter->source, &Converter::count, converter.get(), nullptr, nullptr, &status);
    if (U_FAILURE(status))
        return fail(ErrorCode::Internal, u_errorName(status), status);
    return TextDecoder(std::move(converter));
}

std::int64_t TextDecoder::replaced() const { return m_converter ? m_converter->replaced : m_replaced; }

void TextDecoder::decode(std::string_view bytes, bool last, std::string& out) {
    if (!m_converter) {
        decodeUtf8(bytes, last, out);
        return;
    }
    std::array<char, 16384> piece;
    const char* source = bytes.data();
    const char* const sourceEnd = source + bytes.size();
    for (;;) {
        char* target = piece.data();
        UErrorCode status = U_ZERO_ERROR;
        ucnv_convertEx(m_converter->target, m_converter->source, &target, piece.data() + piece.size(), &source, sourceEnd,
                       m_converter->pivot.data(), &m_converter->pivotSource, &m_converter->pivotTarget,
                       m_converter->pivot.data() + m_converter->pivot.size(), !m_converter->started, last, &status);
        m_converter->started = true;
        out.append(piece.data(), static_cast<std::size_t>(target - piece.data()));
        if (status != U_BUFFER_OVERFLOW_ERROR)
            return;
    }
}

void TextDecoder::decodeUtf8(std::string_view bytes, bool last, std::string& out) {
    std::string joined;
    if (!m_cut.empty()) {
        joined = std::move(m_cut);
        joined += bytes;
        bytes = joined;
        m_cut.clear();
    }
    if (!last) {
        const std::size_t cut = cutAtEnd(bytes);
        m_cut.assign(bytes.substr(bytes.size() - cut));
        bytes.remove_suffix(cut);
    }
    if (contact::isUtf8(bytes)) {
        out += bytes;
        return;
    }
    const auto* raw = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<std::int64_t>(bytes.size());
    std::int64_t good = 0; // start of what is well-formed and not yet written
    for (std::int64_t at = 0; at < length;) {
        const std::int64_t from = at;
        UChar32 c = 0;
        U8_NEXT(raw, at, length, c);
        if (c >= 0)
            continue;
        out.append(bytes.substr(std::size_t(good), std::size_t(from - good)));
        out += replacement;
        ++m_replaced;
        good = at;
    }
    out.append(bytes.substr(std::size_t(good)));
}

} // namespace outrider::exchange
