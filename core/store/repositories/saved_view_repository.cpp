// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/saved_view_repository.h"

namespace outrider::store {

std::vector<SavedView> SavedViewRepository::all() {
    std::vector<SavedView> views;
    Statement rows =
        m_db.prepare("SELECT id, name, filter, sort, position, columns, density FROM saved_view ORDER BY position, id");
    while (rows.step())
        views.push_back({rows.id<SavedViewId>(0), rows.text(1), rows.text(2), rows.text(3), static_cast<int>(rows.integer(4)),
                         rows.text(5), rows.text(6)});
    return views;
}

void SavedViewRepository::insert(WriteContext& write, SavedView& view) {
    if (m_db.integer("SELECT 1 FROM saved_view WHERE name = ?1", view.name) != 0)
        throw StoreException(Error(ErrorCode::AlreadyExists, view.name));
    view.id = write.newId<SavedViewId>();
    view.position = 1 + static_cast<int>(m_db.integer("SELECT max(position) FROM saved_view"));
    m_db.run("INSERT INTO saved_view(id, name, filter, sort, position, columns, density)"
             " VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, ''), nullif(?7, ''))",
             view.id, view.name, view.filter, view.sort, view.position, view.columns, view.density);
}

void SavedViewRepository::update(WriteContext&, const SavedView& view) {
    m_db.run("UPDATE saved_view SET name = ?2, filter = ?3, sort = ?4, position = ?5, columns = nullif(?6, ''),"
             " density = nullif(?7, '') WHERE id = ?1",
             view.id, view.name, view.filter, view.sort, view.position, view.columns, view.density);
}

void SavedViewRepository::remove(WriteContext&, SavedViewId id) { m_db.run("DELETE FROM saved_view WHERE id = ?1", id); }

} // namespace outrider::store
