// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/rollups.h"

#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/migrations/migrations.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

int pick(int below) { return *rc::gen::inRange(0, below); }

// Leads, their ways through two strategies and what happens on them, in any order, some of it long ago.
class Life {
public:
    Life() {
        store.write([this](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example"};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            versions = {addStrategy(w, "Dock delays"), addStrategy(w, "Cold chain")};
            for (int i = 0; i < 3; ++i)
                leads.push_back(addLead(w, makeLead("Lead", std::to_string(i))));
        });
    }

    void act() {
        store.clock.advance(std::chrono::minutes(1 + pick(90)));
        // Whom an undo took away nothing can happen to: refused, and nothing is counted.
        (void)wait(store->write({.name = "test"}, [this](WriteContext& w) -> Result<> {
            const LeadId lead = leads[std::size_t(pick(int(leads.size())))];
            switch (pick(8)) {
            case 0:
                if (!EnrolmentRepository(w.db).running(lead))
                    addEnrolment(w, lead, versions[std::size_t(pick(2))]);
                break;
            case 1:
                for (const Enrolment& enrolment : EnrolmentRepository(w.db).ofLead(lead)) {
                    if (enrolment.isRunning())
                        EnrolmentRepository(w.db).stop(w, enrolment.id, pick(2) == 0 ? StopReason::Reply : StopReason::Removed);
                }
                break;
            case 2:
                leads.push_back(addLead(w, makeLead("Another", "Lead")));
                break;
            default:
                happen(w, lead);
            }
            return {};
        }));
    }

    // Whether there was something to take back, or to do again.
    bool undo() {
        const auto next = store.read([](ReadContext& r) { return nextUndo(r.db); });
        return next && wait(store->write({.name = "undo"}, [&](WriteContext& w) {
                           return undoAction(w, next->id, UndoPolicy::KeepChanged);
                       })).has_value();
    }
    bool redo() {
        const auto next = store.read([](ReadContext& r) { return nextRedo(r.db); });
        return next && wait(store->write({.name = "redo"}, [&](WriteContext& w) {
                           return redoAction(w, next->id, UndoPolicy::KeepChanged);
                       })).has_value();
    }

    void check() {
        const auto found = store.read([](ReadContext& r) { return Rollups(r.db).examine(); });
        if (!found.empty())
            RC_FAIL(found.front());
    }

    TempStore store;
    MailboxId mailbox;
    std::vector<StrategyVersion> versions;
    std::vector<LeadId> leads;

private:
    void happen(WriteContext& w, LeadId lead) {
        constexpr ActivityKind kinds[]{ActivityKind::EmailSent,     ActivityKind::EmailSent, ActivityKind::EmailReceived,
                                       ActivityKind::EmailReceived, ActivityKind::Bounce,    ActivityKind::Call,
                                       ActivityKind::LinkedInTouch, ActivityKind::Sms,       ActivityKind::OptOut,
                                       ActivityKind::Meeting,       ActivityKind::Note};
        Activity activity{.lead = lead, .kind = kinds[pick(int(std::size(kinds)))]};
        activity.at = w.now - std::chrono::minutes(15 * pick(40)); // also before what was told earlier
        const auto enrolments = EnrolmentRepository(w.db).ofLead(lead);
        if (!enrolments.empty() && pick(4) != 0) {
            activity.enrolment = enrolments[std::size_t(pick(int(enrolments.size())))].id;
            activity.step = versions[std::size_t(pick(2))].steps[std::size_t(pick(3))].id;
        }
        if (pick(2) == 0) {
            Message message{.lead = lead, .mailbox = pick(3) == 0 ? MailboxId{} : mailbox, .at = activity.at};
            MessageRepository(w.db).insert(w, message);
            activity.message = message.id;
        }
        if (activity.kind == ActivityKind::EmailSent && pick(5) != 0)
            ActivityRepository(w.db).appendSent(w, activity, pick(168));
        else
            ActivityRepository(w.db).append(w, activity);
    }
};

std::vector<std::string> examined(TempStore& store) {
    return store.read([](ReadContext& r) { return examine(r.db); });
}

std::int64_t integer(TempStore& store, const std::string& sql) {
    return store.read([&](ReadContext& r) { return r.db.integer(sql); });
}

} // namespace

class RollupsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatever_happens_is_undone_and_redone_they_are_what_a_recount_says() {
        VERIFY_PROPERTY([] {
            Life life;
            const int count = 4 + pick(24);
            for (int i = 0; i < count; ++i) {
                life.act();
                life.check();
            }
            int undone = 0;
            while (undone < count && life.undo()) {
                ++undone;
                life.check();
            }
            for (int i = 0; i < undone && life.redo(); ++i)
                life.check();
            // In any order, what others stand on included.
            for (int i = 0; i < 6; ++i) {
                pick(2) == 0 ? (void)life.undo() : life.act();
                life.check();
            }
        });
    }

    void counted_together_they_are_what_they_are_counted_one_by_one() {
        VERIFY_PROPERTY([] {
            Life life;
            for (int i = 0; i < 20; ++i)
                life.act();
            const auto counted = [&life] {
                return life.store.read([](ReadContext& r) {
                    std::string all;
                    Statement rows =
                        r.db.prepare("SELECT * FROM rollup_activity WHERE sent + calls + touches + replies + meetings"
                                     " + bounces + opt_outs + worked > 0 ORDER BY 1, 2");
                    while (rows.step()) {
                        for (int i = 0; i < rows.columnCount(); ++i)
                            all += std::to_string(rows.integer(i)) + ' ';
                    }
                    return all;
                });
            };
            const std::string before = counted();
            life.store.write([](WriteContext& w) { Rollups(w.db).rebuild(); });
            RC_ASSERT(counted() == before);
            life.check();
        });
    }

    void the_doctor_finds_a_wrong_number_and_counts_anew() {
        for (const char* wrong :
             {"UPDATE rollup_activity SET sent = sent + 1", "DELETE FROM rollup_activity WHERE strategy_id = 0",
              "INSERT INTO rollup_hour VALUES (0, 9, 3, 1)", "UPDATE rollup_enrolment SET reached = 7",
              "INSERT INTO rollup_mailbox VALUES (1, 20000, 1, 0, 0)", "UPDATE rollup_step SET touches = 9",
              "UPDATE rollup_state SET deferred = 1"}) {
            TempStore store;
            store.write([](WriteContext& w) {
                const LeadId lead = addLead(w, makeLead("Ada", "Lovelace"));
                const StrategyVersion version = addStrategy(w, "Dock delays");
                const EnrolmentId enrolment = addEnrolment(w, lead, version);
                Activity sent{.lead = lead, .kind = ActivityKind::EmailSent, .enrolment = enrolment, .step = version.steps[0].id};
                ActivityRepository(w.db).appendSent(w, sent, 10);
            });
            QCOMPARE(examined(store), std::vector<std::string>());
            store.write([&](WriteContext& w) { w.db.script(wrong); });
            const auto found = examined(store);
            QCOMPARE(found.size(), std::size_t(1));
            QVERIFY2(found.front().starts_with("rollups: "), found.front().c_str());
            store.write([&](WriteContext& w) { (void)repair(w.db, found); });
            QCOMPARE(examined(store), std::vector<std::string>());
        }
    }

    void while_deferred_nothing_is_counted() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId lead = addLead(w, makeLead("Ada", "Lovelace"));
            {
                const Rollups::Deferred deferred(w.db);
                Activity call{.lead = lead, .kind = ActivityKind::Call};
                ActivityRepository(w.db).append(w, call);
            }
            if (w.db.integer("SELECT count(*) FROM rollup_activity") != 0)
                qFatal("it was counted");
            Rollups(w.db).countLeads(lead.value, lead.value);
        });
        QCOMPARE(integer(store, "SELECT sum(calls) FROM rollup_activity"), std::int64_t(1));
        QCOMPARE(examined(store), std::vector<std::string>());
    }

    // As the release before left it: brought up to the schema, everything is counted, and e-mails know their hour.
    void a_workspace_of_before_is_counted_when_it_is_opened() {
        TempStore store;
        store.close();
        constexpr int before = 6;
        const std::string path = store.dir.filePath(QStringLiteral("old.outrider")).toStdString();
        {
            auto db = Connection::open({.path = path, .mode = OpenMode::Create}, testKey());
            VERIFY_OK(db);
            for (const Migration& step : migrations()) {
                if (step.version <= before)
                    (*db)->script(std::string(step.sql));
            }
            (*db)->script("PRAGMA user_version = 6;"
                          "INSERT INTO lead(id, country, created_at) VALUES (1, 'JP', 0), (2, '', 0);"
                          "INSERT INTO strategy(id, name, name_key, created_at) VALUES (5, 'Q4', 'q4', 0);"
                          "INSERT INTO strategy_version(id, strategy_id, number, offset_base, business_days, window_days,"
                          " window_start, window_end, published_at) VALUES (6, 5, 1, 0, 1, 31, 480, 1020, 0);"
                          "INSERT INTO enrolment(id, lead_id, strategy_id, version_id, enrolled_at) VALUES (7, 1, 5, 6, 0);");
            // A Thursday, 08:00 UTC: 17:00 in Tokyo.
            (*db)->run("INSERT INTO activity(id, lead_id, at, kind, enrolment_id) VALUES (10, 1, ?1, 1, 7), (11, 2, ?1, 1, NULL),"
                       " (12, 1, ?1 + 60000, 2, NULL), (13, 2, ?1, 5, NULL)",
                       testNow());
        }
        const auto opened = Store::open({.path = path, .workerMode = WorkerMode::Inline}, testKey(), store.clock, store.random);
        VERIFY_OK(opened);
        const auto number = [&](const char* sql) {
            return *wait((*opened)->read([&](ReadContext& r) -> Result<std::int64_t> { return r.db.integer(sql); }));
        };
        QCOMPARE(number("SELECT week_hour FROM activity WHERE id = 10"), std::int64_t(3 * 24 + 17));
        QCOMPARE(number("SELECT count(*) FROM activity WHERE week_hour IS NOT NULL"), std::int64_t(1)); // nobody knows where 2 is
        QCOMPARE(number("SELECT sum(sent) * 10000 + sum(calls) * 1000 + sum(replies) * 100 + sum(worked) FROM rollup_activity"
                        " WHERE strategy_id = 0"),
                 std::int64_t(21102));
        QCOMPARE(number("SELECT sent * 10 + worked FROM rollup_activity WHERE strategy_id = 5"), std::int64_t(11));
        QCOMPARE(number("SELECT sent * 10 + answered FROM rollup_hour WHERE strategy_id = 5 AND week_hour = 89"),
                 std::int64_t(11));
        QCOMPARE(number("SELECT enrolled * 10 + reached FROM rollup_enrolment WHERE strategy_id = 5"), std::int64_t(11));
        QCOMPARE(
            *wait((*opened)->read([](ReadContext& r) -> Result<std::vector<std::string>> { return Rollups(r.db).examine(); })),
            std::vector<std::string>());
    }

    void counting_some_leads_reads_no_others() {
        TempStore store;
        for (const std::string& sql : Rollups::countSqls()) {
            const auto plan = store.read([&](ReadContext& r) { return r.db.plan(sql); });
            for (const std::string& step : plan) {
                const auto text = QString::fromStdString(step);
                // What was made of them is read whole, and so is whether there is any mailbox.
                QVERIFY2(!text.startsWith(QStringLiteral("SCAN")) || text.startsWith(QStringLiteral("SCAN counted_"))
                             || text.startsWith(QStringLiteral("SCAN mailbox")),
                         (sql + "\n" + step).c_str());
            }
        }
    }
};

OUTRIDER_TEST(RollupsTest)
#include "rollups_test.moc"
