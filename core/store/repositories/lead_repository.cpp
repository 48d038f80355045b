// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_repository.h"

#include "core/contact/text.h"
#include "core/domain/auto_stop.h"
#include "core/store/journal/journaled_tables.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/row_inserts.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>
#include <array>

namespace outrider::store {

namespace {

// The columns that are plain text fields of a lead, with their members: read, insert and update
// go over this one list.
struct TextColumn {
    const char* name;
    std::string Lead::*member;
};
constexpr std::array textColumns{
    TextColumn{"first_name", &Lead::firstName},
    TextColumn{"last_name", &Lead::lastName},
    TextColumn{"company_name", &Lead::companyName},
    TextColumn{"job_title", &Lead::jobTitle},
    TextColumn{"email", &Lead::email},
    TextColumn{"email_key", &Lead::emailKey},
    TextColumn{"phone", &Lead::phone},
    TextColumn{"phone_key", &Lead::phoneKey},
    TextColumn{"linkedin_url", &Lead::linkedinUrl},
    TextColumn{"city", &Lead::city},
    TextColumn{"country", &Lead::country},
    TextColumn{"time_zone", &Lead::timeZone},
    TextColumn{"salutation", &Lead::salutation},
    TextColumn{"middle_name", &Lead::middleName},
    TextColumn{"department", &Lead::department},
    TextColumn{"street", &Lead::street},
    TextColumn{"region", &Lead::region},
    TextColumn{"postal_code", &Lead::postalCode},
    TextColumn{"language", &Lead::language},
    TextColumn{"source", &Lead::source},
    TextColumn{"external_id", &Lead::externalId},
};

const std::string& selectSql() {
    static const std::string sql = [] {
        std::string text = "SELECT id, company_id, status_id, owner_id, score, reach, next_task_at, last_touch_at,"
                           " created_at, archived_at, trashed_at, no_contact, consent_source, consent_on";
        for (const TextColumn& column : textColumns)
            text += std::string(", ") + column.name;
        return text + " FROM lead";
    }();
    return sql;
}
constexpr int firstTextColumn = 14;

const std::string& insertColumns() {
    static const std::string columns = [] {
        std::string names = "lead(id, company_id, status_id, owner_id, score, reach, created_at, archived_at, trashed_at,"
                            " import_id, name_key, last_name_key, company_key, next_task_at, last_touch_at,"
                            " no_contact, consent_source, consent_on";
        for (const TextColumn& column : textColumns)
            names += std::string(", ") + column.name;
        return names + ")";
    }();
    return columns;
}
constexpr int insertWidth = 18 + int(textColumns.size());

// What is not said is not there: most leads have none of it.
std::optional<std::string> orNothing(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }
std::optional<std::int64_t> orNothing(ChannelSet channels) {
    return channels.empty() ? std::nullopt : std::optional(std::int64_t(channels.bits));
}

std::string nameKey(const Lead& lead) { return contact::unaccented(displayName(lead)); }

std::string lastNameKey(const Lead& lead) {
    return contact::unaccented(lead.lastName.empty() ? lead.firstName : lead.lastName + ' ' + lead.firstName);
}

std::optional<LeadId> firstId(Statement&& rows) { return rows.step() ? std::optional(rows.id<LeadId>(0)) : std::nullopt; }

} // namespace

std::optional<Lead> LeadRepository::find(LeadId id) {
    Lead lead;
    {
        Statement row = m_db.query(selectSql() + " WHERE id = ?1", id);
        if (!row.step())
            return std::nullopt;
        lead.id = row.id<LeadId>(0);
        lead.company = row.id<CompanyId>(1);
        lead.status = row.id<StatusId>(2);
        lead.owner = row.id<MemberId>(3);
        lead.score = static_cast<int>(row.integer(4));
        lead.reach = row.value<Reach>(5);
        lead.nextTaskAt = row.optionalInstant(6);
        lead.lastTouchAt = row.optionalInstant(7);
        lead.createdAt = row.instant(8);
        lead.archivedAt = row.optionalInstant(9);
        lead.trashedAt = row.optionalInstant(10);
        lead.noContact.bits = unsigned(row.integer(11));
        lead.consentSource = row.text(12);
        lead.consentOn = row.text(13);
        int column = firstTextColumn;
        for (const TextColumn& text : textColumns)
            lead.*text.member = row.text(column++);
    }
    Statement contacts =
        m_db.query("SELECT kind, label, value, key FROM contact_point WHERE lead_id = ?1 ORDER BY position, id", id);
    while (contacts.step())
        lead.otherContacts.push_back({contacts.value<ContactKind>(0), contacts.text(1), contacts.text(2), contacts.text(3)});
    Statement tags = m_db.query("SELECT t.name FROM lead_tag l JOIN tag t ON t.id = l.tag_id WHERE l.lead_id = ?1"
                                " ORDER BY t.name_key",
                                id);
    while (tags.step())
        lead.tags.push_back(tags.text(0));
    Statement custom = m_db.query("SELECT f.key, v.value FROM custom_value v JOIN custom_field f ON f.id = v.field_id"
                                  " WHERE v.lead_id = ?1",
                                  id);
    while (custom.step())
        lead.custom.emplace(custom.text(0), custom.text(1));
    return lead;
}

bool LeadRepository::exists(LeadId id) { return m_db.integer("SELECT 1 FROM lead WHERE id = ?1", id) != 0; }

std::optional<LeadId> LeadRepository::findByEmailKey(std::string_view key) {
    if (key.empty())
        return std::nullopt;
    if (auto id = firstId(m_db.query("SELECT id FROM lead WHERE email_key = ?1 AND email_key <> '' AND trashed_at IS NULL"
                                     " ORDER BY id LIMIT 1",
                                     key)))
        return id;
    return firstId(m_db.query("SELECT c.lead_id FROM contact_point c JOIN lead l ON l.id = c.lead_id"
                              " WHERE c.key = ?1 AND c.key <> '' AND c.kind = 0 AND l.trashed_at IS NULL"
                              " ORDER BY c.lead_id LIMIT 1",
                              key));
}

std::optional<LeadId> LeadRepository::findByPhoneKey(std::string_view key) {
    if (key.empty())
        return std::nullopt;
    if (auto id = firstId(m_db.query("SELECT id FROM lead WHERE phone_key = ?1 AND phone_key <> '' AND trashed_at IS NULL"
                                     " ORDER BY id LIMIT 1",
                                     key)))
        return id;
    return firstId(m_db.query("SELECT c.lead_id FROM contact_point c JOIN lead l ON l.id = c.lead_id"
                              " WHERE c.key = ?1 AND c.key <> '' AND c.kind = 1 AND l.trashed_at IS NULL"
                              " ORDER BY c.lead_id LIMIT 1",
                              key));
}

std::optional<LeadId> LeadRepository::findByLinkedInUrl(std::string_view url) {
    if (url.empty())
        return std::nullopt;
    return firstId(m_db.query("SELECT id FROM lead WHERE linkedin_url = ?1 AND linkedin_url <> ''"
                              " AND trashed_at IS NULL ORDER BY id LIMIT 1",
                              url));
}

std::optional<LeadId> LeadRepository::findByExternalId(std::string_view externalId) {
    if (externalId.empty())
        return std::nullopt;
    return firstId(m_db.query("SELECT id FROM lead WHERE external_id = ?1 AND external_id <> ''"
                              " AND trashed_at IS NULL ORDER BY id LIMIT 1",
                              externalId));
}

// Counted by the indexes of the upsert keys, which leave out the empty ones.
bool LeadRepository::allHaveEmail() {
    return m_db.integer("SELECT (SELECT count(*) FROM lead) = (SELECT count(*) FROM lead WHERE email_key <> '')") != 0;
}

bool LeadRepository::allHavePhone() {
    return m_db.integer("SELECT (SELECT count(*) FROM lead) = (SELECT count(*) FROM lead WHERE phone_key <> '')") != 0;
}

bool LeadRepository::allHaveLinkedIn() {
    return m_db.integer("SELECT (SELECT count(*) FROM lead) = (SELECT count(*) FROM lead WHERE linkedin_url <> '')") != 0;
}

bool LeadRepository::allHaveExternalId() {
    return m_db.integer("SELECT (SELECT count(*) FROM lead) = (SELECT count(*) FROM lead WHERE external_id <> '')") != 0;
}

std::optional<LeadId> LeadRepository::findByNameAndCompany(std::string_view fullName, std::string_view companyName) {
    return firstId(m_db.query("SELECT id FROM lead WHERE name_key = ?1 AND company_key = ?2 AND trashed_at IS NULL"
                              " AND archived_at IS NULL ORDER BY id LIMIT 1",
                              contact::unaccented(fullName), contact::unaccented(companyName)));
}

void LeadRepository::insert(WriteContext& write, Lead& lead, ImportId import) { insertAll(write, std::array{&lead}, import); }

void LeadRepository::insertAll(WriteContext& write, std::span<Lead* const> leads, ImportId import, Derived derived) {
    const auto moment = [derived](const std::optional<Instant>& known) {
        return derived == Derived::Given ? known : std::nullopt;
    };
    RowInserts rows(write, "lead", insertColumns(), insertWidth, leads.size());
    for (Lead* each : leads) {
        Lead& lead = *each;
        lead.id = write.newId<LeadId>();
        if (lead.createdAt == Instant{})
            lead.createdAt = write.now;
        rows.add(lead.id.value, [&](Statement& insert, int place) {
            bindFrom(insert, place, lead.id, orNull(lead.company), lead.status, orNull(lead.owner), lead.score, lead.reach,
                     lead.createdAt, lead.archivedAt, lead.trashedAt, orNull(import), nameKey(lead), lastNameKey(lead),
                     contact::unaccented(lead.companyName), moment(lead.nextTaskAt), moment(lead.lastTouchAt),
                     orNothing(lead.noContact), orNothing(lead.consentSource), orNothing(lead.consentOn));
            place += 18;
            for (const TextColumn& text : textColumns)
                insert.bindText(place++, lead.*text.member);
        });
    }
    const std::vector<const Lead*> inserted(leads.begin(), leads.end());
    insertContacts(write, inserted);
    for (const Lead* lead : leads) {
        for (const std::string& tag : lead->tags)
            addTag(write, lead->id, tag);
    }
    insertCustom(write, inserted);
}

void LeadRepository::update(WriteContext& write, const Lead& before, const Lead& after) {
    std::string sets;
    std::vector<const std::string*> values;
    for (const TextColumn& text : textColumns) {
        if (before.*text.member != after.*text.member) {
            values.push_back(&(after.*text.member));
            sets += (sets.empty() ? "" : ", ") + std::string(text.name) + " = ?" + std::to_string(values.size());
        }
    }
    const std::array<std::pair<const char*, std::string>, 3> keys{
        std::pair{"name_key", nameKey(before) == nameKey(after) ? std::string() : nameKey(after)},
        std::pair{"last_name_key", lastNameKey(before) == lastNameKey(after) ? std::string() : lastNameKey(after)},
        std::pair{"company_key",
                  before.companyName == after.companyName ? std::string() : contact::unaccented(after.companyName)},
    };
    const std::array<bool, 3> keyChanged{nameKey(before) != nameKey(after), lastNameKey(before) != lastNameKey(after),
                                         before.companyName != after.companyName};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keyChanged.at(i)) {
            values.push_back(&keys.at(i).second);
            sets += (sets.empty() ? "" : ", ") + std::string(keys.at(i).first) + " = ?" + std::to_string(values.size());
        }
    }
    if (!sets.empty()) {
        Statement update = m_db.prepare("UPDATE lead SET " + sets + " WHERE id = ?" + std::to_string(values.size() + 1));
        int place = 1;
        for (const std::string* value : values)
            update.bindText(place++, *value);
        update.bindInteger(place, after.id.value);
        update.run();
    }
    if (before.company != after.company)
        m_db.run("UPDATE lead SET company_id = ?1 WHERE id = ?2", orNull(after.company), after.id);
    if (before.owner != after.owner)
        m_db.run("UPDATE lead SET owner_id = ?1 WHERE id = ?2", orNull(after.owner), after.id);
    if (before.score != after.score)
        m_db.run("UPDATE lead SET score = ?1 WHERE id = ?2", after.score, after.id);
    if (before.noContact != after.noContact)
        m_db.run("UPDATE lead SET no_contact = ?1 WHERE id = ?2", orNothing(after.noContact), after.id);
    if (before.consentSource != after.consentSource)
        m_db.run("UPDATE lead SET consent_source = ?1 WHERE id = ?2", orNothing(after.consentSource), after.id);
    if (before.consentOn != after.consentOn)
        m_db.run("UPDATE lead SET consent_on = ?1 WHERE id = ?2", orNothing(after.consentOn), after.id);
    if (before.otherContacts != after.otherContacts) {
        m_db.run("DELETE FROM contact_point WHERE lead_id = ?1", after.id);
        insertContacts(write, std::array<const Lead*, 1>{&after});
    }
    for (const std::string& tag : before.tags) {
        if (std::find(after.tags.begin(), after.tags.end(), tag) == after.tags.end())
            removeTag(write, after.id, tag);
    }
    for (const std::string& tag : after.tags) {
        if (std::find(before.tags.begin(), before.tags.end(), tag) == before.tags.end())
            addTag(write, after.id, tag);
    }
    if (before.custom != after.custom)
        updateCustom(write, before, after);
}

void LeadRepository::insertContacts(WriteContext& write, std::span<const Lead* const> leads) {
    std::size_t count = 0;
    for (const Lead* lead : leads)
        count += lead->otherContacts.size();
    RowInserts rows(write, "contact_point", "contact_point(id, lead_id, kind, label, value, key, position)", 7, count);
    for (const Lead* lead : leads) {
        int position = 0;
        for (const ContactPoint& contact : lead->otherContacts) {
            const auto id = write.newId<Id<struct ContactPointTag>>();
            rows.add(id.value, [&](Statement& insert, int place) {
                bindFrom(insert, place, id, lead->id, contact.kind, contact.label, contact.value, contact.key, position++);
            });
        }
    }
}

// For leads without any yet.
void LeadRepository::insertCustom(WriteContext& write, std::span<const Lead* const> leads) {
    std::size_t count = 0;
    for (const Lead* lead : leads)
        count += lead->custom.size();
    std::map<std::string_view, CustomFieldId> fields;
    RowInserts rows(write, "custom_value", "custom_value(id, lead_id, field_id, value)", 4, count);
    for (const Lead* lead : leads) {
        for (const auto& [key, value] : lead->custom) {
            auto field = fields.find(key);
            if (field == fields.end())
                field = fields.emplace(key, CustomFieldRepository(m_db).findOrCreate(write, key)).first;
            const auto id = write.newId<Id<struct CustomValueTag>>();
            rows.add(id.value, [&, field, &text = value](Statement& insert, int place) {
                bindFrom(insert, place, id, lead->id, field->second, text);
            });
        }
    }
}

void LeadRepository::updateCustom(WriteContext& write, const Lead& before, const Lead& after) {
    for (const auto& [key, value] : before.custom) {
        const auto kept = after.custom.find(key);
        if (kept == after.custom.end())
            m_db.run("DELETE FROM custom_value WHERE lead_id = ?1 AND field_id = (SELECT id FROM custom_field WHERE key = ?2)",
                     after.id, key);
        else if (kept->second != value)
            m_db.run("UPDATE custom_value SET value = ?3 WHERE lead_id = ?1"
                     " AND field_id = (SELECT id FROM custom_field WHERE key = ?2)",
                     after.id, key, kept->second);
    }
    Lead added{.id = after.id};
    for (const auto& [key, value] : after.custom) {
        if (!before.custom.contains(key))
            added.custom.emplace(key, value);
    }
    insertCustom(write, std::array<const Lead*, 1>{&added});
}

bool LeadRepository::setStatus(WriteContext& write, LeadId id, StatusId status) {
    const auto wanted = StatusRepository(m_db).find(status);
    if (!wanted)
        throw StoreException(Error(ErrorCode::NotFound, "status " + std::to_string(status.value)));
    if (m_db.integer("SELECT status_id FROM lead WHERE id = ?1", id) == status.value)
        return false;
    // The rule itself, with the action's own moment; the trigger behind it then finds nothing left to do.
    if (wanted->isTerminal()) { // for others it changes nothing, and a hundred thousand leads are not read for that
        EnrolmentRepository enrolments(m_db);
        TaskRepository tasks(m_db);
        const AutoStop effects = autoStop(*wanted, enrolments.ofLead(id), tasks.openOf(id));
        for (const EnrolmentId enrolment : effects.stop)
            enrolments.stop(write, enrolment, StopReason::TerminalStatus);
        for (const TaskId task : effects.cancel)
            tasks.close(write, task, TaskState::Cancelled);
    }
    m_db.run("UPDATE lead SET status_id = ?1 WHERE id = ?2", status, id);
    return true;
}

void LeadRepository::setReach(WriteContext&, LeadId id, Reach reach) {
    m_db.run("UPDATE lead SET reach = ?1 WHERE id = ?2 AND reach <> ?1", reach, id);
}

StatusId LeadRepository::statusOf(LeadId id) { return StatusId{m_db.integer("SELECT status_id FROM lead WHERE id = ?1", id)}; }

bool LeadRepository::setOwner(WriteContext&, LeadId id, MemberId owner) {
    m_db.run("UPDATE lead SET owner_id = ?1 WHERE id = ?2 AND owner_id IS NOT ?1", orNull(owner), id);
    return m_db.changeCount() > 0;
}

bool LeadRepository::setArchived(WriteContext& write, LeadId id, bool archived) {
    if (archived)
        m_db.run("UPDATE lead SET archived_at = ?1 WHERE id = ?2 AND archived_at IS NULL", write.now, id);
    else
        m_db.run("UPDATE lead SET archived_at = NULL WHERE id = ?1 AND archived_at IS NOT NULL", id);
    return m_db.changeCount() > 0;
}

bool LeadRepository::setTrashed(WriteContext& write, LeadId id, bool trashed) {
    if (!trashed) {
        m_db.run("UPDATE lead SET trashed_at = NULL WHERE id = ?1 AND trashed_at IS NOT NULL", id);
        return m_db.changeCount() > 0;
    }
    EnrolmentRepository enrolments(m_db);
    for (const Enrolment& enrolment : enrolments.ofLead(id)) {
        if (enrolment.isRunning())
            enrolments.stop(write, enrolment.id, StopReason::Trashed);
    }
    TaskRepository tasks(m_db);
    for (const Task& task : tasks.openOf(id))
        tasks.close(write, task.id, TaskState::Cancelled);
    m_db.run("UPDATE lead SET trashed_at = ?1 WHERE id = ?2 AND trashed_at IS NULL", write.now, id);
    return m_db.changeCount() > 0;
}

TagId LeadRepository::tagId(WriteContext& write, std::string_view name) {
    const std::string key = contact::folded(contact::trimmed(name));
    if (const auto id = m_db.integer("SELECT id FROM tag WHERE name_key = ?1", key); id != 0)
        return TagId{id};
    const auto id = write.newId<TagId>();
    m_db.run("INSERT INTO tag(id, name, name_key) VALUES (?1, ?2, ?3)", id, contact::trimmed(name), key);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("tag")->number, id.value);
    return id;
}

void LeadRepository::addTag(WriteContext& write, LeadId lead, std::string_view tag) {
    if (contact::trimmed(tag).empty())
        return;
    const TagId wanted = tagId(write, tag);
    if (m_db.integer("SELECT 1 FROM lead_tag WHERE lead_id = ?1 AND tag_id = ?2", lead, wanted) != 0)
        return;
    const auto id = write.newId<Id<struct LeadTagTag>>();
    m_db.run("INSERT INTO lead_tag(id, lead_id, tag_id) VALUES (?1, ?2, ?3)", id, lead, wanted);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("lead_tag")->number, id.value);
    write.touched(EntityKind::Lead, lead.value);
}

void LeadRepository::removeTag(WriteContext& write, LeadId lead, std::string_view tag) {
    m_db.run("DELETE FROM lead_tag WHERE lead_id = ?1 AND tag_id = (SELECT id FROM tag WHERE name_key = ?2)", lead,
             contact::folded(contact::trimmed(tag)));
    write.touched(EntityKind::Lead, lead.value);
}

std::vector<std::string> LeadRepository::allTags() {
    std::vector<std::string> tags;
    Statement rows = m_db.prepare("SELECT name FROM tag ORDER BY name_key");
    while (rows.step())
        tags.push_back(rows.text(0));
    return tags;
}

std::int64_t LeadRepository::countWithoutNextStep(int most) {
    return m_db.integer("SELECT count(*) FROM (SELECT 1 FROM lead l INDEXED BY lead_stranded WHERE l.next_task_at IS NULL"
                        " AND l.trashed_at IS NULL"
                        " AND l.archived_at IS NULL AND l.reach = 0 AND l.status_id IN (SELECT id FROM status WHERE kind = 0)"
                        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.lead_id = l.id AND o.state IN (0, 1, 2, 3, 6))"
                        " LIMIT ?1)",
                        most);
}

std::int64_t LeadRepository::countAll() {
    return m_db.integer("SELECT count(*) FROM lead WHERE trashed_at IS NULL AND archived_at IS NULL");
}

} // namespace outrider::store
