// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_dates.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::exchange;

namespace {

std::string iso(std::string_view cell, DateOrder order = DateOrder::Unknown, bool serials = false) {
    const auto date = parseDate(cell, order, serials);
    return date ? toIso8601(*date) : "none";
}

DateOrderFinder finder(std::initializer_list<const char*> cells) {
    DateOrderFinder result;
    for (const char* cell : cells)
        result.observe(cell);
    return result;
}

} // namespace

class CellDatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void dates_are_read_as_programs_write_them_data() {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QByteArray>("moment");
        const auto row = [](const char* cell, const char* moment) {
            QTest::newRow(cell) << QByteArray(cell) << QByteArray(moment);
        };
        row("2024-03-12", "2024-03-12T00:00:00.000Z");
        row("2024-03-12 09:14", "2024-03-12T09:14:00.000Z"); // HubSpot
        row("2024-01-15 10:00:00", "2024-01-15T10:00:00.000Z");
        row("2024-03-12T09:14:05.123Z", "2024-03-12T09:14:05.123Z");
        row("2024-03-12T09:14:05+02:00", "2024-03-12T07:14:05.000Z");
        row("2024-03-12T09:14:05.000+0000", "2024-03-12T09:14:05.000Z"); // Salesforce
        row("2024/03/12", "2024-03-12T00:00:00.000Z");
        row("20240312", "2024-03-12T00:00:00.000Z");
        row("12.03.2024", "2024-03-12T00:00:00.000Z");
        row("1.2.24", "2024-02-01T00:00:00.000Z");
        row("31.12.1999", "1999-12-31T00:00:00.000Z");
        row("13/02/2024", "2024-02-13T00:00:00.000Z");
        row("3/15/2024 2:30 PM", "2024-03-15T14:30:00.000Z"); // HubSpot
        row("3/15/2024 12:05 am", "2024-03-15T00:05:00.000Z");
        row("05/05/2024", "2024-05-05T00:00:00.000Z");  // either way
        row("12 Mar 2024", "2024-03-12T00:00:00.000Z"); // LinkedIn
        row("7-Feb-22", "2022-02-07T00:00:00.000Z");
        row("Mar 12, 2024", "2024-03-12T00:00:00.000Z");
        row("March 1st, 2024", "2024-03-01T00:00:00.000Z");
        row("12. März 2024", "2024-03-12T00:00:00.000Z");
        row("1 août 2023", "2023-08-01T00:00:00.000Z");
        row("15 de enero de 2024", "2024-01-15T00:00:00.000Z");
        row("3 grudnia 2023", "2023-12-03T00:00:00.000Z");
        row("Tue, 12 Mar 2024 10:00:00 +0000", "2024-03-12T10:00:00.000Z");
        row("2024-02-29", "2024-02-29T00:00:00.000Z");
    }

    void dates_are_read_as_programs_write_them() {
        QFETCH(QByteArray, cell);
        QFETCH(QByteArray, moment);
        QCOMPARE(QByteArray::fromStdString(iso(cell.toStdString())), moment);
    }

    void what_is_no_date_is_none() {
        for (const char* cell : {"", "0/0/00", "2023-02-29", "32.01.2024", "31.11.2024", "13/13/2024", "2024-13-01", "hello",
                                 "12", "March", "+49 30 1234567", "1.2.3.4", "2024-03-12 25:00", "10:30", "May Smith 24"})
            QCOMPARE(iso(cell, DateOrder::DayFirst), "none");
    }

    void an_ambiguous_date_needs_to_know_the_order() {
        QCOMPARE(iso("03/04/2024"), "none");
        QCOMPARE(iso("03/04/2024", DateOrder::DayFirst), "2024-04-03T00:00:00.000Z");
        QCOMPARE(iso("03/04/2024", DateOrder::MonthFirst), "2024-03-04T00:00:00.000Z");
        QCOMPARE(iso("03.04.2024", DateOrder::MonthFirst), "2024-04-03T00:00:00.000Z"); // dots: the day
        QCOMPARE(iso("25/12/2024", DateOrder::MonthFirst), "2024-12-25T00:00:00.000Z"); // no other way
    }

    void the_order_is_decided_by_all_cells_together() {
        QVERIFY(finder({"03/04/2024", "25/12/2023", "n/a"}).order() == DateOrder::DayFirst);
        QVERIFY(finder({"03/04/2024", "12/25/2023"}).order() == DateOrder::MonthFirst);
        QVERIFY(finder({"03/04/2024 2:30 PM"}).order() == DateOrder::MonthFirst);
        QVERIFY(finder({"3.4.2024"}).order() == DateOrder::DayFirst);
        QVERIFY(!finder({"25/12/2023"}).undecidable());
    }

    void an_undecidable_or_contradictory_column_says_so() {
        const auto ambiguous = finder({"03/04/2024", "01/02/2024"});
        QVERIFY(ambiguous.order() == DateOrder::Unknown);
        QVERIFY(ambiguous.undecidable());
        QVERIFY(!ambiguous.contradictory());
        const auto mixed = finder({"25/12/2023", "12/25/2023", "01/02/2024"});
        QVERIFY(mixed.order() == DateOrder::Unknown);
        QVERIFY(mixed.contradictory());
        QVERIFY(mixed.undecidable());
        QVERIFY(!finder({"2024-01-02", "text"}).undecidable());
    }

    void serial_numbers_are_dates_only_where_dates_are_expected() {
        QCOMPARE(iso("45363"), "none");
        QCOMPARE(iso("45363", DateOrder::Unknown, true), "2024-03-12T00:00:00.000Z");
        QCOMPARE(iso("45363.5", DateOrder::Unknown, true), "2024-03-12T12:00:00.000Z");
        QCOMPARE(iso("1710237600", DateOrder::Unknown, true), "2024-03-12T10:00:00.000Z");
        QCOMPARE(iso("1710237600000", DateOrder::Unknown, true), "2024-03-12T10:00:00.000Z");
        QCOMPARE(iso("20240312", DateOrder::Unknown, true), "2024-03-12T00:00:00.000Z");
        QCOMPARE(iso("7", DateOrder::Unknown, true), "none");
    }

    void every_day_is_read_back_from_every_way_to_write_it() {
        VERIFY_PROPERTY([] {
            using namespace std::chrono;
            const auto day = sys_days(year(1970) / 1 / 1) + days(*rc::gen::inRange(0, 30000));
            const year_month_day date(day);
            const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
            const std::string y = std::to_string(int(date.year()));
            const std::string m = two(unsigned(date.month()));
            const std::string d = two(unsigned(date.day()));
            const auto read = [&](const std::string& text, DateOrder order) {
                return parseDate(text, order, true) == std::optional<Instant>(day);
            };
            RC_ASSERT(read(y + "-" + m + "-" + d, DateOrder::Unknown));
            RC_ASSERT(read(y + m + d, DateOrder::Unknown));
            RC_ASSERT(read(d + "." + m + "." + y, DateOrder::Unknown));
            RC_ASSERT(read(d + "/" + m + "/" + y, DateOrder::DayFirst));
            RC_ASSERT(read(m + "/" + d + "/" + y, DateOrder::MonthFirst));
            const auto serial = (day - sys_days(year(1899) / 12 / 30)).count();
            RC_ASSERT(read(std::to_string(serial), DateOrder::Unknown));
        });
    }

    void any_text_is_read_without_harm() {
        VERIFY_PROPERTY([] {
            const auto text =
                *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789./-: ,TZ+Jan pm\xC3\xBC")));
            DateOrderFinder order;
            order.observe(text);
            for (const auto o : {DateOrder::Unknown, DateOrder::DayFirst, DateOrder::MonthFirst}) {
                if (const auto date = parseDate(text, o, true))
                    RC_ASSERT(toEpochMillis(*date) > -2300000000000LL && toEpochMillis(*date) < 7300000000000LL);
            }
        });
    }
};

OUTRIDER_TEST(CellDatesTest)
#include "cell_dates_test.moc"
