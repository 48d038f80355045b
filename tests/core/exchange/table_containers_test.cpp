// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_mapping.h"
#include "core/exchange/read_table.h"
#include "core/exchange/xlsx_reader.h"
#include "core/exchange/zip_bytes.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;
using namespace outrider::exchange;
using test::ReadTable;
using test::readTable;
using test::Table;
using test::workbook;
using test::zipOf;

namespace {

using Row = std::vector<std::string>;

std::string columnIn(const ReadTable& table, std::size_t row, std::string_view column) {
    for (std::size_t i = 0; i < table.format.header.size(); ++i) {
        if (table.format.header[i] == column)
            return table.rows.at(row).at(i);
    }
    return "(no column)";
}

} // namespace

class TableContainersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_sheet_says_what_a_person_sees_in_it() {
        const auto table = readTable(workbook(
            {{"Kunden",
              "<sheetData>"
              "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c>"
              "<c r=\"C1\" t=\"str\"><v>Created</v></c><c r=\"D1\" t=\"str\"><v>Postcode</v></c><c r=\"E1\" t=\"str\"><v>Opt "
              "out</v></c>"
              "<c r=\"F1\" t=\"str\"><v>Phone</v></c></row>"
              "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" t=\"str\"><f>A3&amp;\"x\"</f><v>ada@moe.example</v></c>"
              "<c r=\"C3\" s=\"1\"><v>45363</v></c><c r=\"D3\" s=\"3\"><v>1067</v></c><c r=\"E3\" t=\"b\"><v>1</v></c>"
              "<c r=\"F3\"><v>4.9301234567E10</v></c></row>"
              "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><r><t>Bo </t></r><r><t>Li</t></r><rPh><t>ボ</t></rPh></is></c>"
              "<c r=\"C4\" s=\"2\"><v>45363.75</v></c><c r=\"F4\" t=\"e\"><v>#REF!</v></c></row>"
              "</sheetData>"}},
            "<si><t>Email</t></si><si><t>Ada_x000A_Moe</t></si>"));
        VERIFY_OK(table);
        QCOMPARE(table->format.sheet, std::string("Kunden"));
        QCOMPARE(table->format.header, (Row{"Name", "Email", "Created", "Postcode", "Opt out", "Phone"}));
        QCOMPARE(table->rows.size(), std::size_t(2));
        QCOMPARE(table->rows[0], (Row{"Ada\nMoe", "ada@moe.example", "2024-03-12", "01067", "TRUE", "49301234567"}));
        QCOMPARE(table->rows[1], (Row{"Bo Li", "", "2024-03-12 18:00:00", "", "", ""}));
        QCOMPARE(table->numbers, (std::vector<std::int64_t>{3, 4}));
    }

    void days_count_from_where_the_workbook_says() {
        const std::string cells = "<sheetData><row><c t=\"str\"><v>Name</v></c><c t=\"str\"><v>Created</v></c></row>"
                                  "<row><c t=\"str\"><v>Ada</v></c><c s=\"1\"><v>59</v></c></row></sheetData>";
        const auto usual = readTable(workbook({{"S", cells}}));
        VERIFY_OK(usual);
        QCOMPARE(usual->rows.at(0), (Row{"Ada", "1900-02-28"}));
        const auto early = readTable(workbook({{"S", cells}}, {}, "<workbookPr date1904=\"1\"/>"));
        VERIFY_OK(early);
        QCOMPARE(early->rows.at(0), (Row{"Ada", "1904-02-29"}));
    }

    void the_sheet_with_most_in_it_is_read_unless_another_is_asked_for() {
        const std::string little =
            "<sheetData><row><c t=\"str\"><v>Name</v></c></row><row><c t=\"str\"><v>Ada</v></c></row></sheetData>";
        const std::string more = "<sheetData><row><c t=\"str\"><v>Name</v></c></row><row><c t=\"str\"><v>Bo</v></c></row>"
                                 "<row><c t=\"str\"><v>Cy</v></c></row></sheetData>";
        const std::string bytes = workbook({{"Cover", "<sheetData/>"}, {"Old", little}, {"New", more}});
        const auto table = readTable(bytes);
        VERIFY_OK(table);
        QCOMPARE(table->format.sheets, (Row{"Old", "New"}));
        QCOMPARE(table->format.sheet, std::string("New"));
        const auto old = readTable(bytes, {.sheet = "old"});
        VERIFY_OK(old);
        QCOMPARE(old->rows.at(0), (Row{"Ada"}));
        VERIFY_ERROR(readTable(bytes, {.sheet = "Tomorrow"}), ErrorCode::NotFound);
    }

    void a_cell_merged_over_rows_counts_for_each() {
        const auto table = readTable(workbook(
            {{"S", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Company</v></c><c r=\"B1\" t=\"str\"><v>Name</v></c></row>"
                   "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>Moe Ltd</v></c><c r=\"B2\" t=\"str\"><v>Ada</v></c></row>"
                   "<row r=\"3\"><c r=\"B3\" t=\"str\"><v>Bo</v></c></row></sheetData>"
                   "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"}}));
        VERIFY_OK(table);
        QCOMPARE(table->rows.at(1), (Row{"Moe Ltd", "Bo"}));
    }

    void archives_that_are_no_workbooks_are_named() {
        const auto refusal = [](const std::string& bytes) {
            const auto table = readTable(bytes);
            return table ? std::string() : table.error().detail;
        };
        QCOMPARE(refusal(zipOf({{"content.xml", "<x/>"}})), std::string("an OpenDocument spreadsheet (.ods)"));
        QCOMPARE(refusal(zipOf({{"word/document.xml", "<x/>"}})), std::string("a Word document"));
        QCOMPARE(refusal(zipOf({{"a.txt", "a"}})), std::string("a zip archive without a workbook"));
        VERIFY_ERROR(readTable(std::string("PK\3\4damaged", 11)), ErrorCode::UnsupportedFormat);
    }

    void what_unpacks_to_many_times_its_size_is_refused() {
        const std::string bytes = workbook({{"S", "<sheetData><row><c t=\"str\"><v>Name</v></c></row><row><c t=\"str\"><v>"
                                                      + std::string(std::size_t(1) << 20U, 'x') + "</v></c></row></sheetData>"}});
        const auto source = fromMemory(bytes);
        VERIFY_ERROR(XlsxReader::open(*source, {}, {}, {}, {.ratio = 50, .ratioFrom = 1 << 16}), ErrorCode::FileTooLarge);
        VERIFY_ERROR(XlsxReader::open(*source, {}, {}, {}, {.bytes = 1 << 16}), ErrorCode::FileTooLarge);
        VERIFY_OK(XlsxReader::open(*source, {}, {}, {}));
        VERIFY_ERROR(readTable(workbook({{"S", "<sheetData><row><c t=\"str\"><v>" + std::string(std::size_t(9) << 20U, 'x')
                                                   + "</v></c></row></sheetData>"}})),
                     ErrorCode::FileTooLarge); // one text of more than 8 MB
    }

    void an_entity_of_its_own_is_refused() {
        const std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>";
        VERIFY_ERROR(readTable(zipOf({{"xl/workbook.xml", bomb}})), ErrorCode::UnsupportedFormat);
    }

    void cards_of_three_versions_are_one_table() {
        const auto table =
            readTable("BEGIN:VCARD\r\nVERSION:2.1\r\n"
                      "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.\r\n"
                      "TEL;WORK;VOICE:+49 30 1234567\r\n"
                      "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0A=\r\nsecond\r\n"
                      "AGENT:\r\nBEGIN:VCARD\r\nFN:Not Me\r\nAGENT:\r\nBEGIN:VCARD\r\nEND:VCARD\r\nEND:VCARD\r\nEND:VCARD\r\n"
                      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Moe\r\nN:Moe;Ada;;;\r\nORG:Moe\\, Sons;Sales\r\n"
                      "item1.EMAIL;TYPE=INTERNET:ada@moe\r\n .example\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
                      "PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n"
                      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Li\r\nTEL;VALUE=uri;TYPE=\"cell,voice\":tel:+49-170-1234567;ext=5\r\n"
                      "EMAIL:second@li.example\r\nEMAIL;PREF=1:bo@li.example\r\nCATEGORIES:a,b\r\n"
                      "ADR;TYPE=home:;;High St 1;Oslo;;0150;Norway\r\n"); // without an END
        VERIFY_OK(table);
        QCOMPARE(table->rows.size(), std::size_t(3));
        QCOMPARE(columnIn(*table, 0, "Last Name"), std::string("Müller"));
        QCOMPARE(columnIn(*table, 0, "First Name"), std::string("Jörg"));
        QCOMPARE(columnIn(*table, 0, "Full Name"), std::string());
        QCOMPARE(columnIn(*table, 0, "Phone 1 - Label"), std::string("Work"));
        QCOMPARE(columnIn(*table, 0, "Notes"), std::string("first\r\nsecond"));
        QCOMPARE(columnIn(*table, 1, "Organization Name"), std::string("Moe, Sons"));
        QCOMPARE(columnIn(*table, 1, "E-mail 1 - Value"), std::string("ada@moe.example"));
        QCOMPARE(columnIn(*table, 1, "E-mail 1 - Label"), std::string("Work"));
        QCOMPARE(columnIn(*table, 2, "Phone 1 - Value"), std::string("+49-170-1234567 ext. 5"));
        QCOMPARE(columnIn(*table, 2, "Phone 1 - Label"), std::string("Mobile"));
        QCOMPARE(columnIn(*table, 2, "E-mail 1 - Value"), std::string("bo@li.example"));
        QCOMPARE(columnIn(*table, 2, "E-mail 2 - Value"), std::string("second@li.example"));
        QCOMPARE(columnIn(*table, 2, "Categories"), std::string("a;b"));
        QCOMPARE(columnIn(*table, 2, "Address 1 - City"), std::string("Oslo"));
        const auto mapping = mapColumns(table->format.header, table->rows, {.format = "vcard"});
        VERIFY_OK(mapping);
        for (const char* field :
             {"first_name", "last_name", "full_name", "email", "email_2", "phone_by_label", "company", "tags", "city"})
            QVERIFY2(mapping->has(field), field);
    }

    void a_picture_of_ten_megabytes_passes_by_and_a_text_of_five_is_refused() {
        const std::string begin = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Moe\n";
        const auto table = readTable(begin + "PHOTO;ENCODING=b:" + std::string(std::size_t(10) << 20U, 'A') + "\nEND:VCARD\n");
        VERIFY_OK(table);
        QCOMPARE(table->rows, (Table{{"Ada Moe"}}));
        VERIFY_ERROR(readTable(begin + "NOTE:" + std::string(std::size_t(5) << 20U, 'A') + "\nEND:VCARD\n"),
                     ErrorCode::FileTooLarge);
    }

    void json_is_a_table_with_dotted_columns_data() {
        QTest::addColumn<QByteArray>("text");
        const QByteArray ada =
            "{\"name\":\"Ada }{ "
            "Moe\",\"company\":{\"name\":\"Moe\"},\"emails\":[{\"value\":\"ada@moe.example\"}],\"tags\":[\"a\",\"b\"]}";
        const QByteArray bo = "{\"name\":\"Bo\",\"company\":null,\"age\":5,\"ok\":true}";
        QTest::newRow("lines") << ada + "\n" + bo + "\n";
        QTest::newRow("array") << "[\n" + ada + ",\n" + bo + "]";
        QTest::newRow("wrapped") << "{\"count\":2,\"results\":[" + ada + "," + bo + "]}";
    }

    void json_is_a_table_with_dotted_columns() {
        QFETCH(QByteArray, text);
        const auto table = readTable(text.toStdString());
        VERIFY_OK(table);
        QCOMPARE(table->format.header, (Row{"name", "company.name", "emails.1.value", "tags", "age", "ok"}));
        QCOMPARE(table->rows, (Table{{"Ada }{ Moe", "Moe", "ada@moe.example", "a; b", "", ""}, {"Bo", "", "", "", "5", "true"}}));
    }

    void json_that_is_damaged_or_too_deep_is_refused() {
        VERIFY_ERROR(readTable("{\"name\":\"Ada\"}\n{\"name\":}\n"), ErrorCode::UnsupportedFormat);
        VERIFY_ERROR(readTable("{\"name\":\"Ada\"}\n{\"name\":\"Bo\n"), ErrorCode::FileUnreadable);
        std::string deep = "{\"a\":";
        for (int i = 0; i < 1000; ++i)
            deep += "{\"a\":";
        VERIFY_ERROR(readTable(deep), ErrorCode::FileTooLarge);
    }

    void cells_copied_from_a_spreadsheet_are_a_table() {
        const auto table = readTable("Name\tAddress\nAda Moe\t\"High St 1\nOslo\"\nBo Li\tx\n");
        VERIFY_OK(table);
        QCOMPARE(table->rows, (Table{{"Ada Moe", "High St 1\nOslo"}, {"Bo Li", "x"}}));
    }
};

OUTRIDER_TEST(TableContainersTest)
#include "table_containers_test.moc"
