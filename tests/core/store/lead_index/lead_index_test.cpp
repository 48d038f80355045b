// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_index.h"

#include "core/store/journal/history.h"
#include "core/store/journal/undo.h"
#include "core/store/lead_index/lead_index_query.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/task_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

constexpr std::array sorts{"name", "last_name",  "company", "status",    "score", "created",
                           "due",  "last_touch", "email",   "job_title", "city",  "country"};
constexpr std::array terms{"status:open",
                           "status:new,replied",
                           "status!=new",
                           "status:none",
                           "owner:none",
                           "owner:ann",
                           "owner:me",
                           "tag:t1",
                           "tag:t0,t2",
                           "tag!=t1",
                           "tag:none",
                           "strategy:fintech",
                           "strategy=\"Q4 Fintech\"",
                           "strategy:none",
                           "score>=50",
                           "score<20",
                           "score=0",
                           "score!=0",
                           "reach:ok",
                           "due<=today",
                           "due>today",
                           "due:none",
                           "has:due",
                           "last_touch:none",
                           "last_touch<30d",
                           "created:today",
                           "created>1d",
                           "country:Germany",
                           "country:PL",
                           "country:none",
                           "city:lodz",
                           "city=\"sao paulo\"",
                           "city!=berlin",
                           "city:none",
                           "job_title:head",
                           "has:job_title",
                           "custom:docks>10",
                           "custom:docks=3",
                           "custom:docks:none",
                           "has:custom:docks",
                           "custom:nowhere=1",
                           "has:email",
                           "has:phone",
                           "email:x.example",
                           "company=\"Company 1\"",
                           "company=\"company 1\",\"Company 3\"",
                           "company!=\"Company 1\"",
                           "company:any",
                           "company:none",
                           "company_domain:x",
                           "ann",
                           "lee comp",
                           "archived:yes"};

FilterContext utc() {
    return {.today = std::chrono::floor<std::chrono::days>(testNow()),
            .startOfDay = [](std::chrono::sys_days day) { return Instant(day); },
            .me = MemberId{1}};
}

Filter filterOf(std::string_view text) {
    const auto filter = parseFilter(text);
    if (!filter)
        qFatal("%s", filter.error().detail.c_str());
    return *filter;
}

Lead someLead(int number) {
    constexpr std::array cities{"Berlin", "Łódź", "", "São Paulo", "Graz"};
    Lead lead = makeLead(number % 4 == 0 ? "" : "Ann" + std::to_string(number % 3), number % 5 == 0 ? "Öberg" : "Lee",
                         number % 3 == 0 ? "" : "p" + std::to_string(number) + "@x.example");
    lead.city = cities.at(std::size_t(number) % cities.size());
    lead.country = number % 2 == 0 ? "DE" : "PL";
    lead.jobTitle = number % 6 == 0 ? "Head of Operations" : "";
    lead.phone = number % 7 == 0 ? "+4930123" + std::to_string(number) : "";
    lead.score = (number * 37) % 4 * 25;
    lead.companyName = number % 9 == 0 ? "" : "Company " + std::to_string(number % 5);
    lead.status = StatusId{1 + number % 5};
    lead.owner = MemberId{number % 3};
    if (number % 4 == 1)
        lead.tags = {"T" + std::to_string(number % 3)};
    if (number % 4 == 2)
        lead.custom = {{"docks", std::to_string(number % 20)}};
    return lead;
}

void fill(TempStore& store, int count) {
    store.write(
        [count](WriteContext& w) {
            w.db.run("INSERT OR IGNORE INTO member(id, name, created_at) VALUES (1, 'Mara', 0), (2, 'Ann', 0)");
            for (int i = 0; i < count; ++i)
                addLead(w, someLead(i));
        },
        {.name = "fill", .undoable = false});
}

// The places of the leads in the order of their ids, to have one at random.
LeadId leadAt(WriteContext& w, int number) {
    const auto count = w.db.integer("SELECT count(*) FROM lead");
    return LeadId{w.db.integer("SELECT id FROM lead ORDER BY id LIMIT 1 OFFSET ?1", number % count)};
}

// One random deed; the undo of the one before among them.
void actAtRandom(TempStore& store) {
    const int what = *rc::gen::inRange(0, 14);
    const int number = *rc::gen::inRange(0, 1000);
    store.clock.advance(std::chrono::hours(*rc::gen::inRange(0, 30)));
    if (what == 0) {
        static_cast<void>(wait(store->write({.name = "undo"}, [&](WriteContext& w) -> Result<UndoReport> {
            const auto next = nextUndo(w.db, w.action);
            if (!next)
                return fail(ErrorCode::NothingToUndo);
            return undoAction(w, next->id, UndoPolicy::KeepChanged);
        })));
        return;
    }
    store.write([&](WriteContext& w) {
        LeadRepository leads(w.db);
        if (w.db.integer("SELECT count(*) FROM lead") == 0) // all undone
            addLead(w, someLead(number));
        const LeadId lead = leadAt(w, number);
        switch (what) {
        case 1:
            addLead(w, someLead(number));
            break;
        case 2:
        case 3: {
            const Lead before = *leads.find(lead);
            Lead after = someLead(number);
            after.id = before.id;
            leads.update(w, before, after);
            break;
        }
        case 4:
            leads.setStatus(w, lead, StatusId{1 + number % 5});
            break;
        case 5: {
            const std::string name = number % 2 == 0 ? "Q4 Fintech" : "Nordics";
            if (const auto known = w.db.integer("SELECT v.id FROM strategy_version v JOIN strategy s ON s.id = v.strategy_id"
                                                " WHERE s.name = ?1",
                                                name);
                known == 0)
                addEnrolment(w, lead, addStrategy(w, name));
            break;
        }
        case 6:
            addTask(w, lead, Channel::Call, w.now + std::chrono::hours(number - 500));
            break;
        case 7:
            for (const Task& task : TaskRepository(w.db).openOf(lead))
                TaskRepository(w.db).close(w, task.id, TaskState::Done, Disposition::Talked);
            break;
        case 8:
            leads.setArchived(w, lead, number % 2 == 0);
            break;
        case 9:
            leads.setTrashed(w, lead, number % 2 == 0);
            break;
        case 10:
            leads.setOwner(w, lead, MemberId{number % 3});
            break;
        case 11: {
            WriteContext::BulkInsert bulk(w);
            for (int i = 0; i < number % 12; ++i)
                addLead(w, someLead(number + i));
            bulk.finish();
            break;
        }
        case 12: // many at once
            w.db.run("UPDATE lead SET score = (score + ?1) % 101, city = 'Ulm' WHERE id % 3 = ?2", number, number % 3);
            break;
        default: {
            Activity call{.lead = lead, .kind = ActivityKind::Call};
            ActivityRepository(w.db).append(w, call);
            break;
        }
        }
    });
}

std::vector<LeadListRow> pagesOf(LeadListRepository repository, LeadQuery query, const FilterContext& context) {
    std::vector<LeadListRow> rows;
    const int limit = query.limit;
    do {
        LeadPage page = *repository.page(query, context);
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
        query.after = page.next;
        query.limit = limit;
    } while (!query.after.empty());
    return rows;
}

// Whether a list read with the index is the same as read without.
bool isTheSame(const ReadContext& r, const LeadQuery& query) {
    const FilterContext context = utc();
    if (pagesOf(LeadListRepository(r), query, context) != pagesOf(LeadListRepository(r.db), query, context))
        return false;
    if (LeadListRepository(r).count(query.filter, context) != LeadListRepository(r.db).count(query.filter, context))
        return false;
    if (LeadListRepository(r).countByStatus(query.filter, context)
        != LeadListRepository(r.db).countByStatus(query.filter, context))
        return false;
    return LeadListRepository(r).ids(query.filter, context) == LeadListRepository(r.db).ids(query.filter, context);
}

bool isIndexed(const ReadContext& r, std::string_view text, const FilterContext& context = utc()) {
    const Filter filter = filterOf(text);
    return r.leads != nullptr && LeadIndexQuery(*r.leads, r.ticket, r.db, context).find(filter, planOf(filter, context));
}

std::string filterAtRandom() {
    std::string text;
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            text += *rc::gen::inRange(0, 4) == 0 ? " or " : " ";
        if (*rc::gen::inRange(0, 5) == 0)
            text += '-';
        text += terms.at(*rc::gen::inRange(std::size_t(0), terms.size()));
    }
    return text;
}

LeadQuery queryAtRandom() {
    return {.filter = filterOf(filterAtRandom()),
            .sort = sorts.at(*rc::gen::inRange(std::size_t(0), sorts.size())),
            .descending = *rc::gen::arbitrary<bool>(),
            .limit = *rc::gen::inRange(1, 9)};
}

} // namespace

class LeadIndexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_list_is_the_same_with_the_index_whatever_was_written_and_when() {
        VERIFY_PROPERTY([] {
            TempStore store;
            fill(store, *rc::gen::inRange(5, 40));
            const auto size = [](std::size_t most) { return *rc::gen::inRange(std::size_t(1), most); };
            store->indexLeads({.fewest = 1, .mostTouched = size(20), .mostUnranked = size(8), .mostMoved = size(6)});
            const int count = *rc::gen::inRange(1, 12);
            for (int i = 0; i < count; ++i) {
                if (*rc::gen::inRange(0, 3) > 0)
                    store->waitForLeadIndex();
                if (*rc::gen::inRange(0, 3) > 0)
                    actAtRandom(store);
                const LeadQuery query = queryAtRandom();
                const bool same = store.read([&](ReadContext& r) { return isTheSame(r, query); });
                if (!same)
                    RC_FAIL(toText(query.filter) + " by " + query.sort);
            }
        });
    }

    void every_condition_of_what_is_live_is_answered_by_the_index_at_the_second_asking() {
        TempStore store;
        fill(store, 60);
        store->indexLeads({.fewest = 1});
        for (const char* term : terms) {
            if (std::string_view(term).starts_with("archived"))
                continue;
            store->waitForLeadIndex();
            store.read([&](ReadContext& r) { return isIndexed(r, term); });
            store->waitForLeadIndex();
            QVERIFY2(store.read([&](ReadContext& r) { return isIndexed(r, term); }), term);
            for (const char* sort : sorts) {
                for (const bool descending : {false, true}) {
                    const LeadQuery query{.filter = filterOf(term), .sort = sort, .descending = descending, .limit = 4};
                    QVERIFY2(store.read([&](ReadContext& r) { return isTheSame(r, query); }), term);
                }
            }
        }
    }

    void what_was_touched_a_moment_ago_is_left_to_sql_and_the_rest_still_found() {
        TempStore store;
        fill(store, 50);
        store->indexLeads({.fewest = 1});
        store->waitForLeadIndex();
        const LeadId lead = store.write([](WriteContext& w) {
            const LeadId id = leadAt(w, 7);
            LeadRepository(w.db).setStatus(w, id, StatusId{4});
            return id;
        });
        QVERIFY(store.read([&](ReadContext& r) {
            const FilterContext context = utc();
            const Filter filter = filterOf("status:qualified");
            LeadIndexQuery query(*r.leads, r.ticket, r.db, context);
            return query.find(filter, planOf(filter, context)) && query.unsure() == std::vector{lead.value};
        }));
        store->waitForLeadIndex();
        QVERIFY(store.read([](ReadContext& r) {
            const FilterContext context = utc();
            LeadIndexQuery query(*r.leads, r.ticket, r.db, context);
            return query.find(filterOf(""), planOf(filterOf(""), context)) && query.unsure().empty();
        }));
    }

    // A long read sees the workspace as it was; what the index has learnt since must not show.
    void a_read_that_began_before_a_commit_shows_what_was_before_it() {
        TempStore store;
        fill(store, 50);
        store->indexLeads({.fewest = 1});
        store->waitForLeadIndex();
        auto db = std::move(*store->connect({.path = store.path(), .mode = OpenMode::ReadOnly}));
        const LeadIndexTicket ticket = store->leadIndex()->ticket();
        Transaction view(*db, Transaction::Kind::Read);
        static_cast<void>(db->integer("SELECT count(*) FROM lead")); // it begins here
        store.write([](WriteContext& w) {
            for (int i = 0; i < 5; ++i)
                LeadRepository(w.db).setStatus(w, leadAt(w, 3 * i), StatusId{5});
            addLead(w, someLead(777));
            LeadRepository(w.db).setTrashed(w, leadAt(w, 8), true);
        });
        const auto check = [&] {
            const ReadContext old(*db, testNow(), *store->leadIndex(), ticket);
            for (const char* filter : {"", "status:disqualified", "-status:disqualified", "score>=50", "due:none"}) {
                for (const char* sort : sorts)
                    QVERIFY2(isTheSame(old, {.filter = filterOf(filter), .sort = sort, .limit = 6}), filter);
            }
        };
        check();
        store->waitForLeadIndex();
        check();
    }

    void another_programs_commit_makes_it_begin_anew() {
        TempStore store;
        fill(store, 50);
        store->indexLeads({.fewest = 1});
        store->waitForLeadIndex();
        QVERIFY(store.read([](ReadContext& r) { return isIndexed(r, "score>=50"); }));
        auto other = std::move(*store->connect({.path = store.path(), .mode = OpenMode::ReadWrite}));
        const LeadQuery query{.filter = filterOf("score>=50"), .sort = "score", .limit = 5};
        other->run("UPDATE lead SET score = 99 WHERE id % 2 = 0");
        QVERIFY(store.read([&](ReadContext& r) { return isTheSame(r, query) && !isIndexed(r, "score>=50"); }));
        store->waitForLeadIndex();
        QVERIFY(store.read([&](ReadContext& r) { return isTheSame(r, query) && isIndexed(r, "score>=50"); }));
        // And when a write of ours comes before anybody reads.
        other->run("UPDATE lead SET score = 1 WHERE id % 2 = 1");
        store.write([](WriteContext& w) { addLead(w, someLead(5)); });
        QVERIFY(store.read([&](ReadContext& r) { return isTheSame(r, query) && !isIndexed(r, "score>=50"); }));
    }

    void a_failed_or_rolled_back_write_leaves_it_as_it_was() {
        TempStore store;
        fill(store, 50);
        store->indexLeads({.fewest = 1});
        store->waitForLeadIndex();
        const auto failed = wait(store->write({.name = "test"}, [](WriteContext& w) -> Result<> {
            w.db.run("UPDATE lead SET score = 77");
            return fail(ErrorCode::InvalidArgument);
        }));
        VERIFY_ERROR(failed, ErrorCode::InvalidArgument);
        store->waitForLeadIndex();
        QVERIFY(store.read([](ReadContext& r) {
            return isTheSame(r, {.filter = filterOf("score=77"), .limit = 5}) && isIndexed(r, "score=77");
        }));
    }

    void few_leads_and_a_look_back_have_no_index() {
        TempStore store;
        fill(store, 20);
        store->indexLeads({.fewest = 21});
        store->waitForLeadIndex();
        QVERIFY(!store.read([](ReadContext& r) { return isIndexed(r, ""); }));
        fill(store, 5);
        store->waitForLeadIndex();
        QVERIFY(store.read([](ReadContext& r) { return isIndexed(r, ""); }));
        auto past = std::move(*store->openAsOf(testNow(), store.clock, store.random));
        past->indexLeads({.fewest = 1});
        QVERIFY(past->leadIndex() == nullptr);
    }

    // With threads, as in the window: a writer, readers and the index, all at once.
    void readers_agree_with_sql_while_it_is_written() {
        TempStore made;
        fill(made, 60);
        made.close();
        StoreOptions options{.path = made.path()};
        auto store = std::move(*Store::open(options, testKey(), made.clock, made.random));
        store->indexLeads({.fewest = 1, .mostTouched = 12, .mostUnranked = 4, .mostMoved = 3});
        std::vector<QFuture<Result<LeadId>>> writes;
        for (int i = 0; i < 120; ++i)
            writes.push_back(store->write({.name = "test"}, [i](WriteContext& w) -> Result<LeadId> {
                LeadRepository leads(w.db);
                const LeadId lead = leadAt(w, i * 7);
                if (i % 3 == 0)
                    return addLead(w, someLead(i));
                if (i % 3 == 1) {
                    leads.setStatus(w, lead, StatusId{1 + i % 5});
                } else {
                    const Lead before = *leads.find(lead);
                    Lead after = someLead(i + 1);
                    after.id = before.id;
                    leads.update(w, before, after);
                }
                return lead;
            }));
        for (int i = 0; i < 150; ++i) {
            const LeadQuery query{.filter = filterOf(terms.at(std::size_t(i * 7) % terms.size())),
                                  .sort = sorts.at(std::size_t(i) % sorts.size()),
                                  .descending = i % 2 == 0,
                                  .limit = 7};
            const auto same = wait(store->read([&](ReadContext& r) -> Result<bool> { return isTheSame(r, query); }));
            QVERIFY(same && *same);
        }
        for (auto& write : writes)
            VERIFY_OK(wait(write));
        store->waitForLeadIndex();
        const auto same = wait(store->read([&](ReadContext& r) -> Result<bool> {
            return isTheSame(r, {.filter = filterOf("status:open"), .limit = 7}) && isIndexed(r, "status:open");
        }));
        QVERIFY(same && *same);
    }
};

OUTRIDER_TEST(LeadIndexTest)
#include "lead_index_test.moc"
