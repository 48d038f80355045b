// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/pipeline_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/pipeline/board_view.h"
#include "ui/pipeline/column_view.h"
#include "ui/widgets/basics.h"

#include <QAccessible>
#include <QApplication>
#include <QListView>

using namespace outrider;
using namespace outrider::pipeline;
using test::ScreenFixture;

// The page on a real workspace, worked by keys and by the pointer.
class PipelinePageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<PipelinePage> m_page;
    BoardModel* m_board = nullptr;
    BoardView* m_view = nullptr;
    std::vector<LeadId> m_ids;

    ColumnView* column(int index) const { return m_view->column(index); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), modifiers);
    }
    LeadId current() const { return m_view->current() ? m_view->current()->card->row.id : LeadId{}; }
    StatusId statusOf(LeadId id) const {
        const auto rows = ScreenFixture::await(m_fixture->workspace().leads().rows({id}));
        return rows && !rows->empty() ? rows->front().status : StatusId{};
    }
    QStringList namesOf(int index) const {
        QStringList names;
        for (int row = 0; row < m_board->column(index)->rowCount(); ++row)
            names.append(m_board->column(index)->at(row)->name);
        return names;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_ids.clear();
        for (int i = 0; i < 12; ++i) {
            const std::string name = std::string(1, char('A' + i)) + "lead";
            const auto id = ScreenFixture::await(m_fixture->workspace().leads().add(
                {{"first_name", name}, {"email", name + "@nordwind.example"}, {"score", std::to_string(90 - i)}}));
            VERIFY_OK(id);
            m_ids.push_back(*id);
        }
        VERIFY_OK(ScreenFixture::await(
            m_fixture->workspace().leads().setStatus({{m_ids[3], m_ids[4]}, std::nullopt, {}}, statuses::inProgress)));
        m_page = std::make_unique<PipelinePage>(*m_fixture->context);
        m_page->resize(1200, 700);
        m_page->show();
        m_page->activateWindow();
        m_page->enter();
        m_board = m_page->findChild<BoardModel*>();
        m_view = m_page->findChild<BoardView*>();
        QTRY_COMPARE(m_board->columns(), 5);
        QTRY_COMPARE(m_board->column(0)->rowCount(), 10);
        m_view->focusBoard();
        QTRY_VERIFY(column(0)->hasFocus());
    }
    void cleanup() {
        m_page.reset();
        m_fixture.reset();
    }

    void columns_show_whom_they_have_the_best_first() {
        QCOMPARE(m_board->column(0)->count(), std::optional<qint64>(10));
        QCOMPARE(namesOf(0).mid(0, 4), (QStringList{QStringLiteral("Alead"), QStringLiteral("Blead"), QStringLiteral("Clead"),
                                                    QStringLiteral("Flead")}));
        QCOMPARE(namesOf(1), (QStringList{QStringLiteral("Dlead"), QStringLiteral("Elead")}));
        QVERIFY(namesOf(2).isEmpty());
        QCOMPARE(column(2)->accessibleDescription(), QStringLiteral("Nobody here"));
        QCOMPARE(column(0)->accessibleName(), QStringLiteral("New cards"));
    }

    void the_arrows_go_from_card_to_card_and_enter_opens_one() {
        press(Qt::Key_Down);
        QCOMPARE(current(), m_ids[1]);
        press(Qt::Key_Right);
        QCOMPARE(current(), m_ids[4]); // at the same height
        press(Qt::Key_Left);
        QCOMPARE(current(), m_ids[1]);
        press(Qt::Key_Return);
        QCOMPARE(m_fixture->go.lead, m_ids[1]);
    }

    void alt_and_an_arrow_move_the_card_and_the_selection_goes_with_it() {
        press(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(current(), m_ids[0]);
        QVERIFY(column(1)->hasFocus());
        press(Qt::Key_Right, Qt::AltModifier);
        QVERIFY(column(2)->hasFocus());
        QTRY_COMPARE(statusOf(m_ids[0]), statuses::replied);
        QTRY_COMPARE(m_fixture->tell.said.size(), 2);
        QTRY_COMPARE(m_board->column(2)->count(), std::optional<qint64>(1));
        QCOMPARE(m_board->column(0)->count(), std::optional<qint64>(9));
        QCOMPARE(current(), m_ids[0]);
        press(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(statusOf(m_ids[0]), statuses::inProgress);
        QCOMPARE(namesOf(1),
                 (QStringList{QStringLiteral("Alead"), QStringLiteral("Dlead"), QStringLiteral("Elead")})); // where it belongs
    }

    void nothing_is_before_the_first_stage() {
        press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(current(), m_ids[0]);
        QVERIFY(m_fixture->tell.said.isEmpty());
    }

    void a_stage_is_chosen_by_its_digit() {
        press(Qt::Key_G);
        QListView* list = nullptr;
        QTRY_VERIFY((list = qobject_cast<QListView*>(QApplication::focusWidget())) && list != column(0));
        press(Qt::Key_4);
        QTRY_COMPARE(statusOf(m_ids[0]), statuses::qualified);
        QTRY_COMPARE(current(), m_ids[0]);
        QTRY_VERIFY(column(3)->hasFocus());
    }

    void a_dragged_card_says_what_letting_go_does_and_moves() {
        ColumnView* from = column(0);
        const QPoint grip = from->cardRect(1).center();
        const QPoint target = column(2)->viewport()->mapToGlobal(QPoint(20, 60));
        const auto at = [from](const QPoint& global) { return from->viewport()->mapFromGlobal(global); };
        QTest::mousePress(from->viewport(), Qt::LeftButton, {}, grip);
        QMouseEvent move(QEvent::MouseMove, at(target), target, Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(from->viewport(), &move);
        const auto lifted = m_page->window()->findChildren<QWidget*>();
        QVERIFY(std::any_of(lifted.begin(), lifted.end(),
                            [](const QWidget* one) { return one->accessibleName().startsWith(QStringLiteral("Replied")); }));
        QTest::mouseRelease(from->viewport(), Qt::LeftButton, {}, at(target));
        QTRY_COMPARE(statusOf(m_ids[1]), statuses::replied);
        QCOMPARE(current(), m_ids[1]);
    }

    void escape_leaves_a_dragged_card_where_it_was() {
        ColumnView* from = column(0);
        const QPoint target = column(2)->viewport()->mapToGlobal(QPoint(20, 60));
        const QPoint at = from->viewport()->mapFromGlobal(target);
        QTest::mousePress(from->viewport(), Qt::LeftButton, {}, from->cardRect(1).center());
        QMouseEvent move(QEvent::MouseMove, at, target, Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(from->viewport(), &move);
        QTest::keyClick(from, Qt::Key_Escape);
        QTest::mouseRelease(from->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(m_board->columnOf(m_ids[1]), 0);
        QVERIFY(m_fixture->tell.said.isEmpty());
    }

    void what_others_change_is_followed_and_the_selection_stays() {
        press(Qt::Key_Down);
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().edit(m_ids[11], {{"score", "100"}})));
        QTRY_COMPARE(namesOf(0).front(), QStringLiteral("Llead"));
        QCOMPARE(current(), m_ids[1]);
        VERIFY_OK(
            ScreenFixture::await(m_fixture->workspace().leads().setStatus(LeadSelection::one(m_ids[11]), statuses::qualified)));
        QTRY_COMPARE(namesOf(3), QStringList{QStringLiteral("Llead")});
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().history().undo()));
        QTRY_VERIFY(namesOf(3).isEmpty());
        QTRY_COMPARE(namesOf(0).front(), QStringLiteral("Llead"));
        QCOMPARE(m_board->column(0)->count(), std::optional<qint64>(10));
    }

    void a_filter_narrows_every_column_and_escape_takes_it_off() {
        press(Qt::Key_Slash);
        auto* search = m_page->findChild<widgets::SearchField*>();
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("dlead"));
        QTRY_COMPARE(m_board->column(0)->rowCount(), 0);
        QTRY_COMPARE(namesOf(1), QStringList{QStringLiteral("Dlead")});
        QTRY_COMPARE(m_board->total(), std::optional<qint64>(1));
        QVERIFY(m_page->stepBack());
        QTRY_COMPARE(m_board->column(0)->rowCount(), 10);
        QTRY_COMPARE(m_board->total(), std::optional<qint64>(12));
        QVERIFY(m_page->stepBack()); // to the cards
        QVERIFY(!m_page->stepBack());
    }

    void a_screen_reader_walks_a_column_as_a_list_of_cards() {
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(column(1));
        QVERIFY(list != nullptr);
        QCOMPARE(list->childCount(), 2);
        QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(QStringLiteral("Dlead, ")));
    }
};

OUTRIDER_TEST(PipelinePageTest)
#include "pipeline_page_test.moc"
