// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/status_repository.h"

#include "core/contact/text.h"

namespace outrider::store {

namespace {

constexpr std::string_view columns = "SELECT id, key, name, kind, position, built_in FROM status";

Status read(const Statement& row) {
    return {.id = row.id<StatusId>(0),
            .key = row.text(1),
            .name = row.text(2),
            .kind = row.value<StatusKind>(3),
            .position = static_cast<int>(row.integer(4)),
            .builtIn = row.integer(5) != 0};
}

} // namespace

std::vector<Status> StatusRepository::all() {
    std::vector<Status> statuses;
    Statement rows = m_db.prepare(std::string(columns) + " ORDER BY position, id");
    while (rows.step())
        statuses.push_back(read(rows));
    return statuses;
}

std::optional<Status> StatusRepository::find(StatusId id) {
    Statement row = m_db.query(std::string(columns) + " WHERE id = ?1", id);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<Status> StatusRepository::findByKey(std::string_view key) {
    for (Status& status : all()) {
        if (status.key == key || contact::folded(status.name) == contact::folded(key))
            return std::move(status);
    }
    return std::nullopt;
}

StatusId StatusRepository::add(WriteContext& write, const Status& status) {
    if (findByKey(status.key))
        throw StoreException(Error(ErrorCode::AlreadyExists, status.key));
    const auto id = write.newId<StatusId>();
    m_db.run("INSERT INTO status(id, key, name, kind, position, built_in) VALUES (?1, ?2, ?3, ?4, ?5, 0)", id, status.key,
             status.name, status.kind, status.position);
    return id;
}

} // namespace outrider::store
