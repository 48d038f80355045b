// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/custom_field.h"
#include "core/store/lead_index/lead_set.h"
#include "core/store/sqlite/connection.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// The sortable texts, each with the index of the table lead that holds them sorted.
enum class LeadText { Name, LastName, Company, Email, JobTitle, City, Country };
inline constexpr std::size_t leadTexts = 7;
struct LeadTextColumn {
    std::string_view column;
    std::string_view index;
    std::string_view filtered; // the column filters look at; empty: none that says the same
};
const LeadTextColumn& columnOf(LeadText text);

// Texts in the order of their bytes, one behind the other.
class SortedTexts {
public:
    void append(std::string_view text);
    std::size_t size() const { return m_ends.size(); }
    std::string_view at(std::size_t i) const;
    std::optional<std::size_t> find(std::string_view text) const;
    std::size_t bytes() const { return m_text.capacity() + m_ends.capacity() * sizeof(std::uint32_t); }

private:
    std::string m_text;
    std::vector<std::uint32_t> m_ends;
};

// A text of every lead as its place among all of them.
struct LeadTextRanks {
    std::vector<std::uint32_t> ranks; // from 1; the same text has the same. 0: not known
    std::vector<LeadOrdinal> order;   // those that had one, by it and by id
    LeadSet unranked;                 // live leads without: changed since the texts were sorted
    std::size_t unrankedCount = 0;
    SortedTexts texts; // of rank 1 and so on; none when there are many
};

// The values of a custom field.
struct LeadCustomValues {
    std::vector<std::uint32_t> codes; // from 1; 0: no value
    std::vector<std::string> values;
    CustomFieldType type = CustomFieldType::Text; // they were sorted as
    std::size_t sorted = 0;                       // so many of them are in order; those behind came in since
};

// What a list is sorted by: the order of numbers, or of words with the text itself behind.
bool isNumber(CustomFieldType type);
std::string customOrderSql(CustomFieldType type, std::string_view value);

// What else lists are sorted by.
enum class LeadNumber { Status, Score, Due, LastTouch };
inline constexpr std::size_t leadNumbers = 4;

// All leads by a number and by id, as of when they were sorted, and who has another one since.
struct LeadNumberOrder {
    std::vector<LeadOrdinal> leads;
    LeadSet moved;
    std::size_t movedCount = 0;

    void move(LeadOrdinal lead) {
        movedCount += moved.test(lead) ? 0 : 1;
        moved.set(lead);
    }
};

// What is read of leads that changed, before it is put in.
struct LeadPatch {
    struct Facts {
        std::int64_t id = 0;
        bool exists = false;
        bool textsChanged = false;
        bool live = false;
        std::int64_t due = 0;
        std::int64_t touch = 0;
        std::int64_t created = 0;
        std::int64_t status = 0;
        std::int64_t owner = 0;
        std::uint8_t score = 0;
        std::uint8_t reach = 0;
    };
    std::vector<Facts> leads;                                     // by id
    std::map<std::int64_t, std::vector<std::int64_t>> tags;       // of each, the leads
    std::map<std::int64_t, std::vector<std::int64_t>> strategies; // the lead is in
    struct Custom {
        std::int64_t lead = 0;
        std::int64_t field = 0;
        std::string value;
    };
    std::vector<Custom> customs;
};

// What lists are filtered and sorted by, of every lead, a column each: some 60 bytes a lead. Plain data; LeadIndex
// says who may touch it when. What reads the file throws StoreException.
struct LeadColumns {
    static constexpr std::int64_t none = INT64_MIN; // no moment

    std::vector<std::int64_t> ids; // sorted; what was deleted keeps its place
    LeadSet live;                  // neither archived nor in the trash
    std::vector<std::int64_t> due;
    std::vector<std::int64_t> touch;
    std::vector<std::uint32_t> created; // seconds
    std::vector<std::uint8_t> score;
    std::vector<std::uint8_t> reach;
    std::vector<std::uint8_t> status; // a place in statuses
    std::vector<std::int64_t> statuses;
    std::map<std::int64_t, LeadPosting> owners;
    std::map<std::int64_t, LeadPosting> tags;
    std::map<std::int64_t, LeadPosting> strategies; // active or paused
    std::array<std::optional<LeadTextRanks>, leadTexts> texts;
    std::map<std::int64_t, LeadCustomValues> customs; // by field
    std::array<std::optional<LeadNumberOrder>, leadNumbers> orders;

    std::size_t size() const { return ids.size(); }
    std::optional<LeadOrdinal> find(std::int64_t id) const;
    std::size_t bytes() const;

    // Everything but texts and custom values. False: more statuses than a byte tells apart.
    bool load(Connection& db);
    LeadTextRanks loadText(Connection& db, LeadText text) const;
    LeadNumberOrder sorted(LeadNumber number) const;
    LeadCustomValues loadCustom(Connection& db, std::int64_t field) const;

    LeadPatch readPatch(Connection& db, const std::map<std::int64_t, bool>& touched) const; // true: texts too
    // False: it cannot be put in (an id between others, one status too many), and everything has to be read anew.
    bool apply(const LeadPatch& patch);
    // Takes the order of the texts over from what was read before; of `touched` (true: its texts) it is not known any more.
    // False: leads came in between.
    bool takeTexts(LeadColumns& before, const std::map<std::int64_t, bool>& touched);

private:
    bool statusCode(std::int64_t id, std::uint8_t& code);
    void put(LeadOrdinal lead, const LeadPatch::Facts& facts);
};

// A JSON array, for json_each().
std::string toJsonArray(const std::vector<std::int64_t>& ids);

} // namespace outrider::store
