// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/http_client.h"
#include "core/transport/mail_transport.h"
#include "core/transport/sent_lookup.h"

#include <string>

namespace outrider::transport {

// Sends over Resend's HTTP interface (https://resend.com/docs/api-reference/emails/send-email). The
// message is taken apart into what the interface asks for: texts, headers, attachments.
//
// Every request carries the message's Idempotency-Key. Resend keeps one for 24 hours and answers a
// repetition with what the first one came to, so a message whose answer was lost is settled by asking once
// more: it is sent once whichever of the two arrived.
//
// One thread at a time.
class ResendTransport final : public MailTransport, public SentLookup {
public:
    // `apiUrl` without a slash at its end: "https://api.resend.com".
    ResendTransport(std::string apiUrl, SecretSource apiKey, std::string caFile = {}, NetworkTimeouts timeouts = {});

    // MessageMalformed, NotSent: the bytes cannot be taken apart.
    SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                     const Progress& progress) override;

    // Repeats the request. Only within repeatableFor of the first one, and only while the message may still leave.
    Result<FateReport> fateOf(const LostMessage& message, const Progress& progress) override;

    // Shorter than the 24 hours by more than a request may take.
    static constexpr Millis repeatableFor = std::chrono::hours(23);

    // Whether the key is taken, without sending anything.
    Result<> check(const Progress& progress);

private:
    SendOutcome post(const Envelope& envelope, std::string_view raw, const HandOver& beforeData, const Progress& progress);

    const std::string m_apiUrl;
    const SecretSource m_apiKey;
    HttpClient m_http;
};

// The request's body: JSON. MessageMalformed for what is no message.
Result<std::string> resendBody(const Envelope& envelope, std::string_view raw);

} // namespace outrider::transport
