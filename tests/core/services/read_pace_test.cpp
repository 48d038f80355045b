// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/read_pace.h"

#include "support/test_registry.h"

using namespace outrider;

namespace {

const Instant noon = *parseIso8601("2026-11-19T12:00");

ReadingState failing(int times, Random& random, const Error& error = Error(ErrorCode::ConnectionRefused),
                     std::optional<Millis> retryAfter = std::nullopt) {
    ReadingState state{.mailbox = MailboxId{1}};
    for (int i = 0; i < times; ++i)
        state = ReadPace::failed(state, error, retryAfter, noon, random);
    return state;
}

double seconds(const ReadingState& state) { return std::chrono::duration<double>(*state.nextTryAt - noon).count(); }

} // namespace

class ReadPaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_failure_waits_about_twice_as_long_up_to_a_quarter_of_an_hour() {
        SeededRandom random(7);
        for (const auto& [times, usual] : std::vector<std::pair<int, double>>{{1, 15}, {2, 30}, {3, 60}, {5, 240}, {7, 900}}) {
            for (int i = 0; i < 50; ++i) {
                const double waits = seconds(failing(times, random));
                QVERIFY2(waits >= usual * 0.74 && waits <= usual * 1.26, qPrintable(QString::number(waits)));
            }
        }
    }

    void two_mailboxes_that_failed_together_do_not_come_back_together() {
        SeededRandom random(7);
        std::set<double> waits;
        for (int i = 0; i < 20; ++i)
            waits.insert(seconds(failing(4, random)));
        QVERIFY(waits.size() > 15);
    }

    void after_many_failures_the_circuit_is_open_and_one_success_closes_it() {
        SeededRandom random(7);
        QVERIFY(!isCircuitOpen(failing(circuitOpensAfter - 1, random)));
        const ReadingState open = failing(circuitOpensAfter, random);
        QVERIFY(isCircuitOpen(open));
        QVERIFY(seconds(open) > 1300);
        QVERIFY(seconds(failing(100, random)) < 2400); // it is tried for ever
        const ReadingState closed = ReadPace::succeeded(open);
        QVERIFY(!isCircuitOpen(closed));
        QVERIFY(closed.error.empty() && !closed.nextTryAt);
    }

    void what_the_server_asks_for_is_kept_to() {
        SeededRandom random(7);
        const Error used(ErrorCode::RefusedSoft, "429");
        QCOMPARE(seconds(failing(1, random, used, std::chrono::minutes(20))), 1200.0);
        QVERIFY(seconds(failing(1, random, used, std::chrono::seconds(1))) > 10); // never sooner than without it
        QCOMPARE(seconds(failing(1, random, used, std::chrono::hours(1000))), 86400.0);
    }

    void signing_in_again_is_left_to_the_person() {
        SeededRandom random(7);
        const ReadingState state = failing(1, random, Error(ErrorCode::AuthFailed, "revoked"));
        QVERIFY(!state.nextTryAt);
        QCOMPARE(state.error, std::string("auth_failed"));
        QCOMPARE(state.detail, std::string("revoked"));
    }
};

OUTRIDER_TEST(ReadPaceTest)
#include "read_pace_test.moc"
