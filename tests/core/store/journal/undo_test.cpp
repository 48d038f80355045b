// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/undo.h"

#include "core/store/content_hash.h"
#include "core/store/journal/history.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

std::string hash(TempStore& store) {
    return store.read([](ReadContext& r) { return contentHash(r); });
}

Result<UndoReport> undo(TempStore& store, UndoPolicy policy = UndoPolicy::AllOrNothing) {
    return wait(store->write({.name = "undo"}, [&](WriteContext& w) -> Result<UndoReport> {
        const auto next = nextUndo(w.db, w.action);
        if (!next)
            return fail(ErrorCode::NothingToUndo);
        return undoAction(w, next->id, policy);
    }));
}

Result<UndoReport> redo(TempStore& store) {
    return wait(store->write({.name = "redo"}, [&](WriteContext& w) -> Result<UndoReport> {
        const auto next = nextRedo(w.db, w.action);
        if (!next)
            return fail(ErrorCode::NothingToRedo);
        return redoAction(w, next->id, UndoPolicy::AllOrNothing);
    }));
}

LeadId someLead(TempStore& store) {
    return store.write(
        [](WriteContext& w) { return LeadId{w.db.integer("SELECT id FROM lead ORDER BY abs(id * 7919 % 1009) LIMIT 1")}; },
        {.name = "look", .origin = Origin::System});
}

// One random deed of a person.
void actAtRandom(TempStore& store) {
    const LeadId lead = someLead(store);
    const int what = lead ? *rc::gen::inRange(0, 12) : 0;
    const int number = *rc::gen::inRange(0, 1000);
    store.clock.advance(std::chrono::minutes(*rc::gen::inRange(0, 100)));
    store.write([&](WriteContext& w) {
        LeadRepository leads(w.db);
        switch (what) {
        case 0:
        case 1:
        case 2: {
            Lead made = makeLead("Lead", std::to_string(number), "l" + std::to_string(number) + "@x.example");
            made.tags = {"t" + std::to_string(number % 3)};
            made.custom = {{"n", std::to_string(number)}};
            made.otherContacts = {{ContactKind::Phone, "work", std::to_string(number), {}}};
            leads.insert(w, made);
            break;
        }
        case 3: {
            const Lead before = *leads.find(lead);
            Lead after = before;
            after.jobTitle = "Title " + std::to_string(number);
            after.score = number % 101;
            after.tags.clear();
            leads.update(w, before, after);
            break;
        }
        case 4:
            leads.setStatus(w, lead, StatusId{1 + number % 5});
            break;
        case 5: {
            const StrategyVersion version = addStrategy(w, "Strategy " + std::to_string(toEpochMillis(w.now))
                                                               + std::to_string(number) + std::to_string(w.action.value));
            addTask(w, lead, Channel::Email, w.now, addEnrolment(w, lead, version), version.steps[0].id);
            break;
        }
        case 6: {
            Activity note{.lead = lead, .kind = ActivityKind::Note, .text = "note " + std::to_string(number)};
            ActivityRepository(w.db).append(w, note);
            break;
        }
        case 7: {
            for (const Task& task : TaskRepository(w.db).openOf(lead))
                TaskRepository(w.db).close(w, task.id, TaskState::Done, Disposition::Talked);
            break;
        }
        case 8:
            addTask(w, lead, Channel::Call, w.now + std::chrono::hours(number));
            break;
        case 9:
            SuppressionRepository(w.db).add(w, SuppressionKind::Email, std::to_string(number) + "@x.example",
                                            SuppressionReason::Manual, "test");
            break;
        case 10:
            leads.setTrashed(w, lead, true);
            break;
        case 11: { // a bulk insert, journaled as ranges
            WriteContext::BulkInsert bulk(w);
            for (int i = 0; i < number % 20; ++i) {
                Lead made = makeLead("Bulk", std::to_string(i));
                made.tags = {"bulk"};
                leads.insert(w, made);
            }
            bulk.finish();
            break;
        }
        default:
            break;
        }
    });
}

} // namespace

class UndoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void any_sequence_undone_gives_the_start_and_redone_the_end() {
        VERIFY_PROPERTY([] {
            TempStore store;
            std::vector<std::string> hashes{hash(store)};
            const int count = *rc::gen::inRange(1, 14);
            for (int i = 0; i < count; ++i) {
                actAtRandom(store);
                const std::string after = hash(store);
                if (after != hashes.back()) // a deed that changed nothing leaves nothing to undo
                    hashes.push_back(after);
            }
            for (std::size_t i = hashes.size() - 1; i > 0; --i) {
                const auto report = undo(store);
                if (!report)
                    RC_FAIL(std::string(name(report.error().code)) + " " + report.error().detail);
                RC_ASSERT(hash(store) == hashes[i - 1]);
            }
            RC_ASSERT(!undo(store));
            store.reopen(); // undo and redo survive a restart
            for (std::size_t i = 1; i < hashes.size(); ++i) {
                const auto report = redo(store);
                if (!report)
                    RC_FAIL(std::string(name(report.error().code)) + " " + report.error().detail);
                RC_ASSERT(hash(store) == hashes[i]);
            }
            RC_ASSERT(!redo(store));
        });
    }

    void what_somebody_changed_since_is_named_and_kept() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) { return addLead(w, makeLead("Old", "Name")); });
        const auto setFirst = [&](const char* value, Origin origin) {
            store.write(
                [&](WriteContext& w) { w.db.run("UPDATE lead SET first_name = ?1 WHERE id = ?2", std::string(value), lead); },
                {.name = "lead.edit", .origin = origin});
        };
        setFirst("Mine", Origin::Window);
        setFirst("Theirs", Origin::Sync);
        const auto refused = undo(store);
        VERIFY_ERROR(refused, ErrorCode::UndoConflict);
        const auto kept = undo(store, UndoPolicy::KeepChanged);
        VERIFY_OK(kept);
        QCOMPARE(kept->conflicts.size(), std::size_t(1));
        QCOMPARE(kept->conflicts[0].field, std::string("first_name"));
        QCOMPARE(kept->conflicts[0].before, std::string("Old"));
        QCOMPARE(kept->conflicts[0].now, std::string("Theirs"));
        QCOMPARE(kept->conflicts[0].later.action.origin, Origin::Sync);
        QVERIFY(kept->conflicts[0].lead == lead);
        const auto name = store.read([&](ReadContext& r) { return LeadRepository(r.db).find(lead)->firstName; });
        QCOMPARE(name, std::string("Theirs"));
    }

    void an_import_undone_keeps_the_leads_worked_on_since() {
        TempStore store;
        std::vector<LeadId> imported;
        store.write(
            [&](WriteContext& w) {
                WriteContext::BulkInsert bulk(w);
                for (int i = 0; i < 5; ++i) {
                    Lead lead = makeLead("Imported", std::to_string(i));
                    lead.tags = {"list"};
                    LeadRepository(w.db).insert(w, lead);
                    imported.push_back(lead.id);
                }
                bulk.finish();
            },
            {.name = "import", .origin = Origin::Import});
        const auto import = store.read([](ReadContext& r) { return nextUndo(r.db); });
        store.write([&](WriteContext& w) { LeadRepository(w.db).setStatus(w, imported[1], statuses::inProgress); });
        store.write([&](WriteContext& w) { addTask(w, imported[3], Channel::Call, w.now); });

        const auto report = wait(
            store->write({.name = "undo"}, [&](WriteContext& w) { return undoAction(w, import->id, UndoPolicy::KeepChanged); }));
        VERIFY_OK(report);
        QCOMPARE(report->conflicts.size(), std::size_t(2));
        store.read([&](ReadContext& r) {
            [&] {
                LeadRepository leads(r.db);
                for (const std::size_t gone : {0, 2, 4})
                    QVERIFY(!leads.exists(imported[gone]));
                for (const std::size_t kept : {1, 3}) {
                    QVERIFY(leads.exists(imported[kept]));
                    QCOMPARE(leads.find(imported[kept])->tags, std::vector<std::string>{"list"}); // whole, not half
                }
            }();
            return 0;
        });
    }

    void what_was_sent_cannot_be_undone() {
        TempStore store;
        OutboxItem item;
        store.write([&](WriteContext& w) {
            Mailbox mailbox{.address = "mara@harbor.example"};
            MailboxRepository(w.db).insert(w, mailbox);
            item.mailbox = mailbox.id;
            item.lead = addLead(w, makeLead("A", "B", "a@b.example"));
        });
        const auto enqueue = [&](const char* key) {
            store.write(
                [&](WriteContext& w) {
                    Message message{.lead = item.lead, .mailbox = item.mailbox, .raw = "Subject: x\r\n\r\nbody\r\n", .at = w.now};
                    MessageRepository(w.db).insert(w, message);
                    item.message = message.id;
                    item.idempotencyKey = key;
                    item.recipient = "a@b.example";
                    item.recipientKey = "a@b.example";
                    item.earliestAt = w.now;
                    OutboxRepository(w.db).insert(w, item);
                },
                {.name = "mail.send"});
        };
        enqueue("still waiting");
        VERIFY_OK(undo(store));
        enqueue("already gone");
        store.write(
            [&](WriteContext& w) {
                OutboxRepository outbox(w.db);
                outbox.claim(w, *outbox.find(item.id));
                outbox.move(w, item.id, OutboxState::Sending);
                outbox.settle(w, item.id, OutboxState::Sent, false, "250 ok");
            },
            {.name = "send", .origin = Origin::Engine, .undoable = false});
        VERIFY_ERROR(undo(store), ErrorCode::NotUndoable);
    }

    void something_new_ends_the_way_back() {
        TempStore store;
        store.write([](WriteContext& w) { addLead(w, makeLead("A", "B")); });
        VERIFY_OK(undo(store));
        store.write([](WriteContext& w) { addLead(w, makeLead("C", "D")); });
        VERIFY_ERROR(redo(store), ErrorCode::NothingToRedo);
    }

    void engine_and_inbound_actions_are_not_what_the_person_undoes() {
        TempStore store;
        store.write([](WriteContext& w) { addLead(w, makeLead("A", "B")); });
        store.write([](WriteContext& w) { addLead(w, makeLead("From", "Mail")); },
                    {.name = "inbox.reply", .origin = Origin::Inbound});
        const auto report = undo(store);
        VERIFY_OK(report);
        QCOMPARE(report->undone.action.name, std::string("test"));
    }

    void the_history_of_a_lead_names_what_changed_it() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) { return addLead(w, makeLead("A", "B")); }, {.name = "lead.add"});
        store.write([](WriteContext& w) { addLead(w, makeLead("Other", "Lead")); }, {.name = "lead.add"});
        store.write([&](WriteContext& w) { LeadRepository(w.db).setStatus(w, lead, statuses::inProgress); },
                    {.name = "lead.status"});
        const auto entries = store.read([&](ReadContext& r) { return history(r.db, {.lead = lead, .limit = 10}); });
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(entries[0].action.name, std::string("lead.status"));
        QCOMPARE(entries[1].action.name, std::string("lead.add"));
    }

    void an_action_that_changes_nothing_leaves_no_trace() {
        TempStore store;
        store.write([](WriteContext&) {});
        QVERIFY(!store.read([](ReadContext& r) { return nextUndo(r.db); }));
    }
};

OUTRIDER_TEST(UndoTest)
#include "undo_test.moc"
