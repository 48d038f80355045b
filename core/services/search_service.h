// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/search_hit.h"

#include <QFuture>

#include <chrono>
#include <string>

namespace outrider {

class ServiceContext;

namespace store {
class ReadContext;
}

// Everything that can be found by typing, a few of each kind, the best first. Thread-safe; returns at once.
class SearchService {
public:
    explicit SearchService(ServiceContext& context) : m_context(context) {}

    struct Limits {
        int leads = 8;
        int companies = 4;
        int strategies = 4;
        int texts = 6;
    };
    // When little is found by what was typed, spellings one letter away are looked for too, after the rest.
    QFuture<Result<SearchResult>> search(std::string words, Limits limits);
    QFuture<Result<SearchResult>> search(std::string words) { return search(std::move(words), Limits()); }
    // The same inside a read under way; for benches.
    static SearchResult read(store::ReadContext& read, const std::string& typed, const Limits& limits);

    // Indexes notes and mails that are not yet, for about that long; in the window this happens by itself. Returns
    // how many are left, at most SearchResult::mostUnindexed.
    QFuture<Result<int>> catchUp(std::chrono::milliseconds time);

    // Indexes all that is not yet, or everything anew. Cancelled, it goes on from there the next time.
    QFuture<Result<>> index(bool anew, ProgressPtr progress);

private:
    ServiceContext& m_context;
};

} // namespace outrider
