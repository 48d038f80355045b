// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/account_sign_in.h"

#include "core/transport/http_client.h"
#include "support/provider_servers.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/settings/account_choice.h"
#include "ui/settings/mailbox_form.h"
#include "ui/settings/mailboxes_panel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/secret_field.h"
#include "ui/widgets/sheet.h"

#include <QUrl>

#include <future>

using namespace outrider;
using namespace outrider::settings;
using test::GmailServer;
using test::ScreenFixture;

// Accounts in the settings, with a provider on this computer and a browser that does what a person would.
class AccountSignInTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<GmailServer> m_server;
    std::unique_ptr<MailboxesPanel> m_panel;
    std::future<void> m_browser;
    int m_opened = 0;

    Mailbox mailbox() const {
        const auto all = ScreenFixture::await(m_fixture->workspace().mailboxes().list());
        return all && !all->empty() ? all->front() : Mailbox();
    }

    template <typename T>
    T* the(const QString& accessibleName) const {
        for (T* widget : m_panel->findChildren<T*>()) {
            if (widget->accessibleName() == accessibleName && widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    void useProvider(const std::string& clientId) {
        ProviderSettings settings{.clientId = clientId,
                                  .authorizeUrl = m_server->url() + "/authorize",
                                  .tokenUrl = m_server->url() + "/token",
                                  .apiUrl = m_server->url()};
        QVERIFY(ScreenFixture::await(m_fixture->workspace().accounts().setProvider(Provider::Google, settings, nullptr)));
    }

    void choose(AccountKind kind) const {
        auto* combo = the<widgets::Combo>(QStringLiteral("Kind of account"));
        QVERIFY(combo);
        combo->setValue(int(kind));
        Q_EMIT combo->picked(int(kind));
    }

    void newMailbox(AccountKind kind) {
        m_panel->openMailbox(std::nullopt);
        choose(kind);
        QTest::keyClicks(m_panel->form()->addressEdit(), QStringLiteral("mara@harborline.example"));
    }

    // The browser: takes the address and comes back, or does not.
    void browse(bool comesBack) {
        m_panel->signIn()->setOpener([this, comesBack](const QUrl& url) {
            ++m_opened;
            const std::string location = m_server->authorize(url.toString(QUrl::FullyEncoded).toStdString());
            if (comesBack)
                m_browser = std::async(std::launch::async, [location] {
                    transport::HttpClient http;
                    const Progress progress;
                    (void)http.perform({.url = location}, progress);
                });
            return true;
        });
    }

private Q_SLOTS:
    void init() {
        m_opened = 0;
        m_server = std::make_unique<GmailServer>();
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_panel = std::make_unique<MailboxesPanel>(*m_fixture->context);
        m_panel->resize(1100, 900);
        m_panel->show();
        m_panel->read();
        connect(&m_fixture->workspace(), &Workspace::changed, m_panel.get(), [this](const ChangeSet& changes) {
            if (m_panel->concerns(changes))
                m_panel->read();
        });
    }
    void cleanup() {
        if (m_browser.valid())
            m_browser.get();
        m_panel.reset();
        m_fixture.reset();
        m_server.reset();
    }

    void the_kind_decides_what_is_asked_for() {
        newMailbox(AccountKind::Servers);
        QVERIFY(the<QLineEdit>(QStringLiteral("SMTP server")));
        QVERIFY(the<QLineEdit>(QStringLiteral("Password of the mailbox")));
        choose(AccountKind::Gmail);
        QVERIFY(!the<QLineEdit>(QStringLiteral("SMTP server")));
        QVERIFY(!the<QLineEdit>(QStringLiteral("Password of the mailbox")));
        QVERIFY(the<widgets::Button>(QStringLiteral("Sign in with Google")));
        choose(AccountKind::Graph);
        QVERIFY(the<widgets::Button>(QStringLiteral("Sign in with Microsoft")));
        choose(AccountKind::Resend);
        QVERIFY(the<QLineEdit>(QStringLiteral("API key of the mailbox")));
        QVERIFY(!the<QLineEdit>(QStringLiteral("User name")));
        QVERIFY(!m_panel->signIn()->isVisible());
        m_panel->save();
        QCOMPARE(m_panel->form()->fault(MailboxField::Secret), QStringLiteral("The API key is missing."));
    }

    void a_new_mailbox_is_signed_in_to_and_reconnected_when_access_is_withdrawn() {
        useProvider("client.example");
        browse(true);
        newMailbox(AccountKind::GmailApi);
        the<widgets::Button>(QStringLiteral("Sign in with Google"))->click();
        QTRY_COMPARE(mailbox().account, AccountKind::GmailApi);
        QTRY_COMPARE(mailbox().state, MailboxState::Active);
        QCOMPARE(m_opened, 1);
        QTRY_VERIFY(the<widgets::Button>(QStringLiteral("Sign in again")));
        QVERIFY(!the<widgets::Combo>(QStringLiteral("Kind of account"))->isEnabled()); // it keeps its kind

        m_server->revoke();
        QVERIFY(ScreenFixture::await(m_fixture->workspace().mailboxes().check(mailbox().id)));
        QTRY_VERIFY(the<widgets::Button>(QStringLiteral("Reconnect with Google")));
        m_browser.get();
        the<widgets::Button>(QStringLiteral("Reconnect with Google"))->click();
        QTRY_COMPARE(mailbox().state, MailboxState::Active);
        QCOMPARE(m_opened, 2);
    }

    void a_sign_in_can_be_given_up_and_begun_again() {
        useProvider("client.example");
        browse(false);
        newMailbox(AccountKind::GmailApi);
        the<widgets::Button>(QStringLiteral("Sign in with Google"))->click();
        QTRY_VERIFY(the<widgets::Button>(QStringLiteral("Cancel signing in")) && m_opened == 1);
        QVERIFY(the<widgets::Button>(QStringLiteral("Copy the address")));
        the<widgets::Button>(QStringLiteral("Cancel signing in"))->click();
        QTRY_VERIFY(the<widgets::Button>(QStringLiteral("Sign in with Google")));
        QCOMPARE(mailbox().state, MailboxState::NeedsAttention);
        browse(true);
        the<widgets::Button>(QStringLiteral("Sign in with Google"))->click();
        QTRY_COMPARE(mailbox().state, MailboxState::Active);
    }

    void without_a_client_id_one_is_asked_for_and_the_sign_in_goes_on() {
        useProvider({});
        browse(true);
        newMailbox(AccountKind::GmailApi);
        the<widgets::Button>(QStringLiteral("Sign in with Google"))->click();
        QTRY_VERIFY(the<QLineEdit>(QStringLiteral("Client id")));
        the<widgets::Button>(QStringLiteral("Save and sign in"))->click();
        QTRY_VERIFY(the<QLineEdit>(QStringLiteral("Client id"))); // it is missing
        QTest::keyClicks(the<QLineEdit>(QStringLiteral("Client id")), QStringLiteral("client.example"));
        the<widgets::Button>(QStringLiteral("Save and sign in"))->click();
        QTRY_COMPARE(mailbox().state, MailboxState::Active);
    }

    void the_wrong_account_is_told_by_its_name() {
        useProvider("client.example");
        m_server->account = "kim@elsewhere.example";
        browse(true);
        newMailbox(AccountKind::GmailApi);
        the<widgets::Button>(QStringLiteral("Sign in with Google"))->click();
        QTRY_VERIFY(m_fixture->tell.said.join(QLatin1Char(' ')).contains(QStringLiteral("kim@elsewhere.example")));
        QCOMPARE(mailbox().state, MailboxState::NeedsAttention);
        QVERIFY(!m_panel->signIn()->isWaiting());
    }
};

OUTRIDER_TEST(AccountSignInTest)
#include "account_sign_in_test.moc"
