// SPDX-License-Identifier: GPL-3.0-or-later
// Releasing after a restore: what the original has sent since is found on the server and not sent again.
#include "core/services/backup_service.h"
#include "support/test_registry.h"
#include "ui/inbox/mail_desk.h"
#include "ui/inbox/outbox_page.h"
#include "ui/widgets/sheet.h"

#include <QAbstractButton>

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

class OutboxFenceTest : public QObject {
    Q_OBJECT

    using Desk = test::MailDesk<OutboxPage>;
    std::unique_ptr<Desk> m_desk;
    std::shared_ptr<Workspace> m_restored;

    // The workspace as it was when two messages waited.
    bool restore() {
        if (!m_desk->write(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example"))
            || !m_desk->write(m_desk->addLead("Ada Lovelace", "ada@hafenwerk.example")))
            return false;
        auto& backups = m_desk->workspace().backups();
        const auto made = ScreenFixture::await(backups.create());
        const std::string target = restoredPath(m_desk->workspace().path());
        if (!made || !ScreenFixture::await(backups.restore(made->path, target)))
            return false;
        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("a long enough passphrase"))};
        auto opened = ScreenFixture::await(openWorkspace(m_desk->fixture.environment, target, with));
        m_restored = opened ? *opened : nullptr;
        return bool(opened);
    }
    std::vector<OutboxRow> rows(OutboxState state) {
        return ScreenFixture::await(m_restored->outbox().list({state}, 10)).value_or(std::vector<OutboxRow>());
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        QVERIFY(m_desk->addMailbox());
        auto mailbox = ScreenFixture::await(m_desk->workspace().mailboxes().find(m_desk->mailbox));
        VERIFY_OK(mailbox);
        mailbox->sentFolder = "Sent";
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailboxes().update(*mailbox, nullptr)));
    }
    void cleanup() {
        m_restored.reset();
        m_desk.reset();
    }

    void what_lies_among_the_sent_mail_is_settled_and_the_rest_stays_held() {
        QVERIFY(restore());
        QCOMPARE(rows(OutboxState::Held).size(), std::size_t(2));
        // Nothing is there yet.
        auto search = ScreenFixture::await(m_restored->outbox().lookAmongSent());
        VERIFY_OK(search);
        QVERIFY(search->errors.empty());
        QCOMPARE(search->looked, 2);
        QCOMPARE(search->sent, 0);
        QCOMPARE(rows(OutboxState::Held).size(), std::size_t(2));
        const auto asked = m_desk->imap.commands();
        for (const OutboxRow& row : rows(OutboxState::Held))
            QVERIFY(std::any_of(asked.begin(), asked.end(), [&row](const std::string& command) {
                return command.find(row.item.messageIdHeader) != std::string::npos;
            }));
        // The original has sent them.
        m_desk->receive("mara@harborline.example", "Hello.");
        search = ScreenFixture::await(m_restored->outbox().lookAmongSent());
        VERIFY_OK(search);
        QCOMPARE(search->sent, 2);
        QCOMPARE(search->held, 0);
        QCOMPARE(rows(OutboxState::Sent).size(), std::size_t(2));
        VERIFY_OK(ScreenFixture::await(m_restored->outbox().lowerFence()));
        m_desk->fixture.clock.advance(std::chrono::hours(1));
        const auto report = ScreenFixture::await(m_restored->outbox().runOnce(10));
        VERIFY_OK(report);
        QCOMPARE(report->sent, 0);
        QVERIFY(m_desk->smtp.mails().empty());
    }

    void what_a_server_cannot_tell_is_said_and_stays_held() {
        QVERIFY(restore());
        m_desk->refuseSignIn();
        const auto search = ScreenFixture::await(m_restored->outbox().lookAmongSent());
        VERIFY_OK(search);
        QCOMPARE(search->errors.size(), std::size_t(1));
        QCOMPARE(search->looked, 0);
        QCOMPARE(rows(OutboxState::Held).size(), std::size_t(2));
    }
};

OUTRIDER_TEST(OutboxFenceTest)
#include "outbox_fence_test.moc"
