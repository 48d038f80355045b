// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/http_client.h"
#include "core/transport/mail_transport.h"
#include "core/transport/sent_lookup.h"
#include "core/transport/token_request.h"

#include <functional>
#include <string>

namespace outrider::transport {

// Sends over the Gmail API (https://developers.google.com/gmail/api/reference/rest/v1/users.drafts): the
// message is left as a draft, the draft's id is recorded, and the draft is sent. A draft can be sent only once
// and is gone then, so a message whose answer was lost is settled by looking for its draft: what is still there
// has not left.
//
// One thread at a time.
class GmailTransport final : public MailTransport, public SentLookup {
public:
    // `apiUrl` without a slash at its end: "https://gmail.googleapis.com".
    GmailTransport(std::string apiUrl, TokenSource token, std::string caFile = {}, NetworkTimeouts timeouts = {});

    // With envelope.reference, the draft of an earlier try is sent instead of another one.
    SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                     const Progress& progress) override;
    std::string reference() const override { return m_draft; }

    Result<FateReport> fateOf(const LostMessage& message, const Progress& progress) override;
    // Among the sent mail, by Message-ID.
    Result<bool> isInSent(std::string_view messageId, const Progress& progress);
    // Whose mailbox the token opens.
    Result<std::string> address(const Progress& progress);

private:
    HttpExchange ask(const std::string& method, const std::string& path, const std::string& body, const Progress& progress,
                     const std::function<bool()>& beforeBody = {});
    SendOutcome refusal(const HttpExchange& exchange) const;
    // The Message-ID the sent message really has; empty where it cannot be read.
    std::string messageIdOf(const std::string& id, const Progress& progress);
    Result<std::string> findSent(std::string_view messageId, const Progress& progress);

    const std::string m_apiUrl;
    const TokenSource m_token;
    HttpClient m_http;
    std::string m_draft; // being sent
};

} // namespace outrider::transport
