// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_values.h"

#include "core/exchange/cell_shape.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider::exchange;

class CellValuesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void yes_and_no_are_understood_in_eight_languages() {
        for (const char* yes : {"yes", "Y",         "TRUE", "1",    "x",    "✓",   "ja",         "Wahr", "oui",    "VRAI",
                                "sí",  "verdadero", "sì",   "vero", "waar", "sim", "verdadeiro", "tak",  "prawda", " Yes "})
            QVERIFY2(parseYesNo(yes) == true, yes);
        for (const char* no :
             {"no", "N", "FALSE", "0", "nein", "falsch", "non", "faux", "falso", "nee", "onwaar", "não", "nie", "fałsz"})
            QVERIFY2(parseYesNo(no) == false, no);
        for (const char* other : {"", "maybe", "2", "2024-01-01", "Noah", "janitor", "true story"})
            QVERIFY2(!parseYesNo(other), other);
    }

    void what_stands_for_nothing_is_nothing() {
        for (const char* nothing : {"", "  ", "-", "—", "N/A", "n/a", "null", "NULL", "(none)", "#N/A", "k.A.", "0/0/00",
                                    "0000-00-00", "unknown", "n.v.t.", "brak", "s/o", "\\N"})
            QVERIFY2(isPlaceholder(nothing), nothing);
        for (const char* something : {"0", "no", "Null Island", "Nina", "Brakman", "Naomi N/A"})
            QVERIFY2(!isPlaceholder(something), something);
    }

    void a_refusal_is_never_overlooked() {
        for (const char* yes : {"true", "1", "x", "Ja", "Unsubscribed", "Opted Out", "Do Not Allow", "Do not send", "3",
                                "opted-out", "abgemeldet", "DNC"})
            QVERIFY2(parseRefusal(yes) == Refusal::Yes, yes);
        for (const char* no :
             {"", "false", "0", "0.0", "nein", "-", "Subscribed", "opted in", "Allow", "not opted out", "Active"})
            QVERIFY2(parseRefusal(no) == Refusal::No, no);
        for (const char* unclear : {"2023-01-04", "asked me to stop", "12 Mar 2024", "GDPR", "via link"})
            QVERIFY2(parseRefusal(unclear) == Refusal::Assumed, unclear);
    }

    void a_permission_refuses_by_its_no() {
        QVERIFY(parseRefusal("no", true) == Refusal::Yes);
        QVERIFY(parseRefusal("0", true) == Refusal::Yes);
        QVERIFY(parseRefusal("yes", true) == Refusal::No);
        QVERIFY(parseRefusal("", true) == Refusal::No); // nothing said is no refusal
        QVERIFY(parseRefusal("Do Not Allow", true) == Refusal::Yes);
        QVERIFY(parseRefusal("unsubscribed", true) == Refusal::Yes);
        QVERIFY(parseRefusal("2023-01-04", true) == Refusal::No); // permitted since
    }

    void bounces_are_told_by_yes_dates_counts_and_reasons() {
        for (const char* hard : {"true", "1", "2023-05-01T10:00:00Z", "Hard", "hard bounce", "550 5.1.1 user unknown",
                                 "mailbox full", "Bounced", "2"})
            QVERIFY2(parseBounce(hard) == Bounce::Hard, hard);
        for (const char* none : {"", "false", "0", "no", "not bounced", "Delivered", "valid", "n/a"})
            QVERIFY2(parseBounce(none) == Bounce::No, none);
        QVERIFY(parseBounce("Soft") == Bounce::Soft);
        QVERIFY(parseBounce("soft bounce") == Bounce::Soft);
    }

    void replies_are_told_by_yes_dates_and_counts() {
        for (const char* yes : {"true", "1", "2024-02-03", "3", "replied", "Sounds good, call me"})
            QVERIFY2(parseReplied(yes), yes);
        for (const char* no : {"", "false", "0", "no reply", "Not replied", "auto-reply", "Out of office", "keine Antwort"})
            QVERIFY2(!parseReplied(no), no);
    }

    void a_status_of_any_kind_may_refuse() {
        QVERIFY(verdictOf("Unsubscribed") == StatusVerdict::OptedOut);
        QVERIFY(verdictOf("opted_out") == StatusVerdict::OptedOut);
        QVERIFY(verdictOf("Abgemeldet") == StatusVerdict::OptedOut);
        QVERIFY(verdictOf("Désinscrit") == StatusVerdict::OptedOut);
        QVERIFY(verdictOf("Do Not Contact") == StatusVerdict::DoNotContact);
        QVERIFY(verdictOf("BLACKLISTED") == StatusVerdict::DoNotContact);
        QVERIFY(verdictOf("Do not call") == StatusVerdict::DoNotCall);
        QVERIFY(verdictOf("Bounced") == StatusVerdict::Bounced);
        QVERIFY(verdictOf("cleaned") == StatusVerdict::Bounced); // Mailchimp
        for (const char* nothing : {"", "Subscribed", "New", "Not opted out", "never bounced", "Soft bounced", "Open",
                                    "no_consent", "Customer", "Bouncer Ltd is interested in our"})
            QVERIFY2(verdictOf(nothing) == StatusVerdict::Nothing, nothing);
    }

    void counts_are_read_with_separators_and_from_ranges() {
        QCOMPARE(parseCount("250"), 250);
        QCOMPARE(parseCount("1,234"), 1234);
        QCOMPARE(parseCount("1.234"), 1234);
        QCOMPARE(parseCount("12'345"), 12345);
        QCOMPARE(parseCount("~500"), 500);
        QCOMPARE(parseCount("11-50"), 11);
        QCOMPARE(parseCount("51–200 employees"), 51);
        QCOMPARE(parseCount("10,001+"), 10001);
        QCOMPARE(parseCount("5k"), 5000);
        QCOMPARE(parseCount("120.0"), 120);
        QVERIFY(!parseCount("many"));
        QVERIFY(!parseCount(""));
        QVERIFY(!parseCount("99999999999999999999"));
    }

    void lists_are_split_by_what_they_are_joined_with() {
        using List = std::vector<std::string_view>;
        QCOMPARE(splitList("a@x.example ::: b@x.example", false), (List{"a@x.example", "b@x.example"}));
        QCOMPARE(splitList("12;34; 56", false), (List{"12", "34", "56"}));
        QCOMPARE(splitList("a|b", false), (List{"a", "b"}));
        QCOMPARE(splitList("a, b", false), List{"a, b"});
        QCOMPARE(splitList("a, b", true), (List{"a", "b"}));
        QCOMPARE(splitList(";;", false), List{});
        QCOMPARE(splitList("  ", false), List{});
    }

    void a_cell_is_known_by_its_shape_data() {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<int>("shape");
        const auto row = [](const char* cell, CellShape shape) { QTest::newRow(cell) << QByteArray(cell) << int(shape); };
        row("", CellShape::Empty);
        row("n/a", CellShape::Empty);
        row("z@x.example", CellShape::Email);
        row("Zoë Brandt <z@x.example>", CellShape::Email);
        row("@zoe", CellShape::Text);
        row("https://www.linkedin.com/in/zb", CellShape::LinkedInPerson);
        row("linkedin.com/in/zb", CellShape::LinkedInPerson);
        row("https://linkedin.com/company/nordwind", CellShape::LinkedInCompany);
        row("https://www.linkedin.com/sales/lead/ACwAAA,NAME", CellShape::SalesNavigator);
        row("https://nordwind.example/x", CellShape::Url);
        row("www.nordwind.example", CellShape::Url);
        row("nordwind.example", CellShape::Domain);
        row("2024-03-12", CellShape::Date);
        row("12.03.2024", CellShape::Date);
        row("12 Mar 2024", CellShape::Date);
        row("7-Feb-22", CellShape::Date);
        row("3/15/2024 2:30 PM", CellShape::Date);
        row("12", CellShape::Number);
        row("1,234.50", CellShape::Number);
        row("10115", CellShape::Number);
        row("+49 30 1234567", CellShape::Phone);
        row("'+1 217-254-9641", CellShape::Phone);
        row("(217) 254-9641", CellShape::Phone);
        row("030/1234567", CellShape::Phone);
        row("Zoë Brandt", CellShape::Text);
        row("Nordwind GmbH", CellShape::Text);
        row("St. Gallen", CellShape::Text);
        row("Berlin 2", CellShape::Text);
    }

    void a_cell_is_known_by_its_shape() {
        QFETCH(QByteArray, cell);
        QFETCH(int, shape);
        QCOMPARE(int(shapeOf(cell.toStdString())), shape);
    }

    void any_cell_is_read_without_harm() {
        VERIFY_PROPERTY([] {
            const auto cell = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            shapeOf(cell);
            verdictOf(cell);
            parseReplied(cell);
            parseBounce(cell);
            parseCount(cell);
            for (const auto part : splitList(cell, true))
                RC_ASSERT(!part.empty());
            if (isPlaceholder(cell))
                RC_ASSERT(parseRefusal(cell) == Refusal::No);
        });
    }
};

OUTRIDER_TEST(CellValuesTest)
#include "cell_values_test.moc"
