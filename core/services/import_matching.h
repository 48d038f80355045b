// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/lead_row.h"
#include "core/services/import_service.h"
#include "core/store/sqlite/connection.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace outrider {

// Which lead a row of a file is: one of an earlier row, one of the workspace, or a new one.
//
// By the key the person chose, always. When that finds nobody: by the LinkedIn profile or the address
// alone; by number, external id, or name and company only where nothing else speaks against it, and by a
// name alone only where there is nothing else; so importing a file twice never doubles it. Two who differ
// in the chosen key are never the same.
//
// Remembers the rows of the whole file in some 150 bytes each. Not thread-safe.
class ImportMatcher {
public:
    explicit ImportMatcher(ImportKey key);

    // Before the first row: counts who has the key. Where everybody has it, a row that has it, too, need
    // not be looked for by anything else.
    void begin(store::Connection& db);

    struct Match {
        enum class Kind { None, InFile, Stored };
        Kind kind = Kind::None;
        std::uint32_t person = 0; // InFile: of an earlier row
        LeadId lead;              // Stored
    };
    // Another write came in between: the workspace may know what it did not know at the beginning.
    void othersWrote() { m_storeIsEmpty = false; }
    Match find(store::Connection& db, const exchange::LeadRow& row);

    // The row is a person of its own, new or of the workspace; later rows may be the same.
    std::uint32_t add(const exchange::LeadRow& row, LeadId lead = {});
    // The row is that person again, and may tell more ways to know them.
    void extend(std::uint32_t person, const exchange::LeadRow& row);

    LeadId leadOf(std::uint32_t person) const { return m_people[person].lead; }
    std::int64_t rowOf(std::uint32_t person) const { return m_people[person].row; }
    // Both have a full name, and not the same: two people behind one address, or a mistake.
    bool isNamedOtherwise(std::uint32_t person, const exchange::LeadRow& row);
    // The row has become that new lead. In the order the leads were made.
    void setLead(std::uint32_t person, LeadId lead);

private:
    enum Way : std::size_t { Email, ExternalId, LinkedIn, Phone, NameAndCompany, Ways };

    struct Person {
        std::array<std::uint64_t, Ways> keys{}; // 0: none
        std::uint64_t name = 0;
        bool hasFullName = false;
        bool hasCompany = false;
        bool hasBrokenEmail = false;
        std::int64_t row = 0;
        LeadId lead;
    };

    // Which person has a key: open addressing, so that a million rows stay small.
    class Index {
    public:
        std::optional<std::uint32_t> find(std::uint64_t key, const std::vector<Person>& people, std::size_t way) const;
        void insert(std::uint64_t key, std::uint32_t person, const std::vector<Person>& people, std::size_t way);

    private:
        void grow(const std::vector<Person>& people, std::size_t way);
        std::vector<std::uint32_t> m_slots; // person + 1; 0: free
        std::size_t m_count = 0;
    };

    static Person personOf(const Lead& lead);
    const Person& personOf(const exchange::LeadRow& row);
    static std::uint64_t hashOf(std::string_view text);
    bool mayBe(const Person& a, const Person& b, Way way) const;
    void remember(std::uint32_t person, const exchange::LeadRow& row);
    std::optional<LeadId> stored(store::Connection& db, const Lead& lead, Way way) const;
    std::optional<std::uint32_t> earlierRowOf(LeadId lead) const;

    std::vector<Way> m_ways; // the chosen one first
    bool m_keyDecides = false;
    bool m_storeIsEmpty = false; // but for the leads of earlier rows
    Person m_asked;              // of the row asked for last
    std::vector<Person> m_people;
    std::array<Index, Ways> m_index;
    std::array<std::unordered_map<std::uint64_t, std::uint32_t>, 2> m_seconds; // second addresses, numbers
    std::vector<std::uint32_t> m_added;                                        // new leads, whose ids only increase
    std::unordered_map<std::int64_t, std::uint32_t> m_known;                   // leads of the workspace
};

} // namespace outrider
