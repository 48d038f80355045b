// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/lead_view/composer.h"
#include "ui/lead_view/fact_row.h"
#include "ui/lead_view/facts_panel.h"
#include "ui/lead_view/growing_text.h"
#include "ui/lead_view/lead_pane.h"
#include "ui/lead_view/note_field.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/timeline_view.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

using namespace outrider;
using namespace outrider::lead_view;
using test::ScreenFixture;

// The page on a real workspace, worked as a person does.
class LeadPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<lead_view::LeadPage> m_page;
    LeadId m_amina;
    LeadId m_tobias;

    LeadId add(const char* first, const char* last, const char* email) {
        const auto id = ScreenFixture::await(m_fixture->workspace().leads().add(
            {{"first_name", first}, {"last_name", last}, {"email", email}, {"company", "Ostsee Kühlhaus AG"}}));
        return id ? *id : LeadId{};
    }

    void open(LeadId lead, std::vector<LeadId> neighbours = {}) {
        m_page->open(lead, std::move(neighbours), QStringLiteral("Leads"));
        QVERIFY(QTest::qWaitFor([&] { return m_page->pageTitle() != QLatin1String("Lead") && m_page->lead() == lead; }));
    }

    template <typename T>
    T* the(const QString& accessibleName) const {
        for (T* widget : m_page->findChildren<T*>()) {
            if (widget->accessibleName() == accessibleName)
                return widget;
        }
        return nullptr;
    }

    QPlainTextEdit* note() const { return m_page->findChild<NoteField*>()->findChild<GrowingText*>(); }
    FactRow* fact(const char* key) const { return m_page->findChild<FactsPanel*>()->row(QString::fromLatin1(key)); }

    QStringList timeline() const {
        QStringList titles;
        const auto* model = m_page->findChild<widgets::TimelineView*>()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            titles.append(model->index(row, 0).data(Qt::AccessibleTextRole).toString());
        return titles;
    }

    bool timelineHas(const QString& text) const {
        const QStringList titles = timeline();
        return std::any_of(titles.begin(), titles.end(), [&](const QString& title) { return title.contains(text); });
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_amina = add("Amina", "Diallo", "a.diallo@globalport.example");
        m_tobias = add("Tobias", "Rühl", "t.ruehl@ostsee-kuehlhaus.example");
        QVERIFY(m_amina && m_tobias);
        m_page = std::make_unique<lead_view::LeadPage>(*m_fixture->context);
        m_page->resize(1240, 860);
        m_page->show();
        open(m_amina, {m_amina, m_tobias});
    }

    void cleanup() {
        m_page.reset();
        m_fixture.reset();
    }

    void a_note_that_is_saved_appears_in_the_timeline() {
        note()->setPlainText(QStringLiteral("Budget is with the plant."));
        QTest::keyClick(note(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(timelineHas(QStringLiteral("Budget is with the plant.")));
        QVERIFY(note()->toPlainText().isEmpty());
        QVERIFY(!m_page->hasUnsaved());
    }

    void a_note_that_names_a_call_and_a_time_sets_the_next_step() {
        note()->setPlainText(QStringLiteral("Interested in berth slots.\ncall tue 14:00 about Gate 4"));
        QTest::keyClick(note(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        const auto detail = ScreenFixture::await(m_fixture->workspace().leads().detail(m_amina));
        VERIFY_OK(detail);
        QCOMPARE(detail->openTasks.size(), std::size_t(1));
        QCOMPARE(detail->openTasks.front().channel, Channel::Call);
        QCOMPARE(detail->openTasks.front().title, std::string("Gate 4"));
        QCOMPARE(detail->openTasks.front().dueAt, *parseIso8601("2026-11-24T13:00Z"));
        QTRY_VERIFY(the<QPushButton>(QStringLiteral("Call")) != nullptr); // the page's primary act by now
    }

    void a_draft_survives_a_refresh() {
        note()->setPlainText(QStringLiteral("half a sen"));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().addNote(m_amina, "From elsewhere")));
        QTRY_VERIFY(timelineHas(QStringLiteral("From elsewhere")));
        QCOMPARE(note()->toPlainText(), QStringLiteral("half a sen"));
    }

    void drafts_are_kept_per_lead() {
        note()->setPlainText(QStringLiteral("for Amina"));
        open(m_tobias, {m_amina, m_tobias});
        QTRY_COMPARE(note()->toPlainText(), QString());
        note()->setPlainText(QStringLiteral("for Tobias"));
        open(m_amina, {m_amina, m_tobias});
        QTRY_COMPARE(note()->toPlainText(), QStringLiteral("for Amina"));
        QVERIFY(m_page->hasUnsaved());
    }

    void a_fact_is_edited_in_place_and_saved_by_enter() {
        fact("phone")->edit();
        QVERIFY(fact("phone")->isEditing());
        fact("phone")->input()->setText(QStringLiteral("+49 30 901820"));
        QTest::keyClick(fact("phone")->input(), Qt::Key_Return);
        QTRY_VERIFY(!fact("phone")->isEditing());
        const auto detail = ScreenFixture::await(m_fixture->workspace().leads().detail(m_amina));
        VERIFY_OK(detail);
        QCOMPARE(detail->lead.phoneKey, std::string("+4930901820"));
        QTRY_COMPARE(fact("phone")->value(), QString::fromStdString(detail->lead.phone));
    }

    void escape_keeps_what_was() {
        fact("email")->edit();
        fact("email")->input()->setText(QStringLiteral("other@globalport.example"));
        QTest::keyClick(fact("email")->input(), Qt::Key_Escape);
        QVERIFY(!fact("email")->isEditing());
        const auto detail = ScreenFixture::await(m_fixture->workspace().leads().detail(m_amina));
        VERIFY_OK(detail);
        QCOMPARE(detail->lead.email, std::string("a.diallo@globalport.example"));
    }

    void what_the_store_refuses_stays_in_the_input_with_its_reason() {
        fact("email")->edit();
        fact("email")->input()->setText(QStringLiteral("not an address"));
        QTest::keyClick(fact("email")->input(), Qt::Key_Return);
        const auto saysWhy = [&] {
            const auto labels = fact("email")->findChildren<widgets::Label*>();
            return std::any_of(labels.begin(), labels.end(), [](const widgets::Label* label) {
                return label->isVisible() && label->text().contains(QStringLiteral("not an address"));
            });
        };
        QTRY_VERIFY(saysWhy());
        QVERIFY(fact("email")->isEditing());
        QCOMPARE(fact("email")->input()->text(), QStringLiteral("not an address"));
    }

    void a_refresh_leaves_an_open_input_alone() {
        fact("phone")->edit();
        fact("phone")->input()->setText(QStringLiteral("+49 30"));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().edit(m_amina, {{"job_title", "VP Operations"}})));
        QTRY_COMPARE(fact("job_title")->value(), QStringLiteral("VP Operations"));
        QVERIFY(fact("phone")->isEditing());
        QCOMPARE(fact("phone")->input()->text(), QStringLiteral("+49 30"));
    }

    void j_and_k_go_through_the_list_it_was_opened_from() {
        m_page->enter();
        auto* view = m_page->findChild<widgets::TimelineView*>();
        QTRY_VERIFY(view->hasFocus());
        QTest::keyClick(view, Qt::Key_J);
        QTRY_COMPARE(m_page->lead(), m_tobias);
        QTest::keyClick(view, Qt::Key_J); // the last: nothing follows
        QCOMPARE(m_page->lead(), m_tobias);
        QTest::keyClick(view, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(m_page->lead(), m_amina);
    }

    void the_company_leads_to_everybody_who_works_there() {
        auto* link = the<QAbstractButton>(QStringLiteral("Company Ostsee Kühlhaus AG"));
        QVERIFY(link);
        link->click();
        QVERIFY(m_fixture->go.company);
        const auto detail = ScreenFixture::await(m_fixture->workspace().companies().detail(m_fixture->go.company));
        VERIFY_OK(detail);
        QCOMPARE(detail->company.name, std::string("Ostsee Kühlhaus AG"));
    }

    void escape_leaves_the_composer_before_the_page() {
        m_page->writeNote();
        note()->setPlainText(QStringLiteral("unsaved"));
        QTRY_VERIFY(note()->hasFocus());
        QVERIFY(m_page->stepBack());
        QVERIFY(!note()->hasFocus());
        QCOMPARE(note()->toPlainText(), QStringLiteral("unsaved"));
        QVERIFY(!m_page->stepBack());
    }

    void the_pane_shows_a_lead_and_follows_its_changes() {
        LeadPane pane(*m_fixture->context);
        pane.show();
        pane.showLead(m_tobias);
        const auto shows = [&](const QString& text) {
            const auto labels = pane.findChildren<widgets::Label*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const widgets::Label* label) { return label->text().contains(text); });
        };
        QTRY_VERIFY(shows(QStringLiteral("Tobias Rühl")));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().edit(m_tobias, {{"job_title", "Werkleiter"}})));
        QTRY_VERIFY(shows(QStringLiteral("Werkleiter, Ostsee Kühlhaus AG")));
        pane.clear();
        QVERIFY(!pane.lead());
    }
};

OUTRIDER_TEST(LeadPageTest)
#include "lead_page_test.moc"
