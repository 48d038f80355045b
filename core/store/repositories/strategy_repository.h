// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"
#include "core/domain/strategy_summary.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

class StrategyRepository {
public:
    explicit StrategyRepository(Connection& db) : m_db(db) {}

    std::vector<StrategySummary> all(); // by name; archived ones last
    std::optional<Strategy> find(StrategyId id);
    std::optional<Strategy> findByName(std::string_view name); // case and accents ignored
    std::optional<StrategySummary> summary(StrategyId id);

    // With its steps.
    std::optional<StrategyVersion> version(StrategyVersionId id);
    std::optional<Step> step(StepId id);
    std::vector<StrategyVersionId> versionsOf(StrategyId id); // oldest first

    // An e-mail of a version that left, and whether it was answered before anything else left.
    struct SentStep {
        int position = 0;
        EnrolmentId enrolment;
        bool replied = false;
    };
    std::vector<SentStep> sentSteps(StrategyVersionId id);

    // Per step of a version: how often it was done, and how many answered when it was the last one done.
    struct StepCounts {
        std::int64_t done = 0;
        std::int64_t replied = 0;
    };
    std::vector<StepCounts> stepCounts(StrategyVersionId id);

    // Throws with AlreadyExists when the name is taken.
    void insert(WriteContext& write, Strategy& strategy);
    void rename(WriteContext& write, StrategyId id, std::string_view name);
    void setState(WriteContext& write, StrategyId id, StrategyState state);
    void setMailbox(WriteContext& write, StrategyId id, MailboxId mailbox);

    // Adds the version with the next number and makes it the current one. Ids, number and moment are
    // given to `version` and its steps.
    void publish(WriteContext& write, StrategyVersion& version);
    // Its canary was looked at: everybody may begin.
    void setReleased(WriteContext& write, StrategyVersionId id);

private:
    std::vector<StrategySummary> summaries(const std::string& where, std::optional<StrategyId> id);

    void readVariants(Step& step);

    Connection& m_db;
};

} // namespace outrider::store
