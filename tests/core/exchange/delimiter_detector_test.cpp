// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/delimiter_detector.h"

#include "support/test_registry.h"

#include <string>

using namespace outrider::exchange;

class DelimiterDetectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_delimiter_is_the_one_that_splits_the_rows_evenly_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("delimiter");
        const auto row = [](const char* name, const char* text, char delimiter) {
            QTest::newRow(name) << QByteArray(text) << delimiter;
        };
        row("commas", "a,b,c\n1,2,3\n", ',');
        row("semicolons", "a;b;c\n1;2;3\n", ';');
        row("tabs", "a\tb\n1\t2\n", '\t');
        row("bars", "a|b|c\n1|2|3\n", '|');
        row("a header alone", "name;email;phone", ';');
        row("one column", "email\na@x.example\nb@x.example\n", ',');
        row("nothing", "", ',');
        row("lists in cells", "id,ids,tags\n1,4;5;6,x;y\n2,7,z\n3,8;9,a;b\n", ',');
        row("decimal commas", "name;x;y\nA;1,5;2,5\nB;3,5;4,5\nC;5,5;6,5\n", ';');
        row("commas in quotes", "a;b\n\"x, y, z\";1\n\"u, v, w\";2\n", ';');
        row("semicolons in quotes", "a,b\n\"x; y; z\",1\n\"u; v; w\",2\n", ',');
        row("addresses", "name;address\nA;Street 1, 10115 Berlin, Germany\nB;Street 2, 20095 Hamburg, Germany\n", ';');
        row("a preamble",
            "Notes:\n\"When exporting, some data may be missing.\"\n\nFirst Name,Last "
            "Name,URL\nA,B,C\nD,E,F\n",
            ',');
        row("ragged rows", "a;b;c\n1;2;3\n1;2\n1;2;3;4\n1;2;3\n", ';');
        row("line breaks in quotes", "a;b\n\"x,\ny,\nz,\";1\n\"u,\nv,\nw,\";2\n", ';');
        row("unclosed quotes", "a;b;c\n\"1;2;3\n4;5;6\n7;8;9\n", ';');
    }

    void the_delimiter_is_the_one_that_splits_the_rows_evenly() {
        QFETCH(QByteArray, text);
        QFETCH(char, delimiter);
        QCOMPARE(detectDelimiter(text.toStdString()), delimiter);
    }

    void excels_declaration_is_understood() {
        QCOMPARE(declaredDelimiter("sep=;"), ';');
        QCOMPARE(declaredDelimiter("SEP=|"), '|');
        QCOMPARE(declaredDelimiter("sep=\t"), '\t');
        QCOMPARE(declaredDelimiter("sep=x"), '\0');
        QCOMPARE(declaredDelimiter("separate"), '\0');
        QCOMPARE(declaredDelimiter(""), '\0');
    }
};

OUTRIDER_TEST(DelimiterDetectorTest)
#include "delimiter_detector_test.moc"
