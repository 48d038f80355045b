// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_history.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/lead_view/text_link.h"
#include "ui/widgets/bars.h"

#include <QLineEdit>

using namespace outrider;
using namespace outrider::lead_view;
using test::ScreenFixture;

class LeadHistoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    LeadHistory* m_sheet = nullptr;
    LeadId m_lead;

    static QString plain(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)); }

    QStringList lines() const {
        QStringList out;
        for (const auto* label : m_sheet->findChildren<widgets::Label*>())
            out.append(plain(label->text()));
        return out;
    }

    bool says(const QString& part) const { return !lines().filter(part).isEmpty(); }

    QStringList actions() const {
        QStringList out;
        for (const auto* link : m_sheet->findChildren<TextLink*>())
            out.append(plain(link->text()));
        return out;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        LeadService& leads = m_fixture->workspace().leads();
        const auto added = ScreenFixture::await(
            leads.add({{"first_name", "Ada"}, {"last_name", "Lovelace"}, {"email", "ada@x.example"}, {"job_title", "Analyst"}}));
        VERIFY_OK(added);
        m_lead = *added;
        m_fixture->clock.advance(std::chrono::hours(24));
        VERIFY_OK(ScreenFixture::await(leads.edit(m_lead, {{"job_title", "Countess"}})));
        const auto detail = ScreenFixture::await(leads.detail(m_lead));
        VERIFY_OK(detail);
        m_window = std::make_unique<QWidget>();
        m_window->resize(1000, 800);
        m_window->show();
        m_sheet = new LeadHistory(*m_fixture->context, m_window.get(), *detail);
        m_sheet->openHistory();
        QTRY_COMPARE(actions().size(), 2);
    }

    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void it_lists_what_changed_the_lead_and_where_its_facts_come_from() {
        QVERIFY2(actions().front().contains(QLatin1String("Edited Ada Lovelace")), qPrintable(actions().front()));
        QTRY_VERIFY(says(QStringLiteral("Title: Countess. Edited Ada Lovelace")));
        QVERIFY(says(QStringLiteral("E-mail: ada@x.example. Added Ada Lovelace")));
    }

    void choosing_a_moment_shows_the_lead_as_it_was() {
        m_sheet->findChildren<TextLink*>().back()->click();
        QTRY_VERIFY(says(QStringLiteral("Title: Analyst, now Countess")));
        QVERIFY(says(QStringLiteral("Looking back changes nothing")));
    }

    void a_moment_is_typed_and_one_before_the_lead_has_none() {
        auto* moment = m_sheet->findChild<QLineEdit*>();
        QTest::keyClicks(moment, QStringLiteral("2h ago"));
        QTest::keyClick(moment, Qt::Key_Return);
        QTRY_VERIFY(says(QStringLiteral("Title: Analyst, now Countess")));
        moment->setText(QStringLiteral("3d ago"));
        QTest::keyClick(moment, Qt::Key_Return);
        QTRY_VERIFY(says(QStringLiteral("no such lead yet")));
        moment->setText(QStringLiteral("next week"));
        QTest::keyClick(moment, Qt::Key_Return);
        QVERIFY(says(QStringLiteral("no moment that has passed")));
    }
};

OUTRIDER_TEST(LeadHistoryTest)
#include "lead_history_test.moc"
