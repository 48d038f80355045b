// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/statement.h"

#include "core/store/sqlite/connection.h"

#include <sqlite3.h>

#include <utility>

namespace outrider::store {

Statement::Statement(Connection& connection, sqlite3_stmt* statement) : m_connection(&connection), m_statement(statement) {}

Statement::Statement(Statement&& other) noexcept
    : m_connection(other.m_connection),
      m_statement(std::exchange(other.m_statement, nullptr)) {}

Statement::~Statement() {
    if (m_statement != nullptr)
        m_connection->giveBack(m_statement);
}

void Statement::bindNull(int index) { m_connection->check(sqlite3_bind_null(m_statement, index)); }

void Statement::bindInteger(int index, std::int64_t value) { m_connection->check(sqlite3_bind_int64(m_statement, index, value)); }

void Statement::bindReal(int index, double value) { m_connection->check(sqlite3_bind_double(m_statement, index, value)); }

void Statement::bindText(int index, std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    m_connection->check(sqlite3_bind_text64(m_statement, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindBlob(int index, std::span<const std::byte> value) {
    // A null pointer would bind NULL: an empty blob needs an address.
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    m_connection->check(sqlite3_bind_blob64(m_statement, index, data, value.size(), SQLITE_TRANSIENT));
}

bool Statement::step() {
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    m_connection->fail(code);
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() { sqlite3_reset(m_statement); }

bool Statement::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

double Statement::real(int column) const { return sqlite3_column_double(m_statement, column); }

std::string_view Statement::view(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    if (text == nullptr)
        return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::string Statement::text(int column) const { return std::string(view(column)); }

std::string Statement::blob(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    if (data == nullptr)
        return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const {
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<Instant> Statement::optionalInstant(int column) const {
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

Statement::Type Statement::type(int column) const {
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        return Type::Integer;
    case SQLITE_FLOAT:
        return Type::Real;
    case SQLITE_TEXT:
        return Type::Text;
    case SQLITE_BLOB:
        return Type::Blob;
    default:
        return Type::Null;
    }
}

int Statement::columnCount() const { return sqlite3_column_count(m_statement); }

std::string_view Statement::columnName(int column) const { return sqlite3_column_name(m_statement, column); }

} // namespace outrider::store
