// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/store/lead_index/lead_index.h"

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

namespace outrider::store {

// Where a lead stands in a sorted list.
struct LeadListPlace {
    bool isNull = false;
    std::int64_t number = 0;
    std::string text;
    std::int64_t id = 0;
};

// What a list may be sorted by.
enum class LeadOrder { Name, LastName, Company, Email, JobTitle, City, Country, Status, Score, Created, Due, LastTouch, Custom };

// One question to the index of leads, asked within a read's view. While it lives the index stands still, so it should not
// live long.
//
// What it finds it is sure of. Leads it cannot know about, touched by a commit that the view may or may not see, are
// named apart: few, for SQL to judge.
class LeadIndexQuery {
public:
    LeadIndexQuery(const LeadIndex& index, const LeadIndexTicket& ticket, Connection& db, const FilterContext& context);

    // Finds what a filter does. False: SQL alone has to; what was missing is on its way for the next time.
    bool find(const Filter& filter, const FilterPlan& plan);

    // How many it is sure of, all and by status.
    std::int64_t count() const { return std::int64_t(m_found.count()); }
    std::map<StatusId, std::int64_t> countByStatus() const;
    std::vector<LeadId> ids() const;

    // The first of those beyond `from`, in their order; of that order some more leads may be not sure. Nothing: SQL has to.
    std::optional<std::vector<std::int64_t>> first(LeadOrder order, bool descending, const std::optional<LeadListPlace>& from,
                                                   std::size_t limit);

    // The same in the order of a custom field; those without a value come last.
    std::optional<std::vector<std::int64_t>> firstByCustom(std::int64_t field, CustomFieldType type, bool descending,
                                                           const std::optional<LeadListPlace>& from, std::size_t limit);

    // What a list shows of them, where that is known; strategies without their names.
    std::map<std::int64_t, LeadListRow> rows(const std::vector<std::int64_t>& leads) const;

    // Who is left to SQL, beside what was found. Sorted.
    const std::vector<std::int64_t>& unsure() const { return m_unsure; }
    bool isUnsure(std::int64_t lead) const;

private:
    using Leads = std::shared_ptr<const LeadSet>; // nullptr: not known
    Leads node(const FilterNode& node);
    Leads term(const FilterTerm& term);
    Leads values(const FilterTerm& term);
    Leads withMoment(const FilterTerm& term);
    Leads withScore(const FilterTerm& term);
    Leads withNamed(const FilterTerm& term);
    Leads withText(LeadText text, const FilterTerm& term);
    Leads withCompany(const FilterTerm& term);
    Leads withCustom(const FilterTerm& term);
    // `how`: what the answer depends on beside the condition.
    Leads withCondition(const FilterTerm& term, const std::string& how = {});
    Leads empty(const std::string& field);
    Leads all() const;
    Leads others(const Leads& leads) const;
    Leads kept(std::string key, LeadSet leads) const;
    std::vector<char> judged(std::string_view fake, const SqlCondition& condition, std::size_t count,
                             const std::function<std::string_view(std::size_t)>& value);
    bool doubt(const LeadSet& leads);
    bool takeUnranked(LeadText text);
    std::optional<std::vector<LeadOrdinal>> firstByText(LeadText text, bool descending, const std::optional<LeadListPlace>& from,
                                                        std::size_t limit);
    std::vector<LeadOrdinal> firstByMoment(const std::string& field, bool descending, const std::optional<LeadListPlace>& from,
                                           std::size_t limit);
    template <typename Key>
    std::vector<LeadOrdinal> firstByNumber(LeadNumber number, const LeadSet& leads, const std::vector<Key>& keys, bool descending,
                                           const std::optional<LeadPlace<Key>>& after, std::size_t limit);
    LeadOrdinal lowerBound(std::int64_t id) const;

    const LeadIndex& m_index;
    const LeadColumns& m_columns;
    const FilterContext& m_context;
    Connection& m_db;
    std::shared_lock<std::shared_mutex> m_lock;
    bool m_usable = false;
    std::vector<std::int64_t> m_unsure;
    LeadSet m_found;
};

} // namespace outrider::store
