// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/search_hit.h"
#include "core/store/repositories/search_words.h"
#include "core/store/sqlite/connection.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace outrider::store {

// Finding while typing. Every question walks a bounded number of rows, so that one letter in a million leads costs
// what a whole name does:
//
//   a word of up to five letters   is a term of the index, read from its newest row on
//   a longer one                   is rare as a rule, and read whole; where its first five letters are common, it is put in
//                                  terms of the few words that begin so, or else cut to five letters and judged on the row
//   several words                  the one that few rows have leads to them, the others are judged there; when all are
//                                  common FTS5 finds what they share, some rows of the rarest at a time and for some
//                                  milliseconds; mayHaveMore() then says that there may be what was not looked at
//   candidates                     the newest some dozen, and who comes first by name; ranked by what of them was
//                                  found, then by age. Never bm25, which reads every row that has the word.
//   a word typed wrong             when little is found: every spelling one letter away (missing, too many, another,
//                                  two swapped; words of four letters and more) is looked up in the list of words,
//                                  some hundred seeks in one B-tree, and what occurs is searched for besides
//
// A word cut to five letters, of which the rows looked at have too few, is then read whole.
//
// Texts are found from three letters on, and as far as the idle lane has come (search_index.h).
class SearchRepository {
public:
    explicit SearchRepository(Connection& db) : m_db(db) {}

    // The best first. Not what is in the trash.
    std::vector<SearchHit> leads(const SearchWords& words, int limit);
    std::vector<SearchHit> companies(const SearchWords& words, int limit);
    std::vector<SearchHit> strategies(const SearchWords& words, int limit); // what was typed is anywhere in the name
    std::vector<SearchHit> texts(const SearchWords& words, int limit);      // the newest first

    // A hit's leads are counted up to here.
    static constexpr int mostCounted = SearchHit::mostCounted;

    // With the spellings one letter away that occur; the same words when none does.
    SearchWords corrected(SearchWords words);

    // Whether one of the searches so far found too little and had to stop before it had looked at everything.
    bool mayHaveMore() const { return m_mayHaveMore; }

    // How many texts are written and not yet indexed; `most` means that many or more.
    int unindexed(int most);

    // The statements a search runs, for the plan tests.
    static std::vector<std::string> statements();

private:
    enum class Index { Lead, Company, Text };
    struct Term {
        std::string query;
        bool isRare = false; // few rows
        bool isCut = false;  // finds those with the beginning of the word only, too
    };
    struct Plan {
        std::string query;
        bool isSuperset = false;        // what it finds is judged on the row
        std::string uncut;              // when a word was cut: with the whole of it, for when little is found
        std::vector<std::string> terms; // each is common
    };
    struct Others {
        std::string text;
        bool hasNumber = false;
    };
    struct Ranked {
        int score = 0;
        std::int64_t id = 0;
    };
    Plan plan(Index index, const SearchWords& words);
    Term term(Index index, const std::string& word, bool isAlone);
    template <typename Take>
    bool walk(Index index, const Plan& plan, const std::string& sql, int most, Take take);
    Others others(std::int64_t lead, const SearchWords& words);
    void takeNamed(const char* sql, const SearchWords& words, std::unordered_set<std::int64_t>& seen, std::vector<Ranked>& found);
    void takeText(std::int64_t id, const Plan& plan, const SearchWords& words, std::vector<SearchHit>& hits);
    int rowsWith(Index index, const std::string& beginning); // counted up to where it is common
    std::vector<std::string> spellings(const std::string& word);

    Connection& m_db;
    bool m_mayHaveMore = false;
};

} // namespace outrider::store
