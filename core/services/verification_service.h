// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/domain/verification.h"
#include "core/services/lead_selection.h"

#include <QFuture>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;
class Worker;

// Whether addresses can be written to, found out before they are: by themselves and the DNS, which costs nothing, and by a
// verifier that charges for each (transport/address_verifier). Every verdict is kept with its day, and asked for again only
// when it is old. Thread-safe; every call returns at once.
class VerificationService {
public:
    explicit VerificationService(ServiceContext& context);
    ~VerificationService();

    // A verdict older than that is not believed any more.
    static constexpr std::chrono::days freshFor{90};

    struct Wish {
        LeadSelection leads;
        bool again = false; // also what is fresh
        bool paid = false;  // ask the verifier for what could be valid
        std::optional<std::int64_t> mostCredits;
    };
    // What verify() would ask for: addresses to look at here, and credits.
    struct Plan {
        VerificationCounts now;
        std::int64_t toCheck = 0; // here, for nothing
        std::int64_t toAsk = 0;   // at the verifier, at most: what turns out invalid here is not asked for
    };
    QFuture<Result<Plan>> plan(Wish wish);

    struct Report {
        std::int64_t checked = 0; // addresses looked at here
        std::int64_t asked = 0;   // at the verifier
        std::int64_t charged = 0;
        std::optional<std::int64_t> balance;
        VerificationCounts after;
        std::optional<Error> stopped; // why the verifier was not asked for the rest; what it said before is kept
    };
    // Cancelled half-way: what was found out is kept, and what was charged is in the ledger.
    QFuture<Result<Report>> verify(Wish wish, ProgressPtr progress = {});

    QFuture<Result<VerificationCounts>> counts(LeadSelection leads);
    QFuture<Result<std::optional<AddressVerdict>>> verdict(std::string address);
    // Of addresses that may be nobody's; nothing is kept.
    QFuture<Result<std::vector<AddressVerdict>>> look(std::vector<std::string> addresses, ProgressPtr progress = {});

    struct Verifier {
        std::string url = "https://api.debounce.io/v1";
        bool hasKey = false;
        std::int64_t mostADay = 0; // credits; 0: no limit
    };
    QFuture<Result<Verifier>> verifier();
    // The key goes to the vault; empty: it stays as it is.
    QFuture<Result<>> setVerifier(Verifier verifier, SecureBytes key);
    QFuture<Result<>> removeVerifier();
    QFuture<Result<std::int64_t>> balance(); // asks the verifier

    QFuture<Result<std::vector<VerifierUse>>> ledger(int limit);

    // The last weeks, newest first; `target`: the leads to be enrolled a week.
    struct Pipeline {
        std::vector<PipelineWeek> weeks;
        std::int64_t target = 0;
    };
    QFuture<Result<Pipeline>> pipeline(int weeks);
    QFuture<Result<>> setTarget(std::int64_t leadsAWeek);

    // Gives up what is under way and waits for it.
    void finish();

private:
    ProgressPtr started(ProgressPtr progress);

    ServiceContext& m_context;
    std::mutex m_mutex;
    std::vector<std::weak_ptr<Progress>> m_running;
    std::unique_ptr<Worker> m_worker; // waits for servers
};

} // namespace outrider
