// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/oauth.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/curl_handle.h"
#include "core/transport/http_client.h"
#include "core/transport/http_outcome.h"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::chrono::seconds usualLifetime = std::chrono::hours(1);

std::string randomText(Random& random) {
    std::array<std::byte, secretBytes> bytes{};
    random.fill(bytes);
    return base64Url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// A form body in memory that is wiped: the length is counted first, so that nothing is moved about.
class SecretForm {
public:
    void add(std::string_view name, std::string_view value) {
        std::string encoded = percentEncoded(value);
        const std::string head = (m_size > 0 ? "&" : "") + std::string(name) + "=";
        SecureBytes grown(m_size + head.size() + encoded.size());
        std::byte* at = std::copy(m_bytes.bytes().begin(), m_bytes.bytes().end(), grown.data());
        at = std::transform(head.begin(), head.end(), at, [](char c) { return std::byte(c); });
        std::transform(encoded.begin(), encoded.end(), at, [](char c) { return std::byte(c); });
        std::fill(encoded.begin(), encoded.end(), '\0');
        m_bytes = std::move(grown);
        m_size = m_bytes.size();
    }
    std::string_view view() const { return m_bytes.view(); }

private:
    SecureBytes m_bytes;
    std::size_t m_size = 0;
};

SecureBytes takeSecret(json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_string())
        return {};
    std::string& text = found->get_ref<std::string&>();
    SecureBytes secret{std::string_view(text)};
    std::fill(text.begin(), text.end(), '\0');
    return secret;
}

// The address in an ID token. It came over TLS from the token endpoint itself, which stands for its signature
// (OpenID Connect Core §3.1.3.7).
std::string accountOf(const json& body) {
    const auto found = body.find("id_token");
    if (found == body.end() || !found->is_string())
        return {};
    const std::string token = found->get<std::string>();
    const auto begin = token.find('.');
    const auto end = begin == std::string::npos ? begin : token.find('.', begin + 1);
    if (end == std::string::npos)
        return {};
    const auto decoded = fromBase64(std::string_view(token).substr(begin + 1, end - begin - 1));
    const json claims = decoded ? json::parse(*decoded, nullptr, false) : json();
    if (!claims.is_object())
        return {};
    for (const char* claim : {"email", "preferred_username", "upn"}) {
        const auto value = claims.find(claim);
        if (value != claims.end() && value->is_string() && value->get_ref<const std::string&>().find('@') != std::string::npos)
            return value->get<std::string>();
    }
    return {};
}

Error errorOf(const HttpReply& reply, const SecureBytes& secret) {
    const ProviderAnswer answer = answerOf(reply);
    std::string detail = answer.reason;
    if (!answer.text.empty())
        detail += (detail.empty() ? "" : ": ") + answer.text;
    if (detail.empty())
        detail = std::to_string(reply.status);
    detail = redacted(detail, {}, secret);
    // RFC 6749 §5.2, and what Microsoft says when a person has to look.
    for (const std::string_view reason : {"invalid_grant", "invalid_client", "unauthorized_client", "interaction_required",
                                          "consent_required", "login_required", "access_denied"}) {
        if (answer.reason == reason)
            return Error(ErrorCode::AuthFailed, detail, reply.status);
    }
    if (reply.status == 429 || reply.status >= 500 || answer.reason == "temporarily_unavailable")
        return Error(ErrorCode::RefusedSoft, detail, reply.status);
    if (reply.status == 401)
        return Error(ErrorCode::AuthFailed, detail, reply.status);
    return Error(ErrorCode::ProtocolError, detail, reply.status);
}

Result<OAuthTokens> ask(const OAuthClient& client, const SecretForm& form, const SecureBytes& secret,
                        const NetworkTimeouts& timeouts, const Progress& progress) {
    HttpClient http(client.caFile, timeouts);
    HttpExchange exchange =
        http.perform({.method = "POST",
                      .url = client.tokenUrl,
                      .headers = {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"},
                      .body = form.view()},
                     progress);
    if (!exchange.reply)
        return fail(exchange.error);
    HttpReply& reply = *exchange.reply;
    if (!reply.isSuccess())
        return fail(errorOf(reply, secret));
    json body = reply.whole ? json::parse(reply.body, nullptr, false) : json();
    std::fill(reply.body.begin(), reply.body.end(), '\0');
    if (!body.is_object())
        return fail(ErrorCode::ProtocolError, "tokens that are none");
    OAuthTokens tokens{.access = takeSecret(body, "access_token"), .refresh = takeSecret(body, "refresh_token")};
    if (tokens.access.empty())
        return fail(ErrorCode::ProtocolError, "no access token");
    const auto lifetime = body.find("expires_in");
    tokens.lifetime =
        lifetime != body.end() && lifetime->is_number() ? std::chrono::seconds(lifetime->get<std::int64_t>()) : usualLifetime;
    tokens.account = accountOf(body);
    return tokens;
}

} // namespace

std::string pkceChallenge(std::string_view verifier) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(verifier.data(), verifier.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        return {};
    return base64Url({reinterpret_cast<const char*>(digest.data()), size});
}

OAuthRequest authorizationRequest(const OAuthClient& client, int port, std::string_view loginHint, Random& random) {
    OAuthRequest request;
    request.state = randomText(random);
    std::string verifier = randomText(random);
    request.verifier = SecureBytes(std::string_view(verifier));
    request.redirectUri = "http://" + client.redirectHost + ":" + std::to_string(port) + "/";
    std::vector<std::pair<std::string, std::string>> query{
        {"response_type", "code"},        {"client_id", client.clientId}, {"redirect_uri", request.redirectUri},
        {"scope", client.scopes},         {"state", request.state},       {"code_challenge", pkceChallenge(verifier)},
        {"code_challenge_method", "S256"}};
    if (!loginHint.empty())
        query.emplace_back("login_hint", loginHint);
    query.insert(query.end(), client.extra.begin(), client.extra.end());
    request.url = client.authorizeUrl;
    char separator = client.authorizeUrl.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : query) {
        request.url += separator + name + "=" + percentEncoded(value);
        separator = '&';
    }
    std::fill(verifier.begin(), verifier.end(), '\0');
    return request;
}

Result<SecureBytes> codeFrom(std::string_view target, const OAuthRequest& request) {
    const auto question = target.find('?');
    if (question == std::string_view::npos)
        return fail(ErrorCode::NotFound, "an answer");
    std::string state;
    std::string error;
    std::string words;
    SecureBytes code;
    std::string_view query = target.substr(question + 1);
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        const std::string_view name = pair.substr(0, equals);
        std::string value = percentDecoded(pair.substr(std::min(equals + 1, pair.size())));
        if (name == "state")
            state = value;
        else if (name == "error")
            error = value;
        else if (name == "error_description")
            words = value;
        else if (name == "code")
            code = SecureBytes(std::string_view(value));
        std::fill(value.begin(), value.end(), '\0');
    }
    if (!(SecureBytes(std::string_view(state)) == SecureBytes(std::string_view(request.state)))) // in constant time
        return fail(ErrorCode::NotFound, "the answer to this request");
    if (!error.empty())
        return fail(ErrorCode::AuthFailed, cleanUtf8(error + (words.empty() ? "" : ": " + words)));
    if (code.empty())
        return fail(ErrorCode::ProtocolError, "an answer without code");
    return code;
}

Result<OAuthTokens> exchangeCode(const OAuthClient& client, const SecureBytes& clientSecret, const SecureBytes& code,
                                 const OAuthRequest& request, const NetworkTimeouts& timeouts, const Progress& progress) {
    SecretForm form;
    form.add("grant_type", "authorization_code");
    form.add("client_id", client.clientId);
    if (!clientSecret.empty())
        form.add("client_secret", clientSecret.view());
    form.add("redirect_uri", request.redirectUri);
    form.add("code", code.view());
    form.add("code_verifier", request.verifier.view());
    return ask(client, form, code, timeouts, progress);
}

Result<OAuthTokens> refreshTokens(const OAuthClient& client, const SecureBytes& clientSecret, const SecureBytes& refresh,
                                  const NetworkTimeouts& timeouts, const Progress& progress) {
    SecretForm form;
    form.add("grant_type", "refresh_token");
    form.add("client_id", client.clientId);
    if (!clientSecret.empty())
        form.add("client_secret", clientSecret.view());
    form.add("refresh_token", refresh.view());
    return ask(client, form, refresh, timeouts, progress);
}

} // namespace outrider::transport
