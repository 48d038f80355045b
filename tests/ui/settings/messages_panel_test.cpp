// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/messages_panel.h"

#include "core/services/mailbox_service.h"
#include "core/services/writing_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/text_area.h"

#include <QAbstractButton>
#include <QLineEdit>

using namespace outrider;
using test::ScreenFixture;

class MessagesPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    settings::MessagesPanel* m_panel = nullptr;
    MailboxId m_mailbox;

    template <typename T>
    T* named(const QString& name) const {
        for (T* each : m_window->findChildren<T*>()) {
            if (each->isVisible() && each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    MailboxWriting stored() { return *ScreenFixture::await(m_fixture->workspace().writing().mailbox(m_mailbox)); }
    void click(const QString& name) {
        QTRY_VERIFY2(named<QAbstractButton>(name) != nullptr, qPrintable(name));
        named<QAbstractButton>(name)->click();
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        const auto mailbox = ScreenFixture::await(
            m_fixture->workspace().mailboxes().add(MailboxService::guess("mara@harborline.example"), nullptr));
        VERIFY_OK(mailbox);
        m_mailbox = *mailbox;
        m_window = std::make_unique<QWidget>();
        m_window->resize(1000, 700);
        m_panel = new settings::MessagesPanel(*m_fixture->context, m_window.get());
        m_panel->resize(m_window->size());
        m_window->show();
        m_panel->read();
        QTRY_COMPARE(named<widgets::Combo>(QStringLiteral("Mailbox"))->count(), 1);
        QTRY_VERIFY(named<QAbstractButton>(QStringLiteral("Save how the mailbox writes"))->isEnabled());
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void how_a_mailbox_writes_is_saved() {
        QTRY_VERIFY(!m_panel->hasUnsaved());
        named<widgets::TextArea>(QStringLiteral("Postal address"))->setPlainText(QStringLiteral("Pier 4\nHamburg"));
        named<widgets::Combo>(QStringLiteral("Form of its messages"))->setValue(int(MailFormat::Formatted));
        QTRY_VERIFY(m_panel->hasUnsaved());
        click(QStringLiteral("Save how the mailbox writes"));
        QTRY_COMPARE(stored().postalAddress, std::string("Pier 4\nHamburg"));
        QCOMPARE(int(stored().format), int(MailFormat::Formatted));
        QTRY_VERIFY(!m_panel->hasUnsaved());
    }

    void an_endpoint_that_cannot_be_one_is_not_saved() {
        named<QLineEdit>(QStringLiteral("Address for one-click unsubscribing"))->setText(QStringLiteral("http://u.example/x"));
        click(QStringLiteral("Save how the mailbox writes"));
        QTRY_VERIFY(m_window->findChildren<widgets::Label*>().size() > 0 && m_panel->hasUnsaved());
        QCOMPARE(stored().unsubscribeUrl, std::string());
    }

    void a_snippet_is_made_changed_and_removed() {
        click(QStringLiteral("New snippet"));
        QTRY_VERIFY(named<QLineEdit>(QStringLiteral("Name of the snippet")) != nullptr);
        named<QLineEdit>(QStringLiteral("Name of the snippet"))->setText(QStringLiteral("intro"));
        named<widgets::TextArea>(QStringLiteral("Text of the snippet"))->setPlainText(QStringLiteral("Hi {{first_name}},"));
        click(QStringLiteral("Save the snippet"));
        click(QStringLiteral("Edit snippet intro"));
        QTRY_VERIFY(named<widgets::TextArea>(QStringLiteral("Text of the snippet")) != nullptr);
        QCOMPARE(named<widgets::TextArea>(QStringLiteral("Text of the snippet"))->toPlainText(),
                 QStringLiteral("Hi {{first_name}},"));
        click(QStringLiteral("Remove the snippet"));
        QTRY_VERIFY(ScreenFixture::await(m_fixture->workspace().writing().snippets())->empty());
        QTRY_VERIFY(named<QAbstractButton>(QStringLiteral("Edit snippet intro")) == nullptr);
    }
};

OUTRIDER_TEST(MessagesPanelTest)
#include "messages_panel_test.moc"
