// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/doctor.h"

#include "core/store/journal/compaction.h"
#include "core/store/repositories/search_index.h"

namespace outrider::store {

namespace {

constexpr int maxLines = 100;

void report(std::vector<std::string>& found, Connection& db, const char* what, const char* sql) {
    Statement rows = db.prepare(sql);
    while (rows.step() && int(found.size()) < maxLines)
        found.push_back(std::string(what) + ": " + rows.text(0));
}

} // namespace

std::vector<std::string> examine(Connection& db) {
    std::vector<std::string> found;
    report(found, db, "cipher", "PRAGMA cipher_integrity_check");
    {
        Statement rows = db.prepare("PRAGMA integrity_check");
        while (rows.step()) {
            if (rows.view(0) != "ok")
                found.push_back("integrity: " + rows.text(0));
        }
    }
    report(found, db, "foreign key", "SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check");
    report(found, db, "next task of lead",
           "SELECT id FROM lead l WHERE next_task_at IS NOT"
           " (SELECT min(due_at) FROM task t WHERE t.lead_id = l.id AND t.state = 0)");
    report(found, db, "last touch of lead",
           "SELECT id FROM lead l WHERE last_touch_at IS NOT"
           " (SELECT max(at) FROM activity a WHERE a.lead_id = l.id AND a.kind IN (1, 2, 5, 6, 7, 19))");
    report(found, db, "score of task",
           "SELECT t.id FROM task t JOIN lead l ON l.id = t.lead_id WHERE t.state = 0 AND t.score <> l.score");
    report(found, db, "enrolment of terminal lead",
           "SELECT e.id FROM enrolment e JOIN lead l ON l.id = e.lead_id JOIN status s ON s.id = l.status_id"
           " WHERE e.state < 2 AND s.kind = 1");
    report(found, db, "task of ended enrolment",
           "SELECT t.id FROM task t JOIN enrolment e ON e.id = t.enrolment_id WHERE t.state = 0 AND e.state > 1");
    for (std::string& line : examineJournal(db))
        found.push_back("journal: " + std::move(line));
    for (std::string& line : SearchIndex(db).examine())
        found.push_back(std::move(line));
    return found;
}

} // namespace outrider::store
