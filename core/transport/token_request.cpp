// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/token_request.h"

#include "core/transport/curl_handle.h"

#include <utility>

namespace outrider::transport {

HttpExchange performWithToken(HttpClient& http, const TokenSource& token, HttpRequest request, const Progress& progress,
                              const std::function<bool()>& beforeBody) {
    HttpExchange exchange;
    bool asked = false;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto secret = token.token();
        if (!secret) {
            exchange = {};
            exchange.error = secret.error();
            return exchange;
        }
        request.bearer = &*secret;
        exchange = http.perform(request, progress, [&] { return std::exchange(asked, true) || !beforeBody || beforeBody(); });
        if (exchange.reply && !exchange.reply->isSuccess())
            exchange.reply->body = redacted(exchange.reply->body, {}, *secret);
        if (!exchange.reply || exchange.reply->status != 401 || !token.reject)
            break;
        token.reject();
    }
    return exchange;
}

} // namespace outrider::transport
