// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/verification_text.h"

#include "support/test_registry.h"

using namespace outrider;

class VerificationTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_state_and_finding_has_words_of_its_own() {
        QSet<QString> words;
        for (const auto& [state, name] : addressStateNames.entries)
            words << text::addressStateText(state);
        for (const auto& [finding, name] : addressFindingNames.entries)
            words << text::addressFindingText(finding);
        QVERIFY(!words.contains(QString()));
        QCOMPARE(words.size(), qsizetype(addressStateNames.entries.size() + addressFindingNames.entries.size()));
    }

    void a_suggestion_is_asked_for() {
        const QString said = text::addressSentence({.key = "d@gmial.com",
                                                    .state = AddressState::Risky,
                                                    .finding = AddressFinding::LikelyTypo,
                                                    .suggestion = "d@gmail.com"});
        QVERIFY(said.contains(QStringLiteral("d@gmail.com")));
        QVERIFY(said.endsWith(QLatin1Char('?')));
    }
};

OUTRIDER_TEST(VerificationTextTest)
#include "verification_text_test.moc"
