// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journal/compaction.h"

#include <algorithm>

namespace outrider::store {

std::optional<Instant> journalFloor(Connection& db) {
    const std::string stored = db.text("SELECT value FROM main.meta WHERE key = 'journal_floor'");
    const auto floor = parseIso8601(stored);
    return floor ? std::optional(*floor) : std::nullopt;
}

std::int64_t lastChangeBy(Connection& db, Instant moment) {
    const auto last = db.integer("SELECT id FROM main.action WHERE at <= ?1 ORDER BY at DESC, id DESC LIMIT 1", moment);
    Statement next = db.query("SELECT first_change FROM main.action WHERE id > ?1 AND first_change IS NOT NULL"
                              " ORDER BY id LIMIT 1",
                              last);
    return next.step() ? next.integer(0) - 1 : INT64_MAX;
}

JournalSpace journalSpace(Connection& db, Instant before) {
    constexpr std::int64_t rowBytes = 56; // beside its values: ids, numbers, its place in two indexes
    // Both ends, each a look at neighbouring rows: an old import and today's edits are of different size.
    const double values =
        double(db.integer("SELECT coalesce(avg(n), 0) FROM (SELECT * FROM (SELECT coalesce(octet_length(old), 0)"
                          " + coalesce(octet_length(new), 0) AS n FROM change ORDER BY id LIMIT 300) UNION ALL"
                          " SELECT * FROM (SELECT coalesce(octet_length(old), 0) + coalesce(octet_length(new), 0)"
                          " AS n FROM change ORDER BY id DESC LIMIT 300))"));
    const auto first = db.integer("SELECT min(id) FROM change");
    const auto last = db.integer("SELECT max(id) FROM change");
    if (last == 0)
        return {};
    const auto bytesOf = [&](std::int64_t rows) { return std::int64_t(double(rows) * (double(rowBytes) + values)); };
    const auto upTo = std::min(lastChangeBy(db, before - Millis(1)), last - 1);
    return {.bytes = bytesOf(last - first + 1), .bytesBefore = bytesOf(std::max<std::int64_t>(0, upTo - first + 1))};
}

bool forgetChangesBefore(WriteContext& write, Instant before, int most) {
    Connection& db = write.db;
    // A millisecond earlier: what was done at `before` itself is kept.
    // Never the youngest of all: the next one's number goes on from it.
    const auto wanted = std::min(lastChangeBy(db, before - Millis(1)), db.integer("SELECT max(id) FROM change") - 1);
    const auto first = db.integer("SELECT min(id) FROM change");
    if (first == 0 || first > wanted)
        return false;
    // Said first, in the same transaction: what is not whole is never taken for whole.
    db.run("INSERT INTO meta(key, value) VALUES ('journal_floor', ?1) ON CONFLICT(key) DO UPDATE SET value = max(value, ?1)",
           toIso8601(before));
    const auto last = std::min(wanted, first + most - 1);
    db.run("UPDATE action SET undoable = 0 WHERE undoable = 1 AND id IN (SELECT DISTINCT action_id FROM change"
           " WHERE id BETWEEN ?1 AND ?2)",
           first, last);
    db.run("DELETE FROM change WHERE id BETWEEN ?1 AND ?2", first, last);
    return db.integer("SELECT EXISTS (SELECT 1 FROM change WHERE id <= ?1)", wanted) != 0;
}

std::vector<std::string> examineJournal(Connection& db) {
    std::vector<std::string> found;
    const auto report = [&](const char* what, const std::string& sql) {
        constexpr int most = 20;
        Statement rows = db.prepare(sql + " LIMIT " + std::to_string(most));
        while (rows.step())
            found.push_back(std::string(what) + ": " + rows.text(0));
    };
    report("change without its action",
           "SELECT c.id FROM change c WHERE NOT EXISTS (SELECT 1 FROM action a WHERE a.id = c.action_id)");
    report("change outside its action's range",
           "SELECT c.id FROM change c JOIN action a ON a.id = c.action_id"
           " WHERE c.id NOT BETWEEN coalesce(a.first_change, 0) AND coalesce(a.last_change, -1)");
    report("action whose clock goes back", "SELECT id FROM (SELECT id, hlc, lag(hlc) OVER (ORDER BY id) AS earlier FROM action)"
                                           " WHERE hlc <= earlier");
    report("undo that nothing was taken back by",
           "SELECT a.id FROM action a WHERE a.undone_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM action u"
           " WHERE u.id = a.undone_by AND u.undo_of = a.id)");
    report("unfinished journal state", "SELECT coalesce(action_id, 'mode ' || mode) FROM journal_state"
                                       " WHERE mode <> 0 OR action_id IS NOT NULL");
    // What can be undone must have all it changed. Changes are numbered without gaps but where one was forgotten.
    report("action that lost changes",
           "SELECT a.id FROM action a WHERE a.undoable = 1 AND a.first_change IS NOT NULL AND"
           " (NOT EXISTS (SELECT 1 FROM change c WHERE c.id = a.last_change)"
           "  OR (a.first_change > 0 AND NOT EXISTS (SELECT 1 FROM change c WHERE c.id = a.first_change)))");
    return found;
}

} // namespace outrider::store
