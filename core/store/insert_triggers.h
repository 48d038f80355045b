// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// For who inserts millions of rows in bulk and leaves their triggers nothing to do (WriteContext::BulkInsert,
// Rollups::Deferred): between this and finish(), inside one transaction, the table has no insert triggers. To ask each of
// them for every row costs more than the row. They are part of the transaction: when it is rolled back, they were never
// gone. Throws StoreException.
class WithoutInsertTriggers {
public:
    WithoutInsertTriggers(Connection& db, std::string_view table);
    WithoutInsertTriggers(const WithoutInsertTriggers&) = delete;
    WithoutInsertTriggers& operator=(const WithoutInsertTriggers&) = delete;

    void finish();

private:
    Connection& m_db;
    std::vector<std::string> m_triggers;
};

} // namespace outrider::store
