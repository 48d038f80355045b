// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/lead_list.h"

#include <QFuture>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace outrider {

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
        std::vector<std::pair<std::string, std::int64_t>> rows; // table or what it is, how many; none with 0
    };
    // Leads known by an address, a number, a profile, an id ("#123") or a name, archived and thrown away ones too.
    QFuture<Result<std::vector<Holdings>>> find(std::string whom);

    struct Copy {
        std::string json; // everything, as it is kept
        std::string text; // the same to be read
    };
    QFuture<Result<Copy>> copyOf(LeadId lead);

    struct Backup {
        std::string path;
        Instant at{};
        std::optional<Instant> until; // when the policy lets go of it, at the latest; nothing: it is never removed
    };
    // What was removed, and when; without anything that says of whom.
    struct Certificate {
        std::int64_t id = 0;
        Instant at{};
        std::vector<std::pair<std::string, std::int64_t>> removed; // table or what it is, how many rows
        std::vector<std::string> prints;                           // keyed hashes of the addresses, numbers and the lead
        std::vector<Backup> backups;                               // made before, and still holding the person
        std::string text;                                          // as a document
    };
    // What erase() would remove, without doing it: `prints` and `id` are empty.
    QFuture<Result<Certificate>> preview(LeadId lead);
    // Removes everything about them, also from the journal, so that no undo brings it back, and keeps their addresses
    // and numbers suppressed by hashes. Cannot be undone.
    QFuture<Result<Certificate>> erase(LeadId lead, ProgressPtr progress = {});
    QFuture<Result<std::vector<Certificate>>> certificates();

    // Erases again whom this workspace, or a copy of it on this computer, has erased and a restored backup brought back.
    // How many.
    QFuture<Result<int>> eraseAgain();

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
    ServiceContext& m_context;
};

} // namespace outrider
