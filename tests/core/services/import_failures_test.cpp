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
