// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lead_list_model.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/models/lead_ticks.h"

#include <QSignalSpy>

using namespace outrider;
using models::LeadColumn;
using models::LeadListModel;
using test::ScreenFixture;

// The list on a real workspace of 300 leads: three pages.
class LeadListModelTest : public QObject {
    Q_OBJECT

    static constexpr int leads = 300;
    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<LeadListModel> m_model;
    std::vector<LeadId> m_ids; // in the order they were added, which is that of their names

    static std::string nameOf(int i) {
        std::string number = std::to_string(i);
        return "Lead" + std::string(3 - number.size(), '0') + number;
    }

    LeadId add(const std::string& first, int score) {
        auto added = m_fixture->workspace().leads().add(
            {{"first_name", first}, {"email", first + "@nordwind.example"}, {"score", std::to_string(score)}});
        const auto id = ScreenFixture::await(std::move(added));
        return id ? *id : LeadId{};
    }

    bool show(const std::string& sort, bool descending = false, const char* filter = "") {
        QSignalSpy counted(m_model.get(), &LeadListModel::counted);
        m_model->show({.filter = *parseFilter(filter), .sort = sort, .descending = descending});
        return counted.wait(10'000);
    }

    // The name in a row, once it has been read.
    QString nameAt(int row) {
        const auto read = [&] { return m_model->cells(row) != nullptr; };
        return QTest::qWaitFor(read, 10'000) ? m_model->cells(row)->text[std::size_t(LeadColumn::Name)] : QString();
    }

private Q_SLOTS:
    void initTestCase() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        for (int i = 0; i < leads; ++i) {
            m_ids.push_back(add(nameOf(i), i % 100));
            QVERIFY(m_ids.back());
        }
    }

    void init() { m_model = std::make_unique<LeadListModel>(m_fixture->workspace()); }
    void cleanup() { m_model.reset(); }

    void the_first_page_is_there_before_the_rest_is_asked_for() {
        QVERIFY(show("name"));
        QCOMPARE(m_model->total(), qint64(leads));
        QCOMPARE(m_model->rowCount(), leads);
        QVERIFY(m_model->cells(0) != nullptr);
        QCOMPARE(nameAt(0), QStringLiteral("Lead000"));
        QVERIFY(m_model->cells(200) == nullptr);
        QCOMPARE(m_model->index(200, int(LeadColumn::Name)).data().toString(), QStringLiteral("…"));
    }

    void any_place_is_read_when_it_is_looked_at() {
        QVERIFY(show("name"));
        QCOMPARE(nameAt(299), QStringLiteral("Lead299"));
        QCOMPARE(nameAt(128), QStringLiteral("Lead128"));
        QCOMPARE(nameAt(127), QStringLiteral("Lead127"));
        QCOMPARE(m_model->rowOf(m_ids[299]), std::optional(299));
    }

    void falling_order_begins_with_the_highest() {
        QVERIFY(show("score", true));
        QCOMPARE(m_model->cells(0)->row.score, 99);
        QVERIFY(!nameAt(299).isEmpty());
        QCOMPARE(m_model->cells(299)->row.score, 0);
    }

    void a_changed_lead_is_read_again_where_it_stands() {
        QVERIFY(show("name"));
        QSignalSpy read(m_model.get(), &LeadListModel::rowsRead);
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().edit(m_ids[5], {{"job_title", "Werkleiter"}})));
        QTRY_COMPARE(m_model->cells(5)->text[std::size_t(LeadColumn::Title)], QStringLiteral("Werkleiter"));
        QCOMPARE(read.size(), 1);
        QCOMPARE(read.front().at(0).toInt(), 5);
        QCOMPARE(read.front().at(1).toInt(), 5);
    }

    void a_lead_that_comes_or_goes_moves_the_others() {
        QVERIFY(show("name"));
        const LeadId first = add("Aaron", 50);
        QTRY_COMPARE(m_model->rowCount(), leads + 1);
        QTRY_COMPARE(m_model->cells(0)->row.id, first);
        QCOMPARE(nameAt(leads), QStringLiteral("Lead299"));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().setTrashed(LeadSelection::one(first), true)));
        QTRY_COMPARE(m_model->rowCount(), leads);
        QTRY_COMPARE(m_model->cells(0)->row.id, m_ids[0]);
    }

    void hidden_it_reads_nothing_and_catches_up_when_shown() {
        QVERIFY(show("name", false, "job_title:Leiter"));
        const qint64 before = m_model->total();
        m_model->setActive(false);
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().edit(m_ids[9], {{"job_title", "Leiter Versand"}})));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().count({}))); // the change has been told
        QCOMPARE(m_model->total(), before);
        m_model->setActive(true);
        QTRY_COMPARE(m_model->total(), before + 1);
    }

    void a_range_is_named_by_ids_though_it_was_never_shown() {
        QVERIFY(show("name"));
        std::vector<LeadId> ids;
        const auto reach = [&] {
            m_model->readIds(10, 290, [&](Result<std::vector<LeadId>> read) {
                if (read)
                    ids = *read;
            });
            return QTest::qWaitFor([&] { return !ids.empty(); }, 500);
        };
        QTRY_VERIFY(reach());
        QCOMPARE(ids.size(), std::size_t(281));
        QCOMPARE(ids.front(), m_ids[10]);
        QCOMPARE(ids.back(), m_ids[290]);
    }

    void neighbours_are_what_is_read_around_a_row() {
        QVERIFY(show("name"));
        const auto ids = m_model->idsAround(3, 5);
        QCOMPARE(ids.size(), std::size_t(9));
        QCOMPARE(ids.front(), m_ids[0]);
        QCOMPARE(ids.back(), m_ids[8]);
    }

    void an_unknown_sorting_leaves_the_list_that_is_shown() {
        QVERIFY(show("name"));
        QSignalSpy failed(m_model.get(), &LeadListModel::failed);
        m_model->show({.filter = {}, .sort = "shoe_size"});
        QVERIFY(failed.wait());
        QCOMPARE(m_model->rowCount(), leads);
        QCOMPARE(nameAt(0), QStringLiteral("Lead000"));
    }

    void only_the_last_question_is_answered() {
        QSignalSpy shown(m_model.get(), &LeadListModel::shown);
        m_model->show({.filter = *parseFilter("first_name=Lead001"), .sort = "name"});
        m_model->show({.filter = *parseFilter("first_name=Lead002"), .sort = "name"});
        QVERIFY(shown.wait());
        QCOMPARE(nameAt(0), QStringLiteral("Lead002"));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().count({})));
        QCOMPARE(shown.size(), 1);
        QCOMPARE(m_model->rowCount(), 1);
    }

    void what_is_chosen_is_chosen_by_lead_and_not_by_row() {
        models::LeadTicks ticks;
        m_model->setTicked([&ticks](LeadId id) { return ticks.contains(id); });
        QVERIFY(show("name"));
        ticks.set(*m_model->idAt(0), true);
        QCOMPARE(m_model->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QVERIFY(show("name", true));
        QCOMPARE(m_model->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QVERIFY(!nameAt(299).isEmpty());
        QCOMPARE(m_model->index(299, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    }

    void all_but_one_is_a_filter_and_an_exception() {
        models::LeadTicks ticks;
        ticks.setAll();
        ticks.set(m_ids[7], false);
        QCOMPARE(ticks.count(leads), qint64(leads - 1));
        const LeadSelection selection = ticks.selection(*parseFilter("first_name:Lead"));
        const auto done = ScreenFixture::await(m_fixture->workspace().leads().addTag(selection, "chosen"));
        VERIFY_OK(done);
        QCOMPARE(*done, std::int64_t(leads - 1));
        QVERIFY(show("name", false, "-tag:chosen first_name:Lead"));
        QCOMPARE(m_model->total(), qint64(1));
        QCOMPARE(*m_model->idAt(0), m_ids[7]);
    }
};

OUTRIDER_TEST(LeadListModelTest)
#include "lead_list_model_test.moc"
