// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include "core/transport/http_client.h"
#include "core/transport/mail_transport.h"

#include <string>
#include <string_view>

namespace outrider::transport {

// What a provider said about a request it did not do: its own machine name for the reason and its words.
struct ProviderAnswer {
    std::string reason;
    std::string text;
};

// Reads {"error":{"code"|"status","message","errors":[{"reason"}]}} (Google, Microsoft) and
// {"name","message"} (Resend), {"code","message"} (Twilio). Empty where the body is something else.
ProviderAnswer answerOf(const HttpReply& reply);

// What an exchange that was to hand over a message came to (the table is in
// tests/core/transport/http_outcome_test.cpp). The rule: a request of which not all left did nothing; one that
// did is settled by the server's status alone. A failure of the server's own (500, 502, 504) may have come after
// the message was taken, and no answer may hide anything: both are Unknown.
//
// 401 and 403 are about the account and 429 and 503 about the moment: NotSent. 2xx is Sent; whether the
// body bears it out is the caller's to say.
SendOutcome outcomeOf(const HttpExchange& exchange);

// The account is used up for a while (a quota of the provider's): NotSent, with a wait of that long unless
// the reply says another.
SendOutcome usedUp(const HttpExchange& exchange, Millis wait);

// The sign-in no longer holds, or does not reach this far: a person has to do something.
SendOutcome signedOut(const HttpExchange& exchange);

// A 2xx whose body says something else: the server may have taken it.
SendOutcome unreadable(const HttpExchange& exchange);

// For requests that only read or prepare: the error an exchange came to, Result<HttpReply> otherwise.
Result<HttpReply> succeeded(HttpExchange exchange);

} // namespace outrider::transport
