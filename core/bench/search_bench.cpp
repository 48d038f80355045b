// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
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
constexpr int limit = 8;
constexpr const char* sameFile = "the newest matches by a statement of one's own on the same encrypted file";
constexpr const char* plainCopy = "that statement on an unencrypted copy, by the same library";
constexpr const char* handWritten =
    "SELECT l.id, l.first_name, l.last_name, l.email, l.company_name FROM %lead_search f JOIN %lead l ON l.id = f.rowid"
    " WHERE f.lead_search MATCH ?1 AND l.trashed_at IS NULL ORDER BY f.rowid DESC LIMIT 80";
constexpr const char* handWrittenText = "SELECT rowid FROM text_search WHERE text_search MATCH ?1 ORDER BY rowid DESC LIMIT 6";

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
    explicit SearchBench(ServiceContext& context) : m_context(context), m_random(7) {}

    Result<std::vector<Measurement>> run() {
        for (bool more = true; more;) { // all of it, so that every round finds the same
            OUTRIDER_ASSIGN(more, m_context.searchIndexer().step(std::chrono::milliseconds(500)));
        }
        OUTRIDER_ASSIGN(m_db, m_context.store().connect(
                                  {.path = m_context.store().path(), .mode = OpenMode::ReadWrite, .cacheKiB = 32 * 1024}));
        try {
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
            palette();
            for (const auto& [what, words] : m_textWords)
                texts("text by a " + what + " word", words);
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

    // Leads and their index beside it, without a key.
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
    }

    // Runs both sides in turn over random words and keeps their times.
    template <typename Typed, typename Ask>
    void measure(const std::string& metric, const std::string& sql, const char* reference, Typed typed, Ask ask) {
        Rounds repository;
        Rounds byHand;
        for (int i = 0; i < rounds + 50; ++i) {
            const std::string words = typed();
            Rounds warming;
            const auto found = (i < 50 ? warming : repository).measure([&] {
                return wait(m_context.store().read([&](ReadContext& r) -> Result<std::size_t> { return ask(r, words); }));
            });
            if (!found)
                m_error = found.error();
            const std::string query = matchOf(words);
            (i < 50 ? warming : byHand).measure([&] {
                int read = 0;
                for (Statement rows = m_db->query(sql, query); rows.step(); ++read) {
                    for (int column = 0; column < rows.columnCount(); ++column)
                        static_cast<void>(rows.view(column));
                }
                return read;
            });
        }
        m_found.push_back({.bench = "search",
                           .metric = metric,
                           .value = repository.median(),
                           .unit = "ms",
                           .reference = reference,
                           .referenceValue = byHand.median(),
                           .p95 = repository.percentile(0.95),
                           .p99 = repository.percentile(0.99),
                           .n = repository.count()});
    }

    template <typename Typed>
    void leads(const std::string& metric, Typed typed, bool corrected = false) {
        const auto ask = [corrected](ReadContext& r, const std::string& words) {
            SearchRepository search(r.db);
            SearchWords wanted(words);
            std::size_t found = search.leads(wanted, limit).size();
            if (corrected && found < 3)
                found += search.leads(search.corrected(std::move(wanted)), limit).size();
            return found;
        };
        measure(metric, inSchema(handWritten, "main."), sameFile, typed, ask);
        if (!corrected)
            measure(metric, inSchema(handWritten, "plain."), plainCopy, typed, ask);
    }

    // All that the palette asks at once.
    void palette() {
        std::size_t letters = 0;
        measure(
            "everything the palette shows, 1 to 5 letters", inSchema(handWritten, "main."), sameFile,
            [this, &letters] { return firstLetters(pick().last, letters++ % 5 + 1); },
            [](ReadContext& r, const std::string& typed) {
                SearchRepository search(r.db);
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
            [](ReadContext& r, const std::string& typed) { return SearchRepository(r.db).texts(SearchWords(typed), 6).size(); });
    }

    ServiceContext& m_context;
    SeededRandom m_random;
    QTemporaryDir m_folder;
    std::unique_ptr<Connection> m_db;
    std::vector<Person> m_people;
    std::vector<std::pair<std::string, std::vector<std::string>>> m_textWords;
    std::vector<Measurement> m_found;
    std::optional<Error> m_error;
};

} // namespace

Result<std::vector<Measurement>> searchBenchIn(ServiceContext& context) { return SearchBench(context).run(); }

Result<std::vector<Measurement>> searchBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    OUTRIDER_TRY(seedStore(bench.store(), {.leads = 50000, .activities = 200000}, nullptr));
    return searchBenchIn(bench.context());
}

} // namespace outrider::bench
