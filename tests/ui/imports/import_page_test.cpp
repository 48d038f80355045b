// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/import_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/imports/import_columns.h"

#include <QAbstractButton>
#include <QFile>
#include <QTableView>

using namespace outrider;
using imports::ImportColumnsModel;
using imports::ImportPage;
using outrider::test::ScreenFixture;

// The import wizard on a real workspace.
class ImportPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_page = std::make_unique<ImportPage>(*m_fixture->context);
        m_page->resize(1200, 800);
        m_page->show();
        m_page->enter();
    }
    void cleanup() {
        m_page.reset();
        m_fixture.reset();
    }

    void a_file_is_matched_checked_and_imported_by_keys() {
        m_page->openFile(file("first_name,last_name,email,city\nZoë,Brandt,z@nordwind.example,Hamburg\nAmina,Diallo,a@globalport."
                              "example,Rotterdam\n"));
        QTRY_COMPARE(m_page->step(), ImportPage::Step::Match);
        QCOMPARE(columns()->rowCount(), 4);
        QCOMPARE(fieldOf(2), QStringLiteral("email"));
        next();
        QCOMPARE(m_page->step(), ImportPage::Step::Check);
        next();
        QTRY_COMPARE(m_page->step(), ImportPage::Step::Done);
        QCOMPARE(leads(), 2);
        // And taken back as one.
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().history().undo()));
        QCOMPARE(leads(), 0);
    }

    void nothing_changes_before_the_last_step() {
        m_page->openFile(file("email\nz@nordwind.example\n"));
        QTRY_COMPARE(m_page->step(), ImportPage::Step::Match);
        next();
        QVERIFY(m_page->stepBack());
        QVERIFY(m_page->stepBack());
        QCOMPARE(m_page->step(), ImportPage::Step::File);
        QCOMPARE(leads(), 0);
    }

    void a_column_can_be_left_out_by_a_key() {
        m_page->openFile(file("email,city\nz@nordwind.example,Hamburg\n"));
        QTRY_COMPARE(m_page->step(), ImportPage::Step::Match);
        auto* table = named<QTableView>(QStringLiteral("Columns table"));
        table->selectRow(1);
        run(QStringLiteral("import.leave_out"));
        QTRY_COMPARE(fieldOf(1), QString());
        QCOMPARE(fieldOf(0), QStringLiteral("email"));
    }

    void what_is_no_table_is_told_and_the_page_stays_usable() {
        m_page->openFile(file(QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", 20)));
        QTRY_COMPARE(m_fixture->tell.errors.size(), std::size_t(1));
        QCOMPARE(m_page->step(), ImportPage::Step::File);
        m_page->openFile(file("email\nz@nordwind.example\n"));
        QTRY_COMPARE(m_page->step(), ImportPage::Step::Match);
    }

    void everything_to_press_has_a_name() {
        m_page->openFile(file("email,city\nz@nordwind.example,Hamburg\n"));
        QTRY_COMPARE(m_page->step(), ImportPage::Step::Match);
        for (const QAbstractButton* button : m_page->findChildren<QAbstractButton*>())
            QVERIFY2(!button->isVisible() || !button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     button->metaObject()->className());
    }

private:
    QString file(const QByteArray& content) {
        QFile out(m_files.filePath(QStringLiteral("leads%1.csv").arg(++m_count)));
        return out.open(QIODevice::WriteOnly) && out.write(content) == content.size() ? out.fileName() : QString();
    }

    template <typename T>
    T* named(const QString& name) {
        for (T* one : m_page->findChildren<T*>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    ImportColumnsModel* columns() {
        return qobject_cast<ImportColumnsModel*>(named<QTableView>(QStringLiteral("Columns table"))->model());
    }
    QString fieldOf(int row) { return columns()->index(row, 1).data(ImportColumnsModel::FieldKeyRole).toString(); }

    void run(const QString& command) {
        for (const auto& entry : m_fixture->commands->all()) {
            if (entry.command.id == command) {
                QTRY_VERIFY(entry.action->isEnabled());
                entry.action->trigger();
                return;
            }
        }
        QFAIL("no such command");
    }
    void next() { run(QStringLiteral("import.next")); }

    int leads() {
        const auto count = ScreenFixture::await(m_fixture->workspace().leads().count(Filter{}));
        return count ? int(*count) : -1;
    }

    QTemporaryDir m_files;
    int m_count = 0;
    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<ImportPage> m_page;
};

OUTRIDER_TEST(ImportPageTest)
#include "import_page_test.moc"
