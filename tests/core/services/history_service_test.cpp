// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/history_service.h"

#include "core/services/lead_service.h"
#include "core/store/doctor.h"
#include "core/store/repositories/message_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::test;

namespace {

constexpr int many = 3000; // more than is taken back at once

// Tells a progress to stop once a little was done, as somebody who presses Cancel would.
class CancelSoon {
public:
    explicit CancelSoon(Store& store, ProgressPtr progress) : m_store(store) {
        m_handle = store.subscribe([progress = std::move(progress)](const ChangeSet&) { progress->cancel(); });
    }
    ~CancelSoon() { m_store.unsubscribe(m_handle); }

private:
    Store& m_store;
    int m_handle = 0;
};

} // namespace

class HistoryServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_bulk_edit_of_many_chunks_is_one_action_undone_and_redone() {
        Desk desk;
        fill(desk);
        const std::string before = desk.hash();
        QCOMPARE(*wait(LeadService(*desk.context).setStatus(everybody(), statuses::inProgress)), std::int64_t(many));
        const std::string after = desk.hash();
        HistoryService history(*desk.context);
        const auto report = wait(history.undo());
        VERIFY_OK(report);
        QCOMPARE(report->undone.action.name, std::string("lead.status"));
        QVERIFY(report->conflicts.empty());
        QCOMPARE(desk.hash(), before);
        VERIFY_OK(wait(history.redo()));
        QCOMPARE(desk.hash(), after);
        QVERIFY(desk.read([](ReadContext& r) { return examine(r.db); }).empty());
    }

    void closing_ends_a_bulk_edit_and_a_long_undo_between_two_transactions() {
        Desk desk;
        fill(desk);
        const std::string before = desk.hash();
        const auto with = [&desk](StatusId status) {
            return desk.read(
                [status](ReadContext& r) { return r.db.integer("SELECT count(*) FROM lead WHERE status_id = ?1", status); });
        };
        const auto closeWithin = [&desk](const auto& act) { // work runs inline: this is after its first transaction
            const int handle = desk.context->store().subscribe([&](const ChangeSet&) { desk.context->stopLongWork(); });
            act();
            desk.context->store().unsubscribe(handle);
        };
        closeWithin([&] {
            VERIFY_ERROR(wait(LeadService(*desk.context).setStatus(everybody(), statuses::inProgress)), ErrorCode::Cancelled);
        });
        const auto first = with(statuses::inProgress);
        QVERIFY(first > 0 && first < many);
        VERIFY_ERROR(wait(LeadService(*desk.context).setStatus(everybody(), statuses::qualified)), ErrorCode::Cancelled);
        const LeadId one = desk.read([](ReadContext& r) { return LeadId{r.db.integer("SELECT min(id) FROM lead")}; });
        VERIFY_OK(wait(LeadService(*desk.context).addTag(LeadSelection::one(one), "last"))); // what is small is still done

        desk.reopen();
        VERIFY_OK(desk.context->loadSettings());
        VERIFY_OK(wait(HistoryService(*desk.context).undo())); // the tag
        QCOMPARE(wait(HistoryService(*desk.context).next())->undo->action.subject, std::to_string(first));
        // another status for everybody: however many the first chunk took, there is much to take back
        VERIFY_OK(wait(LeadService(*desk.context).setStatus(everybody(), statuses::qualified)));
        QCOMPARE(with(statuses::qualified), std::int64_t(many));
        closeWithin([&] { VERIFY_ERROR(wait(HistoryService(*desk.context).undo()), ErrorCode::Cancelled); });
        const auto left = with(statuses::qualified);
        QVERIFY(left > 0 && left < many);

        desk.reopen();
        VERIFY_OK(desk.context->loadSettings());
        HistoryService history(*desk.context);
        VERIFY_OK(wait(history.undo())); // the rest
        QCOMPARE(with(statuses::qualified), std::int64_t(0));
        QCOMPARE(with(statuses::inProgress), first);
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(desk.hash(), before);
    }

    void a_bulk_edit_cancelled_half_way_is_undone_whole() {
        Desk desk;
        fill(desk);
        const std::string before = desk.hash();
        const auto progress = std::make_shared<Progress>();
        {
            const CancelSoon soon(desk.context->store(), progress);
            VERIFY_ERROR(wait(LeadService(*desk.context).setStatus(everybody(), statuses::inProgress, progress)),
                         ErrorCode::Cancelled);
        }
        const auto changed =
            desk.read([](ReadContext& r) { return r.db.integer("SELECT count(*) FROM lead WHERE status_id = 2"); });
        QVERIFY(changed > 0 && changed < many);
        HistoryService history(*desk.context);
        const auto newest = wait(history.list({.limit = 1}));
        VERIFY_OK(newest);
        QCOMPARE(newest->front().action.subject, std::to_string(changed)); // and says how many it were
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(desk.hash(), before);
    }

    void an_undo_cancelled_half_way_is_gone_on_with_or_taken_back() {
        Desk desk;
        fill(desk);
        const std::string before = desk.hash();
        VERIFY_OK(wait(LeadService(*desk.context).setStatus(everybody(), statuses::inProgress)));
        const std::string after = desk.hash();
        HistoryService history(*desk.context);
        const auto stop = [&] {
            const auto progress = std::make_shared<Progress>();
            const CancelSoon soon(desk.context->store(), progress);
            return wait(history.undo(std::nullopt, progress));
        };
        VERIFY_ERROR(stop(), ErrorCode::Cancelled);
        QVERIFY(desk.hash() != before && desk.hash() != after);
        VERIFY_OK(wait(history.redo()));
        QCOMPARE(desk.hash(), after);
        VERIFY_ERROR(stop(), ErrorCode::Cancelled);
        desk.reopen(); // a crash in between is the same
        HistoryService again(*desk.context);
        VERIFY_OK(wait(again.undo()));
        QCOMPARE(desk.hash(), before);
        VERIFY_OK(wait(again.redo()));
        VERIFY_OK(wait(again.redo()));
        QCOMPARE(desk.hash(), after);
    }

    void a_large_undo_names_what_was_changed_since_and_offers_the_rest() {
        Desk desk;
        fill(desk);
        VERIFY_OK(wait(LeadService(*desk.context).setStatus(everybody(), statuses::inProgress)));
        const LeadId lead = desk.byEmail("p5@firm5.example")->id;
        const auto theirs = wait(desk.context->store().write(
            {.name = "lead.status", .subject = "Ada Person 5", .origin = Origin::Sync}, [&](WriteContext& w) -> Result<> {
                LeadRepository(w.db).setStatus(w, lead, statuses::qualified);
                return {};
            }));
        VERIFY_OK(theirs);
        const std::string hash = desk.hash();
        HistoryService history(*desk.context);
        VERIFY_ERROR(wait(history.undo()), ErrorCode::UndoConflict);
        QCOMPARE(desk.hash(), hash); // nothing happened
        const auto conflicts = wait(history.conflicts());
        VERIFY_OK(conflicts);
        QCOMPARE(conflicts->size(), std::size_t(1));
        const UndoConflict& conflict = conflicts->front();
        QVERIFY(conflict.lead == lead);
        QCOMPARE(conflict.leadName, std::string("Ada Person 5"));
        QCOMPARE(conflict.field, std::string("status_id"));
        QCOMPARE(conflict.before, std::string("New"));
        QCOMPARE(conflict.now, std::string("Qualified"));
        QCOMPARE(conflict.later.action.origin, Origin::Sync);
        const auto rest = wait(history.undo(UndoPolicy::KeepChanged));
        VERIFY_OK(rest);
        QCOMPARE(rest->conflicts.size(), std::size_t(1));
        const auto left =
            desk.read([](ReadContext& r) { return r.db.integer("SELECT count(*) FROM lead WHERE status_id <> 1"); });
        QCOMPARE(left, std::int64_t(1));
    }

    void the_origin_of_a_field_is_the_row_of_the_file_then_who_edited_it() {
        Desk desk;
        const std::string file = desk.file("First Name,Last Name,Email,Title\nAda,Lovelace,ada@x.example,Analyst\n");
        VERIFY_OK(desk.run({.path = file}));
        const LeadId lead = desk.byEmail("ada@x.example")->id;
        VERIFY_OK(wait(LeadService(*desk.context).edit(lead, {{"job_title", "Countess"}})));
        VERIFY_OK(wait(LeadService(*desk.context).addTag(LeadSelection::one(lead), "math")));
        HistoryService history(*desk.context);
        const auto field = [&](const char* name) {
            const auto origins = wait(history.provenance(lead));
            const auto found = std::ranges::find(*origins, std::string(name), &FieldOrigin::field);
            return found == origins->end() ? FieldOrigin() : *found;
        };
        QCOMPARE(field("email").importFile, std::string("people.csv"));
        QCOMPARE(field("email").importRow, std::int64_t(2));
        QCOMPARE(field("job_title").entry.action.name, std::string("lead.edit"));
        QCOMPARE(field("job_title").actorName, std::string("Mara Lindqvist"));
        QCOMPARE(field("tag").value, std::string("math"));
        QCOMPARE(field("tag").entry.action.name, std::string("lead.tag"));
        VERIFY_OK(wait(history.undo()));
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(field("job_title").value, std::string("Analyst")); // it comes from the file again
        QCOMPARE(field("job_title").importRow, std::int64_t(2));
        VERIFY_ERROR(wait(history.provenance(LeadId{1})), ErrorCode::NotFound);
    }

    void the_origin_of_a_status_is_the_message_that_set_it() {
        Desk desk;
        LeadId lead;
        desk.write([&](WriteContext& w) { lead = addLead(w, makeLead("Ada", "Lovelace", "ada@x.example")); });
        VERIFY_OK(wait(
            desk.context->store().write({.name = "inbox.reply", .origin = Origin::Inbound}, [&](WriteContext& w) -> Result<> {
                Message message{.lead = lead, .direction = Direction::Inbound, .subject = "Re: Your yard", .at = w.now};
                MessageRepository(w.db).insert(w, message);
                LeadRepository(w.db).setStatus(w, lead, statuses::replied);
                return {};
            })));
        const auto origins = wait(HistoryService(*desk.context).provenance(lead));
        VERIFY_OK(origins);
        const auto status = std::ranges::find(*origins, std::string("status"), &FieldOrigin::field);
        QVERIFY(status != origins->end());
        QCOMPARE(status->messageSubject, std::string("Re: Your yard"));
        QVERIFY(bool(status->message));
    }

    void a_lead_is_seen_as_it_was_also_while_others_write() {
        Desk desk;
        LeadId lead;
        desk.write([&](WriteContext& w) { lead = addLead(w, makeLead("Ada", "Lovelace", "ada@x.example")); });
        const Instant first = desk.clock.now();
        desk.clock.advance(std::chrono::hours(1));
        LeadService leads(*desk.context);
        VERIFY_OK(wait(leads.edit(lead, {{"job_title", "Countess"}})));
        HistoryService history(*desk.context);
        const auto then = wait(history.leadAsOf(lead, first, 10));
        VERIFY_OK(then);
        QCOMPARE(then->detail.lead.jobTitle, std::string());
        desk.clock.advance(std::chrono::hours(1));
        VERIFY_OK(wait(leads.edit(lead, {{"job_title", "Queen"}, {"city", "London"}})));
        const auto still = wait(history.leadAsOf(lead, first, 10)); // the same moment, with more to look behind
        VERIFY_OK(still);
        QCOMPARE(still->detail.lead.jobTitle, std::string());
        QCOMPARE(still->detail.lead.city, std::string());
        VERIFY_ERROR(wait(history.leadAsOf(lead, first - std::chrono::hours(1), 10)), ErrorCode::NotFound);
    }

    void what_is_older_than_wanted_is_forgotten_and_all_else_can_be_undone() {
        Desk desk;
        HistoryService history(*desk.context);
        LeadService leads(*desk.context);
        LeadId lead;
        desk.write([&](WriteContext& w) { lead = addLead(w, makeLead("Ada", "Lovelace", "ada@x.example")); });
        VERIFY_OK(wait(leads.edit(lead, {{"job_title", "Old"}})));
        const Instant old = desk.clock.now();
        desk.clock.advance(std::chrono::days(20));
        const std::string start = desk.hash();
        VERIFY_OK(wait(history.setKeepDays(30)));
        VERIFY_OK(wait(leads.edit(lead, {{"job_title", "New"}})));
        const Instant kept = desk.clock.now();
        const std::string edited = desk.hash();
        history.forgetOld();
        VERIFY_OK(wait(history.leadAsOf(lead, old, 1))); // not yet thirty days
        desk.clock.advance(std::chrono::days(15));
        history.forgetOld();
        VERIFY_ERROR(wait(history.leadAsOf(lead, old, 1)), ErrorCode::InvalidArgument);
        const auto then = wait(history.leadAsOf(lead, kept, 1));
        VERIFY_OK(then);
        QCOMPARE(then->detail.lead.jobTitle, std::string("New"));
        QCOMPARE(desk.hash(), edited);
        VERIFY_OK(wait(history.undo()));
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(desk.hash(), start);
        VERIFY_ERROR(wait(history.undo()), ErrorCode::NothingToUndo); // the older ones are history only
        QVERIFY(wait(history.list({}))->size() >= 5);
        QVERIFY(desk.read([](ReadContext& r) { return examine(r.db); }).empty());
    }

private:
    static LeadSelection everybody() { return {.ids = {}, .filter = *parseFilter(""), .except = {}}; }

    static void fill(Desk& desk) {
        const auto made = desk.run({.path = desk.file(manyRows(many))});
        if (!made)
            qFatal("no leads");
    }
};

OUTRIDER_TEST(HistoryServiceTest)
#include "history_service_test.moc"
