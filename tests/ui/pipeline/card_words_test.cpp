// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/card_words.h"

#include "support/test_registry.h"

#include <algorithm>

using namespace outrider;
using namespace outrider::pipeline;

namespace {

const Instant now = *parseIso8601("2026-11-19T08:00Z");
const text::Dates dates(now, QTimeZone("Europe/Berlin"));
const Status fresh{.id = statuses::newLead, .key = "new", .name = "New", .builtIn = true};
const Status working{.id = statuses::inProgress, .key = "in_progress", .name = "In progress", .builtIn = true};
const Status replied{.id = statuses::replied, .key = "replied", .name = "Replied", .kind = StatusKind::Terminal, .builtIn = true};

LeadListRow zoe() {
    LeadListRow row;
    row.id = LeadId{7};
    row.name = "Zoë Brandt";
    row.companyName = "Nordwind Logistik";
    row.score = 86;
    return row;
}

LeadListRow inStrategy(EnrolmentState state) {
    LeadListRow row = zoe();
    row.strategy = StrategyId{3};
    row.strategyName = "Cold chain Q4";
    row.enrolmentState = state;
    row.nextStep = 1;
    row.stepCount = 5;
    return row;
}

QString bare(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)); }

} // namespace

class CardWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_card_says_what_comes_next_and_when() {
        LeadListRow row = inStrategy(EnrolmentState::Active);
        row.nextTaskAt = now + std::chrono::hours(2);
        row.nextChannel = Channel::Call;
        const Card card = makeCard(row, working, dates, now);
        QCOMPARE(card.step, QStringLiteral("Today"));
        QCOMPARE(card.progress, QStringLiteral("2/5"));
        QVERIFY(card.tone == Card::Tone::Plain);
        QCOMPARE(card.spoken,
                 QStringLiteral("Zoë Brandt, Nordwind Logistik, score 86, Call Today, step 2 of 5 of Cold chain Q4"));
    }

    void what_is_late_is_said_and_so_is_that_nothing_comes_next() {
        LeadListRow row = zoe();
        row.nextTaskAt = now - std::chrono::hours(49);
        const Card late = makeCard(row, working, dates, now);
        QCOMPARE(late.step, QStringLiteral("2 days late"));
        QVERIFY(late.tone == Card::Tone::Late);
        const Card nothing = makeCard(zoe(), working, dates, now);
        QVERIFY(nothing.tone == Card::Tone::Waits);
        QCOMPARE(nothing.step, QStringLiteral("No next step"));
    }

    void nobody_who_is_finished_lacks_a_next_step() {
        LeadListRow row = zoe();
        QVERIFY(makeCard(row, replied, dates, now).tone == Card::Tone::Plain);
        row.lastTouchAt = now - std::chrono::hours(72);
        QVERIFY(makeCard(row, replied, dates, now).step.startsWith(QStringLiteral("Last touch")));
    }

    void who_must_not_be_contacted_says_so_before_anything_else() {
        LeadListRow row = zoe();
        row.nextTaskAt = now;
        row.reach = Reach::Bounced;
        QCOMPARE(makeCard(row, working, dates, now).step, QStringLiteral("Bounced"));
    }

    void a_move_says_what_else_it_does() {
        const LeadListRow active = inStrategy(EnrolmentState::Active);
        QCOMPARE(bare(consequence(active, working, replied)), QStringLiteral("Stops Cold chain Q4"));
        QCOMPARE(bare(consequence(active, fresh, working)), QStringLiteral("Cold chain Q4 goes on"));
        QCOMPARE(bare(consequence(inStrategy(EnrolmentState::Paused), fresh, working)),
                 QStringLiteral("Cold chain Q4 stays paused"));
        QCOMPARE(bare(consequence(inStrategy(EnrolmentState::Stopped), replied, working)),
                 QStringLiteral("Keeps Cold chain Q4 stopped"));
        QVERIFY(consequence(active, working, working).isEmpty());
        LeadListRow due = zoe();
        QVERIFY(consequence(due, fresh, replied).isEmpty());
        due.nextTaskAt = now;
        QCOMPARE(consequence(due, fresh, replied), QStringLiteral("Clears the next step"));
    }

    void every_order_has_a_name_of_its_own() {
        QStringList names;
        for (const BoardSort sort : boardSorts)
            names.append(sortName(sort));
        names.removeDuplicates();
        QCOMPARE(names.size(), qsizetype(boardSorts.size()));
    }

    void a_card_without_a_value_stands_behind_those_with_one() {
        LeadListRow due = zoe();
        due.nextTaskAt = now;
        LeadListRow none = zoe();
        none.id = LeadId{1};
        QVERIFY(standsBefore(due, none, BoardSort::Due) && !standsBefore(none, due, BoardSort::Due));
        due.lastTouchAt = now;
        QVERIFY(standsBefore(due, none, BoardSort::LastTouch) && !standsBefore(none, due, BoardSort::LastTouch));
        QVERIFY(standsBefore(due, none, BoardSort::Created)); // made later
        none.score = 90;
        QVERIFY(standsBefore(none, due, BoardSort::Score));
    }
};

OUTRIDER_TEST(CardWordsTest)
#include "card_words_test.moc"
