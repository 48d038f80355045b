// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/company_list_repository.h"

#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <algorithm>
#include <set>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

CompanyId addCompany(WriteContext& w, const std::string& name, const std::string& domain = {}) {
    Company company{.domain = domain, .name = name};
    CompanyRepository(w.db).insert(w, company);
    return company.id;
}

LeadId addPerson(WriteContext& w, CompanyId company, const std::string& name) {
    Lead lead = makeLead(name, "Lee");
    lead.company = company;
    return addLead(w, lead);
}

std::vector<std::string> names(TempStore& store, const std::string& words, int limit) {
    std::vector<std::string> names;
    CompanyQuery query{.words = words, .limit = limit, .after = {}};
    do {
        const CompanyPage page = store.read([&](ReadContext& r) { return *CompanyListRepository(r.db).page(query); });
        for (const CompanyListRow& row : page.rows)
            names.push_back(row.name.empty() ? row.domain : row.name);
        query.after = page.next;
    } while (!query.after.empty());
    return names;
}

void fill(TempStore& store) {
    store.write([](WriteContext& w) {
        for (const char* name : {"Ostsee Kühlhaus AG", "Nordwind Logistik", "Ænima, Ltd", "Öresund Kylfrakt AB", "Nord"})
            addCompany(w, name);
        addCompany(w, "Zebra", "nordkap.example");
        addCompany(w, "", "harbour.example");
        addCompany(w, "", "alster.example");
        for (const char* domain : {"a.example", "b.example", "c.example"}) // as many of one name as one likes
            addCompany(w, "Main Fresh Hub", domain);
    });
}

} // namespace

class CompanyListRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pages_of_any_size_show_every_company_once_those_without_a_name_last() {
        TempStore store;
        fill(store);
        const auto whole = names(store, {}, 100);
        const std::vector<std::string> wanted{"Ænima, Ltd", "Main Fresh Hub",    "Main Fresh Hub",      "Main Fresh Hub",
                                              "Nord",       "Nordwind Logistik", "Öresund Kylfrakt AB", "Ostsee Kühlhaus AG",
                                              "Zebra",      "alster.example",    "harbour.example"};
        QCOMPARE(whole, wanted);
        for (const int limit : {1, 2, 3, 10, 11})
            QCOMPARE(names(store, {}, limit), whole);
    }

    void a_beginning_finds_names_then_domains_then_words() {
        TempStore store;
        fill(store);
        store.write([](WriteContext& w) { addCompany(w, "Haus am Nordkai"); });
        const std::vector<std::string> wanted{"Nord", "Nordwind Logistik", "Zebra", "Haus am Nordkai"};
        for (const int limit : {1, 2, 100})
            QCOMPARE(names(store, "NORD", limit), wanted);
        QCOMPARE(names(store, "kuhl", 10), std::vector<std::string>{"Ostsee Kühlhaus AG"});
        QCOMPARE(names(store, "harb", 10), std::vector<std::string>{"harbour.example"});
        QCOMPARE(names(store, "main fresh hub", 2).size(), std::size_t(3));
        QVERIFY(names(store, "nobody", 10).empty());
        QVERIFY(names(store, "\"*", 10).empty()); // no question of FTS5's
    }

    void a_cursor_of_another_list_is_refused() {
        TempStore store;
        fill(store);
        for (const char* after : {"garbage", "9,1,x", "2,1,nord"}) {
            const auto page = wait(store->read(
                [&](ReadContext& r) { return CompanyListRepository(r.db).page({.words = {}, .limit = 2, .after = after}); }));
            VERIFY_ERROR(page, ErrorCode::InvalidArgument);
        }
    }

    void people_are_those_who_are_neither_archived_nor_in_the_trash() {
        TempStore store;
        const CompanyId id = store.write([](WriteContext& w) {
            const CompanyId company = addCompany(w, "Nordwind");
            const LeadId ann = addPerson(w, company, "Ann");
            addTask(w, ann, Channel::Call, w.now + std::chrono::hours(3));
            addTask(w, ann, Channel::Task, w.now + std::chrono::hours(2));
            Activity call{.lead = ann, .at = w.now - std::chrono::hours(5), .kind = ActivityKind::Call};
            ActivityRepository(w.db).append(w, call);
            addPerson(w, company, "Ben");
            LeadRepository(w.db).setTrashed(w, addPerson(w, company, "Cid"), true);
            LeadRepository(w.db).setArchived(w, addPerson(w, company, "Dot"), true);
            return company;
        });
        const CompanyPeople people = store.read([id](ReadContext& r) { return CompanyListRepository(r.db).people(id); });
        QCOMPARE(people.count, 2);
        QVERIFY(!people.more);
        QCOMPARE(people.openTasks, 2);
        QCOMPARE(people.lastTouchAt, std::optional(testNow() - std::chrono::hours(5)));
        QCOMPARE(people.nextTaskAt, std::optional(testNow() + std::chrono::hours(2)));
        const auto leads = store.read([id](ReadContext& r) { return CompanyListRepository(r.db).leads(id, 10); });
        QCOMPARE(leads.size(), std::size_t(2));
        QCOMPARE(leads.front().name, std::string("Ann Lee")); // touched last
    }

    void the_history_of_a_company_is_that_of_all_its_people_by_time() {
        TempStore store;
        const CompanyId id = store.write([](WriteContext& w) {
            const CompanyId company = addCompany(w, "Nordwind");
            ActivityRepository activities(w.db);
            for (int person = 0; person < 4; ++person) {
                const LeadId lead = addPerson(w, company, "P" + std::to_string(person));
                for (int i = 0; i < 9; ++i) { // some at the same moment
                    Activity note{.lead = lead,
                                  .at = w.now - std::chrono::hours((i * 7 + person * 3) % 11),
                                  .kind = ActivityKind::Note,
                                  .text = std::to_string(person) + "/" + std::to_string(i)};
                    activities.append(w, note);
                }
            }
            const LeadId other = addPerson(w, addCompany(w, "Elsewhere"), "Other");
            Activity note{.lead = other, .kind = ActivityKind::Note, .text = "not here"};
            activities.append(w, note);
            return company;
        });
        const auto read = [&](int limit) {
            std::vector<std::pair<Instant, std::string>> entries;
            std::string after;
            do {
                CompanyTimelinePage page =
                    store.read([&](ReadContext& r) { return *CompanyListRepository(r.db).timeline(id, after, limit); });
                for (const CompanyTimelineEntry& one : page.entries) {
                    entries.emplace_back(one.entry.activity.at, one.entry.activity.text);
                    if (!one.leadName.starts_with("P" + one.entry.activity.text.substr(0, 1)))
                        return std::vector<std::pair<Instant, std::string>>();
                }
                after = page.next;
            } while (!after.empty());
            return entries;
        };
        const auto whole = read(100);
        QCOMPARE(whole.size(), std::size_t(36));
        QVERIFY(std::is_sorted(whole.begin(), whole.end(), [](const auto& a, const auto& b) { return a.first > b.first; }));
        QCOMPARE(std::set(whole.begin(), whole.end()).size(), whole.size());
        for (const int limit : {1, 5, 35, 36})
            QVERIFY(read(limit) == whole);
    }

    void nothing_is_scanned_nor_sorted_but_what_is_bounded() {
        TempStore store;
        for (const std::string& sql : CompanyListRepository::statements()) {
            const bool sorts = sql.find("LIMIT ?2) ORDER BY") != std::string::npos; // the people of one, a thousand at most
            for (const std::string& step : store.read([&](ReadContext& r) { return r.db.plan(sql); })) {
                const QString line = QString::fromStdString(step);
                const QByteArray said = (line + QStringLiteral(" in ") + QString::fromStdString(sql)).toUtf8();
                QVERIFY2(sorts || !line.contains(QStringLiteral("TEMP B-TREE")), said.constData());
                for (const char* big : {"company ", "c ", "f ", "t ", "activity", "lead"})
                    QVERIFY2(!line.startsWith(QStringLiteral("SCAN ") + QLatin1String(big)), said.constData());
            }
        }
    }
};

OUTRIDER_TEST(CompanyListRepositoryTest)
#include "company_list_repository_test.moc"
