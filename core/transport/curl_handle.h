// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport: never included by a public header.

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/transport/server_login.h"

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

namespace outrider::transport {

// One libcurl easy handle. Options are set through set(), whose first failure perform() reports: an
// option that libcurl refuses must never be silently left out (certificate checks are options).
class CurlHandle {
public:
    CurlHandle();
    ~CurlHandle();
    CurlHandle(const CurlHandle&) = delete;
    CurlHandle& operator=(const CurlHandle&) = delete;

    template <typename T>
    void set(CURLoption option, T value) {
        const CURLcode code = curl_easy_setopt(m_easy, option, value);
        if (m_optionError == CURLE_OK)
            m_optionError = code;
    }

    // CURLE_FAILED_INIT, UNKNOWN_OPTION… when the handle or an option was refused before.
    CURLcode perform();

    // What libcurl or the TLS library said about the last failure; may be empty.
    std::string errorText() const { return m_errorText; }

    CURL* get() const { return m_easy; }

    // How many connections the last transfer opened; 0: it ran over one that was open before.
    int connectionsOpened() const;

    // Cuts the open connection, if there is one. Else closing the handle would take leave politely
    // and wait for the server's answer, for minutes where the network is gone.
    void shutDown();

private:
    CURL* m_easy;
    CURLcode m_optionError = CURLE_OK;
    char m_errorText[CURL_ERROR_SIZE] = {};
};

// Options that are the same for every connection of ours: the server and how it is signed in to, TLS
// 1.2 or newer with the certificate checked, time-outs. `scheme` is "smtp" or "imap", `path` what
// follows the host in the URL.
Result<> applyLogin(CurlHandle& curl, const ServerLogin& login, const SecureBytes& secret, const NetworkTimeouts& timeouts,
                    std::string_view scheme, std::string_view path);

// "host:port", for errors.
std::string hostAndPort(const ServerAddress& server);

// A server may repeat what it was sent. Words of its answer that are part of the secret, or of any
// form it goes over the wire in, become "***".
std::string redacted(std::string_view answer, std::string_view userName, const SecureBytes& secret);

} // namespace outrider::transport
