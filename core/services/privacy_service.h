// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/erasure.h"
#include "core/domain/ids.h"
#include "core/domain/lead_list.h"

#include <QFuture>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace outrider {

namespace store {
class Connection;
class Store;
} // namespace store
class Random;
struct Environment;
class ServiceContext;

// What a person may ask of whoever keeps their data: what there is, a copy of it, and to be forgotten. Thread-safe;
// every call returns at once.
class PrivacyService {
public:
    explicit PrivacyService(ServiceContext& context) : m_context(context) {}

    // Everything about one person, by what kind of thing it is.
    struct Holdings {
        LeadId lead;
        std::string name;
        RowCounts rows;
    };
    // Leads known by an address, a number, a profile, an id ("#123") or a name, archived and thrown away ones too.
    QFuture<Result<std::vector<Holdings>>> find(std::string whom);

    // Everything about them as one JSON document.
    QFuture<Result<std::string>> copyOf(LeadId lead);

    // What erase() would remove, without doing it: no id and no hashes yet. Looks through every text there is.
    QFuture<Result<ErasureCertificate>> preview(LeadId lead);
    // Removes everything about them, also from the journal, so that no undo brings it back, and keeps their addresses
    // and numbers suppressed by hashes. Cannot be undone. Busy: a message to them is on its way this moment.
    QFuture<Result<ErasureCertificate>> erase(LeadId lead, ProgressPtr progress = {});
    // The newest first.
    QFuture<Result<std::vector<ErasureCertificate>>> certificates();

    // Who was not in contact for that long, and is in no strategy: proposed for erasure, nothing more.
    struct Retention {
        int months = 0; // 0: nobody is proposed
    };
    QFuture<Result<Retention>> retention();
    QFuture<Result<>> setRetention(Retention rule);
    struct Proposed {
        std::vector<LeadListRow> leads; // the longest ago first
        std::int64_t total = 0;
    };
    QFuture<Result<Proposed>> proposed(int limit);

private:
    void addBackups(ErasureCertificate& certificate, Instant bornAt);

    ServiceContext& m_context;
};

// Erases again whom this workspace, or another state of it on this computer, has erased and the file still has: it is a
// restored backup or a copy. How many. `listPath`: what this computer keeps of the workspace's erasures, hashes only.
// Blocks; called while a workspace is opened, before anybody sees it.
std::string erasureListPath(store::Connection& db, const store::Store& store, const Environment& environment);
Result<int> eraseAgain(store::Store& store, Random& random, const std::string& listPath);

} // namespace outrider
