// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_client.h"
#include "core/transport/http_outcome.h"
#include "core/transport/oauth.h"

#include "fuzz.h"

using namespace outrider;
using namespace outrider::transport;

// What the browser, or any other program of this computer, asks of the loopback port; and what providers answer.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    OAuthRequest request;
    request.state = "right";
    if (const auto code = codeFrom(text, request)) // whatever stands around it
        FUZZ_REQUIRE(!code->empty() && percentDecoded(text).find("right") != std::string::npos);
    if (const auto bytes = fromBase64(text))
        FUZZ_REQUIRE(fromBase64(base64Url(*bytes)) == bytes);
    FUZZ_REQUIRE(percentDecoded(percentEncoded(text)) == text);
    if (const std::string url(text.substr(0, 2000)); checkUrl(url))
        FUZZ_REQUIRE(url.find('\n') == std::string::npos);
    (void)answerOf({.status = 400, .body = std::string(text)});
    return 0;
}
