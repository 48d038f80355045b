// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_index_query.h"

#include "core/contact/text.h"
#include "core/domain/field.h"

#include <algorithm>
#include <charconv>

namespace outrider::store {

namespace {

constexpr std::size_t mostUnsure = 256;     // leads SQL judges beside
constexpr std::size_t mostDifferent = 8192; // values that are judged one by one
constexpr std::int64_t mostByIndex = 4000;  // leads taken from an index of the file

std::string keyOf(const SqlCondition& condition) {
    std::string key = condition.sql;
    for (const auto& value : condition.values) {
        key += '\x1f';
        std::visit(
            [&key](const auto& v) {
                if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string>)
                    key += v;
                else
                    key += std::to_string(v);
            },
            value);
    }
    return key;
}

std::optional<LeadText> textOf(std::string_view field) {
    if (field == "job_title")
        return LeadText::JobTitle;
    if (field == "city")
        return LeadText::City;
    if (field == "country")
        return LeadText::Country;
    return std::nullopt;
}

} // namespace

LeadIndexQuery::LeadIndexQuery(const LeadIndex& index, const LeadIndexTicket& ticket, Connection& db,
                               const FilterContext& context)
    : m_index(index),
      m_columns(index.m_columns),
      m_context(context),
      m_db(db),
      m_lock(index.m_mutex) {
    if (!index.m_built || index.m_builtEpoch != ticket.epoch || index.m_epoch != ticket.epoch)
        return;
    const std::uint64_t known = std::min(ticket.commits, index.m_upTo);
    const std::lock_guard lock(index.m_logMutex);
    if (known < index.m_logFrom)
        return;
    for (auto touched = index.m_log.rbegin(); touched != index.m_log.rend() && touched->commit > known; ++touched) {
        m_unsure.push_back(touched->lead);
        if (m_unsure.size() > 4 * mostUnsure)
            return;
    }
    std::sort(m_unsure.begin(), m_unsure.end());
    m_unsure.erase(std::unique(m_unsure.begin(), m_unsure.end()), m_unsure.end());
    m_usable = m_unsure.size() <= mostUnsure;
}

bool LeadIndexQuery::isUnsure(std::int64_t lead) const { return std::binary_search(m_unsure.begin(), m_unsure.end(), lead); }

bool LeadIndexQuery::find(const Filter& filter, const FilterPlan& plan) {
    if (!m_usable || plan.scope != FilterPlan::Scope::Live)
        return false;
    const Leads found = node(filter.root);
    if (!found)
        return false;
    m_found = *found;
    if (found.get() != &m_columns.live)
        m_found &= m_columns.live;
    for (const std::int64_t lead : m_unsure) {
        if (const auto at = m_columns.find(lead))
            m_found.reset(*at);
    }
    return true;
}

std::map<StatusId, std::int64_t> LeadIndexQuery::countByStatus() const {
    std::map<StatusId, std::int64_t> counts;
    for (std::size_t code = 0; code < m_columns.statuses.size(); ++code) {
        const auto count = m_found.countShared(withCodes(m_columns.status, std::uint8_t(code), std::uint8_t(code)));
        if (count > 0)
            counts[StatusId{m_columns.statuses[code]}] = std::int64_t(count);
    }
    return counts;
}

std::vector<LeadId> LeadIndexQuery::ids() const {
    std::vector<LeadId> ids;
    ids.reserve(m_found.count());
    m_found.forEach([&](LeadOrdinal lead) { ids.push_back(LeadId{m_columns.ids[lead]}); });
    return ids;
}

std::map<std::int64_t, LeadListRow> LeadIndexQuery::rows(const std::vector<std::int64_t>& leads) const {
    std::map<std::int64_t, LeadListRow> rows;
    LeadRows::Reader reader(m_index.m_rows);
    for (const std::int64_t lead : leads) {
        const auto at = m_columns.find(lead);
        if (!at || isUnsure(lead))
            continue;
        if (auto row = reader.row(m_columns, *at))
            rows.emplace(lead, std::move(*row));
    }
    return rows;
}

// ── What a filter finds ─────────────────────────────────────────────────────────────────────────

LeadIndexQuery::Leads LeadIndexQuery::all() const { return {std::shared_ptr<const LeadSet>(), &m_columns.live}; }

LeadIndexQuery::Leads LeadIndexQuery::others(const Leads& leads) const {
    if (!leads)
        return nullptr;
    auto rest = std::make_shared<LeadSet>(m_columns.live);
    *rest -= *leads;
    return rest;
}

LeadIndexQuery::Leads LeadIndexQuery::kept(std::string key, LeadSet leads) const {
    auto shared = std::make_shared<const LeadSet>(std::move(leads));
    m_index.keep(std::move(key), shared);
    return shared;
}

LeadIndexQuery::Leads LeadIndexQuery::node(const FilterNode& node) {
    Leads found;
    if (node.kind == FilterNode::Kind::Term) {
        found = term(node.term);
    } else if (node.children.empty()) {
        found = all();
    } else {
        std::shared_ptr<LeadSet> combined;
        bool isMissing = false;
        for (const FilterNode& child : node.children) { // all of them, so that all that is missing is asked for
            const Leads leads = this->node(child);
            isMissing |= leads == nullptr;
            if (isMissing)
                continue;
            if (!found) {
                found = leads;
                continue;
            }
            if (!combined)
                combined = std::make_shared<LeadSet>(*found);
            if (node.kind == FilterNode::Kind::All)
                *combined &= *leads;
            else
                *combined |= *leads;
        }
        if (isMissing)
            return nullptr;
        if (combined)
            found = combined;
    }
    return node.negated ? others(found) : found;
}

LeadIndexQuery::Leads LeadIndexQuery::term(const FilterTerm& term) {
    if (term.field.empty())
        return withCondition(term);
    if (term.field == "has") {
        auto any = std::make_shared<LeadSet>();
        for (const std::string& field : term.values) {
            const Leads filled = others(empty(field));
            if (!filled)
                return nullptr;
            *any |= *filled;
        }
        return any;
    }
    Leads found;
    if (!term.values.empty()) {
        FilterTerm positive = term;
        positive.none = false;
        if (positive.op == FilterOp::NotEquals)
            positive.op = FilterOp::Equals;
        found = values(positive);
        if (!found)
            return nullptr;
    }
    if (term.none) {
        const Leads without = empty(term.field);
        if (!without)
            return nullptr;
        if (found) {
            auto both = std::make_shared<LeadSet>(*found);
            *both |= *without;
            found = both;
        } else {
            found = without;
        }
    }
    return term.op == FilterOp::NotEquals ? others(found) : found;
}

LeadIndexQuery::Leads LeadIndexQuery::values(const FilterTerm& term) {
    const std::string_view field = term.field;
    if (field == "status" || field == "owner" || field == "tag" || field == "strategy")
        return withNamed(term);
    if (field == "due" || field == "last_touch" || field == "created")
        return withMoment(term);
    if (field == "score")
        return withScore(term);
    if (field == "reach") {
        auto found = std::make_shared<LeadSet>();
        for (const std::string& value : term.values) {
            if (const auto reach = reachNames.value(value))
                *found |= withCodes(m_columns.reach, std::uint8_t(*reach), std::uint8_t(*reach));
        }
        return found;
    }
    if (customFieldKey(field))
        return withCustom(term);
    if (const auto text = textOf(field))
        return withText(*text, term);
    if (field == "company" && term.op == FilterOp::Equals) {
        if (const Leads found = withCompany(term))
            return found;
    }
    if (field == "company" && term.op == FilterOp::Equals && term.values.size() == 1) {
        const SqlCondition candidates = candidatesSql(term, m_context);
        Statement rows = m_db.prepare(candidates.sql + " LIMIT ?");
        rows.bindInteger(candidates.bind(rows, 1), mostByIndex + 1);
        auto found = std::make_shared<LeadSet>(m_columns.size());
        std::int64_t count = 0;
        for (; rows.step(); ++count) {
            if (const auto lead = m_columns.find(rows.integer(0)))
                found->set(*lead);
        }
        if (count <= mostByIndex)
            return found;
    }
    return withCondition(term);
}

LeadIndexQuery::Leads LeadIndexQuery::withNamed(const FilterTerm& term) {
    auto found = std::make_shared<LeadSet>(m_columns.size());
    const SqlCondition named = namedSql(term, m_context);
    Statement rows = m_db.prepare(named.sql);
    named.bind(rows, 1);
    while (rows.step()) {
        const std::int64_t id = rows.integer(0);
        if (term.field == "status") {
            const auto at = std::lower_bound(m_columns.statuses.begin(), m_columns.statuses.end(), id);
            if (at == m_columns.statuses.end() || *at != id)
                continue;
            const auto code = std::uint8_t(at - m_columns.statuses.begin());
            const std::string key = "status " + std::to_string(id);
            const Leads before = m_index.kept(key);
            *found |= before ? *before : *kept(key, withCodes(m_columns.status, code, code));
            continue;
        }
        const auto& postings = term.field == "owner" ? m_columns.owners
                               : term.field == "tag" ? m_columns.tags
                                                     : m_columns.strategies;
        if (const auto posting = postings.find(id); posting != postings.end())
            posting->second.addTo(*found);
    }
    return found;
}

LeadIndexQuery::Leads LeadIndexQuery::withMoment(const FilterTerm& term) {
    auto found = std::make_shared<LeadSet>(m_columns.size());
    for (const std::string& value : term.values) {
        const auto moments = momentsOf(term.op, value, m_context);
        if (!moments)
            continue;
        const std::string key = term.field + ' ' + std::to_string(moments->from) + ' ' + std::to_string(moments->before);
        if (const Leads before = m_index.kept(key)) {
            *found |= *before;
            continue;
        }
        if (term.field != "created") {
            const auto& column = term.field == "due" ? m_columns.due : m_columns.touch;
            *found |= *kept(key, withValues(column, std::max(moments->from, LeadColumns::none + 1), moments->before - 1));
            continue;
        }
        // Seconds are kept, and days begin on one.
        const auto second = [](std::int64_t millis) { return std::clamp<std::int64_t>(millis / 1000, 0, UINT32_MAX); };
        const bool isWhole = (moments->from == INT64_MIN || moments->from % 1000 == 0)
                             && (moments->before == INT64_MAX || moments->before % 1000 == 0);
        if (!isWhole)
            return nullptr;
        const std::int64_t from = moments->from == INT64_MIN ? 0 : second(moments->from);
        const std::int64_t before = moments->before == INT64_MAX ? INT64_C(0x100000000) : second(moments->before);
        if (from < before)
            *found |= *kept(key, withCodes(m_columns.created, std::uint32_t(from), std::uint32_t(before - 1)));
    }
    return found;
}

LeadIndexQuery::Leads LeadIndexQuery::withScore(const FilterTerm& term) {
    auto found = std::make_shared<LeadSet>(m_columns.size());
    for (const std::string& value : term.values) {
        double wanted = 0;
        std::from_chars(value.data(), value.data() + value.size(), wanted);
        int low = -1;
        int high = -1;
        for (int score = 0; score <= 100; ++score) {
            const bool fits = term.op == FilterOp::Less             ? score < wanted
                              : term.op == FilterOp::LessOrEqual    ? score <= wanted
                              : term.op == FilterOp::Greater        ? score > wanted
                              : term.op == FilterOp::GreaterOrEqual ? score >= wanted
                                                                    : score == wanted;
            if (fits) {
                low = low < 0 ? score : low;
                high = score;
            }
        }
        if (low < 0)
            continue;
        const std::string key = "score " + std::to_string(low) + ' ' + std::to_string(high);
        const Leads before = m_index.kept(key);
        *found |= before ? *before : *kept(key, withCodes(m_columns.score, std::uint8_t(low), std::uint8_t(high)));
    }
    return found;
}

// A condition on one value, judged by SQL for each value there is: `fake` stands for the table that has it.
std::vector<char> LeadIndexQuery::judged(std::string_view fake, const SqlCondition& condition, std::size_t count,
                                         const std::function<std::string_view(std::size_t)>& value) {
    std::vector<char> found(count + 1, 0);
    Statement row = m_db.prepare("WITH " + std::string(fake) + " SELECT coalesce((" + condition.sql + ") <> 0, 0) FROM l");
    condition.bind(row, 2);
    for (std::size_t i = 0; i < count; ++i) {
        row.bindText(1, value(i));
        found[i + 1] = row.step() && row.integer(0) != 0 ? 1 : 0;
        row.reset();
    }
    return found;
}

LeadIndexQuery::Leads LeadIndexQuery::withText(LeadText text, const FilterTerm& term) {
    const auto& column = m_columns.texts.at(std::size_t(text));
    if (!column) {
        m_index.askFor(text);
        return nullptr;
    }
    if (column->texts.size() == 0 || column->texts.size() > mostDifferent)
        return withCondition(term);
    if (!takeUnranked(text))
        return nullptr;
    const SqlCondition condition = toSql(term, m_context);
    const std::string key = keyOf(condition);
    if (const Leads before = m_index.kept(key))
        return before;
    const std::string fake = "l(" + std::string(columnOf(text).filtered) + ") AS (VALUES(?1))";
    const auto wanted = judged(fake, condition, column->texts.size(), [&column](std::size_t i) { return column->texts.at(i); });
    return kept(key, withCodes(column->ranks, wanted));
}

// Those of a company lie together in the order of companies. Nothing: that, or the companies' names, are not known.
LeadIndexQuery::Leads LeadIndexQuery::withCompany(const FilterTerm& term) {
    const auto& column = m_columns.texts.at(std::size_t(LeadText::Company));
    if (!column) {
        m_index.askFor(LeadText::Company);
        return nullptr;
    }
    if (column->texts.size() == 0 || !takeUnranked(LeadText::Company))
        return nullptr;
    auto found = std::make_shared<LeadSet>(m_columns.size());
    const auto isMoved = [&column](LeadOrdinal lead) { return column->ranks[lead] == 0; };
    for (const std::string& value : term.values) {
        const auto text = column->texts.find(contact::unaccented(value));
        if (!text)
            continue;
        const auto rank = std::uint32_t(*text + 1);
        for (std::size_t at = countBefore(column->order, column->ranks, {rank, 0}, isMoved); at < column->order.size(); ++at) {
            const LeadOrdinal lead = column->order[at];
            if (column->ranks[lead] > rank)
                break;
            if (column->ranks[lead] == rank)
                found->set(lead);
        }
    }
    return found;
}

LeadIndexQuery::Leads LeadIndexQuery::withCustom(const FilterTerm& term) {
    const auto key = customFieldKey(term.field);
    const auto field = m_db.integer("SELECT id FROM custom_field WHERE key = ?1", *key);
    const std::string type = ' ' + m_db.text("SELECT type FROM custom_field WHERE id = ?1", field);
    if (field == 0)
        return term.none ? all() : std::make_shared<const LeadSet>();
    const auto column = m_columns.customs.find(field);
    if (column == m_columns.customs.end()) {
        m_index.askForCustom(field);
        return nullptr;
    }
    const auto& values = column->second.values;
    if (values.size() > mostDifferent)
        return withCondition(term, type);
    const SqlCondition condition = toSql(term, m_context);
    // Fields can be renamed, and become another kind.
    const std::string keptKey = std::to_string(field) + type + ' ' + keyOf(condition);
    if (const Leads before = m_index.kept(keptKey))
        return before;
    const std::string fake =
        "l(id) AS (VALUES(1)), custom_value(lead_id, field_id, value) AS (VALUES(1, " + std::to_string(field) + ", ?1))";
    auto wanted = judged(fake, condition, values.size(), [&values](std::size_t i) { return std::string_view(values[i]); });
    wanted.front() = term.none ? 1 : 0; // those without a value
    return kept(keptKey, withCodes(column->second.codes, wanted));
}

// What only SQL can judge, and has judged before.
LeadIndexQuery::Leads LeadIndexQuery::withCondition(const FilterTerm& term, const std::string& how) {
    SqlCondition condition = toSql(term, m_context);
    condition.sql = '(' + condition.sql + ')';
    if (term.field.empty()) { // the words are in an index of their own
        SqlCondition candidates = candidatesSql(term, m_context);
        if (!candidates.sql.empty()) {
            condition.sql = "(l.id IN (" + candidates.sql + ") AND " + condition.sql + ')';
            condition.values.insert(condition.values.begin(), candidates.values.begin(), candidates.values.end());
        }
    }
    const std::string key = keyOf(condition) + how;
    const auto found = m_index.m_conditions.find(key);
    if (found != m_index.m_conditions.end())
        return {std::shared_ptr<const LeadSet>(), &found->second.leads};
    m_index.askForCondition(key, condition);
    return nullptr;
}

LeadIndexQuery::Leads LeadIndexQuery::empty(const std::string& field) {
    const FilterTerm none{.field = field, .none = true};
    if (field == "status" || field == "score" || field == "reach" || field == "created")
        return std::make_shared<const LeadSet>();
    if (field == "due" || field == "last_touch") {
        const std::string key = field + " none";
        if (const Leads before = m_index.kept(key))
            return before;
        return kept(key, withValues(field == "due" ? m_columns.due : m_columns.touch, LeadColumns::none, LeadColumns::none));
    }
    if (field == "owner" || field == "tag" || field == "strategy") {
        const std::string key = field + " none";
        if (const Leads before = m_index.kept(key))
            return before;
        LeadSet any(m_columns.size());
        for (const auto& [id, posting] : field == "owner" ? m_columns.owners
                                         : field == "tag" ? m_columns.tags
                                                          : m_columns.strategies)
            posting.addTo(any);
        LeadSet rest = m_columns.live;
        rest -= any;
        return kept(key, std::move(rest));
    }
    if (customFieldKey(field))
        return withCustom(none);
    if (const auto text = textOf(field))
        return withText(*text, none);
    return withCondition(none);
}

// Whose text is not known is left to SQL, when they are few.
bool LeadIndexQuery::takeUnranked(LeadText text) {
    const auto& column = m_columns.texts.at(std::size_t(text));
    if (column->unrankedCount == 0)
        return true;
    if (column->unrankedCount > m_index.m_options.mostUnranked)
        m_index.askFor(text);
    if (m_unsure.size() + column->unrankedCount > mostUnsure)
        return false;
    column->unranked.forEach([this](LeadOrdinal lead) {
        m_unsure.push_back(m_columns.ids[lead]);
        m_found.reset(lead);
    });
    std::sort(m_unsure.begin(), m_unsure.end());
    m_unsure.erase(std::unique(m_unsure.begin(), m_unsure.end()), m_unsure.end());
    return true;
}

} // namespace outrider::store
