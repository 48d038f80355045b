// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/transport/server_login.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::string> headers;    // "Name: value"
    std::string_view body;               // must outlive the call; with it a Content-Type
    const SecureBytes* bearer = nullptr; // "Authorization: Bearer …"
    std::string user;                    // with a password: "Authorization: Basic …"
    const SecureBytes* password = nullptr;
};

struct HttpReply {
    int status = 0;
    std::string body; // at most mostHttpBody bytes
    bool whole = true;
    std::optional<Millis> retryAfter;
    std::string location; // of a redirect: where to, as a whole URL

    bool isSuccess() const { return status >= 200 && status < 300; }
};

// How an exchange went. What matters about a POST that changes something: whether all of it may have
// reached the server, for then only the server's answer says what came of it.
struct HttpExchange {
    std::optional<HttpReply> reply;
    Error error;             // why there is no reply
    bool handedOver = false; // all of the request left
    bool heldBack = false;   // beforeBody said no
};

inline constexpr std::size_t mostHttpBody = 8U * 1024 * 1024;

// One HTTP server after the other, over HTTPS (plain HTTP only to this computer), certificates always
// checked, no redirects followed, nothing repeated by itself. The connection is kept between requests.
// One thread at a time; everything blocks, bounded by the time-outs, and can be cancelled: what has left
// already is then waited for a little.
class HttpClient {
public:
    // `caFile` is trusted beside the system's authorities; empty: those alone.
    explicit HttpClient(std::string caFile = {}, NetworkTimeouts timeouts = {});
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // `beforeBody` is called once when the server can be reached and before the first byte of the body
    // leaves; false: it does not. Only for requests that have a body.
    HttpExchange perform(const HttpRequest& request, const Progress& progress, const std::function<bool()>& beforeBody = {});

private:
    class Session;
    std::unique_ptr<Session> m_session;
};

// Refuses a URL a secret must not be sent to: InvalidArgument unless it is https, or http to this computer.
Result<> checkUrl(const std::string& url);

// For a query or a form (RFC 3986 §2.3: everything but unreserved letters is escaped).
std::string percentEncoded(std::string_view text);
std::string percentDecoded(std::string_view text); // '+' is a space

// RFC 4648 §5 without padding, as tokens are; and §4, with padding.
std::string base64Url(std::string_view bytes);
std::string base64(std::string_view bytes);
// Of either kind; nothing when it is none.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace outrider::transport
