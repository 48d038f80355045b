// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/seed.h"

#include "core/bench/seed_story.h"
#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/repositories/member_repository.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <map>

using namespace outrider;
using namespace outrider::bench;
using namespace outrider::store;
using namespace outrider::test;

namespace {

constexpr SeedOptions few{.leads = 700, .activities = 5000, .seed = 3};

// As `init` leaves it: one person, whose id says when and where that was.
void introduce(TempStore& store) {
    store.write([](WriteContext& w) {
        Member me{.name = "Mara Lindqvist", .email = "mara@harborline.example"};
        MemberRepository(w.db).insert(w, me);
    });
}

std::string hashOf(TempStore& store) {
    return store.read([](ReadContext& r) { return contentHash(r); });
}

std::int64_t count(TempStore& store, const std::string& sql) {
    return store.read([&](ReadContext& r) { return r.db.integer(sql); });
}

} // namespace

class SeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_same_numbers_give_the_same_content_wherever_it_was_begun() {
        TempStore one;
        introduce(one);
        TempStore other;
        other.clock.advance(std::chrono::hours(3));
        introduce(other);
        VERIFY_OK(seedStore(*one, few, {}));
        VERIFY_OK(seedStore(*other, few, {}));
        QCOMPARE(hashOf(one), hashOf(other));

        TempStore third;
        introduce(third);
        VERIFY_OK(seedStore(*third, {.leads = 700, .activities = 5000, .seed = 4}, {}));
        QVERIFY(hashOf(third) != hashOf(one));
    }

    void every_index_and_derived_column_is_true() {
        TempStore store;
        introduce(store);
        VERIFY_OK(seedStore(*store, few, {}));
        QCOMPARE(store.read([](ReadContext& r) { return examine(r.db); }), std::vector<std::string>());
    }

    void there_are_exactly_as_many_as_were_asked_for() {
        for (const SeedOptions& options :
             {few, SeedOptions{.leads = 1, .activities = 0}, SeedOptions{.leads = 17, .activities = 3},
              SeedOptions{.leads = 5, .activities = 4000}}) {
            TempStore store;
            introduce(store);
            const auto report = seedStore(*store, options, {});
            VERIFY_OK(report);
            QCOMPARE(report->leads, options.leads);
            QCOMPARE(report->activities, options.activities);
            QCOMPARE(count(store, "SELECT count(*) FROM lead"), options.leads);
            QCOMPARE(count(store, "SELECT count(*) FROM activity"), options.activities);
        }
    }

    void it_is_one_action_of_which_the_journal_knows_every_row() {
        TempStore store;
        introduce(store);
        const auto report = seedStore(*store, few, {});
        VERIFY_OK(report);
        QCOMPARE(count(store, "SELECT count(*) FROM action WHERE name = 'seed' AND undoable = 0"), std::int64_t(1));
        QCOMPARE(count(store, "SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.tbl = 2 AND c.op = 3"
                              " AND l.id BETWEEN c.row_id AND c.new)"),
                 std::int64_t(0));
        QCOMPARE(count(store, "SELECT count(*) FROM activity a WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.tbl = 16"
                              " AND c.op = 3 AND a.id BETWEEN c.row_id AND c.new)"),
                 std::int64_t(0));
    }

    void a_workspace_with_leads_is_refused() {
        TempStore store;
        introduce(store);
        VERIFY_OK(seedStore(*store, few, {}));
        const std::string before = hashOf(store);
        VERIFY_ERROR(seedStore(*store, few, {}), ErrorCode::AlreadyExists);
        QCOMPARE(hashOf(store), before);
        VERIFY_ERROR(seedStore(*store, {.leads = 0}, {}), ErrorCode::InvalidArgument);
    }

    void cancelled_it_leaves_a_sound_smaller_workspace() {
        TempStore store;
        introduce(store);
        const auto progress = std::make_shared<Progress>();
        progress->cancel();
        VERIFY_ERROR(seedStore(*store, few, progress), ErrorCode::Cancelled);
        QVERIFY(count(store, "SELECT count(*) FROM lead") < few.leads);
        QCOMPARE(store.read([](ReadContext& r) { return examine(r.db); }), std::vector<std::string>());
    }

    void owners_and_companies_are_of_very_unequal_size() {
        TempStore store;
        introduce(store);
        VERIFY_OK(seedStore(*store, few, {}));
        for (const char* column : {"owner_id", "company_id", "status_id", "city"}) {
            const std::string by = std::string(" FROM lead WHERE ") + column + " IS NOT NULL GROUP BY " + column;
            const auto most = count(store, "SELECT max(n) FROM (SELECT count(*) AS n" + by + ")");
            const auto least = count(store, "SELECT min(n) FROM (SELECT count(*) AS n" + by + ")");
            QVERIFY2(most >= 3 * least, column);
        }
        // A thread: an answer quotes the mail it answers.
        QVERIFY(count(store, "SELECT count(*) FROM message a JOIN message m ON m.message_id_header = a.in_reply_to"
                             " AND m.lead_id = a.lead_id WHERE a.direction = 1")
                > 0);
        QCOMPARE(count(store, "SELECT count(*) FROM lead WHERE email <> '' AND email NOT LIKE '%.example'"), std::int64_t(0));
    }
};

OUTRIDER_TEST(SeedTest)
#include "seed_test.moc"
