// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/lead_view/enrolment_strip.h"
#include "ui/lead_view/growing_text.h"
#include "ui/lead_view/mail_form.h"
#include "ui/widgets/basics.h"

#include <QAbstractButton>
#include <QPlainTextEdit>

#include <algorithm>

using namespace outrider;
using test::ScreenFixture;

// The page over a full workspace: replies, tasks of strategies, strategies to pause.
class LeadWorkTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<lead_view::LeadPage> m_page;

    QPlainTextEdit* body() const { return m_page->findChild<lead_view::MailForm*>()->findChild<lead_view::GrowingText*>(); }

    void open(LeadId lead) {
        m_page = std::make_unique<lead_view::LeadPage>(*m_fixture->context);
        m_page->resize(1240, 860);
        m_page->show();
        m_page->open(lead, {}, QStringLiteral("Today"));
        QTRY_VERIFY(m_page->pageTitle() != QLatin1String("Lead"));
        m_page->enter();
    }

    QAbstractButton* button(const QString& name) const {
        for (auto* each : m_page->findChildren<QAbstractButton*>()) {
            if (each->isVisible() && each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }

    void press(const QString& name) {
        QTRY_VERIFY2(button(name) && button(name)->isEnabled(), qPrintable(name));
        button(name)->click();
    }

    LeadDetail detailOf(LeadId lead) { return *ScreenFixture::await(m_fixture->workspace().leads().detail(lead)); }

    // A lead whose earliest task is a step of that channel.
    LeadId withStep(Channel channel) {
        const auto today = ScreenFixture::await(m_fixture->workspace().queue().today());
        for (const QueueItem& item : today->items) {
            if (item.channel == channel && item.strategy && detailOf(item.lead).openTasks.size() == 1)
                return item.lead;
        }
        return {};
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->openPractice());
    }

    void cleanup() {
        m_page.reset();
        m_fixture.reset();
    }

    void an_answer_leaves_after_the_undo_window_and_the_reply_waits_no_longer() {
        auto& workspace = m_fixture->workspace();
        const auto replies = ScreenFixture::await(workspace.inbox().list(MessageClass::Reply, false, 10));
        VERIFY_OK(replies);
        QVERIFY(!replies->empty());
        const Message& reply = replies->front().message;
        const auto before = ScreenFixture::await(workspace.inbox().counts());
        open(reply.lead);
        press(QStringLiteral("Answer"));
        QTRY_VERIFY(body()->hasFocus());
        QTest::keyClicks(body(), QStringLiteral("Tuesday at two it is."));
        QTest::keyClick(body(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->tell.sent.size(), 1);
        QVERIFY(detailOf(reply.lead).outboxAt);
        QCOMPARE(ScreenFixture::await(workspace.inbox().counts())->replies, before->replies - 1);
        QVERIFY(!m_page->hasUnsaved());

        // One undo takes back both: nothing leaves, and the reply waits again.
        VERIFY_OK(ScreenFixture::await(workspace.history().undo()));
        QVERIFY(!detailOf(reply.lead).outboxAt);
        QCOMPARE(ScreenFixture::await(workspace.inbox().counts())->replies, before->replies);
        QTRY_VERIFY(button(QStringLiteral("Answer")));
    }

    void the_step_of_a_strategy_is_sent_from_the_page() {
        const LeadId lead = withStep(Channel::Email);
        QVERIFY(lead);
        const int step = detailOf(lead).enrolments.front().enrolment.nextStep;
        open(lead);
        press(QStringLiteral("Write e-mail"));
        QTRY_VERIFY(!body()->toPlainText().isEmpty()); // filled from the template
        press(QStringLiteral("Send"));
        QTRY_COMPARE(m_fixture->tell.sent.size(), 1);
        const LeadDetail after = detailOf(lead);
        QVERIFY(after.openTasks.empty());
        QVERIFY(after.outboxAt);
        QCOMPARE(after.enrolments.front().enrolment.nextStep, step); // over when it has left
    }

    void a_call_is_logged_with_its_outcome_and_the_strategy_goes_on() {
        const LeadId lead = withStep(Channel::Call);
        QVERIFY(lead);
        const int step = detailOf(lead).enrolments.front().enrolment.nextStep;
        open(lead);
        press(QStringLiteral("Call"));
        m_fixture->clock.advance(std::chrono::seconds(250));
        press(QStringLiteral("Voicemail"));
        press(QStringLiteral("Log call"));
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        QVERIFY2(m_fixture->tell.said.front().startsWith(QStringLiteral("Done with")), qPrintable(m_fixture->tell.said.front()));
        QVERIFY(detailOf(lead).enrolments.front().enrolment.nextStep > step);
        const auto page = ScreenFixture::await(m_fixture->workspace().leads().timeline(lead, {}, 5));
        VERIFY_OK(page);
        const auto call = std::find_if(page->entries.begin(), page->entries.end(),
                                       [](const TimelineEntry& e) { return e.activity.kind == ActivityKind::Call; });
        QVERIFY(call != page->entries.end());
        QCOMPARE(call->activity.disposition, Disposition::Voicemail);
        QCOMPARE(call->activity.durationSeconds, std::optional(250));
    }

    void a_strategy_is_paused_for_one_lead_and_goes_on_where_it_was() {
        const LeadId lead = withStep(Channel::Email);
        QVERIFY(lead);
        auto& strategies = m_fixture->workspace().strategies();
        const LeadDetail before = detailOf(lead);
        const EnrolmentId enrolment = before.enrolments.front().enrolment.id;
        const Instant until = *parseIso8601("2026-12-03T08:00Z");
        open(lead);
        VERIFY_OK(ScreenFixture::await(strategies.pauseFor(enrolment, until)));
        const LeadDetail paused = detailOf(lead);
        QCOMPARE(paused.enrolments.front().enrolment.state, EnrolmentState::Paused);
        QVERIFY(paused.openTasks.front().dueAt >= until);
        QTRY_VERIFY(button(QStringLiteral("Resume ") + QString::fromStdString(before.enrolments.front().strategyName)));

        press(QStringLiteral("Resume ") + QString::fromStdString(before.enrolments.front().strategyName));
        QTRY_COMPARE(detailOf(lead).enrolments.front().enrolment.state, EnrolmentState::Active);
        QCOMPARE(detailOf(lead).openTasks.front().dueAt, before.openTasks.front().dueAt);

        VERIFY_ERROR(ScreenFixture::await(strategies.pauseFor(enrolment, *parseIso8601("2026-11-01"))),
                     ErrorCode::InvalidArgument);
        VERIFY_OK(ScreenFixture::await(strategies.remove(enrolment)));
        VERIFY_ERROR(ScreenFixture::await(strategies.resumeFor(enrolment)), ErrorCode::Conflict);
    }
};

OUTRIDER_TEST(LeadWorkTest)
#include "lead_work_test.moc"
