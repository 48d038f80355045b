// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/idle_watch.h"

#include "support/test_registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace outrider;
using desktop::IdleWatch;

class IdleWatchTest : public QObject {
    Q_OBJECT

    ManualClock m_clock{*parseIso8601("2026-11-19T08:00Z")};

private Q_SLOTS:
    void it_is_over_when_nobody_used_it_for_so_long() {
        IdleWatch watch(m_clock, nullptr);
        QSignalSpy over(&watch, &IdleWatch::over);
        watch.start(15);
        m_clock.advance(std::chrono::minutes(14));
        watch.look();
        QCOMPARE(over.count(), 0);
        watch.used();
        m_clock.advance(std::chrono::minutes(14));
        watch.look();
        QCOMPARE(over.count(), 0);
        m_clock.advance(std::chrono::minutes(1));
        watch.look();
        QCOMPARE(over.count(), 1);
    }
    void a_clock_that_is_set_back_begins_anew() {
        IdleWatch watch(m_clock, nullptr);
        QSignalSpy over(&watch, &IdleWatch::over);
        watch.start(15);
        m_clock.advance(-std::chrono::hours(2));
        watch.look();
        m_clock.advance(std::chrono::minutes(15));
        watch.look();
        QCOMPARE(over.count(), 1);
    }
    void stopped_it_is_never_over() {
        IdleWatch watch(m_clock, nullptr);
        watch.start(15);
        watch.stop();
        m_clock.advance(std::chrono::hours(24));
        QVERIFY(!watch.isOver());
    }
};

OUTRIDER_TEST(IdleWatchTest)
#include "idle_watch_test.moc"
