// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// One value of a server's response (RFC 3501 §4).
struct ImapValue {
    enum class Kind { Nil, Atom, String, List };

    Kind kind = Kind::Nil;
    std::string text;             // of an atom, as written; of a string, its bytes
    std::vector<ImapValue> items; // of a list

    bool isAtom(std::string_view upperCase) const; // in any case
    std::optional<std::uint32_t> number() const;   // of an atom
};

// One response (RFC 3501 §7).
struct ImapResponse {
    enum class Kind { Untagged, Tagged, Continuation };

    Kind kind = Kind::Untagged;
    std::string tag;
    std::string name;                    // upper case: OK, NO, BAD, BYE, LIST, SEARCH, FETCH, EXISTS…
    std::optional<std::uint32_t> number; // "* 23 EXISTS", "* 7 FETCH"
    std::vector<ImapValue> values;       // what follows the name; of OK, NO… nothing
    std::string code;                    // of OK, NO…: "UIDVALIDITY", upper case; may be empty
    std::vector<ImapValue> codeValues;
    std::string text; // of OK, NO… and continuations: for people
};

struct ImapLimits {
    std::size_t line = 8 * 1024 * 1024;     // without literals; SEARCH lists a large folder in one
    std::size_t literal = 64 * 1024 * 1024; // of one response, together
    int depth = 32;                         // lists in lists
    std::size_t values = 2'000'000;         // of one response
};

// Splits what a server sends into responses, however it arrives in pieces: quoted strings, literals,
// lists, section names with brackets, response codes. Bounded; linear; no I/O.
class ImapTokeniser {
public:
    explicit ImapTokeniser(ImapLimits limits = {}) : m_limits(limits) {}

    // Takes the next bytes. ErrorCode::ProtocolError for what is no IMAP, MessageTooLarge beyond a
    // limit; the stream cannot be followed any more after that and every later call fails the same.
    Result<> feed(std::string_view bytes);

    // The next complete response.
    std::optional<ImapResponse> next();

private:
    Result<> takeLines();

    ImapLimits m_limits;
    std::string m_buffer;       // of the response being received
    std::size_t m_scanned = 0;  // no line's end before this
    std::size_t m_line = 0;     // where the line began, or went on behind a literal
    std::size_t m_literal = 0;  // bytes of a literal still to come
    std::size_t m_literals = 0; // bytes of literals so far
    std::deque<ImapResponse> m_ready;
    std::optional<Error> m_failed;
};

} // namespace outrider::transport
