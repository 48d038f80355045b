// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_completion.h"

#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::leads;

class FilterCompletionTest : public QObject {
    Q_OBJECT

    const Vocabulary m_words{.statuses = {{.id = statuses::newLead, .key = "new", .builtIn = true},
                                          {.id = statuses::replied, .key = "replied", .builtIn = true}},
                             .strategies = {{QStringLiteral("Dock delays, EMEA"), 1204}, {QStringLiteral("Cold chain Q4"), 866}},
                             .tags = {QStringLiteral("customer"), QStringLiteral("trade fair")},
                             .owners = {QStringLiteral("Mara Lindqvist")},
                             .customFields = {QStringLiteral("dock_count")}};

    Completion at(const char* text) const { return complete(QString::fromUtf8(text), QString::fromUtf8(text).size(), m_words); }

    static QStringList inserts(const Completion& completion) {
        QStringList out;
        for (const Suggestion& suggestion : completion.suggestions)
            out << suggestion.insert;
        return out;
    }

private Q_SLOTS:
    void the_beginning_of_a_field_offers_it_and_its_values() {
        const Completion found = at("strat");
        QCOMPARE(inserts(found), QStringList({QStringLiteral("strategy:"), QStringLiteral("strategy:\"Dock delays, EMEA\" "),
                                              QStringLiteral("strategy:\"Cold chain Q4\" "), QStringLiteral("strategy:none ")}));
        QCOMPARE(found.suggestions[0].heading, QStringLiteral("Fields"));
        QCOMPARE(found.suggestions[1].heading, QStringLiteral("Values"));
        QCOMPARE(found.suggestions[1].hint, QStringLiteral("1204"));
        QCOMPARE(found.rest(QStringLiteral("strat"), 0), QStringLiteral("egy:"));
    }

    void a_value_is_found_by_what_it_is_called() {
        QVERIFY(inserts(at("dock")).contains(QStringLiteral("strategy:\"Dock delays, EMEA\" ")));
        QVERIFY(inserts(at("germ")).contains(QStringLiteral("country:DE ")));
        QVERIFY(inserts(at("country:austr")).contains(QStringLiteral("country:AT ")));
    }

    void after_a_comma_the_values_before_it_are_kept() {
        const Completion found = at("score>=60 tag:customer,tra");
        QCOMPARE(found.from, qsizetype(10));
        QCOMPARE(inserts(found).front(), QStringLiteral("tag:customer,\"trade fair\" "));
    }

    void the_part_before_a_space_or_a_minus_is_not_looked_at() {
        QCOMPARE(at("zoe stat").from, qsizetype(4));
        QCOMPARE(at("-stat").from, qsizetype(1));
        QCOMPARE(inserts(at("-stat")).front(), QStringLiteral("status:"));
        QCOMPARE(at("tag:\"a stat").from, qsizetype(0)); // inside quotation marks
    }

    void a_number_or_date_is_asked_which_way_it_is_compared() {
        QCOMPARE(inserts(at("scor")).front(), QStringLiteral("score"));
        QCOMPARE(inserts(at("score")).front(), QStringLiteral("score>="));
        QVERIFY(inserts(at("due")).contains(QStringLiteral("due<=")));
        QVERIFY(inserts(at("due<=to")).contains(QStringLiteral("due<=today ")));
    }

    void every_insert_of_a_value_can_be_read() {
        for (const char* text :
             {"status:", "strategy:", "tag:", "owner:", "country:a", "reach:", "has:", "trashed:", "due<", "city:"}) {
            for (const QString& insert : inserts(at(text)))
                VERIFY_OK(parseFilter(insert.toStdString()));
        }
    }

    void custom_fields_are_offered() { QVERIFY(inserts(at("custom")).contains(QStringLiteral("custom:dock_count:"))); }
};

OUTRIDER_TEST(FilterCompletionTest)
#include "filter_completion_test.moc"
