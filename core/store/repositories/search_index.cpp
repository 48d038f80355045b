// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/search_index.h"

#include "core/base/clock.h"
#include "core/contact/words.h"

#include <algorithm>

namespace outrider::store {

namespace {

constexpr int rowsAtOnce = 10; // between two looks at the watch
constexpr std::size_t longestWord = 64;
constexpr std::size_t mostKnown = 200000;
constexpr int leadKind = 1;
constexpr int activityKind = 2;
constexpr int messageKind = 3;

// Of leads only the words that are no numbers are listed; a number is not mistyped, it is wrong.
bool isListed(std::string_view word) {
    return word.size() >= 3 && word.size() <= 24
           && std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> distinctWords(std::string_view text) {
    std::vector<std::string> words = contact::wordsOf(text);
    for (std::string& word : words) {
        if (word.size() > longestWord)
            word.resize(longestWord);
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

constexpr const char* textViews[]{"", "", "activity_words", "message_words"};
constexpr const char* tables[]{"", "lead", "activity", "message"};

} // namespace

std::string SearchIndex::indexed(std::string_view text) { return joined(distinctWords(text)); }

void SearchIndex::learn(const std::vector<std::string>& words, KnownWords& known) {
    if (known.size() > mostKnown)
        known.clear();
    for (const std::string& word : words) {
        if (isListed(word) && known.insert(word).second)
            m_db.run("INSERT OR IGNORE INTO search_word(word) VALUES (?1)", word);
    }
}

void SearchIndex::indexText(int kind, std::int64_t id, bool isNew, KnownWords& known) {
    if (!isNew)
        m_db.run("DELETE FROM text_search WHERE rowid = ?1", id);
    std::vector<std::string> words;
    {
        Statement row = m_db.query(std::string("SELECT words FROM ") + textViews[kind] + " WHERE id = ?1", id);
        if (!row.step())
            return;
        words = distinctWords(row.view(0));
    }
    if (words.empty())
        return;
    m_db.run("INSERT INTO text_search(rowid, words) VALUES (?1, ?2)", id, joined(words));
    learn(words, known);
}

// Words of texts that are no more: those in no other text leave the list.
int SearchIndex::takeGone(KnownWords& known) {
    std::vector<std::int64_t> ids;
    std::string text;
    {
        Statement rows = m_db.query("SELECT id, words FROM search_gone ORDER BY id LIMIT ?1", rowsAtOnce);
        while (rows.step()) {
            ids.push_back(rows.integer(0));
            text.append(" ").append(rows.view(1));
        }
    }
    if (ids.empty())
        return 0;
    known.clear();
    for (const std::string& word : distinctWords(text)) {
        const std::string exactly = "\"" + word + "\"";
        if (isListed(word)
            && m_db.integer("SELECT EXISTS (SELECT 1 FROM lead_search WHERE lead_search MATCH ?1)"
                            " OR EXISTS (SELECT 1 FROM text_search WHERE text_search MATCH ?1)",
                            exactly)
                   == 0)
            m_db.run("DELETE FROM search_word WHERE word = ?1", word);
    }
    m_db.run("DELETE FROM search_gone WHERE id <= ?1", ids.back());
    return static_cast<int>(ids.size());
}

int SearchIndex::takeWaiting(KnownWords& known) {
    std::vector<std::pair<int, std::int64_t>> taken;
    {
        Statement rows = m_db.query("SELECT kind, row_id FROM search_waiting ORDER BY kind, row_id LIMIT ?1", rowsAtOnce);
        while (rows.step())
            taken.emplace_back(static_cast<int>(rows.integer(0)), rows.integer(1));
    }
    for (const auto& [kind, id] : taken) {
        if (kind == leadKind)
            learn(distinctWords(m_db.text("SELECT words FROM lead_words WHERE id = ?1", id)), known);
        else
            indexText(kind, id, false, known);
        m_db.run("DELETE FROM search_waiting WHERE kind = ?1 AND row_id = ?2", kind, id);
    }
    return static_cast<int>(taken.size());
}

int SearchIndex::takeNew(int kind, KnownWords& known) {
    std::vector<std::int64_t> ids;
    {
        Statement rows = m_db.query(std::string("SELECT id FROM ") + tables[kind]
                                        + " WHERE id > (SELECT upto FROM search_mark WHERE kind = ?1) ORDER BY id LIMIT ?2",
                                    kind, rowsAtOnce);
        while (rows.step())
            ids.push_back(rows.integer(0));
    }
    if (ids.empty())
        return 0;
    for (const std::int64_t id : ids) {
        if (kind == leadKind)
            learn(distinctWords(m_db.text("SELECT words FROM lead_words WHERE id = ?1", id)), known);
        else
            indexText(kind, id, true, known);
    }
    m_db.run("UPDATE search_mark SET upto = ?2 WHERE kind = ?1", kind, ids.back());
    return static_cast<int>(ids.size());
}

// A step of folding the segments of text_search together; whether there was something to fold.
bool SearchIndex::merge(int pages) {
    const auto before = m_db.integer("SELECT total_changes()");
    m_db.run("INSERT INTO text_search(text_search, rank) VALUES ('merge', ?1)", pages);
    return m_db.integer("SELECT total_changes()") - before > 1;
}

bool SearchIndex::advance(std::chrono::milliseconds budget, KnownWords& known) {
    const Stopwatch watch;
    const auto limit = double(budget.count());
    const auto step = [&] {
        if (const int gone = takeGone(known); gone > 0)
            return gone;
        if (const int waiting = takeWaiting(known); waiting > 0)
            return waiting;
        for (const int kind : {messageKind, activityKind, leadKind}) {
            if (const int taken = takeNew(kind, known); taken > 0)
                return taken;
        }
        return 0;
    };
    bool more = true;
    while (more && watch.milliseconds() < limit)
        more = step() > 0;
    // Every step leaves a segment; folding some pages each time keeps their number small.
    const bool folded = merge(std::max(8, static_cast<int>(budget.count()) * 2));
    return more || folded;
}

bool SearchIndex::hasWork() {
    return m_db.integer("SELECT EXISTS (SELECT 1 FROM search_gone) OR EXISTS (SELECT 1 FROM search_waiting)"
                        " OR EXISTS (SELECT 1 FROM message WHERE id > (SELECT upto FROM search_mark WHERE kind = 3))"
                        " OR EXISTS (SELECT 1 FROM activity WHERE id > (SELECT upto FROM search_mark WHERE kind = 2))"
                        " OR EXISTS (SELECT 1 FROM lead WHERE id > (SELECT upto FROM search_mark WHERE kind = 1))")
           != 0;
}

void SearchIndex::rebuild() {
    for (const std::string table : {"lead", "company"}) {
        m_db.run("INSERT INTO " + table + "_search(" + table + "_search) VALUES ('delete-all')");
        m_db.run("INSERT INTO " + table + "_search(rowid, words) SELECT id, words FROM " + table + "_words");
    }
    m_db.script("INSERT INTO text_search(text_search) VALUES ('delete-all');"
                "DELETE FROM search_word; DELETE FROM search_gone; DELETE FROM search_waiting;"
                "UPDATE search_mark SET upto = 0");
}

namespace {

// Lets a read-only connection make temporary tables, which live in memory; the file stays as it is.
class TemporaryTables {
public:
    explicit TemporaryTables(Connection& db) : m_db(db), m_wasQueryOnly(db.integer("PRAGMA query_only") != 0) {
        m_db.script("PRAGMA query_only = OFF");
    }
    ~TemporaryTables() {
        try {
            m_db.script("DROP TABLE IF EXISTS temp.search_is; DROP TABLE IF EXISTS temp.search_should_terms;"
                        "DROP TABLE IF EXISTS temp.search_should");
            m_db.script(m_wasQueryOnly ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF");
        } catch (const StoreException&) { // NOLINT(bugprone-empty-catch): the connection is beyond help
        }
    }
    TemporaryTables(const TemporaryTables&) = delete;
    TemporaryTables& operator=(const TemporaryTables&) = delete;

private:
    Connection& m_db;
    const bool m_wasQueryOnly;
};

// A number for a set of (term, row) whatever their order: two indexes with the same number say the same.
struct Digest {
    std::uint64_t sum = 0;
    std::int64_t count = 0;

    void add(std::string_view term, std::int64_t row) {
        std::uint64_t hash = 0xcbf29ce484222325U ^ (std::uint64_t(row) * 0x9E3779B97F4A7C15U); // FNV-1a from there
        for (const char c : term)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        hash ^= hash >> 29;
        sum += hash * 0xBF58476D1CE4E5B9U;
        ++count;
    }
    bool operator==(const Digest&) const = default;
};

void addTerms(Connection& db, const char* vocabulary, Digest& digest) {
    Statement rows = db.prepare(std::string("SELECT term, doc FROM temp.") + vocabulary);
    while (rows.step())
        digest.add(rows.view(0), rows.integer(1));
}

// What the index says, and what one made anew of the same rows would; the latter a few thousand rows at a time.
bool sameTerms(Connection& db, const std::string& index, const std::string& source) {
    constexpr int batch = 5000;
    Digest is;
    db.script("CREATE VIRTUAL TABLE temp.search_is USING fts5vocab(main, " + index + ", instance)");
    addTerms(db, "search_is", is);
    db.script("DROP TABLE temp.search_is;"
              "CREATE VIRTUAL TABLE temp.search_should USING fts5(words, content='', detail=none, columnsize=0,"
              " tokenize='unicode61 remove_diacritics 2');"
              "CREATE VIRTUAL TABLE temp.search_should_terms USING fts5vocab(temp, search_should, instance)");
    Digest should;
    int inBatch = 0;
    const bool isText = index == "text_search";
    const auto flush = [&] {
        addTerms(db, "search_should_terms", should);
        db.run("INSERT INTO temp.search_should(search_should) VALUES ('delete-all')");
        inBatch = 0;
    };
    {
        Statement rows = db.prepare(source);
        Statement insert = db.prepare("INSERT INTO temp.search_should(rowid, words) VALUES (?1, ?2)");
        while (rows.step()) {
            insert.bind(rows.integer(0), isText ? SearchIndex::indexed(rows.view(1)) : rows.text(1));
            insert.run();
            if (++inBatch == batch)
                flush();
        }
    }
    flush();
    db.script("DROP TABLE temp.search_should_terms; DROP TABLE temp.search_should");
    return is == should;
}

} // namespace

std::vector<std::string> SearchIndex::examine() {
    constexpr int mostLines = 20;
    std::vector<std::string> found;
    const auto report = [&](const std::string& what, const std::string& sql) {
        Statement rows = m_db.query(sql + " LIMIT ?1", mostLines);
        while (rows.step())
            found.push_back(what + ": " + rows.text(0));
    };
    for (const std::string table : {"lead", "company"}) {
        report("search index lacks " + table,
               "SELECT id FROM " + table + " WHERE id NOT IN (SELECT rowid FROM " + table + "_search)");
        report("search index of no " + table,
               "SELECT rowid FROM " + table + "_search WHERE rowid NOT IN (SELECT id FROM " + table + ")");
    }
    const std::string texts =
        "SELECT id, words FROM activity_words WHERE id <= (SELECT upto FROM search_mark WHERE kind = 2)"
        " AND id NOT IN (SELECT row_id FROM search_waiting WHERE kind = 2)"
        " UNION ALL SELECT id, words FROM message_words WHERE id <= (SELECT upto FROM search_mark WHERE kind = 3)"
        " AND id NOT IN (SELECT row_id FROM search_waiting WHERE kind = 3)";
    report("search index of no text",
           "SELECT f.rowid FROM text_search f WHERE NOT EXISTS (SELECT 1 FROM activity_words a"
           " WHERE a.id = f.rowid) AND NOT EXISTS (SELECT 1 FROM message_words m WHERE m.id = f.rowid)");
    if (!found.empty())
        return found;
    const TemporaryTables temporary(m_db);
    if (!sameTerms(m_db, "lead_search", "SELECT id, words FROM lead_words"))
        found.emplace_back("search index of leads: not the words of the leads");
    if (!sameTerms(m_db, "company_search", "SELECT id, words FROM company_words"))
        found.emplace_back("search index of companies: not the words of the companies");
    if (m_db.integer("SELECT EXISTS (SELECT 1 FROM search_waiting WHERE kind > 1)") == 0
        && !sameTerms(m_db, "text_search", texts))
        found.emplace_back("search index of texts: not the words of the notes and mails");
    return found;
}

} // namespace outrider::store
