// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/list_repository.h"

#include "core/contact/text.h"

namespace outrider::store {

namespace {

constexpr std::string_view columns = "SELECT l.id, l.name, l.leads, l.created_at, l.archived_at FROM list l";

PersonList readList(const Statement& row) {
    return {.id = row.id<ListId>(0),
            .name = row.text(1),
            .leads = row.integer(2),
            .createdAt = row.instant(3),
            .archivedAt = row.optionalInstant(4)};
}

std::vector<PersonList> readAll(Statement&& rows) {
    std::vector<PersonList> lists;
    while (rows.step())
        lists.push_back(readList(rows));
    return lists;
}

constexpr std::string_view ofLeadSql = " JOIN list_member m ON m.list_id = l.id WHERE m.lead_id = ?1 ORDER BY l.name_key";
constexpr std::string_view membersSql = "SELECT m.lead_id FROM list_member m JOIN lead d ON d.id = m.lead_id"
                                        " WHERE m.list_id = ?1 AND d.trashed_at IS NULL ORDER BY m.lead_id";
constexpr std::string_view sourcesSql =
    "SELECT coalesce((SELECT a.text FROM activity a WHERE a.lead_id = e.lead_id AND a.kind = 11 AND a.enrolment_id = e.id), ''),"
    " count(*), sum(e.state < 2), sum(e.stop_reason = 2) FROM enrolment e WHERE e.strategy_id = ?1"
    " GROUP BY 1 ORDER BY 2 DESC, 1";

std::string keyOf(std::string_view name) { return contact::unaccented(contact::collapsed(name)); }

} // namespace

std::vector<PersonList> ListRepository::all(bool withArchived) {
    return readAll(
        m_db.prepare(std::string(columns) + (withArchived ? "" : " WHERE l.archived_at IS NULL") + " ORDER BY l.name_key"));
}

std::optional<PersonList> ListRepository::find(ListId id) {
    Statement row = m_db.query(std::string(columns) + " WHERE l.id = ?1", id);
    return row.step() ? std::optional(readList(row)) : std::nullopt;
}

std::optional<PersonList> ListRepository::findByName(std::string_view name) {
    Statement row = m_db.query(std::string(columns) + " WHERE l.name_key = ?1", keyOf(name));
    return row.step() ? std::optional(readList(row)) : std::nullopt;
}

std::vector<PersonList> ListRepository::ofLead(LeadId lead) {
    return readAll(m_db.query(std::string(columns) + std::string(ofLeadSql), lead));
}

std::vector<LeadId> ListRepository::members(ListId id) {
    std::vector<LeadId> leads;
    Statement rows = m_db.query(membersSql, id);
    while (rows.step())
        leads.push_back(rows.id<LeadId>(0));
    return leads;
}

void ListRepository::requireFree(std::string_view nameKey, ListId except) {
    if (m_db.integer("SELECT EXISTS (SELECT 1 FROM list WHERE name_key = ?1 AND id <> ?2)", nameKey, except) != 0)
        throw StoreException(Error(ErrorCode::AlreadyExists, std::string(nameKey)));
}

ListId ListRepository::insert(WriteContext& write, std::string_view name) {
    requireFree(keyOf(name), {});
    const auto id = write.newId<ListId>();
    m_db.run("INSERT INTO list(id, name, name_key, created_at) VALUES (?1, ?2, ?3, ?4)", id, contact::collapsed(name),
             keyOf(name), write.now);
    return id;
}

void ListRepository::rename(WriteContext&, ListId id, std::string_view name) {
    requireFree(keyOf(name), id);
    m_db.run("UPDATE list SET name = ?2, name_key = ?3 WHERE id = ?1", id, contact::collapsed(name), keyOf(name));
}

void ListRepository::setArchived(WriteContext& write, ListId id, bool archived) {
    if (archived)
        m_db.run("UPDATE list SET archived_at = ?2 WHERE id = ?1 AND archived_at IS NULL", id, write.now);
    else
        m_db.run("UPDATE list SET archived_at = NULL WHERE id = ?1", id);
}

void ListRepository::remove(WriteContext&, ListId id) {
    m_db.run("DELETE FROM list_member WHERE list_id = ?1", id);
    m_db.run("DELETE FROM list WHERE id = ?1", id);
}

std::int64_t ListRepository::add(WriteContext& write, ListId id, std::span<const LeadId> leads) {
    std::int64_t added = 0;
    for (const LeadId lead : leads) {
        m_db.run("INSERT INTO list_member(id, list_id, lead_id, added_at) SELECT ?1, ?2, ?3, ?4"
                 " WHERE EXISTS (SELECT 1 FROM lead WHERE id = ?3)"
                 " AND NOT EXISTS (SELECT 1 FROM list_member WHERE list_id = ?2 AND lead_id = ?3)",
                 write.newId<Id<struct ListMemberTag>>(), id, lead, write.now);
        if (m_db.changeCount() > 0) {
            ++added;
            write.touched(EntityKind::Lead, lead.value);
        }
    }
    return added;
}

std::int64_t ListRepository::take(WriteContext& write, ListId id, std::span<const LeadId> leads) {
    std::int64_t taken = 0;
    for (const LeadId lead : leads) {
        m_db.run("DELETE FROM list_member WHERE list_id = ?1 AND lead_id = ?2", id, lead);
        if (m_db.changeCount() > 0) {
            ++taken;
            write.touched(EntityKind::Lead, lead.value);
        }
    }
    return taken;
}

std::vector<StrategySource> ListRepository::sourcesOf(StrategyId strategy) {
    std::vector<StrategySource> sources;
    Statement rows = m_db.query(sourcesSql, strategy);
    while (rows.step())
        sources.push_back(
            {.source = rows.text(0), .enrolled = rows.integer(1), .running = rows.integer(2), .replied = rows.integer(3)});
    return sources;
}

std::vector<std::string> ListRepository::statements() {
    return {std::string(columns) + std::string(ofLeadSql), std::string(membersSql), std::string(sourcesSql)};
}

} // namespace outrider::store
