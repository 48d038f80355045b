// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/search_service.h"

#include "core/base/clock.h"
#include "core/services/search_indexer.h"
#include "core/services/service_context.h"
#include "core/store/repositories/search_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr std::size_t fewHits = 3; // fewer: perhaps it was typed wrong
constexpr std::chrono::milliseconds longStep{200};

bool isSame(const SearchHit& a, const SearchHit& b) {
    return a.kind == b.kind && a.lead == b.lead && a.company == b.company && a.activity == b.activity && a.message == b.message;
}

std::vector<SearchHit> rowsFound(SearchRepository& search, const SearchWords& words, const SearchService::Limits& limits) {
    std::vector<SearchHit> hits = search.leads(words, limits.leads);
    for (auto&& part : {search.companies(words, limits.companies), search.texts(words, limits.texts)})
        hits.insert(hits.end(), part.begin(), part.end());
    return hits;
}

} // namespace

QFuture<Result<SearchResult>> SearchService::search(std::string typed, Limits limits) {
    return m_context.store().read(
        [typed = std::move(typed), limits](ReadContext& r) -> Result<SearchResult> { return read(r, typed, limits); });
}

SearchResult SearchService::read(ReadContext& r, const std::string& typed, const Limits& limits) {
    SearchRepository search(r.db);
    const SearchWords words(typed);
    SearchResult result{.hits = rowsFound(search, words, limits)};
    std::vector<SearchHit> strategies = search.strategies(words, limits.strategies);
    result.hits.insert(result.hits.end(), strategies.begin(), strategies.end());
    if (result.hits.size() < fewHits) {
        const SearchWords corrected = search.corrected(words);
        const bool differs = std::any_of(corrected.words.begin(), corrected.words.end(),
                                         [](const SearchWords::Word& word) { return !word.others.empty(); });
        for (SearchHit& hit : differs ? rowsFound(search, corrected, limits) : std::vector<SearchHit>()) {
            if (std::none_of(result.hits.begin(), result.hits.end(), [&hit](const auto& had) { return isSame(had, hit); })) {
                result.hits.push_back(std::move(hit));
                result.corrected = true;
            }
        }
    }
    result.mayHaveMore = search.mayHaveMore();
    result.unindexed = search.unindexed(SearchResult::mostUnindexed);
    return result;
}

QFuture<Result<int>> SearchService::catchUp(std::chrono::milliseconds time) {
    return m_context.background().run([this, time]() -> Result<int> {
        const Stopwatch watch;
        bool more = true;
        while (more && watch.milliseconds() < double(time.count())) {
            OUTRIDER_ASSIGN(more, m_context.searchIndexer().step(std::min(time, longStep)));
        }
        return wait(m_context.store().read(
            [](ReadContext& r) -> Result<int> { return SearchRepository(r.db).unindexed(SearchResult::mostUnindexed); }));
    });
}

QFuture<Result<>> SearchService::index(bool anew, ProgressPtr progress) {
    return m_context.background().run([this, anew, progress]() -> Result<> {
        if (progress)
            progress->setPhase(Progress::Phase::Indexing);
        if (anew)
            OUTRIDER_TRY(wait(m_context.store().writeSilently([](WriteContext& write) -> Result<> {
                SearchIndex(write.db).rebuild();
                return {};
            })));
        for (bool more = true; more;) {
            if (progress && progress->cancelled())
                return fail(ErrorCode::Cancelled);
            OUTRIDER_ASSIGN(more, m_context.searchIndexer().step(longStep));
        }
        return {};
    });
}

} // namespace outrider
