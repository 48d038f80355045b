// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/gmail_transport.h"

#include "core/transport/curl_handle.h"
#include "core/transport/gmail_quota.h"
#include "core/transport/http_outcome.h"
#include "core/transport/mail_headers.h"
#include "core/transport/outgoing_mail.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr auto quotaWait = std::chrono::minutes(15);

std::string textOf(const std::string& body, const char* key) {
    const json parsed = json::parse(body, nullptr, false);
    if (!parsed.is_object())
        return {};
    const auto found = parsed.find(key);
    return found != parsed.end() && found->is_string() ? found->get<std::string>() : std::string();
}

SendOutcome notSent(Error error) {
    SendOutcome outcome;
    outcome.error = std::move(error);
    return outcome;
}

} // namespace

std::optional<Millis> googleWait(const HttpReply& reply) {
    if (reply.status != 403 && reply.status != 429)
        return std::nullopt;
    const std::string reason = answerOf(reply).reason;
    for (const std::string_view limit : {"rateLimitExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED"}) {
        if (reason == limit)
            return reply.retryAfter.value_or(std::chrono::minutes(1));
    }
    if (reason == "dailyLimitExceeded" || reason == "quotaExceeded" || reason == "limitExceeded")
        return reply.retryAfter.value_or(quotaWait);
    return std::nullopt;
}

GmailTransport::GmailTransport(std::string apiUrl, TokenSource token, std::string caFile, NetworkTimeouts timeouts)
    : m_apiUrl(std::move(apiUrl)),
      m_token(std::move(token)),
      m_http(std::move(caFile), timeouts) {}

HttpExchange GmailTransport::ask(const std::string& method, const std::string& path, const std::string& body,
                                 const Progress& progress, const std::function<bool()>& beforeBody) {
    HttpRequest request{.method = method, .url = m_apiUrl + "/gmail/v1/users/me/" + path, .headers = {}, .body = body};
    if (!body.empty())
        request.headers.emplace_back("Content-Type: application/json");
    return performWithToken(m_http, m_token, std::move(request), progress, beforeBody);
}

SendOutcome GmailTransport::refusal(const HttpExchange& exchange) const {
    if (const auto wait = exchange.reply ? googleWait(*exchange.reply) : std::nullopt)
        return usedUp(exchange, *wait);
    return outcomeOf(exchange);
}

SendOutcome GmailTransport::send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                                 const Progress& progress) {
    if (const auto format = checkWireFormat(raw); !format)
        return notSent(format.error());
    m_draft = envelope.reference;
    const bool made = m_draft.empty();
    if (made) {
        const HttpExchange draft = ask("POST", "drafts", json{{"message", {{"raw", base64Url(raw)}}}}.dump(), progress);
        if (!draft.reply || !draft.reply->isSuccess()) {
            SendOutcome outcome = refusal(draft);
            if (outcome.kind == SendKind::Unknown) { // perhaps a draft, but never a message
                outcome.kind = SendKind::NotSent;
                outcome.stage = SendStage::Content;
                outcome.error = draft.reply ? Error(ErrorCode::RefusedSoft, outcome.answer, draft.reply->status) : draft.error;
            }
            return outcome;
        }
        m_draft = textOf(draft.reply->body, "id");
        if (m_draft.empty())
            return notSent(Error(ErrorCode::ProtocolError, "a draft without id"));
    }
    const HttpExchange sent = ask("POST", "drafts/send", json{{"id", m_draft}}.dump(), progress, beforeData);
    if (sent.reply && sent.reply->status == 404) // sent before, or deleted by the person: nobody knows here
        return unreadable(sent);
    SendOutcome outcome = refusal(sent);
    if (outcome.kind == SendKind::Sent) {
        const std::string id = sent.reply->whole ? textOf(sent.reply->body, "id") : std::string();
        if (id.empty())
            return unreadable(sent);
        outcome.answer = "gmail " + id;
        outcome.messageId = messageIdOf(id, progress);
    } else if (sent.heldBack && made) {
        ask("DELETE", "drafts/" + percentEncoded(m_draft), {}, progress); // not to lie about among the person's own
    }
    return outcome;
}

std::string GmailTransport::messageIdOf(const std::string& id, const Progress& progress) {
    const HttpExchange exchange =
        ask("GET", "messages/" + percentEncoded(id) + "?format=metadata&metadataHeaders=Message-ID", {}, progress);
    if (!exchange.reply || !exchange.reply->isSuccess())
        return {};
    const json body = json::parse(exchange.reply->body, nullptr, false);
    if (!body.is_object())
        return {};
    const auto payload = body.find("payload");
    if (payload == body.end() || !payload->is_object() || !payload->contains("headers") || !payload->at("headers").is_array())
        return {};
    for (const json& header : payload->at("headers")) {
        if (!header.is_object() || !header.contains("name") || !header.at("name").is_string() || !header.contains("value")
            || !header.at("value").is_string() || !sameHeaderName(header.at("name").get<std::string>(), "Message-ID"))
            continue;
        const auto ids = messageIdsOf(header.at("value").get<std::string>());
        return ids.empty() ? std::string() : ids.front();
    }
    return {};
}

Result<std::string> GmailTransport::findSent(std::string_view messageId, const Progress& progress) {
    const std::string query = "in:sent rfc822msgid:" + std::string(messageId);
    OUTRIDER_ASSIGN(const HttpReply reply,
                    succeeded(ask("GET", "messages?maxResults=1&q=" + percentEncoded(query), {}, progress)));
    const json body = json::parse(reply.body, nullptr, false);
    if (!body.is_object())
        return fail(ErrorCode::ProtocolError, "a list of messages that is none");
    const auto messages = body.find("messages");
    if (messages == body.end() || !messages->is_array() || messages->empty())
        return std::string();
    const json& first = messages->front();
    return first.is_object() && first.contains("id") && first.at("id").is_string() ? first.at("id").get<std::string>()
                                                                                   : std::string();
}

Result<bool> GmailTransport::isInSent(std::string_view messageId, const Progress& progress) {
    OUTRIDER_ASSIGN(const std::string id, findSent(messageId, progress));
    return !id.empty();
}

Result<FateReport> GmailTransport::fateOf(const LostMessage& message, const Progress& progress) {
    OUTRIDER_ASSIGN(const std::string id, findSent(message.messageId, progress));
    if (!id.empty())
        return FateReport{.fate = Fate::Sent, .what = "gmail " + id, .messageId = messageIdOf(id, progress)};
    if (message.reference.empty())
        return FateReport{};
    const auto draft = succeeded(ask("GET", "drafts/" + percentEncoded(message.reference) + "?format=minimal", {}, progress));
    if (draft)
        return FateReport{.fate = Fate::NotSent, .what = "the draft is still there"};
    if (draft.error().code == ErrorCode::NotFound) // sent and not yet found, or deleted
        return FateReport{};
    return fail(draft.error());
}

Result<std::string> GmailTransport::address(const Progress& progress) {
    OUTRIDER_ASSIGN(const HttpReply reply, succeeded(ask("GET", "profile", {}, progress)));
    std::string address = textOf(reply.body, "emailAddress");
    if (address.empty())
        return fail(ErrorCode::ProtocolError, "a profile without address");
    return address;
}

} // namespace outrider::transport
