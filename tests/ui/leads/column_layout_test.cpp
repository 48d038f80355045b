// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/column_layout.h"

#include "support/test_registry.h"

#include <numeric>

using namespace outrider::leads;
using outrider::models::LeadColumn;

class ColumnLayoutTest : public QObject {
    Q_OBJECT

    static int sum(const std::vector<int>& widths) { return std::accumulate(widths.begin(), widths.end(), 0); }

private Q_SLOTS:
    void it_reads_what_it_wrote() {
        ColumnLayout layout = ColumnLayout::usual();
        std::swap(layout.columns[1], layout.columns[4]);
        layout.entry(LeadColumn::Company).width = 300;
        layout.entry(LeadColumn::Email).visible = true;
        layout.entry(LeadColumn::Title).visible = false;
        QCOMPARE(ColumnLayout::fromText(layout.toText()), layout);
    }

    void what_cannot_be_read_is_as_usual() {
        QCOMPARE(ColumnLayout::fromText(QString()), ColumnLayout::usual());
        QCOMPARE(ColumnLayout::fromText(QStringLiteral("shoe_size=40 =3 name")), ColumnLayout::usual());
        const ColumnLayout layout = ColumnLayout::fromText(QStringLiteral("score=44 name=-9000"));
        QCOMPARE(layout.columns.size(), ColumnLayout::usual().columns.size());
        QCOMPARE(layout.columns.front().column, LeadColumn::Score);
        QVERIFY(layout.columns[1].visible); // a row without a name is nobody
    }

    void the_width_of_the_table_is_used_up_exactly_while_it_suffices() {
        for (const int available : {850, 976, 1190, 1900}) {
            const auto widths = ColumnLayout::usual().fit(available, 1, 12);
            QCOMPARE(sum(widths), available);
        }
    }

    void title_gives_way_before_company_and_company_before_name() {
        const ColumnLayout usual = ColumnLayout::usual();
        const auto wide = usual.fit(1200, 1, 12);
        const auto narrow = usual.fit(1090, 1, 12);
        QCOMPARE(narrow[0], wide[0]); // name
        QVERIFY(narrow[1] < wide[1]); // title
        QCOMPARE(narrow[2], wide[2]); // company
        const auto narrower = usual.fit(930, 1, 12);
        QCOMPARE(narrower[0], wide[0]);
        QCOMPARE(narrower[1], 0);
        const auto narrowest = usual.fit(840, 1, 12);
        QCOMPARE(narrowest[0], wide[0]);
        QVERIFY(narrowest[2] < wide[2]);
        QCOMPARE(sum(narrowest), 840);
    }

    void a_column_being_dragged_keeps_its_width_while_others_can_give() {
        ColumnLayout layout = ColumnLayout::usual();
        layout.entry(LeadColumn::Title).width = 240;
        const auto widths = layout.fit(1100, 1, 12, LeadColumn::Title);
        QCOMPARE(widths[1], 252);
        QCOMPARE(sum(widths), 1100);
    }
};

OUTRIDER_TEST(ColumnLayoutTest)
#include "column_layout_test.moc"
