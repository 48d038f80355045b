// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/table_reader.h"

#include "core/exchange/encode.h"
#include "core/exchange/read_table.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <QFile>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace outrider;
using namespace outrider::exchange;
using test::Cells;
using test::encoded;
using test::PiecewiseSource;
using test::readTable;
using test::Table;

namespace {

// Goes on for as long as it is asked to, without holding it.
class EndlessSource final : public ByteSource {
public:
    EndlessSource(std::string head, std::string_view repeated, std::int64_t size) : m_head(std::move(head)), m_size(size) {
        while (m_block.size() < 64 * 1024)
            m_block += repeated;
    }

    Result<std::size_t> read(std::span<char> into) override {
        const auto at = std::size_t(m_at);
        const std::string_view from = at < m_head.size()
                                          ? std::string_view(m_head).substr(at)
                                          : std::string_view(m_block).substr((at - m_head.size()) % m_block.size());
        const std::size_t count = std::min({into.size(), from.size(), std::size_t(m_size - m_at)});
        std::copy_n(from.data(), count, into.data());
        m_at += std::int64_t(count);
        return count;
    }

    Result<> rewind() override {
        m_at = 0;
        return {};
    }

    std::int64_t size() const override { return m_size; }

private:
    std::string m_head;
    std::string m_block;
    std::int64_t m_size;
    std::int64_t m_at = 0;
};

class BrokenSource final : public ByteSource {
public:
    Result<std::size_t> read(std::span<char> into) override {
        if (m_reads++ > 0)
            return fail(ErrorCode::FileUnreadable, "gone");
        const std::string_view text = "a,b\n1,2\n";
        std::copy(text.begin(), text.end(), into.begin());
        return text.size();
    }

    Result<> rewind() override { return {}; }

    std::int64_t size() const override { return 1000000; }

private:
    int m_reads = 0;
};

long residentKilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class TableReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void a_plain_table_is_read_with_spreadsheet_row_numbers() {
        const auto table = readTable("First Name,Email\r\nZoë,z@x.example\r\n\r\n,\r\nIan,i@x.example\r\n");
        VERIFY_OK(table);
        QCOMPARE(table->format.header, (Cells{"First Name", "Email"}));
        QCOMPARE(table->format.headerRow, 1);
        QCOMPARE(table->rows, (Table{{"Zoë", "z@x.example"}, {"Ian", "i@x.example"}}));
        QCOMPARE(table->numbers, (std::vector<std::int64_t>{2, 5}));
        QCOMPARE(table->summary.rows, 2);
        QCOMPARE(table->summary.blank, 2);
        QCOMPARE(table->format.rows, 2);
        QVERIFY(table->format.exact);
    }

    void short_rows_are_padded_and_long_ones_kept() {
        const auto table = readTable("a name,email,city\nx\nx,y@z.example,Berlin,more,and more\nx,y@z.example,Rome,,\n");
        VERIFY_OK(table);
        QCOMPARE(table->rows[0], (Cells{"x", "", ""}));
        QCOMPARE(table->rows[1], (Cells{"x", "y@z.example", "Berlin", "more", "and more"}));
        QCOMPARE(table->rows[2], (Cells{"x", "y@z.example", "Rome"})); // delimiters at the end say nothing
        QCOMPARE(table->summary.shorter, 1);
        QCOMPARE(table->summary.longer, 1);
    }

    void a_header_behind_a_preamble_is_found_by_what_it_says() {
        const auto table = readTable("Notes:\n\"When exporting your connection data, you may notice that some of the "
                                     "email addresses are missing, for privacy.\"\n\n"
                                     "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
                                     "Zoë,Brandt,https://www.linkedin.com/in/zb,,\"Nord, \"\"Wind\"\"\",COO,12 Mar 2024\n"
                                     ",,,,,,\n");
        VERIFY_OK(table);
        QCOMPARE(table->format.headerRow, 4);
        QCOMPARE(table->rows.size(), std::size_t(1));
        QCOMPARE(table->rows[0][4], "Nord, \"Wind\"");
        QCOMPARE(table->numbers[0], 5);
    }

    void a_table_without_a_header_keeps_its_first_row() {
        const auto table = readTable("Zoë;Brandt;z@x.example;+49 30 123456\nIan;Bell;i@x.example;+44 20 7946 0958\n");
        VERIFY_OK(table);
        QCOMPARE(table->format.headerRow, 0);
        QCOMPARE(table->format.header, (Cells{"A", "B", "C", "D"}));
        QCOMPARE(table->rows.size(), std::size_t(2));
        QCOMPARE(table->numbers[0], 1);
    }

    void a_list_of_addresses_is_a_table_without_a_header() {
        const auto table = readTable("a@x.example\nb@x.example\n");
        VERIFY_OK(table);
        QCOMPARE(table->format.headerRow, 0);
        QCOMPARE(table->rows.size(), std::size_t(2));
        const auto domains = readTable("acme.example\nnordwind.example\n");
        VERIFY_OK(domains);
        QCOMPARE(domains->rows.size(), std::size_t(2));
    }

    void a_header_in_an_unknown_language_is_a_header_when_it_holds_no_data() {
        const auto table = readTable("Etunimi,Sukunimi,Sähköposti\nAino,Virtanen,a@x.example\n");
        VERIFY_OK(table);
        QCOMPARE(table->format.headerRow, 1);
    }

    void the_header_can_be_said() {
        const std::string text = "a@x.example,1\nb@x.example,2\n";
        QCOMPARE(readTable(text, {.header = HeaderMode::FirstRow})->format.header, (Cells{"a@x.example", "1"}));
        QCOMPARE(readTable("Name,Email\nx,y\n", {.header = HeaderMode::None})->rows.size(), std::size_t(2));
    }

    void a_header_alone_is_a_table_without_rows() {
        const auto table = readTable("First Name,Last Name,Email");
        VERIFY_OK(table);
        QCOMPARE(table->format.headerRow, 1);
        QCOMPARE(table->rows.size(), std::size_t(0));
    }

    void excels_declared_delimiter_is_believed_and_skipped() {
        const auto table = readTable("sep=;\r\nName;Note\r\nZoë;a, b, c, d\r\n");
        VERIFY_OK(table);
        QCOMPARE(table->format.delimiter, ';');
        QCOMPARE(table->format.headerRow, 2);
        QCOMPARE(table->rows, (Table{{"Zoë", "a, b, c, d"}}));
        const auto headless = readTable("sep=;\r\na@x.example;1\r\n");
        VERIFY_OK(headless);
        QCOMPARE(headless->rows, (Table{{"a@x.example", "1"}}));
        QCOMPARE(headless->numbers[0], 2);
    }

    void any_encoding_and_line_end_reads_the_same_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("mark");
        QTest::addColumn<QByteArray>("lineEnd");
        int index = 0;
        for (const char* lineEnd : {"\n", "\r\n", "\r"}) {
            for (const char* encoding : {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", "macintosh", "IBM850"}) {
                QTest::addRow("%d %s", ++index, encoding) << QByteArray(encoding) << QByteArray() << QByteArray(lineEnd);
            }
            QTest::addRow("%d UTF-8 with mark", ++index)
                << QByteArray("UTF-8") << QByteArray("\xEF\xBB\xBF") << QByteArray(lineEnd);
            QTest::addRow("%d UTF-16LE with mark", ++index)
                << QByteArray("UTF-16LE") << QByteArray("\xFF\xFE") << QByteArray(lineEnd);
            QTest::addRow("%d UTF-16BE with mark", ++index)
                << QByteArray("UTF-16BE") << QByteArray("\xFE\xFF") << QByteArray(lineEnd);
        }
    }

    void any_encoding_and_line_end_reads_the_same() {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, mark);
        QFETCH(QByteArray, lineEnd);
        const std::string end = lineEnd.toStdString();
        const std::string text =
            "Vorname;Nachname;Ort;Notiz" + end + "Jürgen;Müller;Köln;\"zwei" + end + "Zeilen\"" + end + "Käthe;Groß;Fürth;" + end;
        const auto table = readTable(mark.toStdString() + encoded(text, encoding.constData()));
        VERIFY_OK(table);
        QCOMPARE(table->format.header, (Cells{"Vorname", "Nachname", "Ort", "Notiz"}));
        QCOMPARE(table->rows, (Table{{"Jürgen", "Müller", "Köln", "zwei" + end + "Zeilen"}, {"Käthe", "Groß", "Fürth", ""}}));
        QCOMPARE(QByteArray::fromStdString(table->format.encoding), encoding);
        QCOMPARE(table->format.byteOrderMark, !mark.isEmpty());
        QCOMPARE(table->numbers, (std::vector<std::int64_t>{2, 3}));
    }

    void the_encoding_can_be_said() {
        const auto table = readTable(encoded("Name,Ort\nJürgen,Köln\n", "macintosh"), {.encoding = "macintosh"});
        VERIFY_OK(table);
        QCOMPARE(table->rows, (Table{{"Jürgen", "Köln"}}));
        VERIFY_ERROR(readTable("a,b\n", {.encoding = "klingon"}), ErrorCode::Unsupported);
    }

    void bytes_that_cannot_be_read_are_counted_and_their_rows_marked() {
        std::string text = "Name,Email\n";
        for (int i = 0; i < 20; ++i)
            text += "Zoë,z@x.example\n";
        text += "Jos\xE9,j@x.example\n";
        const auto table = readTable(text);
        VERIFY_OK(table);
        QCOMPARE(table->format.encoding, "UTF-8");
        QCOMPARE(table->rows.back()[0], "Jos\uFFFD");
        QCOMPARE(table->summary.replacedBytes, 1);
        QCOMPARE(table->summary.damaged, 1);
    }

    void zero_bytes_stay_in_their_cells_and_are_counted() {
        const auto table = readTable(std::string("Name,Email\nZo\0e,z@x.example\n", 28));
        VERIFY_OK(table);
        QCOMPARE(table->rows[0][0], std::string("Zo\0e", 4));
        QCOMPARE(table->summary.zeroBytes, 1);
    }

    void rows_with_wrong_quotes_are_counted() {
        const auto table = readTable("Name,City,Email\n\"Big\" "
                                     "Bob,Rome,b@x.example\n\"stray,Rome,s@x.example\nZoë,Bonn,z@x.example\n");
        VERIFY_OK(table);
        QCOMPARE(table->rows.size(), std::size_t(3));
        QCOMPARE(table->summary.repaired, 2);
    }

    void an_apostrophe_that_guards_a_number_is_taken_away() {
        const auto table = readTable("Name,Phone\nZoë,'+1 217-254-9641\nO'Neill,'s-Gravenhage\n");
        VERIFY_OK(table);
        QCOMPARE(table->rows, (Table{{"Zoë", "+1 217-254-9641"}, {"O'Neill", "'s-Gravenhage"}}));
    }

    void the_sample_holds_the_first_rows_and_estimates_the_rest() {
        std::string text = "Name,Email\n";
        for (int i = 0; i < 200000; ++i)
            text += "Somebody Else,number" + std::to_string(100000 + i) + "@x.example\n";
        auto reader = TableReader::open(fromMemory(text), {.sampleRows = 5});
        VERIFY_OK(reader);
        QCOMPARE(reader->sample().size(), std::size_t(5));
        QCOMPARE(reader->sample()[4][1], "number100004@x.example");
        QVERIFY(!reader->format().exact);
        QVERIFY(std::abs(reader->format().rows - 200000) < 2000);
        VERIFY_OK(reader->read([](const TableRow&) { return true; }));
        QVERIFY(reader->format().exact);
        QCOMPARE(reader->format().rows, 200000);
        std::int64_t again = 0;
        VERIFY_OK(reader->read([&](const TableRow&) { return ++again < 7; }));
        QCOMPARE(again, 7); // as often as wanted, as far as wanted
        QVERIFY(reader->format().exact);
    }

    void where_pieces_end_makes_no_difference() {
        VERIFY_PROPERTY([] {
            const auto rows = *rc::gen::container<std::vector<std::string>>(
                rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                                 "ü", "a", ",", "\"", "\n", "\r\n", "王", "x@y.example", std::string(1, '\0'), "\xFF")),
                             [](const std::vector<std::string>& parts) {
                                 std::string text;
                                 for (const auto& part : parts)
                                     text += part;
                                 return text + "\n";
                             }));
            std::string text = "Name,Email\n";
            for (const auto& row : rows)
                text += row;
            const auto whole = readTable(text);
            const auto pieces = readTable(std::make_unique<PiecewiseSource>(text, *rc::gen::inRange<std::size_t>(1, 9)));
            RC_ASSERT(whole.has_value() == pieces.has_value());
            if (whole) {
                RC_ASSERT(whole->rows == pieces->rows);
                RC_ASSERT(whole->numbers == pieces->numbers);
                RC_ASSERT(whole->summary == pieces->summary);
                RC_ASSERT(whole->format.encoding == pieces->format.encoding);
            }
        });
    }

    void any_bytes_are_read_or_refused_with_a_reason() {
        VERIFY_PROPERTY([] {
            const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            const auto table = readTable(bytes);
            if (table)
                RC_ASSERT(table->summary.rows == std::int64_t(table->rows.size()));
            else
                RC_ASSERT(table.error().code == ErrorCode::EmptyFile || table.error().code == ErrorCode::UnsupportedFormat
                          || table.error().code == ErrorCode::FileUnreadable); // JSON that is cut off
        });
    }

    void files_that_are_no_tables_are_named_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("what");
        QTest::newRow("xls") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
                             << QByteArray("an Excel workbook of before 2007 (.xls)");
        QTest::newRow("password") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
                                                "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                                                40)
                                  << QByteArray("an Excel workbook with a password");
        QTest::newRow("pdf") << QByteArray("%PDF-1.7\n") << QByteArray("pdf");
        QTest::newRow("html") << QByteArray("\n<html><table>") << QByteArray("html");
        QTest::newRow("xml") << QByteArray("\xEF\xBB\xBF<?xml version=\"1.0\"?>") << QByteArray("xml");
        QTest::newRow("binary") << QByteArray(1000, '\1') << QByteArray("binary");
    }

    void files_that_are_no_tables_are_named() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, what);
        const auto table = readTable(bytes.toStdString());
        VERIFY_ERROR(table, ErrorCode::UnsupportedFormat);
        QCOMPARE(QByteArray::fromStdString(table.error().detail), what);
    }

    void nothing_to_read_is_an_error() {
        VERIFY_ERROR(readTable(""), ErrorCode::EmptyFile);
        VERIFY_ERROR(readTable("\n\r\n ,,\n"), ErrorCode::EmptyFile);
        VERIFY_ERROR(readTable("\xEF\xBB\xBF"), ErrorCode::EmptyFile);
    }

    void what_is_no_regular_file_is_refused() {
        QTemporaryDir dir;
        const auto path = [&](const char* name) { return dir.filePath(QString::fromUtf8(name)).toStdString(); };
        VERIFY_ERROR(TableReader::open(path("missing.csv")), ErrorCode::FileNotFound);
        VERIFY_ERROR(TableReader::open(dir.path().toStdString()), ErrorCode::FileUnreadable);
        VERIFY_ERROR(TableReader::open("/dev/zero"), ErrorCode::FileUnreadable);
        QCOMPARE(mkfifo(path("pipe").c_str(), 0600), 0);
        VERIFY_ERROR(TableReader::open(path("pipe")),
                     ErrorCode::FileUnreadable); // and does not wait for a writer
        QFile empty(QString::fromStdString(path("Zoë leer.csv")));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        const auto opened = TableReader::open(path("Zoë leer.csv"));
        VERIFY_ERROR(opened, ErrorCode::EmptyFile);
        QCOMPARE(opened.error().detail, path("Zoë leer.csv"));
    }

    void a_file_on_disk_is_read() {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("Zoë.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Name,Email\nZoë,z@x.example\n");
        file.close();
        auto reader = TableReader::open(file.fileName().toStdString());
        VERIFY_OK(reader);
        QCOMPARE(reader->format().bytes, 28);
        QCOMPARE(reader->sample(), (Table{{"Zoë", "z@x.example"}}));
    }

    void a_line_without_end_is_refused_in_bounded_memory() {
#if defined(OUTRIDER_SANITIZED)
        constexpr long mostGrowth = 400 * 1024; // freed memory is kept for a while, to see whether it is used
#else
        constexpr long mostGrowth = 60 * 1024;
#endif
        const long before = residentKilobytes();
        constexpr std::int64_t size = std::int64_t(64) << 20U;
        VERIFY_ERROR(readTable(std::make_unique<EndlessSource>("", "x", size)), ErrorCode::FileTooLarge);
        VERIFY_ERROR(readTable(std::make_unique<EndlessSource>("Name,Email\n", "x", size)), ErrorCode::FileTooLarge);
        VERIFY_ERROR(readTable(std::make_unique<EndlessSource>("Name,Email\nx,\"", "x\n", size)), ErrorCode::FileTooLarge);
        VERIFY_ERROR(readTable(std::make_unique<EndlessSource>("Name,Email\n", ",", size)), ErrorCode::FileTooLarge);
        QVERIFY(residentKilobytes() - before < mostGrowth);
    }

    void cancelling_ends_the_reading() {
        const auto progress = std::make_shared<Progress>();
        auto reader =
            TableReader::open(std::make_unique<EndlessSource>("Name,Email\n", "x,y@z.example\n", 50'000'000), {}, progress);
        VERIFY_OK(reader);
        QCOMPARE(progress->total(), 50'000'000);
        std::int64_t rows = 0;
        const auto result = reader->read([&](const TableRow&) {
            if (++rows == 100)
                progress->cancel();
            return true;
        });
        VERIFY_ERROR(result, ErrorCode::Cancelled);
        QVERIFY(rows < 100000);
        QVERIFY(progress->done() < progress->total());
    }

    void a_failure_while_reading_is_passed_on() {
        VERIFY_ERROR(readTable(std::make_unique<BrokenSource>()), ErrorCode::FileUnreadable);
    }

    void columns_are_called_as_a_spreadsheet_calls_them() {
        QCOMPARE(columnLetters(0), "A");
        QCOMPARE(columnLetters(25), "Z");
        QCOMPARE(columnLetters(26), "AA");
        QCOMPARE(columnLetters(701), "ZZ");
        QCOMPARE(columnLetters(702), "AAA");
    }
};

OUTRIDER_TEST(TableReaderTest)
#include "table_reader_test.moc"
