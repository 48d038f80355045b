// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace outrider::store {

class Connection;

// One numbered step of the schema; its SQL is NNNN_name.sql beside this file, embedded at build time.
struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;
};

// In order, from version 1 on, without gaps.
std::span<const Migration> migrations();

// The schema this program writes.
int currentSchemaVersion();

// The schema a file has; 0: a new one.
int schemaVersion(Connection& db);

// Brings the file to the current schema, one transaction a step; a step that fails leaves the file as
// it was before that step. ErrorCode::StoreTooNew when the file is ahead of this program,
// MigrationFailed otherwise. Store::open makes a backup before it calls this.
Result<> migrate(Connection& db);

} // namespace outrider::store
