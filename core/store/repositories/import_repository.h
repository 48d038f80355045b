// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/import_batch.h"
#include "core/store/store.h"

#include <optional>
#include <vector>

namespace outrider::store {

// Imports that were done, and the rows to be looked at, kept word for word.
class ImportRepository {
public:
    explicit ImportRepository(Connection& db) : m_db(db) {}

    void insert(WriteContext& write, ImportBatch& batch); // with a new id
    void updateCounts(WriteContext& write, const ImportBatch& batch);
    void addError(WriteContext& write, const ImportError& error);

    std::vector<ImportBatch> all(int limit); // newest first
    std::optional<ImportBatch> find(ImportId id);
    std::vector<ImportError> errors(ImportId id, int limit); // by row

private:
    Connection& m_db;
};

} // namespace outrider::store
