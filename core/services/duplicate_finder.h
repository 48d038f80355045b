// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/contact_point.h"
#include "core/domain/duplicate.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outrider {

// Finds pairs of leads that may be one person among very many, in memory: some 150 bytes a lead. Not every two are
// compared: only those that share an address, a number, a profile or an id, or the sound of a name and a company or domain,
// or the sounds of a whole name. What shares too much (a thousand Anna Müllers) is compared with its neighbours in the
// order of the rest. Pure; knows no store.
class DuplicateFinder {
public:
    // As the store has them; keys are normalised already (core/contact).
    struct Facts {
        LeadId id;
        std::string_view first;
        std::string_view last;
        std::string_view company;
        std::string_view domain; // of the company
        std::string_view emailKey;
        std::string_view phoneKey;
        std::string_view linkedinUrl;
        std::string_view externalId;
        std::string_view city;
    };
    void reserve(std::size_t leads);
    void add(const Facts& facts); // in ascending order of their ids
    // Of a lead that was added; others are left out.
    void addContact(LeadId lead, ContactKind kind, std::string_view key);

    std::size_t size() const { return m_leads.size(); }

    // Pairs of at least that score but for those, the surest first. Cancelled.
    Result<std::vector<DuplicatePair>> find(int minScore, const std::vector<std::pair<LeadId, LeadId>>& except,
                                            const ProgressPtr& progress);
    // The same lead with every other one that was added: for few.
    std::vector<DuplicatePair> findOf(LeadId lead, int minScore, const std::vector<LeadId>& except);

private:
    enum Text { First, Last, Company, Domain, Local, TextCount };
    struct Entry {
        LeadId id;
        std::uint64_t email = 0; // hashes; 0: there is none
        std::uint64_t phone = 0;
        std::uint64_t profile = 0;
        std::uint64_t external = 0;
        std::uint32_t city = 0;
        std::array<std::uint32_t, TextCount + 1> at{}; // where each text begins in m_text
    };
    struct Alias {
        std::uint64_t key;
        std::uint32_t lead;
        bool operator==(const Alias&) const = default;
        auto operator<=>(const Alias&) const = default;
    };
    struct Block {
        std::uint64_t key;
        std::uint32_t lead;
        auto operator<=>(const Block&) const = default;
    };
    struct Found {
        std::uint32_t a;
        std::uint32_t b;
        int score;
        std::uint32_t reasons; // a bit each
    };

    std::string_view text(const Entry& entry, Text which) const {
        const auto begin = entry.at[which];
        return std::string_view(m_text).substr(begin, entry.at[which + 1] - begin);
    }
    std::optional<std::uint32_t> indexOf(LeadId lead) const;
    bool sharesAlias(std::uint32_t a, std::uint32_t b) const;
    Found compare(std::uint32_t a, std::uint32_t b) const;
    void compareBlocks(std::vector<Block>& blocks, int minScore, std::vector<Found>& found);
    void compareRun(const Block* begin, const Block* end, int minScore, std::vector<Found>& found);
    void tryPair(std::uint32_t a, std::uint32_t b, int minScore, std::vector<Found>& found) const;
    DuplicatePair pairOf(const Found& found) const;

    std::string m_text;
    std::vector<Entry> m_leads;
    std::vector<Alias> m_aliases;
    bool m_isCancelled = false;
    Progress* m_progress = nullptr;
};

// Groups of what hangs together by these pairs, which are the surest first; none has more than `mostLeads`. The leads of a
// group are in the order of their ids.
struct DuplicateCluster {
    std::vector<LeadId> leads;
    std::vector<DuplicatePair> pairs;
};
std::vector<DuplicateCluster> clustersOf(const std::vector<DuplicatePair>& pairs, std::size_t mostLeads = 20);

} // namespace outrider
