// SPDX-License-Identifier: GPL-3.0-or-later
// The person's word, holding everything, and what the day brought.
#include "support/test_registry.h"
#include "ui/inbox/mail_desk.h"
#include "ui/inbox/outbox_page.h"
#include "ui/inbox/row_list.h"

#include <QAbstractButton>

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

class OutboxSettlingTest : public QObject {
    Q_OBJECT

    using Desk = test::MailDesk<OutboxPage>;
    std::unique_ptr<Desk> m_desk;
    RowList* m_list = nullptr;

    void show() {
        m_desk->show();
        m_list = m_desk->page->findChild<RowList*>();
    }

    OutboxId showUnknown() {
        const OutboxId id = m_desk->sendUnknown(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example"));
        show();
        if (!QTest::qWaitFor([this] { return m_list->count() == 1 && m_list->hasFocus(); })
            || m_list->currentRow()->id != id.value)
            return {};
        return id;
    }

    QAbstractButton* button(const QString& text) {
        for (QAbstractButton* each : m_desk->page->findChildren<QAbstractButton*>()) {
            if (each->isVisible() && each->text() == text)
                return each;
        }
        return nullptr;
    }

    bool isHeld() {
        const auto held = ScreenFixture::await(m_desk->workspace().outbox().isEverythingHeld());
        return held && *held;
    }

    QStringList headings() {
        QStringList all;
        for (int row = 0; m_list->row(row) != nullptr; ++row) {
            if (m_list->row(row)->kind == ListRow::Kind::Heading)
                all.append(m_list->row(row)->title + QLatin1Char(' ') + m_list->row(row)->line);
        }
        return all;
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        QVERIFY(m_desk->addMailbox());
    }
    void cleanup() { m_desk.reset(); }

    void the_persons_word_is_a_key_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("state");
        QTest::newRow("was sent") << int(Qt::Key_M) << int(OutboxState::Sent);
        QTest::newRow("send again") << int(Qt::Key_R) << int(OutboxState::Queued);
        QTest::newRow("drop") << int(Qt::Key_X) << int(OutboxState::Dropped);
    }
    void the_persons_word_is_a_key() {
        QFETCH(int, key);
        QFETCH(int, state);
        const OutboxId id = showUnknown();
        QVERIFY(id);
        QCOMPARE(headings(), QStringList{QStringLiteral("Needs your word 1")});
        QVERIFY(button(QStringLiteral("Was sent")) && button(QStringLiteral("Send again")) && button(QStringLiteral("Drop")));
        m_desk->press(key);
        QTRY_COMPARE(m_desk->tell.said.size(), 1);
        QCOMPARE(int(*m_desk->stateOf(id)), state);
        QVERIFY(!m_desk->tell.canUndo);
        QVERIFY(m_desk->tell.errors.empty());
    }

    void holding_everything_keeps_what_is_due_until_it_is_released() {
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        show();
        QTRY_COMPARE(m_list->count(), 1);
        QVERIFY(button(QStringLiteral("Hold everything")));
        button(QStringLiteral("Hold everything"))->click();
        QTRY_VERIFY(button(QStringLiteral("Release everything")));
        QVERIFY(isHeld());
        QVERIFY(m_desk->send(m_desk->addLead("Ada Lovelace", "ada@hafenwerk.example")));
        QCOMPARE(m_desk->smtp.mails().size(), std::size_t(1)); // the first alone
        QTRY_COMPARE(m_list->count(), 2);
        button(QStringLiteral("Release everything"))->click();
        QTRY_VERIFY(button(QStringLiteral("Hold everything")));
        QVERIFY(!isHeld());
        m_desk->fixture.clock.advance(std::chrono::minutes(5));
        m_desk->press(Qt::Key_F5);
        QTRY_COMPARE(m_desk->smtp.mails().size(), std::size_t(2));
        QTRY_COMPARE(headings(), QStringList{QStringLiteral("Sent today 2")});
    }

    void only_todays_are_listed_the_youngest_first() {
        QVERIFY(m_desk->send(m_desk->addLead("Yesterday Once", "once@nordwerft.example")));
        m_desk->fixture.clock.advance(std::chrono::hours(24));
        QVERIFY(m_desk->send(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        m_desk->fixture.clock.advance(std::chrono::minutes(1));
        QVERIFY(m_desk->send(m_desk->addLead("Ada Lovelace", "ada@hafenwerk.example")));
        show();
        QTRY_COMPARE(m_list->count(), 2);
        QCOMPARE(headings(), QStringList{QStringLiteral("Sent today 2")});
        QCOMPARE(m_list->row(1)->title, QStringLiteral("Ada Lovelace"));
        QCOMPARE(m_list->row(2)->title, QStringLiteral("Zoë Brandt"));
    }

    void what_a_paused_mailbox_keeps_says_that_it_is_paused() {
        QVERIFY(m_desk->write(m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example")));
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailboxes().setPaused(m_desk->mailbox, true)));
        show();
        QTRY_COMPARE(m_list->count(), 1);
        QCOMPARE(headings(), QStringList{QStringLiteral("Something is missing 1")});
        QTRY_VERIFY(m_desk->says(QStringLiteral("The mailbox is paused")));
    }
};

OUTRIDER_TEST(OutboxSettlingTest)
#include "outbox_settling_test.moc"
