// SPDX-License-Identifier: GPL-3.0-or-later
// Rows and files that cannot be taken, and a disk that fills up.
#include "core/services/import_service.h"

#include "core/store/repositories/import_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"
#include "support/test_vfs.h"

#include <QTest>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class ImportFailuresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rejected_rows_are_kept_word_for_word_written_back_and_taken_when_mended() {
        Desk desk;
        const auto result = desk.run({.path = dataFile("hubspot.csv")});
        VERIFY_OK(result);
        ImportService imports(*desk.context);
        const auto errors = wait(imports.errors(result->batch.id, 10));
        VERIFY_OK(errors);
        QCOMPARE(errors->size(), std::size_t(2));
        QCOMPARE(errors->at(0).code, std::string("invalid_email"));
        QCOMPARE(errors->at(0).cells[3], std::string("l.wojcik@baltterm"));
        QCOMPARE(errors->at(1).code, std::string("no_identity"));
        QCOMPARE(errors->at(1).cells[0], std::string("77120453"));

        const std::string path = desk.dir.filePath(QStringLiteral("mend.csv")).toStdString();
        VERIFY_OK(wait(imports.writeErrors(result->batch.id, path)));
        // As it is, it is the same file with the same mistakes, and its reasons are no data.
        const auto again = desk.preview({.path = path});
        VERIFY_OK(again);
        QCOMPARE(again->format, std::string("hubspot_contacts"));
        QCOMPARE(again->rows, std::int64_t(2));
        QCOMPARE(again->errors, std::int64_t(2));
        QCOMPARE(again->added, std::int64_t(0)); // the one without an address is known
        QCOMPARE(again->columns.back().header, std::string("Outrider reason"));
        QCOMPARE(again->columns.back().field, std::string());

        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        file.close();
        QVERIFY(text.contains("Unsubscribed from all email,Outrider reason\r\n"));
        QVERIFY(text.contains("invalid_email: l.wojcik@baltterm: not a domain after the @"));
        text.replace("l.wojcik@baltterm,", "l.wojcik@baltterm.example,");
        text.replace("77120453,,", "77120453,Nora,");
        const auto mended = desk.run({.path = desk.file(text.toStdString(), "mended.csv")});
        VERIFY_OK(mended);
        QCOMPARE(counts(*mended), counts(2, 1, 1, 0, 0, 0, 0));
        const auto lead = desk.byEmail("l.wojcik@baltterm.example");
        QVERIFY(lead);
        QCOMPARE(lead->lastName, std::string("Wójcik"));
        QCOMPARE(desk.leadCount(), std::int64_t(5));
        // And once more: a file of reasons has one column of them, however often it goes round.
        const auto thrice = desk.run({.path = path});
        VERIFY_OK(thrice);
        VERIFY_OK(wait(imports.writeErrors(thrice->batch.id, path)));
        const auto last = desk.preview({.path = path});
        QCOMPARE(last->columns.size(), again->columns.size());
        VERIFY_ERROR(wait(imports.errors(ImportId{1}, 1)), ErrorCode::NotFound);
        VERIFY_ERROR(wait(imports.writeErrors(ImportId{1}, path)), ErrorCode::NotFound);
    }

    void a_full_disk_in_the_middle_loses_nothing_that_was_there() {
        TestVfs disk("import-disk");
        Desk desk({.vfs = disk.name()});
        const std::string before = desk.hash();
        const std::string file = desk.file(manyRows(9000));
        int commits = 0;
        const int handle = desk.context->store().subscribe([&](const ChangeSet&) {
            if (++commits == 2)
                disk.failAt(1, TestVfs::Fault::DiskFull);
        });
        const auto result = desk.run({.path = file});
        desk.context->store().unsubscribe(handle);
        QVERIFY(disk.hasFailed());
        QVERIFY(!result);
        disk.heal();
        desk.reopen();
        const auto stored = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        QCOMPARE(stored.size(), std::size_t(1));
        QCOMPARE(stored[0].rows, desk.leadCount()); // what it says is there
        QVERIFY(stored[0].rows > 0 && stored[0].rows < 9000);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void a_line_of_a_gigabyte_is_refused_at_once_and_nothing_of_it_stays() {
        Desk desk;
        const std::string before = desk.hash();
        for (const char* head : {"Name,Email\nAda Moe,ada@moe.example\nBo,\"", "Name,Email\nAda Moe,ada@moe.example\nBo "}) {
            const std::string path = desk.file(head, "line.csv");
            QFile file(QString::fromStdString(path));
            QVERIFY(file.resize(qint64(1) << 30));                                // a hole: zero bytes without a line end
            VERIFY_ERROR(desk.run({.path = path}), ErrorCode::UnsupportedFormat); // zero bytes are no text
        }
        QCOMPARE(desk.hash(), before);

        std::string text = manyRows(20000); // a file like any other, as far as one looks at first
        text += "Bo,Lie," + std::string(std::size_t(6) << 20U, 'x');
        VERIFY_ERROR(desk.run({.path = desk.file(text, "late.csv")}), ErrorCode::FileTooLarge);
        QCOMPARE(desk.leadCount(), desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); }).at(0).rows);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void zero_bytes_and_two_encodings_in_one_file_cost_a_character_and_no_row() {
        Desk desk;
        std::string text = "Name,Email,City\nZoë Brandt,zoe@brandt.example,Kölln\nAda";
        text += std::string(1, '\0') + " Moe,ada@moe.example,Oslo\n";
        for (int i = 0; i < 50; ++i)
            text += "Bo Lie " + std::to_string(i) + ",bo" + std::to_string(i) + "@lie.example,Tromsø\n";
        text += "J\xF6rg Falk,joerg@falk.example,K\xF6ln\n"; // one line in Latin-1
        const auto result = desk.run({.path = desk.file(text)});
        VERIFY_OK(result);
        QCOMPARE(result->batch.added, std::int64_t(53));
        QCOMPARE(desk.byEmail("zoe@brandt.example")->city, std::string("Kölln"));
        QCOMPARE(desk.byEmail("joerg@falk.example")->lastName, std::string("Falk"));
        QVERIFY(desk.byEmail("ada@moe.example"));
    }

    void a_file_that_is_removed_while_it_is_read_is_read_to_its_end() {
        Desk desk;
        const std::string path = desk.file(manyRows(9000));
        const int handle =
            desk.context->store().subscribe([&](const ChangeSet&) { QFile::remove(QString::fromStdString(path)); });
        const auto result = desk.run({.path = path});
        desk.context->store().unsubscribe(handle);
        QVERIFY(!QFile::exists(QString::fromStdString(path)));
        VERIFY_OK(result);
        QCOMPARE(result->batch.rows, std::int64_t(9000));
    }

    void a_file_that_is_cut_off_while_it_is_read_is_an_error_and_not_the_end() {
        Desk desk;
        const std::string before = desk.hash();
        const std::string path = desk.file(manyRows(12000));
        const int handle = desk.context->store().subscribe([&](const ChangeSet&) {
            QFile file(QString::fromStdString(path));
            QVERIFY(file.resize(file.size() / 2));
        });
        const auto result = desk.run({.path = path});
        desk.context->store().unsubscribe(handle);
        VERIFY_ERROR(result, ErrorCode::FileUnreadable);
        const auto stored = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        QCOMPARE(stored.at(0).rows, desk.leadCount());
        QVERIFY(stored.at(0).rows > 0 && stored.at(0).rows < 12000);
        // Mended, it goes on where it was: what is there is known.
        const auto again = desk.run({.path = desk.file(manyRows(12000))});
        VERIFY_OK(again);
        QCOMPARE(again->batch.added, 12000 - stored.at(0).rows);
        VERIFY_OK(desk.undo());
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void what_cannot_be_imported_says_why() {
        Desk desk;
        const std::string fine = desk.file("Name,Email\nA B,a@b.example\n");
        VERIFY_ERROR(desk.run({.path = desk.dir.filePath(QStringLiteral("none.csv")).toStdString()}), ErrorCode::FileNotFound);
        VERIFY_ERROR(desk.run({.path = desk.file("", "empty.csv")}), ErrorCode::EmptyFile);
        VERIFY_ERROR(desk.run({.path = desk.file("Name,Email\n", "header.csv")}), ErrorCode::EmptyFile);
        VERIFY_ERROR(desk.run({.path = desk.file(std::string("PK\3\4\0\0binary", 12), "book.xlsx")}),
                     ErrorCode::UnsupportedFormat);
        VERIFY_ERROR(desk.run({.path = desk.file("17,4\n18,5\n19,6\n", "numbers.csv")}), ErrorCode::NoHeaderRow);
        VERIFY_ERROR(desk.run({.path = desk.file("City,Country\nOslo,Norway\n", "places.csv")}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(desk.run({.path = fine, .format = "lotus_notes"}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(desk.run({.path = fine, .mapping = {{"Email", "shoe_size"}}}), ErrorCode::InvalidField);
        VERIFY_ERROR(desk.run({.path = fine, .mapping = {{"Fax", "email"}}}), ErrorCode::NotFound);
        VERIFY_ERROR(desk.run({.path = fine, .mapping = {{"Email", "email"}, {"Name", "email"}}}), ErrorCode::Conflict);
        QCOMPARE(desk.leadCount(), std::int64_t(0));
        QVERIFY(wait(ImportService(*desk.context).list(10))->empty());
    }
};

OUTRIDER_TEST(ImportFailuresTest)
#include "import_failures_test.moc"
