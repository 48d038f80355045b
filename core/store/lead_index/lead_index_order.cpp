// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_index_query.h"

#include "core/contact/text.h"

#include <algorithm>

// In which order leads that were found follow each other.

namespace outrider::store {

namespace {

constexpr int mostSkipped = 64; // leads looked at to find a place

} // namespace

LeadOrdinal LeadIndexQuery::lowerBound(std::int64_t id) const {
    return LeadOrdinal(std::lower_bound(m_columns.ids.begin(), m_columns.ids.end(), id) - m_columns.ids.begin());
}

// A place that may be between two leads, as one that is a lead's or just before (behind) one's: keys are not all
// there are, so the lead need not exist.
std::optional<std::vector<std::int64_t>> LeadIndexQuery::first(LeadOrder order, bool descending,
                                                               const std::optional<LeadListPlace>& from, std::size_t limit) {
    std::vector<LeadOrdinal> found;
    // Beyond id: above it, or, descending, below. An ordinal whose lead is below the id stands in for it.
    const auto beyond = [&]() -> std::optional<LeadOrdinal> {
        if (!from)
            return std::nullopt;
        const LeadOrdinal at = lowerBound(from->id);
        const bool exists = at < m_columns.size() && m_columns.ids[at] == from->id;
        if (exists || descending)
            return at;
        return at == 0 ? std::nullopt : std::optional(at - 1);
    };
    switch (order) {
    case LeadOrder::Created:
        found = firstById(m_found, descending, beyond(), limit);
        break;
    case LeadOrder::Status:
    case LeadOrder::Score: {
        const auto& keys = order == LeadOrder::Status ? m_columns.status : m_columns.score;
        std::optional<LeadPlace<std::int16_t>> after;
        if (from) {
            std::int64_t key = from->number;
            if (order == LeadOrder::Status) {
                const auto at = std::lower_bound(m_columns.statuses.begin(), m_columns.statuses.end(), from->number);
                if (at == m_columns.statuses.end() || *at != from->number)
                    return std::nullopt;
                key = at - m_columns.statuses.begin();
            }
            if (key < 0 || key > UINT8_MAX)
                return std::nullopt;
            const auto at = beyond();
            // Before every lead of that key.
            after =
                at ? LeadPlace<std::int16_t>{std::int16_t(key), *at} : LeadPlace<std::int16_t>{std::int16_t(key - 1), UINT32_MAX};
        }
        std::optional<LeadPlace<std::uint8_t>> start;
        if (after && after->first < 0) // before all
            start = std::nullopt;
        else if (after)
            start = LeadPlace<std::uint8_t>{std::uint8_t(after->first), after->second};
        const auto number = order == LeadOrder::Status ? LeadNumber::Status : LeadNumber::Score;
        found = firstByNumber(number, m_found, keys, descending, start, limit);
        break;
    }
    case LeadOrder::Due:
        found = firstByMoment("due", descending, from, limit);
        break;
    case LeadOrder::LastTouch:
        found = firstByMoment("last_touch", descending, from, limit);
        break;
    default: {
        auto byText = firstByText(LeadText(order), descending, from, limit);
        if (!byText)
            return std::nullopt;
        found = std::move(*byText);
        break;
    }
    }
    std::vector<std::int64_t> ids;
    ids.reserve(found.size());
    for (const LeadOrdinal lead : found)
        ids.push_back(m_columns.ids[lead]);
    return ids;
}

// Those that moved since the leads were sorted are few, and sorted in between.
template <typename Key>
std::vector<LeadOrdinal> LeadIndexQuery::firstByNumber(LeadNumber number, const LeadSet& leads, const std::vector<Key>& keys,
                                                       bool descending, const std::optional<LeadPlace<Key>>& after,
                                                       std::size_t limit) {
    const auto& order = m_columns.orders.at(std::size_t(number));
    if (!order || order->movedCount > m_index.m_options.mostMoved)
        m_index.askFor(number);
    if (!order)
        return firstOf(leads, keys, descending, after, limit);
    const auto isMoved = [&order](LeadOrdinal lead) { return order->moved.test(lead); };
    if (order->movedCount == 0) {
        auto along = firstAlong(order->leads, leads, keys, descending, after, limit, isMoved);
        return along ? *std::move(along) : firstOf(leads, keys, descending, after, limit);
    }
    LeadSet still = leads;
    still -= order->moved;
    const auto along = firstAlong(order->leads, still, keys, descending, after, limit, isMoved);
    if (!along)
        return firstOf(leads, keys, descending, after, limit);
    LeadSet moved = leads;
    moved &= order->moved;
    const std::vector<LeadOrdinal> between = firstOf(moved, keys, descending, after, limit);
    std::vector<LeadOrdinal> both;
    std::merge(along->begin(), along->end(), between.begin(), between.end(), std::back_inserter(both),
               [&keys, descending](LeadOrdinal a, LeadOrdinal b) {
                   const LeadPlace<Key> first{keys[a], a};
                   const LeadPlace<Key> second{keys[b], b};
                   return descending ? second < first : first < second;
               });
    both.resize(std::min(both.size(), limit));
    return both;
}

// Those without a moment come last, in either direction.
std::vector<LeadOrdinal> LeadIndexQuery::firstByMoment(const std::string& field, bool descending,
                                                       const std::optional<LeadListPlace>& from, std::size_t limit) {
    const auto& moments = field == "due" ? m_columns.due : m_columns.touch;
    LeadSet without = *empty(field);
    without &= m_found;
    std::optional<LeadOrdinal> at;
    bool isBeforeAll = false;
    if (from) {
        const LeadOrdinal bound = lowerBound(from->id);
        const bool exists = bound < m_columns.size() && m_columns.ids[bound] == from->id;
        if (exists || descending)
            at = bound;
        else if (bound > 0)
            at = bound - 1;
        else
            isBeforeAll = true;
    }
    if (from && from->isNull)
        return firstById(without, descending, isBeforeAll ? std::nullopt : at, limit);
    LeadSet with = m_found;
    with -= without;
    std::optional<LeadPlace<std::int64_t>> after;
    if (from)
        after = isBeforeAll ? LeadPlace<std::int64_t>{from->number - 1, UINT32_MAX} : LeadPlace<std::int64_t>{from->number, *at};
    else if (!descending) // those without one are less than all
        after = LeadPlace<std::int64_t>{LeadColumns::none, UINT32_MAX};
    const auto number = field == "due" ? LeadNumber::Due : LeadNumber::LastTouch;
    std::vector<LeadOrdinal> found = firstByNumber(number, with, moments, descending, after, limit);
    if (found.size() < limit) {
        for (const LeadOrdinal lead : firstById(without, descending, std::nullopt, limit - found.size()))
            found.push_back(lead);
    }
    return found;
}

// Values are coded in their order; those that came in since they were sorted are not, and then SQL has to.
std::optional<std::vector<std::int64_t>> LeadIndexQuery::firstByCustom(std::int64_t field, CustomFieldType type, bool descending,
                                                                       const std::optional<LeadListPlace>& from,
                                                                       std::size_t limit) {
    const auto column = m_columns.customs.find(field);
    if (column == m_columns.customs.end() || column->second.sorted < column->second.values.size()
        || column->second.type != type) {
        m_index.askForCustom(field);
        return std::nullopt;
    }
    const auto& [codes, values, kind, sorted] = column->second;
    LeadSet without(m_columns.size());
    m_found.forEach([&, &coded = codes](LeadOrdinal lead) {
        if (coded[lead] == 0)
            without.set(lead);
    });
    std::optional<LeadOrdinal> at;
    bool isBeforeAll = false;
    if (from) {
        const LeadOrdinal bound = lowerBound(from->id);
        const bool exists = bound < m_columns.size() && m_columns.ids[bound] == from->id;
        if (exists || descending)
            at = bound;
        else if (bound > 0)
            at = bound - 1;
        else
            isBeforeAll = true;
    }
    std::vector<LeadOrdinal> found;
    if (!from || !from->isNull) {
        LeadSet with = m_found;
        with -= without;
        std::optional<LeadPlace<std::uint32_t>> after;
        if (from) {
            const bool numbers = isNumber(type);
            const auto orderOf = [](const std::string& value) { return contact::unaccented(value) + '\x01' + value; };
            const double number = numbers ? customNumber(type, from->text).value_or(0) : 0;
            const auto place = std::partition_point(values.begin(), values.end(), [&](const std::string& value) {
                return numbers ? customNumber(type, value).value_or(0) < number : orderOf(value) < from->text;
            });
            const auto code = std::uint32_t(place - values.begin()) + 1;
            const bool same = place != values.end()
                              && (numbers ? customNumber(type, *place).value_or(0) == number : orderOf(*place) == from->text);
            if (!same)
                after = descending ? LeadPlace<std::uint32_t>{code, 0} : LeadPlace<std::uint32_t>{code - 1, UINT32_MAX};
            else
                after = isBeforeAll ? LeadPlace<std::uint32_t>{code - 1, UINT32_MAX} : LeadPlace<std::uint32_t>{code, *at};
        }
        found = firstOf(with, codes, descending, after, limit);
    }
    if (found.size() < limit) {
        const bool goesOn = from && from->isNull;
        for (const LeadOrdinal lead :
             firstById(without, descending, goesOn && !isBeforeAll ? at : std::nullopt, limit - found.size()))
            found.push_back(lead);
    }
    std::vector<std::int64_t> ids;
    ids.reserve(found.size());
    for (const LeadOrdinal lead : found)
        ids.push_back(m_columns.ids[lead]);
    return ids;
}

// The place is that of the first lead there that the index is sure of: a seek in the index of the file.
std::optional<std::vector<LeadOrdinal>> LeadIndexQuery::firstByText(LeadText text, bool descending,
                                                                    const std::optional<LeadListPlace>& from, std::size_t limit) {
    const auto& column = m_columns.texts.at(std::size_t(text));
    if (!column) {
        m_index.askFor(text);
        return std::nullopt;
    }
    if (!takeUnranked(text))
        return std::nullopt;
    std::optional<LeadPlace<std::uint32_t>> after;
    if (from) {
        const LeadTextColumn& sorted = columnOf(text);
        const std::string key(sorted.column);
        const std::string compare = descending ? " < ?" : " > ?";
        const std::string direction = descending ? " DESC" : "";
        const std::string leads = "SELECT w.id FROM lead w INDEXED BY " + std::string(sorted.index) + " WHERE "
                                  + scopeSql(FilterPlan::Scope::Live, "w") + " AND w." + key;
        int looked = 0;
        const auto seek = [&](Statement rows) {
            for (; !after && looked < mostSkipped && rows.step(); ++looked) {
                const auto lead = m_columns.find(rows.integer(0));
                if (!lead || column->ranks[*lead] == 0 || isUnsure(rows.integer(0)))
                    continue;
                const std::uint32_t rank = column->ranks[*lead];
                after = descending  ? LeadPlace<std::uint32_t>{rank, *lead + 1}
                        : *lead > 0 ? LeadPlace<std::uint32_t>{rank, *lead - 1}
                                    : LeadPlace<std::uint32_t>{rank - 1, UINT32_MAX};
            }
        };
        seek(m_db.query(leads + " = ? AND w.id" + compare + " ORDER BY w.id" + direction, from->text, from->id));
        if (!after)
            seek(m_db.query(leads + compare + " ORDER BY w." + key + direction + ", w.id" + direction, from->text));
        if (!after)
            return looked < mostSkipped ? std::optional(std::vector<LeadOrdinal>()) : std::nullopt;
    }
    if (auto along = firstAlong(column->order, m_found, column->ranks, descending, after, limit,
                                [&column](LeadOrdinal lead) { return column->ranks[lead] == 0; }))
        return along;
    return firstOf(m_found, column->ranks, descending, after, limit);
}

} // namespace outrider::store
