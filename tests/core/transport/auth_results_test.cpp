// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/auth_results.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;

namespace {

std::string shown(std::string_view value) {
    const auto found = parseAuthResults(value);
    if (!found)
        return "none";
    std::string out = found->server;
    for (const AuthResult& one : found->results)
        out += " | " + one.method + " " + one.result + (one.properties.empty() ? "" : " [" + one.properties + "]");
    return out;
}

} // namespace

class AuthResultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void results_are_read_as_servers_write_them() {
        QCOMPARE(
            shown("mx.google.com;\r\n       dkim=pass header.i=@harborline.example header.s=s1 header.b=aBc;\r\n"
                  "       spf=pass (google.com: domain of mara@harborline.example designates 192.0.2.1 as permitted sender)"
                  " smtp.mailfrom=mara@harborline.example;\r\n       dmarc=pass (p=NONE sp=NONE dis=NONE) "
                  "header.from=harborline.example"),
            std::string("mx.google.com | dkim pass [header.i=@harborline.example header.s=s1 header.b=aBc]"
                        " | spf pass [smtp.mailfrom=mara@harborline.example] | dmarc pass [header.from=harborline.example]"));
        QCOMPARE(shown("Mail.Example.TEST 1; spf = fail smtp.helo=x; DKIM/1=neutral reason=\"a; b (c)\""),
                 std::string("mail.example.test | spf fail [smtp.helo=x] | dkim neutral [reason=a; b (c)]"));
        QCOMPARE(shown("example.test; none"), std::string("example.test"));
        QCOMPARE(shown("(comment (nested \\) ) here) example.test; spf=pass"), std::string("example.test | spf pass"));
    }

    void what_is_no_such_header_is_none() {
        QCOMPARE(shown(""), std::string("none"));
        QCOMPARE(shown("spf=pass smtp.mailfrom=x"), std::string("none"));
        QCOMPARE(shown("example.test; ; =pass; spf; (unclosed"), std::string("example.test"));
    }

    void only_the_receivers_own_words_count() {
        MailHeaders headers;
        headers.add("Authentication-Results", "mx.receiver.test; spf=fail");
        headers.add("authentication-results", "mx.receiver.test; dkim=none");
        headers.add("Authentication-Results", "mx.forged.test; dmarc=pass");
        headers.add("Authentication-Results", "mx.receiver.test; dmarc=pass"); // below: the sender's, too
        const auto verdict = receiversVerdict(headers);
        QVERIFY(verdict);
        QCOMPARE(verdict->server, std::string("mx.receiver.test"));
        QCOMPARE(verdict->results, (std::vector<AuthResult>{{"spf", "fail", ""}, {"dkim", "none", ""}}));
        QVERIFY(!receiversVerdict(MailHeaders()));
    }

    void a_signature_says_whose_it_is_and_what_it_covers() {
        const auto signature =
            parseDkimSignature("v=1; a=rsa-sha256; d=Harborline.example; s=s1; h=From:To:Subject :List-Unsubscribe;"
                               " bh=abc=; b=def==");
        QVERIFY(signature);
        QCOMPARE(signature->domain, std::string("harborline.example"));
        QCOMPARE(signature->selector, std::string("s1"));
        QVERIFY(signature->covers("List-Unsubscribe"));
        QVERIFY(signature->covers("subject"));
        QVERIFY(!signature->covers("List-Unsubscribe-Post"));
        QVERIFY(!parseDkimSignature("v=1; s=s1"));
    }

    void any_bytes_are_survived() {
        VERIFY_PROPERTY([](const std::string& value) {
            parseAuthResults("a; " + value);
            parseDkimSignature(value);
        });
    }
};

OUTRIDER_TEST(AuthResultsTest)
#include "auth_results_test.moc"
