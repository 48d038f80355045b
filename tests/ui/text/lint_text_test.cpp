// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/lint_text.h"

#include "support/test_registry.h"
#include "ui/text/error_text.h"

#include <QFile>
#include <QRegularExpression>

using namespace outrider;

class LintTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_rule_has_its_words() {
        QFile source(QStringLiteral(OUTRIDER_SOURCE_DIR "/core/outreach/message_lint.cpp"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QString code = QString::fromUtf8(source.readAll());
        const QStringList rules = text::lintRules();
        QVERIFY(rules.size() > 25);
        // Names are the only lower-case words with an underscore in quotation marks there.
        auto names = QRegularExpression(QStringLiteral("\"([a-z]+_[a-z_]+)\"")).globalMatch(code);
        QStringList used;
        while (names.hasNext())
            used.append(names.next().captured(1));
        QVERIFY(used.size() > 25);
        for (const QString& name : used)
            QVERIFY2(rules.contains(name), qPrintable(name));
        for (const QString& name : rules) {
            const LintFinding finding{.rule = name.toStdString(), .words = {"x", "y"}, .count = 2, .limit = 3};
            QVERIFY2(text::lintSentence(finding) != name, qPrintable(name));
            QVERIFY2(!text::lintSentence(finding).contains(QLatin1Char('%')), qPrintable(text::lintSentence(finding)));
            QVERIFY2(!text::lintSentence(finding).endsWith(QLatin1Char('.')), qPrintable(name));
            QVERIFY2(text::lintAdvice(finding).endsWith(QLatin1Char('.')) || text::lintAdvice(finding).endsWith(QChar(0x201D)),
                     qPrintable(text::lintAdvice(finding)));
        }
    }

    void the_place_is_told_as_a_person_counts() {
        LintFinding finding{.step = 1, .place = LintFinding::Place::Subject};
        QCOMPARE(text::lintPlace(finding), QStringLiteral("Step 2, subject"));
        finding.variant = 1;
        QCOMPARE(text::lintPlace(finding), QStringLiteral("Step 2, variant B, subject"));
        QCOMPARE(text::lintPlace({.place = LintFinding::Place::Footer}), QStringLiteral("Under every message"));
    }

    void the_law_is_told_with_the_countries() {
        const LintFinding finding{.rule = "no_postal_address", .words = {"CA", "US"}, .count = 4};
        QCOMPARE(text::lintSentence(finding),
                 QStringLiteral("No postal address stands under the messages, and the law asks for one for 4 leads in Canada, "
                                "United States"));
    }

    void an_error_tells_the_first_remark() {
        QVERIFY(text::sentence(Error(ErrorCode::MessageChecks, "0 unknown_snippet intro")).startsWith(QStringLiteral("Step 1")));
        QVERIFY(text::sentence(Error(ErrorCode::MessageChecks, "0 unknown_snippet intro")).contains(QStringLiteral("intro")));
        QVERIFY(!text::sentence(Error(ErrorCode::MessageChecks)).isEmpty());
    }
};

OUTRIDER_TEST(LintTextTest)
#include "lint_text_test.moc"
