// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/server_login.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;

class ServerLoginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void only_this_computer_is_loopback() {
        for (const char* host : {"localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1"})
            QVERIFY2(isLoopback(host), host);
        for (const char* host : {"", "localhost.evil.example", "127.0.0.1.evil.example", "127.1", "0177.0.0.1", "10.0.0.1", "::2",
                                 "::ffff:10.0.0.1", "nordwind.example", "localhost."})
            QVERIFY2(!isLoopback(host), host);
    }

    void without_tls_only_this_computer_is_connected_to() {
        VERIFY_OK(checkServer({"127.0.0.1", 25, TlsMode::None}));
        VERIFY_ERROR(checkServer({"mail.nordwind.example", 25, TlsMode::None}), ErrorCode::InvalidArgument);
        VERIFY_OK(checkServer({"mail.nordwind.example", 587, TlsMode::StartTls}));
        VERIFY_OK(checkServer({"2001:db8::25", 465, TlsMode::Implicit}));
        VERIFY_OK(checkServer({"mail.müller.example", 465, TlsMode::Implicit}));
    }

    void a_host_that_would_change_the_url_is_refused() {
        for (const char* host : {"", "mail.example/x", "user@mail.example", "mail.example?x", "mail.example#x", "mail example",
                                 "mail.example\r\nX", "mail%2eexample", "[::1]", "mail\\example"})
            VERIFY_ERROR(checkServer({host, 465, TlsMode::Implicit}), ErrorCode::InvalidArgument);
        for (const int port : {-1, 0, 65536})
            VERIFY_ERROR(checkServer({"mail.example", port, TlsMode::Implicit}), ErrorCode::InvalidArgument);
    }

    void a_mailbox_gives_both_logins() {
        Mailbox mailbox;
        mailbox.smtp = {"smtp.nordwind.example", 587, TlsMode::StartTls};
        mailbox.imap = {"imap.nordwind.example", 993, TlsMode::Implicit};
        mailbox.auth = AuthMethod::XOAuth2;
        mailbox.userName = "ines";
        mailbox.caFile = "/tmp/ca.pem";
        QVERIFY(smtpLogin(mailbox).server == mailbox.smtp);
        QVERIFY(imapLogin(mailbox).server == mailbox.imap);
        QVERIFY(smtpLogin(mailbox).auth == AuthMethod::XOAuth2);
        QCOMPARE(imapLogin(mailbox).userName, std::string("ines"));
        QCOMPARE(imapLogin(mailbox).caFile, std::string("/tmp/ca.pem"));
    }
};

OUTRIDER_TEST(ServerLoginTest)
#include "server_login_test.moc"
