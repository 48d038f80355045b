// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/person_list.h"
#include "core/services/lead_selection.h"

#include <QFuture>

#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// Lists a person puts leads on, and where the leads of a strategy came from. Thread-safe; every call returns at once.
class ListService {
public:
    explicit ListService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<std::vector<PersonList>>> all(bool withArchived = false); // by name; counts are kept, not counted
    QFuture<Result<PersonList>> find(std::string name);                      // NotFound
    QFuture<Result<ListId>> create(std::string name);                        // AlreadyExists, InvalidArgument
    QFuture<Result<>> rename(ListId id, std::string name);
    QFuture<Result<>> setArchived(ListId id, bool archived);
    QFuture<Result<>> remove(ListId id); // the list, not its leads

    // How many were not on it yet; were on it.
    QFuture<Result<std::int64_t>> add(ListId id, LeadSelection leads, ProgressPtr progress = {});
    QFuture<Result<std::int64_t>> take(ListId id, LeadSelection leads, ProgressPtr progress = {});
    QFuture<Result<std::vector<LeadId>>> members(ListId id);
    QFuture<Result<std::vector<PersonList>>> ofLead(LeadId lead);

    // Which lists and searches its leads were enrolled from, the largest first.
    QFuture<Result<std::vector<StrategySource>>> sourcesOf(StrategyId strategy);

private:
    ServiceContext& m_context;
};

} // namespace outrider
