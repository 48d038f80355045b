// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/erasure.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/contact/text.h"
#include "core/domain/outbox.h"
#include "core/store/compression.h"
#include "core/store/journal/journaled_tables.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/search_index.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/verification_repository.h"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>
#include <array>

namespace outrider::store {

namespace {

using nlohmann::json;

struct ForeignKey {
    std::string table;
    std::string column;
    std::string parent;
    bool notNull = false;
};

std::vector<ForeignKey> foreignKeys(Connection& db) {
    std::vector<ForeignKey> keys;
    Statement rows = db.prepare("SELECT t.name, k.\"from\", k.\"table\", c.\"notnull\" FROM main.sqlite_schema t,"
                                " pragma_foreign_key_list(t.name) k JOIN pragma_table_info(t.name) c ON c.name = k.\"from\""
                                " WHERE t.type = 'table'");
    while (rows.step())
        keys.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3) != 0});
    return keys;
}

bool hasId(Connection& db, const std::string& table) {
    return db.integer("SELECT count(*) FROM pragma_table_info(?1) WHERE name = 'id'", table) != 0;
}

template <typename Ids>
std::string listOf(const Ids& ids) {
    return json(ids).dump();
}

const std::string amongThese = " IN (SELECT value FROM json_each(?1))";

void addDistinct(std::vector<std::string>& all, std::string text) {
    if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end())
        all.push_back(std::move(text));
}

void readIdentity(Connection& db, PersonRows& person) {
    LeadRepository leads(db);
    for (const std::int64_t id : person.leads) {
        const auto lead = leads.find(LeadId{id});
        if (!lead)
            continue;
        addDistinct(person.emails, lead->emailKey);
        addDistinct(person.phones, lead->phoneKey);
        addDistinct(person.names, fullName(*lead));
        for (const ContactPoint& contact : lead->otherContacts)
            addDistinct(contact.kind == ContactKind::Email ? person.emails : person.phones,
                        contact.kind == ContactKind::Url ? std::string() : contact.key);
    }
}

// The text columns of a table in which anybody's address may stand.
std::vector<std::string> textColumns(Connection& db, const std::string& table) {
    std::vector<std::string> columns;
    for (const Column& column : columnsOf(db, table)) {
        if (column.type == "TEXT")
            columns.push_back(column.name);
    }
    return columns;
}

std::string mentionSql(const std::string& table, const std::vector<std::string>& columns) {
    std::string sql;
    for (const std::string& column : columns)
        sql += (sql.empty() ? "" : " || ' ' || ") + ("coalesce(" + table + "." + column + ", '')");
    return "EXISTS (SELECT 1 FROM json_each(?1) a WHERE instr(lower(" + sql + "), a.value) > 0)";
}

std::vector<std::string> addressesOf(const PersonRows& person) {
    std::vector<std::string> addresses = person.emails;
    addresses.insert(addresses.end(), person.phones.begin(), person.phones.end());
    return addresses;
}

// The changes of rows that are gone, or will be; of these rows, ids by table.
std::map<std::string, std::set<std::int64_t>> lostRows(Connection& db, const PersonRows& person,
                                                       const std::vector<ForeignKey>& keys) {
    std::map<std::string, std::set<std::int64_t>> lost;
    for (const std::int64_t lead : person.leads) {
        Statement rows = db.query("SELECT tbl, row_id FROM change WHERE op = 2 AND json_extract(old, '$.lead_id') = ?1", lead);
        while (rows.step()) {
            if (const JournaledTable* table = journaledTable(int(rows.integer(0))))
                lost[std::string(table->name)].insert(rows.integer(1));
        }
    }
    // What belonged to what belonged to them: the files of a message that is no more.
    for (bool more = true; more;) {
        more = false;
        for (const ForeignKey& key : keys) {
            const JournaledTable* table = journaledTable(std::string_view(key.table));
            if (table == nullptr || !key.notNull || key.parent == "lead")
                continue;
            std::set<std::int64_t> parents = lost[key.parent];
            if (const auto living = person.rows.find(key.parent); living != person.rows.end())
                parents.insert(living->second.begin(), living->second.end());
            if (parents.empty())
                continue;
            Statement rows = db.query("SELECT row_id FROM change WHERE tbl = ?2 AND op = 2 AND json_extract(old, '$." + key.column
                                          + "')" + amongThese,
                                      listOf(parents), table->number);
            while (rows.step())
                more |= lost[key.table].insert(rows.integer(0)).second;
        }
    }
    return lost;
}

// What an action still has of its changes; nothing left: it can no longer be taken back, and says of nobody any more.
void mendAction(Connection& db, std::int64_t action) {
    Statement range = db.query("SELECT first_change, last_change FROM action WHERE id = ?1 AND first_change IS NOT NULL", action);
    if (!range.step())
        return;
    const std::int64_t first = range.integer(0);
    const std::int64_t last = range.integer(1);
    const std::string within = "SELECT id FROM change WHERE id BETWEEN ?1 AND ?2 AND action_id = ?3 ORDER BY id";
    const auto begin = db.integer(within + " LIMIT 1", first, last, action);
    if (begin == 0) {
        db.run("UPDATE action SET first_change = NULL, last_change = NULL, undoable = 0, subject = '' WHERE id = ?1", action);
        return;
    }
    const auto end = db.integer(within + " DESC LIMIT 1", first, last, action);
    db.run("UPDATE action SET first_change = ?2, last_change = ?3 WHERE id = ?1", action, begin, end);
}

std::int64_t forgetJournal(Connection& db, const PersonRows& person, const std::vector<ForeignKey>& keys) {
    std::map<std::string, std::set<std::int64_t>> rows = lostRows(db, person, keys);
    for (const auto& [table, ids] : person.rows)
        rows[table].insert(ids.begin(), ids.end());
    std::set<std::int64_t> actions;
    std::int64_t forgotten = 0;
    for (const auto& [name, ids] : rows) {
        const JournaledTable* table = journaledTable(std::string_view(name));
        if (table == nullptr || ids.empty())
            continue;
        // A range only says between which ids rows came in, and is the others' as well.
        const std::string which = " FROM change WHERE tbl = ?2 AND op <> 3 AND row_id" + amongThese;
        {
            Statement found = db.query("SELECT DISTINCT action_id" + which, listOf(ids), table->number);
            while (found.step())
                actions.insert(found.integer(0));
        }
        db.run("DELETE" + which, listOf(ids), table->number);
        forgotten += db.changeCount();
    }
    for (const std::int64_t action : actions)
        mendAction(db, action);
    return forgotten;
}

std::int64_t forgetSubjects(Connection& db, const PersonRows& person) {
    std::vector<std::string> words = addressesOf(person);
    for (const std::string& name : person.names)
        words.push_back(contact::asciiLower(name));
    db.run("UPDATE action SET subject = '' WHERE subject <> ''"
           " AND EXISTS (SELECT 1 FROM json_each(?1) a WHERE instr(lower(subject), a.value) > 0)",
           listOf(words));
    return db.changeCount();
}

json valueOf(const Statement& row, int column, const std::string& name) {
    switch (row.type(column)) {
    case Statement::Type::Null:
        return nullptr;
    case Statement::Type::Integer:
        if (name == "at" || name.ends_with("_at")) // moments as people read them
            return toIso8601(row.instant(column));
        return row.integer(column);
    case Statement::Type::Real:
        return row.real(column);
    case Statement::Type::Text:
        return row.text(column);
    case Statement::Type::Blob:
        break;
    }
    const std::string bytes = row.blob(column);
    if (bytes.empty())
        return "";
    if (name != "raw")
        return std::to_string(bytes.size()) + " bytes";
    std::string text = decompressed(bytes); // a mail as it came
    return contact::isUtf8(text) ? json(std::move(text)) : json(std::to_string(text.size()) + " bytes");
}

constexpr std::size_t smallIndex = 20'000; // leads, up to which the index of words is folded together on the spot

} // namespace

RowCounts PersonRows::counts(Connection& db) const {
    RowCounts counts;
    for (const auto& [table, ids] : rows) {
        if (!ids.empty())
            counts.emplace_back(table, std::int64_t(ids.size()));
    }
    for (const Link& link : byParent) {
        const auto parents = rows.find(link.parent);
        if (parents == rows.end())
            continue;
        const auto count =
            db.integer("SELECT count(*) FROM " + link.table + " WHERE " + link.column + amongThese, listOf(parents->second));
        if (count > 0)
            counts.emplace_back(link.table, count);
    }
    return counts;
}

PersonRows rowsOf(Connection& db, LeadId lead) {
    PersonRows person;
    if (db.integer("SELECT count(*) FROM lead WHERE id = ?1", lead) == 0)
        return person;
    std::set<std::int64_t> leads{lead.value};
    for (bool more = true; more;) {
        more = false;
        Statement rows = db.query("SELECT gone_id FROM merge WHERE kept_id" + amongThese
                                      + " UNION SELECT kept_id FROM merge WHERE"
                                        " gone_id"
                                      + amongThese,
                                  listOf(leads));
        while (rows.step())
            more |= leads.insert(rows.integer(0)).second;
    }
    person.leads.assign(leads.begin(), leads.end());
    person.rows["lead"] = leads;
    readIdentity(db, person);

    const std::vector<ForeignKey> keys = foreignKeys(db);
    std::vector<std::string> waiting{"lead"};
    while (!waiting.empty()) {
        const std::string parent = std::move(waiting.back());
        waiting.pop_back();
        for (const ForeignKey& key : keys) {
            if (key.parent != parent || key.table == "lead")
                continue;
            const PersonRows::Link link{key.table, key.column, parent};
            if (parent != "lead" && !key.notNull) {
                person.unlinked.push_back(link);
                continue;
            }
            if (!hasId(db, key.table)) {
                person.byParent.push_back(link);
                continue;
            }
            auto& known = person.rows[key.table];
            const std::size_t before = known.size();
            Statement rows =
                db.query("SELECT id FROM " + key.table + " WHERE " + key.column + amongThese, listOf(person.rows[parent]));
            while (rows.step())
                known.insert(rows.integer(0));
            if (known.size() > before)
                waiting.push_back(key.table);
        }
        // Meetings nobody else took part in: their titles name people.
        if (parent == "lead") {
            auto& meetings = person.rows["meeting"];
            Statement rows = db.query("SELECT DISTINCT a.meeting_id FROM meeting_attendee a WHERE a.lead_id" + amongThese
                                          + " AND NOT EXISTS (SELECT 1 FROM meeting_attendee o WHERE o.meeting_id = a.meeting_id"
                                            " AND o.lead_id NOT IN (SELECT value FROM json_each(?1)))",
                                      listOf(person.rows["lead"]));
            while (rows.step())
                meetings.insert(rows.integer(0));
            if (!meetings.empty())
                waiting.emplace_back("meeting");
        }
        // Mail that was never matched to a lead, and rows of files that were refused.
        if (parent == "lead" && !person.emails.empty()) {
            auto& messages = person.rows["message"];
            Statement rows = db.query("SELECT id FROM message WHERE lead_id IS NULL AND (lower(from_address)" + amongThese
                                          + " OR lower(to_address)" + amongThese + ")",
                                      listOf(person.emails));
            while (rows.step())
                messages.insert(rows.integer(0));
            Statement errors = db.query("SELECT id FROM import_error WHERE " + mentionSql("import_error", {"raw", "detail"}),
                                        listOf(addressesOf(person)));
            while (errors.step())
                person.rows["import_error"].insert(errors.integer(0));
            if (!messages.empty())
                waiting.emplace_back("message");
        }
    }
    return person;
}

std::vector<std::int64_t> peopleKnownBy(Connection& db, std::string_view whom) {
    std::vector<std::int64_t> found;
    const auto add = [&](Statement rows) {
        while (rows.step())
            found.push_back(rows.integer(0));
    };
    const auto email = contact::parseEmailAddress(whom);
    const auto phone = contact::parsePhoneNumber(whom, {});
    for (const std::string& key : {email ? email->key : std::string(), phone ? phone->e164 : std::string()}) {
        if (key.empty())
            continue;
        add(db.query("SELECT id FROM lead WHERE email_key = ?1 AND email_key <> '' UNION SELECT id FROM lead WHERE phone_key = ?1"
                     " AND phone_key <> '' UNION SELECT lead_id FROM contact_point WHERE key = ?1 AND key <> ''",
                     key));
    }
    if (const std::string url = contact::normalisedLinkedInUrl(whom); !url.empty())
        add(db.query("SELECT id FROM lead WHERE linkedin_url = ?1 AND linkedin_url <> ''", url));
    add(db.query("SELECT id FROM lead WHERE name_key = ?1", contact::unaccented(whom)));
    return found;
}

std::string copyOfPerson(Connection& db, const PersonRows& person) {
    nlohmann::ordered_json copy = nlohmann::ordered_json::object();
    const auto add = [&](const std::string& table, const std::string& condition, const std::string& ids) {
        nlohmann::ordered_json rows = nlohmann::ordered_json::array();
        const std::vector<Column> columns = columnsOf(db, table);
        std::string names;
        for (const Column& column : columns)
            names += (names.empty() ? "" : ", ") + column.name;
        Statement found = db.query("SELECT " + names + " FROM " + table + " WHERE " + condition + amongThese, ids);
        while (found.step()) {
            nlohmann::ordered_json row = nlohmann::ordered_json::object();
            for (int i = 0; i < int(columns.size()); ++i) {
                const Column& column = columns[std::size_t(i)];
                if (!found.isNull(i))
                    row[column.name] = valueOf(found, i, column.name);
            }
            rows.push_back(std::move(row));
        }
        if (!rows.empty())
            copy[table] = std::move(rows);
    };
    add("lead", "id", listOf(person.leads));
    for (const auto& [table, ids] : person.rows) {
        if (table != "lead")
            add(table, "id", listOf(ids));
    }
    for (const PersonRows::Link& link : person.byParent) {
        if (const auto parents = person.rows.find(link.parent); parents != person.rows.end())
            add(link.table, link.column, listOf(parents->second));
    }
    // What numbers stand for.
    nlohmann::ordered_json names = nlohmann::ordered_json::object();
    const auto name = [&](const char* what, const char* sql) {
        Statement rows = db.query(sql, listOf(person.leads));
        while (rows.step())
            names[what][rows.text(0)] = rows.text(1);
    };
    name("custom_field", "SELECT id, name FROM custom_field WHERE id IN (SELECT field_id FROM custom_value WHERE lead_id IN"
                         " (SELECT value FROM json_each(?1)))");
    name("tag", "SELECT id, name FROM tag WHERE id IN (SELECT tag_id FROM lead_tag WHERE lead_id IN (SELECT value FROM"
                " json_each(?1)))");
    name("status", "SELECT id, name FROM status WHERE id IN (SELECT status_id FROM lead WHERE id IN (SELECT value FROM"
                   " json_each(?1)))");
    name("strategy", "SELECT id, name FROM strategy WHERE id IN (SELECT strategy_id FROM enrolment WHERE lead_id IN (SELECT value"
                     " FROM json_each(?1)))");
    name("company", "SELECT id, name FROM company WHERE id IN (SELECT company_id FROM lead WHERE id IN (SELECT value FROM"
                    " json_each(?1)))");
    copy["names"] = std::move(names);
    return copy.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

RowCounts mentionsOf(Connection& db, const PersonRows& person) {
    RowCounts found;
    const std::string words = listOf(addressesOf(person));
    std::vector<std::string> tables;
    {
        Statement rows = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_search%'"
                                    " ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\' AND name NOT IN ('change',"
                                    " 'suppression', 'setting', 'meta', 'erasure', 'secret') ORDER BY name");
        while (rows.step())
            tables.push_back(rows.text(0));
    }
    for (const std::string& table : tables) {
        const std::vector<std::string> columns = textColumns(db, table);
        if (columns.empty())
            continue;
        const auto theirs = person.rows.find(table);
        const bool excepts = theirs != person.rows.end() && !theirs->second.empty();
        const auto count =
            db.integer("SELECT count(*) FROM " + table + " WHERE " + mentionSql(table, columns)
                           + (excepts ? " AND id NOT IN (SELECT value FROM json_each(?2))" : " AND ?2 IS NOT NULL"),
                       words, excepts ? listOf(theirs->second) : std::string());
        if (count > 0)
            found.emplace_back(table, count);
    }
    return found;
}

std::string erasurePrint(const SecureBytes& key, std::string_view kind, std::string_view value) {
    constexpr std::string_view purpose = "outrider erasure 1";
    std::array<unsigned char, crypto_generichash_KEYBYTES> secret{};
    crypto_generichash(secret.data(), secret.size(), reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                       key.raw(), std::min<std::size_t>(key.size(), crypto_generichash_KEYBYTES_MAX));
    const std::string text = std::string(kind) + ' ' + std::string(value);
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret.data(),
                       secret.size());
    std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

ErasureCertificate erase(WriteContext& write, const PersonRows& person, const SecureBytes& key, Random& random) {
    Connection& db = write.db;
    if (const auto outbox = person.rows.find("outbox"); outbox != person.rows.end()) {
        if (db.integer("SELECT count(*) FROM outbox WHERE id" + amongThese + " AND state IN (2, 3)", listOf(outbox->second)) != 0)
            throw StoreException(Error(ErrorCode::Busy, "a message is being sent"));
    }
    ErasureCertificate certificate{.id = write.newId<Id<struct ErasureTag>>().value, .at = write.now};
    certificate.removed = person.counts(db);
    const std::vector<ForeignKey> keys = foreignKeys(db);
    // What was written is overwritten, not only let go of.
    db.script("PRAGMA secure_delete = ON; PRAGMA defer_foreign_keys = ON");
    db.run("UPDATE journal_state SET mode = 2"); // a timeline is let go of, with no rule to follow from it

    std::set<std::string> files;
    if (const auto messages = person.rows.find("message"); messages != person.rows.end()) {
        Statement rows = db.query("SELECT hash FROM message_attachment WHERE message_id" + amongThese, listOf(messages->second));
        while (rows.step())
            files.insert(rows.text(0));
    }
    const std::int64_t changes = forgetJournal(db, person, keys);
    const std::int64_t subjects = forgetSubjects(db, person);
    for (const PersonRows::Link& link : person.unlinked) {
        if (const auto parents = person.rows.find(link.parent); parents != person.rows.end() && !parents->second.empty())
            db.run("UPDATE " + link.table + " SET " + link.column + " = NULL WHERE " + link.column + amongThese,
                   listOf(parents->second));
    }
    for (const PersonRows::Link& link : person.byParent) {
        if (const auto parents = person.rows.find(link.parent); parents != person.rows.end() && !parents->second.empty())
            db.run("DELETE FROM " + link.table + " WHERE " + link.column + amongThese, listOf(parents->second));
    }
    // The timeline first: what is counted of it is looked up in the rest.
    std::vector<std::string> order{"activity"};
    for (const auto& [table, ids] : person.rows) {
        if (table != "activity" && table != "lead")
            order.push_back(table);
    }
    order.emplace_back("lead");
    for (const std::string& table : order) {
        if (const auto ids = person.rows.find(table); ids != person.rows.end() && !ids->second.empty())
            db.run("DELETE FROM " + table + " WHERE id" + amongThese, listOf(ids->second));
    }
    db.run("UPDATE journal_state SET mode = 0");
    std::int64_t contents = 0;
    for (const std::string& hash : files) {
        db.run("DELETE FROM attachment_content WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM message_attachment WHERE hash = ?1)"
               " AND NOT EXISTS (SELECT 1 FROM step_attachment WHERE hash = ?1)"
               " AND NOT EXISTS (SELECT 1 FROM change WHERE op = 2 AND tbl IN (43, 44) AND instr(old, ?1) > 0)",
               hash);
        contents += db.changeCount();
    }
    // Sealing forgets what the journal said of the list's entries.
    std::set<std::int64_t> actions;
    {
        Statement rows = db.query("SELECT DISTINCT action_id FROM change WHERE tbl = ?2 AND op = 2 AND EXISTS"
                                  " (SELECT 1 FROM json_each(?1) a WHERE instr(old, a.value) > 0)",
                                  listOf(addressesOf(person)), journaledTable("suppression")->number);
        while (rows.step())
            actions.insert(rows.integer(0));
    }
    SuppressionRepository suppressions(db);
    std::int64_t sealed = 0;
    for (const std::string& email : person.emails) {
        suppressions.seal(write, SuppressionKind::Email, email, SuppressionReason::DoNotContact, random);
        VerificationRepository(db).forget(email);
        ++sealed;
    }
    for (const std::string& phone : person.phones) {
        suppressions.seal(write, SuppressionKind::Phone, phone, SuppressionReason::DoNotContact, random);
        ++sealed;
    }
    for (const std::int64_t action : actions)
        mendAction(db, action);
    // Words nobody uses any more leave the list that typing errors are found by.
    SearchIndex search(db);
    SearchIndex::KnownWords words;
    for (int i = 0; i < 1000 && db.integer("SELECT EXISTS (SELECT 1 FROM search_gone)") != 0; ++i)
        search.advance(std::chrono::milliseconds(20), words);
    if (std::size_t(db.integer("SELECT count(*) FROM (SELECT 1 FROM lead LIMIT ?1)", std::int64_t(smallIndex))) < smallIndex) {
        for (const char* table : {"lead_search", "text_search"})
            db.script("INSERT INTO " + std::string(table) + "(" + table + ") VALUES ('optimize')");
    }
    db.script("PRAGMA secure_delete = OFF");

    for (const auto& [what, count] :
         {std::pair{"change", changes}, {"action", subjects}, {"attachment_content", contents}, {"suppression", sealed}}) {
        if (count > 0)
            certificate.removed.emplace_back(what, count);
    }
    for (const std::int64_t lead : person.leads) {
        certificate.prints.push_back(erasurePrint(key, "lead", std::to_string(lead)));
        write.touched(EntityKind::Lead, lead);
        write.touched(EntityKind::Timeline, lead);
    }
    for (const std::string& email : person.emails)
        certificate.prints.push_back(erasurePrint(key, "email", email));
    for (const std::string& phone : person.phones)
        certificate.prints.push_back(erasurePrint(key, "phone", phone));
    return certificate;
}

} // namespace outrider::store
