// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/duplicate.h"

#include <QFuture>

#include <optional>
#include <vector>

namespace outrider {

class ServiceContext;

// Leads that may be the same person. Nothing is merged here. Thread-safe; every call returns at once.
class DuplicateService {
public:
    explicit DuplicateService(ServiceContext& context) : m_context(context) {}

    // Compares all leads that are neither archived nor in the trash, in the background. Pairs the person has said are
    // not duplicates are left out. Cancelled.
    QFuture<Result<DuplicateReport>> find(int minScore = leastDuplicateScore, ProgressPtr progress = {});

    // Who may be the same as this lead, the surest first. At most `limit`.
    QFuture<Result<std::vector<DuplicatePair>>> ofLead(LeadId lead, int limit);
    QFuture<Result<std::vector<DuplicateLead>>> leads(std::vector<LeadId> ids);

    // The person's word: not the same. InvalidArgument: one and the same lead.
    QFuture<Result<>> dismiss(LeadId a, LeadId b);

    // From which score on pairs are merged without asking; nullopt, as it is until the person says otherwise: never.
    QFuture<Result<std::optional<int>>> autoMergeFrom();
    QFuture<Result<>> setAutoMergeFrom(std::optional<int> score);

private:
    ServiceContext& m_context;
};

} // namespace outrider
