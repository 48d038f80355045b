// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "support/test_registry.h"

#include <set>

using namespace outrider;

class ErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void every_code_has_a_machine_name_of_its_own() {
        std::set<std::string> names;
        for (int i = 0; i < errorCodeCount(); ++i)
            names.insert(std::string(name(static_cast<ErrorCode>(i))));
        QCOMPARE(int(names.size()), errorCodeCount());
        QVERIFY(!names.contains(""));
    }

    void an_error_knows_whether_trying_again_makes_sense() {
        QCOMPARE(Error(ErrorCode::Offline).retry, Retry::Later);
        QCOMPARE(Error(ErrorCode::AuthFailed).retry, Retry::AfterUserAction);
        QCOMPARE(Error(ErrorCode::RefusedHard).retry, Retry::Never);
        QCOMPARE(Error(ErrorCode::OutcomeUnknown).retry, Retry::AfterUserAction); // never by itself
    }

    void a_failure_passes_through_the_macros_unchanged() {
        const auto inner = []() -> Result<int> { return fail(ErrorCode::NotFound, "lead 7", 42); };
        const auto outer = [&]() -> Result<> {
            OUTRIDER_ASSIGN([[maybe_unused]] const int value, inner());
            return {};
        };
        const auto outermost = [&]() -> Result<std::string> {
            OUTRIDER_TRY(outer());
            return std::string("not reached");
        };
        const auto result = outermost();
        QVERIFY(!result);
        QVERIFY(result.error() == Error(ErrorCode::NotFound, "lead 7", 42));
    }
};

OUTRIDER_TEST(ErrorTest)
#include "error_test.moc"
