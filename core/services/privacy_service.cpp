// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/privacy_service.h"

#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/contact/text.h"
#include "core/services/backup_service.h"
#include "core/services/service_context.h"
#include "core/services/workspace_opening.h"
#include "core/store/backup.h"
#include "core/store/erasure.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimeZone>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr const char* retentionSetting = "retention_months";
constexpr int mostFound = 50;

// Each erasure a line: its number, its moment, its hashes.
std::vector<Erased> readList(const std::string& path) {
    std::vector<Erased> all;
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return all;
    while (!file.atEnd()) {
        const QList<QByteArray> words = file.readLine().trimmed().split(' ');
        const auto at = words.size() < 3 ? Result<Instant>(fail(ErrorCode::NotFound)) : parseIso8601(words[1].toStdString());
        if (!at)
            continue;
        Erased erased{.id = words[0].toLongLong(), .at = *at};
        for (int i = 2; i < words.size(); ++i)
            erased.prints.insert(words[i].toStdString());
        all.push_back(std::move(erased));
    }
    return all;
}

Result<> writeList(const std::string& path, const std::vector<Erased>& all) {
    if (!QFileInfo(QString::fromStdString(path)).absoluteDir().mkpath(QStringLiteral(".")))
        return fail(ErrorCode::FileUnwritable, path);
    QSaveFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail(ErrorCode::FileUnwritable, path);
    for (const Erased& erased : all) {
        std::string line = std::to_string(erased.id) + ' ' + toIso8601(erased.at);
        for (const std::string& print : erased.prints)
            line += ' ' + print;
        line += '\n';
        file.write(line.data(), qint64(line.size()));
    }
    return file.commit() ? Result<>() : fail(ErrorCode::FileUnwritable, path);
}

// What the file knows is added to what this computer knows.
Result<std::vector<Erased>> joinLists(Connection& db, const std::string& path) {
    std::vector<Erased> all = readList(path);
    const std::size_t before = all.size();
    for (Erased& erased : erasures(db)) {
        if (std::none_of(all.begin(), all.end(), [&](const Erased& known) { return known.id == erased.id; }))
            all.push_back(std::move(erased));
    }
    if (all.size() > before)
        OUTRIDER_TRY(writeList(path, all));
    return all;
}

Result<PersonRows> personOf(Connection& db, LeadId lead) {
    PersonRows person = rowsOf(db, lead);
    if (!person.exists())
        return fail(ErrorCode::NotFound, "lead " + std::to_string(lead.value));
    return person;
}

std::optional<Instant> cutoff(const ServiceContext& context, int months) {
    if (months <= 0)
        return std::nullopt;
    return context.clock().now() - std::chrono::hours(24) * 30 * months;
}

int monthsOf(Connection& db) {
    const auto stored = nlohmann::json::parse(SettingRepository(db).get(retentionSetting), nullptr, false);
    return stored.is_number_integer() ? std::clamp(stored.get<int>(), 0, 1200) : 0;
}

} // namespace

QFuture<Result<std::vector<PrivacyService::Holdings>>> PrivacyService::find(std::string whom) {
    return m_context.store().read([whom = contact::collapsed(whom)](ReadContext& r) -> Result<std::vector<Holdings>> {
        LeadRepository leads(r.db);
        std::vector<std::int64_t> ids;
        const auto add = [&ids](std::int64_t id) {
            if (id != 0 && std::find(ids.begin(), ids.end(), id) == ids.end() && ids.size() < mostFound)
                ids.push_back(id);
        };
        if (whom.starts_with('#'))
            add(std::strtoll(whom.c_str() + 1, nullptr, 10));
        else
            for (const std::int64_t id : peopleKnownBy(r.db, whom))
                add(id);
        std::vector<Holdings> found;
        for (const std::int64_t id : ids) {
            const auto lead = leads.find(LeadId{id});
            if (lead)
                found.push_back({lead->id, displayName(*lead), rowsOf(r.db, lead->id).counts(r.db)});
        }
        return found;
    });
}

QFuture<Result<std::string>> PrivacyService::copyOf(LeadId lead) {
    return m_context.store().read([lead](ReadContext& r) -> Result<std::string> {
        OUTRIDER_ASSIGN(const PersonRows person, personOf(r.db, lead));
        return copyOfPerson(r.db, person);
    });
}

// Backups still have whoever was there when they were made.
void PrivacyService::addBackups(ErasureCertificate& certificate, Instant bornAt) {
    const auto stored = wait(m_context.store().read(
        [](ReadContext& r) -> Result<BackupPolicy> { return backupPolicyOf(SettingRepository(r.db).get("backup")); }));
    const BackupPolicy policy = stored ? *stored : BackupPolicy{};
    const std::string& path = m_context.store().path();
    for (const BackupFile& file : backupsIn(policy.folder.empty() ? backupFolderOf(path) : policy.folder, path)) {
        if (file.at < bornAt)
            continue;
        ErasureCertificate::Backup backup{.path = file.path, .at = file.at};
        const auto days = std::chrono::hours(24);
        if (file.kind == BackupKind::Hourly)
            backup.until = file.at + std::max<std::chrono::hours>(std::chrono::hours(policy.hourly), days);
        else if (file.kind == BackupKind::Daily)
            backup.until = file.at + days * (policy.daily + 1);
        else if (file.kind == BackupKind::Weekly)
            backup.until = file.at + days * 7 * (policy.weekly + 1);
        if (!policy.automatic)
            backup.until.reset(); // nothing lets go of it
        certificate.backups.push_back(std::move(backup));
    }
}

QFuture<Result<ErasureCertificate>> PrivacyService::preview(LeadId lead) {
    return m_context.background().run([this, lead]() -> Result<ErasureCertificate> {
        Instant bornAt{};
        OUTRIDER_ASSIGN(
            ErasureCertificate certificate, wait(m_context.store().read([&](ReadContext& r) -> Result<ErasureCertificate> {
                OUTRIDER_ASSIGN(const PersonRows person, personOf(r.db, lead));
                bornAt = LeadRepository(r.db).find(lead)->createdAt;
                return ErasureCertificate{.at = r.now, .removed = person.counts(r.db), .mentions = mentionsOf(r.db, person)};
            })));
        addBackups(certificate, bornAt);
        return certificate;
    });
}

QFuture<Result<ErasureCertificate>> PrivacyService::erase(LeadId lead, ProgressPtr progress) {
    return m_context.background().run([this, lead, progress]() -> Result<ErasureCertificate> {
        if (progress && progress->cancelled())
            return fail(ErrorCode::Cancelled);
        Instant bornAt{};
        RowCounts mentions;
        OUTRIDER_TRY(wait(m_context.store().read([&](ReadContext& r) -> Result<> {
            OUTRIDER_ASSIGN(const PersonRows person, personOf(r.db, lead));
            bornAt = LeadRepository(r.db).find(lead)->createdAt;
            mentions = mentionsOf(r.db, person);
            return {};
        })));
        ErasureCertificate backups;
        addBackups(backups, bornAt);
        std::string listPath;
        OUTRIDER_ASSIGN(const ErasureCertificate done,
                        wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<ErasureCertificate> {
                            OUTRIDER_ASSIGN(const PersonRows person, personOf(write.db, lead));
                            ErasureCertificate certificate =
                                store::erase(write, person, m_context.store().key(), m_context.random());
                            certificate.mentions = mentions;
                            certificate.backups = backups.backups;
                            keepCertificate(write, certificate);
                            listPath = erasureListPath(write.db, m_context.store(), m_context.environment());
                            return certificate;
                        })));
        if (!listPath.empty() && !m_context.isPractice())
            OUTRIDER_TRY(wait(m_context.store().read([&](ReadContext& r) -> Result<bool> {
                return joinLists(r.db, listPath).map([](const auto&) { return true; });
            })));
        return done;
    });
}

QFuture<Result<std::vector<ErasureCertificate>>> PrivacyService::certificates() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<ErasureCertificate>> { return store::certificates(r.db); });
}

QFuture<Result<PrivacyService::Retention>> PrivacyService::retention() {
    return m_context.store().read([](ReadContext& r) -> Result<Retention> { return Retention{.months = monthsOf(r.db)}; });
}

QFuture<Result<>> PrivacyService::setRetention(Retention rule) {
    return m_context.store().write(m_context.action("settings.retention"), [rule](WriteContext& write) -> Result<> {
        if (rule.months < 0 || rule.months > 1200)
            return fail(ErrorCode::InvalidArgument, "months");
        SettingRepository(write.db).set(write, retentionSetting, std::to_string(rule.months));
        return {};
    });
}

QFuture<Result<PrivacyService::Proposed>> PrivacyService::proposed(int limit) {
    return m_context.store().read([this, limit](ReadContext& r) -> Result<Proposed> {
        Proposed proposed;
        const auto since = cutoff(m_context, monthsOf(r.db));
        if (!since)
            return proposed;
        proposed.total = countWithoutContact(r.db, *since);
        LeadListRepository list(r.db);
        for (const LeadId id : leadsWithoutContact(r.db, *since, limit)) {
            if (auto row = list.row(id))
                proposed.leads.push_back(*std::move(row));
        }
        return proposed;
    });
}

Result<int> eraseAgain(Store& store, Random& random, const std::string& listPath) {
    if (listPath.empty() || store.isReadOnly())
        return 0;
    return wait(store.writeSilently([&](WriteContext& write) -> Result<int> {
        std::vector<Erased> unknown = readList(listPath);
        const std::vector<Erased> known = erasures(write.db);
        std::erase_if(unknown, [&known](const Erased& one) {
            return std::any_of(known.begin(), known.end(), [&one](const Erased& k) { return k.id == one.id; });
        });
        int again = 0;
        for (const LeadId lead : leadsErased(write.db, unknown, store.key())) {
            const PersonRows person = rowsOf(write.db, lead);
            if (!person.exists()) // went with another of the same person
                continue;
            keepCertificate(write, erase(write, person, store.key(), random));
            ++again;
        }
        // From now on the file knows of them, whether it had them or not.
        for (const Erased& one : unknown)
            keepCertificate(write, {.id = one.id, .at = one.at, .prints = {one.prints.begin(), one.prints.end()}});
        return again;
    }));
}

} // namespace outrider
