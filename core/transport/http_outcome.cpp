// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_outcome.h"

#include "core/transport/charset.h"

#include <nlohmann/json.hpp>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr std::size_t mostAnswer = 500;
constexpr auto usualWait = std::chrono::seconds(60);

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string shortened(std::string text) {
    text = cleanUtf8(std::string_view(text).substr(0, mostAnswer));
    return text;
}

} // namespace

ProviderAnswer answerOf(const HttpReply& reply) {
    const json body = json::parse(reply.body, nullptr, false);
    if (!body.is_object())
        return {};
    const auto error = body.find("error");
    if (error == body.end() || !error->is_object()) {
        std::string reason = error != body.end() && error->is_string() ? error->get<std::string>() : textOf(body, "name");
        const auto code = body.find("code");
        if (reason.empty() && code != body.end() && code->is_number_integer())
            reason = std::to_string(code->get<std::int64_t>());
        std::string text = textOf(body, "error_description");
        return {std::move(reason), shortened(text.empty() ? textOf(body, "message") : std::move(text))};
    }
    ProviderAnswer answer{textOf(*error, "code"), shortened(textOf(*error, "message"))};
    if (answer.reason.empty())
        answer.reason = textOf(*error, "status");
    const auto errors = error->find("errors");
    if (errors != error->end() && errors->is_array() && !errors->empty() && errors->front().is_object()) {
        if (std::string reason = textOf(errors->front(), "reason"); !reason.empty())
            answer.reason = std::move(reason);
    }
    return answer;
}

namespace {

std::string traceOf(const HttpReply& reply) {
    const ProviderAnswer answer = answerOf(reply);
    std::string out = std::to_string(reply.status);
    if (!answer.reason.empty())
        out += " " + answer.reason;
    if (!answer.text.empty())
        out += ": " + answer.text;
    return out;
}

SendOutcome answered(const HttpReply& reply, SendKind kind, SendStage stage, ErrorCode code) {
    SendOutcome outcome;
    outcome.kind = kind;
    outcome.stage = stage;
    outcome.replyCode = reply.status;
    outcome.answer = traceOf(reply);
    outcome.error = Error(code, outcome.answer, reply.status);
    return outcome;
}

} // namespace

SendOutcome outcomeOf(const HttpExchange& exchange) {
    if (!exchange.reply) {
        SendOutcome outcome;
        outcome.kind = exchange.handedOver ? SendKind::Unknown : SendKind::NotSent;
        outcome.stage = exchange.handedOver ? SendStage::Answer : SendStage::Connect;
        outcome.error =
            exchange.handedOver ? Error(ErrorCode::OutcomeUnknown, exchange.error.detail, exchange.error.native) : exchange.error;
        return outcome;
    }
    const HttpReply& reply = *exchange.reply;
    const int status = reply.status;
    if (reply.isSuccess()) {
        SendOutcome outcome;
        outcome.kind = SendKind::Sent;
        outcome.stage = SendStage::Answer;
        outcome.replyCode = status;
        outcome.answer = std::to_string(status);
        return outcome;
    }
    switch (status) {
    case 401:
    case 403:
        return signedOut(exchange);
    case 408:
    case 425:
    case 429:
    case 503:
        return usedUp(exchange, usualWait);
    case 413:
        return answered(reply, SendKind::RefusedHard, SendStage::Content, ErrorCode::MessageTooLarge);
    default:
        break;
    }
    if (status >= 400 && status < 500)
        return answered(reply, SendKind::RefusedHard, SendStage::Content, ErrorCode::RefusedHard);
    if (status >= 500)
        return answered(reply, SendKind::Unknown, SendStage::Answer, ErrorCode::OutcomeUnknown);
    return answered(reply, SendKind::NotSent, SendStage::Content, ErrorCode::ProtocolError); // a redirect
}

SendOutcome usedUp(const HttpExchange& exchange, Millis wait) {
    SendOutcome outcome = answered(*exchange.reply, SendKind::NotSent, SendStage::Content, ErrorCode::RefusedSoft);
    outcome.retryAfter = exchange.reply->retryAfter.value_or(wait);
    return outcome;
}

SendOutcome signedOut(const HttpExchange& exchange) {
    return answered(*exchange.reply, SendKind::NotSent, SendStage::SignIn, ErrorCode::AuthFailed);
}

SendOutcome unreadable(const HttpExchange& exchange) {
    return answered(*exchange.reply, SendKind::Unknown, SendStage::Answer, ErrorCode::OutcomeUnknown);
}

Result<HttpReply> succeeded(HttpExchange exchange) {
    if (!exchange.reply)
        return fail(exchange.error);
    if (exchange.reply->isSuccess()) {
        if (!exchange.reply->whole)
            return fail(ErrorCode::ConnectionLost, "half an answer");
        return std::move(*exchange.reply);
    }
    if (exchange.reply->status == 404)
        return fail(ErrorCode::NotFound, traceOf(*exchange.reply), 404);
    if (exchange.reply->status >= 500)
        return fail(ErrorCode::RefusedSoft, traceOf(*exchange.reply), exchange.reply->status);
    return fail(outcomeOf(exchange).error);
}

} // namespace outrider::transport
