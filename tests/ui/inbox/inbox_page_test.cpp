// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/inbox_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/inbox/row_list.h"
#include "ui/lead_view/mail_form.h"
#include "ui/widgets/bars.h"

#include <QAbstractButton>
#include <QPlainTextEdit>

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

// The inbox on the practice workspace, worked as a person does.
class InboxPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    InboxPage* m_page = nullptr;
    RowList* m_list = nullptr;

    void show() {
        m_window = std::make_unique<QWidget>();
        m_window->resize(1240, 820);
        m_page = new InboxPage(*m_fixture->context, m_window.get());
        m_page->resize(m_window->size());
        m_window->show();
        m_window->activateWindow();
        m_page->enter();
        m_list = m_page->findChild<RowList*>();
    }

    std::vector<Conversation> listed(ConversationTab tab) {
        auto page = ScreenFixture::await(m_fixture->workspace().conversations().list(tab, std::nullopt, 1000));
        return page ? std::move(page->rows) : std::vector<Conversation>();
    }

    bool isIn(ConversationTab tab, std::int64_t lead) {
        const auto rows = listed(tab);
        return std::any_of(rows.begin(), rows.end(), [lead](const Conversation& one) { return one.lead.value == lead; });
    }

    void openPractice() {
        QVERIFY(m_fixture->openPractice());
        const auto waiting = listed(ConversationTab::ToAnswer);
        QVERIFY(waiting.size() > 1);
        show();
        QTRY_COMPARE(m_list->count(), int(waiting.size()));
        QTRY_VERIFY(m_list->hasFocus());
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ScreenFixture>(); }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void judging_handles_the_reply_and_moves_to_the_next() {
        openPractice();
        const int before = m_list->count();
        const std::int64_t judged = m_list->currentRow()->id;
        const std::int64_t second = m_list->row(1)->id;
        QTest::keyClick(m_list, Qt::Key_5);
        QCOMPARE(m_list->currentRow()->id, second); // at once
        QTRY_VERIFY(!m_fixture->tell.said.isEmpty());
        QTRY_COMPARE(m_list->count(), before - 1);
        QCOMPARE(m_list->currentRow()->id, second);
        QVERIFY(m_fixture->tell.errors.empty());
        for (const Conversation& one : listed(ConversationTab::Done)) {
            if (one.lead.value == judged)
                QVERIFY(one.leadStatus == statuses::disqualified);
        }
        QVERIFY(isIn(ConversationTab::Done, judged));
    }

    void what_was_judged_comes_back_with_undo() {
        openPractice();
        const int before = m_list->count();
        QTest::keyClick(m_list, Qt::Key_6);
        QTRY_VERIFY(!m_fixture->tell.said.isEmpty());
        QTRY_COMPARE(m_list->count(), before - 1);
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().history().undo()));
        QTRY_COMPARE(m_list->count(), before);
    }

    void who_is_interested_stays_to_be_answered_and_the_next_one_is_current() {
        openPractice();
        const int before = m_list->count();
        const std::int64_t judged = m_list->currentRow()->id;
        QTest::keyClick(m_list, Qt::Key_1);
        QVERIFY(m_list->currentRow()->id != judged);
        QTRY_VERIFY(!m_fixture->tell.said.isEmpty());
        QTRY_COMPARE(m_list->row(0)->chip.text, QStringLiteral("Interested"));
        QCOMPARE(m_list->count(), before);
        QVERIFY(isIn(ConversationTab::ToAnswer, judged));
    }

    void done_handles_without_a_verdict() {
        openPractice();
        const std::int64_t lead = m_list->currentRow()->id;
        QTest::keyClick(m_list, Qt::Key_E);
        QTRY_VERIFY(isIn(ConversationTab::Done, lead));
    }

    void an_answer_waits_in_the_outbox_in_its_thread_and_theirs_is_awaited() {
        openPractice();
        const auto waiting = listed(ConversationTab::ToAnswer);
        const std::int64_t lead = m_list->currentRow()->id;
        const auto answered =
            std::find_if(waiting.begin(), waiting.end(), [lead](const Conversation& one) { return one.lead.value == lead; });
        QVERIFY(answered != waiting.end());
        auto* form = m_page->findChild<lead_view::MailForm*>();
        QTest::keyClick(m_list, Qt::Key_R);
        QTRY_VERIFY(form->isVisible() && form->draft().base);
        QVERIFY(form->draft().base->inThread);
        QCOMPARE(form->draft().base->inReplyTo, answered->last.messageIdHeader);
        auto* body = form->findChild<QPlainTextEdit*>();
        QTRY_VERIFY(body->hasFocus());
        QTest::keyClicks(body, QStringLiteral("Tuesday suits me."));
        QTest::keyClick(body, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(isIn(ConversationTab::Waiting, lead));
        const auto rows =
            ScreenFixture::await(m_fixture->workspace().outbox().list({OutboxState::Queued, OutboxState::Held}, 1000));
        VERIFY_OK(rows);
        QVERIFY(std::any_of(rows->begin(), rows->end(),
                            [&](const OutboxRow& row) { return row.item.lead == answered->lead && !row.item.enrolment; }));
        QVERIFY(m_fixture->tell.errors.empty());
    }

    void what_is_being_written_stays_with_its_message() {
        openPractice();
        auto* form = m_page->findChild<lead_view::MailForm*>();
        QTest::keyClick(m_list, Qt::Key_R);
        auto* body = form->findChild<QPlainTextEdit*>();
        QTRY_VERIFY(form->draft().base && body->hasFocus());
        QTest::keyClicks(body, QStringLiteral("Half a thou"));
        const QString written = body->toPlainText();
        QVERIFY(m_page->stepBack());
        QTest::keyClick(m_list, Qt::Key_J);
        QVERIFY(!form->isVisible());
        QTest::keyClick(m_list, Qt::Key_K);
        QVERIFY(form->isVisible());
        QCOMPARE(body->toPlainText(), written);
    }

    void an_empty_inbox_says_so() {
        QVERIFY(m_fixture->open());
        show();
        auto* empty = m_page->findChild<widgets::EmptyState*>();
        QTRY_VERIFY(empty->isVisible());
        QVERIFY(!m_list->isVisible());
    }

    void every_button_has_a_name() {
        openPractice();
        for (const QAbstractButton* button : m_page->findChildren<QAbstractButton*>())
            QVERIFY2(!button->isVisible() || !button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     button->metaObject()->className());
        QCOMPARE(m_list->accessibleName(), QStringLiteral("Inbox list"));
    }
};

OUTRIDER_TEST(InboxPageTest)
#include "inbox_page_test.moc"
