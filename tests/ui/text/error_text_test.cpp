// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"

#include "core/domain/field.h"
#include "support/test_registry.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QSet>

using namespace outrider;

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_code_has_a_sentence_with_and_without_detail() {
        for (int i = 0; i < errorCodeCount(); ++i) {
            const auto code = static_cast<ErrorCode>(i);
            for (const char* detail : {"", "3: something"}) {
                const QString text = text::sentence(Error(code, detail));
                QVERIFY2(!text.isEmpty(), std::string(name(code)).c_str());
                QVERIFY2(text.endsWith(QLatin1Char('.')), qPrintable(text));
                QVERIFY2(!text.contains(QLatin1String("%1")), qPrintable(text));
            }
        }
    }

    void a_sentence_blames_nobody_and_shouts_at_nobody() {
        for (int i = 0; i < errorCodeCount(); ++i) {
            const Error error(static_cast<ErrorCode>(i), "x");
            const QString text = (text::sentence(error) + text::hint(error)).toLower();
            for (const char* word : {"!", "oops", "please", "sorry", "invalid", "failed to", "illegal", "successfully"})
                QVERIFY2(!text.contains(QLatin1String(word)), qPrintable(text));
        }
    }

    void what_only_a_person_can_mend_says_how() {
        int without = 0;
        for (int i = 0; i < errorCodeCount(); ++i) {
            const Error error(static_cast<ErrorCode>(i), "x");
            const bool saysItself =
                error.code == ErrorCode::Conflict || error.code == ErrorCode::Cancelled || error.code == ErrorCode::FileNotFound;
            if (error.retry == Retry::AfterUserAction && text::hint(error).isEmpty() && !saysItself)
                ++without;
        }
        QVERIFY2(without <= 12, qPrintable(QString::number(without)));
    }

    void every_field_has_a_name() {
        QSet<QString> seen;
        for (const Field& field : fields()) {
            const QString name = text::fieldName(field.key);
            QVERIFY2(name != text::toQt(field.key), std::string(field.key).c_str());
            QVERIFY2(!seen.contains(name), qPrintable(name));
            seen.insert(name);
        }
        QCOMPARE(text::fieldName("custom:dock_count"), QStringLiteral("Dock count"));
    }
};

OUTRIDER_TEST(ErrorTextTest)
#include "error_text_test.moc"
