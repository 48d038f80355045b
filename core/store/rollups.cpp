// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/rollups.h"

#include "core/base/log.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace outrider::store {

namespace {

constexpr std::size_t mostMeasures = 8;
constexpr std::int64_t leadsAtOnce = 20000; // so that neither sorting nor counting takes memory with the workspace

struct Rollup {
    std::string table;
    std::string source; // the view whose sums it holds
    std::array<std::string, 2> keys;
    std::vector<std::string> measures;
};

const std::vector<Rollup>& all() {
    static const std::vector<Rollup> rollups{
        {"rollup_activity",
         "counted_activity",
         {"strategy_id", "slot"},
         {"sent", "calls", "touches", "replies", "meetings", "bounces", "opt_outs", "worked"}},
        {"rollup_mailbox", "counted_mailbox", {"mailbox_id", "day"}, {"sent", "replies", "bounces"}},
        {"rollup_step", "counted_step", {"step_id", "day"}, {"touches", "replies"}},
        {"rollup_hour", "counted_hour", {"strategy_id", "week_hour"}, {"sent", "answered"}},
        {"rollup_enrolment", "counted_enrolment", {"strategy_id", "day"}, {"enrolled", "reached", "replied", "met"}},
    };
    return rollups;
}

std::string keysOf(const Rollup& rollup) { return rollup.keys[0] + ", " + rollup.keys[1]; }

std::string sumsOf(const Rollup& rollup) {
    std::string sums;
    for (const std::string& measure : rollup.measures)
        sums += ", sum(" + measure + ")";
    return sums;
}

// Per key, of the leads [?1, ?2].
std::string countSql(const Rollup& rollup) {
    return "SELECT " + keysOf(rollup) + sumsOf(rollup) + " FROM " + rollup.source + " WHERE lead_id BETWEEN ?1 AND ?2 GROUP BY "
           + keysOf(rollup);
}

// ?1, ?2: the keys; from ?3 on the measures.
std::string addSql(const Rollup& rollup) {
    std::string names = keysOf(rollup);
    std::string values = "?1, ?2";
    std::string sets;
    for (std::size_t i = 0; i < rollup.measures.size(); ++i) {
        const std::string& measure = rollup.measures[i];
        names += ", " + measure;
        values += ", ?" + std::to_string(i + 3);
        sets += (sets.empty() ? "" : ", ") + measure + " = " + measure + " + excluded." + measure;
    }
    return "INSERT INTO " + rollup.table + "(" + names + ") VALUES (" + values + ") ON CONFLICT (" + keysOf(rollup)
           + ") DO UPDATE SET " + sets;
}

// The same sums as those of the views, by going through each lead's history once: a tenth of the time.
class Counter {
public:
    explicit Counter(Connection& db) : m_db(db) {}

    void count(std::int64_t first, std::int64_t last) {
        Statement enrolments = m_db.query("SELECT id, lead_id, strategy_id, enrolled_at, stop_reason FROM enrolment"
                                          " WHERE lead_id BETWEEN ?1 AND ?2 ORDER BY lead_id, id",
                                          first, last);
        bool more = enrolments.step();
        const auto takeEnrolments = [&](std::int64_t upTo) { // of the leads up to that one
            m_ways.clear();
            for (; more && enrolments.integer(1) <= upTo; more = enrolments.step()) {
                m_ways.push_back({.id = enrolments.integer(0),
                                  .strategy = enrolments.integer(2),
                                  .day = enrolments.integer(3) / day,
                                  .replied = enrolments.integer(4) == stoppedByReply});
                if (enrolments.integer(1) != upTo) // one without a history
                    endWays();
            }
        };
        Statement rows = m_db.query("SELECT lead_id, at, kind, enrolment_id, step_id, message_id, week_hour FROM activity"
                                    " WHERE lead_id BETWEEN ?1 AND ?2 ORDER BY lead_id, at, id",
                                    first, last);
        m_lead = first - 1;
        while (rows.step()) {
            if (rows.integer(0) != m_lead) {
                endLead();
                m_lead = rows.integer(0);
                takeEnrolments(m_lead);
            }
            happened(rows);
        }
        endLead();
        takeEnrolments(last);
        endWays();
    }

    // Adds what was counted.
    void add() {
        for (std::size_t i = 0; i < m_sums.size(); ++i) {
            const std::size_t measures = all().at(i).measures.size();
            const std::string sql = addSql(all().at(i));
            for (const auto& [keys, sums] : m_sums.at(i)) {
                Statement add = m_db.query(sql, keys[0], keys[1]);
                for (std::size_t m = 0; m < measures; ++m)
                    add.bindInteger(int(m) + 3, sums.at(m));
                add.run();
            }
        }
    }

private:
    enum Kind { Sent = 1, Reply = 2, Bounce = 4, Call = 5, LinkedIn = 6, Sms = 7, OptOut = 16, Meeting = 19 };
    enum Which { OfActivity, OfMailbox, OfStep, OfHour, OfEnrolment, Rollups };
    static constexpr std::int64_t slot = 1'800'000;
    static constexpr std::int64_t day = 86'400'000;
    static constexpr std::int64_t stoppedByReply = 2;

    using Keys = std::array<std::int64_t, 2>;
    using Sums = std::array<std::int64_t, mostMeasures>;
    struct KeysHash {
        std::size_t operator()(const Keys& keys) const {
            return std::size_t(keys[0]) * 0x9E3779B97F4A7C15U ^ std::size_t(keys[1]) * 0xC2B2AE3D27D4EB4FU;
        }
    };
    struct Way {
        std::int64_t id = 0;
        std::int64_t strategy = 0;
        std::int64_t day = 0;
        bool reached = false;
        bool replied = false;
        bool met = false;
    };

    Sums& sums(Which which, std::int64_t a, std::int64_t b) { return m_sums.at(which)[{a, b}]; }

    void happened(const Statement& row) {
        const auto kind = row.integer(2);
        const bool isContact = kind == Sent || kind == Call || kind == LinkedIn || kind == Sms;
        const bool isMail = kind == Sent || kind == Reply;
        if (!isContact && !isMail && kind != Bounce && kind != OptOut && kind != Meeting)
            return;
        const auto at = row.integer(1);
        const std::int64_t strategy = row.isNull(3) ? 0 : strategyOf(row.integer(3));
        for (const std::int64_t of : {std::int64_t(0), strategy}) {
            Sums& sums = this->sums(OfActivity, of, at / slot);
            sums[0] += kind == Sent;
            sums[1] += kind == Call;
            sums[2] += kind == LinkedIn || kind == Sms;
            sums[3] += kind == Reply;
            sums[4] += kind == Meeting;
            sums[5] += kind == Bounce;
            sums[6] += kind == OptOut;
            sums[7] += isContact && !m_isWorked;
            if (strategy == 0)
                break;
        }
        m_isWorked |= isContact;
        if ((isMail || kind == Bounce) && !row.isNull(5)) {
            if (const auto mailbox = mailboxOf(row.integer(5)); mailbox != 0) {
                Sums& sums = this->sums(OfMailbox, mailbox, at / day);
                sums[0] += kind == Sent;
                sums[1] += kind == Reply;
                sums[2] += kind == Bounce;
            }
        }
        if (!row.isNull(4) && (isContact || kind == Reply)) {
            Sums& sums = this->sums(OfStep, row.integer(4), at / day);
            sums[0] += isContact;
            sums[1] += kind == Reply;
        }
        if (isMail) {
            endMail(kind == Reply);
            if (kind == Sent && !row.isNull(6)) {
                m_hour = row.integer(6);
                m_hourStrategy = strategy;
            }
        }
        for (Way& way : m_ways) {
            if (way.id == row.integer(3) && !row.isNull(3)) {
                way.reached |= isContact;
                way.replied |= kind == Reply;
                way.met |= kind == Meeting;
            }
        }
    }

    // The e-mail before: answered, when the next mail is the lead's.
    void endMail(bool answered) {
        if (!m_hour)
            return;
        for (const std::int64_t of : {std::int64_t(0), m_hourStrategy}) {
            Sums& sums = this->sums(OfHour, of, *m_hour);
            ++sums[0];
            sums[1] += answered;
            if (m_hourStrategy == 0)
                break;
        }
        m_hour.reset();
    }

    void endLead() {
        endMail(false);
        m_isWorked = false;
        endWays();
    }

    void endWays() {
        for (const Way& way : m_ways) {
            Sums& sums = this->sums(OfEnrolment, way.strategy, way.day);
            ++sums[0];
            sums[1] += way.reached;
            sums[2] += way.replied;
            sums[3] += way.met;
        }
        m_ways.clear();
    }

    // 0: it is no more.
    std::int64_t strategyOf(std::int64_t enrolment) {
        for (const Way& way : m_ways) {
            if (way.id == enrolment)
                return way.strategy;
        }
        return m_db.integer("SELECT strategy_id FROM enrolment WHERE id = ?1", enrolment); // another lead's
    }

    std::int64_t mailboxOf(std::int64_t message) {
        if (!m_hasMailboxes)
            m_hasMailboxes = m_db.integer("SELECT EXISTS (SELECT 1 FROM mailbox)") != 0;
        return *m_hasMailboxes ? m_db.integer("SELECT mailbox_id FROM message WHERE id = ?1", message) : 0;
    }

    Connection& m_db;
    std::array<std::unordered_map<Keys, Sums, KeysHash>, Rollups> m_sums;
    std::int64_t m_lead = 0;
    bool m_isWorked = false;
    std::optional<std::int64_t> m_hour; // of an e-mail whose next one is not known yet
    std::int64_t m_hourStrategy = 0;
    std::vector<Way> m_ways; // the lead's enrolments
    std::optional<bool> m_hasMailboxes;
};

// Calls fn(first, last) for all leads, some at a time.
template <typename Fn>
void forLeads(Connection& db, Fn fn) {
    std::int64_t from = 0;
    for (;;) {
        const auto count = db.integer("SELECT count(*) FROM (SELECT 1 FROM lead WHERE id > ?1 LIMIT ?2)", from, leadsAtOnce);
        if (count == 0)
            return;
        const auto to =
            db.integer("SELECT max(id) FROM (SELECT id FROM lead WHERE id > ?1 ORDER BY id LIMIT ?2)", from, leadsAtOnce);
        fn(from + 1, to);
        from = to;
    }
}

} // namespace

Rollups::Deferred::Deferred(Connection& db) : m_db(db) { m_db.run("UPDATE rollup_state SET deferred = 1"); }

Rollups::Deferred::~Deferred() {
    try { // fails only when the transaction is being rolled back, and the flag with it
        m_db.run("UPDATE rollup_state SET deferred = 0");
    } catch (const StoreException& e) {
        qCWarning(logStore, "counting was not switched on again: %s", e.error().detail.c_str());
    }
}

void Rollups::countLeads(std::int64_t first, std::int64_t last) {
    Counter counter(m_db);
    counter.count(first, last);
    counter.add();
}

void Rollups::rebuild() {
    for (const Rollup& rollup : all())
        m_db.run("DELETE FROM " + rollup.table);
    forLeads(m_db, [this](std::int64_t first, std::int64_t last) { countLeads(first, last); });
}

std::vector<std::string> Rollups::examine() {
    std::vector<std::string> found;
    for (const Rollup& rollup : all()) {
        std::map<std::array<std::int64_t, 2>, std::array<std::int64_t, mostMeasures>> missing; // counted, but not kept
        const auto add = [&](Statement& rows, int sign) {
            while (rows.step()) {
                auto& measures = missing[{rows.integer(0), rows.integer(1)}];
                for (std::size_t i = 0; i < rollup.measures.size(); ++i)
                    measures[i] += sign * rows.integer(int(i) + 2);
            }
        };
        forLeads(m_db, [&](std::int64_t first, std::int64_t last) {
            Statement rows = m_db.query(countSql(rollup), first, last);
            add(rows, 1);
        });
        {
            Statement rows = m_db.prepare("SELECT " + keysOf(rollup) + sumsOf(rollup) + " FROM " + rollup.table + " GROUP BY "
                                          + keysOf(rollup));
            add(rows, -1);
        }
        const auto wrong = std::count_if(missing.begin(), missing.end(), [](const auto& row) {
            return std::any_of(row.second.begin(), row.second.end(), [](std::int64_t off) { return off != 0; });
        });
        if (wrong > 0)
            found.push_back("rollups: " + std::to_string(wrong) + " rows of " + rollup.table + " are not what is counted");
    }
    if (m_db.integer("SELECT deferred FROM rollup_state") != 0)
        found.emplace_back("rollups: counting is switched off");
    return found;
}

std::vector<std::string> Rollups::countSqls() {
    std::vector<std::string> sqls;
    for (const Rollup& rollup : all())
        sqls.push_back(countSql(rollup));
    return sqls;
}

} // namespace outrider::store
