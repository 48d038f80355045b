// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_writer.h"

#include "core/exchange/csv_guard.h"
#include "core/exchange/read_table.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace outrider;
using namespace outrider::exchange;
using test::Cells;
using test::readTable;
using test::Table;

namespace {

std::string written(const Table& rows, const CsvOptions& options = {.byteOrderMark = false}) {
    std::string text = options.byteOrderMark ? "\xEF\xBB\xBF" : "";
    for (const Cells& row : rows) {
        const std::vector<std::string_view> cells(row.begin(), row.end());
        appendRecord(text, cells, options);
    }
    return text;
}

// UTF-8 text of the characters that make trouble.
rc::Gen<std::string> cellText() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                            "a", "B", "7", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", " ", "=", "+", "-", "@", "'", "ü", "王",
                            "😀", "＝", std::string(1, '\0'), "\uFEFF")),
                        [](const std::vector<std::string>& parts) {
                            std::string text;
                            for (const auto& part : parts)
                                text += part;
                            return text;
                        });
}

} // namespace

class CsvWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void records_follow_rfc_4180() {
        QCOMPARE(written({{"name", "note"}, {"Zoë", "a, b"}, {"say \"hi\"", "two\nlines"}, {"", ""}}),
                 "name,note\r\nZoë,\"a, b\"\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n,\r\n");
    }

    void a_single_empty_cell_is_no_blank_line() { QCOMPARE(written({{""}}), "\"\"\r\n"); }

    void a_byte_order_mark_comes_first_when_wanted() {
        QVERIFY(written({{"a"}}, {.byteOrderMark = true}).starts_with("\xEF\xBB\xBF"));
    }

    void no_cell_begins_like_a_formula_data() {
        QTest::addColumn<QByteArray>("cell");
        for (const char* cell : {"=1+1", "+49 30 1234567", "-5", "@SUM(A1)", "\tx", "\r=x", "\n=x", "＝1", "＋1", "－1", "＠x",
                                 "'=1", "''=1", "=cmd|' /C calc'!A0"})
            QTest::newRow(cell) << QByteArray(cell);
    }

    void no_cell_begins_like_a_formula() {
        QFETCH(QByteArray, cell);
        const std::string text = written({{cell.toStdString()}});
        QVERIFY(text.starts_with("'") || text.starts_with("\"'"));
        QCOMPARE(std::string(restored("'" + cell.toStdString())), cell.toStdString());
    }

    void ordinary_cells_are_not_guarded() {
        QCOMPARE(written({{"O'Neill", "'s-Hertogenbosch", "a=b", "5-6", "'quoted'"}}),
                 "O'Neill,'s-Hertogenbosch,a=b,5-6,'quoted'\r\n");
        QCOMPARE(std::string(restored("'s-Hertogenbosch")), "'s-Hertogenbosch");
        QCOMPARE(std::string(restored("'")), "'");
    }

    void a_phone_number_survives_the_round_trip() {
        const auto back = readTable(written({{"Name", "Phone"}, {"Zoë", "+49 30 1234567"}}));
        VERIFY_OK(back);
        QCOMPARE(back->rows, (Table{{"Zoë", "+49 30 1234567"}}));
    }

    void any_table_written_is_read_again_as_it_was() {
        VERIFY_PROPERTY([] {
            const auto columns = *rc::gen::inRange<std::size_t>(1, 6);
            const auto rows = *rc::gen::container<Table>(rc::gen::container<Cells>(columns, cellText()));
            CsvOptions options;
            options.delimiter = *rc::gen::element(',', ';', '\t', '|');
            options.byteOrderMark = *rc::gen::arbitrary<bool>();
            RC_PRE(!rows.empty());
            const auto back = readTable(
                written(rows, options),
                {.encoding = "UTF-8", .delimiter = options.delimiter, .header = HeaderMode::None, .keepBlankRows = true});
            RC_PRE(back.has_value() || back.error().code != ErrorCode::EmptyFile);            // nothing but blank cells
            RC_ASSERT(back.has_value() || back.error().code == ErrorCode::UnsupportedFormat); // mostly NUL
            if (back)
                RC_ASSERT(back->rows == rows);
        });
    }

    void a_file_appears_complete_or_not_at_all() {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("Zoë.csv")).toStdString();
        {
            auto writer = CsvWriter::create(path);
            VERIFY_OK(writer);
            VERIFY_OK(writer->write(Cells{"a", "b"}));
        } // not finished
        QVERIFY(QDir(dir.path()).isEmpty());
        auto writer = CsvWriter::create(path);
        VERIFY_OK(writer);
        VERIFY_OK(writer->write(Cells{"a", "b"}));
        QVERIFY(!QFile::exists(QString::fromStdString(path)));
        VERIFY_OK(writer->finish());
        QCOMPARE(writer->records(), 1);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("\xEF\xBB\xBF"
                                            "a,b\r\n"));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
        VERIFY_ERROR(writer->write(Cells{"late"}), ErrorCode::Internal);
    }

    void an_older_file_stays_until_the_new_one_is_complete() {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("x.csv"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        {
            auto writer = CsvWriter::create(path.toStdString());
            VERIFY_OK(writer);
            VERIFY_OK(writer->write(Cells{"new"}));
        }
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }

    void a_folder_that_does_not_exist_is_reported() {
        VERIFY_ERROR(CsvWriter::create("/nonexistent/folder/x.csv"), ErrorCode::FileUnwritable);
    }

    void a_full_disk_is_reported_and_leaves_nothing() {
        QTemporaryDir dir;
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{.rlim_cur = 1 << 20, .rlim_max = before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        Result<> result;
        {
            auto writer = CsvWriter::create(dir.filePath(QStringLiteral("x.csv")).toStdString());
            VERIFY_OK(writer);
            const Cells row{std::string(1000, 'x')};
            for (int i = 0; i < 5000 && result; ++i)
                result = writer->write(row);
            VERIFY_ERROR(writer->finish(), ErrorCode::DiskFull); // the first failure is final
        }
        setrlimit(RLIMIT_FSIZE, &before);
        VERIFY_ERROR(result, ErrorCode::DiskFull);
        QVERIFY(QDir(dir.path()).isEmpty());
    }
};

OUTRIDER_TEST(CsvWriterTest)
#include "csv_writer_test.moc"
