// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/graph_transport.h"

#include "core/transport/curl_handle.h"
#include "core/transport/http_outcome.h"
#include "core/transport/mail_headers.h"
#include "core/transport/outgoing_mail.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr auto quotaWait = std::chrono::hours(1);
// PS_INTERNET_HEADERS ([MS-OXPROPS] §1.3.2): a header of the message as a property.
constexpr std::string_view headerProperty = "String {00020386-0000-0000-C000-000000000046} Name X-Outrider-Id";

// An OData string literal.
std::string literal(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += '\'';
        out += c;
    }
    return out + "'";
}

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

GraphTransport::GraphTransport(std::string apiUrl, TokenSource token, std::string caFile, NetworkTimeouts timeouts)
    : m_apiUrl(std::move(apiUrl)),
      m_token(std::move(token)),
      m_http(std::move(caFile), timeouts) {}

HttpExchange GraphTransport::ask(const std::string& method, const std::string& path, std::string_view body,
                                 const Progress& progress, const std::function<bool()>& beforeBody) {
    HttpRequest request{.method = method, .url = m_apiUrl + path, .headers = {}, .body = body};
    if (!body.empty())
        request.headers.emplace_back("Content-Type: text/plain");
    return performWithToken(m_http, m_token, std::move(request), progress, beforeBody);
}

SendOutcome GraphTransport::send(const Envelope&, std::string_view raw, const HandOver& beforeData, const Progress& progress) {
    if (const auto format = checkWireFormat(raw); !format) {
        SendOutcome outcome;
        outcome.error = format.error();
        return outcome;
    }
    const HttpExchange exchange = ask("POST", "/me/sendMail", base64(raw), progress, beforeData);
    if (exchange.reply && !exchange.reply->isSuccess()) {
        const std::string reason = answerOf(*exchange.reply).reason;
        if (reason == "ErrorExceededMessageLimit" || reason == "ErrorMessageSubmissionBlocked" || reason == "ErrorQuotaExceeded")
            return usedUp(exchange, quotaWait);
        if (reason == "ErrorSendAsDenied" || reason == "ErrorAccessDenied" || reason == "MailboxNotEnabledForRESTAPI")
            return signedOut(exchange);
    }
    return outcomeOf(exchange);
}

Result<GraphTransport::Found> GraphTransport::find(const std::string& filter, const Progress& progress) {
    OUTRIDER_ASSIGN(
        const HttpReply reply,
        succeeded(ask("GET",
                      "/me/mailFolders/sentitems/messages?$top=1&$select=id,internetMessageId&$filter=" + percentEncoded(filter),
                      {}, progress)));
    const json body = json::parse(reply.body, nullptr, false);
    if (!body.is_object() || !body.contains("value") || !body.at("value").is_array())
        return fail(ErrorCode::ProtocolError, "a list of messages that is none");
    if (body.at("value").empty() || !body.at("value").front().is_object())
        return Found{};
    const json& first = body.at("value").front();
    const auto ids = messageIdsOf(textOf(first, "internetMessageId"));
    return Found{textOf(first, "id"), ids.empty() ? std::string() : ids.front()};
}

Result<FateReport> GraphTransport::fateOf(const LostMessage& message, const Progress& progress) {
    OUTRIDER_ASSIGN(Found found, find("internetMessageId eq " + literal("<" + std::string(message.messageId) + ">"), progress));
    if (found.id.empty() && !message.trackingId.empty()) {
        OUTRIDER_ASSIGN(found, find("singleValueExtendedProperties/Any(ep: ep/id eq " + literal(headerProperty)
                                        + " and ep/value eq " + literal(message.trackingId) + ")",
                                    progress));
    }
    if (found.id.empty())
        return FateReport{};
    return FateReport{.fate = Fate::Sent, .what = "found among the sent mail", .messageId = found.messageId};
}

Result<bool> GraphTransport::isInSent(std::string_view messageId, const Progress& progress) {
    OUTRIDER_ASSIGN(const Found found, find("internetMessageId eq " + literal("<" + std::string(messageId) + ">"), progress));
    return !found.id.empty();
}

Result<> GraphTransport::check(const Progress& progress) {
    OUTRIDER_TRY(succeeded(ask("GET", "/me/mailFolders/sentitems?$select=id", {}, progress)));
    return {};
}

} // namespace outrider::transport
