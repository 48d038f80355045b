// SPDX-License-Identifier: GPL-3.0-or-later
// The inbox worked by keys: putting off, judging, reading, finding.
#include "support/test_registry.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/mail_desk.h"
#include "ui/inbox/right_person_sheet.h"
#include "ui/inbox/row_list.h"
#include "ui/widgets/basics.h"

#include <QAbstractButton>
#include <QAction>
#include <QLineEdit>

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

class InboxTriageTest : public QObject {
    Q_OBJECT

    using Desk = test::MailDesk<InboxPage>;
    std::unique_ptr<Desk> m_desk;
    RowList* m_list = nullptr;
    LeadId m_zoe, m_noor;

    // Zoë and Noor have been written to and have answered; Noor last.
    void answersCame(const char* zoeWrote = "Yes, Tuesday.") {
        m_zoe = m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example");
        m_noor = m_desk->addLead("Noor van der Heijden", "noor@westland.example");
        QVERIFY(m_desk->send(m_zoe) && m_desk->send(m_noor));
        m_desk->receive("Zoë Brandt <zoe@nordwerft.example>", zoeWrote, 0);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().inbox().fetch()));
        m_desk->fixture.clock.advance(std::chrono::minutes(5));
        m_desk->receive("Noor <noor@westland.example>", "Prima, dinsdag.", 1);
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().inbox().fetch()));
        m_desk->show();
        m_list = m_desk->page->findChild<RowList*>();
        QTRY_COMPARE(m_list->count(), 2);
        QTRY_VERIFY(m_list->hasFocus());
    }

    void current(LeadId lead) {
        m_list->chooseRow(ListRow::Kind::Conversation, lead.value);
        QVERIFY(m_list->currentRow() != nullptr && m_list->currentRow()->id == lead.value);
    }

    std::vector<LeadId> listed(ConversationTab tab) {
        std::vector<LeadId> leads;
        const auto page = ScreenFixture::await(m_desk->workspace().conversations().list(tab, std::nullopt, 100));
        for (const Conversation& one : page ? page->rows : std::vector<Conversation>())
            leads.push_back(one.lead);
        return leads;
    }

    void chooseTab(const QString& label) {
        for (QAbstractButton* button : m_desk->page->findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->text() == label)
                button->click();
        }
    }

    Lead leadNow(LeadId id) {
        const auto detail = ScreenFixture::await(m_desk->workspace().leads().detail(id));
        return detail ? detail->lead : Lead{};
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        QVERIFY(m_desk->addMailbox());
    }
    void cleanup() { m_desk.reset(); }

    void a_snoozed_conversation_is_gone_and_comes_back_at_its_time() {
        answersCame();
        current(m_zoe);
        m_desk->press(Qt::Key_S);
        m_desk->press(Qt::Key_1); // in an hour
        QTRY_COMPARE(m_list->count(), 1);
        QTRY_VERIFY(!m_desk->tell.said.isEmpty());
        QVERIFY(m_desk->tell.canUndo);
        QCOMPARE(m_list->currentRow()->id, m_noor.value);
        chooseTab(QStringLiteral("Snoozed"));
        QTRY_VERIFY(m_list->count() == 1 && m_list->currentRow()->id == m_zoe.value);
        QVERIFY2(m_list->currentRow()->chip.text.startsWith(QStringLiteral("Back ")),
                 qPrintable(m_list->currentRow()->chip.text));
        m_desk->fixture.clock.advance(std::chrono::hours(1));
        chooseTab(QStringLiteral("To answer"));
        QTRY_COMPARE(m_list->count(), 2);
        current(m_zoe);
        QCOMPARE(m_list->currentRow()->chip.text, QStringLiteral("Came back"));
    }

    void a_snoozed_conversation_is_back_at_once_by_the_same_key() {
        answersCame();
        current(m_zoe);
        m_desk->press(Qt::Key_S);
        m_desk->press(Qt::Key_3);
        QTRY_COMPARE(listed(ConversationTab::Snoozed).size(), std::size_t(1));
        chooseTab(QStringLiteral("Snoozed"));
        QTRY_VERIFY(m_list->count() == 1 && m_list->currentRow()->id == m_zoe.value);
        m_list->setFocus();
        m_desk->press(Qt::Key_S);
        QTRY_COMPARE(listed(ConversationTab::ToAnswer).size(), std::size_t(2));
    }

    void not_now_asks_when_and_plans_that() {
        answersCame();
        current(m_zoe);
        m_desk->press(Qt::Key_3);
        QVERIFY(m_desk->tell.said.isEmpty()); // until the day is said
        m_desk->press(Qt::Key_2);             // in a month
        QTRY_VERIFY(!m_desk->tell.said.isEmpty());
        QTRY_COMPARE(m_list->count(), 1);
        const auto detail = ScreenFixture::await(m_desk->workspace().leads().detail(m_zoe));
        VERIFY_OK(detail);
        QCOMPARE(detail->openTasks.size(), std::size_t(1));
        const auto days = detail->openTasks[0].dueAt - m_desk->fixture.clock.now();
        QVERIFY(days > std::chrono::hours(24 * 27) && days < std::chrono::hours(24 * 33));
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().history().undo()));
        QTRY_COMPARE(m_list->count(), 2);
    }

    void the_wrong_person_who_names_the_right_one_gets_us_a_lead() {
        answersCame("Please ask Piet Jansen (piet@nordwerft.example), he decides.");
        current(m_zoe);
        m_desk->press(Qt::Key_4);
        RightPersonSheet* sheet = nullptr;
        QTRY_VERIFY((sheet = m_desk->window->findChild<RightPersonSheet*>()) != nullptr && sheet->isVisible());
        m_desk->press(Qt::Key_Return);
        QTRY_VERIFY(!m_desk->tell.said.isEmpty());
        QVERIFY2(m_desk->tell.said[0].contains(QStringLiteral("Piet Jansen")), qPrintable(m_desk->tell.said[0]));
        QVERIFY(leadNow(m_zoe).status == statuses::disqualified);
        const auto found = ScreenFixture::await(m_desk->workspace().search().search("Piet Jansen"));
        VERIFY_OK(found);
        QCOMPARE(found->hits.size(), std::size_t(1));
    }

    void the_wrong_person_who_names_nobody_is_judged_at_once() {
        answersCame();
        current(m_zoe);
        m_desk->press(Qt::Key_4);
        QTRY_VERIFY(!m_desk->tell.said.isEmpty());
        QVERIFY(leadNow(m_zoe).status == statuses::disqualified);
        QVERIFY(m_desk->window->findChild<RightPersonSheet*>() == nullptr);
    }

    void done_and_not_done_are_one_key_each_way() {
        answersCame();
        current(m_zoe);
        m_desk->press(Qt::Key_E);
        QTRY_COMPARE(listed(ConversationTab::Done).size(), std::size_t(1));
        chooseTab(QStringLiteral("Done"));
        QTRY_VERIFY(m_list->count() == 1 && m_list->currentRow()->kind == ListRow::Kind::Conversation);
        m_list->setFocus();
        m_desk->press(Qt::Key_E);
        QTRY_COMPARE(listed(ConversationTab::ToAnswer).size(), std::size_t(2));
    }

    void what_is_looked_at_becomes_read_and_unread_by_a_key() {
        answersCame();
        QVERIFY(m_list->row(0)->unread && m_list->row(1)->unread);
        QTRY_VERIFY(!m_list->currentRow()->unread); // after a moment
        const auto counts = ScreenFixture::await(m_desk->workspace().conversations().counts());
        VERIFY_OK(counts);
        QCOMPARE(counts->unread, 1);
        m_desk->press(Qt::Key_U);
        QTRY_VERIFY(m_list->currentRow()->unread);
        QCOMPARE(ScreenFixture::await(m_desk->workspace().conversations().counts())->unread, 2);
        m_desk->press(Qt::Key_U);
        QTRY_VERIFY(!m_list->currentRow()->unread);
    }

    void after_an_answer_theirs_is_awaited() {
        answersCame();
        current(m_zoe);
        auto* form = m_desk->page->findChild<lead_view::MailForm*>();
        m_desk->press(Qt::Key_R);
        QTRY_VERIFY(form->isVisible() && form->draft().base && !m_list->hasFocus());
        QVERIFY(form->draft().base->mailbox == m_desk->mailbox);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Tuesday it is."));
        m_desk->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(listed(ConversationTab::Waiting) == std::vector<LeadId>{m_zoe});
        QTRY_COMPARE(m_list->count(), 1);
        chooseTab(QStringLiteral("Waiting"));
        QTRY_VERIFY(m_list->count() == 1 && m_list->currentRow()->id == m_zoe.value);
        QTRY_VERIFY(m_desk->says(QStringLiteral("Their answer is awaited.")));
    }

    void conversations_are_found_while_typing_and_escape_shows_the_tab_again() {
        answersCame();
        m_desk->press(Qt::Key_Slash);
        auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(field != nullptr);
        QTest::keyClicks(field, QStringLiteral("heijden"));
        QTRY_VERIFY(m_list->count() == 1 && m_list->currentRow()->id == m_noor.value);
        QVERIFY(m_desk->page->stepBack());
        QTRY_COMPARE(m_list->count(), 2);
        QVERIFY(field->text().isEmpty());
        QVERIFY(!m_desk->page->stepBack());
    }

    void enter_reads_the_conversation_and_escape_goes_back_to_the_list() {
        answersCame();
        m_desk->press(Qt::Key_Return);
        QVERIFY(!m_list->hasFocus());
        QTRY_VERIFY(!m_list->currentRow()->unread);
        QVERIFY(m_desk->page->stepBack());
        QVERIFY(m_list->hasFocus());
    }

    void every_act_of_the_bar_says_its_key() {
        answersCame();
        for (const char* id : {"inbox.interested", "inbox.snooze", "inbox.done", "inbox.unread", "inbox.reply", "inbox.search"}) {
            const auto commands = m_desk->fixture.commands->all();
            const auto found = std::find_if(commands.begin(), commands.end(), [id](const frame::Commands::Entry& entry) {
                return entry.command.id == QLatin1String(id);
            });
            QVERIFY2(found != commands.end(), id);
            QVERIFY2(!frame::keyText(found->action).isEmpty(), id);
        }
    }
};

OUTRIDER_TEST(InboxTriageTest)
#include "inbox_triage_test.moc"
