// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/page_check.h"

#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class PageCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_the_library_says_of_pages_beyond_4_gib_is_its_own_mistake() {
        QVERIFY(!isSaidOfPageBeyondReach("HMAC verification failed for page 1048576", 4096));
        QVERIFY(isSaidOfPageBeyondReach("HMAC verification failed for page 1048577", 4096));
        QVERIFY(!isSaidOfPageBeyondReach("HMAC verification failed for page 1048577", 1024));
        QVERIFY(isSaidOfPageBeyondReach("HMAC verification failed for page 4194305", 1024));
        QVERIFY(!isSaidOfPageBeyondReach("HMAC verification failed for page 1048577x", 4096));
        QVERIFY(!isSaidOfPageBeyondReach("page 1048577 has an invalid size of 12 bytes (expected 4096 bytes)", 4096));
        QVERIFY(!isSaidOfPageBeyondReach("HMAC verification failed for page 99999999999999999999", 4096));
    }

    void a_page_that_was_changed_is_found_and_a_sound_file_has_none() {
        TempStore store;
        store.close();
        const auto damaged = [&] { // by a connection alone: a store would not open
            const auto db = Connection::open({.path = store.path(), .mode = OpenMode::ReadOnly}, testKey());
            return db ? damagedPages(**db, 10) : std::vector<std::string>{db.error().detail};
        };
        QCOMPARE(damaged(), std::vector<std::string>());
        QFile file(QString::fromStdString(store.path()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        std::int64_t page = 0; // of a table that opening does not read
        {
            const auto db = Connection::open({.path = store.path(), .mode = OpenMode::ReadOnly}, testKey());
            page = (*db)->integer("SELECT rootpage FROM sqlite_schema WHERE name = 'suppression'");
        }
        const qint64 middle = page * 4096 - 2048;
        QVERIFY(file.seek(middle));
        const QByteArray was = file.read(1);
        QVERIFY(file.seek(middle));
        QCOMPARE(file.write(QByteArray(1, char(was.at(0) ^ 1))), qint64(1));
        file.close();
        const auto found = damaged();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(found.front()), QStringLiteral("HMAC verification failed for page %1").arg(page));
    }
};

OUTRIDER_TEST(PageCheckTest)
#include "page_check_test.moc"
