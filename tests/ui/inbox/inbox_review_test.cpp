// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be reviewed, and what was dealt with by itself.
#include "support/test_registry.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/mail_desk.h"
#include "ui/inbox/match_sheet.h"
#include "ui/inbox/row_list.h"

#include <QAbstractButton>
#include <QLineEdit>

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

class InboxReviewTest : public QObject {
    Q_OBJECT

    using Desk = test::MailDesk<InboxPage>;
    std::unique_ptr<Desk> m_desk;
    RowList* m_list = nullptr;

    void show() {
        m_desk->show();
        m_list = m_desk->page->findChild<RowList*>();
    }

    void chooseTab(const QString& label) {
        for (QAbstractButton* button : m_desk->page->findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->text() == label)
                button->click();
        }
    }

    // A message nobody knows the fate of, current in the list.
    OutboxId showUnknown() {
        const OutboxId id = m_desk->sendUnknown(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example"));
        show();
        chooseTab(QStringLiteral("To review"));
        if (!QTest::qWaitFor([this] { return m_list->count() == 1; }) || m_list->currentRow()->id != id.value)
            return {};
        m_list->setFocus();
        return id;
    }

    std::vector<InboxItem> listed(MessageClass messageClass, std::optional<bool> handled) {
        auto items = ScreenFixture::await(m_desk->workspace().inbox().list(messageClass, handled, 100));
        return items ? std::move(*items) : std::vector<InboxItem>();
    }

    // Somebody else answers what was sent to Zoë.
    void answerFromElsewhere() {
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        m_desk->receive("Piet Jansen <piet@elsewhere.example>", "Zoe asked me to answer: we are interested.", 0);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().inbox().fetch()));
        show();
        chooseTab(QStringLiteral("To review"));
        QTRY_COMPARE(m_list->count(), 1);
        m_list->setFocus();
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        QVERIFY(m_desk->addMailbox());
    }
    void cleanup() { m_desk.reset(); }

    void an_unknown_send_was_sent_by_m() {
        const OutboxId id = showUnknown();
        QVERIFY(id);
        QTRY_VERIFY(m_desk->says(QStringLiteral("its answer never came")));
        m_desk->press(Qt::Key_M);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QVERIFY(m_desk->stateOf(id) == OutboxState::Sent);
        QVERIFY(!m_desk->tell.canUndo); // a word given is not taken back
        QTRY_COMPARE(m_list->count(), 0);
        QCOMPARE(m_desk->smtp.mails().size(), std::size_t(1));
    }

    void an_unknown_send_goes_again_by_r() {
        const OutboxId id = showUnknown();
        QVERIFY(id);
        m_desk->press(Qt::Key_R);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QVERIFY(m_desk->stateOf(id) == OutboxState::Queued);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().outbox().runOnce(10)));
        QCOMPARE(m_desk->smtp.mails().size(), std::size_t(2));
        QVERIFY(m_desk->stateOf(id) == OutboxState::Sent);
    }

    void an_unknown_send_is_dropped_by_x() {
        const OutboxId id = showUnknown();
        QVERIFY(id);
        m_desk->press(Qt::Key_X);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QVERIFY(m_desk->stateOf(id) == OutboxState::Dropped);
        QTRY_COMPARE(m_list->count(), 0);
    }

    void an_unknown_send_of_a_paused_mailbox_says_so_and_waits_when_sent_again() {
        const OutboxId id = m_desk->sendUnknown(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example"));
        QVERIFY(id);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailboxes().setPaused(m_desk->mailbox, true)));
        show();
        chooseTab(QStringLiteral("To review"));
        QTRY_COMPARE(m_list->count(), 1);
        QTRY_VERIFY(m_desk->says(QStringLiteral("is paused")));
        m_list->setFocus();
        m_desk->press(Qt::Key_R);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QVERIFY(m_desk->tell.said[0].contains(QStringLiteral("waits in the outbox for its mailbox")));
        QVERIFY(m_desk->stateOf(id) == OutboxState::Queued);
    }

    void what_somebody_else_answered_is_reviewed_with_who_wrote() {
        answerFromElsewhere();
        const ListRow* row = m_list->currentRow();
        QCOMPARE(row->title, QStringLiteral("Zoë Brandt"));
        QVERIFY(row->line.contains(QStringLiteral("piet@elsewhere.example")));
        QCOMPARE(m_list->row(0)->title, QStringLiteral("From another address"));
        QTRY_VERIFY(m_desk->says(QStringLiteral("Is it their reply all the same?")));
        QVERIFY(listed(MessageClass::Reply, std::nullopt).empty());
    }

    void the_sheet_says_whose_mail_it_is() {
        const LeadId piet = m_desk->addLead("Pieter Jansen", "pieter@elsewhere.example");
        answerFromElsewhere();
        m_desk->press(Qt::Key_G);
        MatchSheet* sheet = nullptr;
        QTRY_VERIFY((sheet = m_desk->window->findChild<MatchSheet*>()) != nullptr && sheet->isVisible());
        auto* found = sheet->findChild<RowList*>();
        auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(field != nullptr);
        QCOMPARE(field->text(), QStringLiteral("piet@elsewhere.example")); // what the mail says to begin with
        QTest::keyClicks(field, QStringLiteral("pieter"));
        QTRY_COMPARE(found->count(), 1);
        QCOMPARE(found->currentRow()->title, QStringLiteral("Pieter Jansen"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        const auto replies = listed(MessageClass::Reply, false);
        QCOMPARE(replies.size(), std::size_t(1));
        QVERIFY(replies[0].message.lead == piet);
        QVERIFY(replies[0].leadStatus == statuses::replied);
        QTRY_COMPARE(m_list->count(), 0);
    }

    void a_number_says_whose_mail_it_is() {
        answerFromElsewhere();
        const auto isSuggested = [this] {
            const auto buttons = m_desk->page->findChildren<QAbstractButton*>();
            return std::any_of(buttons.begin(), buttons.end(), [](const QAbstractButton* button) {
                return button->isVisible() && button->text().contains(QStringLiteral("in this thread"));
            });
        };
        QTRY_VERIFY(isSuggested());
        m_desk->press(Qt::Key_1);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        const auto replies = listed(MessageClass::Reply, false);
        QCOMPARE(replies.size(), std::size_t(1));
        QCOMPARE(replies[0].leadName, std::string("Zoë Brandt"));
        QTRY_COMPARE(m_list->count(), 0);
    }

    void its_sender_becomes_a_lead_by_n() {
        answerFromElsewhere();
        m_desk->press(Qt::Key_N);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        const auto replies = listed(MessageClass::Reply, false);
        QCOMPARE(replies.size(), std::size_t(1));
        QCOMPARE(replies[0].leadName, std::string("Piet Jansen"));
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().history().undo()));
        QVERIFY(listed(MessageClass::Reply, false).empty());
        QTRY_COMPARE(m_list->count(), 1);
    }

    void escape_leaves_the_sheet_and_the_mail_as_it_was() {
        answerFromElsewhere();
        m_desk->press(Qt::Key_G);
        QTRY_VERIFY(m_desk->window->findChild<MatchSheet*>() != nullptr);
        m_desk->press(Qt::Key_Escape);
        QTRY_VERIFY(m_desk->window->findChild<MatchSheet*>() == nullptr);
        QCOMPARE(m_list->count(), 1);
        QVERIFY(m_desk->tell.said.isEmpty());
    }

    void reading_now_brings_what_came() {
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        show();
        QTRY_VERIFY(m_desk->says(QStringLiteral("No replies waiting")));
        m_desk->receive("Zoë Brandt <zoe@nordwerft.example>", "Yes, Tuesday.", 0);
        m_desk->press(Qt::Key_F5);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QCOMPARE(m_desk->tell.said[0], QStringLiteral("Read 1 message, 1 reply."));
        QTRY_COMPARE(m_list->count(), 1);
        QCOMPARE(m_list->currentRow()->title, QStringLiteral("Zoë Brandt"));
        QVERIFY(m_desk->tell.errors.empty());
    }

    void a_server_that_is_down_is_named_and_what_was_there_stays() {
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        m_desk->receive("Zoë Brandt <zoe@nordwerft.example>", "Yes, Tuesday.", 0);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().inbox().fetch()));
        auto mailbox = ScreenFixture::await(m_desk->workspace().mailboxes().find(m_desk->mailbox));
        VERIFY_OK(mailbox);
        {
            const test::FaultSmtpServer gone; // a port nobody listens on
            mailbox->imap.port = gone.port();
        }
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailboxes().update(*mailbox, nullptr)));
        show();
        QTRY_COMPARE(m_list->count(), 1);
        m_desk->press(Qt::Key_F5);
        QTRY_COMPARE(m_desk->tell.errors.size(), std::size_t(1));
        QVERIFY(m_desk->tell.failures[0].contains(QStringLiteral("mara@harborline.example")));
        QCOMPARE(m_desk->tell.jobsEnded, 1);
        QCOMPARE(m_list->count(), 1);
        m_desk->press(Qt::Key_F5); // and it can be tried again
        QTRY_COMPARE(m_desk->tell.errors.size(), std::size_t(2));
    }

    void a_mailbox_that_is_signed_out_is_asked_for_and_read_again_afterwards() {
        m_desk->refuseSignIn();
        show();
        m_desk->press(Qt::Key_F5);
        QTRY_COMPARE(m_desk->tell.errors.size(), std::size_t(1));
        QCOMPARE(int(m_desk->tell.errors[0].code), int(ErrorCode::AuthFailed));
        const auto mailbox = ScreenFixture::await(m_desk->workspace().mailboxes().find(m_desk->mailbox));
        VERIFY_OK(mailbox);
        QVERIFY(mailbox->state == MailboxState::NeedsAttention); // the window's banner asks for the password
        QCOMPARE(mailbox->stateReason, std::string("auth_failed"));
        m_desk->refuseSignIn(false);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailboxes().update(
            *mailbox, std::make_shared<SecureBytes>(std::string_view("the new password")))));
        QVERIFY(ScreenFixture::await(m_desk->workspace().mailboxes().find(m_desk->mailbox))->state == MailboxState::Active);
        m_desk->press(Qt::Key_F5);
        QTRY_COMPARE(m_desk->tell.said, QStringList{QStringLiteral("Nothing new.")});
    }

    void without_a_mailbox_reading_says_what_is_missing() {
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailboxes().remove(m_desk->mailbox)));
        show();
        m_desk->press(Qt::Key_F5);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QVERIFY(m_desk->tell.said[0].startsWith(QStringLiteral("No mailbox is read.")));
    }

    void an_absence_is_listed_with_the_day_of_return() {
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        m_desk->receive("Zoë Brandt <zoe@nordwerft.example>", "I am out of office until 30 November 2026.", 0,
                        "Auto-Submitted: auto-replied\r\n");
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().inbox().fetch()));
        show();
        QTRY_VERIFY(m_desk->says(QStringLiteral("No replies waiting")));
        for (int tabs = 0; tabs < 4; ++tabs) // past what is snoozed, awaited and to be reviewed
            m_desk->press(Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(m_list->count(), 1);
        QVERIFY2(m_list->currentRow()->chip.text.startsWith(QStringLiteral("Back ")),
                 qPrintable(m_list->currentRow()->chip.text));
        QTRY_VERIFY(m_desk->says(QStringLiteral("The strategy's next step waits for that day.")));
        QTRY_VERIFY(m_list->hasFocus());
        // A person's answer taken for a machine's is put right by a key.
        m_desk->press(Qt::Key_A);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QCOMPARE(listed(MessageClass::Reply, false).size(), std::size_t(1));
        QTRY_COMPARE(m_list->count(), 0);
    }

    void a_bounce_is_listed_with_its_reason_and_what_became_of_the_address() {
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        m_desk->receive(
            "Mail Delivery System <mailer-daemon@nordwerft.example>",
            "<zoe@nordwerft.example>: host mx.nordwerft.example said: 550 5.1.1 User unknown in virtual mailbox table", 0,
            "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n");
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().inbox().fetch()));
        show();
        chooseTab(QStringLiteral("Automatic"));
        QTRY_COMPARE(m_list->count(), 1);
        QCOMPARE(m_list->currentRow()->title, QStringLiteral("Zoë Brandt"));
        QCOMPARE(m_list->currentRow()->chip.text, QStringLiteral("Address suppressed"));
        QVERIFY2(m_list->currentRow()->line.contains(QStringLiteral("550")), qPrintable(m_list->currentRow()->line));
        QTRY_VERIFY(m_desk->says(QStringLiteral("It is suppressed, and its strategy has ended.")));
    }
};

OUTRIDER_TEST(InboxReviewTest)
#include "inbox_review_test.moc"
