// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/search_repository.h"

#include "core/base/clock.h"
#include "core/contact/text.h"
#include "core/contact/words.h"
#include "core/domain/contact_point.h"
#include "core/domain/lead.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>

namespace outrider::store {

namespace {

constexpr std::size_t shortestInText = 3;
constexpr std::size_t shortestCorrected = 4;
constexpr std::size_t correctedLetters = 12; // of a long word, the beginning is where it differs
constexpr int commonRows = 2000;             // have a word that begins so: it is common
constexpr int rareRows = 400;     // so few that reading them costs less than asking what another word has in common with them
constexpr int mostWords = 24;     // a common beginning is put in terms of
constexpr int mostSpellings = 12; // of one word
constexpr int newest = 64;        // candidates
constexpr int firstByName = 8;
constexpr int mostWalked = 600;   // rows looked at to find candidates
constexpr int mostTexts = 500;    // texts, which are longer
constexpr int fewestTexts = 64;   // are looked at, however long they take
constexpr int firstWindow = 1024; // rows of the rarest of several common words, in which all are looked for first
constexpr double mostWalkedMs = 5;
constexpr double mostWeighedMs = 2; // finding out which rows have other spellings of a word
constexpr auto anyRow = std::numeric_limits<std::int64_t>::max();

constexpr std::array probes{
    "SELECT count(*) FROM (SELECT 1 FROM lead_search WHERE lead_search MATCH ?1 LIMIT ?2)",
    "SELECT count(*) FROM (SELECT 1 FROM company_search WHERE company_search MATCH ?1 LIMIT ?2)",
    "SELECT count(*) FROM (SELECT 1 FROM text_search WHERE text_search MATCH ?1 LIMIT ?2)",
};
// The row so many after the newest before ?2: where a window of that many ends.
constexpr std::array windowEnds{
    "SELECT rowid FROM lead_search WHERE lead_search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT 1 OFFSET ?3",
    "SELECT rowid FROM company_search WHERE company_search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT 1 OFFSET ?3",
    "SELECT rowid FROM text_search WHERE text_search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT 1 OFFSET ?3",
};

constexpr const char* leadColumns = // what ranks it
    "SELECT l.id, l.name_key, l.last_name_key, l.company_key, l.email, l.job_title, l.archived_at IS NOT NULL,"
    " l.trashed_at IS NOT NULL, l.middle_name, l.phone_key";
constexpr const char* leadShown =
    "SELECT first_name, last_name, email, phone, linkedin_url, company_name, status_id FROM lead WHERE id = ?1";
const std::string newestLeads = std::string(leadColumns)
                                + " FROM lead_search f JOIN lead l ON l.id = f.rowid"
                                  " WHERE f.lead_search MATCH ?1 AND f.rowid >= ?3 AND f.rowid < ?4"
                                  " ORDER BY f.rowid DESC LIMIT ?2";
constexpr const char* otherContacts = "SELECT kind, value, key FROM contact_point WHERE lead_id = ?1";
// Who is called so; answered by the index alone.
constexpr const char* leadsByName = "SELECT l.id, l.name_key FROM lead l WHERE l.archived_at IS NULL AND l.trashed_at IS NULL"
                                    " AND l.name_key >= ?1 AND l.name_key < ?2 ORDER BY l.name_key, l.id LIMIT ?3";
constexpr const char* leadsByLastName =
    "SELECT l.id, l.last_name_key FROM lead l WHERE l.archived_at IS NULL AND l.trashed_at IS NULL"
    " AND l.last_name_key >= ?1 AND l.last_name_key < ?2 ORDER BY l.last_name_key, l.id LIMIT ?3";
constexpr const char* newestCompanies =
    "SELECT c.id, c.name_key, c.domain, c.short_name FROM company_search f JOIN company c ON c.id = f.rowid"
    " WHERE f.company_search MATCH ?1 AND f.rowid >= ?3 AND f.rowid < ?4 ORDER BY f.rowid DESC LIMIT ?2";
constexpr const char* companiesByName = "SELECT c.id, c.name_key FROM company c WHERE c.name_key <> ''"
                                        " AND c.name_key >= ?1 AND c.name_key < ?2 ORDER BY c.name_key LIMIT ?3";
constexpr const char* companyShown = "SELECT name, domain FROM company WHERE id = ?1";
constexpr const char* companyLeads =
    "SELECT count(*) FROM (SELECT 1 FROM lead WHERE company_id = ?1 AND trashed_at IS NULL LIMIT ?2)";
constexpr const char* strategyNames = "SELECT id, name FROM strategy ORDER BY state = 2, name_key"; // a few dozen
constexpr const char* strategyLeads =
    "SELECT count(*) FROM (SELECT 1 FROM enrolment WHERE strategy_id = ?1 AND state IN (0, 1) LIMIT ?2)";
constexpr const char* newestTexts = "SELECT rowid FROM text_search WHERE text_search MATCH ?1 AND rowid >= ?3 AND rowid < ?4"
                                    " ORDER BY rowid DESC LIMIT ?2";
constexpr const char* activityText =
    "SELECT a.id, 0, a.lead_id, a.at, a.subject, a.text, l.first_name, l.last_name, l.email, l.phone"
    " FROM activity a JOIN lead l ON l.id = a.lead_id WHERE a.id = ?1 AND l.trashed_at IS NULL";
constexpr const char* messageText =
    "SELECT (SELECT a.id FROM activity a WHERE a.lead_id = m.lead_id AND a.message_id = m.id LIMIT 1), m.id, m.lead_id,"
    " m.at, m.subject, m.text, l.first_name, l.last_name, l.email, l.phone"
    " FROM message m JOIN lead l ON l.id = m.lead_id WHERE m.id = ?1 AND l.trashed_at IS NULL";
constexpr const char* wordsFrom = "SELECT word FROM search_word WHERE word >= ?1 AND word < ?2 ORDER BY word LIMIT ?3";
constexpr const char* leadsWithoutWords =
    "SELECT EXISTS (SELECT 1 FROM lead WHERE id > (SELECT upto FROM search_mark WHERE kind = 1))"
    " OR EXISTS (SELECT 1 FROM search_waiting WHERE kind = 1)";
constexpr const char* unindexedTexts =
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM activity WHERE id > (SELECT upto FROM search_mark WHERE kind = 2) LIMIT ?1))"
    " + (SELECT count(*) FROM (SELECT 1 FROM message WHERE id > (SELECT upto FROM search_mark WHERE kind = 3) LIMIT ?1))"
    " + (SELECT count(*) FROM (SELECT 1 FROM search_waiting WHERE kind > 1 LIMIT ?1))";

std::size_t letterCount(std::string_view word) {
    return static_cast<std::size_t>(
        std::count_if(word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool hasDigit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Quoted: FTS5's own language (AND, NEAR, ^, :) stays out of what people type.
std::string beginning(const std::string& word) { return "\"" + word + "\"*"; }

// Where a word was found counts: a name before an address, an address before a title; the whole word before its
// beginning; a corrected one last. Parts are asked in the order of their weight, folded only when asked.
class Ranking {
public:
    explicit Ranking(const SearchWords& words) : m_words(words) {}

    struct Part {
        int weight;
        std::string_view text;
        bool isFolded;
    };
    // Nothing when one of the words is in none of the parts.
    template <std::size_t N>
    std::optional<int> operator()(const std::array<Part, N>& parts) const {
        std::array<std::string, N> folded;
        int score = 0;
        for (const SearchWords::Word& word : m_words.words) {
            int best = 0;
            for (std::size_t i = 0; i < N && best < parts[i].weight * whole; ++i) {
                if (!parts[i].isFolded && folded[i].empty())
                    folded[i] = contact::unaccented(parts[i].text);
                const std::string_view text = parts[i].isFolded ? parts[i].text : std::string_view(folded[i]);
                const contact::WordFit fit = contact::wordFit(text, word.text);
                if (fit != contact::WordFit::None)
                    best = std::max(best, parts[i].weight * (fit == contact::WordFit::Whole ? whole : begins));
                for (const std::string& other : word.others) {
                    if (best == 0 && contact::wordFit(text, other) != contact::WordFit::None)
                        best = parts[i].weight;
                }
            }
            if (best == 0)
                return std::nullopt;
            score += best;
        }
        return score;
    }

private:
    static constexpr int whole = 8;
    static constexpr int begins = 6;
    const SearchWords& m_words;
};
constexpr int namedSo = 10; // the name as it is written begins as typed

// The best, of equal ones the youngest.
template <typename Ranked>
std::vector<Ranked> best(std::vector<Ranked> found, int limit) {
    std::sort(found.begin(), found.end(),
              [](const Ranked& a, const Ranked& b) { return a.score != b.score ? a.score > b.score : a.id > b.id; });
    found.resize(std::min(found.size(), static_cast<std::size_t>(limit)));
    return found;
}

// The words around the first match, one line.
std::string excerpt(std::string_view text, const SearchWords& words) {
    constexpr std::size_t before = 30;
    constexpr std::size_t length = 90;
    const std::string flat = contact::collapsed(text);
    const std::string lower = contact::asciiLower(flat);
    auto at = std::string::npos;
    for (const SearchWords::Word& word : words.words) {
        at = std::min(at, lower.find(word.text));
        for (const std::string& other : word.others)
            at = std::min(at, lower.find(other));
    }
    at = at == std::string::npos || at < before ? 0 : at - before;
    while (at > 0 && at < flat.size() && (static_cast<unsigned char>(flat[at]) & 0xC0) == 0x80)
        --at; // not in the middle of a character
    std::string out = flat.substr(at, length);
    while (!out.empty() && at + out.size() < flat.size() && (static_cast<unsigned char>(flat[at + out.size()]) & 0xC0) == 0x80)
        out.pop_back();
    return (at > 0 ? "…" : "") + out + (at + out.size() < flat.size() ? "…" : "");
}

} // namespace

int SearchRepository::rowsWith(Index index, const std::string& beginning) {
    return static_cast<int>(m_db.integer(probes[std::size_t(index)], outrider::store::beginning(beginning), commonRows));
}

// The words themselves where few rows have one that begins so, else what the index can read from its newest row on.
SearchRepository::Term SearchRepository::term(Index index, const std::string& word, bool isAlone) {
    const std::string first = firstLetters(word, SearchWords::longestTerm);
    if (isAlone && first == word)
        return {.query = beginning(word)};
    if (const int rows = rowsWith(index, first); rows < commonRows)
        return {.query = beginning(word), .isRare = rows < rareRows};
    if (first == word || hasDigit(word)) // few words have the same long beginning with a digit in it
        return {.query = beginning(word)};
    if (index != Index::Company && !(index == Index::Lead && m_db.integer(leadsWithoutWords) != 0)) {
        std::string terms;
        int count = 0;
        Statement rows = m_db.query(wordsFrom, word, contact::afterPrefix(word), mostWords + 1);
        for (; rows.step(); ++count)
            terms += (terms.empty() ? "\"" : " OR \"") + rows.text(0) + "\"";
        if (count > 0 && count <= mostWords)
            return {.query = terms};
    }
    return {.query = beginning(first), .isCut = true};
}

SearchRepository::Plan SearchRepository::plan(Index index, const SearchWords& words) {
    // One word that few have leads to the rows, and the others are judged there: to find what it has in common with a
    // word that all have, FTS5 would read the latter's million rows.
    Plan rare;
    Plan common;
    const auto join = [](std::string& query, const std::string& term) { query += (query.empty() ? "(" : " AND (") + term + ")"; };
    for (const SearchWords::Word& word : words.words) {
        if (index == Index::Text && letterCount(word.text) < shortestInText) {
            rare.isSuperset = common.isSuperset = true;
            continue;
        }
        const bool isAlone = words.words.size() == 1 && word.others.empty();
        Term all = term(index, word.text, isAlone);
        const Stopwatch watch;
        bool isFirst = true;
        for (const std::string& other : word.others) { // the likeliest come first
            if (!std::exchange(isFirst, false) && watch.milliseconds() >= mostWeighedMs) {
                m_mayHaveMore = true;
                break;
            }
            const Term more = term(index, other, false);
            all = {all.query + " OR " + more.query, all.isRare && more.isRare, all.isCut || more.isCut};
        }
        if (all.isRare)
            join(rare.query, all.query);
        else
            rare.isSuperset = true;
        join(common.query, all.query);
        common.terms.push_back(all.query);
        std::string uncut = beginning(word.text);
        for (const std::string& other : word.others)
            uncut += " OR " + beginning(other);
        join(common.uncut, uncut);
        common.isSuperset = common.isSuperset || all.isCut;
    }
    Plan& chosen = rare.query.empty() ? common : rare;
    if (!chosen.isSuperset || chosen.terms.size() > 1) // several are few enough when taken together
        chosen.uncut.clear();
    if (!words.digits.empty() && index == Index::Lead)
        chosen.query = "(" + chosen.query + ") OR " + beginning(firstLetters(words.digits, SearchWords::longestTerm));
    chosen.isSuperset = chosen.isSuperset || words.digits.size() > SearchWords::longestTerm;
    return chosen;
}

// Newest first; until `take` says that it has enough. Words that many rows have are looked for together in one window
// of rows after another: FTS5 would read the lists of both to their ends to say that they share nothing. Whether all that
// there are were looked at, or enough.
template <typename Take>
bool SearchRepository::walk(Index index, const Plan& plan, const std::string& sql, int most, Take take) {
    if (plan.terms.size() < 2) {
        take(m_db.query(sql, plan.query, most, 0, anyRow));
        return true;
    }
    const std::string windowEnd = windowEnds[std::size_t(index)];
    const auto endOf = [&](const std::string& term, std::int64_t before, int rows) {
        return m_db.integer(windowEnd, term, before, rows);
    };
    const Stopwatch watch;
    std::string rarest;
    std::int64_t end = anyRow;
    for (const std::string& term : plan.terms) {
        if (const std::int64_t at = endOf(term, anyRow, firstWindow); at < end) {
            rarest = term;
            end = at;
        }
    }
    std::int64_t before = anyRow;
    double rows = firstWindow;
    for (double began = 0; !take(m_db.query(sql, plan.query, most, end, before)) && end > 0;) {
        const double now = watch.milliseconds();
        if (now >= mostWalkedMs)
            return false;
        rows *= std::clamp((mostWalkedMs - now) / std::max(now - began, 0.1), 0.25, 8.0);
        began = now;
        before = end;
        end = endOf(rarest, before, static_cast<int>(rows));
    }
    return true;
}

// A lead's second addresses and numbers as one text, and whether one of the numbers begins as typed.
SearchRepository::Others SearchRepository::others(std::int64_t lead, const SearchWords& words) {
    Others others;
    Statement rows = m_db.query(otherContacts, lead);
    while (rows.step()) {
        if (rows.value<ContactKind>(0) == ContactKind::Email) {
            others.text.append(" ").append(rows.view(1));
        } else if (rows.value<ContactKind>(0) == ContactKind::Phone) {
            others.text.append(" ").append(rows.view(2)).append(" ").append(contact::nationalDigits(rows.view(2)));
            others.hasNumber = others.hasNumber || words.hasNumber(rows.view(2));
        }
    }
    return others;
}

// Those whose name, as it is written, begins as typed.
void SearchRepository::takeNamed(const char* sql, const SearchWords& words, std::unordered_set<std::int64_t>& seen,
                                 std::vector<Ranked>& found) {
    const Ranking rank(words);
    Statement rows = m_db.query(sql, words.phrase, contact::afterPrefix(words.phrase), firstByName);
    while (rows.step()) {
        const std::optional<int> score = rank(std::array<Ranking::Part, 1>{{{6, rows.view(1), true}}});
        if (score && seen.insert(rows.integer(0)).second)
            found.push_back({*score + namedSo, rows.integer(0)});
    }
}

std::vector<SearchHit> SearchRepository::leads(const SearchWords& words, int limit) {
    if (words.empty() || limit <= 0)
        return {};
    const Ranking rank(words);
    std::vector<Ranked> found;
    std::unordered_set<std::int64_t> seen;
    const auto take = [&](Statement& rows, int& room, bool isSuperset) { // how many were read
        int read = 0;
        for (; room > 0 && rows.step(); ++read) {
            const std::int64_t id = rows.integer(0);
            if (rows.integer(7) != 0 || !seen.insert(id).second)
                continue;
            const auto rankWith = [&](std::string_view others) {
                return rank(std::array<Ranking::Part, 8>{{{6, rows.view(1), true},
                                                          {3, rows.view(4), false},
                                                          {3, rows.view(3), true},
                                                          {2, rows.view(5), false},
                                                          {2, rows.view(8), false},
                                                          {2, others, false},
                                                          {1, rows.view(9), true},
                                                          {1, contact::nationalDigits(rows.view(9)), true}}});
            };
            std::optional<int> rankOfWords = rankWith({});
            if (!rankOfWords && !words.hasNumber(rows.view(9))) {
                const Others others = this->others(id, words);
                rankOfWords = others.text.empty() ? std::nullopt : rankWith(others.text);
                if (isSuperset && !rankOfWords && !others.hasNumber)
                    continue;
            }
            --room;
            int score = rankOfWords.value_or(0);
            if (rows.view(1).starts_with(words.phrase) || rows.view(2).starts_with(words.phrase))
                score += namedSo;
            if (rows.integer(6) != 0)
                score /= 2; // archived: after the others
            found.push_back({score, id});
        }
        return read;
    };
    const int walked = std::max(mostWalked, limit);
    bool wasCut = false; // there are rows that were not looked at
    const auto takeNewest = [&](const Plan& plan) {
        wasCut = false;
        int room = plan.terms.size() > 1 ? 2 * limit : std::max(newest, limit);
        const bool isAll = walk(Index::Lead, plan, newestLeads, walked, [&](Statement&& rows) {
            wasCut = take(rows, room, plan.isSuperset) == walked || wasCut;
            return room == 0;
        });
        wasCut = wasCut || !isAll;
    };
    const Plan plan = this->plan(Index::Lead, words);
    takeNewest(plan);
    if (!plan.uncut.empty() && static_cast<int>(found.size()) < limit) // not so common as its first letters are
        takeNewest({.query = plan.uncut});
    m_mayHaveMore = m_mayHaveMore || (wasCut && static_cast<int>(found.size()) < limit);
    for (const char* sql : {leadsByName, leadsByLastName})
        takeNamed(sql, words, seen, found);
    std::vector<SearchHit> hits;
    for (const Ranked& one : best(std::move(found), limit)) {
        Statement row = m_db.query(leadShown, one.id);
        row.step();
        Lead lead;
        lead.firstName = row.text(0);
        lead.lastName = row.text(1);
        lead.email = row.text(2);
        lead.phone = row.text(3);
        lead.linkedinUrl = row.text(4);
        lead.companyName = row.text(5);
        SearchHit hit;
        hit.lead = LeadId{one.id};
        hit.title = displayName(lead);
        hit.detail = lead.companyName;
        hit.status = row.id<StatusId>(6);
        hits.push_back(std::move(hit));
    }
    return hits;
}

std::vector<SearchHit> SearchRepository::companies(const SearchWords& words, int limit) {
    if (words.empty() || limit <= 0)
        return {};
    const Ranking rank(words);
    std::vector<Ranked> found;
    std::unordered_set<std::int64_t> seen;
    const auto take = [&](Statement& rows, int& room, bool isSuperset) {
        while (room > 0 && rows.step()) {
            if (!seen.insert(rows.integer(0)).second)
                continue;
            const std::optional<int> score =
                rank(std::array<Ranking::Part, 3>{{{6, rows.view(1), true}, {3, rows.view(2), false}, {3, rows.view(3), false}}});
            if (isSuperset && !score)
                continue;
            --room;
            found.push_back({score.value_or(0) + (rows.view(1).starts_with(words.phrase) ? namedSo : 0), rows.integer(0)});
        }
    };
    const auto takeNewest = [&](const Plan& plan) {
        int room = std::max(newest, limit);
        const bool isAll = walk(Index::Company, plan, newestCompanies, std::max(mostWalked, limit), [&](Statement&& rows) {
            take(rows, room, plan.isSuperset);
            return room == 0;
        });
        m_mayHaveMore = m_mayHaveMore || (!isAll && static_cast<int>(found.size()) < limit);
    };
    const Plan plan = this->plan(Index::Company, words);
    takeNewest(plan);
    if (!plan.uncut.empty() && static_cast<int>(found.size()) < limit)
        takeNewest({.query = plan.uncut});
    takeNamed(companiesByName, words, seen, found);
    std::vector<SearchHit> hits;
    for (const Ranked& one : best(std::move(found), limit)) {
        Statement row = m_db.query(companyShown, one.id);
        row.step();
        SearchHit hit{
            .kind = SearchHit::Kind::Company, .company = CompanyId{one.id}, .title = row.text(0), .detail = row.text(1)};
        if (hit.title.empty())
            hit.title = hit.detail;
        hit.count = static_cast<int>(m_db.integer(companyLeads, hit.company, mostCounted));
        hits.push_back(std::move(hit));
    }
    return hits;
}

std::vector<SearchHit> SearchRepository::strategies(const SearchWords& words, int limit) {
    std::vector<SearchHit> hits;
    if (words.empty())
        return hits;
    Statement rows = m_db.prepare(strategyNames);
    while (static_cast<int>(hits.size()) < limit && rows.step()) {
        if (contact::unaccented(rows.view(1)).find(words.phrase) != std::string::npos)
            hits.push_back({.kind = SearchHit::Kind::Strategy, .strategy = rows.id<StrategyId>(0), .title = rows.text(1)});
    }
    for (SearchHit& hit : hits)
        hit.count = static_cast<int>(m_db.integer(strategyLeads, hit.strategy, mostCounted));
    return hits;
}

std::vector<SearchHit> SearchRepository::texts(const SearchWords& words, int limit) {
    std::vector<SearchHit> hits;
    const Plan plan = this->plan(Index::Text, words);
    if (plan.query.empty() || limit <= 0)
        return hits;
    const auto hasEnough = [&] { return static_cast<int>(hits.size()) >= limit; };
    const Stopwatch watch;
    int looked = 0;
    bool isLate = false;
    const bool isAll = walk(Index::Text, plan, newestTexts, std::max(mostTexts, limit), [&](Statement&& ids) {
        while (!hasEnough() && !isLate && ids.step()) {
            takeText(ids.integer(0), plan, words, hits);
            isLate = ++looked >= fewestTexts && watch.milliseconds() >= mostWalkedMs;
        }
        return hasEnough() || isLate;
    });
    m_mayHaveMore = m_mayHaveMore || ((isLate || !isAll) && !hasEnough());
    return hits;
}

void SearchRepository::takeText(std::int64_t id, const Plan& plan, const SearchWords& words, std::vector<SearchHit>& hits) {
    for (const char* sql : {activityText, messageText}) {
        Statement row = m_db.query(sql, id);
        if (!row.step())
            continue;
        const std::string text = row.text(5);
        if (plan.isSuperset && !words.find(row.text(4) + ' ' + text))
            return;
        Lead lead;
        lead.firstName = row.text(6);
        lead.lastName = row.text(7);
        lead.email = row.text(8);
        lead.phone = row.text(9);
        SearchHit hit;
        hit.kind = SearchHit::Kind::Text;
        hit.activity = row.id<ActivityId>(0);
        hit.message = row.id<MessageId>(1);
        hit.lead = row.id<LeadId>(2);
        hit.at = row.instant(3);
        hit.title = excerpt(text.empty() || !words.find(text) ? row.text(4) + ' ' + text : text, words);
        hit.detail = displayName(lead);
        hits.push_back(std::move(hit));
        return;
    }
}

int SearchRepository::unindexed(int most) {
    return static_cast<int>(std::min<std::int64_t>(m_db.integer(unindexedTexts, most), most));
}

std::vector<std::string> SearchRepository::spellings(const std::string& word) {
    std::vector<std::string> found;
    const auto tryOne = [&](const std::string& spelling) {
        if (spelling == word || static_cast<int>(found.size()) >= mostSpellings)
            return;
        Statement row = m_db.query(wordsFrom, spelling, contact::afterPrefix(spelling), 1);
        if (row.step() && std::find(found.begin(), found.end(), spelling) == found.end())
            found.push_back(spelling);
    };
    const std::size_t length = std::min(word.size(), correctedLetters);
    const auto isLetter = [&word](std::size_t at) { return static_cast<unsigned char>(word[at]) < 0x80; };
    for (std::size_t at = 0; at + 1 < length; ++at) { // two letters swapped: the likeliest
        if (isLetter(at) && isLetter(at + 1)) {
            std::string spelling = word;
            std::swap(spelling[at], spelling[at + 1]);
            tryOne(spelling);
        }
    }
    for (std::size_t at = 0; at < length; ++at) { // one too many
        if (isLetter(at))
            tryOne(std::string(word).erase(at, 1));
    }
    for (std::size_t at = 0; at < length; ++at) { // one missing; at the end, one always is
        for (char c = 'a'; isLetter(at) && c <= 'z'; ++c)
            tryOne(std::string(word).insert(at, 1, c));
    }
    for (std::size_t at = length; at-- > 0;) { // another one
        for (char c = 'a'; isLetter(at) && c <= 'z'; ++c) {
            std::string spelling = word;
            spelling[at] = c;
            tryOne(spelling);
        }
    }
    return found;
}

SearchWords SearchRepository::corrected(SearchWords words) {
    for (SearchWords::Word& word : words.words) {
        if (letterCount(word.text) >= shortestCorrected && !hasDigit(word.text))
            word.others = spellings(word.text);
    }
    return words;
}

std::vector<std::string> SearchRepository::statements() {
    std::vector<std::string> all{leadShown,         companyShown,    newestLeads,     leadsByName,  leadsByLastName,
                                 otherContacts,     newestCompanies, companiesByName, companyLeads, strategyNames,
                                 strategyLeads,     newestTexts,     activityText,    messageText,  wordsFrom,
                                 leadsWithoutWords, unindexedTexts};
    all.insert(all.end(), probes.begin(), probes.end());
    all.insert(all.end(), windowEnds.begin(), windowEnds.end());
    return all;
}

} // namespace outrider::store
