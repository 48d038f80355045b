// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/store/lead_index/lead_columns.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace outrider::store {

// What a list shows of every lead, packed: some 30 bytes each. Fifty rows of a page are in fifty places of the file, and
// to decrypt those takes ten times as long as to find out which they are. What is in LeadColumns as well is not in here.
//
// Filled once, lead by lead; a lead that changes later is not in it any more. Readers may share it.
class LeadRows {
public:
    LeadRows();
    ~LeadRows();
    LeadRows(LeadRows&& other) noexcept;
    LeadRows& operator=(LeadRows&& other) noexcept;

    // All leads, those of `columns` in their places. Throws StoreException.
    void load(Connection& db, const LeadColumns& columns);

    bool empty() const { return m_blocks.empty(); }
    void forget(LeadOrdinal lead);
    std::size_t forgotten() const { return m_forgottenCount; }

    // Unpacks one block for the rows in it that are asked for.
    class Reader {
    public:
        explicit Reader(const LeadRows& rows);
        ~Reader();
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;
        // The names of strategies are not in it. Nothing: not known.
        std::optional<LeadListRow> row(const LeadColumns& columns, LeadOrdinal lead);

    private:
        const LeadRows& m_rows;
        struct Unpacking;
        std::unique_ptr<Unpacking> m_unpacking;
        std::optional<std::size_t> m_block;
        std::string m_text;
    };

    std::size_t bytes() const;

private:
    friend class Reader;
    static constexpr std::size_t leadsInBlock = 16;
    struct Dictionary;
    std::unique_ptr<Dictionary> m_dictionary;
    std::string m_packed;
    std::vector<std::uint64_t> m_blocks; // where each ends
    LeadSet m_known;
    std::size_t m_forgottenCount = 0;
};

} // namespace outrider::store
