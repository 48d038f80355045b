// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// Why a backup was made; part of its file's name.
enum class BackupKind { Manual, Hourly, Daily, Weekly, BeforeImport, BeforeMigration };

inline constexpr auto backupKindNames = enumNames<BackupKind>({
    {BackupKind::Manual, "manual"},
    {BackupKind::Hourly, "hourly"},
    {BackupKind::Daily, "daily"},
    {BackupKind::Weekly, "weekly"},
    {BackupKind::BeforeImport, "before-import"},
    {BackupKind::BeforeMigration, "before-update"},
});

constexpr std::string_view name(BackupKind kind) { return backupKindNames.name(kind); }

// One backup in a folder, as far as its file says without being opened.
struct BackupFile {
    std::string path;
    Instant at{};
    BackupKind kind = BackupKind::Manual;
    std::int64_t bytes = 0;
};

// What was found in a backup, or written into one.
struct BackupFacts {
    std::string path;
    std::string hash; // of its content; empty: of an older schema, whose content has no hash yet
    int schema = 0;
    std::string madeAt; // ISO 8601; empty: a plain copy, not made as a backup
    std::string kind;
    std::int64_t bytes = 0;
};

// How many of each kind are kept; the oldest go. Those made by hand stay until a person removes them.
struct BackupPolicy {
    bool automatic = true;
    std::string folder; // empty: "backups" beside the workspace
    int hourly = 24;
    int daily = 7;
    int weekly = 8;

    bool operator==(const BackupPolicy&) const = default;
};

// "work-20261124T101500Z-daily.outrider", of the workspace file "work.outrider". The other way round: nothing
// when the name is not that of a backup of that workspace.
std::string backupFileName(std::string_view workspaceStem, Instant at, BackupKind kind);
std::optional<BackupFile> readBackupFileName(std::string_view fileName, std::string_view workspaceStem);

// What an automatic backup made now would be for, if one is due: weekly, daily and hourly ones, each counted from
// the last of its kind or a rarer one. A large workspace (over a gigabyte) is not copied every hour.
std::optional<BackupKind> dueBackup(const std::vector<BackupFile>& existing, const BackupPolicy& policy, std::int64_t bytes,
                                    Instant now);

// Those to remove.
std::vector<BackupFile> outdatedBackups(std::vector<BackupFile> existing, const BackupPolicy& policy);

} // namespace outrider
