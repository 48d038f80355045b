// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/phone_line.h"
#include "core/transport/http_client.h"
#include "core/transport/mail_transport.h"
#include "core/transport/phone_status.h"
#include "core/transport/sent_lookup.h"

#include <string>
#include <string_view>

namespace outrider::transport {

// Sends text messages and places calls over Twilio's HTTP interface (https://www.twilio.com/docs/messaging/api/message-resource,
// https://www.twilio.com/docs/voice/api/call-resource). Signed in to with the account's or an API key's secret.
//
// There is no idempotency key: a message whose answer was lost is looked for among those the account has made, by its
// numbers, its day and its text. One that is not there proves nothing.
//
// One thread at a time.
class TwilioTransport final : public MailTransport, public SentLookup {
public:
    // `apiUrl` without a slash at its end: "https://api.twilio.com/2010-04-01".
    TwilioTransport(std::string apiUrl, PhoneLine line, SecretSource secret, std::string caFile = {},
                    NetworkTimeouts timeouts = {});

    // `raw` is the text itself, UTF-8; the recipient a number, E.164. MessageTooLarge, NotSent: more than 1600 characters.
    SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                     const Progress& progress) override;

    Result<FateReport> fateOf(const LostMessage& message, const Progress& progress) override;

    // The person's own phone rings, and who takes it is connected with `number`, which sees the line's. The call's name at
    // Twilio. OutcomeUnknown: it may ring all the same; never try again by itself. NoPhoneLine: the line does not call.
    Result<std::string> startCall(const std::string& number, const Progress& progress);
    Result<PhoneStatus> callStatus(std::string_view sid, const Progress& progress);
    Result<PhoneStatus> messageStatus(std::string_view sid, const Progress& progress);

    // Whether the account takes the secret, without sending anything.
    Result<> check(const Progress& progress);

private:
    HttpExchange ask(std::string_view path, std::string_view form, const SecureBytes& secret, const Progress& progress,
                     const HandOver& beforeData = {});
    Result<HttpReply> look(std::string_view path, const Progress& progress);

    const std::string m_apiUrl;
    const PhoneLine m_line;
    const SecretSource m_secret;
    HttpClient m_http;
};

// What the call does when the person has taken it (https://www.twilio.com/docs/voice/twiml/dial).
std::string bridgingTwiml(std::string_view callerId, std::string_view number);

} // namespace outrider::transport
