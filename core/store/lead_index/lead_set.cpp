// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_set.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace outrider::store {

namespace {

constexpr std::size_t wordBits = 64;

// Whether test() holds of each of 64 leads, as bits. Bytes first: that much the compiler does side by side.
template <typename Key, typename Test>
std::uint64_t judged(const Key* keys, Test test) {
    std::array<std::uint8_t, wordBits> found{};
    for (std::size_t i = 0; i < wordBits; ++i)
        found[i] = test(keys[i]) ? 1 : 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < wordBits; i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, found.data() + i, sizeof eight);
        if constexpr (std::endian::native == std::endian::big)
            eight = __builtin_bswap64(eight);
        bits |= (eight * 0x0102040810204080U >> 56U) << i;
    }
    return bits;
}

template <typename Key, typename Test>
LeadSet judgedAll(const std::vector<Key>& keys, Test test) {
    LeadSet set(keys.size());
    const std::size_t whole = keys.size() / wordBits;
    for (std::size_t at = 0; at < whole; ++at)
        set.words()[at] = judged(keys.data() + at * wordBits, test);
    for (std::size_t i = whole * wordBits; i < keys.size(); ++i) {
        if (test(keys[i]))
            set.set(LeadOrdinal(i));
    }
    return set;
}

} // namespace

std::size_t LeadSet::count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : m_words)
        count += std::size_t(std::popcount(word));
    return count;
}

std::size_t LeadSet::countShared(const LeadSet& other) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(m_words.size(), other.m_words.size()); ++i)
        count += std::size_t(std::popcount(m_words[i] & other.m_words[i]));
    return count;
}

LeadSet& LeadSet::operator&=(const LeadSet& other) {
    if (m_words.size() > other.m_words.size())
        m_words.resize(other.m_words.size());
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_words[i] &= other.m_words[i];
    return *this;
}

LeadSet& LeadSet::operator|=(const LeadSet& other) {
    if (m_words.size() < other.m_words.size())
        m_words.resize(other.m_words.size());
    for (std::size_t i = 0; i < other.m_words.size(); ++i)
        m_words[i] |= other.m_words[i];
    return *this;
}

LeadSet& LeadSet::operator-=(const LeadSet& other) {
    for (std::size_t i = 0; i < std::min(m_words.size(), other.m_words.size()); ++i)
        m_words[i] &= ~other.m_words[i];
    return *this;
}

void LeadPosting::append(LeadOrdinal lead) {
    if (!m_isMany && m_few.size() == mostFew) {
        for (const LeadOrdinal one : m_few)
            m_many.set(one);
        m_few = {};
        m_isMany = true;
    }
    if (m_isMany)
        m_many.set(lead);
    else
        m_few.push_back(lead);
}

void LeadPosting::add(const std::vector<LeadOrdinal>& leads) {
    if (m_isMany || m_few.empty() || leads.empty() || m_few.back() < leads.front()) {
        for (const LeadOrdinal lead : leads)
            append(lead);
        return;
    }
    std::vector<LeadOrdinal> all;
    all.reserve(m_few.size() + leads.size());
    std::set_union(m_few.begin(), m_few.end(), leads.begin(), leads.end(), std::back_inserter(all));
    m_few.clear();
    for (const LeadOrdinal lead : all)
        append(lead);
}

void LeadPosting::remove(const LeadSet& leads) {
    if (m_isMany)
        m_many -= leads;
    else
        std::erase_if(m_few, [&leads](LeadOrdinal lead) { return leads.test(lead); });
}

void LeadPosting::addTo(LeadSet& set) const {
    if (m_isMany)
        set |= m_many;
    for (const LeadOrdinal lead : m_few)
        set.set(lead);
}

LeadSet withCodes(const std::vector<std::uint8_t>& codes, std::uint8_t low, std::uint8_t high) {
    const auto span = std::uint8_t(high - low);
    return judgedAll(codes, [low, span](std::uint8_t code) { return std::uint8_t(code - low) <= span; });
}

LeadSet withCodes(const std::vector<std::uint32_t>& codes, std::uint32_t low, std::uint32_t high) {
    const std::uint32_t span = high - low;
    return judgedAll(codes, [low, span](std::uint32_t code) { return code - low <= span; });
}

LeadSet withValues(const std::vector<std::int64_t>& values, std::int64_t low, std::int64_t high) {
    return judgedAll(values, [low, high](std::int64_t value) { return (value >= low) & (value <= high); });
}

LeadSet withCodes(const std::vector<std::uint32_t>& codes, const std::vector<char>& wanted) {
    return judgedAll(codes, [&wanted](std::uint32_t code) { return code < wanted.size() && wanted[code] != 0; });
}

// The best so far are kept in a heap that is cut whenever it is full; from then on only what is better than the
// worst of them is looked at, 64 leads at a time.
template <typename Key>
std::vector<LeadOrdinal> firstOf(const LeadSet& leads, const std::vector<Key>& keys, bool descending,
                                 const std::optional<LeadPlace<Key>>& after, std::size_t limit) {
    using Place = LeadPlace<Key>;
    constexpr int dense = 6; // so many of 64 are judged together
    std::vector<Place> best;
    const std::size_t room = 3 * limit + wordBits;
    best.reserve(room + wordBits);
    const auto before = [descending](const Place& a, const Place& b) { return descending ? b < a : a < b; };
    std::optional<Place> bound; // nothing from here on is wanted
    const auto cut = [&] {
        std::nth_element(best.begin(), best.begin() + std::ptrdiff_t(limit), best.end(), before);
        best.resize(limit);
        bound = *std::max_element(best.begin(), best.end(), before);
    };
    const std::size_t words = std::min(leads.words().size(), (keys.size() + wordBits - 1) / wordBits);
    for (std::size_t at = 0; at < words; ++at) {
        std::uint64_t word = leads.words()[at];
        if (word == 0)
            continue;
        if (std::popcount(word) > dense && (at + 1) * wordBits <= keys.size()) {
            const Key* here = keys.data() + at * wordBits;
            if (bound) {
                const Key last = bound->first;
                word &= descending ? judged(here, [last](Key key) { return key >= last; })
                                   : judged(here, [last](Key key) { return key <= last; });
            }
            if (after && word != 0) {
                const Key first = after->first;
                word &= descending ? judged(here, [first](Key key) { return key <= first; })
                                   : judged(here, [first](Key key) { return key >= first; });
            }
        }
        for (; word != 0; word &= word - 1) {
            const auto lead = LeadOrdinal(at * wordBits + std::size_t(std::countr_zero(word)));
            if (lead >= keys.size())
                break;
            const Place place{keys[lead], lead};
            if ((bound && !before(place, *bound)) || (after && !before(*after, place)))
                continue;
            best.push_back(place);
        }
        if (best.size() >= room)
            cut();
    }
    if (best.size() > limit)
        cut();
    std::sort(best.begin(), best.end(), before);
    std::vector<LeadOrdinal> found;
    found.reserve(best.size());
    for (const Place& place : best)
        found.push_back(place.second);
    return found;
}

template std::vector<LeadOrdinal> firstOf(const LeadSet&, const std::vector<std::uint8_t>&, bool,
                                          const std::optional<LeadPlace<std::uint8_t>>&, std::size_t);
template std::vector<LeadOrdinal> firstOf(const LeadSet&, const std::vector<std::uint32_t>&, bool,
                                          const std::optional<LeadPlace<std::uint32_t>>&, std::size_t);
template std::vector<LeadOrdinal> firstOf(const LeadSet&, const std::vector<std::int64_t>&, bool,
                                          const std::optional<LeadPlace<std::int64_t>>&, std::size_t);

template <typename Key>
std::size_t countBefore(const std::vector<LeadOrdinal>& order, const std::vector<Key>& keys, const LeadPlace<Key>& place,
                        const std::function<bool(LeadOrdinal)>& isMoved) {
    std::size_t low = 0;
    std::size_t high = order.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        std::size_t probe = middle;
        while (probe < high && isMoved(order[probe]))
            ++probe;
        if (probe < high && LeadPlace<Key>{keys[order[probe]], order[probe]} < place)
            low = probe + 1;
        else
            high = middle;
    }
    return low;
}

template <typename Key>
std::optional<std::vector<LeadOrdinal>>
firstAlong(const std::vector<LeadOrdinal>& order, const LeadSet& leads, const std::vector<Key>& keys, bool descending,
           const std::optional<LeadPlace<Key>>& after, std::size_t limit, const std::function<bool(LeadOrdinal)>& isMoved) {
    constexpr std::size_t most = 32'768; // looked at
    std::size_t at = descending ? order.size() : 0;
    if (after) {
        LeadPlace<Key> first = *after;
        if (!descending && first.second != UINT32_MAX) // no lead has that ordinal
            ++first.second;
        at = countBefore(order, keys, first, isMoved);
    }
    std::vector<LeadOrdinal> found;
    found.reserve(limit);
    for (std::size_t looked = 0; found.size() < limit && at != (descending ? 0 : order.size()); ++looked) {
        if (looked == most)
            return std::nullopt;
        const LeadOrdinal lead = order[descending ? --at : at++];
        if (leads.test(lead))
            found.push_back(lead);
    }
    return found;
}

template std::size_t countBefore(const std::vector<LeadOrdinal>&, const std::vector<std::uint32_t>&,
                                 const LeadPlace<std::uint32_t>&, const std::function<bool(LeadOrdinal)>&);
template std::optional<std::vector<LeadOrdinal>> firstAlong(const std::vector<LeadOrdinal>&, const LeadSet&,
                                                            const std::vector<std::uint8_t>&, bool,
                                                            const std::optional<LeadPlace<std::uint8_t>>&, std::size_t,
                                                            const std::function<bool(LeadOrdinal)>&);
template std::optional<std::vector<LeadOrdinal>> firstAlong(const std::vector<LeadOrdinal>&, const LeadSet&,
                                                            const std::vector<std::uint32_t>&, bool,
                                                            const std::optional<LeadPlace<std::uint32_t>>&, std::size_t,
                                                            const std::function<bool(LeadOrdinal)>&);
template std::optional<std::vector<LeadOrdinal>> firstAlong(const std::vector<LeadOrdinal>&, const LeadSet&,
                                                            const std::vector<std::int64_t>&, bool,
                                                            const std::optional<LeadPlace<std::int64_t>>&, std::size_t,
                                                            const std::function<bool(LeadOrdinal)>&);

std::vector<LeadOrdinal> firstById(const LeadSet& leads, bool descending, std::optional<LeadOrdinal> after, std::size_t limit) {
    std::vector<LeadOrdinal> found;
    const auto& words = leads.words();
    const std::size_t first = after ? *after / wordBits : descending ? words.size() - 1 : 0;
    for (std::size_t at = first; at < words.size() && found.size() < limit; at += descending ? std::size_t(-1) : 1) {
        std::uint64_t word = words[at];
        while (word != 0 && found.size() < limit) {
            const int bit = descending ? 63 - std::countl_zero(word) : std::countr_zero(word);
            word &= ~(std::uint64_t(1) << bit);
            const auto lead = LeadOrdinal(at * wordBits + std::size_t(bit));
            if (!after || (descending ? lead < *after : lead > *after))
                found.push_back(lead);
        }
    }
    return found;
}

} // namespace outrider::store
