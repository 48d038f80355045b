// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/strategy_draft.h"

#include "support/test_registry.h"

#include <QSignalSpy>

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::strategies;

class StrategyDraftTest : public QObject {
    Q_OBJECT

    StrategyDraft m_draft;

    static StrategyVersion version(std::initializer_list<int> days, OffsetBase base = OffsetBase::Completion) {
        StrategyVersion version;
        version.offsetBase = base;
        std::int64_t id = 100;
        for (const int day : days) {
            Step step{.id = StepId{id}, .position = int(version.steps.size()), .dayOffset = day};
            step.subject = "step " + std::to_string(id++);
            version.steps.push_back(step);
        }
        return version;
    }
    QStringList titles() const {
        QStringList titles;
        for (const Step& step : m_draft.version().steps)
            titles.append(QString::fromStdString(step.subject));
        return titles;
    }
    void expectPositions() const {
        int position = 0;
        for (const Step& step : m_draft.version().steps)
            QCOMPARE(step.position, position++);
    }

private Q_SLOTS:
    void init() { m_draft.reset(version({0, 3, 4}), true); }

    void positions_stay_right_whatever_is_done_to_the_list() {
        VERIFY_PROPERTY([this](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& acts) {
            m_draft.reset(version({0, 3, 4}), true);
            for (const auto& [act, where] : acts) {
                const int at = m_draft.stepCount() > 0 ? where % m_draft.stepCount() : 0;
                switch (act % 6) {
                case 0:
                    m_draft.add(at, Channel::Call);
                    break;
                case 1:
                    m_draft.remove(at);
                    break;
                case 2:
                    m_draft.duplicate(at);
                    break;
                case 3:
                    m_draft.move(at, 1);
                    break;
                case 4:
                    m_draft.move(at, -1);
                    break;
                default:
                    m_draft.undo();
                }
                int position = 0;
                for (const Step& step : m_draft.version().steps)
                    RC_ASSERT(step.position == position++);
            }
        });
    }

    void a_step_moves_and_the_days_stay_where_they_are() {
        QCOMPARE(m_draft.move(2, -1), 1);
        QCOMPARE(titles(), (QStringList{QStringLiteral("step 100"), QStringLiteral("step 102"), QStringLiteral("step 101")}));
        QCOMPARE(dayMarks(m_draft.version()), (std::vector<int>{0, 3, 7}));
        QCOMPARE(m_draft.move(0, -1), 0); // there is nothing above the first
    }

    void when_the_first_step_goes_the_next_starts_when_it_did() {
        m_draft.reset(version({0, 3, 4}), true);
        m_draft.remove(0);
        QCOMPARE(dayMarks(m_draft.version()), (std::vector<int>{0, 4}));
        expectPositions();
    }

    void a_new_step_between_two_never_falls_behind_the_one_after() {
        m_draft.reset(version({0, 2, 9}, OffsetBase::Enrolment), true);
        QCOMPARE(m_draft.add(0, Channel::Call), 1);
        QCOMPARE(dayMarks(m_draft.version()), (std::vector<int>{0, 2, 2, 9}));
    }

    void changing_what_days_count_from_keeps_every_step_on_its_day() {
        m_draft.setOffsetBase(OffsetBase::Enrolment);
        QCOMPARE(m_draft.step(2).dayOffset, 7);
        QCOMPARE(dayMarks(m_draft.version()), (std::vector<int>{0, 3, 7}));
        m_draft.setOffsetBase(OffsetBase::Completion);
        QCOMPARE(m_draft.step(2).dayOffset, 4);
    }

    void typing_in_one_field_is_one_undo() {
        for (const char* text : {"H", "Hi", "Hi t"}) {
            Step step = m_draft.step(0);
            step.body = text;
            m_draft.edit(0, step, QStringLiteral("body"));
        }
        QVERIFY(m_draft.isChanged());
        QVERIFY(m_draft.undo());
        QCOMPARE(m_draft.step(0).body, std::string());
        QVERIFY(!m_draft.isChanged());
        QVERIFY(!m_draft.undo());
        QVERIFY(m_draft.redo());
        QCOMPARE(m_draft.step(0).body, std::string("Hi t"));
    }

    void what_has_changed_is_counted_by_step() {
        m_draft.remove(1);
        Step step = m_draft.step(0);
        step.body = "new";
        m_draft.edit(0, step, QStringLiteral("body"));
        m_draft.add(1, Channel::Call);
        const DraftChanges changes = m_draft.changes();
        QCOMPARE(changes.added, 1);
        QCOMPARE(changes.changed, 1);
        QCOMPARE(changes.removed, 1);
        QVERIFY(!changes.order);
        QVERIFY(!changes.schedule);
    }

    void an_edit_that_changes_nothing_is_none() {
        QSignalSpy changed(&m_draft, &StrategyDraft::changed);
        m_draft.edit(0, m_draft.step(0), QStringLiteral("body"));
        QCOMPARE(changed.count(), 0);
        QVERIFY(!m_draft.isChanged());
        QVERIFY(!m_draft.canUndo());
    }
};

OUTRIDER_TEST(StrategyDraftTest)
#include "strategy_draft_test.moc"
