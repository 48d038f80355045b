// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outrider::contact {

// UTF-8 text as people and files write it, made comparable. Pure functions; thread-safe.

// Without white space at both ends: also no-break spaces, byte order marks and zero-width spaces.
std::string_view trimmed(std::string_view text);

// Trimmed, with every run of white space inside as one space.
std::string collapsed(std::string_view text);

// For comparing without regard to case, accents' encoding or width: NFKC, case-folded (ICU).
std::string folded(std::string_view text);

// Folded and without accents: "Łukasz Wójcik" -> "lukasz wojcik". For search keys.
std::string unaccented(std::string_view text);

// ASCII letters only; everything else unchanged.
std::string asciiLower(std::string_view text);

std::vector<std::string_view> split(std::string_view text, std::string_view separator);

// Whether the bytes are well-formed UTF-8.
bool isUtf8(std::string_view text);

// Whether there is a control character (below space, or DEL): a header injected through a name.
bool hasControlCharacter(std::string_view text);

} // namespace outrider::contact
