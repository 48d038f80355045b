// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/merge_service.h"

#include "core/outreach/task_flow.h"
#include "core/services/lead_service.h"
#include "core/services/list_service.h"
#include "core/services/queue_service.h"
#include "core/services/search_service.h"
#include "core/services/strategy_service.h"
#include "core/store/doctor.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

#include <random>

using namespace outrider;
using namespace outrider::test;

namespace {

StrategyVersion calls(int steps) {
    StrategyVersion version;
    for (int i = 0; i < steps; ++i) {
        Step step{.channel = Channel::Call, .dayOffset = i};
        step.body = "Ask about the yard.";
        version.steps.push_back(std::move(step));
    }
    return version;
}

// A workspace with Ada, who is in it twice, and one of her colleagues.
struct Office {
    Office()
        : leads(*desk.context),
          lists(*desk.context),
          queue(*desk.context),
          strategies(*desk.context),
          history(*desk.context),
          merges(*desk.context) {
        ada = *wait(leads.add({{"first_name", "Ada"},
                               {"last_name", "Doe"},
                               {"email", "ada@nordwind.example"},
                               {"company", "Nordwind"},
                               {"job_title", "Head of Yard"}}));
        other = *wait(leads.add({{"first_name", "A."},
                                 {"last_name", "Doe"},
                                 {"email", "doe@nordwind.example"},
                                 {"phone", "+49 30 5550101"},
                                 {"city", "Kiel"},
                                 {"tags", "fair"},
                                 {"custom:dock", "4"}}));
        desk.clock.advance(std::chrono::minutes(5));
    }

    Lead lead(LeadId id) {
        return desk.read([id](ReadContext& r) { return *LeadRepository(r.db).find(id); });
    }
    std::int64_t count(const char* sql) {
        return desk.read([sql](ReadContext& r) { return r.db.integer(sql); });
    }
    std::vector<std::string> wrong() {
        return desk.read([](ReadContext& r) { return examine(r.db); });
    }

    Desk desk;
    LeadService leads;
    ListService lists;
    QueueService queue;
    StrategyService strategies;
    HistoryService history;
    MergeService merges;
    LeadId ada;
    LeadId other;
};

const MergeField* fieldOf(const MergeComparison& comparison, std::string_view name) {
    const auto found = std::ranges::find(comparison.fields, name, &MergeField::field);
    return found == comparison.fields.end() ? nullptr : &*found;
}

// Random deeds, the same each time they are told: what two leads have, and what one of them gets later.
struct Deed {
    int what;
    int number;
};

void live(Office& office, LeadId lead, const Deed& deed) {
    const std::string n = std::to_string(deed.number);
    office.desk.clock.advance(std::chrono::minutes(7));
    switch (deed.what) {
    case 0:
        (void)wait(office.leads.addNote(lead, "note " + n));
        break;
    case 1:
        (void)wait(
            office.leads.addTask(lead, Channel::Call, "Ring " + n, office.desk.clock.now() + std::chrono::hours(deed.number)));
        break;
    case 2:
        (void)wait(office.leads.addTag(LeadSelection::one(lead), "t" + std::to_string(deed.number % 4)));
        break;
    case 3:
        (void)wait(office.leads.edit(lead, {{"custom:dock", n}}));
        break;
    case 4:
        (void)wait(office.leads.edit(lead, {{"department", "Dep " + n}}));
        break;
    case 5:
        (void)wait(office.leads.logCall(lead, Disposition::Talked, deed.number, "spoke"));
        break;
    default:
        break;
    }
}

} // namespace

class MergeServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_side_by_side_says_which_wins_and_why() {
        Office office;
        const auto comparison = *wait(office.merges.compare(office.ada, office.other));
        QCOMPARE(comparison.keptName, std::string("Ada Doe"));
        QCOMPARE(fieldOf(comparison, "first_name")->why, MergeWhy::Stays);
        QVERIFY(!fieldOf(comparison, "first_name")->takesGone);
        QCOMPARE(fieldOf(comparison, "last_name")->why, MergeWhy::Same);
        QCOMPARE(fieldOf(comparison, "city")->why, MergeWhy::OnlyGone);
        QVERIFY(fieldOf(comparison, "city")->takesGone);
        QVERIFY(fieldOf(comparison, "email")->keptSaid.has_value());
        QCOMPARE(comparison.moves.tags, std::int64_t(1));
        QVERIFY(fieldOf(comparison, "language") == nullptr); // nobody says it
    }

    void all_that_hung_on_one_hangs_on_the_other() {
        Office office;
        QVERIFY(wait(office.leads.addNote(office.other, "met at the fair")));
        QVERIFY(wait(office.leads.addTask(office.other, Channel::Call, "Ring her", office.desk.clock.now())));
        const ListId list = *wait(office.lists.create("Fair 2026"));
        QCOMPARE(*wait(office.lists.add(list, LeadSelection::one(office.other))), std::int64_t(1));
        const auto report = *wait(office.merges.merge(office.ada, office.other, {.takeGone = {"email"}, .takeKept = {}}));
        QCOMPARE(fieldOf(report.done, "email")->why, MergeWhy::Chosen);
        const Lead ada = office.lead(office.ada);
        QCOMPARE(ada.firstName, std::string("Ada"));
        QCOMPARE(ada.email, std::string("doe@nordwind.example"));
        QCOMPARE(ada.phoneKey, std::string("+49305550101"));
        QCOMPARE(ada.city, std::string("Kiel"));
        QCOMPARE(ada.custom.at("dock"), std::string("4"));
        QCOMPARE(ada.tags, std::vector<std::string>{"fair"});
        QCOMPARE(ada.otherContacts.size(), std::size_t(1));
        QCOMPARE(ada.otherContacts[0].key, std::string("ada@nordwind.example"));
        QVERIFY(ada.nextTaskAt.has_value());
        QVERIFY(office.desk.timeline(office.ada).contains(QStringLiteral("merged A. Doe")));
        QVERIFY(office.lead(office.other).trashedAt.has_value());
        QCOMPARE(office.lead(office.other).nextTaskAt, std::optional<Instant>());
        QCOMPARE((*wait(office.lists.members(list))), std::vector<LeadId>{office.ada});
        QCOMPARE((*wait(office.lists.find("fair 2026"))).leads, std::int64_t(1));
        QVERIFY(office.desk.byEmail("ada@nordwind.example").has_value());
        QCOMPARE(office.desk.byEmail("ada@nordwind.example")->id, office.ada);
        QCOMPARE(office.wrong(), std::vector<std::string>());
        const auto standing = *wait(office.merges.ofLead(office.ada));
        QCOMPARE(standing.size(), std::size_t(1));
        QCOMPARE(standing[0].goneName, std::string("A. Doe"));
    }

    void a_merge_is_one_undo() {
        Office office;
        QVERIFY(wait(office.leads.addNote(office.other, "met at the fair")));
        const std::string before = office.desk.hash();
        QVERIFY(wait(office.merges.merge(office.ada, office.other)));
        const std::string merged = office.desk.hash();
        office.desk.clock.advance(std::chrono::minutes(1));
        QVERIFY(office.desk.undo());
        QCOMPARE(office.desk.hash(), before);
        QVERIFY(wait(office.history.redo()));
        QCOMPARE(office.desk.hash(), merged);
    }

    void weeks_later_each_gets_back_what_was_theirs() {
        Office office;
        QVERIFY(wait(office.leads.addNote(office.other, "met at the fair")));
        const auto report = *wait(office.merges.merge(office.ada, office.other));
        office.desk.clock.advance(std::chrono::hours(24 * 40));
        QVERIFY(wait(office.leads.addNote(office.ada, "new since")));
        QVERIFY(wait(office.leads.edit(office.ada, {{"city", "Hamburg"}})));
        const auto split = *wait(office.merges.split(report.id));
        QCOMPARE(split.stayed, std::int64_t(1));
        QCOMPARE(split.conflicts.size(), std::size_t(1));
        QCOMPARE(split.conflicts[0].field, std::string("city"));
        QCOMPARE(split.conflicts[0].now, std::string("Hamburg"));
        const QStringList mine = office.desk.timeline(office.ada);
        const QStringList theirs = office.desk.timeline(office.other);
        QVERIFY(!mine.contains(QStringLiteral("merged A. Doe")));
        QCOMPARE(mine.filter(QStringLiteral("note")).size(), 1);
        QCOMPARE(theirs.filter(QStringLiteral("note")).size(), 1);
        QVERIFY(!office.lead(office.other).trashedAt);
        QCOMPARE(office.lead(office.other).tags, std::vector<std::string>{"fair"});
        QCOMPARE(office.lead(office.ada).tags.size(), std::size_t(0));
        QCOMPARE(office.lead(office.ada).city, std::string("Hamburg"));
        QCOMPARE(office.lead(office.ada).phone, std::string());
        QCOMPARE(office.wrong(), std::vector<std::string>());
        QVERIFY(!wait(office.merges.split(report.id))); // it stands no longer
        const std::string apart = office.desk.hash();
        QVERIFY(office.desk.undo()); // of the split
        QVERIFY(office.lead(office.other).trashedAt.has_value());
        QVERIFY(wait(office.history.redo()));
        QCOMPARE(office.desk.hash(), apart);
    }

    void it_comes_apart_also_after_the_journal_has_forgotten() {
        Office office;
        QVERIFY(wait(office.leads.addNote(office.other, "met at the fair")));
        const std::string before = office.desk.hash();
        const auto report = *wait(office.merges.merge(office.ada, office.other));
        office.desk.clock.advance(std::chrono::hours(24 * 90));
        office.desk.write([](WriteContext& w) {
            w.db.run("DELETE FROM change");
            w.db.run("UPDATE action SET undoable = 0");
        });
        QVERIFY(wait(office.merges.split(report.id)));
        QCOMPARE(office.desk.hash(), before);
    }

    void of_two_ways_through_one_strategy_the_further_one_goes_on() {
        Office office;
        const StrategyId strategy = *wait(office.strategies.create("Yard", calls(3)));
        QVERIFY(wait(office.leads.edit(office.ada, {{"phone", "+49 30 5550100"}})));
        QVERIFY(wait(office.strategies.enrol(strategy, {{office.ada, office.other}, std::nullopt, {}}, "a list")));
        const auto task = office.desk.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(office.other).at(0); });
        QVERIFY(wait(office.queue.complete(task.id, {.disposition = Disposition::NoAnswer})));
        const std::string before = office.desk.hash();
        office.desk.clock.advance(std::chrono::minutes(1));
        const auto report = *wait(office.merges.merge(office.ada, office.other));
        QCOMPARE(report.done.strategiesTwice, std::vector<std::string>{"Yard"});
        QCOMPARE(office.count("SELECT count(*) FROM enrolment WHERE state < 2"), std::int64_t(1));
        QCOMPARE(office.count("SELECT next_step FROM enrolment WHERE state < 2"), std::int64_t(1));
        QCOMPARE(office.count("SELECT count(*) FROM task WHERE state = 0"), std::int64_t(1));
        QCOMPARE(office.wrong(), std::vector<std::string>());
        QVERIFY(wait(office.merges.split(report.id)));
        QCOMPARE(office.desk.hash(), before);
        QCOMPARE(office.count("SELECT count(*) FROM enrolment WHERE state < 2"), std::int64_t(2));
    }

    void a_run_that_goes_back_takes_along_what_happened_on_it_since() {
        Office office;
        const StrategyId strategy = *wait(office.strategies.create("Yard", calls(3)));
        QVERIFY(wait(office.strategies.enrol(strategy, LeadSelection::one(office.other), "a list")));
        const auto report = *wait(office.merges.merge(office.ada, office.other));
        office.desk.clock.advance(std::chrono::hours(24));
        const auto task = office.desk.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(office.ada).at(0); });
        QVERIFY(wait(office.queue.complete(task.id, {.disposition = Disposition::NoAnswer})));
        QVERIFY(wait(office.merges.split(report.id)));
        QCOMPARE(office.desk.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(office.ada).size(); }),
                 std::size_t(0));
        QCOMPARE(office.desk.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(office.other).size(); }),
                 std::size_t(1));
        QCOMPARE(office.desk.timeline(office.other).filter(QStringLiteral("call")).size(), 1);
        QCOMPARE(office.wrong(), std::vector<std::string>());
    }

    void of_the_messages_on_their_way_one_stays_and_what_may_have_left_is_named() {
        Office office;
        std::vector<OutboxId> items;
        office.desk.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example", .displayName = "Mara"};
            MailboxRepository(w.db).insert(w, box);
            const outreach::Surroundings utc;
            for (const LeadId lead : {office.ada, office.other}) {
                MailDraft draft;
                draft.mailbox = box.id;
                draft.fromAddress = box.address;
                draft.toAddress = lead == office.ada ? "ada@nordwind.example" : "doe@nordwind.example";
                draft.subject = lead == office.ada ? "First" : "Second";
                draft.body = "Hello";
                auto sent = outreach::TaskFlow(w, utc, office.desk.random).send(lead, draft);
                if (!sent)
                    qFatal("not sent: %s", sent.error().detail.c_str());
                items.push_back(*sent);
            }
        });
        const auto comparison = *wait(office.merges.compare(office.ada, office.other));
        QCOMPARE(comparison.inFlight.size(), std::size_t(2));
        QVERIFY(!comparison.inFlight[0].dropped);
        QVERIFY(comparison.inFlight[1].dropped);
        office.desk.write([&](WriteContext& w) { w.db.run("UPDATE outbox SET state = 6 WHERE id = ?1", items[1]); });
        const auto report = *wait(office.merges.merge(office.ada, office.other));
        const auto state = [&](OutboxId id) {
            return office.desk.read([id](ReadContext& r) { return OutboxRepository(r.db).find(id)->state; });
        };
        QCOMPARE(state(items[0]), OutboxState::Dropped); // the other one may have reached them
        QCOMPARE(state(items[1]), OutboxState::Unknown);
        QCOMPARE(report.done.inFlight.size(), std::size_t(2));
        QCOMPARE(office.count("SELECT count(*) FROM outbox WHERE lead_id = (SELECT kept_id FROM merge)"), std::int64_t(2));
        QCOMPARE(office.wrong(), std::vector<std::string>());
    }

    void who_asked_not_to_be_written_to_is_not_written_to() {
        Office office;
        const StrategyId strategy = *wait(office.strategies.create("Yard", calls(2)));
        QVERIFY(wait(office.leads.edit(office.ada, {{"phone", "+49 30 5550100"}})));
        QVERIFY(wait(office.strategies.enrol(strategy, LeadSelection::one(office.ada), "a list")));
        QCOMPARE(office.count("SELECT count(*) FROM enrolment WHERE state < 2"), std::int64_t(1));
        QVERIFY(wait(office.leads.doNotContact(office.other)));
        QVERIFY(wait(office.merges.merge(office.ada, office.other, {.takeGone = {}, .takeKept = {"status"}})));
        QCOMPARE(office.lead(office.ada).reach, Reach::DoNotContact);
        QVERIFY(office.desk.isSuppressed("ada@nordwind.example"));
        QCOMPARE(office.count("SELECT count(*) FROM enrolment WHERE state < 2"), std::int64_t(0));
        QCOMPARE(office.count("SELECT count(*) FROM task WHERE state = 0"), std::int64_t(0));
    }

    void a_merge_is_refused_where_it_makes_no_sense() {
        Office office;
        QCOMPARE(wait(office.merges.merge(office.ada, office.ada)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(wait(office.merges.merge(office.ada, LeadId{12345})).error().code, ErrorCode::NotFound);
        QCOMPARE(wait(office.merges.merge(office.ada, office.other, {.takeGone = {"shoe_size"}, .takeKept = {}})).error().code,
                 ErrorCode::InvalidField);
        const auto first = *wait(office.merges.merge(office.ada, office.other));
        QCOMPARE(wait(office.merges.merge(office.ada, office.other)).error().code, ErrorCode::InvalidArgument);
        const LeadId third = *wait(office.leads.add({{"last_name", "Third"}, {"email", "third@x.example"}}));
        const auto second = *wait(office.merges.merge(third, office.ada));
        QCOMPARE(wait(office.merges.split(first.id)).error().code, ErrorCode::Conflict); // the other one comes first
        QVERIFY(wait(office.merges.split(second.id)));
        QVERIFY(wait(office.merges.split(first.id)));
    }

    void whatever_two_leads_have_comes_apart_as_if_they_had_never_been_one() {
        for (std::uint32_t seed = 1; seed <= 12; ++seed) { // each makes two workspaces, which takes a while
            std::mt19937 random(seed);
            const auto deeds = [&random](int kinds) {
                std::vector<Deed> list;
                const int count = int(random() % 6);
                for (int i = 0; i < count; ++i)
                    list.push_back({int(random() % std::uint32_t(kinds)), int(random() % 90)});
                return list;
            };
            const auto mine = deeds(6);
            const auto theirs = deeds(6);
            std::vector<Deed> later = deeds(6);
            std::erase_if(later, [](const Deed& deed) {
                return deed.what == 2 || deed.what == 3 || deed.what == 5;
            }); // these meet what was taken over
            const auto play = [&](bool merge) {
                Office office;
                for (const Deed& deed : mine)
                    live(office, office.ada, deed);
                for (const Deed& deed : theirs)
                    live(office, office.other, deed);
                office.desk.clock.advance(std::chrono::hours(1));
                MergeId id;
                if (merge) {
                    const auto report = wait(office.merges.merge(office.ada, office.other));
                    id = report ? report->id : MergeId{};
                }
                office.desk.clock.advance(std::chrono::hours(1));
                for (const Deed& deed : later)
                    live(office, office.ada, deed);
                office.desk.clock.advance(std::chrono::hours(1));
                if (merge && !wait(office.merges.split(id)))
                    return std::string("not split");
                const auto wrong = office.wrong();
                return wrong.empty() ? office.desk.hash() : wrong.front();
            };
            QVERIFY2(play(true) == play(false), ("seed " + std::to_string(seed)).c_str());
        }
    }
};

OUTRIDER_TEST(MergeServiceTest)
#include "merge_service_test.moc"
