// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/import_repository.h"

#include "core/store/journal/journaled_tables.h"

#include <nlohmann/json.hpp>

namespace outrider::store {

using nlohmann::json;

namespace {

const std::string columns = "SELECT id, file_name, format, mapping, row_count, new_count, update_count, same_count,"
                            " error_count, created_at FROM import";

ImportBatch read(const Statement& row) {
    return {.id = row.id<ImportId>(0),
            .fileName = row.text(1),
            .format = row.text(2),
            .mapping = row.text(3),
            .rows = row.integer(4),
            .added = row.integer(5),
            .updated = row.integer(6),
            .unchanged = row.integer(7),
            .errors = row.integer(8),
            .createdAt = row.instant(9)};
}

} // namespace

void ImportRepository::insert(WriteContext& write, ImportBatch& batch) {
    batch.id = write.newId<ImportId>();
    batch.createdAt = write.now;
    m_db.run("INSERT INTO import(id, file_name, format, mapping, created_at) VALUES (?1, ?2, ?3, ?4, ?5)", batch.id,
             batch.fileName, batch.format, batch.mapping, batch.createdAt);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("import")->number, batch.id.value);
}

void ImportRepository::updateCounts(WriteContext&, const ImportBatch& batch) {
    m_db.run("UPDATE import SET row_count = ?2, new_count = ?3, update_count = ?4, same_count = ?5, error_count = ?6"
             " WHERE id = ?1",
             batch.id, batch.rows, batch.added, batch.updated, batch.unchanged, batch.errors);
}

void ImportRepository::addError(WriteContext& write, const ImportError& error) {
    const auto id = write.newId<Id<struct ImportErrorTag>>();
    m_db.run("INSERT INTO import_error(id, import_id, row_number, code, detail, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", id,
             error.import, error.rowNumber, error.code, error.detail,
             json(error.cells).dump(-1, ' ', false, json::error_handler_t::replace));
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("import_error")->number, id.value);
}

std::vector<ImportBatch> ImportRepository::all(int limit) {
    std::vector<ImportBatch> out;
    Statement rows = m_db.query(columns + " ORDER BY id DESC LIMIT ?1", limit);
    while (rows.step())
        out.push_back(read(rows));
    return out;
}

std::optional<ImportBatch> ImportRepository::find(ImportId id) {
    Statement row = m_db.query(columns + " WHERE id = ?1", id);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::vector<ImportError> ImportRepository::errors(ImportId id, int limit) {
    std::vector<ImportError> out;
    Statement rows = m_db.query("SELECT row_number, code, detail, raw FROM import_error WHERE import_id = ?1"
                                " ORDER BY row_number LIMIT ?2",
                                id, limit);
    while (rows.step()) {
        ImportError error{.import = id, .rowNumber = rows.integer(0), .code = rows.text(1), .detail = rows.text(2)};
        const json cells = json::parse(rows.view(3), nullptr, false);
        if (cells.is_array())
            error.cells = cells.get<std::vector<std::string>>();
        out.push_back(std::move(error));
    }
    return out;
}

} // namespace outrider::store
