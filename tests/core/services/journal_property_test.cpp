// SPDX-License-Identifier: GPL-3.0-or-later
// Every service a person works through, in any order: undone, redone and looked back at.
#include "core/services/history_service.h"
#include "core/services/lead_service.h"
#include "core/services/merge_service.h"
#include "core/services/queue_service.h"
#include "core/services/strategy_service.h"
#include "core/services/suppression_service.h"
#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::test;

namespace {

int pick(int below) { return *rc::gen::inRange(0, below); }

StrategyVersion someVersion(int steps) {
    StrategyVersion version;
    for (int i = 0; i < steps; ++i) {
        Step step{.channel = i % 2 == 0 ? Channel::Call : Channel::LinkedIn, .dayOffset = i};
        step.body = "Ask about the yard.";
        version.steps.push_back(std::move(step));
    }
    return version;
}

// A workspace and one random deed after the other.
class Life {
public:
    Life()
        : leads(*desk.context),
          queue(*desk.context),
          strategies(*desk.context),
          suppressions(*desk.context),
          history(*desk.context),
          merges(*desk.context) {}

    // Whether it was a deed: something an undo has to take back.
    bool act() {
        desk.clock.advance(std::chrono::minutes(1 + pick(200)));
        const auto before = newest();
        const int number = pick(1000);
        const std::string n = std::to_string(number);
        switch (pick(29)) {
        case 0:
        case 1:
            (void)wait(leads.add({{"first_name", "Lea"},
                                  {"last_name", "L" + n},
                                  {"email", "l" + n + "@x" + n + ".example"},
                                  {"company", "Firm " + n}}));
            break;
        case 2:
            (void)wait(
                leads.edit(lead(), {{"job_title", "Head " + n}, {"company", "Other " + n}, {"phone", "+49 30 5" + n + "00"}}));
            break;
        case 3:
            (void)wait(leads.edit(lead(), {{"tags", "a, b" + n},
                                           {"score", std::to_string(number % 100)},
                                           {"custom:dock", n},
                                           {"email_2", "second" + n + "@x.example"}}));
            break;
        case 4:
            (void)wait(leads.setStatus(some(), StatusId{1 + number % 5}));
            break;
        case 5:
            (void)wait(leads.setOwner(some(), number % 3 == 0 ? MemberId{} : desk.context->me()));
            break;
        case 6:
            (void)wait(leads.addTag(some(), "t" + std::to_string(number % 3)));
            break;
        case 7:
            (void)wait(leads.removeTag(some(), "t" + std::to_string(number % 3)));
            break;
        case 8:
            (void)wait(leads.setArchived(some(), number % 2 == 0));
            break;
        case 9:
            (void)wait(leads.setTrashed(some(), number % 3 != 0));
            break;
        case 10:
            (void)wait(leads.doNotContact(lead()));
            break;
        case 11:
            (void)wait(leads.addNote(lead(), "note " + n));
            break;
        case 12:
            (void)wait(leads.logCall(lead(), Disposition::Talked, number, "spoke"));
            break;
        case 13:
            (void)wait(leads.addTasks(some(), Channel::Call, "Ring " + n, desk.clock.now() + std::chrono::hours(number % 50)));
            break;
        case 14:
            (void)wait(strategies.create("Strategy " + n, someVersion(1 + number % 3)));
            break;
        case 15:
            (void)wait(strategies.publish(strategy(), someVersion(1 + number % 4),
                                          number % 2 == 0 ? StrategyService::Running::FinishOnOld
                                                          : StrategyService::Running::MoveToNew));
            break;
        case 16:
        case 17:
            (void)wait(strategies.enrol(strategy(), some(), "a list"));
            break;
        case 18:
            (void)wait(number % 2 == 0 ? strategies.pause(strategy()) : strategies.resume(strategy()));
            break;
        case 19:
            (void)wait(strategies.remove(
                EnrolmentId{any("SELECT id FROM enrolment WHERE state < 2 ORDER BY id * 7919 % 1009 LIMIT 1")}));
            break;
        case 20:
            (void)wait(queue.complete(
                task(), {.disposition = number % 2 == 0 ? Disposition::Talked : Disposition::NoAnswer, .note = "so " + n}));
            break;
        case 21:
            (void)wait(queue.skip(task()));
            break;
        case 22:
            (void)wait(number % 2 == 0 ? queue.snooze(task(), desk.clock.now() + std::chrono::hours(9))
                                       : strategies.rename(strategy(), "Renamed " + n));
            break;
        case 23:
            (void)wait(
                suppressions.add("s" + n + "@x.example\nfirm" + n + ".example", SuppressionReason::Manual, "by hand", false));
            break;
        case 24:
            (void)wait(leads.saveView({.name = "View " + n, .filter = "status:open"}));
            break;
        case 25:
        case 26:
            (void)wait(merges.merge(lead(), lead(),
                                    number % 2 == 0 ? MergeChoice{} : MergeChoice{.takeGone = {"last_name"}, .takeKept = {}}));
            break;
        case 27:
            (void)wait(merges.split(MergeId{any("SELECT id FROM merge ORDER BY id * 7919 % 1009 LIMIT 1")}));
            break;
        default: {
            const std::string file =
                desk.file("First Name,Last Name,Email,Company,Tags\nIna,I" + n + ",i" + n + "@x.example,Firm " + n
                          + ",in\nLea,L7,l7@x7.example,Firm 7,\nNo,Body,not an address,,\n");
            (void)desk.run({.path = file, .policy = number % 2 == 0 ? ImportPolicy::FillBlanks : ImportPolicy::Overwrite});
            break;
        }
        }
        return newest() != before;
    }

    std::string hashAsOf(Instant moment) {
        const ManualClock clock(moment);
        auto then = desk.context->store().openAsOf(moment, clock, desk.random);
        if (!then)
            RC_FAIL(std::string(name(then.error().code)) + " " + then.error().detail);
        const auto hash = wait((*then)->read([](ReadContext& r) -> Result<std::string> { return contentHash(r); }));
        if (!hash)
            RC_FAIL(std::string(name(hash.error().code)) + " " + hash.error().detail);
        return *hash;
    }

    // Derived columns of the leads as they were, against what they are derived from.
    std::int64_t wronglyDerived(Instant moment) {
        const ManualClock clock(moment);
        const auto then = desk.context->store().openAsOf(moment, clock, desk.random);
        return *wait((*then)->read([](ReadContext& r) -> Result<std::int64_t> {
            return r.db.integer("SELECT count(*) FROM lead l WHERE next_task_at IS NOT (SELECT min(due_at) FROM task t"
                                " WHERE t.lead_id = l.id AND t.state = 0) OR last_touch_at IS NOT (SELECT max(at) FROM activity a"
                                " WHERE a.lead_id = l.id AND a.kind IN (1, 2, 5, 6, 7, 19))")
                   + r.db.integer(
                       "SELECT count(*) FROM task t JOIN lead l ON l.id = t.lead_id WHERE t.state = 0 AND t.score <> l.score");
        }));
    }

    Desk desk;
    LeadService leads;
    QueueService queue;
    StrategyService strategies;
    SuppressionService suppressions;
    HistoryService history;
    MergeService merges;

private:
    std::int64_t any(const char* sql) {
        return desk.read([&](ReadContext& r) { return r.db.integer(sql); });
    }
    std::int64_t newest() { return any("SELECT max(id) FROM action WHERE kind = 0"); }
    LeadId lead() {
        const int seed = pick(1000);
        return desk.read([&](ReadContext& r) {
            return LeadId{r.db.integer("SELECT id FROM lead ORDER BY (id + ?1) * 7919 % 1009 LIMIT 1", seed)};
        });
    }
    LeadSelection some() {
        LeadSelection selection;
        const int count = 1 + pick(4);
        for (int i = 0; i < count; ++i) {
            if (const LeadId id = lead(); id && std::ranges::find(selection.ids, id) == selection.ids.end())
                selection.ids.push_back(id);
        }
        return selection;
    }
    StrategyId strategy() { return StrategyId{any("SELECT id FROM strategy ORDER BY id DESC LIMIT 1")}; }
    TaskId task() { return TaskId{any("SELECT id FROM task WHERE state = 0 ORDER BY id * 7919 % 1009 LIMIT 1")}; }
};

void require(const Result<UndoReport>& report) {
    if (!report)
        RC_FAIL(std::string(name(report.error().code)) + " " + report.error().detail);
}

} // namespace

class JournalPropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void any_sequence_of_deeds_can_be_undone_redone_and_looked_back_at() {
        VERIFY_PROPERTY([] {
            Life life;
            struct Point {
                Instant at;
                std::string hash;
            };
            std::vector<Point> points{{life.desk.clock.now(), life.desk.hash()}};
            const int count = 1 + pick(12);
            for (int i = 0; i < count; ++i) {
                if (life.act())
                    points.push_back({life.desk.clock.now(), life.desk.hash()});
            }
            const auto lookBack = [&] {
                for (const Point& point : points) {
                    RC_ASSERT(life.hashAsOf(point.at) == point.hash);
                    RC_ASSERT(life.wronglyDerived(point.at) == 0);
                }
            };
            lookBack();
            for (std::size_t i = points.size() - 1; i > 0; --i) {
                life.desk.clock.advance(std::chrono::minutes(1));
                require(wait(life.history.undo()));
                RC_ASSERT(life.desk.hash() == points[i - 1].hash);
            }
            for (std::size_t i = 1; i < points.size(); ++i) {
                life.desk.clock.advance(std::chrono::minutes(1));
                require(wait(life.history.redo()));
                RC_ASSERT(life.desk.hash() == points[i].hash);
            }
            lookBack(); // also from behind all that was undone and redone
            const auto found = life.desk.read([](ReadContext& r) { return examine(r.db); });
            if (!found.empty())
                RC_FAIL(found.front());
        });
    }
};

OUTRIDER_TEST(JournalPropertyTest)
#include "journal_property_test.moc"
