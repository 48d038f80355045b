// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a strategy before it is published.
#include "core/services/strategy_service.h"

#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;
using namespace outrider::test;

class StrategyChecksTest : public QObject {
    Q_OBJECT

    static QStringList checksOf(Step step) {
        Desk desk;
        StrategyVersion version;
        version.steps.push_back(std::move(step));
        const auto checks = wait(StrategyService(*desk.context).check(version));
        if (!checks)
            return {QStringLiteral("failed")};
        QStringList said;
        for (const StrategyCheck& check : *checks) {
            using Severity = StrategyCheck::Severity;
            const char* how = check.severity == Severity::Error     ? "error"
                              : check.severity == Severity::Warning ? "warning"
                                                                    : "fine";
            said.append(QStringLiteral("%1 %2 %3")
                            .arg(QLatin1String(how), QString::fromStdString(check.code), QString::fromStdString(check.detail)));
        }
        return said;
    }

private Q_SLOTS:
    void words_questions_and_links_of_an_email_are_counted() {
        const QStringList said = checksOf({.channel = Channel::Email,
                                           .subject = "Ramps",
                                           .body = "Hello {{first_name}},\n\nhow do  your drivers get a ramp? We cut the wait\n"
                                                   "by two thirds: https://harborline.example/ramps. May I call?"});
        QVERIFY2(said.contains(QStringLiteral("fine mail_length 20,2,1")), qPrintable(said.join(QLatin1Char(';'))));
    }

    void a_long_email_or_one_full_of_links_is_warned_about() {
        std::string text;
        for (int i = 0; i < 151; ++i)
            text += "word ";
        QVERIFY(checksOf({.channel = Channel::Email, .subject = "S", .body = text})
                    .contains(QStringLiteral("warning mail_length 151,0,0")));
        QVERIFY(
            checksOf({.channel = Channel::Email, .subject = "S", .body = "https://a.example https://b.example http://c.example"})
                .contains(QStringLiteral("warning mail_length 3,0,3")));
    }
};

OUTRIDER_TEST(StrategyChecksTest)
#include "strategy_checks_test.moc"
