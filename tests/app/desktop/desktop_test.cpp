// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "core/services/lead_service.h"
#include "core/services/mailbox_service.h"
#include "core/services/outbox_service.h"
#include "core/services/queue_service.h"
#include "support/fault_smtp_server.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/shell/main_window.h"
#include "ui/unlock/unlock_page.h"
#include "ui/widgets/secret_field.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace outrider;
using desktop::Desktop;
using test::FaultSmtpServer;
using test::ScreenFixture;

namespace {

constexpr std::string_view passphrase = "a long enough passphrase";

} // namespace

// Locking, leaving and quitting, with a workspace as the person has it.
class DesktopTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<frame::Preferences> m_preferences;
    ManualClock m_clock{*parseIso8601("2026-11-19T08:00Z")};
    SystemRandom m_random;
    test::NoKeychain m_keychain;
    Environment m_environment{m_clock, m_random, m_keychain, Origin::Window, WorkerMode::Thread, "Europe/Berlin"};
    std::unique_ptr<FaultSmtpServer> m_server;
    std::unique_ptr<CreatedWorkspace> m_made; // before the program starts
    std::unique_ptr<Desktop> m_desktop;
    LeadId m_lead;

    static std::shared_ptr<SecureBytes> secret() { return std::make_shared<SecureBytes>(passphrase); }
    std::string path() const { return m_folder->filePath(QStringLiteral("work.outrider")).toStdString(); }
    shell::MainWindow* main() { return m_desktop->window().findChild<shell::MainWindow*>(); }
    unlock::UnlockPage* lockScreen() {
        auto* page = m_desktop->window().findChild<unlock::UnlockPage*>();
        return page && page->isVisible() ? page : nullptr;
    }
    template <typename T>
    T* said(const char* text) {
        for (T* widget : m_desktop->window().findChildren<T*>()) {
            if (widget->isVisible() && widget->text().contains(QLatin1String(text)))
                return widget;
        }
        return nullptr;
    }
    void begin() {
        m_made.reset();
        m_desktop =
            std::make_unique<Desktop>(m_environment, *m_preferences, desktop::Wanted{.path = path(), .passphrase = secret()});
        m_desktop->start();
        QApplication::setActiveWindow(&m_desktop->window());
        QTRY_VERIFY(main());
        QTRY_VERIFY(!m_desktop->workspaceName().isEmpty());
    }
    void unlockWith(const QString& text) {
        auto* field = lockScreen()->findChild<widgets::SecretField*>();
        QTRY_VERIFY(!field->isReadOnly());
        field->setText(text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    static QString rightOne() { return QString::fromLatin1(passphrase.data(), qsizetype(passphrase.size())); }
    void touch() { QTest::keyClick(&m_desktop->window(), Qt::Key_Shift); }
    // On the lead's page, not saved.
    QPlainTextEdit* writeNote() {
        main()->openLead(m_lead, {});
        QPlainTextEdit* note = nullptr;
        const auto there = [&] {
            for (auto* edit : main()->findChildren<QPlainTextEdit*>()) {
                if (edit->isVisible() && edit->isEnabled() && edit->accessibleName() == QLatin1String("Note"))
                    note = edit;
            }
            return note != nullptr && main()->title().contains(QStringLiteral("Ada"));
        };
        if (!QTest::qWaitFor(there))
            return nullptr;
        note->setFocus();
        QTest::keyClicks(note, QStringLiteral("asks for prices"));
        return main()->hasUnsaved() ? note : nullptr;
    }
    // A message a server has and keeps its answer to: nobody may give up on it.
    void beginWithMessageUnderWay() {
        m_server = std::make_unique<FaultSmtpServer>();
        m_server->add({.at = FaultSmtpServer::At::Answer, .action = FaultSmtpServer::Action::Stall});
        Mailbox mailbox{.address = "mara@harborline.example", .displayName = "Mara"};
        mailbox.smtp = {"127.0.0.1", m_server->port(), TlsMode::None};
        mailbox.auth = AuthMethod::None;
        mailbox.holdSeconds = 0;
        QVERIFY(ScreenFixture::await(m_made->workspace->mailboxes().add(mailbox, {})));
        auto draft = ScreenFixture::await(m_made->workspace->queue().newMail(m_lead));
        QVERIFY(draft);
        draft->subject = "Prices";
        draft->body = "Hello Ada.";
        QVERIFY(ScreenFixture::await(m_made->workspace->queue().send(m_lead, *draft)));
        begin();
        QVERIFY(m_server->waitUntil([](const std::vector<std::string>& commands) {
            return std::any_of(commands.begin(), commands.end(),
                               [](const std::string& command) { return command.starts_with("DATA"); });
        }));
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_preferences = std::make_unique<frame::Preferences>(*m_settings);
        m_clock.set(*parseIso8601("2026-11-19T08:00Z"));
        CreateWorkspace request{.path = path(), .name = "Harborline", .personName = "Mara Lindqvist", .passphrase = secret()};
        auto made = ScreenFixture::await(createWorkspace(m_environment, std::move(request)));
        QVERIFY(made);
        m_made = std::make_unique<CreatedWorkspace>(std::move(**made));
        const auto lead = ScreenFixture::await(
            m_made->workspace->leads().add({{"full_name", "Ada Lovelace"}, {"email", "ada@hafenwerk.example"}}));
        QVERIFY(lead);
        m_lead = *lead;
    }
    void cleanup() {
        if (m_server)
            m_server->dropConnections();
        m_desktop.reset();
        m_made.reset();
        m_server.reset();
        m_preferences.reset();
        m_settings.reset();
        m_folder.reset();
    }

    void without_use_it_locks_and_the_passphrase_opens_it_again() {
        m_preferences->setIdleMinutes(15);
        begin();
        m_clock.advance(std::chrono::minutes(15));
        touch(); // too late: it finds it locked
        QTRY_VERIFY(lockScreen());
        QVERIFY(!main());
        QVERIFY(said<QLabel>("after 15 idle minutes"));
        QVERIFY(said<QLabel>("Harborline"));
        unlockWith(rightOne());
        QTRY_VERIFY(main());
    }
    void use_keeps_it_open() {
        m_preferences->setIdleMinutes(15);
        begin();
        for (int i = 0; i < 3; ++i) {
            m_clock.advance(std::chrono::minutes(14));
            touch();
        }
        QCoreApplication::processEvents();
        QVERIFY(main());
    }
    void never_means_never_until_it_is_chosen() {
        m_preferences->setIdleMinutes(0);
        begin();
        m_clock.advance(std::chrono::hours(48));
        touch();
        QCoreApplication::processEvents();
        QVERIFY(main());
        m_preferences->setIdleMinutes(5); // at once
        m_clock.advance(std::chrono::minutes(5));
        touch();
        QTRY_VERIFY(lockScreen());
    }
    void what_is_not_saved_stays_behind_the_lock() {
        begin();
        auto* note = writeNote();
        QVERIFY(note);
        Q_EMIT main()->lockWanted();
        QTRY_VERIFY(lockScreen());
        QVERIFY(!note->isVisible());
        QVERIFY(said<QLabel>("What you wrote is kept"));

        QSignalSpy closed(&m_desktop->window(), &desktop::Window::closed);
        QVERIFY(!m_desktop->window().close());
        QVERIFY(said<QLabel>("Unlock first"));
        QCOMPARE(closed.count(), 0);

        unlockWith(QStringLiteral("not the passphrase"));
        QTRY_VERIFY(said<QLabel>("did not open the file"));
        QVERIFY(!main()->isVisible());
        unlockWith(rightOne());
        QTRY_VERIFY(main()->isVisible());
        QVERIFY(note->isVisible());
        QCOMPARE(note->toPlainText(), QStringLiteral("asks for prices"));
        QTRY_VERIFY(!lockScreen());
    }
    void an_open_sheet_is_behind_the_lock_too() {
        begin();
        main()->newLead();
        QTRY_VERIFY(said<QLabel>("New lead"));
        auto* name = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(name);
        QTest::keyClicks(name, QStringLiteral("Grace Hopper"));
        Q_EMIT main()->lockWanted();
        QTRY_VERIFY(lockScreen());
        QVERIFY(!name->isVisible());
        unlockWith(rightOne());
        QTRY_VERIFY(name->isVisible());
        QCOMPARE(name->text(), QStringLiteral("Grace Hopper"));
        QVERIFY(name->hasFocus());
        QTRY_VERIFY(!lockScreen());

        name->clear(); // nothing is lost now: it goes with the page
        const QPointer<QLineEdit> gone = name;
        Q_EMIT main()->lockWanted();
        QTRY_VERIFY(lockScreen());
        QVERIFY(!gone);
    }
    void quitting_asks_about_what_is_not_saved() {
        begin();
        QVERIFY(writeNote());
        QSignalSpy closed(&m_desktop->window(), &desktop::Window::closed);
        m_desktop->window().close();
        QVERIFY(said<QLabel>("Something you wrote is not saved"));
        said<QAbstractButton>("Look at it")->click();
        QVERIFY(main()->hasUnsaved());
        QCOMPARE(closed.count(), 0);
        m_desktop->window().close();
        QTRY_VERIFY(said<QAbstractButton>("Quit without it"));
        said<QAbstractButton>("Quit without it")->click();
        QTRY_COMPARE(closed.count(), 1);
    }
    void quitting_with_nothing_unsaved_asks_nothing() {
        begin();
        QSignalSpy closed(&m_desktop->window(), &desktop::Window::closed);
        m_desktop->window().close();
        QTRY_COMPARE(closed.count(), 1);
        QVERIFY(!m_desktop->isClosing());
    }
    void a_message_under_way_is_finished_behind_the_locked_screen() {
        beginWithMessageUnderWay();
        Q_EMIT main()->lockWanted();
        QTRY_VERIFY(lockScreen());
        QVERIFY(m_desktop->isClosing()); // the window did not wait for it
        unlockWith(rightOne());
        QTRY_VERIFY(said<QLabel>("under way is being finished"));
        QVERIFY(!main());
        m_server->dropConnections();
        QTRY_VERIFY(main());
        const auto counts = ScreenFixture::await(main()->context().workspace.outbox().counts());
        QVERIFY(counts);
        QCOMPARE(counts->unknown, 1); // not lost, and not sent again by itself
        QCOMPARE(counts->waiting, 0);
    }
    void quitting_says_what_it_waits_for_and_can_be_called_off() {
        beginWithMessageUnderWay();
        QSignalSpy closed(&m_desktop->window(), &desktop::Window::closed);
        m_desktop->window().close();
        QTRY_VERIFY(said<QLabel>("a message being sent"));
        QCOMPARE(closed.count(), 0);
        said<QAbstractButton>("Do not quit")->click();
        QTRY_VERIFY(lockScreen());
        QVERIFY(m_desktop->isClosing());

        m_desktop->window().close();
        QTRY_VERIFY(said<QLabel>("a message being sent"));
        m_server->dropConnections();
        QTRY_COMPARE(closed.count(), 1);
    }
};

OUTRIDER_TEST(DesktopTest)
#include "desktop_test.moc"
