// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/http_client.h"
#include "core/transport/mail_transport.h"
#include "core/transport/sent_lookup.h"
#include "core/transport/token_request.h"

#include <string>

namespace outrider::transport {

// Sends over Microsoft Graph (https://learn.microsoft.com/graph/api/user-sendmail), as MIME. The answer, 202
// without a body, says that the message is taken; Exchange files it among the sent mail, where one whose answer
// was lost is looked for by its Message-ID and, because Exchange may change that, by its X-Outrider-Id. One that is
// not there may still be on its way: nobody knows.
//
// One thread at a time.
class GraphTransport final : public MailTransport, public SentLookup {
public:
    // `apiUrl` with the version, without a slash at its end: "https://graph.microsoft.com/v1.0".
    GraphTransport(std::string apiUrl, TokenSource token, std::string caFile = {}, NetworkTimeouts timeouts = {});

    SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                     const Progress& progress) override;

    Result<FateReport> fateOf(const LostMessage& message, const Progress& progress) override;
    Result<bool> isInSent(std::string_view messageId, const Progress& progress);
    // Whether the token may read among the sent mail.
    Result<> check(const Progress& progress);

private:
    HttpExchange ask(const std::string& method, const std::string& path, std::string_view body, const Progress& progress,
                     const std::function<bool()>& beforeBody = {});
    struct Found {
        std::string id; // empty: none
        std::string messageId;
    };
    Result<Found> find(const std::string& filter, const Progress& progress);

    const std::string m_apiUrl;
    const TokenSource m_token;
    HttpClient m_http;
};

} // namespace outrider::transport
