// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// A header Outrider adds by itself: List-Unsubscribe, X-Outrider-Id…
struct ExtraHeader {
    std::string name;
    std::string value; // printable ASCII; put in as it is, folded at its spaces

    bool operator==(const ExtraHeader&) const = default;
};

// A file that goes with a message.
struct OutgoingFile {
    std::string name; // UTF-8; any
    std::string mediaType;
    std::string data;

    bool operator==(const OutgoingFile&) const = default;
};

// Everything a message consists of, decided: rendering adds nothing of its own, so the same value
// always gives the same bytes (a dry run shows what is sent). Texts are UTF-8.
struct OutgoingMail {
    std::string fromName; // may be empty
    std::string fromAddress;
    std::string toName; // may be empty
    std::string toAddress;
    std::string subject;
    std::string text; // plain text; any line ends
    std::string html; // the same for programs that show HTML; empty: there is none
    std::vector<OutgoingFile> files;
    std::string messageId;               // without angle brackets, as are all ids here
    std::string inReplyTo;               // empty: starts a thread
    std::vector<std::string> references; // oldest first
    Instant date{};
    int utcOffsetMinutes = 0; // the sender's zone, for the Date header
    std::vector<ExtraHeader> extra;

    bool operator==(const OutgoingMail&) const = default;
};

// The message as it goes over the wire (RFC 5322, RFC 2045 quoted-printable, RFC 2047, RFC 2231): text alone,
// multipart/alternative with its HTML, and multipart/mixed around it with the files in base64. Every line
// ends in CRLF, no bare CR or LF is left in it (one lets a text smuggle a second message past some
// servers), none is longer than 998 bytes.
//
// A control character in an address, name, subject, id or header is refused, never repaired: it is
// an injected header. ErrorCode::InvalidEmail, or MessageMalformed with the field's name.
Result<std::string> render(const OutgoingMail& mail);

// What a server must not be sent: MessageMalformed for an empty message, a bare CR or LF, a NUL,
// or a missing CRLF at the end.
Result<> checkWireFormat(std::string_view raw);

} // namespace outrider::transport
