// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/dashboards_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/dashboards/bar_chart.h"
#include "ui/dashboards/heat_map.h"
#include "ui/dashboards/number_table.h"

#include <QSpinBox>

using namespace outrider;
using namespace outrider::dashboards;
using test::ScreenFixture;

class DashboardsPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    DashboardsPage* m_page = nullptr;

    void show() {
        m_window = std::make_unique<QWidget>();
        m_window->resize(1232, 852);
        m_page = new DashboardsPage(*m_fixture->context, m_window.get());
        m_page->resize(m_window->size());
        m_window->show();
        m_window->activateWindow();
        m_page->enter();
    }

    NumberTable* table(const char* name) {
        for (NumberTable* each : m_page->findChildren<NumberTable*>()) {
            if (each->accessibleName() == QLatin1String(name))
                return each;
        }
        qFatal("no table %s", name);
    }

    bool says(const QString& sentence) {
        for (const QWidget* each : m_page->findChildren<QWidget*>()) {
            if (each->isVisible() && each->accessibleName() == sentence)
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ScreenFixture>(); }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void the_practice_workspace_has_real_numbers_in_every_part() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(m_page->shown());
        const Dashboard& d = *m_page->shown();
        QVERIFY(d.totals.sent > 0 && d.totals.replies > 0 && d.totals.calls > 0 && d.totals.worked > 0);
        QVERIFY(!d.strategies.empty() && d.strategies.front().reached > 0);
        QVERIFY(!d.mailboxes.empty() && d.mailboxes.front().sent > 0);
        QCOMPARE(table("Strategies table")->rowCount(), int(d.strategies.size()));
        QCOMPARE(table("Mailboxes table")->rowCount(), int(d.mailboxes.size()));
        QVERIFY(m_page->findChild<BarChart*>()->count() > 10);
        std::int64_t inHours = 0;
        for (const HourNumbers& hour : d.hours)
            inHours += hour.sent;
        QVERIFY(inHours > 0);
    }

    void keys_choose_the_period_and_it_is_remembered() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(m_page->shown());
        QVERIFY(m_page->shown()->query.period == InsightPeriod::FourWeeks);
        const auto fourWeeks = m_page->shown()->totals.sent;
        auto* chart = m_page->findChild<BarChart*>();
        QTRY_VERIFY(chart->hasFocus());
        QTest::keyClick(chart, Qt::Key_1);
        QTRY_VERIFY(m_page->shown()->query.period == InsightPeriod::Week);
        QVERIFY(m_page->shown()->totals.sent < fourWeeks);
        QTest::keyClick(chart, Qt::Key_3);
        QTRY_VERIFY(m_page->shown()->query.period == InsightPeriod::Quarter);
        QVERIFY(m_page->shown()->totals.sent >= fourWeeks);
        show(); // another day
        QTRY_VERIFY(m_page->shown());
        QVERIFY(m_page->shown()->query.period == InsightPeriod::Quarter);
    }

    void enter_on_a_strategy_shows_it_alone_and_escape_all_again() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(m_page->shown());
        NumberTable* strategies = table("Strategies table");
        strategies->setFocus();
        QTest::keyClick(strategies, Qt::Key_Return);
        QTRY_VERIFY(m_page->shown()->query.strategy);
        QCOMPARE(strategies->rowCount(), 1);
        QVERIFY(table("Steps table")->rowCount() > 0);
        QVERIFY(m_page->stepBack());
        QTRY_VERIFY(!m_page->shown()->query.strategy);
        QVERIFY(!m_page->stepBack());
    }

    void arrows_walk_the_charts_and_each_cell_says_its_numbers() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(m_page->shown());
        auto* bars = m_page->findChild<BarChart*>();
        QTRY_VERIFY(bars->hasFocus());
        QTest::keyClick(bars, Qt::Key_Home);
        QCOMPARE(bars->current(), 0);
        QTest::keyClick(bars, Qt::Key_Right);
        QCOMPARE(bars->current(), 1);
        const ActivityTotals& day = bars->days()[1].totals;
        QVERIFY2(bars->sentence(1).contains(QStringLiteral("%1 e-mails, %2 calls").arg(day.sent).arg(day.calls)),
                 qPrintable(bars->sentence(1)));
        QCOMPARE(bars->accessibleDescription(), bars->sentence(1));
        QTest::keyClick(bars, Qt::Key_Left);
        QTest::keyClick(bars, Qt::Key_Left);
        QCOMPARE(bars->current(), 0);
        auto* heat = m_page->findChild<HeatMap*>();
        heat->setFocus();
        QCOMPARE(heat->current(), 0);
        QTest::keyClick(heat, Qt::Key_Down);
        QTest::keyClick(heat, Qt::Key_Right);
        QVERIFY2(heat->sentence(heat->current()).startsWith(QStringLiteral("Tue 9:00")),
                 qPrintable(heat->sentence(heat->current())));
    }

    void the_volume_is_a_table_too() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(m_page->shown());
        auto* bars = m_page->findChild<BarChart*>();
        QTRY_VERIFY(bars->hasFocus());
        QTest::keyClick(bars, Qt::Key_T);
        NumberTable* days = table("Volume table");
        QVERIFY(days->isVisible());
        QVERIFY(days->hasFocus());
        QCOMPARE(days->rowCount(), bars->count());
        QTest::keyClick(days, Qt::Key_T);
        QVERIFY(bars->isVisible());
    }

    void goals_set_by_hand_are_on_the_cards() {
        QVERIFY(m_fixture->openPractice());
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().insights().setGoals({})));
        show();
        QTRY_VERIFY(m_page->shown());
        auto* bars = m_page->findChild<BarChart*>();
        QTRY_VERIFY(bars->hasFocus());
        QTest::keyClick(bars, Qt::Key_G);
        QTRY_VERIFY(m_window->findChild<QSpinBox*>());
        auto* replies = m_window->findChild<QSpinBox*>();
        QTRY_VERIFY(replies->hasFocus());
        replies->setValue(20);
        QTest::keyClick(replies, Qt::Key_Return);
        QTRY_VERIFY(m_page->shown()->goals.replies == 20);
        QVERIFY(says(QStringLiteral("of 80")));
    }

    void an_empty_workspace_says_that_it_is_too_early() {
        QVERIFY(m_fixture->open());
        show();
        QTRY_VERIFY(m_page->shown());
        QVERIFY(says(QStringLiteral("Too early to say")));
        QVERIFY(says(QStringLiteral("Charts start after the first 20 e-mails and calls. You have 0.")));
    }

    void what_happens_meanwhile_is_shown() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(m_page->shown());
        const auto before = m_page->shown()->totals.calls;
        const auto found = ScreenFixture::await(m_fixture->workspace().leads().page({.limit = 1}));
        VERIFY_OK(found);
        VERIFY_OK(ScreenFixture::await(
            m_fixture->workspace().leads().logCall(found->rows.front().id, Disposition::Talked, std::nullopt, "spoke")));
        QTRY_COMPARE(m_page->shown()->totals.calls, before + 1);
    }
};

OUTRIDER_TEST(DashboardsPageTest)
#include "dashboards_page_test.moc"
