// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/template_text.h"

#include "core/domain/field.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::strategies;

class TemplateTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tags_are_found_with_their_field_and_fallback() {
        const auto spans = tagSpans(QStringLiteral("Hi {{first_name|there}}{{#city}} in {{ city }}{{/city}}, {{open"));
        QCOMPARE(spans.size(), 4);
        QCOMPARE(spans[0].field, QStringLiteral("first_name"));
        QVERIFY(spans[0].hasFallback);
        QCOMPARE(spans[0].start, 3);
        QCOMPARE(spans[0].length, 20);
        QVERIFY(spans[1].section);
        QCOMPARE(spans[2].field, QStringLiteral("city"));
        QVERIFY(!spans[2].section);
        QVERIFY(!spans[2].hasFallback);
    }

    void completing_starts_behind_open_braces_only_data() {
        QTest::addColumn<QString>("text"); // | is the cursor
        QTest::addColumn<bool>("completing");
        QTest::addColumn<QString>("typed");
        QTest::newRow("just opened") << QStringLiteral("Hi {{|") << true << QString();
        QTest::newRow("a part of it") << QStringLiteral("Hi {{fir|") << true << QStringLiteral("fir");
        QTest::newRow("with its end there") << QStringLiteral("Hi {{fir|}}, how") << true << QStringLiteral("fir");
        QTest::newRow("a section") << QStringLiteral("{{#ci|") << true << QStringLiteral("ci");
        QTest::newRow("one of ours") << QStringLiteral("{{my.fi|") << true << QStringLiteral("my.fi");
        QTest::newRow("one of their own") << QStringLiteral("{{custom:do|") << true << QStringLiteral("custom:do");
        QTest::newRow("closed") << QStringLiteral("{{city}}|") << false << QString();
        QTest::newRow("in the fallback") << QStringLiteral("{{city¦the|") << false << QString();
        QTest::newRow("plain text") << QStringLiteral("Hi |") << false << QString();
        QTest::newRow("another line") << QStringLiteral("{{\nHi|") << false << QString();
    }
    void completing_starts_behind_open_braces_only() {
        QFETCH(QString, text);
        QFETCH(bool, completing);
        QFETCH(QString, typed);
        const int cursor = int(text.indexOf(QLatin1Char('|')));
        text.remove(cursor, 1);
        const auto completion = completionAt(text, cursor);
        QCOMPARE(completion.has_value(), completing);
        if (completing)
            QCOMPARE(completion->typed, typed);
    }

    void fields_that_begin_with_what_was_typed_come_first() {
        const auto all = templateVariables({{QStringLiteral("custom:first_dock"), QStringLiteral("First dock")}});
        const auto found = matchingVariables(all, QStringLiteral("first"));
        QStringList keys;
        for (const Variable& variable : found)
            keys.append(variable.key);
        QCOMPARE(keys.front(), QStringLiteral("first_name"));
        QVERIFY(keys.contains(QStringLiteral("custom:first_dock")));
        QVERIFY(keys.indexOf(QStringLiteral("my.first_name")) > keys.indexOf(QStringLiteral("custom:first_dock")));
        QVERIFY(matchingVariables(all, QStringLiteral("zzz")).isEmpty());
    }

    void every_field_that_can_stand_in_a_template_is_offered() {
        qsizetype expected = 0;
        for (const Field& field : fields())
            expected += field.variable ? 1 : 0;
        QCOMPARE(templateVariables().size(), expected);
    }

    void only_missing_fields_without_a_fallback_are_marked() {
        QCOMPARE(withMarkers(QStringLiteral("{{city}} {{city|here}} {{#city}}x{{/city}} {{phone}}"), {QStringLiteral("city")}),
                 QStringLiteral("{{city|⟦city⟧}} {{city|here}} {{#city}}x{{/city}} {{phone}}"));
    }
};

OUTRIDER_TEST(TemplateTextTest)
#include "template_text_test.moc"
