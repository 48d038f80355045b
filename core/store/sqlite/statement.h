// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace outrider::store {

class Connection;

// NULL when there is nothing to point at: how an Id without a row is stored.
template <typename Tag>
std::optional<std::int64_t> orNull(Id<Tag> id) {
    return id ? std::optional(id.value) : std::nullopt;
}

// One run of a prepared statement, borrowed from its Connection's cache and handed back, reset, by
// the destructor: a statement left in the middle of its rows would keep the WAL from shrinking.
//
// Not thread-safe; must not outlive the Connection. Everything that can fail throws StoreException.
// Text handed to bind() is copied by SQLite.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Binds the parameters from ?1 on.
    template <typename... Args>
    Statement& bind(const Args&... args) {
        int index = 0;
        (bindOne(++index, args), ...);
        return *this;
    }

    void bindNull(int index);
    void bindInteger(int index, std::int64_t value);
    void bindReal(int index, double value);
    void bindText(int index, std::string_view value);
    void bindBlob(int index, std::span<const std::byte> value);

    template <typename T>
    void bindOne(int index, const T& value) {
        if constexpr (std::is_same_v<T, std::nullopt_t> || std::is_null_pointer_v<T>)
            bindNull(index);
        else if constexpr (std::is_enum_v<T>)
            bindInteger(index, static_cast<std::int64_t>(value));
        else if constexpr (std::is_integral_v<T>)
            bindInteger(index, static_cast<std::int64_t>(value));
        else if constexpr (std::is_floating_point_v<T>)
            bindReal(index, value);
        else if constexpr (std::is_same_v<T, Instant>)
            bindInteger(index, toEpochMillis(value));
        else if constexpr (std::is_convertible_v<const T&, std::string_view>)
            bindText(index, value);
        else if constexpr (std::is_convertible_v<const T&, std::span<const std::byte>>)
            bindBlob(index, value);
        else if constexpr (requires { value.has_value(); })
            value ? bindOne(index, *value) : bindNull(index);
        else
            bindInteger(index, value.value); // Id<Tag>
    }

    // Moves to the next row; false when there are no more.
    bool step();

    // Runs to the end, for statements without rows; the parameters may then be bound anew.
    void run();

    // Makes it ready to be bound and stepped again.
    void reset();

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::string_view view(int column) const; // valid until the next step
    std::string blob(int column) const;
    std::optional<std::int64_t> optionalInteger(int column) const;
    Instant instant(int column) const { return fromEpochMillis(integer(column)); }
    std::optional<Instant> optionalInstant(int column) const;

    template <typename IdType>
    IdType id(int column) const {
        return IdType{integer(column)}; // NULL reads as 0: no row
    }
    template <typename Enum>
    Enum value(int column) const {
        return static_cast<Enum>(integer(column));
    }

    enum class Type { Null, Integer, Real, Text, Blob };
    Type type(int column) const;
    int columnCount() const;
    std::string_view columnName(int column) const;

private:
    friend class Connection;
    Statement(Connection& connection, sqlite3_stmt* statement);

    Connection* m_connection;
    sqlite3_stmt* m_statement;
};

} // namespace outrider::store
