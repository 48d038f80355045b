// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/questions.h"
#include "core/bench/seed.h"
#include "core/services/duplicate_service.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int rounds = 3;
constexpr int leadRounds = 200;

Result<std::vector<Measurement>> measureIn(ServiceContext& context) {
    try {
        DuplicateService service(context);
        OUTRIDER_ASSIGN(const auto hand, context.store().connect({.path = context.store().path(), .mode = OpenMode::ReadOnly}));
        const auto leads = hand->integer("SELECT count(*) FROM lead WHERE archived_at IS NULL AND trashed_at IS NULL");
        Rounds all;
        Rounds byHand;
        for (int i = 0; i < rounds; ++i) {
            OUTRIDER_TRY(all.measure([&] { return wait(service.find()); }));
            // The least that finds exact duplicates: every address and number sorted, nothing fuzzy.
            byHand.measure([&] {
                std::int64_t found = 0;
                for (const char* key : {"email_key", "phone_key", "name_key || company_key"})
                    found += hand->integer(std::string("SELECT sum(n) FROM (SELECT count(*) AS n FROM lead WHERE ") + key
                                           + " <> '' AND archived_at IS NULL AND trashed_at IS NULL GROUP BY " + key
                                           + " HAVING count(*) > 1)");
                return found;
            });
        }
        std::vector<Measurement> found{
            measurement("duplicates", "duplicates among " + std::to_string(leads) + " leads, exact and fuzzy, with groups", all,
                        "exact ones alone by statements of one's own, without their leads", byHand)};
        std::vector<LeadId> some;
        {
            Statement rows = hand->query("SELECT id FROM lead WHERE archived_at IS NULL AND trashed_at IS NULL"
                                         " ORDER BY random() LIMIT ?1",
                                         leadRounds);
            while (rows.step())
                some.push_back(rows.id<LeadId>(0));
        }
        Rounds one;
        Rounds oneByHand;
        for (const LeadId lead : some) {
            OUTRIDER_TRY(one.measure([&] { return wait(service.ofLead(lead, 9)); }));
            oneByHand.measure([&] {
                return hand->integer(
                    "SELECT count(*) FROM lead l WHERE l.company_id = (SELECT company_id FROM lead WHERE id = ?1)", lead);
            });
        }
        found.push_back(measurement("duplicates", "who may be the same as one lead", one,
                                    "its colleagues counted by a statement of one's own", oneByHand));
        return found;
    } catch (const StoreException& e) {
        return fail(e.error());
    }
}

} // namespace

Result<std::vector<Measurement>> duplicateBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 100'000, .activities = 200'000, .seed = 1}, {}));
    return measureIn(bench.context());
}

Result<std::vector<Measurement>> duplicateBenchIn(ServiceContext& context) { return measureIn(context); }

} // namespace outrider::bench
