// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/address_verifier.h"

#include "core/transport/http_outcome.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr Millis busyWait = std::chrono::seconds(5);

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return c < 128 ? char(std::tolower(c)) : char(c); });
    return text;
}

// The interface writes numbers as strings in one place and as numbers in another.
std::string textOf(const json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    return found->is_number() || found->is_boolean() ? found->dump() : std::string();
}

// Credits are bought whole and charged in tenths; what is left is told rounded down.
std::optional<std::int64_t> creditsOf(const json& object) {
    const std::string text = textOf(object, "balance");
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() || !(value > -1e15 && value < 1e15))
        return std::nullopt;
    return std::int64_t(std::floor(value));
}

// The codes of "Understanding results"; what is none of them could not be determined.
void judge(AddressVerdict& verdict, std::string_view code, bool role) {
    using F = AddressFinding;
    using S = AddressState;
    static constexpr struct {
        std::string_view code;
        S state;
        F finding;
    } codes[] = {
        {"1", S::Invalid, F::Syntax}, {"2", S::Invalid, F::SpamTrap}, {"3", S::Risky, F::Disposable},
        {"4", S::Risky, F::CatchAll}, {"5", S::Valid, F::Good},       {"6", S::Invalid, F::Rejected},
        {"8", S::Risky, F::Role},
    };
    verdict.state = S::Unknown;
    verdict.finding = F::Undetermined;
    for (const auto& one : codes) {
        if (one.code == code) {
            verdict.state = one.state;
            verdict.finding = one.finding;
        }
    }
    if (verdict.state == S::Valid && role) {
        verdict.state = S::Risky;
        verdict.finding = F::Role;
    }
}

} // namespace

AddressVerifier::AddressVerifier(std::string url, const SecureBytes& apiKey, std::string caFile, NetworkTimeouts timeouts)
    : m_url(std::move(url)),
      m_apiKey(apiKey),
      m_http(std::move(caFile), timeouts) {}

Result<HttpReply> AddressVerifier::get(const std::string& path, const std::string& query, const Progress& progress) {
    OUTRIDER_TRY(checkUrl(m_url));
    std::string key = percentEncoded(m_apiKey.view());
    HttpRequest request{.url = m_url + path + "?api=" + key + query}; // the interface knows no header for the key
    HttpExchange exchange = m_http.perform(request, progress);
    std::fill(key.begin(), key.end(), '\0');
    std::fill(request.url.begin(), request.url.end(), '\0');
    if (!exchange.reply)
        return fail(exchange.error);
    const HttpReply& reply = *exchange.reply;
    const json body = json::parse(reply.body, nullptr, false);
    const json answer = body.is_object() ? body.value("debounce", json::object()) : json::object();
    const std::string said = answer.is_object() ? textOf(answer, "error") : std::string();
    if (reply.status == 429) {
        m_retryAfter = reply.retryAfter.value_or(busyWait);
        return fail(ErrorCode::RefusedSoft, "429 " + said, 429);
    }
    if (reply.status == 402 || lower(said).find("credit") != std::string::npos) {
        Error error(ErrorCode::RefusedHard, "no credits left", 402);
        error.retry = Retry::AfterUserAction;
        return fail(std::move(error));
    }
    if (reply.status == 401 || reply.status == 403 || lower(said).find("api") != std::string::npos)
        return fail(ErrorCode::AuthFailed, said.empty() ? std::to_string(reply.status) : said, reply.status);
    if (!reply.isSuccess())
        return fail(reply.status >= 500 ? ErrorCode::RefusedSoft : ErrorCode::RefusedHard,
                    std::to_string(reply.status) + " " + said, reply.status);
    if (!reply.whole)
        return fail(ErrorCode::ConnectionLost, "half an answer");
    if (!body.is_object())
        return fail(ErrorCode::ProtocolError, "an answer that is no JSON");
    if (textOf(body, "success") == "0")
        return fail(ErrorCode::RefusedHard, said);
    return std::move(*exchange.reply);
}

Result<AddressVerifier::Answer> AddressVerifier::ask(const std::string& address, const Progress& progress) {
    OUTRIDER_ASSIGN(const HttpReply reply, get("/", "&email=" + percentEncoded(address), progress));
    const json body = json::parse(reply.body, nullptr, false);
    const auto found = body.find("debounce");
    if (found == body.end() || !found->is_object() || textOf(*found, "code").empty())
        return fail(ErrorCode::ProtocolError, "an answer without a verdict");
    Answer answer;
    answer.verdict.key = address;
    answer.verdict.paid = true;
    judge(answer.verdict, textOf(*found, "code"), textOf(*found, "role") == "true");
    answer.verdict.suggestion = textOf(*found, "did_you_mean");
    if (answer.verdict.suggestion.size() > 320 || answer.verdict.suggestion.find('@') == std::string::npos)
        answer.verdict.suggestion.clear();
    answer.balance = creditsOf(body);
    if (!answer.balance)
        answer.balance = creditsOf(*found);
    return answer;
}

Result<std::int64_t> AddressVerifier::balance(const Progress& progress) {
    OUTRIDER_ASSIGN(const HttpReply reply, get("/balance/", {}, progress));
    const json body = json::parse(reply.body, nullptr, false);
    if (const auto credits = creditsOf(body))
        return *credits;
    const auto found = body.find("debounce");
    const auto credits = found != body.end() && found->is_object() ? creditsOf(*found) : std::nullopt;
    if (!credits)
        return fail(ErrorCode::ProtocolError, "an answer without a balance");
    return *credits;
}

} // namespace outrider::transport
