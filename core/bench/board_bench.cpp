// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/questions.h"
#include "core/bench/seed.h"
#include "core/services/board_service.h"
#include "core/services/company_service.h"
#include "core/store/repositories/board_repository.h"
#include "core/store/repositories/company_list_repository.h"

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int rounds = 200;
constexpr int rareRounds = 20; // of what takes long by hand
constexpr double mostSecondsByHand = 3;
constexpr int cards = 24; // as the window reads at first

// What a card shows, as one would write it.
const std::string handSelect =
    "SELECT l.id, l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.company_name, l.job_title, l.country,"
    " l.status_id, l.reach, l.score, l.created_at, l.next_task_at, l.last_touch_at, e.strategy_id, s.name, e.next_step,"
    " (SELECT count(*) FROM step x WHERE x.version_id = e.version_id), e.state, e.stop_reason,"
    " (SELECT t.channel FROM task t WHERE t.lead_id = l.id AND t.state = 0 ORDER BY t.due_at LIMIT 1)"
    " FROM lead l LEFT JOIN enrolment e ON e.id = (SELECT y.id FROM enrolment y WHERE y.lead_id = l.id"
    " ORDER BY y.id DESC LIMIT 1) LEFT JOIN strategy s ON s.id = e.strategy_id ";

int drain(Statement rows) {
    int count = 0;
    for (; rows.step(); ++count) {
        for (int column = 0; column < rows.columnCount(); ++column)
            static_cast<void>(rows.view(column));
    }
    return count;
}

bool isEnough(const Rounds& byHand) { return byHand.total() > 1000 * mostSecondsByHand; }

class BoardBench {
public:
    explicit BoardBench(ServiceContext& context) : m_context(context) {}

    Result<std::vector<Measurement>> run() {
        try {
            OUTRIDER_ASSIGN(m_hand, m_context.store().connect({.path = m_context.store().path(), .mode = OpenMode::ReadOnly}));
            Statement rows = m_hand->prepare("SELECT id FROM status ORDER BY position, id");
            while (rows.step())
                m_statuses.push_back(rows.integer(0));
            m_context.store().indexLeads(); // as the window does
            m_context.store().waitForLeadIndex();
            OUTRIDER_TRY(boards());
            OUTRIDER_TRY(companies());
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return std::move(m_found);
    }

private:
    Result<> boards() {
        const std::pair<BoardSort, const char*> orders[] = {{BoardSort::Score, "l.score DESC, l.id DESC"},
                                                            {BoardSort::Due, "l.next_task_at IS NULL, l.next_task_at, l.id"},
                                                            {BoardSort::LastTouch, "l.last_touch_at DESC, l.id DESC"},
                                                            {BoardSort::Created, "l.id DESC"}};
        BoardService service(m_context);
        for (const auto& [sort, order] : orders) {
            Rounds ours;
            Rounds hand;
            for (int i = 0; i < rounds; ++i) {
                OUTRIDER_TRY(
                    ours.measure([&, s = sort] { return wait(service.open({.filter = {}, .owner = {}, .sort = s}, cards)); }));
                if (i >= rareRounds || isEnough(hand))
                    continue;
                hand.measure([&, o = order] {
                    int read = drain(m_hand->query("SELECT status_id, count(*) FROM lead WHERE archived_at IS NULL"
                                                   " AND trashed_at IS NULL GROUP BY status_id"));
                    for (const std::int64_t status : m_statuses)
                        read +=
                            drain(m_hand->query(handSelect
                                                    + "WHERE l.status_id = ?1 AND l.archived_at IS NULL AND l.trashed_at IS NULL"
                                                      " ORDER BY "
                                                    + o + " LIMIT ?2",
                                                status, cards));
                    return read;
                });
            }
            add("board opened: counts and the first " + std::to_string(cards) + " cards of each stage by "
                    + std::string(sortField(sort).field),
                ours, "the same by statements of one's own, which count and sort", hand);
        }
        // Further down, wherever one has scrolled to.
        Rounds ours;
        Rounds hand;
        Board board;
        OUTRIDER_ASSIGN(board, wait(service.open({}, cards)));
        for (const BoardColumn& column : board.columns) {
            ListCursor after = column.cards.next;
            for (int i = 0; i < rounds && !after.empty(); ++i) {
                OUTRIDER_ASSIGN(LeadPage page,
                                ours.measure([&] { return wait(service.page({}, column.status, 2 * cards, after)); }));
                after = page.next;
                if (page.rows.empty() || i >= rareRounds || isEnough(hand))
                    continue;
                const LeadListRow& last = page.rows.back();
                hand.measure([&] {
                    return drain(m_hand->query(handSelect
                                                   + "WHERE l.status_id = ?1 AND l.archived_at IS NULL AND l.trashed_at IS NULL"
                                                     " AND (l.score, l.id) < (?2, ?3) ORDER BY l.score DESC, l.id DESC LIMIT ?4",
                                               column.status.id, last.score, last.id, 2 * cards));
                });
            }
        }
        add("the next " + std::to_string(2 * cards) + " cards of a stage", ours,
            "the same by a statement of one's own from the same place", hand);
        return {};
    }

    Result<> companies() {
        CompanyService service(m_context);
        std::vector<std::int64_t> ids;
        std::vector<std::string> names;
        Statement some =
            m_hand->query("SELECT id, name_key FROM company WHERE name_key <> '' ORDER BY random() LIMIT ?1", rounds);
        while (some.step()) {
            ids.push_back(some.integer(0));
            names.push_back(some.text(1));
        }
        if (ids.empty())
            return {};
        Rounds page;
        Rounds pageByHand;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const CompanyId id{ids[i]};
            const auto whole = [&]() -> Result<> {
                OUTRIDER_TRY(wait(service.detail(id)));
                OUTRIDER_TRY(wait(service.timeline(id, {}, 40)));
                return {};
            };
            OUTRIDER_TRY(page.measure(whole));
            pageByHand.measure([&] {
                return drain(m_hand->query("SELECT * FROM company WHERE id = ?1", id))
                       + drain(m_hand->query(handSelect
                                                 + "WHERE l.company_id = ?1 AND l.archived_at IS NULL AND l.trashed_at IS NULL"
                                                   " ORDER BY l.last_touch_at DESC LIMIT 200",
                                             id))
                       + drain(m_hand->query("SELECT a.*, m.subject, m.text FROM lead l JOIN activity a ON a.lead_id = l.id"
                                             " LEFT JOIN message m ON m.id = a.message_id WHERE l.company_id = ?1"
                                             " ORDER BY a.at DESC, a.id DESC LIMIT 40",
                                             id));
            });
        }
        add("company page: facts, people, the latest 40 of their history", page,
            "the same by statements of one's own, the history read whole and sorted", pageByHand);

        Rounds list;
        Rounds listByHand;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string words = names[i].substr(0, 2);
            OUTRIDER_TRY(list.measure([&] { return wait(service.page({.words = words, .limit = 50, .after = {}})); }));
            if (i >= rareRounds || isEnough(listByHand))
                continue;
            listByHand.measure([&] {
                return drain(m_hand->query("SELECT c.id, c.name, c.domain, c.industry, c.city, c.country, count(l.id),"
                                           " max(l.last_touch_at) FROM company c LEFT JOIN lead l ON l.company_id = c.id"
                                           " AND l.archived_at IS NULL AND l.trashed_at IS NULL"
                                           " WHERE c.name_key LIKE ?1 GROUP BY c.id ORDER BY c.name_key LIMIT 50",
                                           words + '%'));
            });
        }
        add("companies by two letters, 50 with their people counted", list, "the same by a statement of one's own", listByHand);
        return {};
    }

    void add(const std::string& metric, const Rounds& ours, const char* reference, const Rounds& other) {
        m_found.push_back(measurement("board", metric, ours, reference, other));
    }

    ServiceContext& m_context;
    std::unique_ptr<Connection> m_hand;
    std::vector<std::int64_t> m_statuses;
    std::vector<Measurement> m_found;
};

} // namespace

Result<std::vector<Measurement>> boardBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 100'000, .activities = 1'000'000, .seed = 1}, {}));
    return BoardBench(bench.context()).run();
}

Result<std::vector<Measurement>> boardBenchIn(ServiceContext& context) { return BoardBench(context).run(); }

} // namespace outrider::bench
