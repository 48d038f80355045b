// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/enrol_report.h"
#include "core/domain/mail_draft.h"
#include "core/domain/simulation.h"
#include "core/domain/strategy.h"
#include "core/domain/strategy_summary.h"
#include "core/domain/variant.h"
#include "core/services/lead_service.h"

#include <QFuture>

#include <string>
#include <vector>

namespace outrider {

// A strategy with the version in force.
struct StrategyDetail {
    StrategySummary summary;
    StrategyVersion version;
    struct StepCounts {
        std::int64_t done = 0;
        std::int64_t replied = 0; // ended by a reply while this was the last step done
    };
    std::vector<StepCounts> steps;
};

// What speaks against publishing, or is worth knowing; position says where.
struct StrategyCheck {
    enum class Severity { Error, Warning, Fine };
    Severity severity = Severity::Fine;
    std::string code; // machine name, worded by ui/text
    std::string detail;
    int step = -1; // -1: the strategy as a whole
};

struct CanaryState {
    std::int64_t held = 0; // leads who wait until the person has looked
    std::optional<Instant> releasedAt;
};

// Who would notice when the leads in a strategy move to an edited version.
struct PublishPreview {
    struct Affected {
        LeadId lead;
        std::string name;
        int step = 0;                  // the one they are at, 0-based
        std::optional<Instant> before; // when its task is due now, and would be
        std::optional<Instant> after;
        bool finishes = false;  // past the new end
        bool otherStep = false; // what comes next is not what would have come
    };
    std::int64_t running = 0;
    std::int64_t finish = 0;
    std::int64_t earlier = 0;
    std::int64_t later = 0;
    std::int64_t otherStep = 0;
    bool complete = true; // false: so many are in it that only the first 2000 were tried
    std::vector<Affected> affected;
};

class StrategyService {
public:
    explicit StrategyService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<std::vector<StrategySummary>>> list();
    QFuture<Result<StrategyDetail>> detail(StrategyId id);
    QFuture<Result<StrategyId>> find(std::string nameOrId);

    // Creates it with its first version; `version`'s ids and number are not looked at.
    QFuture<Result<StrategyId>> create(std::string name, StrategyVersion version);
    // Publishes an edited version. Leads in it finish on the old one, or move to the new one at the
    // step they are at.
    enum class Running { FinishOnOld, MoveToNew };
    QFuture<Result<StrategyVersionId>> publish(StrategyId id, StrategyVersion version, Running running);
    QFuture<Result<>> rename(StrategyId id, std::string name);
    QFuture<Result<>> setMailbox(StrategyId id, MailboxId mailbox);
    QFuture<Result<>> pause(StrategyId id);
    QFuture<Result<>> resume(StrategyId id);
    QFuture<Result<>> archive(StrategyId id);

    // Puts leads into it; who cannot be is named with the reason. MessageChecks when a message could never be sent. `previewOnly`
    // changes nothing.
    QFuture<Result<EnrolReport>> enrol(StrategyId id, LeadSelection leads, std::string source, bool previewOnly = false,
                                       ProgressPtr progress = {});
    // Takes a lead out of it.
    QFuture<Result<>> remove(EnrolmentId id);
    // For one lead alone: nothing of it is due before `until`, or it goes on at once. Conflict when it
    // does not run any more.
    QFuture<Result<>> pauseFor(EnrolmentId id, Instant until);
    QFuture<Result<>> resumeFor(EnrolmentId id);

    // The next days of everybody in every strategy, by the rules of the run; changes nothing. 1 to 366 days.
    // Cancelled when the progress is.
    QFuture<Result<SimulationReport>> simulate(int days, ProgressPtr progress = {});

    // For each step of the version in force what became of its texts, over all versions that had the same text.
    QFuture<Result<std::vector<std::vector<VariantResult>>>> variantResults(StrategyId id);

    // Who the canary holds back, and letting them begin; how many did.
    QFuture<Result<CanaryState>> canary(StrategyId id);
    QFuture<Result<std::int64_t>> release(StrategyId id);

    // What moving everybody to an edited version would change.
    QFuture<Result<PublishPreview>> publishPreview(StrategyId id, StrategyVersion version);

    // Templates
    QFuture<Result<MailDraft>> preview(LeadId lead, std::string subject, std::string body, int step = 0);
    QFuture<Result<std::vector<StrategyCheck>>> check(StrategyVersion version);

    // JSON of one strategy, for files: {"name":…, "steps":[…]}. UnsupportedFormat says what is wrong.
    static std::string toJson(const Strategy& strategy, const StrategyVersion& version);
    struct Parsed {
        std::string name;
        StrategyVersion version;
    };
    static Result<Parsed> fromJson(std::string_view json);

private:
    ServiceContext& m_context;
};

} // namespace outrider
