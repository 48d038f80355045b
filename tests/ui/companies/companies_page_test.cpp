// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/companies_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/companies/company_list_model.h"
#include "ui/companies/company_page.h"
#include "ui/companies/list_table.h"
#include "ui/companies/people_model.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/timeline_view.h"

#include <QApplication>

using namespace outrider;
using namespace outrider::companies;
using test::ScreenFixture;

// The list of companies and the page of one, on a real workspace.
class CompaniesPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::vector<LeadId> m_ids;

    LeadId add(const std::string& first, const std::string& company, const std::string& domain) {
        const auto id = ScreenFixture::await(
            m_fixture->workspace().leads().add({{"first_name", first}, {"email", first + "@" + domain}, {"company", company}}));
        return id ? *id : LeadId{};
    }
    CompanyId companyOf(const std::string& words) {
        const auto page =
            ScreenFixture::await(m_fixture->workspace().companies().page({.words = words, .limit = 10, .after = {}}));
        return page && !page->rows.empty() ? page->rows.front().id : CompanyId{};
    }
    void press(int key) { QTest::keyClick(QApplication::focusWidget(), Qt::Key(key)); }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_ids = {add("zoe", "Nordwind Logistik", "nordwind.example"), add("tobias", "Ostsee Kühlhaus AG", "ostsee.example"),
                 add("annelie", "Ostsee Kühlhaus AG", "ostsee.example")};
        for (const LeadId id : m_ids)
            QVERIFY(id);
    }
    void cleanup() { m_fixture.reset(); }

    void companies_are_listed_found_and_opened_by_keys() {
        CompaniesPage page(*m_fixture->context);
        page.resize(1000, 600);
        page.show();
        page.activateWindow();
        page.enter();
        auto* model = page.findChild<CompanyListModel*>();
        auto* table = page.findChild<ListTable*>();
        QTRY_COMPARE(model->rowCount(), 2);
        QCOMPARE(model->index(1, CompanyListModel::Name).data().toString(), QStringLiteral("Ostsee Kühlhaus AG"));
        QCOMPARE(model->index(1, CompanyListModel::People).data().toString(), QStringLiteral("2"));
        QTRY_VERIFY(table->hasFocus());
        press(Qt::Key_Slash);
        auto* search = page.findChild<widgets::SearchField*>();
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("kuhl"));
        QTRY_COMPARE(model->rowCount(), 1);
        press(Qt::Key_Return);
        QTRY_VERIFY(table->hasFocus());
        press(Qt::Key_Return);
        QCOMPARE(m_fixture->go.company, companyOf("ostsee"));
        QVERIFY(page.stepBack());
        QTRY_COMPARE(model->rowCount(), 2);
    }

    void a_company_shows_its_people_and_one_history_of_them() {
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().addNote(m_ids[1], "Budget is with the plant")));
        companies::CompanyPage page(*m_fixture->context);
        page.resize(1000, 700);
        page.open(companyOf("ostsee"), QStringLiteral("Companies"));
        page.show();
        page.activateWindow();
        page.enter();
        auto* people = page.findChild<PeopleModel*>();
        QTRY_COMPARE(people->rowCount(), 2);
        QCOMPARE(page.pageTitle(), QStringLiteral("Ostsee Kühlhaus AG"));
        auto* history = page.findChild<widgets::TimelineView*>();
        QTRY_COMPARE(history->model()->rowCount(), 3);
        QVERIFY(history->model()->index(0, 0).data().toString().startsWith(QStringLiteral("tobias: ")));
        // A note on another of them, written elsewhere.
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().addNote(m_ids[2], "Replied in May")));
        QTRY_COMPARE(history->model()->rowCount(), 4);
        QVERIFY(history->model()->index(0, 0).data().toString().startsWith(QStringLiteral("annelie: ")));
        // Somebody new.
        QVERIFY(add("ines", "Ostsee Kühlhaus AG", "ostsee.example"));
        QTRY_COMPARE(people->rowCount(), 3);
        QTRY_VERIFY(page.findChild<ListTable*>()->hasFocus());
        press(Qt::Key_Return);
        QVERIFY(m_fixture->go.lead);
        press(Qt::Key_T);
        VERIFY_OK(parseFilter(m_fixture->go.filter.toStdString()));
        const auto found =
            ScreenFixture::await(m_fixture->workspace().leads().count(*parseFilter(m_fixture->go.filter.toStdString())));
        VERIFY_OK(found);
        QCOMPARE(*found, std::int64_t(3));
    }
};

OUTRIDER_TEST(CompaniesPageTest)
#include "companies_page_test.moc"
