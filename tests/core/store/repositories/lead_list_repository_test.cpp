// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_list_repository.h"

#include "core/contact/text.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/status_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

const char* const sorts[]{"name", "last_name",  "company", "status",    "score", "created",
                          "due",  "last_touch", "email",   "job_title", "city",  "country"};

FilterContext utc() {
    return {.today = std::chrono::floor<std::chrono::days>(testNow()),
            .startOfDay = [](std::chrono::sys_days day) { return Instant(day); }};
}

Filter filterOf(std::string_view text) {
    const auto filter = parseFilter(text);
    if (!filter)
        qFatal("%s", filter.error().detail.c_str());
    return *filter;
}

// Thirty leads with few different values, so that ties and gaps are common.
void fill(TempStore& store) {
    store.write([](WriteContext& w) {
        const char* const cities[]{"Berlin", "Łódź", "", "São Paulo"};
        for (int i = 0; i < 30; ++i) {
            Lead lead = makeLead(i % 4 == 0 ? "" : "Ann" + std::to_string(i % 3), i % 5 == 0 ? "Öberg" : "Lee",
                                 i % 3 == 0 ? "" : "p" + std::to_string(i) + "@c" + std::to_string(i % 4) + ".example");
            lead.city = cities[i % 4];
            lead.country = i % 2 == 0 ? "DE" : "PL";
            lead.jobTitle = i % 6 == 0 ? "Head of Operations" : "";
            lead.score = (i * 37) % 4 * 25;
            lead.companyName = "Company " + std::to_string(i % 5);
            lead.status = StatusId{1 + i % 5};
            if (i % 7 == 0)
                lead.tags = {"Customer"};
            if (i % 4 == 1)
                lead.custom = {{"dock_count", std::to_string(i)}};
            if (i % 11 == 0)
                lead.archivedAt = w.now;
            const LeadId id = addLead(w, lead);
            if (i % 3 == 1)
                addTask(w, id, Channel::Call, w.now + std::chrono::hours(i - 15));
        }
        const StrategyVersion version = addStrategy(w, "Q4 Fintech");
        Statement rows = w.db.prepare("SELECT id FROM lead WHERE status_id = 1");
        std::vector<LeadId> open;
        while (rows.step())
            open.push_back(rows.id<LeadId>(0));
        for (const LeadId lead : open)
            addEnrolment(w, lead, version);
    });
}

std::vector<LeadListRow> allPages(TempStore& store, LeadQuery query) {
    std::vector<LeadListRow> rows;
    do {
        const LeadPage page = store.read([&](ReadContext& r) { return *LeadListRepository(r.db).page(query, utc()); });
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
        query.after = page.next;
    } while (!query.after.empty());
    return rows;
}

std::vector<LeadId> idsOf(TempStore& store, LeadQuery query, const LeadListRepository::Patience& patience) {
    std::vector<LeadId> ids;
    const int limit = query.limit;
    do {
        const LeadPage page = store.read([&](ReadContext& r) { return *LeadListRepository(r.db, patience).page(query, utc()); });
        for (const LeadListRow& row : page.rows)
            ids.push_back(row.id);
        query.after = page.next;
        query.limit = limit;
    } while (!query.after.empty());
    return ids;
}

std::int64_t count(TempStore& store, std::string_view filter) {
    return store.read([&](ReadContext& r) { return LeadListRepository(r.db).count(filterOf(filter), utc()); });
}

} // namespace

class LeadListRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pages_of_any_size_in_any_order_show_every_lead_once_and_sorted() {
        TempStore store;
        fill(store);
        for (const char* sort : sorts) {
            for (const bool descending : {false, true}) {
                const auto whole = allPages(store, {.sort = sort, .descending = descending, .limit = 1000});
                QCOMPARE(whole.size(), std::size_t(27));
                for (const int limit : {1, 4, 9}) {
                    const auto rows = allPages(store, {.sort = sort, .descending = descending, .limit = limit});
                    QVERIFY2(rows == whole, sort);
                }
                std::set<LeadId> seen;
                for (const LeadListRow& row : whole)
                    seen.insert(row.id);
                QCOMPARE(seen.size(), whole.size());
            }
        }
    }

    void rows_without_a_value_come_last_in_either_direction() {
        TempStore store;
        fill(store);
        for (const bool descending : {false, true}) {
            const auto rows = allPages(store, {.sort = "due", .descending = descending, .limit = 7});
            const auto firstNone = std::find_if(rows.begin(), rows.end(), [](const auto& r) { return !r.nextTaskAt; });
            QVERIFY(firstNone != rows.begin() && firstNone != rows.end());
            QVERIFY(std::none_of(firstNone, rows.end(), [](const auto& r) { return r.nextTaskAt.has_value(); }));
            QVERIFY(std::is_sorted(rows.begin(), firstNone, [descending](const auto& a, const auto& b) {
                return descending ? *b.nextTaskAt < *a.nextTaskAt : *a.nextTaskAt < *b.nextTaskAt;
            }));
        }
    }

    void names_are_sorted_as_people_sort_them_not_by_their_bytes() {
        TempStore store;
        store.write([](WriteContext& w) {
            for (const char* last : {"Zeller", "Öberg", "oberg", "Łukasz", "Lukas", "Adam"})
                addLead(w, makeLead("", last));
        });
        const auto rows = allPages(store, {.sort = "last_name", .limit = 10});
        std::vector<std::string> names;
        for (const auto& row : rows)
            names.push_back(row.name);
        QCOMPARE(names.front(), std::string("Adam"));
        QCOMPARE(names.back(), std::string("Zeller"));
        QVERIFY(std::find(names.begin(), names.end(), "Öberg") - std::find(names.begin(), names.end(), "oberg") <= 1);
        QVERIFY(names[1] == "Lukas" && names[2] == "Łukasz");
    }

    void anchors_are_the_cursors_of_the_pages() {
        TempStore store;
        fill(store);
        for (const char* sort : sorts) {
            for (const int size : {1, 4, 9, 27, 100}) {
                LeadQuery query{.sort = sort, .limit = size};
                const auto anchors =
                    store.read([&](ReadContext& r) { return *LeadListRepository(r.db).anchors(query, utc(), size); });
                std::vector<ListCursor> cursors;
                do {
                    cursors.push_back(query.after);
                    query.after = store.read([&](ReadContext& r) { return LeadListRepository(r.db).page(query, utc())->next; });
                } while (!query.after.empty());
                QVERIFY2(anchors == cursors, sort);
            }
        }
    }

    void a_cursor_of_another_list_is_refused() {
        TempStore store;
        fill(store);
        const auto cursor =
            store.read([&](ReadContext& r) { return LeadListRepository(r.db).page({.sort = "name", .limit = 2}, utc())->next; });
        for (const LeadQuery& query :
             {LeadQuery{.sort = "score", .after = cursor}, LeadQuery{.sort = "name", .descending = true, .after = cursor},
              LeadQuery{.sort = "name", .after = "garbage"}, LeadQuery{.sort = "name", .after = "[1]"}}) {
            const auto page = wait(store->read([&](ReadContext& r) { return LeadListRepository(r.db).page(query, utc()); }));
            VERIFY_ERROR(page, ErrorCode::InvalidArgument);
        }
        const auto unsortable =
            wait(store->read([&](ReadContext& r) { return LeadListRepository(r.db).page({.sort = "notes"}, utc()); }));
        VERIFY_ERROR(unsortable, ErrorCode::InvalidField);
    }

    void filters_find_what_they_say_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("found");
        QTest::newRow("everything") << "" << 27;
        QTest::newRow("archived") << "archived:yes" << 3;
        QTest::newRow("both") << "archived:yes or archived:no" << 30;
        QTest::newRow("city folded") << "city:lodz" << 8;
        QTest::newRow("city is") << "city=\"sao paulo\"" << 6;
        QTest::newRow("city empty") << "city:none" << 6;
        QTest::newRow("city not") << "-city:berlin" << 20;
        QTest::newRow("city unequal") << "city!=berlin" << 20;
        QTest::newRow("several") << "city:berlin,lodz" << 15;
        QTest::newRow("country by name") << "country:Germany" << 13;
        QTest::newRow("status open") << "status:open" << 10;
        QTest::newRow("status key") << "status:replied" << 5;
        QTest::newRow("status name") << "status:\"In progress\"" << 5;
        QTest::newRow("score") << "score>=50" << 12;
        QTest::newRow("tag") << "tag:customer" << 4;
        QTest::newRow("not tag") << "-tag:customer" << 23;
        QTest::newRow("strategy") << "strategy:\"q4 fintech\"" << 5;
        QTest::newRow("no strategy") << "strategy:none" << 22;
        QTest::newRow("has email") << "has:email" << 18;
        QTest::newRow("due") << "due<=today" << 9;
        QTest::newRow("custom") << "custom:dock_count>10" << 5;
        QTest::newRow("has custom") << "has:custom:dock_count" << 8;
        QTest::newRow("company") << "company:\"company 3\"" << 6;
        QTest::newRow("created") << "created:today" << 27;
        QTest::newRow("older") << "created>1d" << 0;
        QTest::newRow("word") << "oberg" << 5;
        QTest::newRow("two words") << "ann lee" << 16;
        QTest::newRow("word of a domain") << "c3.example" << 3;
    }
    void filters_find_what_they_say() {
        QFETCH(QString, filter);
        QFETCH(int, found);
        TempStore store;
        fill(store);
        QCOMPARE(int(count(store, filter.toStdString())), found);
    }

    void a_filter_and_its_opposite_share_the_leads_between_them() {
        TempStore store;
        fill(store);
        const auto all = count(store, "");
        for (const char* term :
             {"city:berlin", "score>25", "due<=tomorrow", "tag:customer", "has:email", "strategy:none", "status:open",
              "custom:dock_count>5", "ann", "last_touch<30d", "owner:none", "company_domain:none"})
            QCOMPARE(count(store, term) + count(store, "-(" + std::string(term) + ")"), all);
    }

    void every_way_to_read_a_list_finds_the_same_in_the_same_order() {
        TempStore store;
        fill(store);
        const LeadListRepository::Patience candidates{};                    // a few candidates are sorted
        const LeadListRepository::Patience walking{.few = -1};              // the list is walked
        const LeadListRepository::Patience hurried{.judged = 2, .few = -1}; // and left every other lead
        for (const char* filter :
             {"status:open", "tag:customer", "strategy:\"q4 fintech\"", "score>=50", "due<=today", "has:email", "ann",
              "company=\"company 3\"", "custom:dock_count>10", "city:berlin,lodz -tag:customer", "status:open or score<30",
              "last_touch:none due:none", "reach:ok owner:none"}) {
            for (const char* sort : sorts) {
                for (const bool descending : {false, true}) {
                    const LeadQuery query{.filter = filterOf(filter), .sort = sort, .descending = descending, .limit = 3};
                    const auto one = idsOf(store, query, candidates);
                    QVERIFY2(one == idsOf(store, query, walking), filter);
                    QVERIFY2(one == idsOf(store, query, hurried), filter);
                    QCOMPARE(std::int64_t(one.size()), count(store, filter));
                }
            }
        }
    }

    void a_page_that_takes_too_long_comes_with_what_was_found_and_where_to_go_on() {
        TempStore store;
        fill(store);
        const LeadQuery query{.filter = filterOf("custom:dock_count>10"), .sort = "name", .limit = 4};
        const LeadPage page =
            store.read([&](ReadContext& r) { return *LeadListRepository(r.db, {.judged = 5, .few = -1}).page(query, utc()); });
        QVERIFY(page.searching);
        QVERIFY(page.rows.size() < 4);
        QVERIFY(!page.next.empty());
    }

    void leads_of_one_value_are_paged_by_their_ids() { // thousands share a score, a status, a country
        TempStore store;
        store.write([](WriteContext& w) {
            for (int i = 0; i < 40; ++i)
                addLead(w, makeLead("Ann", "Lee"));
        });
        for (const char* sort : {"name", "score", "status", "country", "due"})
            QCOMPARE(allPages(store, {.sort = sort, .limit = 7}).size(), std::size_t(40));
    }

    void counting_in_steps_comes_to_the_same() {
        TempStore store;
        fill(store);
        for (const char* filter : {"", "status:open", "tag:customer", "ann", "archived:yes", "archived:yes or archived:no"}) {
            LeadListRepository::CountStep step;
            int steps = 0;
            for (; !step.done; ++steps) {
                store.read([&](ReadContext& r) {
                    LeadListRepository(r.db, {.judged = 4, .milliseconds = 0, .few = -1})
                        .countMore(step, filterOf(filter), utc());
                    return 0;
                });
            }
            QCOMPARE(step.count, count(store, filter));
            QVERIFY(steps > 1 || *filter != '\0');
        }
    }

    void no_page_of_any_order_reads_a_table_or_sorts_it_data() {
        QTest::addColumn<QString>("filter");
        for (const char* filter : {"",
                                   "status:open",
                                   "status:new,replied",
                                   "strategy:x",
                                   "tag:x",
                                   "owner:x",
                                   "owner:me",
                                   "company=x",
                                   "company:x",
                                   "score>5",
                                   "due<=today",
                                   "due:none",
                                   "last_touch>30d",
                                   "created<30d",
                                   "country:DE",
                                   "city:x",
                                   "custom:a=x",
                                   "custom:a>5",
                                   "has:phone",
                                   "-tag:x",
                                   "reach:ok",
                                   "company_industry:x",
                                   "x",
                                   "status:open strategy:x tag:y score>5 due<=today",
                                   "tag:x or tag:y"})
            QTest::newRow(filter) << filter;
    }
    void no_page_of_any_order_reads_a_table_or_sorts_it() {
        QFETCH(QString, filter);
        TempStore store;
        for (const char* sort : sorts) {
            for (const bool descending : {false, true}) {
                const LeadQuery query{.filter = filterOf(filter.toStdString()), .sort = sort, .descending = descending};
                const auto sqls = LeadListRepository::pageSql(query, utc());
                for (const std::string& sql : *sqls) {
                    const bool walk = sql.find("FROM lead w") != std::string::npos;
                    const bool candidates = sql.find("l.id IN (") != std::string::npos && !walk;
                    const bool named = sql.find("json_each") != std::string::npos; // leads the index is not sure of
                    for (const std::string& step : store.read([&](ReadContext& r) { return r.db.plan(sql); })) {
                        const auto line = QString::fromStdString(step);
                        const QByteArray said = (line + QStringLiteral(" in ") + QString::fromStdString(sql)).toUtf8();
                        QVERIFY2(candidates || !line.contains(QStringLiteral("TEMP B-TREE")), said.constData());
                        if (line.startsWith(QStringLiteral("SCAN w")) || line.startsWith(QStringLiteral("SEARCH w")))
                            QVERIFY2(line.contains(QStringLiteral("USING COVERING INDEX")), said.constData());
                        for (const char* big : {"l", "e", "y", "t", "lt", "v", "x"})
                            QVERIFY2(!line.startsWith(QStringLiteral("SCAN %1 ").arg(QLatin1String(big)))
                                         && line != QStringLiteral("SCAN %1").arg(QLatin1String(big)),
                                     said.constData());
                        if ((walk || named) && line.startsWith(QStringLiteral("SEARCH l ")))
                            QVERIFY2(line.contains(QStringLiteral("INDEX lead_facet (id=?")), said.constData());
                    }
                }
            }
        }
    }
};

OUTRIDER_TEST(LeadListRepositoryTest)
#include "lead_list_repository_test.moc"
