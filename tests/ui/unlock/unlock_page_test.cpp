// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unlock/unlock_page.h"

#include "core/security/keychain.h"
#include "core/services/backup_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/unlock/first_run_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/secret_field.h"

#include <QCheckBox>
#include <QFile>
#include <QLabel>

#include <future>

using namespace outrider;
using namespace outrider::unlock;

// Making a workspace and opening it again, as a person does it.
class UnlockPageTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    ManualClock m_clock{*parseIso8601("2026-11-19T08:00Z")};
    SystemRandom m_random;
    test::NoKeychain m_keychain;
    Environment m_environment{m_clock, m_random, m_keychain, Origin::Window, WorkerMode::Thread, "Europe/Berlin"};
    int m_made = 0;

    std::string freshPath() { return m_folder.filePath(QStringLiteral("%1.outrider").arg(++m_made)).toStdString(); }

    template <typename T>
    static T* the(QWidget& page, const char* accessibleName) {
        for (T* widget : page.findChildren<T*>()) {
            if (widget->accessibleName() == QLatin1String(accessibleName) && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    template <typename T>
    static T* withText(QWidget& page, const char* text) {
        for (T* widget : page.findChildren<T*>()) {
            if (widget->text().contains(QLatin1String(text)) && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    std::string make(const char* passphrase) {
        CreateWorkspace request{.path = freshPath(), .name = "Harborline", .personName = "Mara"};
        request.passphrase = std::make_shared<SecureBytes>(std::string_view(passphrase));
        const std::string path = request.path;
        auto made = test::ScreenFixture::await(createWorkspace(m_environment, std::move(request)));
        return made ? path : std::string();
    }
    static void fill(QWidget& page, const char* field, const char* text) {
        auto* line = the<QLineEdit>(page, field);
        QVERIFY2(line, field);
        line->setFocus();
        line->clear();
        QTest::keyClicks(line, QString::fromUtf8(text));
    }

    // A workspace with a backup beside it, closed.
    std::string makeWithBackup() {
        const std::string path = make("correct horse battery staple");
        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("correct horse battery staple"))};
        auto opened = test::ScreenFixture::await(openWorkspace(m_environment, path, with));
        const bool made = opened && test::ScreenFixture::await((*opened)->backups().create()).has_value();
        return made ? path : std::string();
    }
    // Through the sheet, with that passphrase; the path that is to be opened then.
    QString restoreIn(UnlockPage& page) {
        QString restored;
        connect(&page, &UnlockPage::restored, this, [&restored](const QString& path) { restored = path; });
        auto* offer = withText<widgets::Button>(page, "Restore from a backup");
        if (offer == nullptr)
            return {};
        offer->click();
        fill(page, "Passphrase of the backup", "correct horse battery staple");
        for (auto* button : page.findChildren<widgets::Button*>()) {
            if (button->text() == QLatin1String("Restore"))
                button->click();
        }
        if (!QTest::qWaitFor([&] { return withText<QLabel>(page, "Restored to") != nullptr; }, 20'000))
            return {};
        for (auto* button : page.findChildren<widgets::Button*>()) {
            if (button->text() == QLatin1String("Open it"))
                button->click();
        }
        return restored;
    }

private Q_SLOTS:
    void a_lost_workspace_comes_back_from_its_backup_to_where_it_was() {
        const std::string path = makeWithBackup();
        QVERIFY(!path.empty());
        for (const char* suffix : {"", "-wal", "-shm", ".keys"})
            QFile::remove(QString::fromStdString(path + suffix));
        UnlockPage page(m_environment, path, {});
        page.resize(900, 900);
        page.show();
        QCOMPARE(restoreIn(page).toStdString(), path);
        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("correct horse battery staple"))};
        VERIFY_OK(test::ScreenFixture::await(openWorkspace(m_environment, path, with)));
    }

    void a_damaged_workspace_is_left_as_it_is_and_its_backup_opened_beside() {
        const std::string path = makeWithBackup();
        QVERIFY(!path.empty());
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.write(QByteArray(4096, 'x')) == 4096); // the first page
        file.close();
        UnlockPage page(m_environment, path, {});
        page.resize(900, 900);
        page.show();
        QVERIFY(!withText<widgets::Button>(page, "Restore from a backup"));
        fill(page, "Passphrase", "correct horse battery staple");
        QTest::keyClick(the<widgets::SecretField>(page, "Passphrase"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(withText<widgets::Button>(page, "Restore from a backup"), 20'000);
        const QString restored = restoreIn(page);
        QVERIFY(restored.endsWith(QLatin1String("-restored.outrider")));
        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("correct horse battery staple"))};
        VERIFY_OK(test::ScreenFixture::await(openWorkspace(m_environment, restored.toStdString(), with)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.read(16), QByteArray(16, 'x'));
    }

    void a_wrong_passphrase_keeps_the_field_and_says_so() {
        const std::string path = make("correct horse battery staple");
        QVERIFY(!path.empty());
        UnlockPage page(m_environment, path, {});
        page.show();
        std::shared_ptr<Workspace> opened;
        connect(&page, &UnlockPage::opened, this,
                [&opened](std::shared_ptr<Workspace> workspace) { opened = std::move(workspace); });
        fill(page, "Passphrase", "correct horse battery stable");
        auto* field = the<widgets::SecretField>(page, "Passphrase");
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(withText<QLabel>(page, "did not open the file"));
        QCOMPARE(field->text(), QStringLiteral("correct horse battery stable"));
        QVERIFY(!opened);

        fill(page, "Passphrase", "correct horse battery staple");
        QVERIFY(!withText<QLabel>(page, "did not open the file"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(opened);
        QVERIFY(field->text().isEmpty());
    }
    void caps_lock_is_noticed_from_what_is_typed() {
        const std::string path = make("correct horse battery staple");
        UnlockPage page(m_environment, path, {});
        page.show();
        auto* field = the<widgets::SecretField>(page, "Passphrase");
        QKeyEvent capital(QEvent::KeyPress, Qt::Key_C, Qt::NoModifier, QStringLiteral("C"));
        QApplication::sendEvent(field, &capital);
        QVERIFY(field->capsLockIsOn());
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(withText<QLabel>(page, "did not open the file"));
        QVERIFY(withText<QLabel>(page, "Caps Lock is on"));
    }
    void a_file_that_is_open_elsewhere_can_be_read() {
        const std::string path = make("correct horse battery staple");
        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("correct horse battery staple"))};
        const auto first = test::ScreenFixture::await(openWorkspace(m_environment, path, with));
        QVERIFY(first);
        UnlockPage page(m_environment, path, {});
        page.show();
        std::shared_ptr<Workspace> opened;
        connect(&page, &UnlockPage::opened, this,
                [&opened](std::shared_ptr<Workspace> workspace) { opened = std::move(workspace); });
        page.tryPassphrase(with.secret);
        QTRY_VERIFY(withText<QAbstractButton>(page, "read only"));
        QVERIFY(withText<QLabel>(page, "is open in"));
        withText<QAbstractButton>(page, "read only")->click();
        QTRY_VERIFY(opened);
        QVERIFY(opened->isReadOnly());
    }
    void what_keeps_a_file_from_opening_at_all_is_said_at_once() {
        const std::string path = make("correct horse battery staple");
        QFile keys(QString::fromStdString(path + ".keys"));
        QVERIFY(keys.open(QIODevice::WriteOnly));
        keys.write("not json");
        keys.close();
        UnlockPage page(m_environment, path, {});
        page.show();
        QVERIFY(withText<QLabel>(page, "key file is damaged"));
        QVERIFY(!the<widgets::SecretField>(page, "Passphrase"));
    }
    void what_was_made_at_the_first_start_opens_again() {
        const std::string path = freshPath();
        FirstRunPage page(m_environment, path);
        page.resize(1440, 900);
        page.show();
        std::shared_ptr<Workspace> made;
        bool importing = true;
        connect(&page, &FirstRunPage::created, this, [&](std::shared_ptr<Workspace> workspace, bool import) {
            made = std::move(workspace);
            importing = import;
        });
        fill(page, "Your name", "Mara Lindqvist");
        fill(page, "E-mail", "mara@harborline.example");
        fill(page, "Passphrase", "correct horse battery staple");
        QVERIFY(withText<QLabel>(page, "Strong"));
        withText<QAbstractButton>(page, "Continue")->click();
        QTRY_VERIFY(withText<QLabel>(page, "Keep this recovery code"));
        auto* start = withText<QAbstractButton>(page, "Start");
        QVERIFY(!start->isEnabled());
        the<QCheckBox>(page, "I have kept it, away from this computer")->click();
        start->click();
        QVERIFY(made);
        QVERIFY(!importing);
        made.reset();

        UnlockPage again(m_environment, path, {});
        again.show();
        std::shared_ptr<Workspace> opened;
        connect(&again, &UnlockPage::opened, this,
                [&opened](std::shared_ptr<Workspace> workspace) { opened = std::move(workspace); });
        fill(again, "Passphrase", "correct horse battery staple");
        QTest::keyClick(the<widgets::SecretField>(again, "Passphrase"), Qt::Key_Return);
        QTRY_VERIFY(opened);
    }
    void the_recovery_code_opens_what_was_made() {
        CreateWorkspace request{.path = freshPath(), .name = "Harborline", .personName = "Mara"};
        request.passphrase = std::make_shared<SecureBytes>(std::string_view("correct horse battery staple"));
        const std::string path = request.path;
        std::string code;
        {
            const auto made = test::ScreenFixture::await(createWorkspace(m_environment, std::move(request)));
            QVERIFY(made);
            code = std::string((*made)->recoveryCode.view());
        }
        UnlockPage page(m_environment, path, {});
        page.show();
        std::shared_ptr<Workspace> opened;
        connect(&page, &UnlockPage::opened, this,
                [&opened](std::shared_ptr<Workspace> workspace) { opened = std::move(workspace); });
        withText<QAbstractButton>(page, "Recovery code")->click();
        auto* field = the<widgets::SecretField>(page, "Recovery code");
        QVERIFY(field);
        QCOMPARE(field->echoMode(), QLineEdit::Normal);
        field->setText(QString::fromStdString(code));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(opened);
    }
    void a_short_passphrase_makes_nothing() {
        const std::string path = freshPath();
        FirstRunPage page(m_environment, path);
        page.show();
        fill(page, "Your name", "Mara");
        fill(page, "Passphrase", "short");
        withText<QAbstractButton>(page, "Continue")->click();
        QVERIFY(withText<QLabel>(page, "too short"));
        QVERIFY(!QFile::exists(QString::fromStdString(path)));
    }
    void a_file_that_is_still_closing_is_opened_when_it_has_closed() {
        const std::string path = make("correct horse battery staple");
        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("correct horse battery staple"))};
        auto workspace = test::ScreenFixture::await(openWorkspace(m_environment, path, with));
        QVERIFY(workspace);
        Worker closer("closing");
        std::promise<void> underWay; // a message being sent
        closer.post([done = underWay.get_future().share()] { done.wait(); });
        UnlockPage page(m_environment, path, {.locked = QStringLiteral("Locked at 12:40"), .after = (*workspace)->close(closer)});
        workspace->reset(); // at once
        page.show();
        std::shared_ptr<Workspace> opened;
        connect(&page, &UnlockPage::opened, this, [&opened](std::shared_ptr<Workspace> w) { opened = std::move(w); });
        page.tryPassphrase(with.secret);
        QVERIFY(withText<QLabel>(page, "under way is being finished"));
        QVERIFY(!opened);
        underWay.set_value();
        QTRY_VERIFY(opened);
        QVERIFY(!opened->isReadOnly());
    }
};

OUTRIDER_TEST(UnlockPageTest)
#include "unlock_page_test.moc"
