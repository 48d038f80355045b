// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/insert_triggers.h"

namespace outrider::store {

WithoutInsertTriggers::WithoutInsertTriggers(Connection& db, std::string_view table) : m_db(db) {
    std::vector<std::string> names;
    {
        Statement rows = m_db.query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1"
                                    " AND sql LIKE '% AFTER INSERT ON %' ORDER BY rowid",
                                    table);
        while (rows.step()) {
            names.push_back(rows.text(0));
            m_triggers.push_back(rows.text(1));
        }
    }
    for (const std::string& name : names)
        m_db.script("DROP TRIGGER " + name);
}

void WithoutInsertTriggers::finish() {
    for (const std::string& trigger : m_triggers)
        m_db.script(trigger);
    m_triggers.clear();
}

} // namespace outrider::store
