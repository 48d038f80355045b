// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "support/fault_smtp_server.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/toast.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

using namespace outrider;
using shell::MainWindow;
using test::ScreenFixture;

// The window around the pages, on a real workspace.
class MainWindowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;

    LeadId addLead(const char* name) {
        const auto id = ScreenFixture::await(m_fixture->workspace().leads().add({{"full_name", name}}));
        return id ? *id : LeadId{};
    }
    qint64 leads() {
        const auto count = ScreenFixture::await(m_fixture->workspace().leads().count(Filter{}));
        return count ? *count : -1;
    }
    QString toast() { return m_window->findChild<shell::Toast*>()->text(); }
    bool says(const QString& text) {
        for (const QLabel* label : m_window->findChildren<QLabel*>()) {
            if (label->isVisible() && label->accessibleName().contains(text))
                return true;
        }
        for (const auto* button : m_window->findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->text().contains(text))
                return true;
        }
        return false;
    }
    void keys(const char* text) {
        const QKeyCombination key = QKeySequence(QString::fromLatin1(text))[0];
        QWidget* focus = QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get();
        QTest::keyClick(focus, key.key(), key.keyboardModifiers());
    }

    // A mailbox at a server, and a message that goes there.
    bool sendThrough(int port, AuthMethod auth) {
        Mailbox mailbox{.address = "mara@harborline.example", .displayName = "Mara"};
        mailbox.smtp = {"127.0.0.1", port, TlsMode::None};
        mailbox.auth = auth;
        mailbox.holdSeconds = 0;
        auto secret = std::make_shared<SecureBytes>(std::string_view("an old password"));
        if (!ScreenFixture::await(m_fixture->workspace().mailboxes().add(mailbox, secret)))
            return false;
        const auto lead = ScreenFixture::await(
            m_fixture->workspace().leads().add({{"full_name", "Ada Lovelace"}, {"email", "ada@hafenwerk.example"}}));
        auto draft = ScreenFixture::await(m_fixture->workspace().queue().newMail(lead ? *lead : LeadId{}));
        if (!draft)
            return false;
        draft->subject = "Prices";
        draft->body = "Hello Ada.";
        return ScreenFixture::await(m_fixture->workspace().queue().send(*lead, *draft))
               && ScreenFixture::await(m_fixture->workspace().outbox().runOnce(1));
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_window = std::make_unique<MainWindow>(m_fixture->workspace(), *m_fixture->preferences);
        m_window->resize(1440, 900);
        m_window->show();
        QApplication::setActiveWindow(m_window.get());
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void what_was_done_is_told_and_taken_back_by_u_while_it_is_shown() {
        QVERIFY(addLead("Ada Lovelace"));
        m_window->done(QStringLiteral("Added Ada"), true, theme::Icon::User);
        QCOMPARE(toast(), QStringLiteral("Added Ada"));
        m_window->setFocus();
        keys("U");
        QTRY_COMPARE(leads(), qint64(0));
        QTRY_VERIFY(toast().startsWith(QStringLiteral("Taken back")));
        keys("U"); // offers redo now: nothing more is taken back
        keys("Ctrl+Shift+Z");
        QTRY_COMPARE(leads(), qint64(1));
    }
    void u_is_only_a_letter_when_nothing_offers_undo() {
        QVERIFY(addLead("Ada Lovelace"));
        m_window->findChild<shell::Rail*>()->findChild<QListView*>()->setFocus();
        keys("U");
        QCOMPARE(leads(), qint64(1));
        keys("Ctrl+Z");
        QTRY_COMPARE(leads(), qint64(0));
    }
    void the_last_act_stands_in_the_status_bar() {
        QVERIFY(addLead("Ada Lovelace"));
        QTRY_VERIFY(says(QStringLiteral("Last: added")));
    }
    void a_failure_stays_until_it_is_closed() {
        m_window->failed(Error(ErrorCode::DiskFull, "/x"), QStringLiteral("The note was not saved."));
        QVERIFY(toast().contains(QStringLiteral("not saved")));
        QVERIFY(toast().contains(QStringLiteral("disk is full")));
    }
    void a_message_in_its_undo_window_counts_down_and_is_gone_when_it_left() {
        m_window->sending(QStringLiteral("Zoë"), m_fixture->clock.now() + std::chrono::seconds(8));
        QVERIFY(toast().contains(QStringLiteral("8 s")));
        m_fixture->clock.advance(std::chrono::seconds(5));
        QTRY_VERIFY(toast().contains(QStringLiteral("3 s")));
        m_fixture->clock.advance(std::chrono::seconds(3));
        QTRY_COMPARE(toast(), QString());
    }
    void the_rail_counts_what_is_due() {
        const LeadId lead = addLead("Ada Lovelace");
        QVERIFY(lead);
        QVERIFY(
            ScreenFixture::await(m_fixture->workspace().leads().addTask(lead, Channel::Call, "Call", m_fixture->clock.now())));
        auto& rail = m_window->findChild<shell::Rail*>()->model();
        QTRY_COMPARE(rail.count(shell::Place::Today), qint64(1));
        const QString row = rail.index(0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(row, QStringLiteral("Today, 1"));
    }
    void saved_views_are_in_the_rail() {
        QVERIFY(ScreenFixture::await(m_fixture->workspace().leads().saveView({.name = "Warm", .filter = "score>=60"})));
        const auto& rail = m_window->findChild<shell::Rail*>()->model();
        QTRY_COMPARE(rail.index(rail.rowCount() - 1).data().toString(), QStringLiteral("Warm"));
    }
    void everything_is_held_by_one_key_and_said_everywhere() {
        keys("Ctrl+Shift+H");
        QTRY_VERIFY(says(QStringLiteral("No message leaves")));
        m_window->go(shell::Place::Leads);
        QVERIFY(says(QStringLiteral("No message leaves")));
        QTRY_VERIFY(says(QStringLiteral("Everything is held")));
        keys("Ctrl+Shift+H");
        QTRY_VERIFY(!says(QStringLiteral("No message leaves")));
    }
    void without_a_network_the_status_bar_says_how_many_wait() {
        int port = 0;
        { // a port where nobody listens any more
            const test::FaultSmtpServer server;
            port = server.port();
        }
        QVERIFY(sendThrough(port, AuthMethod::None));
        QTRY_VERIFY(says(QStringLiteral("Offline. 1 message waits in the outbox")));
    }
    void a_refused_password_is_said_everywhere_with_the_way_to_mend_it() {
        test::FaultSmtpServer server;
        server.offer("AUTH PLAIN");
        server.add({.at = test::FaultSmtpServer::At::Auth,
                    .action = test::FaultSmtpServer::Action::Reply,
                    .reply = "535 5.7.8 Bad credentials",
                    .times = -1});
        QVERIFY(sendThrough(server.port(), AuthMethod::Plain));
        QTRY_VERIFY(says(QStringLiteral("asks you to sign in again")));
        m_window->go(shell::Place::Leads);
        QVERIFY(says(QStringLiteral("asks you to sign in again")));
        for (auto* button : m_window->findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->text() == QLatin1String("Sign in again")) {
                button->click();
                break;
            }
        }
        QCOMPARE(m_window->currentKind(), shell::PageKind::Settings);
    }
    void the_rail_is_icons_alone_in_a_narrow_window() {
        auto* rail = m_window->findChild<shell::Rail*>();
        QVERIFY(!rail->isCollapsed());
        m_window->resize(1024, 640);
        QVERIFY(rail->isCollapsed());
    }
    void places_are_reached_by_key_and_left_by_alt_left() {
        keys("Ctrl+3");
        QCOMPARE(m_window->currentKind(), shell::PageKind::Leads);
        keys("Ctrl+,");
        QCOMPARE(m_window->currentKind(), shell::PageKind::Settings);
        keys("Alt+Left");
        QCOMPARE(m_window->currentKind(), shell::PageKind::Leads);
        keys("Alt+Right");
        QCOMPARE(m_window->currentKind(), shell::PageKind::Settings);
    }
    void the_palette_finds_a_lead_and_opens_it() {
        const LeadId lead = addLead("Jacqueline Snoeck");
        QVERIFY(lead);
        keys("Ctrl+K");
        QVERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("@snoeck"));
        auto* found = m_window->findChild<shell::Palette*>()->findChild<QListView*>();
        QTRY_COMPARE(found->currentIndex().data().toString(), QStringLiteral("Jacqueline Snoeck"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_window->currentKind(), shell::PageKind::Lead);
    }
    void every_command_is_in_the_palette() {
        QStringList missing;
        const auto entries = m_window->context().commands.available();
        shell::PaletteModel::Input input{.commands = entries};
        const auto rows = shell::PaletteModel::rowsFor(shell::PaletteModel::parse(QString()), input);
        for (const auto& entry : entries) {
            const bool there = std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id == entry.command.id; });
            if (!there || entry.command.text.isEmpty() || entry.command.group.isEmpty())
                missing.append(entry.command.id);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char(' '))));
    }
    void a_lead_is_added_in_a_few_words_with_its_next_step() {
        keys("Ctrl+N");
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Grace Hopper"));
        QWidget* step = nullptr;
        for (QLineEdit* line : m_window->findChildren<QLineEdit*>()) {
            if (line->isVisible() && line->accessibleName() == QLatin1String("Next step"))
                step = line;
        }
        QVERIFY(step);
        step->setFocus();
        QTest::keyClicks(step, QStringLiteral("call tomorrow 10:00"));
        QTest::keyClick(step, Qt::Key_Return);
        QTRY_COMPARE(m_window->currentKind(), shell::PageKind::Lead);
        QCOMPARE(leads(), qint64(1));
        QTRY_COMPARE(ScreenFixture::await(m_fixture->workspace().leads().count(*parseFilter("due:tomorrow"))).value_or(0),
                     qint64(1));
    }
};

OUTRIDER_TEST(MainWindowTest)
#include "main_window_test.moc"
