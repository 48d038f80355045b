// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_client.h"

#include "core/contact/text.h"
#include "core/transport/curl_error.h"
#include "core/transport/curl_handle.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

namespace outrider::transport {

namespace {

// libcurl's callbacks write here, all on the caller's thread.
struct Exchange {
    std::string_view body;
    const std::function<bool()>& beforeBody;
    const Progress& progress;
    Millis afterCancel;

    std::size_t at = 0;
    bool started = false;
    bool finished = false;
    bool heldBack = false;
    bool overflow = false;
    std::string received;
    std::optional<Stopwatch> cancelledFor;

    std::size_t read(char* buffer, std::size_t room) {
        if (!started) {
            started = true;
            if (beforeBody && !beforeBody()) {
                heldBack = true;
                return CURL_READFUNC_ABORT;
            }
        }
        const auto size = std::min(room, body.size() - at);
        std::memcpy(buffer, body.data() + at, size);
        at += size;
        finished = at == body.size(); // with the last byte the server may act
        return size;
    }

    std::size_t write(const char* data, std::size_t size) {
        if (received.size() + size > mostHttpBody) {
            overflow = true;
            return 0;
        }
        received.append(data, size);
        return size;
    }

    bool mustStop() {
        if (!progress.cancelled())
            return false;
        if (!started)
            return true;
        if (!cancelledFor)
            cancelledFor.emplace();
        return cancelledFor->elapsed() > afterCancel;
    }
};

std::size_t onRead(char* buffer, std::size_t size, std::size_t count, void* exchange) {
    return static_cast<Exchange*>(exchange)->read(buffer, size * count);
}

std::size_t onWrite(char* data, std::size_t size, std::size_t count, void* exchange) {
    return static_cast<Exchange*>(exchange)->write(data, size * count);
}

int onProgress(void* exchange, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Exchange*>(exchange)->mustStop() ? 1 : 0;
}

std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK || text == nullptr)
        return {};
    std::string out(text);
    curl_free(text);
    return out;
}

struct Place {
    std::string scheme;
    std::string host;
    std::string port;
};

std::optional<Place> placeOf(const std::string& url) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), curl_url_cleanup);
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    if (!part(parsed.get(), CURLUPART_USER).empty())
        return std::nullopt;
    Place place{part(parsed.get(), CURLUPART_SCHEME), part(parsed.get(), CURLUPART_HOST), part(parsed.get(), CURLUPART_PORT)};
    if (place.host.starts_with('[') && place.host.ends_with(']'))
        place.host = place.host.substr(1, place.host.size() - 2);
    return place;
}

using Lines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void append(Lines& lines, const std::string& line) {
    if (curl_slist* all = curl_slist_append(lines.get(), line.c_str()); all != nullptr) {
        (void)lines.release();
        lines.reset(all);
    }
}

} // namespace

Result<> checkUrl(const std::string& url) {
    const auto place = contact::hasControlCharacter(url) ? std::nullopt : placeOf(url);
    if (!place || place->host.empty())
        return fail(ErrorCode::InvalidArgument, "not a URL: " + url);
    if (place->scheme != "https" && !(place->scheme == "http" && isLoopback(place->host)))
        return fail(ErrorCode::InvalidArgument, "a connection without TLS to " + place->host);
    return {};
}

class HttpClient::Session {
public:
    Session(std::string caFile, NetworkTimeouts timeouts) : m_caFile(std::move(caFile)), m_timeouts(timeouts) {}

    ~Session() { m_curl.shutDown(); }

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    HttpExchange perform(const HttpRequest& request, const Progress& progress, const std::function<bool()>& beforeBody) {
        HttpExchange result;
        if (const auto url = checkUrl(request.url); !url) {
            result.error = url.error();
            return result;
        }
        for (const std::string& header : request.headers) {
            if (contact::hasControlCharacter(header)) {
                result.error = Error(ErrorCode::InvalidArgument, "a header");
                return result;
            }
        }
        if (progress.cancelled()) {
            result.error = Error(ErrorCode::Cancelled);
            return result;
        }
        Exchange now{request.body, beforeBody, progress, m_timeouts.afterCancel};
        Lines lines(nullptr, curl_slist_free_all);
        for (const std::string& header : request.headers)
            append(lines, header);
        append(lines, "Expect:"); // the body leaves at once: waiting for leave costs a round trip
        apply(request, now, lines.get());
        const CURLcode code = m_curl.perform();
        m_curl.set(CURLOPT_NOPROGRESS, 1L);
        m_curl.set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
        m_curl.set(CURLOPT_XOAUTH2_BEARER, static_cast<const char*>(nullptr));
        m_curl.set(CURLOPT_USERNAME, static_cast<const char*>(nullptr));
        m_curl.set(CURLOPT_PASSWORD, static_cast<const char*>(nullptr));
        m_curl.set(CURLOPT_HTTPAUTH, long(CURLAUTH_NONE));
        result.heldBack = now.heldBack;
        result.handedOver = request.body.empty() || now.finished;

        long status = 0;
        curl_easy_getinfo(m_curl.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status >= 200) { // the status line is the answer, whatever became of the rest
            HttpReply reply{.status = int(status), .body = std::move(now.received), .whole = code == CURLE_OK};
            curl_off_t seconds = 0;
            if (curl_easy_getinfo(m_curl.get(), CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0)
                reply.retryAfter = std::chrono::seconds(std::min<curl_off_t>(seconds, longestRetryAfter));
            const char* location = nullptr;
            if (curl_easy_getinfo(m_curl.get(), CURLINFO_REDIRECT_URL, &location) == CURLE_OK && location != nullptr)
                reply.location = location;
            result.reply = std::move(reply);
            return result;
        }
        if (now.heldBack) {
            result.error = Error(ErrorCode::Cancelled, {}, code);
            return result;
        }
        const auto place = placeOf(request.url);
        const std::string port = !place->port.empty() ? place->port : place->scheme == "https" ? "443" : "80";
        result.error = code == CURLE_OK ? Error(ErrorCode::ProtocolError, "no status")
                       : code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_HTTP2
                           ? Error(ErrorCode::ProtocolError, m_curl.errorText(), code)
                           : connectionError(code, 0, place->host + ":" + port, m_curl.errorText());
        return result;
    }

private:
    static constexpr curl_off_t longestRetryAfter = 24 * 3600;

    void setSecret(CURLoption option, const SecureBytes& secret) {
        SecureBytes terminated(secret.size() + 1);
        std::copy(secret.bytes().begin(), secret.bytes().end(), terminated.data());
        m_curl.set(option, reinterpret_cast<const char*>(terminated.raw())); // libcurl copies it
    }

    void apply(const HttpRequest& request, Exchange& now, curl_slist* lines) {
        m_curl.set(CURLOPT_URL, request.url.c_str());
        m_curl.set(CURLOPT_PROTOCOLS_STR, "http,https");
        m_curl.set(CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
        m_curl.set(CURLOPT_FOLLOWLOCATION, 0L);
        m_curl.set(CURLOPT_HTTP09_ALLOWED, 0L);
        m_curl.set(CURLOPT_USERAGENT, "Outrider");
        m_curl.set(CURLOPT_HTTPHEADER, lines);
        const auto place = placeOf(request.url);
        m_curl.set(CURLOPT_NOPROXY, place && isLoopback(place->host) ? "*" : nullptr);
        m_curl.set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
        m_curl.set(CURLOPT_SSL_VERIFYPEER, 1L);
        m_curl.set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!m_caFile.empty())
            m_curl.set(CURLOPT_CAINFO, m_caFile.c_str());

        if (!request.body.empty()) {
            // Read by a callback that cannot be rewound: libcurl repeats a request by itself when a kept
            // connection turns out to be closed, and must not once the body has left.
            m_curl.set(CURLOPT_UPLOAD, 0L);
            m_curl.set(CURLOPT_POST, 1L);
            m_curl.set(CURLOPT_POSTFIELDS, static_cast<const char*>(nullptr));
            m_curl.set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
            m_curl.set(CURLOPT_READFUNCTION, &onRead);
            m_curl.set(CURLOPT_READDATA, static_cast<void*>(&now));
        } else {
            m_curl.set(CURLOPT_POST, 0L);
            m_curl.set(CURLOPT_HTTPGET, 1L);
        }
        m_curl.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        m_curl.set(CURLOPT_WRITEFUNCTION, &onWrite);
        m_curl.set(CURLOPT_WRITEDATA, static_cast<void*>(&now));
        m_curl.set(CURLOPT_NOPROGRESS, 0L);
        m_curl.set(CURLOPT_XFERINFOFUNCTION, &onProgress);
        m_curl.set(CURLOPT_XFERINFODATA, static_cast<void*>(&now));
        if (request.bearer != nullptr) {
            m_curl.set(CURLOPT_HTTPAUTH, long(CURLAUTH_BEARER));
            setSecret(CURLOPT_XOAUTH2_BEARER, *request.bearer);
        }
        if (request.password != nullptr) {
            m_curl.set(CURLOPT_HTTPAUTH, long(CURLAUTH_BASIC));
            m_curl.set(CURLOPT_USERNAME, request.user.c_str());
            setSecret(CURLOPT_PASSWORD, *request.password);
        }
        m_curl.set(CURLOPT_CONNECTTIMEOUT_MS, long(m_timeouts.connect.count()));
        m_curl.set(CURLOPT_TIMEOUT_MS, long(m_timeouts.total.count()));
        const long response = std::max<long>(1, long(std::chrono::ceil<std::chrono::seconds>(m_timeouts.response).count()));
        m_curl.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        m_curl.set(CURLOPT_LOW_SPEED_TIME, response);
    }

    const std::string m_caFile;
    const NetworkTimeouts m_timeouts;
    CurlHandle m_curl;
};

HttpClient::HttpClient(std::string caFile, NetworkTimeouts timeouts)
    : m_session(std::make_unique<Session>(std::move(caFile), timeouts)) {}

HttpClient::~HttpClient() = default;

HttpExchange HttpClient::perform(const HttpRequest& request, const Progress& progress, const std::function<bool()>& beforeBody) {
    return m_session->perform(request, progress, beforeBody);
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
                           || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    return out;
}

std::string percentDecoded(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(std::max(size, 0)));
    return out;
}

std::string base64Url(std::string_view bytes) {
    std::string out = base64(bytes);
    std::erase(out, '=');
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    return out;
}

std::optional<std::string> fromBase64(std::string_view text) {
    std::string plain(text);
    std::erase_if(plain, [](char c) { return c == '=' || c == '\r' || c == '\n'; });
    std::replace(plain.begin(), plain.end(), '-', '+');
    std::replace(plain.begin(), plain.end(), '_', '/');
    const std::size_t padding = (4 - plain.size() % 4) % 4;
    if (padding == 3)
        return std::nullopt;
    plain.append(padding, '=');
    std::string out(plain.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(plain.data()), static_cast<int>(plain.size()));
    if (size < 0)
        return std::nullopt;
    out.resize(static_cast<std::size_t>(size) - padding);
    return out;
}

} // namespace outrider::transport
