// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/enrolment_strip.h"

#include "support/test_registry.h"
#include "ui/lead_view/call_form.h"
#include "ui/lead_view/lead_words.h"

using namespace outrider;
using namespace outrider::lead_view;
using State = StripStep::State;
using Kind = EnrolmentDetail::StepState::Kind;

class EnrolmentStripTest : public QObject {
    Q_OBJECT

    const text::Dates m_dates{*parseIso8601("2026-11-19T08:00Z"), QTimeZone("Europe/Berlin")};
    static Instant at(const char* text) { return *parseIso8601(text); }

    // E-mail, call, e-mail in the same thread, and a to-do.
    static EnrolmentDetail running() {
        EnrolmentDetail detail;
        detail.enrolment = {.id = EnrolmentId{7}, .lead = LeadId{1}, .strategy = StrategyId{3}};
        detail.enrolment.enrolledAt = at("2026-11-03T08:00Z");
        detail.enrolment.nextStep = 1;
        detail.strategyName = "Cold chain Q4";
        detail.source = "Reefer operators";
        detail.version.number = 4;
        for (const Channel channel : {Channel::Email, Channel::Call, Channel::Email, Channel::Task}) {
            Step step{.id = StepId{std::int64_t(detail.version.steps.size()) + 11}, .position = int(detail.version.steps.size())};
            step.channel = channel;
            step.thread = detail.version.steps.size() == 2 ? Thread::Reply : Thread::New;
            detail.version.steps.push_back(step);
        }
        detail.steps = {{Kind::Done, at("2026-11-03T09:00Z")},
                        {Kind::Current, at("2026-11-17T08:00Z")},
                        {Kind::Coming, at("2026-11-23T08:00Z")},
                        {Kind::Coming, std::nullopt}};
        return detail;
    }

    static LeadDetail leadIn(const EnrolmentDetail& enrolment) {
        LeadDetail lead;
        lead.lead.id = LeadId{1};
        lead.lead.lastName = "Rühl";
        lead.enrolments = {enrolment};
        if (enrolment.enrolment.isRunning())
            lead.openTasks = {Task{.id = TaskId{5},
                                   .lead = LeadId{1},
                                   .enrolment = enrolment.enrolment.id,
                                   .step = StepId{12},
                                   .channel = Channel::Call,
                                   .dueAt = at("2026-11-17T08:00Z")}};
        return lead;
    }

private Q_SLOTS:
    void a_running_strategy_shows_what_is_done_what_is_due_and_what_comes() {
        const StripModel model = stripOf(leadIn(running()), running(), {}, m_dates);
        QCOMPARE(model.about, QStringLiteral("version 4, enrolled 3 Nov from “⁨Reefer operators⁩”"));
        QCOMPARE(model.standing, QStringLiteral("Step 2 of 4"));
        QCOMPARE(model.steps.size(), std::size_t(4));
        QCOMPARE(model.steps[0].state, State::Done);
        QCOMPARE(model.steps[0].reason, QStringLiteral("Sent"));
        QCOMPARE(model.steps[0].date, QStringLiteral("Tue 3 Nov"));
        QCOMPARE(model.steps[1].state, State::Current);
        QCOMPARE(model.steps[1].reason, QStringLiteral("2 days late"));
        QCOMPARE(model.steps[2].state, State::Coming);
        QCOMPARE(model.steps[2].title, QStringLiteral("E-mail, in thread"));
        QCOMPARE(model.steps[2].date, QStringLiteral("Mon 23 Nov"));
        QCOMPARE(model.steps[3].reason, QStringLiteral("Waits"));
    }

    void an_e_mail_that_has_not_left_yet_is_on_its_way() {
        EnrolmentDetail enrolment = running();
        enrolment.enrolment.nextStep = 0;
        enrolment.steps[0] = {Kind::Current, at("2026-11-19T07:59Z")};
        LeadDetail lead = leadIn(enrolment);
        lead.openTasks.clear();
        lead.outboxAt = at("2026-11-19T08:04Z");
        const StripModel model = stripOf(lead, enrolment, {}, m_dates);
        QCOMPARE(model.steps[0].reason, QStringLiteral("On its way"));
        QCOMPARE(model.steps[0].date, QStringLiteral("today 09:04"));
    }

    void how_a_call_ended_is_known_from_the_timeline() {
        EnrolmentDetail enrolment = running();
        enrolment.steps[1].kind = Kind::Done;
        TimelineEntry call;
        call.activity = {.lead = LeadId{1}, .at = at("2026-11-18T08:00Z"), .kind = ActivityKind::Call};
        call.activity.enrolment = enrolment.enrolment.id;
        call.activity.step = StepId{12};
        call.activity.disposition = Disposition::Voicemail;
        const StripModel model = stripOf(leadIn(enrolment), enrolment, {call}, m_dates);
        QCOMPARE(model.steps[1].reason, QStringLiteral("Voicemail"));
    }

    void what_ended_a_strategy_stands_before_the_steps_it_removed() {
        EnrolmentDetail enrolment = running();
        enrolment.enrolment.state = EnrolmentState::Stopped;
        enrolment.enrolment.stopReason = StopReason::Reply;
        enrolment.enrolment.endedAt = at("2026-11-19T06:12Z");
        enrolment.steps[1] = {Kind::Removed, at("2026-11-20T08:00Z")};
        enrolment.steps[2] = {Kind::Removed, std::nullopt};
        enrolment.steps[3] = {Kind::Removed, std::nullopt};
        const StripModel model = stripOf(leadIn(enrolment), enrolment, {}, m_dates);
        QCOMPARE(model.standing, QStringLiteral("Stopped: replied, 07:12"));
        QCOMPARE(model.steps.size(), std::size_t(5));
        QCOMPARE(model.steps[1].state, State::Ended);
        QCOMPARE(model.steps[1].title, QStringLiteral("Reply"));
        QCOMPARE(model.steps[1].date, QStringLiteral("today 07:12"));
        QCOMPARE(model.steps[2].state, State::Removed);
        QCOMPARE(model.steps[2].reason, QStringLiteral("Removed: replied"));
        QCOMPARE(model.steps[2].date, QStringLiteral("was Fri 20 Nov"));
        QVERIFY(model.steps[3].date.isEmpty());
    }

    void one_that_ended_after_its_last_step_has_its_end_last() {
        EnrolmentDetail enrolment = running();
        enrolment.enrolment.state = EnrolmentState::Stopped;
        enrolment.enrolment.stopReason = StopReason::OptOut;
        for (auto& step : enrolment.steps)
            step = {Kind::Done, at("2026-11-10T08:00Z")};
        const StripModel model = stripOf(leadIn(enrolment), enrolment, {}, m_dates);
        QCOMPARE(model.steps.back().state, State::Ended);
        QCOMPARE(model.steps.back().title, QStringLiteral("Opted out"));
    }

    void every_column_reads_its_state_to_a_screen_reader() {
        EnrolmentStrip strip(stripOf(leadIn(running()), running(), {}, m_dates).steps);
        QStringList names;
        for (const QObject* child : strip.children()) {
            if (const auto* widget = qobject_cast<const QWidget*>(child))
                names.append(widget->accessibleName());
        }
        QCOMPARE(names.value(1), QStringLiteral("Step 2, Call, 2 days late, Tue 17 Nov 09:00"));
        QCOMPARE(names.size(), 4);
    }

    void a_narrow_strip_breaks_into_rows_and_grows() {
        const EnrolmentStrip strip(stripOf(leadIn(running()), running(), {}, m_dates).steps);
        QVERIFY(strip.heightForWidth(300) >= 2 * strip.heightForWidth(1200));
    }

    void the_next_step_says_how_late_it_is_and_what_follows() {
        const NextStep next = nextStepOf(leadIn(running()), nullptr, nullptr, m_dates);
        QCOMPARE(next.kind, NextStep::Kind::Task);
        QCOMPARE(next.title, QStringLiteral("Call, step 2 of 4"));
        QCOMPARE(next.when, QStringLiteral("2 days late"));
        QVERIFY(next.late);
        QVERIFY2(next.why.endsWith(QStringLiteral("If nobody answers, step 3 (e-mail) follows on Mon 23 Nov.")),
                 qPrintable(next.why));
    }

    void a_reply_that_waits_comes_before_everything_else() {
        TimelineEntry reply;
        reply.activity.at = at("2026-11-19T06:12Z");
        reply.message = Message{.id = MessageId{9},
                                .direction = Direction::Inbound,
                                .messageClass = MessageClass::Reply,
                                .text = "Tuesday\nsuits me."};
        const NextStep next = nextStepOf(leadIn(running()), &reply, nullptr, m_dates);
        QCOMPARE(next.kind, NextStep::Kind::Reply);
        QCOMPARE(next.message, MessageId{9});
        QCOMPARE(next.why, QStringLiteral("Tuesday suits me."));
    }

    void a_lead_nobody_will_think_of_again_says_so() {
        LeadDetail lead;
        lead.lead.lastName = "Rühl";
        QCOMPARE(nextStepOf(lead, nullptr, nullptr, m_dates).kind, NextStep::Kind::None);
    }

    void permissions_say_why_not() {
        LeadDetail lead;
        lead.lead.email = lead.lead.emailKey = "t.ruehl@ostsee-kuehlhaus.example";
        QVERIFY(mailPermission(lead, m_dates).allowed);
        QCOMPARE(callPermission(lead, m_dates).sentence, QStringLiteral("No phone number"));
        lead.lead.reach = Reach::OptedOut;
        lead.emailSuppression = Suppression{.createdAt = at("2026-11-12T08:00Z")};
        QVERIFY(!mailPermission(lead, m_dates).allowed);
        QCOMPARE(mailPermission(lead, m_dates).sentence, QStringLiteral("No e-mail: opted out, 12 Nov"));
    }

    void a_companys_filter_survives_quotation_marks() {
        LeadDetail lead;
        lead.lead.companyName = "The \"Reefer\" House";
        const auto filter = parseFilter(companyFilter(lead).toStdString());
        VERIFY_OK(filter);
        lead.company = Company{.domain = "reefer.example"};
        QCOMPARE(companyFilter(lead), QStringLiteral("company_domain=\"reefer.example\""));
    }

    void durations_are_read_as_typed() {
        QCOMPARE(parseDuration(QStringLiteral("4:10")), std::optional(250));
        QCOMPARE(parseDuration(QStringLiteral(" 4 min ")), std::optional(240));
        QCOMPARE(parseDuration(QStringLiteral("4 min 10 s")), std::optional(250));
        QCOMPARE(parseDuration(QStringLiteral("90s")), std::optional(90));
        QCOMPARE(parseDuration(QStringLiteral("1h 5m")), std::optional(3900));
        QCOMPARE(parseDuration(QStringLiteral("4")), std::optional(240));
        QVERIFY(!parseDuration(QStringLiteral("long")));
        QVERIFY(!parseDuration(QStringLiteral("4:70")));
        QVERIFY(!parseDuration(QStringLiteral("")));
    }
};

OUTRIDER_TEST(EnrolmentStripTest)
#include "enrolment_strip_test.moc"
