// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace outrider::store {

// A lead's place in the index: leads by id, from 0.
using LeadOrdinal = std::uint32_t;

// A set of leads, a bit each. What lies beyond its length is not in it; sets of different lengths get along.
class LeadSet {
public:
    LeadSet() = default;
    explicit LeadSet(std::size_t leads) : m_words((leads + 63) / 64) {}

    void set(LeadOrdinal lead) {
        if (lead / 64 >= m_words.size())
            m_words.resize(lead / 64 + 1);
        m_words[lead / 64] |= std::uint64_t(1) << (lead % 64);
    }
    void reset(LeadOrdinal lead) {
        if (lead / 64 < m_words.size())
            m_words[lead / 64] &= ~(std::uint64_t(1) << (lead % 64));
    }
    bool test(LeadOrdinal lead) const { return lead / 64 < m_words.size() && (m_words[lead / 64] >> (lead % 64) & 1) != 0; }

    std::size_t count() const;
    std::size_t countShared(const LeadSet& other) const; // without making the set of them
    LeadSet& operator&=(const LeadSet& other);
    LeadSet& operator|=(const LeadSet& other);
    LeadSet& operator-=(const LeadSet& other);

    // In the order of their ids.
    template <typename Fn>
    void forEach(Fn fn) const {
        for (std::size_t at = 0; at < m_words.size(); ++at) {
            for (std::uint64_t word = m_words[at]; word != 0; word &= word - 1)
                fn(LeadOrdinal(at * 64 + std::size_t(std::countr_zero(word))));
        }
    }

    std::vector<std::uint64_t>& words() { return m_words; }
    const std::vector<std::uint64_t>& words() const { return m_words; }
    std::size_t bytes() const { return m_words.capacity() * sizeof(std::uint64_t); }

private:
    std::vector<std::uint64_t> m_words;
};

// A set that is small as a rule (a tag, an owner): a sorted list, or bits where that is shorter.
class LeadPosting {
public:
    void append(LeadOrdinal lead);                   // beyond all others
    void add(const std::vector<LeadOrdinal>& leads); // sorted
    void remove(const LeadSet& leads);
    void addTo(LeadSet& set) const;
    std::size_t bytes() const { return m_few.capacity() * sizeof(LeadOrdinal) + m_many.bytes(); }

private:
    static constexpr std::size_t mostFew = 16'384;
    std::vector<LeadOrdinal> m_few;
    LeadSet m_many;
    bool m_isMany = false;
};

// The leads whose code is from `low` to `high`.
LeadSet withCodes(const std::vector<std::uint8_t>& codes, std::uint8_t low, std::uint8_t high);
LeadSet withCodes(const std::vector<std::uint32_t>& codes, std::uint32_t low, std::uint32_t high);
LeadSet withValues(const std::vector<std::int64_t>& values, std::int64_t low, std::int64_t high);
// The leads of whose code `wanted` says true.
LeadSet withCodes(const std::vector<std::uint32_t>& codes, const std::vector<char>& wanted);

// Where a lead stands in an order: by key, then by id.
template <typename Key>
using LeadPlace = std::pair<Key, LeadOrdinal>;

// Up to `limit` of those leads, the first in that order (the last, when descending) beyond `after`.
template <typename Key>
std::vector<LeadOrdinal> firstOf(const LeadSet& leads, const std::vector<Key>& keys, bool descending,
                                 const std::optional<LeadPlace<Key>>& after, std::size_t limit);

// The same by going along `order`, which holds leads sorted so, but for those that `isMoved` says of: these may stand
// anywhere and must not be among `leads`. Nothing: few of it are, so that firstOf() is quicker.
template <typename Key>
std::optional<std::vector<LeadOrdinal>>
firstAlong(const std::vector<LeadOrdinal>& order, const LeadSet& leads, const std::vector<Key>& keys, bool descending,
           const std::optional<LeadPlace<Key>>& after, std::size_t limit, const std::function<bool(LeadOrdinal)>& isMoved);
// How many of `order` stand before that place.
template <typename Key>
std::size_t countBefore(const std::vector<LeadOrdinal>& order, const std::vector<Key>& keys, const LeadPlace<Key>& place,
                        const std::function<bool(LeadOrdinal)>& isMoved);

std::vector<LeadOrdinal> firstById(const LeadSet& leads, bool descending, std::optional<LeadOrdinal> after, std::size_t limit);

} // namespace outrider::store
