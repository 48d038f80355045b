// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secure_bytes.h"
#include "support/test_registry.h"

using namespace outrider;

class SecureBytesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void holds_what_it_was_given() {
        const SecureBytes secret(std::string_view("correct horse"));
        QCOMPARE(secret.view(), std::string_view("correct horse"));
        QCOMPARE(secret.size(), std::size_t(13));
    }

    void moving_leaves_nothing_behind() {
        SecureBytes from(std::string_view("secret"));
        const SecureBytes to = std::move(from);
        QVERIFY(from.empty()); // NOLINT(bugprone-use-after-move): the promise under test
        QCOMPARE(to.view(), std::string_view("secret"));
    }

    void clear_empties_it() {
        SecureBytes secret(std::string_view("secret"));
        secret.clear();
        QVERIFY(secret.empty());
        QVERIFY(secret.data() == nullptr);
    }

    void compares_by_content() {
        const SecureBytes a(std::string_view("abc"));
        QVERIFY(a == a.clone());
        QVERIFY(!(a == SecureBytes(std::string_view("abd"))));
        QVERIFY(!(a == SecureBytes(std::string_view("abcd"))));
        QVERIFY(SecureBytes() == SecureBytes());
    }
};

OUTRIDER_TEST(SecureBytesTest)
#include "secure_bytes_test.moc"
