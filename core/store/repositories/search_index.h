// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <chrono>
#include <string>
#include <unordered_set>
#include <vector>

namespace outrider::store {

// The part of the search index that is written when there is time: the words of notes, calls and mails, and the list
// of all words in use, by which typing errors are found. What of leads and companies is found is indexed by
// triggers, in the transaction that writes (migration 0002).
//
// The lane takes what lies beyond its marks and what waits because it was written anew, a little at a time.
// Text that is erased or edited leaves the index with the transaction that does it; words nobody uses any more leave
// the list with the lane's next step. Everything throws StoreException.
class SearchIndex {
public:
    explicit SearchIndex(Connection& db) : m_db(db) {}

    // Words known to be in the list. Kept by the caller between steps of one store, to be forgotten when one fails.
    using KnownWords = std::unordered_set<std::string>;

    // Indexes for about that long, inside the caller's write transaction, and folds the index together a little.
    // Whether there is more to do.
    bool advance(std::chrono::milliseconds budget, KnownWords& known);

    // Whether advance() would find something. Reads only.
    bool hasWork();

    // Empties all of it and indexes leads and companies anew; texts and words are then the lane's work.
    void rebuild();

    // One line for everything the index has wrong: rows it lacks, rows that are no more, words that are not those of
    // the tables. Reads all of it. On a read-only connection.
    std::vector<std::string> examine();

    // What of an activity or a message is handed to FTS5: its words, each once.
    static std::string indexed(std::string_view text);

private:
    int takeGone(KnownWords& known);
    int takeWaiting(KnownWords& known);
    int takeNew(int kind, KnownWords& known);
    void indexText(int kind, std::int64_t id, bool isNew, KnownWords& known);
    void learn(const std::vector<std::string>& words, KnownWords& known);
    bool merge(int pages);

    Connection& m_db;
};

} // namespace outrider::store
