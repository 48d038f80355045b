// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/board_service.h"

#include "core/services/service_context.h"
#include "core/store/repositories/board_repository.h"
#include "core/store/repositories/status_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

QFuture<Result<Board>> BoardService::open(BoardQuery query, int limit, std::map<StatusId, int> cards) {
    return m_context.store().read(
        [this, query = std::move(query), limit, cards = std::move(cards)](ReadContext& r) -> Result<Board> {
            BoardRepository repository(r);
            const bool counted = query.filter.matchesEverything();
            const auto counts = counted ? repository.counts(query.owner) : std::map<StatusId, std::int64_t>();
            Board board;
            for (Status& status : StatusRepository(r.db).all()) {
                BoardColumn column{.status = std::move(status), .count = {}, .cards = {}};
                if (counted) {
                    const auto known = counts.find(column.status.id);
                    column.count = known == counts.end() ? 0 : known->second;
                }
                if (query.isWhole()) {
                    const auto more = cards.find(column.status.id);
                    const int wanted = more == cards.end() ? limit : std::max(limit, more->second);
                    OUTRIDER_ASSIGN(column.cards, repository.page(query, column.status, wanted, {}, m_context.filterContext()));
                }
                board.columns.push_back(std::move(column));
            }
            return board;
        });
}

QFuture<Result<LeadPage>> BoardService::page(BoardQuery query, Status status, int limit, ListCursor after) {
    return m_context.store().read(
        [this, query = std::move(query), status = std::move(status), limit, after = std::move(after)](ReadContext& r) {
            return BoardRepository(r).page(query, status, limit, after, m_context.filterContext());
        });
}

QFuture<Result<std::map<StatusId, std::int64_t>>> BoardService::counts(BoardQuery query, ProgressPtr progress) {
    return m_context.counting().run(
        [this, query = std::move(query), progress = std::move(progress)]() -> Result<std::map<StatusId, std::int64_t>> {
            BoardRepository::CountStep step;
            while (!step.done) {
                if (progress && progress->cancelled())
                    return fail(ErrorCode::Cancelled);
                OUTRIDER_TRY(wait(m_context.store().read([&](ReadContext& r) -> Result<> {
                    BoardRepository(r).countMore(step, query, m_context.filterContext());
                    return {};
                })));
            }
            return std::move(step.counts);
        });
}

} // namespace outrider
