// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/leads_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/leads/lead_table.h"
#include "ui/leads/selection_bar.h"
#include "ui/models/lead_list_model.h"
#include "ui/models/lead_ticks.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QTest>

using namespace outrider;
using test::ScreenFixture;

// The page on a real workspace, worked by keys.
class LeadsPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<leads::LeadsPage> m_page;
    leads::LeadTable* m_table = nullptr;
    models::LeadListModel* m_list = nullptr;
    std::vector<LeadId> m_ids;

    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(m_table, Qt::Key(key), modifiers); }

    bool waitForRows(int rows) {
        return QTest::qWaitFor([&] { return m_list->total() == rows && m_list->rowCount() == rows; }, 10'000);
    }
    LeadId currentId() const { return m_table->currentLead(); }
    models::LeadTicks* ticks() const { return m_page->findChild<models::LeadTicks*>(); }

    bool says(const QString& text) const {
        for (const auto* label : m_page->findChildren<widgets::Label*>()) {
            if (label->isVisible() && label->accessibleName() == text)
                return true;
        }
        return false;
    }
    QAbstractButton* button(const QString& text) const {
        for (auto* one : m_page->findChildren<QAbstractButton*>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
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
        m_page = std::make_unique<leads::LeadsPage>(*m_fixture->context);
        m_page->resize(1200, 700);
        m_table = m_page->findChild<leads::LeadTable*>();
        m_list = m_page->findChild<models::LeadListModel*>();
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->enter();
        QVERIFY(waitForRows(12));
    }
    void cleanup() {
        m_page.reset();
        m_fixture.reset();
    }

    void it_begins_in_the_table_with_the_first_lead() {
        QVERIFY(m_table->hasFocus());
        QCOMPARE(currentId(), m_ids[0]);
        QTRY_VERIFY(says(QStringLiteral("12")));
    }

    void enter_opens_the_current_lead() {
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(m_fixture->go.lead, m_ids[1]);
    }

    void space_and_shift_choose_and_the_choice_survives_sorting() {
        press(Qt::Key_Space);
        press(Qt::Key_Down);
        press(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(ticks()->count(12), qint64(3)); // the first, and the range of two
        QVERIFY(m_page->findChild<leads::SelectionBar*>()->isVisible());
        QTRY_VERIFY(says(QStringLiteral("3 selected")));
        Q_EMIT m_table->sortRequested(models::LeadColumn::Score);
        QTRY_COMPARE(m_list->query().sort, std::string("score"));
        Q_EMIT m_table->sortRequested(models::LeadColumn::Score);
        QTRY_COMPARE(m_list->query().descending, false);
        QCOMPARE(m_list->idAt(11), std::optional(m_ids[0]));
        QVERIFY(m_table->isTicked(11));
        QVERIFY(!m_table->isTicked(0));
        QCOMPARE(ticks()->count(12), qint64(3));
    }

    void the_current_lead_stays_current_when_another_comes_before_it() {
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        const LeadId current = currentId();
        QCOMPARE(m_table->currentIndex().row(), 2);
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().add({{"first_name", "Aaron"}})));
        QVERIFY(waitForRows(13));
        QTRY_COMPARE(m_table->currentIndex().row(), 3);
        QCOMPARE(currentId(), current);
    }

    void delete_moves_the_chosen_to_the_trash_and_says_so_once() {
        press(Qt::Key_Space);
        press(Qt::Key_Down);
        press(Qt::Key_Space);
        press(Qt::Key_Delete);
        QVERIFY(waitForRows(10));
        QTRY_COMPARE(m_fixture->tell.said, QStringList(QStringLiteral("2 leads deleted.")));
        QVERIFY(ticks()->isEmpty());
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().history().undo()));
        QVERIFY(waitForRows(12));
    }

    void all_of_a_filter_can_be_chosen_and_given_back() {
        m_page->showFilter(QStringLiteral("score>=85"));
        QVERIFY(waitForRows(6));
        QTRY_VERIFY(says(QStringLiteral("6 of 12")));
        press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(ticks()->count(m_list->total()), qint64(6));
        QVERIFY(m_page->stepBack());
        QVERIFY(ticks()->isEmpty());
        QVERIFY(m_page->stepBack()); // the filter
        QVERIFY(waitForRows(12));
        QVERIFY(!m_page->stepBack());
    }

    void an_empty_list_names_the_condition_in_the_way() {
        m_page->showFilter(QStringLiteral("score>=85 country:FR"));
        QVERIFY(waitForRows(0));
        QTRY_VERIFY(button(QStringLiteral("Take that filter off")) != nullptr);
        QTest::mouseClick(button(QStringLiteral("Take that filter off")), Qt::LeftButton);
        QVERIFY(waitForRows(6));
    }

    void a_saved_view_is_shown_with_its_filter_and_sorting() {
        const auto id = ScreenFixture::await(
            m_fixture->workspace().leads().saveView({.name = "Warm", .filter = "score>=85", .sort = "-score"}));
        VERIFY_OK(id);
        m_page->showView(*id);
        QVERIFY(waitForRows(6));
        QCOMPARE(m_list->query().sort, std::string("score"));
        QVERIFY(m_list->query().descending);
    }
};

OUTRIDER_TEST(LeadsPageTest)
#include "leads_page_test.moc"
