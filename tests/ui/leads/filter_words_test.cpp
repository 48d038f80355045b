// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_words.h"

#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::leads;

class FilterWordsTest : public QObject {
    Q_OBJECT

    const Vocabulary m_words{.statuses = {{.id = statuses::inProgress, .key = "in_progress", .builtIn = true}}};

    QString said(const char* filter) const {
        const auto parsed = parseFilter(filter);
        QStringList parts;
        for (const FilterNode& part : partsOf(*parsed))
            parts << chipText(part, m_words).whole();
        return parts.join(QStringLiteral(" | "));
    }

private Q_SLOTS:
    void a_condition_reads_as_a_sentence() {
        QCOMPARE(said("country:DE,AT,CH"), QStringLiteral("country any of DE, AT, CH"));
        QCOMPARE(said("job_title:operations,yard"), QStringLiteral("title contains operations, yard"));
        QCOMPARE(said("score>=60"), QStringLiteral("score at least 60"));
        QCOMPARE(said("status:in_progress"), QStringLiteral("status is In progress"));
        QCOMPARE(said("-tag:customer"), QStringLiteral("tag is not customer"));
        QCOMPARE(said("due<=today"), QStringLiteral("next step until today"));
        QCOMPARE(said("last_touch>30d"), QStringLiteral("last touch more than 30 d ago"));
        QCOMPARE(said("strategy:none"), QStringLiteral("strategy is none"));
        QCOMPARE(said("has:phone"), QStringLiteral("has phone"));
        QCOMPARE(said("zoe"), QStringLiteral("zoe"));
    }

    void groups_are_said_in_the_language_itself() {
        QCOMPARE(said("score>=60 (city:Berlin or city:Wien)"), QStringLiteral("score at least 60 | city:Berlin or city:Wien"));
    }

    void parts_make_the_filter_again() {
        for (const char* text : {"", "zoe", "status:open score>=60", "city:Berlin or city:Wien", "-(tag:a tag:b)", "-zoe"}) {
            const auto filter = parseFilter(text);
            VERIFY_OK(filter);
            QCOMPARE(toText(filterOf(partsOf(*filter))), toText(*filter));
        }
    }

    void an_error_is_placed_by_characters_and_not_by_bytes() {
        const QString text = QStringLiteral("zoë score>=viel");
        const auto parsed = parseFilter(text.toStdString());
        QVERIFY(!parsed);
        const FilterError error = filterError(parsed.error(), text);
        QCOMPARE(error.position, text.indexOf(QStringLiteral("viel")));
        QVERIFY2(error.sentence.contains(QString::number(error.position + 1)), qPrintable(error.sentence));
    }

    void values_are_quoted_only_when_they_have_to_be() {
        QCOMPARE(quotedValue(QStringLiteral("customer")), QStringLiteral("customer"));
        QCOMPARE(quotedValue(QStringLiteral("trade fair")), QStringLiteral("\"trade fair\""));
        QCOMPARE(quotedValue(QStringLiteral("none")), QStringLiteral("\"none\""));
    }
};

OUTRIDER_TEST(FilterWordsTest)
#include "filter_words_test.moc"
