// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/doctor.h"

#include "core/store/journal/compaction.h"
#include "core/store/repositories/calendar_repository.h"
#include "core/store/repositories/conversation_repository.h"
#include "core/store/repositories/search_index.h"
#include "core/store/rollups.h"
#include "core/store/sqlite/page_check.h"

#include <algorithm>
#include <filesystem>
#include <functional>

namespace outrider::store {

namespace {

// Kept by triggers; the same question and its answer as examine() and repair() need them.
struct Derived {
    const char* what;
    const char* column; // "lead.next_task_at"
    const char* wrong;  // the ids of rows where it is not what it should be
    const char* mend;
};

constexpr Derived derivedColumns[] = {
    {"next task of lead", "lead.next_task_at",
     "SELECT id FROM lead l WHERE next_task_at IS NOT (SELECT min(due_at) FROM task t WHERE t.lead_id = l.id AND t.state = 0)",
     "UPDATE lead SET next_task_at = (SELECT min(due_at) FROM task t WHERE t.lead_id = lead.id AND t.state = 0)"
     " WHERE next_task_at IS NOT (SELECT min(due_at) FROM task t WHERE t.lead_id = lead.id AND t.state = 0)"},
    {"last touch of lead", "lead.last_touch_at",
     "SELECT id FROM lead l WHERE last_touch_at IS NOT"
     " (SELECT max(at) FROM activity a WHERE a.lead_id = l.id AND a.kind IN (1, 2, 5, 6, 7, 19, 22))",
     "UPDATE lead SET last_touch_at = (SELECT max(at) FROM activity a WHERE a.lead_id = lead.id AND a.kind IN (1, 2, 5, 6, 7, "
     "19, 22))"
     " WHERE last_touch_at IS NOT (SELECT max(at) FROM activity a WHERE a.lead_id = lead.id AND a.kind IN (1, 2, 5, 6, 7, 19, "
     "22))"},
    {"score of task", "task.score",
     "SELECT t.id FROM task t JOIN lead l ON l.id = t.lead_id WHERE t.state = 0 AND t.score <> l.score",
     "UPDATE task SET score = (SELECT score FROM lead l WHERE l.id = task.lead_id)"
     " WHERE state = 0 AND score <> (SELECT score FROM lead l WHERE l.id = task.lead_id)"},
    {"leads on list", "list.leads",
     "SELECT id FROM list l WHERE leads <> (SELECT count(*) FROM list_member m JOIN lead d ON d.id = m.lead_id"
     " WHERE m.list_id = l.id AND d.trashed_at IS NULL)",
     "UPDATE list SET leads = (SELECT count(*) FROM list_member m JOIN lead d ON d.id = m.lead_id"
     " WHERE m.list_id = list.id AND d.trashed_at IS NULL)"},
    {"leads in status", "status_count.leads",
     "SELECT status_id || ' of ' || owner_id FROM"
     " (SELECT status_id, owner_id, leads FROM status_count WHERE leads <> 0"
     "  UNION ALL SELECT status_id, coalesce(owner_id, 0), count(*) FROM lead"
     "  WHERE archived_at IS NULL AND trashed_at IS NULL GROUP BY 1, 2)"
     " GROUP BY status_id, owner_id HAVING count(*) <> 2 OR min(leads) <> max(leads)",
     "DELETE FROM status_count; INSERT INTO status_count(status_id, owner_id, leads)"
     " SELECT status_id, coalesce(owner_id, 0), count(*) FROM lead"
     " WHERE archived_at IS NULL AND trashed_at IS NULL GROUP BY 1, 2"},
};

constexpr std::uintmax_t leastRoom = std::uintmax_t(64) << 20; // below, the next large write may not fit

constexpr int maxLines = 100;

void report(std::vector<std::string>& found, Connection& db, const char* what, const char* sql) {
    Statement rows = db.prepare(sql);
    while (rows.step() && int(found.size()) < maxLines)
        found.push_back(std::string(what) + ": " + rows.text(0));
}

} // namespace

std::vector<std::string> examine(Connection& db) {
    std::vector<std::string> found;
    // What cannot be read is a finding too, and the rest is looked at nevertheless.
    const auto look = [&found](const char* what, const std::function<std::vector<std::string>()>& lines) {
        try {
            for (std::string& line : lines())
                found.push_back(std::move(line));
        } catch (const StoreException& e) {
            if (e.error().code == ErrorCode::Cancelled)
                throw;
            found.push_back(std::string(what) + ": cannot be read, " + e.error().detail);
        }
    };
    const auto ask = [&](const char* what, const char* sql) {
        look(what, [&] {
            report(found, db, what, sql);
            return std::vector<std::string>();
        });
    };
    look("cipher", [&db] {
        std::vector<std::string> pages = damagedPages(db, maxLines);
        for (std::string& page : pages)
            page.insert(0, "cipher: ");
        return pages;
    });
    // FTS5's own check believes what this connection knew of the index, however old; opening it makes it look again.
    for (const char* table : {"lead_search", "company_search", "text_search"})
        look("search index", [&db, table] {
            (void)db.integer("SELECT rowid FROM " + std::string(table) + " LIMIT 1");
            return std::vector<std::string>();
        });
    ask("integrity", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    ask("foreign key", "SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check");
    for (const Derived& derived : derivedColumns)
        ask(derived.what, derived.wrong);
    ask("enrolment of terminal lead",
        "SELECT e.id FROM enrolment e JOIN lead l ON l.id = e.lead_id JOIN status s ON s.id = l.status_id"
        " WHERE e.state < 2 AND s.kind = 1");
    ask("task of ended enrolment",
        "SELECT t.id FROM task t JOIN enrolment e ON e.id = t.enrolment_id WHERE t.state = 0 AND e.state > 1");
    ask("file of a message", "SELECT x.name || ' is missing' FROM (SELECT name, hash FROM step_attachment UNION SELECT name, "
                             "hash FROM message_attachment) x"
                             " WHERE NOT EXISTS (SELECT 1 FROM attachment_content c WHERE c.hash = x.hash)");
    look("journal", [&db] {
        std::vector<std::string> lines = examineJournal(db);
        for (std::string& line : lines)
            line.insert(0, "journal: ");
        return lines;
    });
    look("search index", [&db] { return SearchIndex(db).examine(); });
    look("tasks in calendar", [&db] { return CalendarRepository(db).examine(); });
    look("conversations", [&db] { return ConversationRepository(db).examine(); });
    look("rollups", [&db] { return Rollups(db).examine(); });
    const std::string& path = db.path();
    std::error_code error;
    const auto room = std::filesystem::space(std::filesystem::path(std::u8string(path.begin(), path.end())).parent_path(), error);
    if (!error && room.available < leastRoom)
        found.push_back("disk: " + std::to_string(room.available >> 20) + " MB free");
    return found;
}

std::vector<std::string> repair(Connection& db, const std::vector<std::string>& found) {
    std::vector<std::string> done;
    const auto anyBegins = [&found](std::string_view with) {
        return std::any_of(found.begin(), found.end(), [with](const std::string& line) { return line.starts_with(with); });
    };
    const auto integrity = [&found](std::string_view part, bool ofSearch) {
        return std::any_of(found.begin(), found.end(), [&](const std::string& line) {
            return line.starts_with("integrity: ") && line.find(part) != std::string::npos
                   && (line.find("FTS5") != std::string::npos) == ofSearch;
        });
    };
    if (anyBegins("cipher")) // pages are lost: nothing here may be believed, and nothing is written over it
        return done;
    if (integrity(" index ", false)) {
        db.script("REINDEX");
        done.emplace_back("the file's indexes were built anew");
    }
    for (const Derived& derived : derivedColumns) {
        if (!anyBegins(derived.what))
            continue;
        db.script(derived.mend);
        done.push_back(std::string(derived.column) + ": " + std::to_string(db.changeCount()) + " rows put right");
    }
    if (anyBegins("tasks in calendar")) {
        CalendarRepository(db).rebuild();
        done.emplace_back("the calendar's counts were made anew");
    }
    if (anyBegins("conversations")) {
        ConversationRepository(db).rebuild();
        done.emplace_back("where the inbox's conversations stand was worked out anew");
    }
    if (anyBegins("rollups")) {
        db.run("UPDATE rollup_state SET deferred = 0");
        Rollups(db).rebuild();
        done.emplace_back("the numbers of the dashboards were counted anew");
    }
    if (anyBegins("search") || integrity("", true)) {
        SearchIndex(db).rebuild();
        done.emplace_back("the search index was built anew; words of notes and mails follow when there is time");
    }
    return done;
}

} // namespace outrider::store
