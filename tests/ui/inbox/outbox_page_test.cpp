// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/outbox_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/inbox/row_list.h"
#include "ui/widgets/bars.h"

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

class OutboxPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    OutboxPage* m_page = nullptr;
    RowList* m_list = nullptr;

    void show() {
        m_window = std::make_unique<QWidget>();
        m_window->resize(1240, 820);
        m_page = new OutboxPage(*m_fixture->context, m_window.get());
        m_page->resize(m_window->size());
        m_window->show();
        m_window->activateWindow();
        m_page->enter();
        m_list = m_page->findChild<RowList*>();
    }

    std::optional<OutboxRow> waitingOf(TaskId task) {
        auto rows = ScreenFixture::await(m_fixture->workspace().outbox().list({OutboxState::Queued, OutboxState::Held}, 1000));
        for (const OutboxRow& row : rows ? *rows : std::vector<OutboxRow>()) {
            if (row.item.task == task)
                return row;
        }
        return std::nullopt;
    }

    bool isOpen(TaskId task) {
        const auto today = ScreenFixture::await(m_fixture->workspace().queue().today());
        return today && std::any_of(today->items.begin(), today->items.end(), [task](const QueueItem& item) {
                   return item.task == task;
               });
    }

    // The first e-mail of the day, sent: it waits in the outbox.
    TaskId sendOne() {
        const auto today = ScreenFixture::await(m_fixture->workspace().queue().today());
        for (const QueueItem& item : today ? today->items : std::vector<QueueItem>()) {
            if (item.channel == Channel::Email && ScreenFixture::await(m_fixture->workspace().queue().complete(item.task, {})))
                return item.task;
        }
        return {};
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ScreenFixture>(); }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void a_message_is_dropped_by_its_key_and_its_task_is_open_again() {
        QVERIFY(m_fixture->openPractice());
        const TaskId task = sendOne();
        QVERIFY(task);
        QVERIFY(!isOpen(task));
        const auto row = waitingOf(task);
        QVERIFY(row);
        show();
        QTRY_VERIFY(m_list->count() > 0);
        m_list->chooseRow(ListRow::Kind::Send, row->item.id.value);
        QCOMPARE(m_list->currentRow()->id, row->item.id.value);
        QTest::keyClick(m_list, Qt::Key_X);
        QTRY_VERIFY(!m_fixture->tell.said.isEmpty());
        QVERIFY(m_fixture->tell.errors.empty());
        QVERIFY(!waitingOf(task));
        QVERIFY(isOpen(task));
    }

    void the_same_key_holds_and_releases() {
        QVERIFY(m_fixture->openPractice());
        const TaskId task = sendOne();
        const auto row = waitingOf(task);
        QVERIFY(row);
        show();
        QTRY_VERIFY(m_list->count() > 0);
        m_list->chooseRow(ListRow::Kind::Send, row->item.id.value);
        QTest::keyClick(m_list, Qt::Key_H);
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        QVERIFY(waitingOf(task)->item.state == OutboxState::Held);
        QTRY_VERIFY(m_list->currentRow()->line.contains(QStringLiteral("Held by you")));
        QTest::keyClick(m_list, Qt::Key_H);
        QTRY_COMPARE(m_fixture->tell.said.size(), 2);
        QVERIFY(waitingOf(task)->item.state == OutboxState::Queued);
    }

    void an_empty_outbox_says_so() {
        QVERIFY(m_fixture->open());
        show();
        QTRY_VERIFY(m_page->findChild<widgets::EmptyState*>()->isVisible());
        QVERIFY(!m_list->isVisible());
    }
};

OUTRIDER_TEST(OutboxPageTest)
#include "outbox_page_test.moc"
