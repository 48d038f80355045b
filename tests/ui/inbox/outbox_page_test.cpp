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

    void beside_a_message_stands_why_it_waits_and_every_move_it_made() {
        QVERIFY(m_fixture->openPractice());
        const auto row = waitingOf(sendOne());
        QVERIFY(row);
        show();
        QTRY_VERIFY(m_list->count() > 0);
        m_list->chooseRow(ListRow::Kind::Send, row->item.id.value);
        const auto says = [this](const char* words) {
            const auto labels = m_page->findChildren<widgets::Label*>();
            return std::any_of(labels.begin(), labels.end(), [words](const widgets::Label* label) {
                return label->isVisible() && label->text().contains(QLatin1String(words));
            });
        };
        QTRY_VERIFY(says("Not suppressed, e-mail allowed"));
        QVERIFY(says("Held so you can undo until"));
        QVERIFY(says("free")); // of its daily limit
        QVERIFY(says("Earliest"));
        QVERIFY(!says("Held by you"));
        QTest::keyClick(m_list, Qt::Key_H);
        QTRY_VERIFY(says("Held by you"));
    }

    void it_has_columns_where_there_is_room_for_them() {
        QVERIFY(m_fixture->openPractice());
        QVERIFY(sendOne());
        show();
        QTRY_VERIFY(m_list->count() > 0);
        QVERIFY(m_list->hasColumns());
        QVERIFY(m_page->findChild<RowHeader*>()->isVisible());
        m_window->resize(900, 820);
        m_page->resize(m_window->size());
        QTRY_VERIFY(!m_list->hasColumns());
        QTRY_VERIFY(!m_page->findChild<RowHeader*>()->isVisible());
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
