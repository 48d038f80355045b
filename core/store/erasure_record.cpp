// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/erasure.h"

#include <nlohmann/json.hpp>

#include <algorithm>

// What is remembered of those who were erased, and who may be next.

namespace outrider::store {

namespace {

using nlohmann::json;

json toJson(const RowCounts& counts) {
    json list = json::array();
    for (const auto& [what, count] : counts)
        list.push_back({what, count});
    return list;
}

RowCounts countsFrom(const json& list) {
    RowCounts counts;
    for (const json& each : list) {
        if (each.is_array() && each.size() == 2 && each[0].is_string() && each[1].is_number_integer())
            counts.emplace_back(each[0].get<std::string>(), each[1].get<std::int64_t>());
    }
    return counts;
}

} // namespace

void keepCertificate(WriteContext& write, const ErasureCertificate& certificate) {
    json backups = json::array();
    for (const ErasureCertificate::Backup& backup : certificate.backups)
        backups.push_back({{"path", backup.path},
                           {"at", toIso8601(backup.at)},
                           {"until", backup.until ? json(toIso8601(*backup.until)) : json()}});
    const json text{{"removed", toJson(certificate.removed)}, {"mentions", toJson(certificate.mentions)}, {"backups", backups}};
    write.db.run("INSERT INTO erasure(id, at, prints, certificate) VALUES (?1, ?2, ?3, ?4)"
                 " ON CONFLICT(id) DO UPDATE SET certificate = excluded.certificate",
                 certificate.id, certificate.at, json(certificate.prints).dump(), text.dump());
}

std::vector<ErasureCertificate> certificates(Connection& db) {
    std::vector<ErasureCertificate> all;
    Statement rows = db.prepare("SELECT id, at, prints, certificate FROM erasure ORDER BY id DESC");
    while (rows.step()) {
        ErasureCertificate certificate{.id = rows.integer(0), .at = rows.instant(1)};
        const json prints = json::parse(rows.text(2), nullptr, false);
        for (const json& print : prints.is_array() ? prints : json::array()) {
            if (print.is_string())
                certificate.prints.push_back(print.get<std::string>());
        }
        const json text = json::parse(rows.text(3), nullptr, false);
        if (text.is_object()) {
            certificate.removed = countsFrom(text.value("removed", json::array()));
            certificate.mentions = countsFrom(text.value("mentions", json::array()));
            for (const json& each : text.value("backups", json::array())) {
                const auto at = parseIso8601(each.value("at", std::string()));
                const auto until = each.contains("until") && each["until"].is_string()
                                       ? parseIso8601(each["until"].get<std::string>())
                                       : Result<Instant>(fail(ErrorCode::NotFound));
                certificate.backups.push_back(
                    {each.value("path", std::string()), at ? *at : Instant{}, until ? std::optional(*until) : std::nullopt});
            }
        }
        all.push_back(std::move(certificate));
    }
    return all;
}

std::vector<Erased> erasures(Connection& db) {
    std::vector<Erased> all;
    for (const ErasureCertificate& certificate : certificates(db))
        all.push_back({certificate.id, certificate.at, {certificate.prints.begin(), certificate.prints.end()}});
    return all;
}

std::vector<LeadId> leadsErased(Connection& db, const std::vector<Erased>& erased, const SecureBytes& key) {
    std::map<std::string, Instant> prints;
    for (const Erased& each : erased) {
        for (const std::string& print : each.prints) {
            const auto [at, added] = prints.emplace(print, each.at);
            if (!added)
                at->second = std::max(at->second, each.at);
        }
    }
    std::vector<LeadId> found;
    if (prints.empty())
        return found;
    Statement rows = db.prepare("SELECT id, email_key, phone_key, created_at FROM lead");
    while (rows.step()) {
        if (prints.contains(erasurePrint(key, "lead", rows.text(0)))) {
            found.push_back(rows.id<LeadId>(0));
            continue;
        }
        // Whoever came back by themselves afterwards is another matter.
        const auto isTheirs = [&](const char* kind, int column) {
            if (rows.view(column).empty())
                return false;
            const auto print = prints.find(erasurePrint(key, kind, rows.view(column)));
            return print != prints.end() && rows.instant(3) < print->second;
        };
        if (isTheirs("email", 1) || isTheirs("phone", 2))
            found.push_back(rows.id<LeadId>(0));
    }
    return found;
}

// ── Who was long not in contact ───────────────────────────────────────────────────────────────

namespace {
const std::string withoutContact =
    " FROM lead l WHERE l.trashed_at IS NULL AND coalesce(l.last_touch_at, l.created_at) < ?1 AND l.next_task_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.lead_id = l.id AND e.state < 2)";
}

std::vector<LeadId> leadsWithoutContact(Connection& db, Instant since, int limit) {
    std::vector<LeadId> leads;
    Statement rows = db.query("SELECT l.id" + withoutContact + " ORDER BY coalesce(l.last_touch_at, l.created_at), l.id LIMIT ?2",
                              since, limit);
    while (rows.step())
        leads.push_back(rows.id<LeadId>(0));
    return leads;
}

std::int64_t countWithoutContact(Connection& db, Instant since) { return db.integer("SELECT count(*)" + withoutContact, since); }

} // namespace outrider::store
