// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/journal/journaled_tables.h"
#include "core/store/store.h"

#include <algorithm>
#include <optional>
#include <string>

namespace outrider::store {

// Binds the parameters from ?place on.
template <typename... Args>
void bindFrom(Statement& statement, int place, const Args&... args) {
    (statement.bindOne(place++, args), ...);
}

// Inserts a known number of rows into one table, many with one statement: SQLite keeps a copy of every
// page a statement with triggers touches, so one row at a time copies most pages once per row. Tells the
// bulk insert under way, if any, of each.
class RowInserts {
public:
    // `columns`: "table(a, b)".
    RowInserts(WriteContext& write, std::string_view table, std::string columns, int width, std::size_t count)
        : m_write(write),
          m_columns(std::move(columns)),
          m_table(journaledTable(table)->number),
          m_width(width),
          m_left(count) {}

    // `bind(statement, place)` binds the row's values from ?place on.
    template <typename Fn>
    void add(std::int64_t id, Fn bind) {
        if (!m_statement) {
            m_group = m_left >= rowsTogether ? rowsTogether : 1;
            m_statement.emplace(m_write.db.prepare(sql()));
        }
        bind(*m_statement, 1 + static_cast<int>(m_filled) * m_width);
        --m_left;
        if (++m_filled == m_group) {
            m_statement->run();
            m_statement.reset();
            m_filled = 0;
        }
        if (m_write.bulk() != nullptr)
            m_write.bulk()->inserted(m_table, id);
    }

private:
    static constexpr std::size_t rowsTogether = 50;

    const std::string& sql() {
        std::string& text = m_group == 1 ? m_single : m_together;
        if (text.empty()) {
            text = "INSERT INTO " + m_columns + " VALUES ";
            int place = 0;
            for (std::size_t row = 0; row < m_group; ++row) {
                text += row == 0 ? "(" : ", (";
                for (int i = 0; i < m_width; ++i)
                    text += (i == 0 ? "?" : ", ?") + std::to_string(++place);
                text += ')';
            }
        }
        return text;
    }

    WriteContext& m_write;
    const std::string m_columns;
    const int m_table;
    const int m_width;
    std::size_t m_left;
    std::size_t m_group = 1;
    std::size_t m_filled = 0;
    std::string m_single;
    std::string m_together;
    std::optional<Statement> m_statement;
};

} // namespace outrider::store
