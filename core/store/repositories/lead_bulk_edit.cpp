// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_bulk_edit.h"

#include "core/contact/text.h"
#include "core/domain/activity.h"
#include "core/domain/enrolment.h"
#include "core/domain/task.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/row_inserts.h"
#include "core/store/repositories/status_repository.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace outrider::store {

namespace {

// "[1,2,3]", for json_each(): one statement for any number of them.
std::string listOf(std::span<const LeadId> leads) {
    std::string list = "[";
    for (const LeadId lead : leads)
        list += (list.size() == 1 ? "" : ",") + std::to_string(lead.value);
    return list + ']';
}

// Ids into ?1.
const std::string amongThese = " IN (SELECT value FROM json_each(?1))";

// Rows of many leads are journaled as a range; that of one is a change like any other.
class RangeOfRows {
public:
    RangeOfRows(WriteContext& write, std::size_t rows) {
        if (rows > 1 && write.action && write.bulk() == nullptr)
            m_bulk.emplace(write);
    }
    void finish() {
        if (m_bulk)
            m_bulk->finish();
    }

private:
    std::optional<WriteContext::BulkInsert> m_bulk;
};

// Fields of a lead that stand for themselves, each a column of its name.
struct PlainColumn {
    std::string_view column;
    std::string Lead::*member;
};
constexpr std::array plainColumns{
    PlainColumn{"salutation", &Lead::salutation}, PlainColumn{"job_title", &Lead::jobTitle},
    PlainColumn{"department", &Lead::department}, PlainColumn{"language", &Lead::language},
    PlainColumn{"street", &Lead::street},         PlainColumn{"city", &Lead::city},
    PlainColumn{"region", &Lead::region},         PlainColumn{"postal_code", &Lead::postalCode},
    PlainColumn{"country", &Lead::country},       PlainColumn{"time_zone", &Lead::timeZone},
    PlainColumn{"source", &Lead::source},         PlainColumn{"consent_source", &Lead::consentSource},
    PlainColumn{"consent_on", &Lead::consentOn},
};
std::string Lead::*const* columnFor(std::string_view field) {
    for (const PlainColumn& plain : plainColumns) {
        if (plain.column == field)
            return &plain.member;
    }
    return nullptr;
}

// Auto-stop (domain/auto_stop.h), and what the trash does: every running enrolment ends, every open task.
void endEverything(WriteContext& write, const std::string& leads, StopReason reason) {
    write.db.run("UPDATE enrolment SET state = 3, stop_reason = ?2, ended_at = ?3, paused_until = NULL"
                 " WHERE state < 2 AND lead_id"
                     + amongThese,
                 leads, reason, write.now); // their tasks and messages: the trigger enrolment_ended
    write.db.run("UPDATE task SET state = ?2, disposition = 0, closed_at = ?3 WHERE state = 0 AND lead_id" + amongThese, leads,
                 TaskState::Cancelled, write.now);
}

} // namespace

std::int64_t LeadBulkEdit::setStatus(std::span<const LeadId> leads, StatusId status) {
    std::optional<Status> wanted;
    std::vector<Status> known = StatusRepository(m_write.db).all();
    for (const Status& each : known) {
        if (each.id == status)
            wanted = each;
    }
    if (!wanted)
        throw StoreException(Error(ErrorCode::NotFound, "status " + std::to_string(status.value)));
    std::vector<LeadId> changing;
    std::vector<Activity> entries;
    {
        Statement rows = m_write.db.query(
            "SELECT id, status_id FROM lead WHERE status_id <> ?2 AND id" + amongThese + " ORDER BY id", listOf(leads), status);
        while (rows.step()) {
            const auto before = rows.id<StatusId>(1);
            std::string subject;
            for (const Status& each : known) {
                if (each.id == before)
                    subject = each.key + " → " + wanted->key;
            }
            changing.push_back(rows.id<LeadId>(0));
            entries.push_back({.lead = changing.back(), .kind = ActivityKind::StatusChanged, .subject = std::move(subject)});
        }
    }
    if (changing.empty())
        return 0;
    const std::string list = listOf(changing);
    // The rule itself, with the action's own moment; the trigger behind it then finds nothing left to do.
    if (wanted->isTerminal())
        endEverything(m_write, list, StopReason::TerminalStatus);
    m_write.db.run("UPDATE lead SET status_id = ?2 WHERE id" + amongThese, list, status);
    RangeOfRows range(m_write, entries.size());
    ActivityRepository(m_write.db).appendAll(m_write, entries);
    range.finish();
    return std::int64_t(changing.size());
}

std::int64_t LeadBulkEdit::setOwner(std::span<const LeadId> leads, MemberId owner) {
    m_write.db.run("UPDATE lead SET owner_id = ?2 WHERE owner_id IS NOT ?2 AND id" + amongThese, listOf(leads), orNull(owner));
    return m_write.db.changeCount();
}

std::int64_t LeadBulkEdit::setArchived(std::span<const LeadId> leads, bool archived) {
    if (archived)
        m_write.db.run("UPDATE lead SET archived_at = ?2 WHERE archived_at IS NULL AND id" + amongThese, listOf(leads),
                       m_write.now);
    else
        m_write.db.run("UPDATE lead SET archived_at = NULL WHERE archived_at IS NOT NULL AND id" + amongThese, listOf(leads));
    return m_write.db.changeCount();
}

std::int64_t LeadBulkEdit::setTrashed(std::span<const LeadId> leads, bool trashed) {
    const std::string list = listOf(leads);
    if (!trashed) {
        m_write.db.run("UPDATE lead SET trashed_at = NULL WHERE trashed_at IS NOT NULL AND id" + amongThese, list);
        return m_write.db.changeCount();
    }
    endEverything(m_write, list, StopReason::Trashed);
    m_write.db.run("UPDATE lead SET trashed_at = ?2 WHERE trashed_at IS NULL AND id" + amongThese, list, m_write.now);
    return m_write.db.changeCount();
}

std::int64_t LeadBulkEdit::addTag(std::span<const LeadId> leads, std::string_view tag) {
    if (contact::trimmed(tag).empty())
        return 0;
    const TagId wanted = LeadRepository(m_write.db).tagId(m_write, tag);
    std::vector<LeadId> without;
    {
        Statement rows = m_write.db.query("SELECT id FROM lead WHERE id" + amongThese
                                              + " AND NOT EXISTS (SELECT 1 FROM lead_tag t WHERE t.lead_id = lead.id AND"
                                                " t.tag_id = ?2) ORDER BY id",
                                          listOf(leads), wanted);
        while (rows.step())
            without.push_back(rows.id<LeadId>(0));
    }
    RangeOfRows range(m_write, without.size());
    RowInserts rows(m_write, "lead_tag", "lead_tag(id, lead_id, tag_id)", 3, without.size());
    for (const LeadId lead : without) {
        const auto id = m_write.newId<Id<struct LeadTagTag>>();
        rows.add(id.value, [&](Statement& insert, int place) { bindFrom(insert, place, id, lead, wanted); });
        m_write.touched(EntityKind::Lead, lead.value);
    }
    range.finish();
    return std::int64_t(without.size());
}

std::int64_t LeadBulkEdit::removeTag(std::span<const LeadId> leads, std::string_view tag) {
    m_write.db.run("DELETE FROM lead_tag WHERE tag_id = (SELECT id FROM tag WHERE name_key = ?2) AND lead_id" + amongThese,
                   listOf(leads), contact::folded(contact::trimmed(tag)));
    const auto removed = m_write.db.changeCount();
    for (const LeadId lead : leads)
        m_write.touched(EntityKind::Lead, lead.value);
    return removed;
}

bool LeadBulkEdit::takesField(std::string_view field) {
    return columnFor(field) != nullptr || field == "score" || field == "no_contact";
}

std::int64_t LeadBulkEdit::setField(std::span<const LeadId> leads, std::string_view field, const Lead& values) {
    const std::string column(field);
    const std::string sql = "UPDATE lead SET " + column + " = ?2 WHERE " + column + " IS NOT ?2 AND id" + amongThese;
    if (field == "score")
        m_write.db.run(sql, listOf(leads), values.score);
    else if (field == "no_contact")
        m_write.db.run(sql, listOf(leads),
                       values.noContact.empty() ? std::nullopt : std::optional(std::int64_t(values.noContact.bits)));
    else if (const auto* member = columnFor(field))
        m_write.db.run(sql, listOf(leads),
                       field.starts_with("consent_") && (values.**member).empty() ? std::nullopt
                                                                                  : std::optional(values.**member));
    return m_write.db.changeCount();
}

std::int64_t LeadBulkEdit::setCustom(std::span<const LeadId> leads, CustomFieldId field, std::string_view value) {
    for (const LeadId lead : leads)
        m_write.touched(EntityKind::Lead, lead.value);
    if (value.empty()) {
        m_write.db.run("DELETE FROM custom_value WHERE field_id = ?2 AND lead_id" + amongThese, listOf(leads), field);
        return m_write.db.changeCount();
    }
    m_write.db.run("UPDATE custom_value SET value = ?3 WHERE field_id = ?2 AND value <> ?3 AND lead_id" + amongThese,
                   listOf(leads), field, value);
    const auto changed = m_write.db.changeCount();
    std::vector<LeadId> without;
    {
        Statement rows = m_write.db.query("SELECT id FROM lead WHERE id" + amongThese
                                              + " AND NOT EXISTS (SELECT 1 FROM custom_value v WHERE v.lead_id = lead.id AND"
                                                " v.field_id = ?2) ORDER BY id",
                                          listOf(leads), field);
        while (rows.step())
            without.push_back(rows.id<LeadId>(0));
    }
    RangeOfRows range(m_write, without.size());
    RowInserts rows(m_write, "custom_value", "custom_value(id, lead_id, field_id, value)", 4, without.size());
    for (const LeadId lead : without) {
        const auto id = m_write.newId<Id<struct CustomValueTag>>();
        rows.add(id.value, [&](Statement& insert, int place) { bindFrom(insert, place, id, lead, field, value); });
    }
    range.finish();
    return changed + std::int64_t(without.size());
}

} // namespace outrider::store
