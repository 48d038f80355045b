// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/questions.h"
#include "core/bench/seed.h"
#include "core/contact/words.h"
#include "core/services/search_indexer.h"
#include "core/services/search_service.h"
#include "core/store/repositories/search_repository.h"

#include <QFile>
#include <QTemporaryDir>

#include <array>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr std::size_t people = 1000; // whose names are typed
constexpr int plainRounds = 1000;
constexpr int limit = 8;
constexpr int candidates = 64;
constexpr int byName = 8;
constexpr const char* sameFile = "the same rows by statements of one's own on the same encrypted file";
constexpr const char* plainCopy = "those statements on an unencrypted copy, by the same library";
// Who was found, with what ranks them: the newest, and those called so.
constexpr const char* newestByHand =
    "SELECT l.id, l.name_key, l.last_name_key, l.company_key, l.email, l.job_title, l.archived_at, l.middle_name, l.phone_key"
    " FROM %lead_search f JOIN %lead l ON l.id = f.rowid WHERE f.lead_search MATCH ?1 AND l.trashed_at IS NULL"
    " ORDER BY f.rowid DESC LIMIT ?2";
constexpr const char* namedByHand = "SELECT id, name_key FROM %lead WHERE archived_at IS NULL AND trashed_at IS NULL"
                                    " AND name_key >= ?1 AND name_key < ?2 ORDER BY name_key, id LIMIT ?3";
constexpr const char* lastNamedByHand = "SELECT id, last_name_key FROM %lead WHERE archived_at IS NULL AND trashed_at IS NULL"
                                        " AND last_name_key >= ?1 AND last_name_key < ?2 ORDER BY last_name_key, id LIMIT ?3";
constexpr const char* shownByHand =
    "SELECT first_name, last_name, email, phone, linkedin_url, company_name, status_id FROM %lead WHERE id = ?1";
constexpr const char* companiesByHand =
    "SELECT c.id, c.name_key, c.domain, c.short_name FROM company_search f JOIN company c ON c.id = f.rowid"
    " WHERE f.company_search MATCH ?1 ORDER BY f.rowid DESC LIMIT ?2";
constexpr const char* companiesNamedByHand = "SELECT id, name_key FROM company WHERE name_key <> '' AND name_key >= ?1"
                                             " AND name_key < ?2 ORDER BY name_key LIMIT ?3";
constexpr const char* companyShownByHand =
    "SELECT name, domain, (SELECT count(*) FROM (SELECT 1 FROM lead WHERE company_id = ?1 AND trashed_at IS NULL LIMIT 200))"
    " FROM company WHERE id = ?1";
constexpr const char* textsByHand =
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

int drain(Statement rows, std::vector<std::int64_t>* ids = nullptr) {
    int read = 0;
    for (; rows.step(); ++read) {
        for (int column = 0; column < rows.columnCount(); ++column)
            static_cast<void>(rows.view(column));
        if (ids != nullptr)
            ids->push_back(rows.integer(0));
    }
    return read;
}

// As one would write it by hand: candidates, and the few of them that are shown.
class LeadsByHand {
public:
    explicit LeadsByHand(std::string_view schema)
        : m_newest(inSchema(newestByHand, schema)),
          m_named(inSchema(namedByHand, schema)),
          m_lastNamed(inSchema(lastNamedByHand, schema)),
          m_shown(inSchema(shownByHand, schema)) {}

    void operator()(Connection& db, const std::string& typed) const {
        std::vector<std::int64_t> ids;
        const SearchWords words(typed);
        drain(db.query(m_newest, matchOf(typed), candidates), &ids);
        for (const std::string& sql : {m_named, m_lastNamed})
            drain(db.query(sql, words.phrase, contact::afterPrefix(words.phrase), byName), &ids);
        ids.resize(std::min(ids.size(), std::size_t(limit)));
        for (const std::int64_t id : ids)
            drain(db.query(m_shown, id));
    }

private:
    std::string m_newest;
    std::string m_named;
    std::string m_lastNamed;
    std::string m_shown;
};

void companiesFoundByHand(Connection& db, const std::string& typed) {
    constexpr std::size_t shown = 4;
    std::vector<std::int64_t> ids;
    const SearchWords words(typed);
    drain(db.query(companiesByHand, matchOf(typed), candidates), &ids);
    drain(db.query(companiesNamedByHand, words.phrase, contact::afterPrefix(words.phrase), byName), &ids);
    ids.resize(std::min(ids.size(), shown));
    for (const std::int64_t id : ids)
        drain(db.query(companyShownByHand, id));
}

class SearchBench {
public:
    SearchBench(ServiceContext& context, bool withPlain)
        : m_context(context),
          m_random(7),
          m_withPlain(withPlain),
          m_questions(context, "search") {}

    Result<std::vector<Measurement>> run() {
        for (bool more = true; more;) { // all of it, so that every round finds the same
            OUTRIDER_ASSIGN(more, m_context.searchIndexer().step(std::chrono::milliseconds(500)));
        }
        try {
            OUTRIDER_TRY(m_questions.open());
            if (m_withPlain)
                copyPlain();
            choosePeople();
            chooseWords();
            chooseApart();
            OUTRIDER_TRY(askForLeads());
            OUTRIDER_TRY(askForCompanies());
            OUTRIDER_TRY(askForTexts());
            OUTRIDER_TRY(askThePalette());
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return std::move(m_questions).found();
    }

private:
    using Typed = std::function<std::string()>;
    using Asked = std::function<void(Connection&, const std::string&)>;

    struct Person {
        std::string first;
        std::string last;
        std::string domain;
    };

    const Person& pick() { return m_people[m_random.below(m_people.size())]; }
    const std::string& pick(const std::vector<std::string>& words) { return words[m_random.below(words.size())]; }

    std::string mistyped(std::string word) {
        const std::size_t at = 1 + m_random.below(word.size() - 2);
        std::swap(word[at], word[at + 1]);
        return word;
    }

    Connection& db() { return m_questions.hand(); }

    // Leads and their index beside it, without a key. Only of an invented workspace.
    void copyPlain() {
        QFile file(m_folder.filePath(QStringLiteral("plain.db")));
        if (file.open(QIODevice::WriteOnly)) // a connection that makes no files takes an empty one
            file.close();
        db().run("ATTACH ?1 AS plain KEY ''", file.fileName().toStdString());
        db().script(
            "CREATE TABLE plain.lead(id INTEGER PRIMARY KEY, trashed_at, archived_at, first_name, middle_name, last_name,"
            " name_key, last_name_key, company_name, company_key, job_title, email, email_key, phone, phone_key,"
            " linkedin_url, city, country, time_zone, status_id);"
            "INSERT INTO plain.lead SELECT id, trashed_at, archived_at, first_name, middle_name, last_name, name_key,"
            " last_name_key, company_name, company_key, job_title, email, email_key, phone, phone_key, linkedin_url, city,"
            " country, time_zone, status_id FROM main.lead;"
            "CREATE INDEX plain.lead_name ON lead(name_key, id) WHERE archived_at IS NULL AND trashed_at IS NULL;"
            "CREATE INDEX plain.lead_last_name ON lead(last_name_key, id)"
            " WHERE archived_at IS NULL AND trashed_at IS NULL;"
            "CREATE VIRTUAL TABLE plain.lead_search USING fts5(words, content='', contentless_delete=1, detail=none,"
            " prefix='1 2 3 4 5', tokenize='unicode61 remove_diacritics 2');"
            "INSERT INTO plain.lead_search(lead_search, rank) VALUES ('pgsz', 3900);"
            "INSERT INTO plain.lead_search(rowid, words) SELECT id, words FROM main.lead_words");
    }

    void choosePeople() {
        const auto first = db().integer("SELECT min(id) FROM lead");
        const auto last = db().integer("SELECT max(id) FROM lead");
        while (m_people.size() < people) {
            Statement row = db().query("SELECT first_name, last_name, email FROM lead WHERE id >= ?1 ORDER BY id LIMIT 1",
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
    }

    // Words of texts, by how many have them: more than one of 50, of 2000, fewer.
    void chooseWords() {
        const auto texts = db().integer("SELECT count(*) FROM text_search_docsize");
        std::array<std::vector<std::string>, 3> words;
        Statement rows =
            db().prepare("SELECT word FROM search_word WHERE length(word) BETWEEN 4 AND 12 ORDER BY random() LIMIT 3000");
        while (rows.step()) {
            const auto count =
                db().integer("SELECT count(*) FROM (SELECT 1 FROM text_search WHERE text_search MATCH ?1 LIMIT ?2)",
                             "\"" + rows.text(0) + "\"", texts / 50 + 1);
            if (count > 0)
                words[count > texts / 50 ? 0 : count > texts / 2000 ? 1 : 2].push_back(rows.text(0));
        }
        m_textWords = {{"common", words[0]}, {"middling", words[1]}, {"rare", words[2]}};
    }

    // Two first names: of a person with both there is none, as a rule.
    void chooseApart() {
        const auto common = [this](const std::string& query) {
            return db().integer("SELECT count(*) FROM (SELECT 1 FROM lead_search WHERE lead_search MATCH ?1 LIMIT 2000)", query)
                   == 2000;
        };
        for (int i = 0; i < 2000 && m_apart.size() < 100; ++i) {
            const std::string one = pick().first;
            const std::string other = pick().first;
            if (one != other && common(matchOf(one)) && common(matchOf(other))
                && SearchRepository(db()).leads(SearchWords(one + ' ' + other), limit).empty())
                m_apart.push_back(one + ' ' + other);
        }
    }

    Result<> ask(const std::string& metric, const Typed& typed, const Asked& ours, const Asked& byHand) {
        return m_questions.ask(metric, sameFile, [&] {
            const std::string words = typed();
            return Questions::Question{.ours = [&ours, words](Connection& db) { ours(db, words); },
                                       .byHand = [&byHand, words](Connection& db) { byHand(db, words); }};
        });
    }

    Result<> leads(const std::string& metric, const Typed& typed, bool corrected = false) {
        const Asked ours = [corrected](Connection& db, const std::string& words) {
            SearchRepository search(db);
            SearchWords wanted(words);
            if (search.leads(wanted, limit).size() < 3 && corrected)
                search.leads(search.corrected(std::move(wanted)), limit);
        };
        OUTRIDER_TRY(ask(metric, typed, ours, LeadsByHand("main.")));
        if (m_withPlain && !corrected)
            m_questions.askSeldom(metric + ", beside a plain file", plainCopy, plainRounds,
                                  [&, plain = LeadsByHand("plain.")]() -> Questions::Question {
                                      const std::string words = typed();
                                      return {.ours = [&ours, words](Connection& db) { ours(db, words); },
                                              .byHand = [&plain, words](Connection& db) { plain(db, words); }};
                                  });
        return {};
    }

    static std::string lettersOf(std::size_t length) { return std::to_string(length) + (length == 1 ? " letter" : " letters"); }

    Result<> askForLeads() {
        for (std::size_t length = 1; length <= 5; ++length)
            OUTRIDER_TRY(leads("lead by " + lettersOf(length), [this, length] {
                const Person& person = pick();
                return firstLetters(m_random.below(2) == 0 ? person.first : person.last, length);
            }));
        OUTRIDER_TRY(leads("lead by first name and three letters of the last", [this] {
            const Person& person = pick();
            return person.first + ' ' + firstLetters(person.last, 3);
        }));
        OUTRIDER_TRY(leads("lead by e-mail domain", [this] { return pick().domain; }));
        OUTRIDER_TRY(leads(
            "lead by a last name with two letters swapped", [this] { return mistyped(pick().last); }, true));
        if (!m_apart.empty())
            OUTRIDER_TRY(leads("lead by two common words that no lead has both of", [this] { return pick(m_apart); }));
        return {};
    }

    Result<> askForCompanies() {
        std::size_t letters = 0;
        return ask(
            "company by 1 to 5 letters", [this, &letters] { return firstLetters(pick().domain, letters++ % 5 + 1); },
            [](Connection& db, const std::string& typed) { SearchRepository(db).companies(SearchWords(typed), 4); },
            companiesFoundByHand);
    }

    Result<> askForTexts() {
        const Asked ours = [](Connection& db, const std::string& typed) { SearchRepository(db).texts(SearchWords(typed), 6); };
        const Asked byHand = [](Connection& db, const std::string& typed) { drain(db.query(textsByHand, matchOf(typed))); };
        for (const auto& [what, words] : m_textWords) {
            if (!words.empty())
                OUTRIDER_TRY(ask(
                    "text by a " + what + " word", [&, &some = words] { return pick(some); }, ours, byHand));
        }
        const auto& common = m_textWords.front().second;
        if (common.empty())
            return {};
        OUTRIDER_TRY(ask(
            "text by three letters", [&] { return firstLetters(pick(common), 3); }, ours, byHand));
        return ask(
            "text by two common words", [&] { return pick(common) + ' ' + pick(common); }, ours, byHand);
    }

    // All that the palette asks at once, typing errors included.
    Result<> askThePalette() {
        const Asked ours = [this](Connection& db, const std::string& typed) {
            ReadContext read(db, m_context.clock().now());
            SearchService::read(read, typed, {});
        };
        const Asked byHand = [leads = LeadsByHand("main.")](Connection& db, const std::string& typed) {
            leads(db, typed);
            companiesFoundByHand(db, typed);
            drain(db.query(textsByHand, matchOf(typed)));
        };
        for (std::size_t length = 1; length <= 5; ++length)
            OUTRIDER_TRY(ask(
                "everything the palette shows, " + lettersOf(length),
                [&] {
                    const Person& person = pick();
                    return firstLetters(m_random.below(2) == 0 ? person.first : person.last, length);
                },
                ours, byHand));
        return {};
    }

    ServiceContext& m_context;
    SeededRandom m_random;
    const bool m_withPlain;
    QTemporaryDir m_folder;
    Questions m_questions;
    std::vector<Person> m_people;
    std::vector<std::pair<std::string, std::vector<std::string>>> m_textWords;
    std::vector<std::string> m_apart;
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
