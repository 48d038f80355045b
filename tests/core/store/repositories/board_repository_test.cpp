// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/board_repository.h"

#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/status_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <algorithm>
#include <set>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

FilterContext utc() {
    return {.today = std::chrono::floor<std::chrono::days>(testNow()),
            .startOfDay = [](std::chrono::sys_days day) { return Instant(day); }};
}

// Forty leads in few statuses with few different scores, so that ties and gaps are common.
void fill(TempStore& store) {
    store.write([](WriteContext& w) {
        Member mara{.name = "Mara Lindqvist", .email = "mara@harborline.example"};
        MemberRepository(w.db).insert(w, mara);
        for (int i = 0; i < 40; ++i) {
            Lead lead = makeLead("Ann", "Lee " + std::to_string(i), "a" + std::to_string(i) + "@nordwind.example");
            lead.score = i * 37 % 4 * 25;
            lead.status = StatusId{1 + i % 3};
            lead.city = i % 2 == 0 ? "Berlin" : "Rostock";
            if (i % 4 == 0)
                lead.owner = mara.id;
            const LeadId id = addLead(w, lead);
            if (i % 5 == 1)
                addTask(w, id, Channel::Call, w.now + std::chrono::hours(i % 7));
            if (i % 7 == 2) {
                Activity call{.lead = id, .at = w.now - std::chrono::hours(i % 3), .kind = ActivityKind::Call};
                ActivityRepository(w.db).append(w, call);
            }
        }
    });
}

Status statusOf(TempStore& store, StatusId id) {
    return store.read([id](ReadContext& r) { return *StatusRepository(r.db).find(id); });
}

std::vector<LeadListRow> allOf(TempStore& store, const BoardQuery& query, StatusId status, int limit) {
    std::vector<LeadListRow> rows;
    ListCursor after;
    const Status column = statusOf(store, status);
    do {
        LeadPage page = store.read([&](ReadContext& r) { return *BoardRepository(r).page(query, column, limit, after, utc()); });
        std::move(page.rows.begin(), page.rows.end(), std::back_inserter(rows));
        after = page.next;
    } while (!after.empty());
    return rows;
}

std::map<StatusId, std::int64_t> counted(TempStore& store) {
    return store.read([](ReadContext& r) {
        std::map<StatusId, std::int64_t> counts;
        Statement rows = r.db.prepare("SELECT status_id, count(*) FROM lead WHERE archived_at IS NULL AND trashed_at IS NULL"
                                      " GROUP BY 1");
        while (rows.step())
            counts[rows.id<StatusId>(0)] = rows.integer(1);
        return counts;
    });
}

std::map<StatusId, std::int64_t> kept(TempStore& store, std::optional<MemberId> owner = std::nullopt) {
    return store.read([owner](ReadContext& r) {
        auto counts = BoardRepository(r).counts(owner);
        std::erase_if(counts, [](const auto& one) { return one.second == 0; });
        return counts;
    });
}

} // namespace

class BoardRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pages_of_any_size_show_every_lead_of_a_column_once_and_sorted() {
        TempStore store;
        fill(store);
        for (const BoardSort sort : boardSorts) {
            const auto whole = allOf(store, {.filter = {}, .owner = {}, .sort = sort}, statuses::newLead, 100);
            QCOMPARE(whole.size(), std::size_t(14));
            std::set<LeadId> seen;
            for (const LeadListRow& row : whole) {
                QCOMPARE(row.status, statuses::newLead);
                seen.insert(row.id);
            }
            QCOMPARE(seen.size(), whole.size());
            for (const int limit : {1, 3, 5, 14})
                QVERIFY(allOf(store, {.filter = {}, .owner = {}, .sort = sort}, statuses::newLead, limit) == whole);
        }
    }

    void the_board_is_sorted_as_a_list_of_that_status_is() {
        TempStore store;
        fill(store);
        for (const BoardSort sort : boardSorts) {
            const auto walked = allOf(store, {.filter = {}, .owner = {}, .sort = sort}, statuses::inProgress, 4);
            BoardQuery filtered{.filter = *parseFilter("name:lee"), .owner = {}, .sort = sort}; // all of them, judged
            QVERIFY(allOf(store, filtered, statuses::inProgress, 4) == walked);
        }
    }

    void a_filter_and_an_owner_narrow_every_column() {
        TempStore store;
        fill(store);
        const MemberId mara = store.read([](ReadContext& r) { return MemberRepository(r.db).all().front().id; });
        BoardQuery query{.filter = *parseFilter("city:berlin"), .owner = mara};
        std::map<StatusId, std::int64_t> found;
        for (std::int64_t i = 1; i <= 3; ++i) {
            for (const LeadListRow& row : allOf(store, query, StatusId{i}, 2)) {
                QCOMPARE(row.status, StatusId{i});
                ++found[StatusId{i}];
            }
        }
        const auto counts = store.read([&](ReadContext& r) {
            BoardRepository::CountStep step;
            while (!step.done)
                BoardRepository(r).countMore(step, query, utc());
            return step.counts;
        });
        QCOMPARE(found[StatusId{1}] + found[StatusId{2}] + found[StatusId{3}], std::int64_t(10));
        for (const auto& [status, count] : found)
            QCOMPARE(counts.at(status), count);
        QCOMPARE(kept(store, mara), found); // all hers live there
        query = {.filter = {}, .owner = MemberId{}};
        QCOMPARE(std::int64_t(allOf(store, query, statuses::newLead, 3).size()), kept(store, MemberId{}).at(statuses::newLead));
    }

    void counts_are_those_of_the_leads_whatever_changes_them() {
        TempStore store;
        fill(store);
        QCOMPARE(kept(store), counted(store));
        std::vector<LeadId> ids = store.read([](ReadContext& r) {
            std::vector<LeadId> all;
            Statement rows = r.db.prepare("SELECT id FROM lead ORDER BY id");
            while (rows.step())
                all.push_back(rows.id<LeadId>(0));
            return all;
        });
        const auto edit = [&](const auto& fn) {
            store.write([&](WriteContext& w) {
                for (std::size_t i = 0; i < ids.size(); i += 3)
                    fn(w, ids[i]);
            });
            QCOMPARE(kept(store), counted(store));
            QVERIFY(store.read([](ReadContext& r) { return examine(r.db); }).empty());
        };
        const MemberId mara = store.read([](ReadContext& r) { return MemberRepository(r.db).all().front().id; });
        edit([](WriteContext& w, LeadId id) { LeadRepository(w.db).setStatus(w, id, statuses::qualified); });
        edit([mara](WriteContext& w, LeadId id) { LeadRepository(w.db).setOwner(w, id, mara); });
        edit([](WriteContext& w, LeadId id) { LeadRepository(w.db).setTrashed(w, id, true); });
        edit([](WriteContext& w, LeadId id) { LeadRepository(w.db).setArchived(w, id, true); }); // both at once
        edit([](WriteContext& w, LeadId id) { LeadRepository(w.db).setTrashed(w, id, false); });
        edit([](WriteContext& w, LeadId id) { LeadRepository(w.db).setArchived(w, id, false); });
    }

    void leads_of_a_bulk_insert_are_counted() {
        TempStore store;
        store.write([](WriteContext& w) {
            WriteContext::BulkInsert bulk(w);
            for (int i = 0; i < 5; ++i)
                addLead(w, makeLead("Bulk", std::to_string(i)));
            bulk.finish();
        });
        QCOMPARE(kept(store), (std::map<StatusId, std::int64_t>{{statuses::newLead, 5}}));
    }

    void a_wrong_count_is_found_and_put_right() {
        TempStore store;
        fill(store);
        for (const char* fault : {"UPDATE status_count SET leads = leads + 1 WHERE status_id = 2 AND owner_id = 0",
                                  "DELETE FROM status_count WHERE status_id = 3",
                                  "INSERT INTO status_count(status_id, owner_id, leads) VALUES (5, 0, 7)"}) {
            store.write([fault](WriteContext& w) { w.db.script(fault); });
            const auto found = store.read([](ReadContext& r) { return examine(r.db); });
            QVERIFY2(std::any_of(found.begin(), found.end(),
                                 [](const std::string& line) { return line.starts_with("leads in status"); }),
                     fault);
            const auto done = store.write([&](WriteContext& w) { return repair(w.db, found); });
            QCOMPARE(done.size(), std::size_t(1));
            QVERIFY(store.read([](ReadContext& r) { return examine(r.db); }).empty());
            QCOMPARE(kept(store), counted(store));
        }
    }

    void a_cursor_of_another_column_is_refused() {
        TempStore store;
        fill(store);
        const Status column = statusOf(store, statuses::newLead);
        const auto page = [&](BoardSort sort, const ListCursor& after) {
            return wait(store->read([&](ReadContext& r) {
                return BoardRepository(r).page({.filter = {}, .owner = {}, .sort = sort}, column, 2, after, utc());
            }));
        };
        const auto first = page(BoardSort::Score, {});
        VERIFY_OK(first);
        for (const ListCursor& wrong : {ListCursor(R"(["due",false,1,2])"), ListCursor(R"(["score",true,null,2])"),
                                        ListCursor(R"(["score",true,"x",2])"), ListCursor("?")})
            VERIFY_ERROR(page(BoardSort::Score, wrong), ErrorCode::InvalidArgument);
        VERIFY_ERROR(page(BoardSort::Due, first->next), ErrorCode::InvalidArgument);
        VERIFY_OK(page(BoardSort::Score, first->next));
    }

    void a_column_is_walked_in_the_order_of_its_sort_and_judged_without_rows() {
        TempStore store;
        const Status column = statusOf(store, statuses::inProgress);
        for (const BoardSort sort : boardSorts) {
            const BoardQuery query{.filter = {}, .owner = {}, .sort = sort};
            const auto sqls = store.read([&](ReadContext& r) { return BoardRepository(r).pageSql(query, column, utc()); });
            int walks = 0;
            for (const std::string& sql : sqls) {
                if (sql.find("FROM lead w ") == std::string::npos)
                    continue; // few candidates, sorted; or one row
                ++walks;
                for (const std::string& step : store.read([&](ReadContext& r) { return r.db.plan(sql); })) {
                    const QString line = QString::fromStdString(step);
                    const QByteArray said = (line + QStringLiteral(" in ") + QString::fromStdString(sql)).toUtf8();
                    QVERIFY2(!line.contains(QStringLiteral("TEMP B-TREE")), said.constData());
                    if (line.contains(QStringLiteral(" w ")) || line.contains(QStringLiteral(" l ")))
                        QVERIFY2(line.contains(QStringLiteral("USING COVERING INDEX")), said.constData());
                    if (line.contains(QStringLiteral(" l ")))
                        QVERIFY2(line.contains(QStringLiteral("lead_facet (id=?")), said.constData());
                }
            }
            QVERIFY(walks > 0);
        }
    }
};

OUTRIDER_TEST(BoardRepositoryTest)
#include "board_repository_test.moc"
