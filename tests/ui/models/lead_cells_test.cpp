// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lead_cells.h"

#include "support/test_registry.h"

#include <QTimeZone>

using namespace outrider;
using models::LeadColumn;

class LeadCellsTest : public QObject {
    Q_OBJECT

    const Instant m_now = *parseIso8601("2026-11-19T08:00Z"); // Thursday, 09:00 in Berlin
    const std::vector<Status> m_statuses{
        {.id = statuses::inProgress, .key = "in_progress", .builtIn = true},
        {.id = statuses::qualified, .key = "qualified", .kind = StatusKind::Terminal, .builtIn = true}};

    models::LeadCells cells(LeadListRow row) const {
        return models::makeCells(std::move(row), m_statuses, text::Dates(m_now, QTimeZone("Europe/Berlin")), m_now);
    }
    static QString text(const models::LeadCells& cells, LeadColumn column) { return cells.text[std::size_t(column)]; }

    LeadListRow enrolled(EnrolmentState state, StopReason reason = StopReason::None) const {
        LeadListRow row{.status = statuses::inProgress};
        row.strategy = StrategyId{5};
        row.strategyName = "Dock delays";
        row.nextStep = 3;
        row.stepCount = 5;
        row.enrolmentState = state;
        row.stopReason = reason;
        return row;
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void a_strategy_says_which_step_comes_of_how_many() {
        QCOMPARE(text(cells(enrolled(EnrolmentState::Active)), LeadColumn::Strategy), QStringLiteral("Dock delays, 4/5"));
        QCOMPARE(text(cells(enrolled(EnrolmentState::Stopped, StopReason::Reply)), LeadColumn::Strategy),
                 QStringLiteral("Stopped: replied"));
        QCOMPARE(text(cells(LeadListRow{}), LeadColumn::Strategy), QString());
    }

    void the_next_step_says_when_and_how() {
        LeadListRow row{.status = statuses::inProgress};
        row.nextTaskAt = *parseIso8601("2026-11-19T13:00Z");
        row.nextChannel = Channel::Email;
        QCOMPARE(text(cells(row), LeadColumn::NextStep), QStringLiteral("Today, e-mail"));
        row.nextTaskAt = *parseIso8601("2026-11-24T13:00Z");
        row.nextChannel = Channel::Call;
        QCOMPARE(text(cells(row), LeadColumn::NextStep), QStringLiteral("Tue 24 Nov, call"));
        QVERIFY(!cells(row).late);
        row.nextTaskAt = *parseIso8601("2026-11-17T13:00Z");
        QCOMPARE(text(cells(row), LeadColumn::NextStep), QStringLiteral("2 days late, call"));
        QVERIFY(cells(row).late);
    }

    void a_lead_with_nothing_next_is_stranded_unless_its_status_is_final() {
        QVERIFY(cells(LeadListRow{.status = statuses::inProgress}).stranded);
        QCOMPARE(text(cells(LeadListRow{.status = statuses::inProgress}), LeadColumn::NextStep), QStringLiteral("None"));
        QVERIFY(!cells(LeadListRow{.status = statuses::qualified}).stranded);
    }

    void every_sortable_column_is_a_sortable_field() {
        int sortable = 0;
        for (int i = 0; i < models::leadColumnCount; ++i)
            sortable += isSortable(LeadColumn(i)) ? 1 : 0;
        QCOMPARE(sortable, models::leadColumnCount - 2); // not the box, not the strategy
    }
};

OUTRIDER_TEST(LeadCellsTest)
#include "lead_cells_test.moc"
