// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/search_service.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/security/keychain.h"
#include "core/services/search_indexer.h"
#include "core/services/service_context.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/store.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <QTemporaryDir>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

// A workspace whose workers are threads, as the window's.
struct Desk {
    explicit Desk(Origin origin)
        : clock(testNow()),
          random(1),
          environment{.clock = clock, .random = random, .keychain = keychain, .origin = origin, .timeZone = "Europe/Berlin"} {
        StoreOptions options{.path = dir.filePath(QStringLiteral("desk.outrider")).toStdString(), .mode = OpenMode::Create};
        auto opened = Store::open(options, testKey(), clock, random);
        if (!opened)
            qFatal("the test's store cannot be made");
        context = std::make_unique<ServiceContext>(environment, std::move(*opened), false);
        search = std::make_unique<SearchService>(*context);
    }
    ~Desk() { context.reset(); }

    LeadId addLeads(int notes) {
        const auto lead = wait(context->store().write({.name = "test"}, [notes](WriteContext& w) -> Result<LeadId> {
            const LeadId id = addLead(w, makeLead("Zoë", "Brandt", "zoe@nordwind.example"));
            for (int i = 0; i < notes; ++i) {
                Activity note{.lead = id, .kind = ActivityKind::Note, .text = "Pricing question " + std::to_string(i)};
                ActivityRepository(w.db).append(w, note);
            }
            return id;
        }));
        return lead.value_or(LeadId{});
    }
    SearchResult find(const char* words) { return wait(search->search(words)).value_or(SearchResult{}); }

    QTemporaryDir dir;
    ManualClock clock;
    SeededRandom random;
    security::SystemKeychain keychain;
    Environment environment;
    std::unique_ptr<ServiceContext> context;
    std::unique_ptr<SearchService> search;
};

int count(const SearchResult& found, SearchHit::Kind kind) {
    return int(std::count_if(found.hits.begin(), found.hits.end(), [kind](const SearchHit& hit) { return hit.kind == kind; }));
}

} // namespace

class SearchServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void in_the_window_what_is_written_is_indexed_by_itself() {
        Desk desk(Origin::Window);
        QVERIFY(desk.addLeads(300));
        QTRY_COMPARE_WITH_TIMEOUT(desk.find("pricing").unindexed, 0, 20000);
        QCOMPARE(count(desk.find("pricing"), SearchHit::Kind::Text), 6);
        QTRY_VERIFY_WITH_TIMEOUT(desk.find("brnadt").corrected, 20000); // the list of words comes last
    }

    void elsewhere_it_is_counted_until_somebody_asks_for_it() {
        Desk desk(Origin::CommandLine);
        QVERIFY(desk.addLeads(300));
        const SearchResult before = desk.find("pricing");
        QCOMPARE(before.unindexed, 300);
        QVERIFY(before.hits.empty());
        QCOMPARE(count(desk.find("zoe"), SearchHit::Kind::Lead), 1); // leads do not wait
        VERIFY_OK(wait(desk.search->index(false, nullptr)));
        const SearchResult after = desk.find("pricing");
        QCOMPARE(after.unindexed, 0);
        QCOMPARE(count(after, SearchHit::Kind::Text), 6);
        QCOMPARE(desk.find("zoe brnadt").hits.size(), std::size_t(1));
    }

    void catching_up_stops_when_its_time_is_over_and_says_what_is_left() {
        Desk desk(Origin::CommandLine);
        QVERIFY(desk.addLeads(300));
        const auto left = wait(desk.search->catchUp(std::chrono::milliseconds(0)));
        VERIFY_OK(left);
        QCOMPARE(*left, 300);
        VERIFY_OK(wait(desk.search->catchUp(std::chrono::milliseconds(60000))));
        QCOMPARE(desk.find("pricing").unindexed, 0);
    }

    void indexing_anew_can_be_cancelled_and_goes_on_later() {
        Desk desk(Origin::CommandLine);
        QVERIFY(desk.addLeads(50));
        const auto progress = std::make_shared<Progress>();
        progress->cancel();
        VERIFY_ERROR(wait(desk.search->index(true, progress)), ErrorCode::Cancelled);
        QCOMPARE(desk.find("pricing").unindexed, 50);
        VERIFY_OK(wait(desk.search->index(false, nullptr)));
        QCOMPARE(desk.find("pricing").unindexed, 0);
    }

    void the_workspace_closes_while_the_lane_is_at_work() {
        for (int i = 0; i < 5; ++i) {
            Desk desk(Origin::Window);
            QVERIFY(desk.addLeads(2000));
            QTRY_VERIFY_WITH_TIMEOUT(desk.find("pricing").unindexed < 2000, 20000);
        }
    }
};

OUTRIDER_TEST(SearchServiceTest)
#include "search_service_test.moc"
