// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/phone_number.h"

#include "support/test_registry.h"

#include <array>
#include <random>

using namespace outrider;
using namespace outrider::contact;

class PhoneNumberTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_files_hold_is_read() {
        PhoneNumberReader reader;
        for (const char* text : {"+49 381 1234567", "0049 381 1234567", "0381 / 123 45 67", "'+49.381.1234567",
                                 "tel:+493811234567", "+49 (0) 381 1234567"}) {
            const auto number = reader.read(text, "DE");
            VERIFY_OK(number);
            QCOMPARE(number->e164, std::string("+493811234567"));
            QCOMPARE(number->international, std::string("+49 381 1234567"));
        }
        const auto extended = reader.read("+1 212-555-0123 ext. 45", "US");
        VERIFY_OK(extended);
        QCOMPARE(extended->extension, std::string("45"));
        VERIFY_ERROR(reader.read("call me", "DE"), ErrorCode::InvalidPhone);
        VERIFY_ERROR(reader.read("0381 1234567", ""), ErrorCode::InvalidPhone); // of which country?
    }

    // Of every country's code and every length, numbers that begin alike: the later ones are written by what was
    // learned of the first.
    void a_number_is_written_as_if_each_were_asked_for() {
        std::mt19937 random(20261124); // NOLINT: the same numbers each time
        const auto digits = [&](std::size_t count) {
            std::string text;
            while (text.size() < count)
                text += char('0' + random() % 10);
            return text;
        };
        PhoneNumberReader reader;
        int read = 0;
        const auto check = [&](const std::string& text, const char* country) {
            const auto learned = reader.read(text, country);
            const auto asked = readPhoneNumber(text, country);
            QCOMPARE(learned.has_value(), asked.has_value());
            if (!asked)
                return;
            ++read;
            QVERIFY2(*learned == *asked, (text + ": " + learned->international + ", not " + asked->international).c_str());
        };
        for (int code = 1; code < 1000; ++code) {
            for (std::size_t length = 9; length <= 13; ++length) {
                const std::string start = "+" + std::to_string(code) + digits(9 - std::to_string(code).size());
                for (int i = 0; i < 3; ++i) {
                    check(start + digits(length - 9), "");
                    if (QTest::currentTestFailed())
                        return;
                }
            }
        }
        constexpr std::array countries{"DE", "AT", "CH", "FR", "GB", "IE", "NL", "BE", "IT", "ES", "PT", "PL", "CZ", "SE", "NO",
                                       "DK", "FI", "US", "CA", "MX", "BR", "AR", "JP", "CN", "IN", "AU", "NZ", "ZA", "RU", "TR"};
        for (const char* country : countries) {
            for (int start = 0; start < 20; ++start) {
                const std::string first = (start % 2 == 0 ? "0" : "") + digits(start % 2 == 0 ? 7 : 8);
                for (std::size_t length = 9; length <= 12; ++length) {
                    for (int i = 0; i < 3; ++i) {
                        check(first + digits(length - 8), country);
                        if (QTest::currentTestFailed())
                            return;
                    }
                }
            }
        }
        QVERIFY(read > 5000);
    }
};

OUTRIDER_TEST(PhoneNumberTest)
#include "phone_number_test.moc"
