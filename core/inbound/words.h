// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace outrider::inbound {

// A text reduced to its words, for looking for phrases: lower case, without accents, everything that
// is neither letter nor digit one space, a space at both ends. "Je suis absent !" -> " je suis absent ".
// Phrases are written the same way; one with a space at both ends matches whole words only.
std::string wordsOf(std::string_view text);

// At most that many bytes from the start, never half a character.
std::string_view startOf(std::string_view text, std::size_t bytes);

// One line of it for showing: white space collapsed, cut off after 200 bytes.
std::string excerpt(std::string_view text);

inline bool holds(std::string_view words, std::string_view phrase) { return words.find(phrase) != std::string_view::npos; }

// The first of the phrases that the words hold; empty when none.
std::string_view firstHeld(std::string_view words, std::span<const std::string_view> phrases);

inline bool holdsAny(std::string_view words, std::span<const std::string_view> phrases) {
    return !firstHeld(words, phrases).empty();
}

} // namespace outrider::inbound
