// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/curl_error.h"

#include "core/transport/server_login.h"

#include <curl/curl.h>

namespace outrider::transport {

namespace {

ErrorCode codeFor(int curlCode, int reply) {
    const bool softly = reply >= 400 && reply < 500;
    const bool hard = reply >= 500 && reply < 600;
    switch (curlCode) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
        return ErrorCode::HostNotFound;
    case CURLE_COULDNT_CONNECT:
        return ErrorCode::ConnectionRefused;
    case CURLE_OPERATION_TIMEDOUT:
        return ErrorCode::TimedOut;

    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return ErrorCode::CertificateInvalid;
    case CURLE_SSL_CACERT_BADFILE:
        return ErrorCode::FileUnreadable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_CLIENTCERT:
        return ErrorCode::TlsFailed;

    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR:
        return softly ? ErrorCode::RefusedSoft : ErrorCode::AuthFailed; // 454: the server's trouble, not the password's

    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_NO_CONNECTION_AVAILABLE:
        return softly ? ErrorCode::RefusedSoft : hard ? ErrorCode::RefusedHard : ErrorCode::ConnectionLost;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UPLOAD_FAILED:
    case CURLE_QUOTE_ERROR:
    case CURLE_REMOTE_ACCESS_DENIED:
        return softly ? ErrorCode::RefusedSoft : hard ? ErrorCode::RefusedHard : ErrorCode::ProtocolError;
    case CURLE_REMOTE_FILE_NOT_FOUND:
        return ErrorCode::NotFound;
    case CURLE_REMOTE_DISK_FULL:
        return ErrorCode::RefusedSoft;
    case CURLE_FILESIZE_EXCEEDED:
        return ErrorCode::MessageTooLarge;

    case CURLE_ABORTED_BY_CALLBACK:
        return ErrorCode::Cancelled;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_NOT_BUILT_IN:
    case CURLE_UNKNOWN_OPTION:
        return ErrorCode::Unsupported;
    case CURLE_URL_MALFORMAT:
        return ErrorCode::InvalidArgument;
    default:
        return ErrorCode::Internal;
    }
}

} // namespace

Error curlError(int curlCode, int reply, std::string detail) {
    if (detail.empty())
        detail = curl_easy_strerror(static_cast<CURLcode>(curlCode));
    Error error(codeFor(curlCode, reply), std::move(detail), curlCode);
    // A name that was found when the mailbox was set up is not found because the network is not all
    // there (a hotel's sign-in page, a VPN starting): it comes back by itself.
    if (error.code == ErrorCode::HostNotFound)
        error.retry = Retry::Later;
    return error;
}

Error connectionError(int curlCode, int reply, const std::string& host, const std::string& detail) {
    Error error = curlError(curlCode, reply, detail);
    const bool aboutHost =
        error.code == ErrorCode::HostNotFound || error.code == ErrorCode::ConnectionRefused || error.code == ErrorCode::TimedOut;
    if (aboutHost)
        error.detail = host;
    if ((error.code == ErrorCode::HostNotFound || error.code == ErrorCode::ConnectionRefused) && !hasNetwork()
        && !isLoopback(host.substr(0, host.rfind(':'))))
        return Error(ErrorCode::Offline, host, curlCode);
    return error;
}

} // namespace outrider::transport
