// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/backup.h"

#include <algorithm>
#include <map>

namespace outrider {

namespace {

constexpr std::string_view suffix = ".outrider";
constexpr std::int64_t largeBytes = std::int64_t(1) << 30;
constexpr int keptBeforeImports = 5;
constexpr int keptBeforeMigrations = 3;
constexpr std::size_t stampSize = std::string_view("20261124T101500Z").size();

// "20261124T101500Z": no colons, which not every file system takes.
std::string stamp(Instant at) {
    const std::string iso = toIso8601(at); // 2026-11-24T10:15:00.000Z
    return iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2) + "T" + iso.substr(11, 2) + iso.substr(14, 2)
           + iso.substr(17, 2) + "Z";
}

std::optional<Instant> readStamp(std::string_view text) {
    if (text.size() != stampSize)
        return std::nullopt;
    const std::string s(text);
    const auto at = parseIso8601(s.substr(0, 4) + "-" + s.substr(4, 2) + "-" + s.substr(6, 2) + "T" + s.substr(9, 2) + ":"
                                 + s.substr(11, 2) + ":" + s.substr(13, 2) + "Z");
    return at ? std::optional(*at) : std::nullopt;
}

int kept(BackupKind kind, const BackupPolicy& policy) {
    switch (kind) {
    case BackupKind::Manual:
        break;
    case BackupKind::Hourly:
        return policy.hourly;
    case BackupKind::Daily:
        return policy.daily;
    case BackupKind::Weekly:
        return policy.weekly;
    case BackupKind::BeforeImport:
        return keptBeforeImports;
    case BackupKind::BeforeMigration:
        return keptBeforeMigrations;
    }
    return -1;
}

} // namespace

std::string backupFileName(std::string_view workspaceStem, Instant at, BackupKind kind) {
    return std::string(workspaceStem) + "-" + stamp(at) + "-" + std::string(name(kind)) + std::string(suffix);
}

std::optional<BackupFile> readBackupFileName(std::string_view fileName, std::string_view workspaceStem) {
    if (!fileName.starts_with(workspaceStem) || !fileName.ends_with(suffix))
        return std::nullopt;
    fileName.remove_prefix(workspaceStem.size());
    if (fileName.size() < 1 + stampSize + 1 + suffix.size() || fileName.front() != '-')
        return std::nullopt;
    fileName.remove_suffix(suffix.size());
    const auto at = readStamp(fileName.substr(1, stampSize));
    auto rest = fileName.substr(1 + stampSize);
    if (!at || !rest.starts_with('-'))
        return std::nullopt;
    rest.remove_prefix(1);
    auto kind = backupKindNames.value(rest);
    if (!kind) { // a second one of the same second: "manual-2"
        const auto dash = rest.rfind('-');
        if (dash == std::string_view::npos || rest.find_first_not_of("0123456789", dash + 1) != std::string_view::npos)
            return std::nullopt;
        kind = backupKindNames.value(rest.substr(0, dash));
    }
    return kind ? std::optional(BackupFile{.at = *at, .kind = *kind}) : std::nullopt;
}

std::optional<BackupKind> dueBackup(const std::vector<BackupFile>& existing, const BackupPolicy& policy, std::int64_t bytes,
                                    Instant now) {
    if (!policy.automatic)
        return std::nullopt;
    // A backup from the future (the clock was set back) says nothing about how old the last one is.
    const auto youngerThan = [&](auto age, std::initializer_list<BackupKind> kinds) {
        return std::any_of(existing.begin(), existing.end(), [&](const BackupFile& file) {
            return file.at <= now && file.at > now - age && std::find(kinds.begin(), kinds.end(), file.kind) != kinds.end();
        });
    };
    using enum BackupKind;
    if (policy.weekly > 0 && !youngerThan(std::chrono::hours(7 * 24), {Weekly}))
        return Weekly;
    if (policy.daily > 0 && !youngerThan(std::chrono::hours(24), {Weekly, Daily}))
        return Daily;
    if (policy.hourly > 0 && bytes < largeBytes && !youngerThan(std::chrono::hours(1), {Weekly, Daily, Hourly}))
        return Hourly;
    return std::nullopt;
}

std::vector<BackupFile> outdatedBackups(std::vector<BackupFile> existing, const BackupPolicy& policy) {
    std::sort(existing.begin(), existing.end(), [](const BackupFile& a, const BackupFile& b) { return a.at > b.at; });
    std::map<BackupKind, int> seen;
    std::vector<BackupFile> outdated;
    for (const BackupFile& file : existing) {
        const int most = kept(file.kind, policy);
        if (most >= 0 && ++seen[file.kind] > most)
            outdated.push_back(file);
    }
    return outdated;
}

} // namespace outrider
