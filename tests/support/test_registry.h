// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTest>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace outrider::test {

using MakeTest = std::function<std::unique_ptr<QObject>()>;

// The test classes of this executable, by the name of their source file without "_test.cpp".
std::map<std::string, MakeTest>& registry();

struct Registration {
    Registration(const char* sourceFile, MakeTest make);
};

// Runs the class named by argv[1], or all of them. The other arguments go to Qt Test.
int runRegistered(int argc, char** argv);

} // namespace outrider::test

// At the end of a test's source file, before #include "x_test.moc".
#define OUTRIDER_TEST(Class)                                                                                                     \
    static const ::outrider::test::Registration registration##Class(__FILE__, [] { return std::make_unique<Class>(); });

// Fails the test with the error's name and detail when a Result holds none of what was wanted.
#define VERIFY_OK(...)                                                                                                           \
    do {                                                                                                                         \
        const auto& verified = (__VA_ARGS__);                                                                                    \
        if (!verified)                                                                                                           \
            QFAIL((std::string(#__VA_ARGS__) + ": " + std::string(::outrider::name(verified.error().code)) + " ("                \
                   + verified.error().detail + ")")                                                                              \
                      .c_str());                                                                                                 \
    } while (false)

// Fails unless the Result is an error of exactly this code.
#define VERIFY_ERROR(expression, expected)                                                                                       \
    do {                                                                                                                         \
        const auto& verified = (expression);                                                                                     \
        if (verified)                                                                                                            \
            QFAIL(#expression " succeeded");                                                                                     \
        QCOMPARE(std::string(::outrider::name(verified.error().code)), std::string(::outrider::name(expected)));                 \
    } while (false)

// Runs a rapidcheck property and fails with its counterexample. Needs <rapidcheck.h>.
#define VERIFY_PROPERTY(...)                                                                                                     \
    do {                                                                                                                         \
        if (!rc::check(QTest::currentTestFunction(), __VA_ARGS__))                                                               \
            QFAIL("the property does not hold; the counterexample is above");                                                    \
    } while (false)
