// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/table_reader.h"

#include <string>
#include <utility>
#include <vector>

namespace outrider::test {

using Cells = std::vector<std::string>;
using Table = std::vector<Cells>;

// Hands out a text in pieces of at most the given size, to try where pieces end.
class PiecewiseSource final : public exchange::ByteSource {
public:
    PiecewiseSource(std::string bytes, std::size_t piece) : m_bytes(std::move(bytes)), m_piece(piece) {}

    Result<std::size_t> read(std::span<char> into) override {
        const std::size_t count = std::min({into.size(), m_piece, m_bytes.size() - m_at});
        std::copy_n(m_bytes.data() + m_at, count, into.data());
        m_at += count;
        return count;
    }

    Result<> rewind() override {
        m_at = 0;
        return {};
    }

    std::int64_t size() const override { return std::int64_t(m_bytes.size()); }

private:
    std::string m_bytes;
    std::size_t m_piece;
    std::size_t m_at = 0;
};

struct ReadTable {
    exchange::TableFormat format;
    Table rows;
    std::vector<std::int64_t> numbers;
    exchange::ReadSummary summary;
};

inline Result<ReadTable> readTable(std::unique_ptr<exchange::ByteSource> source, exchange::ReadOptions options = {}) {
    OUTRIDER_ASSIGN(auto reader, exchange::TableReader::open(std::move(source), std::move(options)));
    ReadTable table;
    OUTRIDER_ASSIGN(table.summary, reader.read([&](const exchange::TableRow& row) {
        table.rows.emplace_back(row.cells.begin(), row.cells.end());
        table.numbers.push_back(row.number);
        return true;
    }));
    table.format = reader.format();
    return table;
}

inline Result<ReadTable> readTable(std::string bytes, exchange::ReadOptions options = {}) {
    return readTable(exchange::fromMemory(std::move(bytes)), std::move(options));
}

} // namespace outrider::test
