// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings_page.h"

#include "core/services/suppression_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/settings/appearance_panel.h"
#include "ui/settings/keyboard_panel.h"
#include "ui/settings/mailbox_form.h"
#include "ui/settings/mailboxes_panel.h"
#include "ui/settings/security_panel.h"
#include "ui/settings/suppression_panel.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/secret_field.h"
#include "ui/widgets/sheet.h"

#include <QAccessible>
#include <QApplication>
#include <QPlainTextEdit>
#include <QScrollArea>

using namespace outrider;
using namespace outrider::settings;
using test::ScreenFixture;

// Settings on a real workspace.
class SettingsPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    SettingsPage* m_page = nullptr;

    std::vector<Mailbox> mailboxes() {
        const auto all = ScreenFixture::await(m_fixture->workspace().mailboxes().list());
        return all ? *all : std::vector<Mailbox>();
    }

    template <typename T>
    T* the(const QString& accessibleName) const {
        for (T* widget : m_window->findChildren<T*>()) {
            if (widget->accessibleName() == accessibleName && widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    // The form of a new mailbox with an address typed.
    MailboxForm* newMailbox() {
        auto* panel = m_page->open<MailboxesPanel>();
        panel->openMailbox(std::nullopt);
        MailboxForm* form = panel->form();
        form->addressEdit()->setFocus();
        QTest::keyClicks(form->addressEdit(), QStringLiteral("mara@harborline.example"));
        QTest::keyClick(form->addressEdit(), Qt::Key_Tab);
        Q_EMIT form->addressEdit()->editingFinished();
        return form;
    }

    // What can be reached by Tab and has no name for a screen reader.
    static QStringList nameless(const QWidget& in) {
        QStringList found;
        for (QWidget* widget : in.findChildren<QWidget*>()) {
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0
                && qobject_cast<QScrollArea*>(widget) == nullptr && widget->focusProxy() == nullptr && accessible != nullptr
                && accessible->text(QAccessible::Name).isEmpty())
                found.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ')
                             + widget->parentWidget()->accessibleName());
        }
        return found;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_window = std::make_unique<QWidget>();
        m_window->resize(1240, 860);
        m_page = new SettingsPage(*m_fixture->context, m_window.get());
        m_page->resize(m_window->size());
        m_window->show();
        m_page->enter();
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void an_address_fills_in_the_servers() {
        const Mailbox mailbox = newMailbox()->mailbox();
        QCOMPARE(mailbox.smtp.host, std::string("smtp.harborline.example"));
        QCOMPARE(mailbox.imap.port, 993);
        QCOMPARE(mailbox.userName, std::string("mara@harborline.example"));
    }

    void an_empty_server_and_a_bad_port_are_said_at_their_fields() {
        MailboxForm* form = newMailbox();
        form->secret()->setText(QStringLiteral("tide-table"));
        form->smtpHostEdit()->clear();
        form->smtpPortEdit()->setText(QStringLiteral("99999"));
        QVERIFY(!form->validate());
        QCOMPARE(nameless(*m_window), QStringList());
        QVERIFY(!form->fault(MailboxField::SmtpHost).isEmpty());
        QVERIFY(!form->fault(MailboxField::SmtpPort).isEmpty());
        QVERIFY(form->fault(MailboxField::ImapHost).isEmpty());
        m_page->open<MailboxesPanel>()->save();
        QVERIFY(mailboxes().empty());
        form->smtpHostEdit()->setText(QStringLiteral("smtp.harborline.example"));
        form->smtpPortEdit()->setText(QStringLiteral("465"));
        QVERIFY(form->validate());
    }

    void a_mailbox_without_a_password_is_not_added() {
        MailboxForm* form = newMailbox();
        QVERIFY(!form->validate());
        QVERIFY(!form->fault(MailboxField::Secret).isEmpty());
    }

    void the_password_is_not_kept_in_the_window_after_saving() {
        MailboxForm* form = newMailbox();
        form->smtpHostEdit()->setText(QStringLiteral("localhost")); // the test that follows stays on this computer
        form->smtpPortEdit()->setText(QStringLiteral("1"));
        form->imapHostEdit()->clear();
        QTest::keyClicks(form->secret(), QStringLiteral("tide-table"));
        QVERIFY(!form->secret()->isEmpty());
        m_page->open<MailboxesPanel>()->save();
        QTRY_COMPARE(mailboxes().size(), std::size_t(1));
        QTRY_VERIFY(form->secret()->isEmpty());
        form->secret()->undo();
        QVERIFY(form->secret()->isEmpty());
        // An edit without one keeps the one in the vault.
        QTRY_VERIFY(!form->isChanged());
        form->findChild<widgets::NumberField*>()->setValue(33);
        m_page->open<MailboxesPanel>()->save();
        QTRY_COMPARE(mailboxes().front().dailyLimit, 33);
        QVERIFY(form->secret()->isEmpty());
        // A ramp begins when it is set, and is not begun anew by the next edit.
        for (widgets::NumberField* number : form->findChildren<widgets::NumberField*>()) {
            if (number->accessibleName() == QStringLiteral("In one hour"))
                number->setValue(8);
            if (number->accessibleName() == QStringLiteral("Ramp, first day"))
                number->setValue(5);
        }
        m_page->open<MailboxesPanel>()->save();
        QTRY_COMPARE(mailboxes().front().limits.perHour, 8);
        QCOMPARE(mailboxes().front().limits.rampStart, 5);
        QCOMPARE(mailboxes().front().limits.rampStep, 1);
        QVERIFY(mailboxes().front().limits.rampBegan.has_value());
        QTRY_VERIFY(!form->isChanged());
    }

    void edits_of_a_mailbox_are_not_lost_by_leaving() {
        MailboxForm* form = newMailbox();
        QVERIFY(form->isChanged());
        QVERIFY(!m_page->mayLeave());
        QVERIFY(form->isChanged());
    }

    void the_arrows_walk_through_the_parts() {
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Settings"));
        for (const char* title : {"Calendars", "Messages", "You", "Hours and days off", "Statuses", "Suppression", "Appearance",
                                  "Keyboard", "Security", "Backups", "History", "About"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
            QVERIFY2(the<Panel>(QString::fromLatin1(title)) != nullptr, title);
            QCOMPARE(nameless(*m_window), QStringList());
        }
    }

    void a_setting_is_found_by_a_word() {
        auto* search = the<widgets::SearchField>(QStringLiteral("Find a setting"));
        search->setText(QStringLiteral("holiday"));
        QVERIFY(the<Panel>(QStringLiteral("Hours and days off")) != nullptr);
        QVERIFY(m_page->stepBack()); // the search is left, not the page
        QVERIFY(search->text().isEmpty());
    }

    void a_font_size_applies_at_once() {
        frame::Preferences& preferences = *m_fixture->preferences;
        connect(&preferences, &frame::Preferences::appearanceChanged, m_window.get(), [&] {
            theme::applyTheme(
                *qApp, theme::makeTokens(theme::Mode::Light, theme::Density::Cosy, preferences.fontPercent() / 100.0, true));
        });
        auto* panel = m_page->open<AppearancePanel>();
        const int before = theme::tokens(panel).lineHeight(theme::TextStyle::Body);
        panel->fontSize()->setValue(200);
        QCOMPARE(preferences.fontPercent(), 200);
        QCOMPARE(theme::tokens(panel).lineHeight(theme::TextStyle::Body), 2 * before);
        panel->fontSize()->setValue(100);
        QCOMPARE(theme::tokens(panel).lineHeight(theme::TextStyle::Body), before);
    }

    void keys_another_command_of_the_same_place_has_are_warned_of() {
        frame::Commands& commands = *m_fixture->commands;
        auto* elsewhere = new QWidget(m_window.get());
        commands.add(m_page,
                     {.id = QStringLiteral("a.one"), .text = QStringLiteral("One"), .keys = {QKeySequence(QStringLiteral("X"))}},
                     [] {});
        commands.add(m_page, {.id = QStringLiteral("a.two"), .text = QStringLiteral("Two")}, [] {});
        commands.add(elsewhere, {.id = QStringLiteral("a.three"), .text = QStringLiteral("Three")}, [] {});
        const auto* panel = m_page->open<KeyboardPanel>();
        QCOMPARE(panel->clashes(QStringLiteral("a.two"), QKeySequence(QStringLiteral("X"))), QStringList{QStringLiteral("One")});
        QVERIFY(panel->clashes(QStringLiteral("a.three"), QKeySequence(QStringLiteral("X"))).isEmpty());
    }

    void a_new_passphrase_opens_the_workspace_and_the_old_one_does_not() {
        auto* panel = m_page->open<SecurityPanel>();
        panel->changePassphrase();
        auto* current = the<widgets::SecretField>(QStringLiteral("Current passphrase"));
        QVERIFY(current != nullptr);
        current->setText(QStringLiteral("a long enough passphrase"));
        the<widgets::SecretField>(QStringLiteral("New passphrase"))->setText(QStringLiteral("four other harbour words"));
        auto* again = the<widgets::SecretField>(QStringLiteral("New passphrase again"));
        again->setText(QStringLiteral("four other harbour word"));
        auto* change = the<widgets::Button>(QStringLiteral("Change"));
        change->click();
        QVERIFY(m_fixture->tell.said.isEmpty()); // the two differ
        again->setText(QStringLiteral("four other harbour words"));
        change->click();
        QTRY_VERIFY(!m_fixture->tell.said.isEmpty());
        const auto proof = [](const char* text) {
            return UnlockWith{.method = UnlockWith::Method::Passphrase,
                              .secret = std::make_shared<SecureBytes>(std::string_view(text))};
        };
        SettingsService& service = m_fixture->workspace().settings();
        VERIFY_ERROR(ScreenFixture::await(service.renewRecoveryCode(proof("a long enough passphrase"))),
                     ErrorCode::WrongPassphrase);
        VERIFY_OK(ScreenFixture::await(service.renewRecoveryCode(proof("four other harbour words"))));
    }

    void a_pasted_list_is_suppressed_or_nothing_of_it() {
        m_page->open<SuppressionPanel>();
        auto* lines = the<QPlainTextEdit>(QStringLiteral("Addresses, domains or numbers"));
        auto* add = the<widgets::Button>(QStringLiteral("Add to the suppression list"));
        QVERIFY(lines != nullptr && add != nullptr);
        const auto count = [&] {
            const auto all = ScreenFixture::await(m_fixture->workspace().suppressions().list({}, 10));
            return all ? int(all->total) : -1;
        };
        lines->setPlainText(QStringLiteral("a@b.example\nnot one"));
        add->click();
        QTRY_VERIFY(lines->accessibleDescription().contains(QStringLiteral("not one")));
        QCOMPARE(count(), 0);
        lines->setPlainText(QStringLiteral("a@b.example\n@competitor.example"));
        add->click();
        QTRY_COMPARE(count(), 2);
        QTRY_VERIFY(lines->toPlainText().isEmpty());
    }
};

OUTRIDER_TEST(SettingsPageTest)
#include "settings_page_test.moc"
