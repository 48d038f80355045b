// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/migrations.h"

#include "core/base/log.h"
#include "core/store/journal/journaled_tables.h"
#include "core/store/sqlite/transaction.h"

namespace outrider::store {

int currentSchemaVersion() { return migrations().back().version; }

int schemaVersion(Connection& db) { return static_cast<int>(db.integer("PRAGMA user_version")); }

Result<> migrate(Connection& db) {
    try {
        const int found = schemaVersion(db);
        const int wanted = currentSchemaVersion();
        if (found > wanted)
            return fail(ErrorCode::StoreTooNew, std::to_string(found) + "/" + std::to_string(wanted));
        if (found == wanted)
            return {};
        for (const Migration& step : migrations()) {
            if (step.version <= found)
                continue;
            Transaction transaction(db, Transaction::Kind::Write);
            try {
                db.script(std::string(step.sql));
                installCaptureTriggers(db);
                db.script("PRAGMA user_version = " + std::to_string(step.version));
                transaction.commit();
            } catch (const StoreException& e) {
                if (e.error().code == ErrorCode::DiskFull || e.error().code == ErrorCode::StoreFailed)
                    return fail(e.error());
                return fail(ErrorCode::MigrationFailed, std::string(step.name) + ": " + e.error().detail, e.error().native);
            }
            if (found > 0)
                qCInfo(logStore, "schema brought to version %d", step.version);
        }
    } catch (const StoreException& e) {
        return fail(e.error());
    }
    return {};
}

} // namespace outrider::store
