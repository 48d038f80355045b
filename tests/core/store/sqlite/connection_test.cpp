// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/connection.h"

#include "core/store/sqlite/transaction.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <QFile>
#include <QTemporaryDir>

using namespace outrider;
using namespace outrider::store;
using outrider::test::testKey;

class ConnectionTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::string path(const char* name = "c.outrider") { return m_dir.filePath(QString::fromLatin1(name)).toStdString(); }
    std::unique_ptr<Connection> make(const std::string& at) {
        auto made = Connection::open({.path = at, .mode = OpenMode::Create}, testKey());
        if (!made)
            qFatal("%s", made.error().detail.c_str());
        (*made)->script("CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT) STRICT; INSERT INTO t VALUES (1, 'kept')");
        return std::move(*made);
    }

private Q_SLOTS:
    void cleanup() {
        for (const QString& file : QDir(m_dir.path()).entryList(QDir::Files))
            QFile::remove(m_dir.filePath(file));
    }

    void this_process_runs_sqlcipher_4_6_or_newer() {
        const auto versions = cipherVersions();
        VERIFY_OK(versions);
        const auto cipher = QString::fromStdString(versions->cipher).split(QLatin1Char('.'));
        QVERIFY(cipher.at(0).toInt() > 4 || (cipher.at(0).toInt() == 4 && cipher.at(1).toInt() >= 6));
    }

    void the_file_is_not_plain_sqlite_and_shows_nothing_of_its_content() {
        make(path());
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.size() >= 4096);
        QVERIFY(!bytes.startsWith("SQLite format 3"));
        QVERIFY(!bytes.contains("kept"));
        QVERIFY(!bytes.contains("CREATE TABLE"));
    }

    void opens_again_with_its_key() {
        make(path());
        auto again = Connection::open({.path = path()}, testKey());
        VERIFY_OK(again);
        QCOMPARE((*again)->text("SELECT word FROM t"), std::string("kept"));
    }

    void a_wrong_key_is_refused_and_changes_nothing() {
        make(path());
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        VERIFY_ERROR(Connection::open({.path = path()}, testKey(8)), ErrorCode::WrongKey);
        file.seek(0);
        QCOMPARE(file.readAll(), before);
        VERIFY_OK(Connection::open({.path = path()}, testKey()));
    }

    void a_plain_sqlite_file_is_not_ours() {
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\0'));
        file.close();
        VERIFY_ERROR(Connection::open({.path = path()}, testKey()), ErrorCode::StoreNotOurs);
    }

    void a_missing_an_existing_and_a_cut_off_file_are_told_apart() {
        VERIFY_ERROR(Connection::open({.path = path()}, testKey()), ErrorCode::StoreNotFound);
        make(path());
        VERIFY_ERROR(Connection::open({.path = path(), .mode = OpenMode::Create}, testKey()), ErrorCode::StoreExists);
        QVERIFY(QFile::resize(QString::fromStdString(path()), 7));
        VERIFY_ERROR(Connection::open({.path = path()}, testKey()), ErrorCode::StoreDamaged);
    }

    void a_flipped_byte_is_found_when_its_page_is_read() {
        {
            auto db = make(path());
            db->script("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i+1 FROM n WHERE i < 5000) "
                       "INSERT INTO t SELECT i, 'word number ' || i FROM n");
        }
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        char byte = 0;
        file.peek(&byte, 1);
        byte = static_cast<char>(byte ^ 1);
        file.write(&byte, 1);
        file.close();
        auto db = Connection::open({.path = path()}, testKey());
        VERIFY_OK(db);
        bool damaged = false;
        try {
            (*db)->integer("SELECT sum(length(word)) FROM t");
        } catch (const StoreException& e) {
            damaged = e.error().code == ErrorCode::StoreDamaged || e.error().code == ErrorCode::WrongKey
                      || e.error().code == ErrorCode::StoreFailed;
        }
        QVERIFY(damaged);
    }

    void temporary_tables_and_sorts_stay_in_memory() {
        auto db = make(path());
        QCOMPARE(db->integer("PRAGMA temp_store"), std::int64_t(2));
    }

    void binds_and_reads_every_kind_of_value() {
        auto db = make(path());
        db->script("CREATE TABLE v(i INTEGER, r REAL, t TEXT, b BLOB, n TEXT) STRICT");
        const std::string blob("\0\1\xff", 3);
        db->run("INSERT INTO v VALUES (?1, ?2, ?3, ?4, ?5)", std::int64_t(1) << 62, 2.5, std::string("Zo\xc3\xab"),
                std::as_bytes(std::span(blob)), std::optional<std::string>());
        auto row = db->prepare("SELECT * FROM v");
        QVERIFY(row.step());
        QCOMPARE(row.integer(0), std::int64_t(1) << 62);
        QCOMPARE(row.real(1), 2.5);
        QCOMPARE(row.text(2), std::string("Zo\xc3\xab"));
        QCOMPARE(row.blob(3), blob);
        QVERIFY(row.isNull(4));
        QVERIFY(!row.step());
    }

    void a_statement_can_be_used_again_while_another_of_the_same_runs() {
        auto db = make(path());
        db->script("INSERT INTO t VALUES (2, 'two'), (3, 'three')");
        int pairs = 0;
        auto outer = db->prepare("SELECT id FROM t");
        while (outer.step()) {
            auto inner = db->prepare("SELECT id FROM t");
            while (inner.step())
                ++pairs;
        }
        QCOMPARE(pairs, 9);
    }

    void a_transaction_not_committed_is_rolled_back() {
        auto db = make(path());
        {
            Transaction transaction(*db, Transaction::Kind::Write);
            db->run("DELETE FROM t");
        }
        QCOMPARE(db->integer("SELECT count(*) FROM t"), std::int64_t(1));
        {
            Transaction transaction(*db, Transaction::Kind::Write);
            db->run("DELETE FROM t");
            transaction.commit();
        }
        QCOMPARE(db->integer("SELECT count(*) FROM t"), std::int64_t(0));
    }

    void a_second_writer_is_told_that_the_store_is_held() {
        auto first = make(path());
        auto second = Connection::open({.path = path()}, testKey());
        VERIFY_OK(second);
        (*second)->script("PRAGMA busy_timeout = 10");
        Transaction held(*first, Transaction::Kind::Write);
        try {
            const Transaction refused(**second, Transaction::Kind::Write);
            QFAIL("two writers at once");
        } catch (const StoreException& e) {
            QCOMPARE(int(e.error().code), int(ErrorCode::StoreLocked));
        }
    }
};

OUTRIDER_TEST(ConnectionTest)
#include "connection_test.moc"
