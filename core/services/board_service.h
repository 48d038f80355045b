// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/board.h"

#include <QFuture>

#include <map>

namespace outrider {

class ServiceContext;

// The board: leads in columns by status. Moving a card is LeadService::setStatus. Thread-safe; every call returns
// at once.
class BoardService {
public:
    explicit BoardService(ServiceContext& context) : m_context(context) {}

    // The columns with how many are in each, as far as that is known without counting, and of the whole board
    // each one's first `limit` cards, all from one moment. `cards`: as many more of single columns.
    QFuture<Result<Board>> open(BoardQuery query, int limit, std::map<StatusId, int> cards = {});

    // A page of one column, no longer than a frame: of a filtered one that is searched long, what was found so
    // far (LeadPage::searching).
    QFuture<Result<LeadPage>> page(BoardQuery query, Status status, int limit, ListCursor after);

    // How many a filtered board has in each column; Cancelled when nobody wants it any more.
    QFuture<Result<std::map<StatusId, std::int64_t>>> counts(BoardQuery query, ProgressPtr progress = {});

private:
    ServiceContext& m_context;
};

} // namespace outrider
