// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/page_cache.h"
#include "core/bench/questions.h"
#include "core/bench/seed.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_filter_sql.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/task_repository.h"

#include <QTemporaryDir>

#include <array>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int warmRounds = 1000;
constexpr int freshRounds = 50;
constexpr int coldRounds = 20;
constexpr int pageRows = 50;
constexpr int cacheKiB = 32 * 1024;     // as the store's readers have
constexpr double mostSecondsByHand = 3; // what takes seconds by hand is not asked a thousand times

constexpr const char* sameFile = "the same rows by a statement of one's own on the same encrypted file";
constexpr const char* plainCopy = "that statement on an unencrypted copy, by the same library";

// What a row of a list shows, as one would write it.
const std::string handSelect =
    "SELECT l.id, l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.company_name, l.job_title, l.country,"
    " l.status_id, l.reach, l.score, l.created_at, l.next_task_at, l.last_touch_at, e.strategy_id, s.name, e.next_step,"
    " (SELECT count(*) FROM step x WHERE x.version_id = e.version_id), e.state, e.stop_reason,"
    " (SELECT t.channel FROM task t WHERE t.lead_id = l.id AND t.state = 0 ORDER BY t.due_at LIMIT 1)"
    " FROM lead l LEFT JOIN enrolment e ON e.id = (SELECT y.id FROM enrolment y WHERE y.lead_id = l.id"
    " ORDER BY y.id DESC LIMIT 1) LEFT JOIN strategy s ON s.id = e.strategy_id WHERE ";

struct Sort {
    const char* field;
    const char* column;
};
constexpr std::array sorts{Sort{"name", "name_key"},       Sort{"last_name", "last_name_key"},
                           Sort{"company", "company_key"}, Sort{"status", "status_id"},
                           Sort{"score", "score"},         Sort{"created", "id"},
                           Sort{"due", "next_task_at"},    Sort{"last_touch", "last_touch_at"},
                           Sort{"email", "email_key"},     Sort{"job_title", "job_title"},
                           Sort{"city", "city"},           Sort{"country", "country"}};

int drain(Statement& rows) {
    int count = 0;
    for (; rows.step(); ++count) {
        for (int column = 0; column < rows.columnCount(); ++column)
            static_cast<void>(rows.view(column));
    }
    return count;
}

class StoreBench {
public:
    StoreBench(ServiceContext& context, bool withPlain) : m_context(context), m_random(11), m_withPlain(withPlain) {}

    Result<std::vector<Measurement>> run() {
        try {
            OUTRIDER_ASSIGN(m_ours, connect());
            OUTRIDER_ASSIGN(m_hand, connect());
            if (m_withPlain)
                OUTRIDER_TRY(copyPlain());
            OUTRIDER_TRY(readChoices());
            m_context.store().indexLeads(); // as the window does
            m_context.store().waitForLeadIndex();
            queries();
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return m_error ? Result<std::vector<Measurement>>(fail(*m_error)) : std::move(m_found);
    }

private:
    // One question, asked of the repositories and by hand.
    struct Round {
        std::function<void(Connection&)> ours;
        std::function<void(Connection&)> byHand; // none: nothing to compare it with
    };

    Result<std::unique_ptr<Connection>> connect() const {
        return m_context.store().connect({.path = m_context.store().path(), .mode = OpenMode::ReadWrite, .cacheKiB = cacheKiB});
    }

    // The tables these questions are about, with their indexes. Only of an invented workspace: nobody's own
    // is ever written in plain text.
    Result<> copyPlain() {
        const std::string file = m_folder.filePath(QStringLiteral("plain.db")).toStdString();
        m_hand->run("ATTACH ?1 AS plain KEY ''", file);
        for (const char* table : {"member", "status", "company", "lead", "tag", "lead_tag", "custom_field", "custom_value",
                                  "strategy", "strategy_version", "step", "enrolment", "task", "activity", "message"}) {
            std::vector<std::string> scripts;
            {
                Statement rows = m_hand->query("SELECT name, sql FROM main.sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL"
                                               " AND type IN ('table', 'index') ORDER BY type DESC",
                                               table);
                while (rows.step()) {
                    std::string sql = rows.text(1);
                    sql.insert(sql.find(' ' + rows.text(0)) + 1, "plain.");
                    scripts.push_back(std::move(sql));
                }
            }
            m_hand->script("PRAGMA foreign_keys = OFF");
            for (std::size_t i = 0; i < scripts.size(); ++i) {
                m_hand->script(scripts[i]);
                if (i == 0)
                    m_hand->script(std::string("INSERT INTO plain.") + table + " SELECT * FROM main." + table);
            }
        }
        m_hand->script("DETACH plain");
        OUTRIDER_ASSIGN(m_plain,
                        m_context.store().connect({.path = m_folder.filePath(QStringLiteral("empty.outrider")).toStdString(),
                                                   .mode = OpenMode::Create,
                                                   .cacheKiB = cacheKiB}));
        m_plain->run("ATTACH ?1 AS plain KEY ''", file); // its tables are the only ones of their names here
        m_plain->script("PRAGMA plain.cache_size = -" + std::to_string(cacheKiB));
        return {};
    }

    std::vector<std::string> column(const char* sql) {
        std::vector<std::string> all;
        Statement rows = m_hand->prepare(sql);
        while (rows.step())
            all.push_back(rows.text(0));
        return all;
    }

    Result<> readChoices() {
        m_strategies = column("SELECT name FROM strategy");
        m_owners = column("SELECT name FROM member");
        m_tags = column("SELECT name FROM tag");
        m_first = m_hand->integer("SELECT min(id) FROM lead");
        m_last = m_hand->integer("SELECT max(id) FROM lead");
        if (m_strategies.empty() || m_owners.empty() || m_tags.empty() || m_first == m_last)
            return fail(ErrorCode::NotFound, "leads with strategies, owners and tags: a seeded workspace");
        return {};
    }

    template <typename List>
    const auto& pick(const List& list) {
        return list[std::size_t(m_random.below(list.size()))];
    }
    std::string number(std::uint64_t bound) { return std::to_string(m_random.below(bound)); }

    // Any lead, every one as likely; ids lie closer together where many were made at once.
    LeadId anyLead() {
        const auto at = m_first + std::int64_t(m_random.below(std::uint64_t(m_last - m_first + 1)));
        return LeadId{m_hand->integer("SELECT id FROM lead WHERE id >= ?1 ORDER BY id LIMIT 1", at)};
    }

    std::string condition(std::uint64_t kind) {
        switch (kind) {
        case 0:
            return "status:open";
        case 1:
            return std::string("status:") + pick(std::array{"new", "in_progress", "replied", "qualified", "disqualified,new"});
        case 2:
            return "strategy:\"" + pick(m_strategies) + '"';
        case 3:
            return "owner:\"" + pick(m_owners) + '"';
        case 4:
            return "tag:" + pick(m_tags);
        case 5:
            return "company=\"" + m_hand->text("SELECT company_name FROM lead WHERE id = ?1", anyLead()) + '"';
        case 6:
            return pick(std::array{"due<=today", "due:none", "due>7d", "due:today"});
        case 7:
            return pick(std::array{"last_touch>90d", "last_touch<30d", "created<200d", "created>400d"});
        case 8:
            return "score>=" + number(100);
        case 9:
            return std::string("country:") + pick(std::array{"DE", "GB", "US", "NO", "BR", "Austria"});
        case 10:
            return std::string("custom:segment=") + pick(std::array{"A", "B", "C", "F"});
        case 11:
            return "custom:dock_count>" + number(60);
        case 12:
            return std::string("city:") + pick(std::array{"Berlin", "lodz", "London", "Graz"});
        default:
            return pick(std::array{"has:phone", "has:email", "-tag:customer", "strategy:none", "reach:ok", "job_title:manager"});
        }
    }
    static constexpr std::uint64_t conditions = 14;

    std::string conditionsOf(int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += (i == 0 ? "" : " ") + condition(m_random.below(conditions));
        return text;
    }

    Round leads(const std::string& text) {
        const auto filter = parseFilter(text);
        if (!filter) {
            m_error = filter.error();
            return {};
        }
        const Sort sort = pick(sorts);
        const LeadQuery query{
            .filter = *filter, .sort = sort.field, .descending = m_random.below(2) == 1, .limit = pageRows, .after = {}};
        const FilterContext context = m_context.filterContext();
        const auto hand = [sort, query, context](Connection& db) {
            const SqlCondition where = toSql(query.filter, context);
            const char* direction = query.descending ? " DESC" : "";
            Statement rows =
                db.prepare(handSelect + where.sql + " ORDER BY l." + sort.column + direction + ", l.id" + direction + " LIMIT ?");
            rows.bindInteger(where.bind(rows, 1), pageRows);
            drain(rows);
        };
        return {[query, context, this](Connection& db) {
                    const auto page = lists(db).page(query, context);
                    m_searching += page && page->searching ? 1 : 0;
                },
                hand};
    }

    Round anyPlace() {
        const Sort sort = pick(std::array{sorts[0], sorts[4], sorts[5]});
        const LeadId from = anyLead();
        const FilterContext context = m_context.filterContext();
        const std::string value =
            m_hand->text("SELECT json_array(" + std::string(sort.column) + ") FROM lead WHERE id = ?1", from);
        LeadQuery query{.filter = {}, .sort = sort.field, .descending = false, .limit = pageRows, .after = {}};
        query.after =
            "[\"" + query.sort + "\",false," + value.substr(1, value.size() - 2) + "," + std::to_string(from.value) + "]";
        return {[query, context, this](Connection& db) { static_cast<void>(lists(db).page(query, context)); },
                [sort, from](Connection& db) {
                    const std::string key = "l." + std::string(sort.column);
                    Statement rows = db.query(handSelect + "l.archived_at IS NULL AND l.trashed_at IS NULL AND (" + key
                                                  + ", l.id) > ((SELECT x." + sort.column
                                                  + " FROM lead x WHERE x.id = ?1), ?1) ORDER BY " + key + ", l.id LIMIT ?2",
                                              from, pageRows);
                    drain(rows);
                }};
    }

    Round queue() {
        const auto day = m_context.day(m_context.today().date + std::chrono::days(m_random.below(5)));
        return {[day](Connection& db) { static_cast<void>(TaskRepository(db).queue(day.start, day.end, pageRows)); },
                [day](Connection& db) {
                    int room = pageRows;
                    {
                        Statement rows = db.query(TaskRepository::overdueSql(), day.start, room);
                        room -= drain(rows);
                    }
                    for (const Channel channel : channels) {
                        if (room <= 0)
                            break;
                        Statement rows = db.query(TaskRepository::channelSql(), day.start, room, channel, day.end);
                        room -= drain(rows);
                    }
                }};
    }

    Round queueCounts() {
        const auto day = m_context.day(m_context.today().date + std::chrono::days(m_random.below(5)));
        return {[day](Connection& db) { static_cast<void>(TaskRepository(db).counts(day.start, day.end)); },
                [day](Connection& db) {
                    Statement rows =
                        db.query("SELECT channel, count(*) FROM task WHERE state = 0 AND due_at >= ?1 AND due_at < ?2"
                                 " GROUP BY channel",
                                 day.start, day.end);
                    drain(rows);
                    static_cast<void>(db.integer("SELECT count(*) FROM task WHERE state = 0 AND due_at < ?1", day.start));
                }};
    }

    Round timeline() {
        const LeadId lead = anyLead();
        return {[lead](Connection& db) { static_cast<void>(ActivityRepository(db).timeline(lead, {}, pageRows)); },
                [lead](Connection& db) {
                    std::vector<std::int64_t> messages;
                    {
                        Statement rows = db.query(ActivityRepository::timelineSql(), lead, INT64_MAX, INT64_MAX, pageRows);
                        while (rows.step()) {
                            for (int i = 0; i < rows.columnCount(); ++i)
                                static_cast<void>(rows.view(i));
                            if (!rows.isNull(6))
                                messages.push_back(rows.integer(6));
                        }
                    }
                    for (const auto id : messages) {
                        Statement row = db.query("SELECT lead_id, direction, class, message_id_header, in_reply_to, from_address,"
                                                 " to_address, subject, text, at, handled FROM message WHERE id = ?1",
                                                 id);
                        drain(row);
                    }
                }};
    }

    Round counted() {
        const auto filter = parseFilter(conditionsOf(1));
        const FilterContext context = m_context.filterContext();
        return {[filter, context, this](Connection& db) {
                    LeadListRepository::CountStep step;
                    lists(db).countMore(step, *filter, context);
                },
                {}};
    }

    // As the window reads lists, or before the index is built.
    LeadListRepository lists(Connection& db) {
        const LeadIndex* index = m_context.store().leadIndex();
        if (!m_usesIndex || index == nullptr)
            return LeadListRepository(db);
        return LeadListRepository(ReadContext(db, m_context.clock().now(), *index, index->ticket()));
    }

    void queries() {
        measure("queue, first 50", [this] { return queue(); });
        measure("queue, counts by channel", [this] { return queueCounts(); });
        measure("leads, any order", [this] { return leads({}); });
        measure("leads, from any place", [this] { return anyPlace(); });
        measure("leads, one condition, any order", [this] { return leads(conditionsOf(1)); });
        measure("leads, two to four conditions, any order", [this] { return leads(conditionsOf(2 + int(m_random.below(3)))); });
        measure("leads, count: one read of it", [this] { return counted(); });
        measure("company, its leads", [this] { return leads(condition(5)); });
        measure("lead, timeline of 50", [this] { return timeline(); });
    }

    // The same questions of both sides, taking turns; each on a connection of its own, so that neither warms
    // the other's cache.
    template <typename Make>
    void measure(const std::string& name, Make make) {
        if (m_error)
            return;
        Rounds ours;
        Rounds hand;
        Rounds plain;
        m_searching = 0;
        m_usesIndex = true;
        const bool isIndexed = name.starts_with("leads") || name.starts_with("company");
        const std::string warm = isIndexed ? ", warm, index of leads built" : ", warm";
        for (int i = 0; i < warmRounds; ++i) {
            const Round round = make();
            timed(ours, [&] { round.ours(*m_ours); });
            if (round.byHand && hand.total() < 1000 * mostSecondsByHand)
                timed(hand, [&] { round.byHand(*m_hand); });
            if (round.byHand && m_plain && plain.total() < 1000 * mostSecondsByHand)
                timed(plain, [&] { round.byHand(*m_plain); });
        }
        const std::string left =
            m_searching > 0 ? "; " + std::to_string(m_searching) + " of " + std::to_string(warmRounds) + " left in the middle"
                            : "";
        add(name + warm + left, ours, sameFile, hand);
        if (m_plain && plain.count() > 0)
            add(name + warm, ours, plainCopy, plain);
        const auto freshAndCold = [&](const std::string& how) {
            elsewhere(name + how + ", fresh connection", freshRounds, false, make);
            if (dropFromCache())
                elsewhere(name + how + ", file out of the page cache", coldRounds, true, make);
        };
        if (isIndexed)
            freshAndCold(", index of leads built");
        m_usesIndex = false;
        freshAndCold(isIndexed ? ", before the index is built" : "");
    }

    template <typename Make>
    void elsewhere(const std::string& name, int rounds, bool cold, Make make) {
        Rounds ours;
        Rounds hand;
        for (int i = 0; i < rounds && !m_error; ++i) {
            const Round round = make();
            for (const bool mine : {true, false}) {
                if (!mine && (!round.byHand || hand.total() > 1000 * mostSecondsByHand))
                    continue;
                auto db = connect();
                if (!db) {
                    m_error = db.error();
                    return;
                }
                static_cast<void>((*db)->integer("SELECT count(*) FROM status")); // the key, the schema
                if (cold)
                    dropFromCache();
                timed(mine ? ours : hand, [&] { mine ? round.ours(**db) : round.byHand(**db); });
            }
        }
        add(name, ours, sameFile, hand);
    }

    template <typename Fn>
    static void timed(Rounds& rounds, Fn fn) {
        rounds.measure([&] {
            fn();
            return 0;
        });
    }

    void add(const std::string& metric, const Rounds& ours, const char* reference, const Rounds& other) {
        m_found.push_back(measurement("store", metric, ours, reference, other));
    }

    bool dropFromCache() const { return bench::dropFromCache(m_context.store().path()); }

    ServiceContext& m_context;
    SeededRandom m_random;
    const bool m_withPlain;
    QTemporaryDir m_folder;
    std::unique_ptr<Connection> m_ours;
    std::unique_ptr<Connection> m_hand;
    std::unique_ptr<Connection> m_plain;
    std::vector<std::string> m_strategies;
    std::vector<std::string> m_owners;
    std::vector<std::string> m_tags;
    std::int64_t m_first = 0;
    std::int64_t m_last = 0;
    int m_searching = 0;
    bool m_usesIndex = false;
    std::optional<Error> m_error;
    std::vector<Measurement> m_found;
};

} // namespace

Result<std::vector<Measurement>> storeBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 100'000, .activities = 1'000'000, .seed = 1}, {}));
    return StoreBench(bench.context(), true).run();
}

Result<std::vector<Measurement>> storeBenchIn(ServiceContext& context) { return StoreBench(context, false).run(); }

} // namespace outrider::bench
