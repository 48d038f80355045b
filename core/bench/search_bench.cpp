// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/page_cache.h"
#include "core/bench/rounds.h"
#include "core/bench/seed.h"
#include "core/contact/words.h"
#include "core/services/search_indexer.h"
#include "core/store/repositories/search_repository.h"

#include <QFile>
#include <QTemporaryDir>

#include <array>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int rounds = 1000;
constexpr int freshRounds = 50;
constexpr int coldRounds = 20;
constexpr int limit = 8;
constexpr int cacheKiB = 32 * 1024; // as the store's readers have
constexpr const char* sameFile = "the newest matches by a statement of one's own on the same encrypted file";
constexpr const char* plainCopy = "that statement on an unencrypted copy, by the same library";
constexpr const char* handWritten =
    "SELECT l.id, l.first_name, l.last_name, l.email, l.company_name FROM %lead_search f JOIN %lead l ON l.id = f.rowid"
    " WHERE f.lead_search MATCH ?1 AND l.trashed_at IS NULL ORDER BY f.rowid DESC LIMIT 80";
constexpr const char* handWrittenText =
    "SELECT f.rowid, coalesce(a.text, m.text), coalesce(a.subject, m.subject), l.first_name, l.last_name"
    " FROM text_search f LEFT JOIN activity a ON a.id = f.rowid LEFT JOIN message m ON m.id = f.rowid"
    " LEFT JOIN lead l ON l.id = coalesce(a.lead_id, m.lead_id)"
    " WHERE f.text_search MATCH ?1 ORDER BY f.rowid DESC LIMIT 6";

std::string inSchema(std::string_view sql, std::string_view schema) {
    std::string out;
    for (const char c : sql) {
        if (c == '%')
            out += schema;
        else
            out += c;
    }
    return out;
}

std::string matchOf(const std::string& typed) {
    std::string query;
    for (const std::string& word : contact::wordsOf(typed))
        query += (query.empty() ? "\"" : " AND \"") + word + "\"*";
    return query;
}

class SearchBench {
public:
    SearchBench(ServiceContext& context, bool withPlain) : m_context(context), m_random(7), m_withPlain(withPlain) {}

    Result<std::vector<Measurement>> run() {
        for (bool more = true; more;) { // all of it, so that every round finds the same
            OUTRIDER_ASSIGN(more, m_context.searchIndexer().step(std::chrono::milliseconds(500)));
        }
        try {
            OUTRIDER_ASSIGN(m_ours, connect());
            OUTRIDER_ASSIGN(m_db, connect());
            if (m_withPlain)
                copyPlain();
            prepare();
            for (std::size_t length = 1; length <= 5; ++length)
                leads("lead by " + std::to_string(length) + (length == 1 ? " letter" : " letters"), [this, length] {
                    const Person& person = pick();
                    return firstLetters(m_random.below(2) == 0 ? person.first : person.last, length);
                });
            leads("lead by first name and three letters of the last", [this] {
                const Person& person = pick();
                return person.first + ' ' + firstLetters(person.last, 3);
            });
            leads("lead by e-mail domain", [this] { return pick().domain; });
            leads(
                "lead by a last name with two letters swapped", [this] { return mistyped(pick().last); }, true);
            if (!m_apart.empty())
                leads("lead by two common words that no lead has both of",
                      [this] { return m_apart[m_random.below(m_apart.size())]; });
            palette();
            for (const auto& [what, words] : m_textWords)
                texts("text by a " + what + " word", words);
            if (const auto& common = m_textWords.front().second; common.size() > 1) {
                std::vector<std::string> pairs;
                for (int i = 0; i < rounds; ++i)
                    pairs.push_back(common[m_random.below(common.size())] + ' ' + common[m_random.below(common.size())]);
                texts("text by two common words", pairs);
            }
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        if (m_error)
            return fail(*m_error);
        return std::move(m_found);
    }

private:
    struct Person {
        std::string first;
        std::string last;
        std::string domain;
    };

    const Person& pick() { return m_people[m_random.below(m_people.size())]; }

    std::string mistyped(std::string word) {
        const std::size_t at = 1 + m_random.below(word.size() - 2);
        std::swap(word[at], word[at + 1]);
        return word;
    }

    Result<std::unique_ptr<Connection>> connect() const {
        return m_context.store().connect({.path = m_context.store().path(), .mode = OpenMode::ReadWrite, .cacheKiB = cacheKiB});
    }

    // Leads and their index beside it, without a key. Only of an invented workspace.
    void copyPlain() {
        QFile file(m_folder.filePath(QStringLiteral("plain.db")));
        if (file.open(QIODevice::WriteOnly)) // a connection that makes no files takes an empty one
            file.close();
        m_db->run("ATTACH ?1 AS plain KEY ''", file.fileName().toStdString());
        m_db->script("CREATE TABLE plain.lead(id INTEGER PRIMARY KEY, trashed_at, first_name, last_name, company_name, job_title,"
                     " email, email_key, phone, phone_key, linkedin_url, city, country, time_zone);"
                     "INSERT INTO plain.lead SELECT id, trashed_at, first_name, last_name, company_name, job_title, email,"
                     " email_key, phone, phone_key, linkedin_url, city, country, time_zone FROM main.lead;"
                     "CREATE VIRTUAL TABLE plain.lead_search USING fts5(words, content='', contentless_delete=1, detail=none,"
                     " prefix='1 2 3 4 5', tokenize='unicode61 remove_diacritics 2');"
                     "INSERT INTO plain.lead_search(lead_search, rank) VALUES ('pgsz', 3900);"
                     "INSERT INTO plain.lead_search(rowid, words) SELECT id, words FROM main.lead_words");
    }

    void prepare() {
        const auto first = m_db->integer("SELECT min(id) FROM lead");
        const auto last = m_db->integer("SELECT max(id) FROM lead");
        while (m_people.size() < rounds) {
            Statement row = m_db->query("SELECT first_name, last_name, email FROM lead WHERE id >= ?1 ORDER BY id LIMIT 1",
                                        first + std::int64_t(m_random.below(std::uint64_t(last - first + 1))));
            row.step();
            const auto word = [&](int column) {
                const auto words = contact::wordsOf(row.view(column));
                return words.empty() ? std::string("anna") : words.front();
            };
            Person person{word(0), word(1), row.text(2)};
            person.domain.erase(0, std::min(person.domain.find('@') + 1, person.domain.size()));
            if (person.last.size() < 4 || person.domain.empty())
                continue;
            m_people.push_back(std::move(person));
        }
        const auto texts = m_db->integer("SELECT count(*) FROM text_search_docsize");
        std::array<std::vector<std::string>, 3> words;
        Statement rows =
            m_db->prepare("SELECT word FROM search_word WHERE length(word) BETWEEN 4 AND 12 ORDER BY random() LIMIT 3000");
        while (rows.step()) {
            const auto count =
                m_db->integer("SELECT count(*) FROM (SELECT 1 FROM text_search WHERE text_search MATCH ?1 LIMIT ?2)",
                              "\"" + rows.text(0) + "\"", texts / 50 + 1);
            if (count > 0)
                words[count > texts / 50 ? 0 : count > texts / 2000 ? 1 : 2].push_back(rows.text(0));
        }
        m_textWords = {{"common", words[0]}, {"middling", words[1]}, {"rare", words[2]}};
        findApart();
    }

    // Two first names: of a person with both there is none, as a rule.
    void findApart() {
        for (int i = 0; i < 2000 && m_apart.size() < 100; ++i) {
            const std::string one = pick().first;
            const std::string other = pick().first;
            const std::string pair = one + ' ' + other;
            const auto common = [this](const std::string& query) {
                return m_db->integer("SELECT count(*) FROM (SELECT 1 FROM lead_search WHERE lead_search MATCH ?1 LIMIT 2000)",
                                     query)
                       == 2000;
            };
            if (common(matchOf(one)) && common(matchOf(other))
                && m_db->integer("SELECT EXISTS (SELECT 1 FROM lead_search WHERE lead_search MATCH ?1)", matchOf(pair)) == 0)
                m_apart.push_back(pair);
        }
    }

    static int drain(Statement rows) {
        int read = 0;
        for (; rows.step(); ++read) {
            for (int column = 0; column < rows.columnCount(); ++column)
                static_cast<void>(rows.view(column));
        }
        return read;
    }

    // Runs both sides in turn over random words and keeps their times, each on a connection of its own; then on fresh
    // ones, and with the file on the disk only.
    template <typename Typed, typename Ask>
    void measure(const std::string& metric, const std::string& sql, const char* reference, Typed typed, Ask ask) {
        Rounds repository;
        Rounds byHand;
        for (int i = 0; i < rounds + 50; ++i) {
            const std::string words = typed();
            Rounds warming;
            (i < 50 ? warming : repository).measure([&] { return ask(*m_ours, words); });
            (i < 50 ? warming : byHand).measure([&] { return drain(m_db->query(sql, matchOf(words))); });
        }
        add(metric, reference, repository, byHand);
        if (reference == plainCopy)
            return;
        elsewhere(metric + ", fresh connection", freshRounds, false, sql, reference, typed, ask);
        if (dropFromCache(m_context.store().path()))
            elsewhere(metric + ", file out of the page cache", coldRounds, true, sql, reference, typed, ask);
    }

    template <typename Typed, typename Ask>
    void elsewhere(const std::string& metric, int count, bool cold, const std::string& sql, const char* reference, Typed typed,
                   Ask ask) {
        Rounds repository;
        Rounds byHand;
        for (int i = 0; i < count && !m_error; ++i) {
            const std::string words = typed();
            for (const bool mine : {true, false}) {
                auto db = connect();
                if (!db) {
                    m_error = db.error();
                    return;
                }
                static_cast<void>((*db)->integer("SELECT count(*) FROM status")); // the key, the schema
                if (cold)
                    dropFromCache(m_context.store().path());
                (mine ? repository : byHand).measure([&] {
                    return mine ? int(ask(**db, words)) : drain((*db)->query(sql, matchOf(words)));
                });
            }
        }
        add(metric, reference, repository, byHand);
    }

    void add(const std::string& metric, const char* reference, const Rounds& ours, const Rounds& byHand) {
        m_found.push_back({.bench = "search",
                           .metric = metric,
                           .value = ours.median(),
                           .unit = "ms",
                           .reference = reference,
                           .referenceValue = byHand.median(),
                           .p95 = ours.percentile(0.95),
                           .p99 = ours.percentile(0.99),
                           .n = ours.count()});
    }

    template <typename Typed>
    void leads(const std::string& metric, Typed typed, bool corrected = false) {
        const auto ask = [corrected](Connection& db, const std::string& words) {
            SearchRepository search(db);
            SearchWords wanted(words);
            std::size_t found = search.leads(wanted, limit).size();
            if (corrected && found < 3)
                found += search.leads(search.corrected(std::move(wanted)), limit).size();
            return found;
        };
        measure(metric, inSchema(handWritten, "main."), sameFile, typed, ask);
        if (m_withPlain && !corrected)
            measure(metric, inSchema(handWritten, "plain."), plainCopy, typed, ask);
    }

    // All that the palette asks at once.
    void palette() {
        std::size_t letters = 0;
        measure(
            "everything the palette shows, 1 to 5 letters", inSchema(handWritten, "main."), sameFile,
            [this, &letters] { return firstLetters(pick().last, letters++ % 5 + 1); },
            [](Connection& db, const std::string& typed) {
                SearchRepository search(db);
                const SearchWords words(typed);
                return search.leads(words, 8).size() + search.companies(words, 4).size() + search.texts(words, 6).size()
                       + search.strategies(words, 4).size() + std::size_t(search.unindexed(10000));
            });
    }

    void texts(const std::string& metric, const std::vector<std::string>& words) {
        if (words.empty())
            return;
        measure(
            metric, handWrittenText, sameFile, [&] { return words[m_random.below(words.size())]; },
            [](Connection& db, const std::string& typed) { return SearchRepository(db).texts(SearchWords(typed), 6).size(); });
    }

    ServiceContext& m_context;
    SeededRandom m_random;
    const bool m_withPlain;
    QTemporaryDir m_folder;
    std::unique_ptr<Connection> m_ours;
    std::unique_ptr<Connection> m_db;
    std::vector<Person> m_people;
    std::vector<std::pair<std::string, std::vector<std::string>>> m_textWords;
    std::vector<std::string> m_apart;
    std::vector<Measurement> m_found;
    std::optional<Error> m_error;
};

} // namespace

Result<std::vector<Measurement>> searchBenchIn(ServiceContext& context) { return SearchBench(context, false).run(); }

Result<std::vector<Measurement>> searchBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 50000, .activities = 200000}, nullptr));
    return SearchBench(bench.context(), true).run();
}

} // namespace outrider::bench
