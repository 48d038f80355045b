// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/resend_transport.h"

#include "core/transport/charset.h"
#include "core/transport/curl_handle.h"
#include "core/transport/http_outcome.h"
#include "core/transport/mime_tree.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/parsed_mail.h"
#include "core/transport/transfer_encoding.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr std::size_t longestKey = 256;
constexpr auto quotaWait = std::chrono::hours(1);
constexpr auto busyWait = std::chrono::seconds(5); // two requests a second are allowed

std::string inQuotes(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

// What the interface has a field of its own for, or makes itself.
bool isOwnField(std::string_view name) {
    constexpr std::array<std::string_view, 9> fields{
        "From",    "To", "Subject", "Date", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
        "Reply-To"};
    return std::any_of(fields.begin(), fields.end(), [name](std::string_view field) { return sameHeaderName(field, name); });
}

void addLeaves(const MimeNode& node, json& body) {
    if (node.type.value.starts_with("multipart/")) {
        for (const MimeNode& child : node.children)
            addLeaves(child, body);
        return;
    }
    const std::string content = decodeTransfer(node.body, node.encoding);
    const bool attached = node.disposition.value == "attachment";
    const bool isText = node.type.value == "text/plain";
    const bool isHtml = node.type.value == "text/html";
    const char* field = isHtml ? "html" : "text";
    if (!attached && (isText || isHtml) && !body.contains(field)) {
        body[field] = decodeText(content, node.type.parameter("charset"));
        return;
    }
    std::string name = node.disposition.parameter("filename");
    if (name.empty())
        name = node.type.parameter("name");
    json attachment{
        {"filename", name.empty() ? "attachment" : name}, {"content", base64(content)}, {"content_type", node.type.value}};
    const std::string_view id = node.header("Content-ID");
    if (const auto ids = messageIdsOf(id); !ids.empty())
        attachment["content_id"] = ids.front();
    body["attachments"].push_back(std::move(attachment));
}

std::string idOf(const HttpReply& reply) {
    const json body = json::parse(reply.body, nullptr, false);
    if (!body.is_object())
        return {};
    const auto id = body.find("id");
    return id != body.end() && id->is_string() ? id->get<std::string>() : std::string();
}

} // namespace

Result<std::string> resendBody(const Envelope& envelope, std::string_view raw) {
    OUTRIDER_TRY(checkWireFormat(raw));
    const ParsedMail mail = parse(raw);
    const MimeTree tree(raw);
    if (tree.truncated() || mail.truncated)
        return fail(ErrorCode::MessageMalformed, "more than can be taken apart");
    json body{{"from", mail.from.name.empty() ? envelope.sender : inQuotes(mail.from.name) + " <" + envelope.sender + ">"},
              {"to", json::array({envelope.recipient})},
              {"subject", mail.subject}};
    if (!mail.replyTo.empty())
        body["reply_to"] = mail.replyTo.front().address;
    json headers = json::object();
    for (const MailHeader& header : tree.root().headers) {
        if (!isOwnField(header.name))
            headers[header.name] = header.value;
    }
    body["headers"] = std::move(headers);
    addLeaves(tree.root(), body);
    if (!body.contains("text") && !body.contains("html"))
        body["text"] = "";
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

ResendTransport::ResendTransport(std::string apiUrl, SecretSource apiKey, std::string caFile, NetworkTimeouts timeouts)
    : m_apiUrl(std::move(apiUrl)),
      m_apiKey(std::move(apiKey)),
      m_http(std::move(caFile), timeouts) {}

SendOutcome ResendTransport::send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                                  const Progress& progress) {
    return post(envelope, raw, beforeData, progress);
}

SendOutcome ResendTransport::post(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                                  const Progress& progress) {
    SendOutcome none;
    if (envelope.idempotencyKey.empty() || envelope.idempotencyKey.size() > longestKey) {
        none.error = Error(ErrorCode::Internal, "no idempotency key");
        return none;
    }
    const auto body = resendBody(envelope, raw);
    if (!body) {
        none.error = body.error();
        return none;
    }
    const auto key = m_apiKey();
    if (!key) {
        none.error = key.error();
        return none;
    }
    const HttpExchange exchange =
        m_http.perform({.method = "POST",
                        .url = m_apiUrl + "/emails",
                        .headers = {"Content-Type: application/json", "Idempotency-Key: " + envelope.idempotencyKey},
                        .body = *body,
                        .bearer = &*key},
                       progress, beforeData);
    if (exchange.reply) {
        const ProviderAnswer answer = answerOf(*exchange.reply);
        const int status = exchange.reply->status;
        // The first request with this key is still being worked on, or was about something else.
        if (status == 409)
            return unreadable(exchange);
        if (status == 429 && answer.reason.find("quota") != std::string::npos)
            return usedUp(exchange, quotaWait);
        if (status == 429)
            return usedUp(exchange, busyWait);
        if (status == 422 && answer.reason == "invalid_from_address")
            return signedOut(exchange); // every message of the mailbox would be refused
    }
    SendOutcome outcome = outcomeOf(exchange);
    if (outcome.kind == SendKind::Sent) {
        const std::string id = exchange.reply->whole ? idOf(*exchange.reply) : std::string();
        if (id.empty())
            return unreadable(exchange);
        outcome.answer = "resend " + id;
    }
    outcome.answer = redacted(outcome.answer, {}, *key);
    outcome.error.detail = redacted(outcome.error.detail, {}, *key);
    return outcome;
}

Result<FateReport> ResendTransport::fateOf(const LostMessage& message, const Progress& progress) {
    const Envelope envelope{.sender = std::string(message.sender),
                            .recipient = std::string(message.recipient),
                            .idempotencyKey = std::string(message.idempotencyKey)};
    const SendOutcome outcome = post(
        envelope, message.raw, [] { return true; }, progress);
    if (outcome.kind == SendKind::Sent)
        return FateReport{.fate = Fate::Sent, .what = outcome.answer, .messageId = outcome.messageId};
    if (outcome.kind == SendKind::Unknown)
        return FateReport{};
    return fail(outcome.error); // what became of the first one is still open
}

Result<> ResendTransport::check(const Progress& progress) {
    OUTRIDER_ASSIGN(const SecureBytes key, m_apiKey());
    HttpExchange exchange = m_http.perform({.url = m_apiUrl + "/domains", .bearer = &key}, progress);
    // A key that may only send is not shown the domains; that it is one is said all the same.
    if (exchange.reply && exchange.reply->status == 401 && answerOf(*exchange.reply).reason == "restricted_api_key")
        return {};
    OUTRIDER_TRY(succeeded(std::move(exchange)));
    return {};
}

} // namespace outrider::transport
