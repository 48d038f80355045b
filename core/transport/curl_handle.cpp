// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/curl_handle.h"

#include "core/transport/http_client.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

namespace outrider::transport {

namespace {

void useCurl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

const char* mechanism(AuthMethod auth, std::string_view scheme) {
    switch (auth) {
    case AuthMethod::None:
        break;
    case AuthMethod::Plain:
        return "AUTH=PLAIN";
    case AuthMethod::Login:
        return "AUTH=LOGIN";
    case AuthMethod::XOAuth2:
        // RFC 7628 where it is offered; the providers' SMTP servers are known to take the older one.
        return scheme == "imap" ? "AUTH=OAUTHBEARER;AUTH=XOAUTH2" : "AUTH=XOAUTH2";
    }
    return nullptr;
}

void applySecret(CurlHandle& curl, const ServerLogin& login, const SecureBytes& secret, std::string_view scheme) {
    if (login.auth == AuthMethod::None) { // nor is locked memory asked for, which costs as much as a reply
        for (const CURLoption option : {CURLOPT_USERNAME, CURLOPT_PASSWORD, CURLOPT_XOAUTH2_BEARER, CURLOPT_LOGIN_OPTIONS})
            curl.set(option, static_cast<const char*>(nullptr));
        return;
    }
    // libcurl wants a C string and copies it; ours is overwritten on return.
    SecureBytes terminated(secret.size() + 1);
    std::copy(secret.bytes().begin(), secret.bytes().end(), terminated.data());
    const char* text = reinterpret_cast<const char*>(terminated.raw());
    const bool token = login.auth == AuthMethod::XOAuth2;
    curl.set(CURLOPT_USERNAME, login.userName.c_str());
    curl.set(CURLOPT_PASSWORD, token ? nullptr : text);
    curl.set(CURLOPT_XOAUTH2_BEARER, token ? text : nullptr);
    curl.set(CURLOPT_LOGIN_OPTIONS, mechanism(login.auth, scheme));
}

} // namespace

CurlHandle::CurlHandle() {
    useCurl();
    m_easy = curl_easy_init();
    if (m_easy == nullptr) {
        m_optionError = CURLE_FAILED_INIT;
        return;
    }
    set(CURLOPT_ERRORBUFFER, m_errorText);
    set(CURLOPT_NOSIGNAL, 1L); // time-outs without SIGALRM: there are other threads
    set(CURLOPT_MAXCONNECTS, 1L);
}

CurlHandle::~CurlHandle() { curl_easy_cleanup(m_easy); }

CURLcode CurlHandle::perform() {
    m_errorText[0] = '\0';
    return m_optionError != CURLE_OK ? m_optionError : curl_easy_perform(m_easy);
}

int CurlHandle::connectionsOpened() const {
    long opened = 0;
    curl_easy_getinfo(m_easy, CURLINFO_NUM_CONNECTS, &opened);
    return static_cast<int>(opened);
}

void CurlHandle::shutDown() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(m_easy, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD)
        ::shutdown(socket, SHUT_RDWR);
}

Result<> applyLogin(CurlHandle& curl, const ServerLogin& login, const SecureBytes& secret, const NetworkTimeouts& timeouts,
                    std::string_view scheme, std::string_view path) {
    OUTRIDER_TRY(checkServer(login.server));
    if (secret.view().find('\0') != std::string_view::npos)
        return fail(ErrorCode::InvalidArgument, "the secret holds a NUL");
    if (login.auth != AuthMethod::None && (login.userName.empty() || secret.empty()))
        return fail(ErrorCode::SecretMissing, login.userName);
    const bool literal = login.server.host.find(':') != std::string::npos; // IPv6
    const std::string host = literal ? "[" + login.server.host + "]" : login.server.host;
    const bool implicit = login.server.tls == TlsMode::Implicit;
    const std::string url = std::string(scheme) + (implicit ? "s" : "") + "://" + host + ":" + std::to_string(login.server.port)
                            + "/" + std::string(path);
    curl.set(CURLOPT_URL, url.c_str());
    curl.set(CURLOPT_PROTOCOLS_STR, (std::string(scheme) + "," + std::string(scheme) + "s").c_str());
    if (isLoopback(login.server.host))
        curl.set(CURLOPT_NOPROXY, "*"); // not through a proxy of the environment

    curl.set(CURLOPT_USE_SSL, login.server.tls == TlsMode::None ? long(CURLUSESSL_NONE) : long(CURLUSESSL_ALL));
    curl.set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    curl.set(CURLOPT_SSL_VERIFYPEER, 1L);
    curl.set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!login.caFile.empty()) // the system's folder of CAs (CURLOPT_CAPATH) stays trusted beside it
        curl.set(CURLOPT_CAINFO, login.caFile.c_str());

    applySecret(curl, login, secret, scheme);

    curl.set(CURLOPT_CONNECTTIMEOUT_MS, long(timeouts.connect.count()));
    curl.set(CURLOPT_TIMEOUT_MS, long(timeouts.total.count()));
    // libcurl counts both of these in whole seconds.
    const long response = std::max<long>(1, long(std::chrono::ceil<std::chrono::seconds>(timeouts.response).count()));
    curl.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, response);
    curl.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl.set(CURLOPT_LOW_SPEED_TIME, response);
    curl.set(CURLOPT_TCP_KEEPALIVE, 1L);
    return {};
}

std::string hostAndPort(const ServerAddress& server) { return server.host + ":" + std::to_string(server.port); }

std::string redacted(std::string_view answer, std::string_view userName, const SecureBytes& secret) {
    constexpr std::size_t tellsAlready = 6; // fewer letters in common may be chance
    if (secret.empty())
        return std::string(answer);
    const std::string user(userName);
    const std::string text(secret.view());
    std::array forms{text, base64(text), base64(std::string(1, '\0') + user + std::string(1, '\0') + text),
                     base64("user=" + user + "\1auth=Bearer " + text + "\1\1")};
    std::string whole(answer);
    for (const auto& form : forms) {
        for (auto at = whole.find(form); at != std::string::npos; at = whole.find(form, at))
            whole.replace(at, form.size(), "***");
    }
    // Cut short, or only a part of it.
    constexpr std::string_view between = " \t\r\n\"'<>()[],;";
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        const auto start = std::min(whole.find_first_not_of(between, at), whole.size());
        out += whole.substr(at, start - at);
        const auto end = std::min(whole.find_first_of(between, start), whole.size());
        const auto word = std::string_view(whole).substr(start, end - start);
        // Compared in pieces: what follows a part may be dots, or anything.
        bool tells = false;
        for (std::size_t i = 0; i + tellsAlready <= word.size() && !tells; ++i) {
            tells = std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
                return form.find(word.substr(i, tellsAlready)) != std::string::npos;
            });
        }
        out += tells ? "***" : word;
        at = end;
    }
    for (auto& form : forms)
        std::fill(form.begin(), form.end(), '\0');
    return out;
}

} // namespace outrider::transport
