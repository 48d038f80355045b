// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include <string>
#include <string_view>

namespace outrider::transport {

// Text for a header (RFC 2047), as one line: as it is when it is ASCII, else as encoded words, apart by
// spaces where the line may be folded. GMime encodes word by word and lets an ASCII word that looks
// like the start of an encoded one ("=?") through, which readers then decode with its neighbour.
std::string encodedText(std::string_view text);

// The same for the name before an address: quoted where it must be.
std::string encodedPhrase(std::string_view name);

// "Name:" apart, the value with the line ends of folding (LF) put in at its spaces, ending in one.
// Words are never cut: a long URL or id keeps its line to itself.
std::string foldedHeader(std::string_view name, std::string_view value);

// A header's value, unfolded, made readable: encoded words decoded, raw bytes of any charset read.
// Neighbours in one charset are joined before they are decoded, because many senders cut a character
// in two. (GMime joins them earlier and loses what follows base64 padding.)
std::string decodedText(std::string_view value);

} // namespace outrider::transport
