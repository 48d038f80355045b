// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/http_client.h"
#include "core/transport/mail_source.h"
#include "core/transport/token_request.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// Reads a mailbox over the Gmail API (https://developers.google.com/gmail/api/guides/sync): first a list of what is
// there (users.messages.list), then what was added since (users.history.list); each mail as its raw bytes. What was
// sent is among it, drafts, chats, spam and trash are not. Changes nothing in the mailbox.
//
// The cursor's position is "list ID" or "list ID TOKEN" while listing, which goes from the newest page to the oldest, and
// "history ID" afterwards. A history Google no longer has (404) is listed anew, and said so (startedOver).
//
// One thread at a time. Errors: AuthFailed when the access is gone or does not reach this far, RefusedSoft with
// retryAfter() for limits.
class GmailSource final : public MailSource {
public:
    // `apiUrl` without a slash at its end.
    GmailSource(std::string apiUrl, TokenSource token, std::string caFile = {}, NetworkTimeouts timeouts = {});

    Result<FetchReport> fetchNew(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                 const Progress& progress, MailCursor* reached = nullptr) override;
    // Nothing rings here: NewMail when there is some, else Unsupported.
    Result<WaitEnd> waitForMail(const MailCursor& cursor, Millis most, const Progress& progress) override;
    std::optional<Millis> retryAfter() const override { return m_retryAfter; }

private:
    struct Page;
    Result<nlohmann::json> ask(const std::string& path, const Progress& progress);
    Result<HttpReply> get(const std::string& path, const Progress& progress);
    Result<Page> listPage(std::string_view historyId, std::string_view token, const FetchLimits& limits,
                          const Progress& progress);
    Result<Page> historyPage(std::string_view historyId, const Progress& progress);
    // Nothing: it is gone meanwhile, or no mail.
    struct Mail {
        std::string raw;
        Instant at{};
    };
    Result<std::optional<Mail>> mail(const std::string& id, std::size_t mostBytes, const Progress& progress);

    const std::string m_apiUrl;
    const TokenSource m_token;
    HttpClient m_http;
    std::optional<Millis> m_retryAfter;
};

} // namespace outrider::transport
