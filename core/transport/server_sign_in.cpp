// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/server_sign_in.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/curl_error.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>

namespace outrider::transport {

namespace {

constexpr std::size_t mostAnswer = 2048;

// While a transfer is running: libcurl forgets where the connection is when it has handed it over.
TlsFacts tlsFactsOf(CURL* curl) {
    TlsFacts facts;
    curl_tlssessioninfo* session = nullptr;
    if (curl_easy_getinfo(curl, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == nullptr
        || session->backend != CURLSSLBACKEND_OPENSSL || session->internals == nullptr)
        return facts;
    const auto* ssl = static_cast<const SSL*>(session->internals);
    facts.protocol = SSL_get_version(ssl);
    X509* certificate = SSL_get1_peer_certificate(ssl);
    if (certificate == nullptr)
        return facts;
    std::tm until{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &until) == 1)
        facts.expires = Instant(std::chrono::seconds(timegm(&until)));
    X509_free(certificate);
    return facts;
}

// libcurl's callbacks write here, on the caller's thread.
struct Watch {
    const Progress& progress;
    bool implicitTls;
    TlsFacts tlsFacts;
    SendStage stage = SendStage::Connect;
    bool credentialsSent = false;
    std::string answer;
    Stopwatch running;
    double connected = 0; // milliseconds from the start; 0: not yet
    double secured = 0;

    // "EHLO x", "A001 STARTTLS": only the verb is looked at, what follows is secret.
    void commandSent(CURL* curl, std::string_view line) {
        const std::string start = contact::asciiLower(line.substr(0, 32));
        const auto tag = start.find(' ');
        const auto is = [&](std::string_view verb) {
            return start.starts_with(verb) || (tag != std::string::npos && start.compare(tag + 1, verb.size(), verb) == 0);
        };
        const double now = running.milliseconds();
        if (connected == 0)
            connected = now;
        if (tlsFacts.protocol.empty())
            tlsFacts = tlsFactsOf(curl);
        if (is("starttls")) {
            stage = SendStage::Tls;
        } else if (stage == SendStage::Tls && secured == 0) {
            secured = now; // the first command after the handshake
            stage = SendStage::Connect;
        }
        if (is("authenticate") || is("auth ") || is("login ")) {
            stage = SendStage::SignIn;
            credentialsSent = true;
        }
    }

    void replyReceived(std::string_view line) {
        if (connected == 0)
            connected = running.milliseconds();
        const std::string text(contact::trimmed(cleanUtf8(line.substr(0, mostAnswer))));
        if (!text.empty())
            answer = text;
    }
};

std::size_t onHeader(char* line, std::size_t size, std::size_t count, void* watch) {
    static_cast<Watch*>(watch)->replyReceived({line, size * count});
    return size * count;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int onDebug(CURL* curl, curl_infotype type, char* data, std::size_t size, void* watch) {
    if (type == CURLINFO_HEADER_OUT)
        static_cast<Watch*>(watch)->commandSent(curl, {data, size});
    return 0;
}

int onProgress(void* watch, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Watch*>(watch)->progress.cancelled() ? 1 : 0;
}

CURLcode attempt(CurlHandle& curl, Watch& watch) {
    curl.set(CURLOPT_CONNECT_ONLY, 1L);
    curl.set(CURLOPT_FRESH_CONNECT, 1L);
    curl.set(CURLOPT_HEADERFUNCTION, &onHeader);
    curl.set(CURLOPT_HEADERDATA, static_cast<void*>(&watch));
    curl.set(CURLOPT_WRITEFUNCTION, &discard);
    curl.set(CURLOPT_VERBOSE, 1L); // for onDebug; nothing is printed
    curl.set(CURLOPT_DEBUGFUNCTION, &onDebug);
    curl.set(CURLOPT_DEBUGDATA, static_cast<void*>(&watch));
    curl.set(CURLOPT_NOPROGRESS, 0L);
    curl.set(CURLOPT_XFERINFOFUNCTION, &onProgress);
    curl.set(CURLOPT_XFERINFODATA, static_cast<void*>(&watch));
    const CURLcode code = curl.perform();
    // The connection outlives the watch.
    curl.set(CURLOPT_VERBOSE, 0L);
    curl.set(CURLOPT_NOPROGRESS, 1L);
    curl.set(CURLOPT_HEADERFUNCTION, &discard);
    return code;
}

Millis milliseconds(double value) { return Millis(static_cast<std::int64_t>(std::max(value, 0.0))); }

// A "no" that is not about the password (RFC 5530, and as the large providers word it).
bool isTemporary(std::string_view answer) {
    const std::string text = contact::asciiLower(answer);
    return text.find("[unavailable]") != std::string::npos || text.find("[inuse]") != std::string::npos
           || text.find("[limit]") != std::string::npos || text.find("too many simultaneous") != std::string::npos;
}

int smtpReplyOf(std::string_view answer) {
    int code = 0;
    for (const char c : answer.substr(0, 3)) {
        if (c < '0' || c > '9')
            return 0;
        code = code * 10 + (c - '0');
    }
    return code;
}

} // namespace

Result<> signIn(CurlHandle& curl, std::string_view scheme, const ServerLogin& login, const SecretSource& secretSource,
                const NetworkTimeouts& timeouts, const Progress& progress, SignInReport& report) {
    OUTRIDER_TRY(checkServer(login.server));
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    SecureBytes secret;
    if (login.auth != AuthMethod::None) {
        auto found = secretSource();
        if (!found)
            return fail(found.error());
        secret = std::move(*found);
    }
    const bool imap = scheme == "imap";
    OUTRIDER_TRY(applyLogin(curl, login, secret, timeouts, scheme, imap ? "" : "%5B127.0.0.1%5D"));

    const bool implicit = login.server.tls == TlsMode::Implicit;
    Watch watch{progress, implicit, {}};
    CURLcode code = attempt(curl, watch);
    const bool mayUseLogin = login.auth == AuthMethod::Plain || login.auth == AuthMethod::Login;
    if (imap && code == CURLE_LOGIN_DENIED && !watch.credentialsSent && mayUseLogin) {
        // The server offers no AUTH= of the kind asked for, so nothing secret was sent. Old ones have no
        // SASL at all but the LOGIN command; libcurl is left to choose.
        curl.set(CURLOPT_LOGIN_OPTIONS, static_cast<const char*>(nullptr));
        Watch again{progress, implicit, {}};
        code = attempt(curl, again);
        watch.stage = again.stage;
        watch.answer = again.answer;
        watch.credentialsSent = again.credentialsSent;
        watch.connected = again.connected;
        watch.secured = again.secured;
        watch.running = again.running;
        watch.tlsFacts = again.tlsFacts;
    }
    const double total = watch.running.milliseconds();

    curl_off_t microseconds = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_CONNECT_TIME_T, &microseconds);
    const double tcp = double(microseconds) / 1000;
    report.stage = watch.stage;
    report.tlsFacts = watch.tlsFacts;
    report.answer = redacted(watch.answer, login.userName, secret);
    if (implicit) {
        // The greeting comes after the handshake.
        report.connect = milliseconds(tcp);
        report.tls = milliseconds((watch.connected > 0 ? watch.connected : total) - tcp);
        if (watch.connected == 0 && tcp > 0)
            report.stage = SendStage::Tls;
        report.signIn = milliseconds(watch.connected > 0 ? total - watch.connected : 0);
    } else {
        const double connected = watch.connected > 0 ? watch.connected : total;
        const double secured = watch.secured > 0 ? watch.secured : login.server.tls == TlsMode::None ? connected : total;
        report.connect = milliseconds(connected);
        report.tls = milliseconds(secured - connected);
        report.signIn = milliseconds(total - secured);
    }
    if (code == CURLE_OK) {
        report.signedIn = true;
        report.stage = SendStage::SignIn;
        return {};
    }
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CONNECT_ERROR)
        report.stage = SendStage::Tls;
    if (code == CURLE_LOGIN_DENIED)
        report.stage = SendStage::SignIn;
    if (code == CURLE_LOGIN_DENIED && isTemporary(watch.answer))
        return fail(ErrorCode::RefusedSoft, report.answer, code);
    const int reply = imap ? 0 : smtpReplyOf(watch.answer);
    const bool quoteServer = code == CURLE_LOGIN_DENIED || reply >= 400;
    return fail(connectionError(code, reply, hostAndPort(login.server),
                                quoteServer ? report.answer : redacted(curl.errorText(), login.userName, secret)));
}

} // namespace outrider::transport
