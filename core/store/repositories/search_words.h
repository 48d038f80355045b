// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// What somebody typed to find something. A row is found when every word begins one of its own, in whatever order,
// without regard to case and accents; or when all that was typed are digits of its phone number, with the country's
// code or without, however grouped.
struct SearchWords {
    explicit SearchWords(std::string_view typed);

    struct Word {
        std::string text;                // as contact::wordsOf() gives it
        std::vector<std::string> others; // spellings one letter away that occur; found besides
    };
    std::vector<Word> words;
    std::string phrase; // the whole, folded, single spaces: what a name may begin with
    std::string digits; // of a phone number, without zeros in front; empty: not one

    bool empty() const { return words.empty(); }

    // Whether a number in E.164 form begins with the digits typed, with its country's code or without.
    bool hasNumber(std::string_view e164) const;

    // The longest beginning that is a term of the index of its own, in letters; the longest prefix= of migration 0002.
    static constexpr std::size_t longestTerm = 5;

    // Whether a text is found, as the index would: for rows already read.
    bool find(std::string_view text) const;
};

// The first letters of a word, as FTS5 counts them: code points.
std::string firstLetters(std::string_view word, std::size_t count);

// What was typed into a filter, as the second parameter of has_words() below: words apart by spaces, after them
// the digits behind a '+' when they may be a number's.
std::string toFilterWords(const SearchWords& words);

// FTS5's question for leads that may have the words, every answer in the order of the index and none left out: words
// are cut to what is a term of the index, so some answers have only their beginnings. Empty: no words.
std::string toCandidates(const SearchWords& words);

// The condition that lead l has the words of one parameter, judged on its row: for walking a list in which many
// have them. Where few do, SearchRepository::few() says which. Names its parameter "?".
std::string hasWordsSql();

} // namespace outrider::store
