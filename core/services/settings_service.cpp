// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/settings_service.h"

#include "core/services/outreach_rules_setting.h"
#include "core/services/service_context.h"
#include "core/store/doctor.h"
#include "core/store/journal/compaction.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;

QFuture<Result<WorkspaceInfo>> SettingsService::info() {
    return m_context.store().read([this](ReadContext& r) -> Result<WorkspaceInfo> {
        SettingRepository settings(r.db);
        WorkspaceInfo info{.name = settings.meta("name"),
                           .path = m_context.store().path(),
                           .practice = m_context.isPractice(),
                           .readOnly = m_context.store().isReadOnly(),
                           .zone = m_context.zone().name()};
        const std::string& path = info.path;
        std::error_code ignored;
        const auto size = std::filesystem::file_size(std::filesystem::path(std::u8string(path.begin(), path.end())), ignored);
        info.bytes = ignored ? 0 : std::int64_t(size);
        OUTRIDER_ASSIGN(const CipherVersions versions, cipherVersions());
        info.cipher = "SQLCipher " + versions.cipher + ", SQLite " + versions.sqlite;
        if (const auto created = parseIso8601(settings.meta("created_at")))
            info.createdAt = *created;
        info.me = MemberRepository(r.db).me().value_or(Member{});
        info.leads = LeadRepository(r.db).countAll();
        return info;
    });
}

QFuture<Result<SettingsService::JournalRoom>> SettingsService::journalRoom(int days) {
    return m_context.store().read([days](ReadContext& r) -> Result<JournalRoom> {
        const JournalSpace space = journalSpace(r.db, r.now - std::chrono::days(days));
        return JournalRoom{.bytes = space.bytes, .bytesOlder = days > 0 ? space.bytesBefore : 0};
    });
}

QFuture<Result<>> SettingsService::setMe(Member me) {
    return m_context.store().write(m_context.action("settings.me", me.name),
                                   [me = std::move(me)](WriteContext& write) -> Result<> {
                                       MemberRepository members(write.db);
                                       Member changed = me;
                                       if (const auto before = members.me()) {
                                           changed.id = before->id;
                                           members.update(write, changed);
                                       } else {
                                           members.insert(write, changed);
                                       }
                                       return {};
                                   });
}

QFuture<Result<>> SettingsService::setZone(std::string ianaName) {
    auto written =
        m_context.store().write(m_context.action("settings.zone", ianaName), [ianaName](WriteContext& write) -> Result<> {
            if (!ianaName.empty() && !outreach::Zone::find(ianaName))
                return fail(ErrorCode::InvalidArgument, "time zone: " + ianaName);
            SettingRepository(write.db).set(write, "zone", json(ianaName).dump());
            return {};
        });
    return m_context.background().run([this, written]() mutable -> Result<> {
        OUTRIDER_TRY(wait(std::move(written)));
        return m_context.loadSettings();
    });
}

QFuture<Result<Window>> SettingsService::hours() {
    return m_context.store().read([](ReadContext& r) -> Result<Window> {
        Window window;
        const json stored = json::parse(SettingRepository(r.db).get("hours"), nullptr, false);
        if (stored.is_object()) {
            window.days = Weekdays(stored.value("days", window.days.bits()));
            window.startMinute = stored.value("start", window.startMinute);
            window.endMinute = stored.value("end", window.endMinute);
        }
        return window;
    });
}

QFuture<Result<>> SettingsService::setHours(Window window) {
    return m_context.store().write(m_context.action("settings.hours"), [window](WriteContext& write) -> Result<> {
        if (window.days.none() || window.startMinute >= window.endMinute)
            return fail(ErrorCode::InvalidArgument, "hours that never open");
        SettingRepository(write.db).set(
            write, "hours", json{{"days", window.days.bits()}, {"start", window.startMinute}, {"end", window.endMinute}}.dump());
        return {};
    });
}

QFuture<Result<std::vector<std::chrono::sys_days>>> SettingsService::daysOff() {
    return m_context.background().run([this]() -> Result<std::vector<std::chrono::sys_days>> {
        const auto days = m_context.surroundings().daysOff.own();
        return std::vector<std::chrono::sys_days>(days.begin(), days.end());
    });
}

QFuture<Result<OutreachRules>> SettingsService::outreachRules() {
    return m_context.background().run([this]() -> Result<OutreachRules> { return m_context.surroundings().rules; });
}

QFuture<Result<>> SettingsService::setOutreachRules(OutreachRules rules) {
    auto written = m_context.store().write(m_context.action("settings.outreach_rules"), [rules](WriteContext& write) -> Result<> {
        if (rules.leadGapDays < 0 || rules.companyGapDays < 0)
            return fail(ErrorCode::InvalidArgument, "days below none");
        SettingRepository(write.db).set(write, "outreach_rules", outreachRulesJson(rules));
        return {};
    });
    return m_context.background().run([this, written]() mutable -> Result<> {
        OUTRIDER_TRY(wait(std::move(written)));
        return m_context.loadSettings();
    });
}

QFuture<Result<>> SettingsService::setDaysOff(std::vector<std::chrono::sys_days> days) {
    auto written =
        m_context.store().write(m_context.action("settings.days_off"), [days = std::move(days)](WriteContext& write) -> Result<> {
            json list = json::array();
            for (const std::chrono::sys_days day : days)
                list.push_back(toIso8601(Instant(day)).substr(0, 10));
            SettingRepository(write.db).set(write, "days_off", list.dump());
            return {};
        });
    return m_context.background().run([this, written]() mutable -> Result<> {
        OUTRIDER_TRY(wait(std::move(written)));
        return m_context.loadSettings();
    });
}

QFuture<Result<WorkspaceFiles>> SettingsService::keySlots() {
    return m_context.background().run([this]() -> Result<WorkspaceFiles> {
        if (m_context.isPractice())
            return fail(ErrorCode::Unsupported);
        return inspectWorkspace(m_context.store().path());
    });
}

QFuture<Result<>> SettingsService::changePassphrase(UnlockWith proof, std::shared_ptr<SecureBytes> passphrase) {
    return outrider::changePassphrase(m_context.environment(), m_context.store().path(), std::move(proof), std::move(passphrase));
}

QFuture<Result<SecureBytes>> SettingsService::renewRecoveryCode(UnlockWith proof) {
    return outrider::renewRecoveryCode(m_context.environment(), m_context.store().path(), std::move(proof));
}

QFuture<Result<>> SettingsService::keepInKeychain(UnlockWith proof) {
    return outrider::keepInKeychain(m_context.environment(), m_context.store().path(), std::move(proof));
}

QFuture<Result<>> SettingsService::removeFromKeychain() {
    return outrider::removeFromKeychain(m_context.environment(), m_context.store().path());
}

QFuture<Result<std::vector<std::string>>> SettingsService::doctor() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<std::string>> { return examine(r.db); });
}

QFuture<Result<SettingsService::Repaired>> SettingsService::repair() {
    return m_context.background().run([this]() -> Result<Repaired> {
        OUTRIDER_ASSIGN(const auto found, wait(doctor()));
        Repaired repaired;
        OUTRIDER_ASSIGN(repaired.done,
                        wait(m_context.store().writeSilently([&found](WriteContext& write) -> Result<std::vector<std::string>> {
                            return store::repair(write.db, found);
                        })));
        if (repaired.done.empty()) {
            repaired.left = found;
        } else {
            OUTRIDER_ASSIGN(repaired.left, wait(doctor()));
        }
        return repaired;
    });
}

} // namespace outrider
