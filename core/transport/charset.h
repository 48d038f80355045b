// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::transport {

// Text as mail carries it, made readable UTF-8. Never fails: what cannot be read becomes U+FFFD.
//
// `charset` is what the sender declared; it is not believed blindly: UTF-8 declared as Latin-1 (or as
// nothing) is read as UTF-8, ISO-8859-1 as the Windows-1252 it is in practice, an unknown or missing
// one is guessed (strict UTF-8, then uchardet, then Windows-1252). The result is cleaned as below.
std::string decodeText(std::string_view bytes, std::string_view charset);

// Valid UTF-8 without byte order marks and control characters other than tab and line feed; every
// line end is one LF.
std::string cleanUtf8(std::string_view text);

// The longest prefix of at most `bytes` bytes that does not cut a character.
std::string_view utf8Prefix(std::string_view text, std::size_t bytes);

} // namespace outrider::transport
