// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/curl_error.h"
#include "support/test_registry.h"

#include <curl/curl.h>

using namespace outrider;
using namespace outrider::transport;

class CurlErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void every_code_means_one_of_ours_data() {
        QTest::addColumn<int>("curlCode");
        QTest::addColumn<int>("reply");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("retry");
        const auto row = [](CURLcode curlCode, int reply, const char* code, Retry retry) {
            QTest::addRow("%d/%d", int(curlCode), reply) << int(curlCode) << reply << QString::fromLatin1(code) << int(retry);
        };
        using enum Retry;
        row(CURLE_COULDNT_RESOLVE_HOST, 0, "host_not_found", Later);
        row(CURLE_COULDNT_RESOLVE_PROXY, 0, "host_not_found", Later);
        row(CURLE_COULDNT_CONNECT, 0, "connection_refused", Later);
        row(CURLE_OPERATION_TIMEDOUT, 0, "timed_out", Later);
        row(CURLE_OPERATION_TIMEDOUT, 354, "timed_out", Later);
        row(CURLE_PEER_FAILED_VERIFICATION, 0, "certificate_invalid", AfterUserAction);
        row(CURLE_PEER_FAILED_VERIFICATION, 220, "certificate_invalid", AfterUserAction);
        row(CURLE_SSL_ISSUER_ERROR, 0, "certificate_invalid", AfterUserAction);
        row(CURLE_SSL_INVALIDCERTSTATUS, 0, "certificate_invalid", AfterUserAction);
        row(CURLE_SSL_PINNEDPUBKEYNOTMATCH, 0, "certificate_invalid", AfterUserAction);
        row(CURLE_SSL_CACERT_BADFILE, 0, "file_unreadable", AfterUserAction);
        row(CURLE_SSL_CONNECT_ERROR, 0, "tls_failed", AfterUserAction);
        row(CURLE_USE_SSL_FAILED, 454, "tls_failed", AfterUserAction);
        row(CURLE_USE_SSL_FAILED, 250, "tls_failed", AfterUserAction);
        row(CURLE_LOGIN_DENIED, 535, "auth_failed", AfterUserAction);
        row(CURLE_LOGIN_DENIED, 0, "auth_failed", AfterUserAction);
        row(CURLE_LOGIN_DENIED, 454, "refused_soft", Later);
        row(CURLE_AUTH_ERROR, 0, "auth_failed", AfterUserAction);
        row(CURLE_SEND_ERROR, 0, "connection_lost", Later);
        row(CURLE_SEND_ERROR, 250, "connection_lost", Later);
        row(CURLE_SEND_ERROR, 450, "refused_soft", Later);
        row(CURLE_SEND_ERROR, 550, "refused_hard", Never);
        row(CURLE_RECV_ERROR, 0, "connection_lost", Later);
        row(CURLE_RECV_ERROR, 421, "refused_soft", Later);
        row(CURLE_GOT_NOTHING, 0, "connection_lost", Later);
        row(CURLE_WEIRD_SERVER_REPLY, 0, "protocol_error", Later);
        row(CURLE_WEIRD_SERVER_REPLY, 421, "refused_soft", Later);
        row(CURLE_WEIRD_SERVER_REPLY, 554, "refused_hard", Never);
        row(CURLE_REMOTE_FILE_NOT_FOUND, 0, "not_found", Never);
        row(CURLE_FILESIZE_EXCEEDED, 0, "message_too_large", Never);
        row(CURLE_ABORTED_BY_CALLBACK, 0, "cancelled", AfterUserAction);
        row(CURLE_UNSUPPORTED_PROTOCOL, 0, "unsupported", Never);
        row(CURLE_NOT_BUILT_IN, 0, "unsupported", Never);
        row(CURLE_URL_MALFORMAT, 0, "invalid_argument", Never);
        row(CURLE_OUT_OF_MEMORY, 0, "internal", Never);
        row(CURLE_BAD_FUNCTION_ARGUMENT, 0, "internal", Never);
    }

    void every_code_means_one_of_ours() {
        QFETCH(int, curlCode);
        QFETCH(int, reply);
        QFETCH(QString, code);
        QFETCH(int, retry);
        const Error error = curlError(curlCode, reply, {});
        QCOMPARE(QString::fromStdString(std::string(name(error.code))), code);
        QCOMPARE(int(error.retry), retry);
        QCOMPARE(error.native, curlCode);
        QVERIFY(!error.detail.empty());
    }

    // A wrong certificate or password must never be tried again by itself, whatever else was seen.
    void a_certificate_or_password_is_never_retried() {
        for (int reply = 0; reply < 600; ++reply) {
            QVERIFY(curlError(CURLE_PEER_FAILED_VERIFICATION, reply, {}).retry == Retry::AfterUserAction);
            if (reply < 400 || reply >= 500)
                QVERIFY(curlError(CURLE_LOGIN_DENIED, reply, {}).retry == Retry::AfterUserAction);
        }
    }

    void errors_about_the_host_name_it() {
        QCOMPARE(connectionError(CURLE_COULDNT_CONNECT, 0, "localhost:25", "Connection refused").detail,
                 std::string("localhost:25"));
        QCOMPARE(connectionError(CURLE_PEER_FAILED_VERIFICATION, 0, "localhost:25", "self-signed").detail,
                 std::string("self-signed"));
    }
};

OUTRIDER_TEST(CurlErrorTest)
#include "curl_error_test.moc"
