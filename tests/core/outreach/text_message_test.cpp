// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/text_message.h"

#include "support/test_registry.h"

#include <string>

using namespace outrider;
using namespace outrider::outreach;

class TextMessageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parts_are_counted_as_they_are_paid_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("unicode");
        QTest::addColumn<int>("units");
        QTest::addColumn<int>("segments");
        QTest::newRow("nothing") << QString() << false << 0 << 0;
        QTest::newRow("160 letters") << QString(160, QLatin1Char('a')) << false << 160 << 1;
        QTest::newRow("161 letters") << QString(161, QLatin1Char('a')) << false << 161 << 2;
        QTest::newRow("306 letters") << QString(306, QLatin1Char('a')) << false << 306 << 2;
        QTest::newRow("307 letters") << QString(307, QLatin1Char('a')) << false << 307 << 3;
        QTest::newRow("German letters are in the alphabet") << QStringLiteral("Grüße aus Köln, ÄÖÜ ñ à é §") << false << 27 << 1;
        QTest::newRow("brackets and the euro take two") << QStringLiteral("[5 €]") << false << 8 << 1;
        QTest::newRow("80 euros are 160") << QString(80, QChar(0x20AC)) << false << 160 << 1;
        QTest::newRow("81 euros are two parts") << QString(81, QChar(0x20AC)) << false << 162 << 2;
        QTest::newRow("a curly quote makes it Unicode") << QStringLiteral("It’s me") << true << 7 << 1;
        QTest::newRow("70 of Unicode") << QStringLiteral("’") + QString(69, QLatin1Char('a')) << true << 70 << 1;
        QTest::newRow("71 of Unicode") << QStringLiteral("’") + QString(70, QLatin1Char('a')) << true << 71 << 2;
        QTest::newRow("an emoji takes two units") << QStringLiteral("\U0001F600") << true << 2 << 1;
        QTest::newRow("a line's end is one") << QStringLiteral("a\nb") << false << 3 << 1;
    }
    void parts_are_counted_as_they_are_paid() {
        QFETCH(const QString, text);
        const std::string utf8 = text.toStdString();
        const TextSize size = textSize(utf8);
        QTEST(size.unicode, "unicode");
        QTEST(size.units, "units");
        QTEST(size.segments, "segments");
    }

    void the_first_letter_outside_the_alphabet_is_told() {
        QCOMPARE(textSize("Grüße – “Tomás”").firstOutside, std::string_view("–"));
        QCOMPARE(textSize("plain").firstOutside, std::string_view());
    }

    void nobody_is_texted_at_night() {
        QCOMPARE(withinTextHours({}), textHours);
        const Window early{.startMinute = 6 * 60, .endMinute = 12 * 60};
        QCOMPARE(withinTextHours(early), (Window{.startMinute = 8 * 60, .endMinute = 12 * 60}));
        const Window night{.startMinute = 22 * 60, .endMinute = 23 * 60};
        const Window never = withinTextHours(night);
        QVERIFY(never.endMinute <= never.startMinute);
    }
};

OUTRIDER_TEST(TextMessageTest)
#include "text_message_test.moc"
