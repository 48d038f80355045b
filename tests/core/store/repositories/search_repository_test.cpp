// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/search_repository.h"

#include "core/contact/words.h"
#include "core/domain/company.h"
#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/search_index.h"
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

using Names = std::vector<std::string>;

// Lets the lane run until it has nothing more to do.
void index(TempStore& store) {
    SearchIndex::KnownWords known;
    for (bool more = true; more;) {
        auto step = wait(store->writeSilently(
            [&](WriteContext& w) -> Result<bool> { return SearchIndex(w.db).advance(std::chrono::milliseconds(50), known); }));
        more = step && *step;
    }
}

Names found(TempStore& store, const std::string& typed, bool corrected = false) {
    return store.read([&](ReadContext& r) {
        SearchRepository search(r.db);
        SearchWords words(typed);
        if (corrected)
            words = search.corrected(std::move(words));
        Names names;
        for (const SearchHit& hit : search.leads(words, 100))
            names.push_back(hit.title);
        return names;
    });
}

std::vector<SearchHit> texts(TempStore& store, const std::string& typed) {
    return store.read([&](ReadContext& r) { return SearchRepository(r.db).texts(SearchWords(typed), 20); });
}

int unindexed(TempStore& store) {
    return store.read([](ReadContext& r) { return SearchRepository(r.db).unindexed(100); });
}

bool undo(TempStore& store) {
    return wait(store->write({.name = "undo"},
                             [](WriteContext& w) -> Result<UndoReport> {
                                 const auto next = nextUndo(w.db, w.action);
                                 if (!next)
                                     return fail(ErrorCode::NothingToUndo);
                                 return undoAction(w, next->id, UndoPolicy::AllOrNothing);
                             }))
        .has_value();
}

bool redo(TempStore& store) {
    return wait(store->write({.name = "redo"},
                             [](WriteContext& w) -> Result<UndoReport> {
                                 const auto next = nextRedo(w.db, w.action);
                                 if (!next)
                                     return fail(ErrorCode::NothingToRedo);
                                 return redoAction(w, next->id, UndoPolicy::AllOrNothing);
                             }))
        .has_value();
}

Names complaints(TempStore& store) {
    return store.read([](ReadContext& r) { return SearchIndex(r.db).examine(); });
}

bool isListed(TempStore& store, const char* word) {
    return store.read([&](ReadContext& r) { return r.db.integer("SELECT count(*) FROM search_word WHERE word = ?1", word); })
           != 0;
}

ActivityId addNote(WriteContext& w, LeadId lead, const std::string& text) {
    Activity note{.lead = lead, .kind = ActivityKind::Note, .text = text};
    ActivityRepository(w.db).append(w, note);
    return note.id;
}

LeadId addZoe(WriteContext& w) {
    Lead lead = makeLead("Zoë", "Brandt", "z.brandt@nordwind.example");
    lead.companyName = "Nordwind Logistik";
    lead.jobTitle = "Leiterin Straße";
    lead.phone = "+49 30 1234567";
    lead.phoneKey = "+49301234567";
    return addLead(w, lead);
}

} // namespace

class SearchRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_lead_is_found_by_any_part_of_what_it_says_data() {
        QTest::addColumn<QString>("typed");
        for (const char* typed :
             {"z", "zo", "zoë", "ZOE", "bran", "zoe brand", "brandt zoe", "nordw", "logistik", "z.brandt@nord",
              "nordwind.example", "leiterin", "strasse", "+49 30 123", "030 1234567", "30123", "493012", "+49 (0)30 12"})
            QTest::newRow(typed) << QString::fromUtf8(typed);
    }
    void a_lead_is_found_by_any_part_of_what_it_says() {
        QFETCH(QString, typed);
        TempStore store;
        store.write([](WriteContext& w) {
            addZoe(w);
            addLead(w, makeLead("Ann", "Lee", "ann@lee.example2"));
        });
        QCOMPARE(found(store, typed.toStdString()), Names{"Zoë Brandt"});
    }

    void a_lead_is_found_by_its_second_addresses_and_numbers_data() {
        QTest::addColumn<QString>("typed");
        for (const char* typed :
             {"zoe@privat.example2", "privat", "zoe privat", "+43 1 98765", "01 987 65", "19876543", "4319876"})
            QTest::newRow(typed) << QString::fromUtf8(typed);
    }
    void a_lead_is_found_by_its_second_addresses_and_numbers() {
        QFETCH(QString, typed);
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) {
            Lead zoe = makeLead("Zoë", "Brandt", "z.brandt@nordwind.example");
            zoe.otherContacts = {{ContactKind::Email, "home", "Zoe@privat.example2", "zoe@privat.example2"},
                                 {ContactKind::Phone, "home", "+43 1 9876543", "+4319876543"},
                                 {ContactKind::Url, "sales_nav", "https://www.linkedin.com/sales/lead/1", {}}};
            addLead(w, makeLead("Ann", "Lee", "ann@lee.example2"));
            return addLead(w, zoe);
        });
        const auto filtered = [&] {
            return store.read([&](ReadContext& r) {
                Names names;
                Statement rows = r.db.query("SELECT l.name_key FROM lead l WHERE " + hasWordsSql(),
                                            toFilterWords(SearchWords(typed.toStdString())));
                while (rows.step())
                    names.push_back(rows.text(0));
                return names;
            });
        };
        QCOMPARE(found(store, typed.toStdString()), Names{"Zoë Brandt"});
        QCOMPARE(filtered(), Names{"zoe brandt"});
        QCOMPARE(found(store, "linkedin"), Names{});
        index(store);
        QVERIFY(isListed(store, "privat"));
        QCOMPARE(complaints(store), Names{});

        store.write([&](WriteContext& w) { // taken off, she is not found by them any more
            LeadRepository leads(w.db);
            const Lead before = *leads.find(lead);
            Lead after = before;
            after.otherContacts.clear();
            leads.update(w, before, after);
        });
        index(store);
        QCOMPARE(found(store, typed.toStdString()), Names{});
        QCOMPARE(filtered(), Names{});
        QVERIFY(!isListed(store, "privat"));
        QVERIFY(undo(store));
        QCOMPARE(found(store, typed.toStdString()), Names{"Zoë Brandt"});
        index(store);
        QCOMPARE(complaints(store), Names{});
    }

    void a_number_taken_in_bulk_finds_those_who_were_there_before_too() {
        TempStore store;
        const LeadId ann = store.write([](WriteContext& w) { return addLead(w, makeLead("Ann", "Lee")); });
        store.write([&](WriteContext& w) {
            WriteContext::BulkInsert bulk(w);
            Lead zoe = makeLead("Zoë", "Brandt");
            zoe.otherContacts = {{ContactKind::Phone, "home", "+43 1 9876543", "+4319876543"}};
            addLead(w, zoe);
            LeadRepository leads(w.db);
            const Lead before = *leads.find(ann);
            Lead after = before;
            after.otherContacts = zoe.otherContacts;
            leads.update(w, before, after);
            bulk.finish();
        });
        QCOMPARE(found(store, "19876543"), (Names{"Zoë Brandt", "Ann Lee"}));
        index(store);
        QCOMPARE(complaints(store), Names{});
    }

    void words_that_many_have_and_nobody_has_both_of_find_nobody_and_those_who_do_are_found() {
        TempStore store;
        store.write([](WriteContext& w) {
            WriteContext::BulkInsert bulk(w);
            addLead(w, makeLead("Anna", "Berta"));
            for (int i = 0; i < 2500; ++i) {
                addLead(w, makeLead("Anna", "Lind"));
                addLead(w, makeLead("Berta", "Kron"));
            }
            bulk.finish();
        });
        struct Found {
            std::size_t hits;
            bool mayHaveMore;
        };
        const auto look = [&store](const char* typed) {
            return store.read([typed](ReadContext& r) {
                SearchRepository search(r.db);
                const std::size_t hits = search.leads(SearchWords(typed), 8).size();
                return Found{hits, search.mayHaveMore()};
            });
        };
        const Found one = look("anna berta"); // the oldest row: a slow machine does not come to it, and says so
        QVERIFY(one.hits == 1 || one.mayHaveMore);
        QCOMPARE(look("lind kron").hits, std::size_t(0));
        QCOMPARE(look("lind anna").hits, std::size_t(8));
        QVERIFY(!look("lind anna").mayHaveMore);
    }

    void a_text_with_two_common_words_is_found_or_it_is_said_that_not_all_were_looked_at() {
        TempStore store;
        store.write([](WriteContext& w) {
            const LeadId zoe = addZoe(w);
            addNote(w, zoe, "pricing contract"); // the oldest
            for (int i = 0; i < 2500; ++i)
                addNote(w, zoe, i % 2 == 0 ? "pricing asked about once more" : "contract is on its way");
        });
        index(store);
        const auto look = [&store](const char* typed) {
            return store.read([typed](ReadContext& r) {
                SearchRepository search(r.db);
                const std::size_t hits = search.texts(SearchWords(typed), 6).size();
                return std::pair(hits, search.mayHaveMore());
            });
        };
        const auto [hits, mayHaveMore] = look("pricing contract");
        QVERIFY(hits == 1 || mayHaveMore);
        QCOMPARE(look("pricing once").first, std::size_t(6));
        QVERIFY(!look("pricing once").second);
    }

    void all_words_have_to_begin_some() {
        TempStore store;
        store.write([](WriteContext& w) { addZoe(w); });
        for (const char* typed : {"zoe lee", "oe", "randt", "zoebrandt", "1234567 9", "x"})
            QCOMPARE(found(store, typed), Names{});
    }

    void who_is_called_so_comes_before_who_works_for_one_called_so_and_the_younger_first() {
        TempStore store;
        store.write([](WriteContext& w) {
            addLead(w, makeLead("Nora", "Lind"));
            addLead(w, makeLead("Nora", "Berg"));
            Lead other = makeLead("Ann", "Lee");
            other.companyName = "Nora GmbH";
            addLead(w, other);
            addLead(w, makeLead("Norah", "Abel"));
        });
        QCOMPARE(found(store, "nora"), (Names{"Nora Berg", "Nora Lind", "Norah Abel", "Ann Lee"}));
    }

    void what_is_in_the_trash_is_not_found() {
        TempStore store;
        const LeadId zoe = store.write([](WriteContext& w) { return addZoe(w); });
        store.write([&](WriteContext& w) { w.db.run("UPDATE lead SET trashed_at = 1 WHERE id = ?1", zoe); });
        QCOMPARE(found(store, "zoe"), Names{});
    }

    void a_word_one_letter_off_is_found_once_its_words_are_listed_data() {
        QTest::addColumn<QString>("typed");
        for (const char* typed : {"brnadt", "brant", "brandtt", "brabdt", "rbandt", "nordwnid logistik", "norwind"})
            QTest::newRow(typed) << QString::fromUtf8(typed);
    }
    void a_word_one_letter_off_is_found_once_its_words_are_listed() {
        QFETCH(QString, typed);
        TempStore store;
        store.write([](WriteContext& w) {
            addZoe(w);
            addLead(w, makeLead("Ann", "Lee"));
        });
        if (typed != QLatin1String("brant"))
            QCOMPARE(found(store, typed.toStdString(), true), Names{});
        index(store);
        QCOMPARE(found(store, typed.toStdString(), true), Names{"Zoë Brandt"});
    }

    void notes_and_mails_are_found_when_they_are_indexed_and_counted_until_then() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) {
            const LeadId zoe = addZoe(w);
            addNote(w, zoe, "Asks about Pricing for the Łódź warehouse");
            Message mail{.lead = zoe, .subject = "Quarterly numbers", .text = "The forklift contract ends in May."};
            MessageRepository(w.db).insert(w, mail);
            return zoe;
        });
        QCOMPARE(unindexed(store), 2);
        QVERIFY(texts(store, "pricing").empty());
        index(store);
        QCOMPARE(unindexed(store), 0);
        for (const char* typed : {"pric", "pricing lodz", "warehouse ask", "pricing a"}) {
            const auto hits = texts(store, typed);
            QCOMPARE(hits.size(), std::size_t(1));
            QCOMPARE(hits.front().lead, lead);
            QVERIFY(hits.front().activity);
        }
        QCOMPARE(texts(store, "forklift quarterly").size(), std::size_t(1));
        QVERIFY(texts(store, "forklift quarterly").front().message);
        QVERIFY(texts(store, "pricing forklift").empty()); // not both in one
        QVERIFY(texts(store, "pricing z").empty());
        QCOMPARE(complaints(store), Names{});
    }

    void what_is_undone_leaves_the_index_and_comes_back_with_redo() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) { return addZoe(w); });
        store.write([&](WriteContext& w) { addNote(w, lead, "The quagga contract"); });
        index(store);
        QCOMPARE(texts(store, "quagga").size(), std::size_t(1));
        QVERIFY(isListed(store, "quagga"));
        QVERIFY(undo(store));
        QVERIFY(texts(store, "quagga").empty());
        index(store);
        QVERIFY(!isListed(store, "quagga"));
        QVERIFY(isListed(store, "brandt"));
        QVERIFY(redo(store));
        QCOMPARE(unindexed(store), 1);
        index(store);
        QCOMPARE(texts(store, "quagga").size(), std::size_t(1));
        QCOMPARE(complaints(store), Names{});
    }

    void an_edited_name_is_found_by_the_new_one_only() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) { return addZoe(w); });
        index(store);
        store.write([&](WriteContext& w) {
            LeadRepository leads(w.db);
            const Lead before = *leads.find(lead);
            Lead after = before;
            after.lastName = "Quagga";
            after.email = "zoe@nordwind.example";
            leads.update(w, before, after);
        });
        QCOMPARE(found(store, "quagga"), Names{"Zoë Quagga"});
        QCOMPARE(found(store, "brandt"), Names{});
        index(store);
        QVERIFY(!isListed(store, "brandt"));
        QVERIFY(isListed(store, "quagga"));
        QCOMPARE(complaints(store), Names{});
    }

    void companies_are_found_by_every_word_of_name_and_domain() {
        TempStore store;
        store.write([](WriteContext& w) {
            Company company{.domain = "nordwind.example", .name = "Große Nordwind Logistik"};
            CompanyRepository(w.db).insert(w, company);
            Lead lead = makeLead("Ann", "Lee");
            lead.company = company.id;
            addLead(w, lead);
        });
        for (const char* typed : {"gros", "nordwind", "logistik gro", "nordwind.ex"}) {
            const auto hits = store.read([&](ReadContext& r) { return SearchRepository(r.db).companies(SearchWords(typed), 5); });
            QCOMPARE(hits.size(), std::size_t(1));
            QCOMPARE(hits.front().count, 1);
        }
    }

    void what_people_type_is_never_a_query_language() {
        TempStore store;
        store.write([](WriteContext& w) { addNote(w, addZoe(w), "a note"); });
        index(store);
        for (const char* typed : {"\"", "AND", "zoe NEAR", "a*b", "(", "col:x", "^a", "'; DROP TABLE lead; --", "-", "🙂", "%",
                                  "", "zoe–brandt", "zoe\u2019s", "\xff\xfe", "zoe OR NOT", "{zoe}"}) {
            const auto hits = wait(store->read([&](ReadContext& r) -> Result<std::size_t> {
                SearchRepository search(r.db);
                const SearchWords words = search.corrected(SearchWords(typed));
                return search.leads(words, 5).size() + search.companies(words, 5).size() + search.texts(words, 5).size()
                       + search.strategies(words, 5).size();
            }));
            VERIFY_OK(hits);
        }
    }

    // Against a scan that knows nothing of any index: the same leads and the same notes, through edits, undo and redo.
    void the_index_finds_what_a_scan_does() {
        const auto word = rc::gen::element<std::string>("anna", "Änne", "an", "bo", "Straße", "Łódź", "lodz", "nord", "nordwind",
                                                        "Nordwinds", "nordisch", "42", "O'Brien", "q");
        VERIFY_PROPERTY([&] {
            TempStore store;
            const auto words = [&] {
                std::string text;
                for (const std::string& one : *rc::gen::resize(3, rc::gen::container<Names>(word)))
                    text += one + ' ';
                return text;
            };
            std::vector<LeadId> leads;
            const int actions = *rc::gen::inRange(1, 12);
            for (int i = 0; i < actions; ++i) {
                const int what = leads.empty() ? 0 : *rc::gen::inRange(0, 6);
                if (what == 0) {
                    const Lead lead = makeLead(words(), words() + 'x');
                    leads.push_back(store.write([&](WriteContext& w) { return addLead(w, lead); }));
                } else if (what == 1) {
                    const LeadId id = leads[*rc::gen::inRange<std::size_t>(0, leads.size())];
                    const std::string company = words();
                    store.write([&](WriteContext& w) {
                        LeadRepository repository(w.db);
                        if (const auto before = repository.find(id)) {
                            Lead after = *before;
                            after.companyName = company;
                            repository.update(w, *before, after);
                        }
                    });
                } else if (what == 2) {
                    const std::string text = words();
                    const LeadId id = leads.back();
                    store.write([&](WriteContext& w) {
                        if (LeadRepository(w.db).find(id))
                            addNote(w, id, text);
                    });
                } else if (what == 3) {
                    static_cast<void>(undo(store));
                } else if (what == 4) {
                    static_cast<void>(redo(store));
                } else {
                    index(store);
                }
            }
            index(store);
            RC_ASSERT(complaints(store) == Names{});
            const std::string typed = *word + (*rc::gen::arbitrary<bool>() ? " " + *word : "");
            const SearchWords wanted(typed);
            std::set<std::int64_t> byScan;
            std::set<std::int64_t> byIndex;
            std::set<std::int64_t> byFilter;
            std::set<std::int64_t> notesByScan;
            std::set<std::int64_t> notesByIndex;
            store.read([&](ReadContext& r) {
                Statement rows = r.db.prepare("SELECT id, first_name || ' ' || last_name || ' ' || company_name FROM lead");
                while (rows.step()) {
                    if (wanted.find(rows.view(1)))
                        byScan.insert(rows.integer(0));
                }
                for (const SearchHit& hit : SearchRepository(r.db).leads(wanted, 100))
                    byIndex.insert(hit.lead.value);
                Statement filtered = r.db.query("SELECT l.id FROM lead l WHERE " + hasWordsSql(), toFilterWords(wanted));
                while (filtered.step())
                    byFilter.insert(filtered.integer(0));
                Statement notes = r.db.prepare("SELECT id, text FROM activity WHERE kind = 0");
                const bool isLong = std::any_of(wanted.words.begin(), wanted.words.end(), [](const SearchWords::Word& one) {
                    return one.text.size() >= 3; // shorter ones alone are not looked for in texts
                });
                while (notes.step()) {
                    if (isLong && wanted.find(notes.view(1)))
                        notesByScan.insert(notes.integer(0));
                }
                for (const SearchHit& hit : SearchRepository(r.db).texts(wanted, 100))
                    notesByIndex.insert(hit.activity.value);
                return 0;
            });
            RC_ASSERT(byIndex == byScan);
            RC_ASSERT(byFilter == byScan);
            RC_ASSERT(notesByIndex == notesByScan);
        });
    }

    void doctor_sees_an_index_that_says_something_else_and_a_rebuild_mends_it() {
        TempStore store;
        const LeadId lead = store.write([](WriteContext& w) {
            const LeadId zoe = addZoe(w);
            addNote(w, zoe, "Asks about pricing");
            return zoe;
        });
        index(store);
        QCOMPARE(complaints(store), Names{});
        const char* const damages[]{"DELETE FROM lead_search", "INSERT INTO lead_search(rowid, words) VALUES (77, 'nobody')",
                                    "DELETE FROM text_search", "INSERT INTO text_search(rowid, words) VALUES (77, 'nothing')",
                                    "INSERT INTO company_search(rowid, words) VALUES (77, 'nobody')"};
        for (const char* damage : damages) {
            store.write([&](WriteContext& w) { w.db.script(damage); });
            QVERIFY2(!complaints(store).empty(), damage);
            store.write([](WriteContext& w) { SearchIndex(w.db).rebuild(); });
            QCOMPARE(unindexed(store), 1);
            index(store);
            QCOMPARE(complaints(store), Names{});
        }
        store.write([&](WriteContext& w) { // another's words under the right number
            w.db.run("DELETE FROM lead_search WHERE rowid = ?1", lead);
            w.db.run("INSERT INTO lead_search(rowid, words) VALUES (?1, 'somebody else')", lead);
        });
        QCOMPARE(complaints(store).size(), std::size_t(1));
    }

    void no_search_scans_a_table() {
        TempStore store;
        for (const std::string& sql : SearchRepository::statements()) {
            for (const std::string& step : store.read([&](ReadContext& r) { return r.db.plan(sql); })) {
                const auto line = QString::fromStdString(step);
                const bool scans = line.startsWith(QStringLiteral("SCAN ")) && !line.contains(QStringLiteral("VIRTUAL TABLE"))
                                   && !line.contains(QStringLiteral("CONSTANT ROW"))
                                   && !line.contains(QStringLiteral("(subquery"));
                const bool sorts = line.contains(QStringLiteral("TEMP B-TREE"));
                const bool ofStrategies = sql.find("FROM strategy ") != std::string::npos; // a few dozen
                QVERIFY2((!scans && !sorts) || ofStrategies, (line.toStdString() + ": " + sql).c_str());
                // What FTS5 is asked for, it looks up: by words, and from a row on.
                const bool readsAll = line.contains(QStringLiteral("VIRTUAL TABLE INDEX 0:"))
                                      && !line.contains(QLatin1Char('M'), Qt::CaseSensitive);
                QVERIFY2(!readsAll, (line.toStdString() + ": " + sql).c_str());
                const bool byName = sql.find("name_key >= ") != std::string::npos; // answered without reading a row
                QVERIFY2(!byName || line.contains(QStringLiteral("COVERING INDEX")), (line.toStdString() + ": " + sql).c_str());
            }
        }
    }
};

OUTRIDER_TEST(SearchRepositoryTest)
#include "search_repository_test.moc"
