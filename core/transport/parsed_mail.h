// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/transport/address_list.h"
#include "core/transport/mail_headers.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// Incoming mail is written by strangers: everything about it is bounded. What is beyond a limit is
// left out and `truncated` is set; the mail itself is never lost.
inline constexpr std::size_t mostMailBytes = 64 * 1024 * 1024;
inline constexpr std::size_t mostHeaderBytes = 256 * 1024; // of one block of headers
inline constexpr std::size_t mostTextBytes = 1024 * 1024;  // of the readable text
inline constexpr int deepestPart = 20;
inline constexpr std::size_t mostParts = 500;
inline constexpr std::size_t mostStatusRecipients = 200;

struct MailPart {
    std::string type;     // lower case: "text/plain"
    std::string name;     // the file name; may be empty
    std::size_t size = 0; // decoded
    bool attachment = false;

    bool operator==(const MailPart&) const = default;
};

// A message/delivery-status part (RFC 3464 §2).
struct DeliveryStatus {
    MailHeaders message;                 // Reporting-MTA, Arrival-Date…
    std::vector<MailHeaders> recipients; // Final-Recipient, Action, Status, Diagnostic-Code…

    bool operator==(const DeliveryStatus&) const = default;
};

// A received mail, read as far as it can be. All text is valid UTF-8 with LF line ends.
struct ParsedMail {
    MailHeaders headers;
    MailAddress from; // the first one
    std::vector<MailAddress> to;
    std::vector<MailAddress> cc;
    std::vector<MailAddress> replyTo;
    std::optional<std::string> returnPath; // "": the null path "<>"
    std::string subject;
    std::optional<Instant> date;
    int utcOffsetMinutes = 0; // of `date`: what its writer's wall showed
    std::string messageId;    // without angle brackets, as are all ids
    std::string inReplyTo;    // the first
    std::vector<std::string> references;

    std::string contentType; // of the whole, lower case: "multipart/report"
    std::string reportType;  // its report-type parameter: "delivery-status"
    std::string text;        // the readable text: text/plain, else what the HTML shows
    bool textFromHtml = false;
    std::vector<MailPart> parts; // leaves, in order

    std::vector<DeliveryStatus> deliveryStatus;
    // Of the message this one is about or carries: attached, attached as headers only, or copied
    // into the text. Empty when there is none.
    MailHeaders original;

    bool truncated = false;
};

// Reads RFC 5322 bytes, however broken: unknown or wrong charsets, bad base64, missing boundaries,
// bare line ends, an mbox "From " line. Remote content is never fetched. Thread-safe; linear in the
// size of the mail.
ParsedMail parse(std::string_view raw);

} // namespace outrider::transport
