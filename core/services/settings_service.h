// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/member.h"
#include "core/domain/outreach_rules.h"
#include "core/domain/strategy.h"
#include "core/services/workspace_opening.h"

#include <QFuture>

#include <memory>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

struct WorkspaceInfo {
    std::string name;
    std::string path;
    std::int64_t bytes = 0;
    bool practice = false;
    bool readOnly = false;
    std::string cipher; // "SQLCipher 4.6.1, SQLite 3.46.1"
    Instant createdAt{};
    std::string zone; // the person's
    Member me;
    std::int64_t leads = 0;
};

// Settings of the workspace. Thread-safe; every call returns at once.
class SettingsService {
public:
    explicit SettingsService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<WorkspaceInfo>> info();
    QFuture<Result<>> setMe(Member me);
    QFuture<Result<>> setZone(std::string ianaName); // empty: the computer's
    QFuture<Result<Window>> hours();                 // the usual window of new strategies
    QFuture<Result<>> setHours(Window window);
    QFuture<Result<std::vector<std::chrono::sys_days>>> daysOff();
    QFuture<Result<OutreachRules>> outreachRules(); // of contact, for all strategies
    QFuture<Result<>> setOutreachRules(OutreachRules rules);
    QFuture<Result<>> setDaysOff(std::vector<std::chrono::sys_days> days);

    // The ways to open this workspace, and changing them (workspace_opening.h). Unsupported in the practice
    // workspace, whose key is no secret.
    QFuture<Result<WorkspaceFiles>> keySlots();
    QFuture<Result<>> changePassphrase(UnlockWith proof, std::shared_ptr<SecureBytes> passphrase);
    QFuture<Result<SecureBytes>> renewRecoveryCode(UnlockWith proof);
    QFuture<Result<>> keepInKeychain(UnlockWith proof);
    QFuture<Result<>> removeFromKeychain();

    // About how much room the journal takes in the file, and how much of it would be free again if it were kept
    // for so many days.
    struct JournalRoom {
        std::int64_t bytes = 0;
        std::int64_t bytesOlder = 0;
    };
    QFuture<Result<JournalRoom>> journalRoom(int days);

    // Integrity of the file, cipher, foreign keys and search index; what is wrong, or nothing.
    QFuture<Result<std::vector<std::string>>> doctor();
    // Puts right what is derived and wrong; what that was, and what is wrong still.
    struct Repaired {
        std::vector<std::string> done;
        std::vector<std::string> left;
    };
    QFuture<Result<Repaired>> repair();

private:
    ServiceContext& m_context;
};

} // namespace outrider
