// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_index.h"

#include "core/base/log.h"
#include "core/base/worker.h"
#include "core/store/sqlite/transaction.h"

#include <algorithm>
#include <chrono>

namespace outrider::store {

namespace {

constexpr std::size_t mostLogged = 200'000;
constexpr std::size_t longestMemory = 4096; // touched leads that slow readers may still ask about
constexpr std::size_t mostKept = 96;        // sets, of an eighth of a byte a lead
constexpr std::size_t mostConditions = 32;
constexpr std::size_t mostAsked = 4;           // conditions, at a time
constexpr std::size_t mostJudged = 200;        // touched leads by every condition; with more the conditions are dropped
constexpr std::chrono::seconds lookAgain{2};   // whether a small workspace has grown
constexpr std::chrono::milliseconds breath{5}; // between two steps, for the readers

// A temporary trigger belongs to its connection and is not in the file: what the writer does to a lead, by whatever
// way, is heard; what others do is found out by the file's version.
std::string triggersSql() {
    std::string sql = "CREATE TEMP TRIGGER lead_index_insert AFTER INSERT ON main.lead BEGIN"
                      " SELECT lead_touched(new.id, 1); END;"
                      "CREATE TEMP TRIGGER lead_index_delete AFTER DELETE ON main.lead BEGIN"
                      " SELECT lead_touched(old.id, 0); END;"
                      "CREATE TEMP TRIGGER lead_index_update AFTER UPDATE ON main.lead BEGIN"
                      " SELECT lead_touched(old.id, 0); END;"
                      "CREATE TEMP TRIGGER lead_index_texts AFTER UPDATE OF name_key, last_name_key, company_key, email_key,"
                      " job_title, city, country ON main.lead BEGIN SELECT lead_touched(new.id, 1); END;"
                      "CREATE TEMP TRIGGER lead_index_company AFTER UPDATE ON main.company BEGIN"
                      " SELECT lead_touched(id, 0) FROM lead WHERE company_id = new.id; END;";
    for (const std::string table : {"contact_point", "lead_tag", "custom_value", "enrolment", "task"}) {
        const std::string name = "CREATE TEMP TRIGGER lead_index_" + table;
        sql += name + "_insert AFTER INSERT ON main." + table + " BEGIN SELECT lead_touched(new.lead_id, 0); END;";
        sql += name + "_delete AFTER DELETE ON main." + table + " BEGIN SELECT lead_touched(old.lead_id, 0); END;";
        sql += name + "_update AFTER UPDATE ON main." + table
               + " BEGIN SELECT lead_touched(new.lead_id, 0); SELECT lead_touched(old.lead_id, 0)"
                 " WHERE old.lead_id <> new.lead_id; END;";
    }
    return sql;
}

} // namespace

LeadIndex::LeadIndex(Connect connect, std::function<void()> watch, Options options)
    : m_connect(std::move(connect)),
      m_askToWatch(std::move(watch)),
      m_options(options) {}

LeadIndex::~LeadIndex() { stop(); }

void LeadIndex::stop() {
    if (m_thread.joinable()) {
        std::unique_lock lock(m_wakeMutex);
        m_stopping = true;
        m_wake.notify_all();
        constexpr std::chrono::milliseconds again{10}; // between two statements there was nothing to interrupt
        while (!m_wake.wait_for(lock, again, [this] { return m_left; })) {
            if (m_db)
                m_db->interrupt();
        }
        lock.unlock();
        m_thread.join();
    }
}

// ── The writer's thread ─────────────────────────────────────────────────────────────────────────

void LeadIndex::watch(Connection& writer) {
    if (m_watching)
        return;
    writer.addFunction("lead_touched", [this](std::int64_t lead, std::int64_t texts) {
        // One lead is touched several times in a row.
        if (!m_pending.empty() && m_pending.back().lead == lead)
            m_pending.back().texts |= texts != 0;
        else
            m_pending.push_back({.lead = lead, .texts = texts != 0});
    });
    writer.script(triggersSql());
    m_writerVersion = writer.integer("PRAGMA data_version");
    {
        const std::lock_guard lock(m_logMutex);
        m_logFrom = m_ended;
    }
    m_watching = true;
    wake();
}

// Its own commits do not change the version a connection sees.
void LeadIndex::beginning(Connection& writer) {
    m_pending.clear();
    if (const std::int64_t version = writer.integer("PRAGMA data_version"); std::exchange(m_writerVersion, version) != version)
        forget();
}

void LeadIndex::committing() {
    std::sort(m_pending.begin(), m_pending.end(),
              [](const Touched& a, const Touched& b) { return std::pair(a.lead, !a.texts) < std::pair(b.lead, !b.texts); });
    m_pending.erase(
        std::unique(m_pending.begin(), m_pending.end(), [](const Touched& a, const Touched& b) { return a.lead == b.lead; }),
        m_pending.end());
    const std::uint64_t commit = ++m_begun;
    const std::lock_guard lock(m_logMutex);
    for (Touched& touched : m_pending) {
        touched.commit = commit;
        m_log.push_back(touched);
    }
    m_pending.clear();
    if (m_log.size() > mostLogged) { // everything is read anew
        m_log.clear();
        m_logFrom = commit;
    }
}

void LeadIndex::committed() {
    m_ended = m_begun.load();
    wake();
}

void LeadIndex::rolledBack() {
    m_pending.clear();
    m_begun = m_ended.load();
}

void LeadIndex::forget() {
    ++m_epoch;
    wake();
}

// ── Readers ─────────────────────────────────────────────────────────────────────────────────────

// Another connection has committed when the version is another and every commit of ours that has begun had ended
// when it was read last.
void LeadIndex::checkVersion(Connection& db, Seen& seen) {
    const std::uint64_t ended = m_ended;
    const std::int64_t version = db.integer("PRAGMA data_version");
    const std::uint64_t begun = m_begun;
    if (seen.version != 0 && version != seen.version && begun == seen.commits)
        forget();
    seen = {version, ended};
}

LeadIndexTicket LeadIndex::ticket() const { return {.commits = m_ended, .epoch = m_epoch}; }

std::size_t LeadIndex::bytes() const {
    const std::shared_lock lock(m_mutex);
    std::size_t bytes = m_columns.bytes() + m_rows.bytes();
    for (const auto& [key, condition] : m_conditions)
        bytes += condition.leads.bytes();
    const std::lock_guard kept(m_askedMutex);
    for (const auto& [key, leads] : m_kept)
        bytes += leads->bytes();
    return bytes;
}

std::shared_ptr<const LeadSet> LeadIndex::kept(const std::string& key) const {
    const std::lock_guard lock(m_askedMutex);
    const auto found = m_keptAt.find(key);
    if (found == m_keptAt.end())
        return nullptr;
    m_kept.splice(m_kept.begin(), m_kept, found->second);
    return found->second->second;
}

void LeadIndex::keep(const std::string& key, std::shared_ptr<const LeadSet> leads) const {
    const std::lock_guard lock(m_askedMutex);
    if (m_keptAt.contains(key))
        return;
    m_kept.emplace_front(key, std::move(leads));
    m_keptAt[key] = m_kept.begin();
    if (m_kept.size() > mostKept) {
        m_keptAt.erase(m_kept.back().first);
        m_kept.pop_back();
    }
}

// ── The thread ──────────────────────────────────────────────────────────────────────────────────

void LeadIndex::start() {
    if (!m_thread.joinable())
        m_thread = std::thread([this] { loop(); });
}

void LeadIndex::wake() const {
    {
        const std::lock_guard lock(m_wakeMutex);
        m_work = true;
    }
    m_wake.notify_all();
}

void LeadIndex::loop() {
    std::unique_lock lock(m_wakeMutex);
    while (!m_stopping) {
        if (!m_work) {
            m_wake.wait(lock, [this] { return m_stopping || m_work; });
            continue;
        }
        m_work = false;
        lock.unlock();
        const bool did = step();
        lock.lock();
        m_work |= did;
        const auto pause = m_watching ? breath : std::chrono::milliseconds(lookAgain);
        m_wake.wait_for(lock, pause, [this] { return m_stopping; });
    }
    m_left = true;
    m_wake.notify_all();
}

void LeadIndex::settle(bool everyOrder) {
    if (everyOrder) {
        const std::lock_guard lock(m_askedMutex);
        for (std::size_t i = 0; i < leadTexts; ++i)
            m_asked.texts.insert(LeadText(i));
        for (std::size_t i = 0; i < leadNumbers; ++i)
            m_asked.orders.insert(LeadNumber(i));
    }
    for (;;) {
        while (step()) {
        }
        std::unique_lock lock(m_wakeMutex);
        if (m_watching || !m_askedToWatch)
            return;
        m_wake.wait(lock, [this] { return m_watching.load(); });
    }
}

bool LeadIndex::step() {
    const std::lock_guard one(m_stepMutex);
    const auto did = guarded([this]() -> Result<bool> {
        try {
            if (!m_db) {
                OUTRIDER_ASSIGN(auto opened, m_connect());
                const std::lock_guard lock(m_wakeMutex);
                m_db = std::move(opened);
            }
            if (!m_watching && !beginWatching())
                return false;
            return build() || update() || answer() || readRows();
        } catch (const StoreException& e) {
            return fail(e.error());
        }
    });
    if (!did && did.error().code != ErrorCode::Cancelled)
        qCWarning(logStore, "the index of leads: %s", did.error().detail.c_str());
    return did && *did;
}

// Whether there are leads enough, and the writer tells of them.
bool LeadIndex::beginWatching() {
    const auto leads = m_db->integer("SELECT count(*) FROM (SELECT 1 FROM lead LIMIT ?1)", std::int64_t(m_options.fewest));
    if (std::size_t(leads) < m_options.fewest)
        return false;
    {
        const std::lock_guard lock(m_wakeMutex);
        if (std::exchange(m_askedToWatch, true))
            return m_watching;
    }
    m_askToWatch();
    return m_watching;
}

// Reads all leads, when there are no columns yet or they cannot be brought up to date.
bool LeadIndex::build() {
    const std::uint64_t epoch = m_epoch;
    bool gap = false;
    {
        const std::lock_guard lock(m_logMutex);
        gap = m_upTo < m_logFrom;
    }
    if (m_hopeless || (m_built && m_builtEpoch == epoch && !gap))
        return false;
    const std::uint64_t upTo = m_ended;
    LeadColumns columns;
    {
        const Transaction view(*m_db, Transaction::Kind::Read);
        m_hopeless = !columns.load(*m_db);
    }
    const std::unique_lock lock(m_mutex);
    m_built = !m_hopeless;
    m_builtEpoch = epoch;
    const auto texts = std::move(m_columns.texts);
    install(std::move(columns), upTo);
    const std::lock_guard asked(m_askedMutex);
    for (std::size_t i = 0; i < leadTexts; ++i) { // what was needed will be
        if (texts.at(i))
            m_asked.texts.insert(LeadText(i));
    }
    return true;
}

// With m_mutex.
void LeadIndex::install(LeadColumns columns, std::uint64_t upTo) {
    m_columns = std::move(columns);
    m_conditions.clear();
    m_rows = {};
    m_upTo = upTo;
    drop();
}

// With m_mutex.
void LeadIndex::drop() {
    const std::lock_guard lock(m_askedMutex);
    m_kept.clear();
    m_keptAt.clear();
}

void LeadIndex::askFor(LeadText text) const {
    {
        const std::lock_guard lock(m_askedMutex);
        m_asked.texts.insert(text);
    }
    wake();
}

void LeadIndex::askFor(LeadNumber order) const {
    {
        const std::lock_guard lock(m_askedMutex);
        m_asked.orders.insert(order);
    }
    wake();
}

void LeadIndex::askForCustom(std::int64_t field) const {
    {
        const std::lock_guard lock(m_askedMutex);
        m_asked.customs.insert(field);
    }
    wake();
}

void LeadIndex::askForCondition(const std::string& key, const SqlCondition& sql) const {
    {
        const std::lock_guard lock(m_askedMutex);
        auto& asked = m_asked.conditions;
        std::erase_if(asked, [&key](const auto& one) { return one.first == key; });
        asked.emplace_back(key, sql);
        if (asked.size() > mostAsked) // of what is typed letter by letter, the last counts
            asked.pop_front();
    }
    wake();
}

// Reads again what was touched.
bool LeadIndex::update() {
    const std::uint64_t upTo = m_ended;
    if (m_hopeless || m_upTo == upTo)
        return false;
    std::map<std::int64_t, bool> touched;
    {
        const std::lock_guard lock(m_logMutex);
        for (const Touched& one : m_log) {
            if (one.commit > m_upTo && one.commit <= upTo)
                touched[one.lead] |= one.texts;
        }
    }
    if (touched.empty()) {
        const std::unique_lock lock(m_mutex);
        m_upTo = upTo;
        return true;
    }
    bool fits = true;
    if (touched.size() <= m_options.mostTouched) {
        LeadPatch patch;
        std::map<std::string, std::vector<std::int64_t>> judged;
        {
            const Transaction view(*m_db, Transaction::Kind::Read);
            patch = m_columns.readPatch(*m_db, touched);
            if (touched.size() <= mostJudged && !m_conditions.empty()) {
                std::vector<std::int64_t> all;
                for (const auto& [lead, texts] : touched)
                    all.push_back(lead);
                const std::string json = toJsonArray(all);
                for (const auto& [key, condition] : m_conditions) {
                    Statement rows = m_db->prepare("SELECT l.id FROM lead l WHERE l.id IN (SELECT value FROM json_each(?)) AND "
                                                   + condition.sql.sql);
                    rows.bindText(1, json);
                    condition.sql.bind(rows, 2);
                    while (rows.step())
                        judged[key].push_back(rows.integer(0));
                }
            }
        }
        const std::unique_lock lock(m_mutex);
        fits = m_columns.apply(patch);
        if (fits) {
            m_upTo = upTo;
            for (const auto& [lead, texts] : touched) {
                if (const auto at = m_columns.find(lead))
                    m_rows.forget(*at);
            }
            if (touched.size() > mostJudged)
                m_conditions.clear();
            for (auto& [key, condition] : m_conditions) {
                for (const auto& [lead, texts] : touched) {
                    if (const auto at = m_columns.find(lead))
                        condition.leads.reset(*at);
                }
                for (const std::int64_t lead : judged[key]) {
                    if (const auto at = m_columns.find(lead))
                        condition.leads.set(*at);
                }
            }
            drop();
            const std::lock_guard asked(m_askedMutex);
            for (std::size_t i = 0; i < leadTexts; ++i) {
                if (const auto& text = m_columns.texts.at(i); text && text->unrankedCount > m_options.mostUnranked)
                    m_asked.texts.insert(LeadText(i));
            }
        }
    } else {
        LeadColumns columns;
        {
            const Transaction view(*m_db, Transaction::Kind::Read);
            fits = columns.load(*m_db);
        }
        const std::unique_lock lock(m_mutex);
        fits = fits && columns.takeTexts(m_columns, touched);
        if (fits)
            install(std::move(columns), upTo);
    }
    if (!fits) {
        forget();
        return true;
    }
    // What slow readers may still ask about is remembered.
    const std::lock_guard lock(m_logMutex);
    while (m_log.size() > longestMemory && m_log.front().commit <= m_upTo) {
        m_logFrom = std::max(m_logFrom, m_log.front().commit);
        m_log.pop_front();
    }
    return true;
}

// Reads one thing that was asked for.
bool LeadIndex::answer() {
    std::optional<LeadText> text;
    std::optional<LeadNumber> order;
    std::optional<std::int64_t> field;
    std::optional<std::pair<std::string, SqlCondition>> condition;
    {
        const std::lock_guard lock(m_askedMutex);
        if (!m_asked.texts.empty()) {
            text = m_asked.texts.extract(m_asked.texts.begin()).value();
        } else if (!m_asked.orders.empty()) {
            order = m_asked.orders.extract(m_asked.orders.begin()).value();
        } else if (!m_asked.customs.empty()) {
            field = m_asked.customs.extract(m_asked.customs.begin()).value();
        } else if (!m_asked.conditions.empty()) {
            condition = std::move(m_asked.conditions.back());
            m_asked.conditions.pop_back();
        } else {
            return false;
        }
    }
    if (!m_built)
        return true;
    if (order) {
        LeadNumberOrder sorted = m_columns.sorted(*order);
        const std::unique_lock lock(m_mutex);
        m_columns.orders.at(std::size_t(*order)) = std::move(sorted);
        return true;
    }
    // Read as of a later commit, perhaps; who was touched by it will be read again anyway.
    Transaction view(*m_db, Transaction::Kind::Read);
    if (text) {
        LeadTextRanks ranks = m_columns.loadText(*m_db, *text);
        const std::unique_lock lock(m_mutex);
        m_columns.texts.at(std::size_t(*text)) = std::move(ranks);
        drop();
    } else if (field) {
        LeadCustomValues values = m_columns.loadCustom(*m_db, *field);
        const std::unique_lock lock(m_mutex);
        m_columns.customs.insert_or_assign(*field, std::move(values));
    } else {
        Condition found{.sql = condition->second, .leads = LeadSet(m_columns.size())};
        Statement rows =
            m_db->prepare("SELECT l.id FROM lead l WHERE " + scopeSql(FilterPlan::Scope::Live, "l") + " AND " + found.sql.sql);
        found.sql.bind(rows, 1);
        while (rows.step()) {
            if (const auto at = m_columns.find(rows.integer(0)))
                found.leads.set(*at);
        }
        const std::unique_lock lock(m_mutex);
        if (m_conditions.size() >= mostConditions)
            m_conditions.erase(m_conditions.begin());
        m_conditions.insert_or_assign(condition->first, std::move(found));
    }
    return true;
}

// Last of all, and again when many have changed.
bool LeadIndex::readRows() {
    if (!m_built || (!m_rows.empty() && double(m_rows.forgotten()) <= m_options.mostRowsForgotten * double(m_columns.size())))
        return false;
    LeadRows rows;
    {
        const Transaction view(*m_db, Transaction::Kind::Read);
        rows.load(*m_db, m_columns);
    }
    const std::unique_lock lock(m_mutex);
    m_rows = std::move(rows);
    return !m_rows.empty();
}

} // namespace outrider::store
