// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/simulate_sheet.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/strategies/examples.h"
#include "ui/strategies/rules_words.h"
#include "ui/strategies/variant_bar.h"
#include "ui/widgets/bar_chart.h"

#include <QComboBox>

using namespace outrider;
using namespace outrider::strategies;
using test::ScreenFixture;

// The dry run in the window, and what the editor has for texts to compare.
class SimulateSheetTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    StrategyId m_strategy;

    SimulateSheet* open(StrategyId strategy) {
        auto* sheet = new SimulateSheet(m_window.get(), *m_fixture->context, strategy, QStringLiteral("Dock delays"));
        sheet->open();
        return sheet;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        Mailbox mailbox = MailboxService::guess("mara@harborline.example");
        mailbox.dailyLimit = 2;
        QVERIFY(ScreenFixture::await(m_fixture->workspace().mailboxes().add(mailbox, nullptr)));
        StrategyVersion version;
        version.steps = {{.channel = Channel::Email, .subject = "Gate 4", .body = "Hello"},
                         {.channel = Channel::Call, .dayOffset = 1}};
        const auto id = ScreenFixture::await(m_fixture->workspace().strategies().create("Dock delays", version));
        QVERIFY(id);
        m_strategy = *id;
        for (int i = 0; i < 6; ++i) {
            const auto lead = ScreenFixture::await(m_fixture->workspace().leads().add(
                {{"first_name", "Lead"}, {"email", "lead" + std::to_string(i) + "@ostsee.example"}}));
            QVERIFY(lead);
            QVERIFY(
                ScreenFixture::await(m_fixture->workspace().strategies().enrol(m_strategy, {.ids = {*lead}, .filter = {}}, {})));
        }
        m_window = std::make_unique<QWidget>();
        m_window->resize(1240, 860);
        m_window->show();
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void every_message_and_task_has_its_row_and_every_day_its_bar() {
        SimulateSheet* sheet = open(m_strategy);
        QTRY_VERIFY(!sheet->isRunning());
        QCOMPARE(sheet->list().rowCount(), 12);
        QVERIFY(sheet->chart()->count() >= 3); // two a day
        std::int64_t mails = 0;
        for (const auto& bar : sheet->chart()->bars())
            mails += bar.upper;
        QCOMPARE(int(mails), 6);
        QVERIFY(sheet->list().row(0).what.contains(QStringLiteral("Dock delays")));
        QVERIFY(sheet->list().row(0).what.endsWith(QStringLiteral("step 1, E-mail")));
    }

    void a_reason_shows_only_what_met_it() {
        SimulateSheet* sheet = open(m_strategy);
        QTRY_VERIFY(!sheet->isRunning());
        const int daily = sheet->reasons()->findData(int(WaitReason::DailyLimit));
        QVERIFY(daily > 0);
        sheet->reasons()->setCurrentIndex(daily);
        Q_EMIT sheet->reasons()->activated(daily);
        QVERIFY(sheet->list().rowCount() > 0 && sheet->list().rowCount() < 6);
        for (int i = 0; i < sheet->list().rowCount(); ++i)
            QVERIFY(sheet->list().row(i).why.contains(QStringLiteral("daily limit")));
    }

    void closed_while_it_runs_nothing_comes_back() {
        SimulateSheet* sheet = open({});
        QVERIFY(sheet->isRunning());
        const QPointer<SimulateSheet> gone = sheet;
        delete sheet;
        QVERIFY(ScreenFixture::await(m_fixture->workspace().strategies().simulate(7))); // behind it in the same queue
        QVERIFY(gone.isNull());
    }

    void a_second_text_begins_as_the_first_and_is_edited_apart() {
        StrategyDraft draft;
        draft.reset({.steps = {{.channel = Channel::Email, .subject = "One", .body = "first"}}}, true);
        VariantBar bar(draft);
        bar.showStep(0);
        bar.add();
        QCOMPARE(bar.current(), 1);
        QCOMPARE(draft.step(0).variants.size(), std::size_t(1));
        QCOMPARE(draft.step(0).variants[0].subject, std::string("One"));
        bar.setCurrent(0);
        bar.removeCurrent(); // B takes its place
        QVERIFY(draft.step(0).variants.empty());
        QCOMPARE(draft.step(0).body, std::string("first"));
        QVERIFY(draft.undo());
        QCOMPARE(draft.step(0).variants.size(), std::size_t(1));
    }

    void no_text_is_called_the_better_one_too_early() {
        QVERIFY(VariantBar::resultText({{.sent = 10, .replied = 3}}).isEmpty());
        QVERIFY(VariantBar::resultText({{.sent = 10, .replied = 3}, {.sent = 12, .replied = 0}})
                    .contains(QStringLiteral("Too early")));
        QVERIFY(VariantBar::resultText({{.sent = 400, .replied = 20}, {.sent = 400, .replied = 60}})
                    .contains(QStringLiteral("B does best")));
    }

    void rules_are_told_in_words() {
        StrategyRules rules;
        QVERIFY(!rulesText(rules).contains(QStringLiteral("colleague")));
        rules.colleague = ColleagueReply::Delay;
        QVERIFY(rulesText(rules).contains(QStringLiteral("5 days")));
        rules.canaryPercent = 10;
        rules.perWeekday = 25;
        rules.stops.reply = false;
        QVERIFY(rulesText(rules).contains(QStringLiteral("10 %")) && rulesText(rules).contains(QStringLiteral("25 begin")));
        QVERIFY(!stopWords(rules).contains(QStringLiteral("Reply")) && stopWords(rules).contains(QStringLiteral("Opt-out")));
    }
};

OUTRIDER_TEST(SimulateSheetTest)
#include "simulate_sheet_test.moc"
