// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/lead_filter_sql.h"

#include "core/contact/place.h"
#include "core/contact/text.h"
#include "core/domain/channel_set.h"
#include "core/domain/custom_field.h"
#include "core/domain/field.h"
#include "core/store/repositories/search_words.h"

#include <algorithm>
#include <charconv>

namespace outrider::store {

namespace {

// Which column holds a text field of the filter.
constexpr std::pair<std::string_view, std::string_view> textColumns[]{
    {"salutation", "l.salutation"},
    {"first_name", "l.first_name"},
    {"last_name", "l.last_name"},
    {"name", "l.name_key"},
    {"job_title", "l.job_title"},
    {"department", "l.department"},
    {"language", "l.language"},
    {"email", "l.email"},
    {"phone", "l.phone"},
    {"linkedin_url", "l.linkedin_url"},
    {"city", "l.city"},
    {"region", "l.region"},
    {"postal_code", "l.postal_code"},
    {"country", "l.country"},
    {"time_zone", "l.time_zone"},
    {"company", "l.company_name"},
    {"source", "l.source"},
    {"external_id", "l.external_id"},
    {"consent_source", "l.consent_source"},
};
constexpr std::pair<std::string_view, std::string_view> companyColumns[]{
    {"company_domain", "domain"}, {"company_industry", "industry"}, {"company_employees", "employees"}};
constexpr std::pair<std::string_view, std::string_view> dateColumns[]{
    {"created", "l.created_at"}, {"due", "l.next_task_at"}, {"last_touch", "l.last_touch_at"}};

template <std::size_t N>
std::string_view columnFor(const std::pair<std::string_view, std::string_view> (&columns)[N], std::string_view field) {
    for (const auto& [name, column] : columns) {
        if (name == field)
            return column;
    }
    return {};
}

std::string likePattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

std::string_view opSql(FilterOp op) {
    switch (op) {
    case FilterOp::Less:
        return "<";
    case FilterOp::LessOrEqual:
        return "<=";
    case FilterOp::Greater:
        return ">";
    case FilterOp::GreaterOrEqual:
        return ">=";
    case FilterOp::NotEquals:
        return "<>";
    case FilterOp::Contains:
    case FilterOp::Equals:
        break;
    }
    return "=";
}

bool isOrdered(FilterOp op) {
    return op == FilterOp::Less || op == FilterOp::LessOrEqual || op == FilterOp::Greater || op == FilterOp::GreaterOrEqual;
}

// "last_touch>30d": longer ago than 30 days is an earlier moment.
FilterOp withAge(FilterOp op, const std::string& value) {
    if (!isAge(value))
        return op;
    switch (op) {
    case FilterOp::Greater:
        return FilterOp::Less;
    case FilterOp::GreaterOrEqual:
        return FilterOp::LessOrEqual;
    case FilterOp::Less:
        return FilterOp::Greater;
    case FilterOp::LessOrEqual:
        return FilterOp::GreaterOrEqual;
    default:
        return op;
    }
}

bool speaksOf(const FilterNode& node, std::string_view field) {
    if (node.kind == FilterNode::Kind::Term)
        return node.term.field == field;
    return std::any_of(node.children.begin(), node.children.end(),
                       [field](const FilterNode& child) { return speaksOf(child, field); });
}

class FilterWriter {
public:
    explicit FilterWriter(const FilterContext& context) : m_context(context) {}

    SqlCondition write(const Filter& filter) {
        m_out.sql = node(filter.root);
        if (!speaksOf(filter.root, "trashed"))
            m_out.sql = "l.trashed_at IS NULL AND " + m_out.sql;
        if (!speaksOf(filter.root, "archived"))
            m_out.sql = "l.archived_at IS NULL AND " + m_out.sql;
        return std::move(m_out);
    }

    SqlCondition writeNode(const FilterNode& node) {
        m_out.sql = this->node(node);
        return std::move(m_out);
    }

    SqlCondition writeTerm(const FilterTerm& term) {
        m_out.sql = this->term(term);
        return std::move(m_out);
    }

    SqlCondition writeNamed(const FilterTerm& term) {
        m_out.sql = named(term);
        return std::move(m_out);
    }

    // Leads by an index that a term which has to hold names; empty when it names none.
    SqlCondition candidates(const FilterTerm& term, bool live) {
        if (term.none || term.values.empty())
            return {};
        const bool is = term.op == FilterOp::Contains || term.op == FilterOp::Equals;
        const auto byIndex = [](const char* index) {
            return "SELECT l.id FROM lead l INDEXED BY " + std::string(index) + " WHERE " + scopeSql(FilterPlan::Scope::Live, "l")
                   + " AND ";
        };
        if (term.field.empty()) {
            if (const std::string query = toCandidates(SearchWords(term.values.front())); !query.empty())
                m_out.sql = "SELECT rowid FROM lead_search WHERE lead_search MATCH " + text(query);
        } else if (term.field == "tag" && is) {
            m_out.sql = "SELECT lt.lead_id FROM lead_tag lt WHERE lt.tag_id IN (" + named(term) + ")";
        } else if (term.field == "strategy" && is) {
            m_out.sql = "SELECT e.lead_id FROM enrolment e INDEXED BY enrolment_strategy WHERE e.state IN (0, 1)"
                        " AND e.strategy_id IN ("
                        + named(term) + ")";
        } else if (live && is && term.field == "owner") { // one set, or SQLite would not look it up
            m_out.sql = byIndex("lead_by_owner") + "l.owner_id IN (" + named(term) + ")";
        } else if (live && is && term.field == "status") {
            m_out.sql = byIndex("lead_by_status") + "l.status_id IN (" + named(term) + ")";
        } else if (term.values.size() > 1) { // several ranges
        } else if (live && term.field == "company" && term.op == FilterOp::Equals) {
            m_out.sql = byIndex("lead_by_company") + "l.company_key = " + text(contact::unaccented(term.values.front()));
        } else if (live && term.op != FilterOp::NotEquals && term.field == "due") {
            m_out.sql = byIndex("lead_by_due") + anyValue(term);
        } else if (live && term.op != FilterOp::NotEquals && term.field == "last_touch") {
            m_out.sql = byIndex("lead_by_touch") + anyValue(term);
        } else if (live && term.op != FilterOp::NotEquals && term.field == "score") {
            m_out.sql = byIndex("lead_by_score") + anyValue(term);
        }
        return std::move(m_out);
    }

private:
    std::string node(const FilterNode& node) {
        std::string sql;
        if (node.kind == FilterNode::Kind::Term) {
            sql = term(node.term);
        } else {
            for (const FilterNode& child : node.children)
                sql += (sql.empty() ? "" : node.kind == FilterNode::Kind::All ? " AND " : " OR ") + this->node(child);
            sql = sql.empty() ? "1" : "(" + sql + ")";
        }
        // A missing value is neither equal nor unequal in SQL; to a person "not Berlin" includes it.
        return node.negated ? "NOT coalesce(" + sql + ", 0)" : sql;
    }

    std::string term(const FilterTerm& term) {
        if (term.field.empty())
            return words(term.values.front());
        if (term.field == "has")
            return any(term.values, [this](const std::string& field) { return "NOT " + isEmpty(field); });
        std::string sql;
        if (term.none)
            sql = isEmpty(term.field);
        if (!term.values.empty()) {
            const std::string of = anyValue(term);
            sql = sql.empty() ? of : "(" + sql + " OR " + of + ")";
        }
        return term.op == FilterOp::NotEquals ? "NOT coalesce(" + sql + ", 0)" : sql;
    }

    std::string named(const FilterTerm& term) {
        if (term.field == "tag")
            return "SELECT t.id FROM tag t WHERE "
                   + any(term.values, [this](const std::string& tag) { return "t.name_key = " + text(contact::folded(tag)); });
        if (term.field == "strategy") {
            const FilterOp op = term.op == FilterOp::NotEquals ? FilterOp::Equals : term.op;
            return "SELECT s.id FROM strategy s WHERE "
                   + any(term.values, [&](const std::string& name) { return match("s.name_key", op, name); });
        }
        if (term.field == "owner")
            return "SELECT id FROM member WHERE " + any(term.values, [this](const std::string& value) { return isOwner(value); });
        return "SELECT id FROM status WHERE " + any(term.values, [this](const std::string& value) { return isStatus(value); });
    }

    template <typename Fn>
    std::string any(const std::vector<std::string>& values, Fn fn) {
        std::string sql;
        for (const std::string& value : values)
            sql += (sql.empty() ? "" : " OR ") + fn(value);
        return values.size() == 1 ? sql : "(" + sql + ")";
    }

    std::string anyValue(const FilterTerm& term) {
        return any(term.values, [this, &term](const std::string& value) { return one(term, value); });
    }

    // `!=` is written as the opposite of "is" by term().
    std::string one(const FilterTerm& term, const std::string& value) {
        const FilterOp op = term.op == FilterOp::NotEquals ? FilterOp::Equals : term.op;
        const std::string_view field = term.field;
        if (const auto custom = customFieldKey(field))
            return customValue(*custom, op, value);
        if (const auto column = columnFor(dateColumns, field); !column.empty())
            return date(column, op, value);
        if (field == "consent_on")
            return day("l.consent_on", op, value);
        if (field == "no_contact") {
            const auto channels = parseChannels(value);
            return channels ? "(coalesce(l.no_contact, 0) & " + integer(channels->bits) + ") <> 0" : "0";
        }
        if (field == "status")
            return status(value);
        if (field == "reach")
            return reach(value);
        if (field == "owner")
            return owner(value);
        if (field == "score")
            return "l.score " + std::string(opSql(op)) + number(value);
        if (field == "strategy")
            return "EXISTS (SELECT 1 FROM enrolment e WHERE e.lead_id = l.id AND e.state < 2 AND e.strategy_id IN"
                   " (SELECT s.id FROM strategy s WHERE "
                   + match("s.name_key", op, value) + "))"; // names are compared once, not for every lead
        if (field == "tag")
            return "EXISTS (SELECT 1 FROM lead_tag lt WHERE lt.lead_id = l.id AND lt.tag_id ="
                   " (SELECT t.id FROM tag t WHERE t.name_key = "
                   + text(contact::folded(value)) + "))";
        if (field == "archived" || field == "trashed")
            return yesNo("l." + std::string(field) + "_at IS NOT NULL", value);
        if (const auto column = columnFor(companyColumns, field); !column.empty()) {
            const std::string test = field == "company_employees" ? "c.employees " + std::string(opSql(op)) + number(value)
                                                                  : match("c." + std::string(column), op, value);
            return "EXISTS (SELECT 1 FROM company c WHERE c.id = l.company_id AND " + test + ")";
        }
        if (field == "country") {
            // "Germany", "DE" and "Deutschland" are one country.
            const std::string code = contact::countryCode(value);
            if (!code.empty() && !isOrdered(op))
                return "(l.country = " + text(code) + " OR " + match("l.country", op, value) + ")";
        }
        return match(std::string(columnFor(textColumns, field)), op, value);
    }

    std::string text(std::string value) {
        m_out.values.emplace_back(std::move(value));
        return "?";
    }
    std::string integer(std::int64_t value) {
        m_out.values.emplace_back(value);
        return "?";
    }
    std::string number(const std::string& value) {
        double parsed = 0;
        std::from_chars(value.data(), value.data() + value.size(), parsed);
        m_out.values.emplace_back(parsed);
        return " ?";
    }

    std::string match(const std::string& column, FilterOp op, const std::string& value) {
        const std::string folded = contact::unaccented(value);
        if (op == FilterOp::Contains)
            return "fold(" + column + ") LIKE " + text(likePattern(folded)) + " ESCAPE '\\'";
        return "fold(" + column + ") " + std::string(opSql(op)) + " " + text(folded);
    }

    std::string words(const std::string& value) {
        const SearchWords words(value);
        if (words.empty())
            return "1";
        text(toFilterWords(words));
        return hasWordsSql();
    }

    std::string date(std::string_view column, FilterOp op, const std::string& value) {
        const auto moments = momentsOf(op, value, m_context);
        if (!moments)
            return "0";
        std::string sql;
        if (moments->from != INT64_MIN)
            sql = std::string(column) + " >= " + integer(moments->from);
        if (moments->before != INT64_MAX)
            sql += (sql.empty() ? "" : " AND ") + std::string(column) + " < " + integer(moments->before);
        return moments->from != INT64_MIN && moments->before != INT64_MAX ? "(" + sql + ")" : sql;
    }

    std::string status(const std::string& value) {
        return "l.status_id IN (SELECT id FROM status WHERE " + isStatus(value) + ")";
    }

    // "#3": that very one, whatever the names of others.
    static std::int64_t idOf(std::string_view value) {
        std::int64_t id = 0;
        if (value.starts_with('#'))
            std::from_chars(value.data() + 1, value.data() + value.size(), id);
        return id;
    }

    std::string isStatus(const std::string& value) {
        if (value == "open" || value == "terminal")
            return value == "open" ? "kind = 0" : "kind = 1";
        if (const auto id = idOf(value); id != 0)
            return "id = " + integer(id);
        const std::string byKey = "(key = " + text(value);
        return byKey + " OR fold(name) = " + text(contact::unaccented(contact::folded(value))) + ")";
    }

    std::string reach(const std::string& value) {
        const auto reach = reachNames.value(value);
        return reach ? "l.reach = " + std::to_string(static_cast<int>(*reach)) : "0";
    }

    std::string owner(const std::string& value) {
        if (value == "me")
            return "l.owner_id = " + integer(m_context.me.value);
        return "l.owner_id IN (SELECT id FROM member WHERE " + isOwner(value) + ")";
    }

    std::string isOwner(const std::string& value) {
        if (value == "me")
            return "id = " + integer(m_context.me.value);
        return "fold(name) LIKE " + text(likePattern(contact::unaccented(value))) + " ESCAPE '\\'";
    }

    std::string customValue(std::string_view key, FilterOp op, const std::string& value) {
        const std::string head = "EXISTS (SELECT 1 FROM custom_field f CROSS JOIN custom_value v WHERE f.key = "
                                 + text(std::string(key)) + " AND v.lead_id = l.id AND v.field_id = f.id AND CASE f.type";
        // How it is compared is the field's to say: it may have become another kind since the filter was written.
        const auto wanted = plainNumber(value.substr(0, value.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
        const std::string asNumber = wanted ? "CAST(v.value AS REAL) " + std::string(opSql(op)) : "0";
        std::string sql = head;
        for (const CustomFieldType type : {CustomFieldType::Number, CustomFieldType::Money})
            sql += when(type) + asNumber + (wanted ? number(*wanted) : std::string());
        sql += when(CustomFieldType::Date) + day("v.value", op, value);
        sql += when(CustomFieldType::YesNo) + "v.value = " + text(isNo(value) ? "no" : "yes");
        if (!isOrdered(op))
            sql += when(CustomFieldType::MultiChoice)
                   + (op == FilterOp::Contains
                          ? match("v.value", op, value)
                          : "', ' || fold(v.value) || ',' LIKE "
                                + text("%, " + likePattern(contact::unaccented(value) + ',').substr(1)) + " ESCAPE '\\'");
        sql += " ELSE ";
        if (isOrdered(op) && wanted) // text that is a number is compared as one
            sql += asNumber + number(*wanted);
        else
            sql += match("v.value", op, value);
        return sql + " END)";
    }

    static std::string when(CustomFieldType type) { return " WHEN " + std::to_string(int(type)) + " THEN "; }

    // A day kept as text, 2026-11-19, is compared as text.
    std::string day(const std::string& column, FilterOp op, const std::string& value) {
        const auto range = parseFilterDate(value, m_context.today);
        if (!range)
            return "0";
        const auto iso = [](std::chrono::sys_days date) { return toIso8601(Instant(date)).substr(0, 10); };
        switch (withAge(op, value)) {
        case FilterOp::Less:
            return "(" + column + " <> '' AND " + column + " < " + text(iso(range->first)) + ")";
        case FilterOp::LessOrEqual:
            return "(" + column + " <> '' AND " + column + " <= " + text(iso(range->last)) + ")";
        case FilterOp::Greater:
            return column + " > " + text(iso(range->last));
        case FilterOp::GreaterOrEqual:
            return column + " >= " + text(iso(range->first));
        case FilterOp::Contains:
        case FilterOp::Equals:
        case FilterOp::NotEquals:
            break;
        }
        return "(" + column + " BETWEEN " + text(iso(range->first)) + " AND " + text(iso(range->last)) + ")";
    }

    static bool isNo(const std::string& value) { return value == "no" || value == "false" || value == "0"; }

    static std::string yesNo(const std::string& test, const std::string& value) {
        return isNo(value) ? "NOT (" + test + ")" : "(" + test + ")";
    }

    std::string isEmpty(const std::string& field) {
        if (const auto custom = customFieldKey(field))
            return "NOT EXISTS (SELECT 1 FROM custom_value v JOIN custom_field f ON f.id = v.field_id"
                   " WHERE v.lead_id = l.id AND v.value <> '' AND f.key = "
                   + text(std::string(*custom)) + ")";
        if (const auto column = columnFor(dateColumns, field); !column.empty())
            return "(" + std::string(column) + " IS NULL)";
        if (field == "no_contact")
            return "(coalesce(l.no_contact, 0) = 0)";
        if (field == "consent_on" || field == "consent_source")
            return "(coalesce(l." + field + ", '') = '')";
        if (field == "strategy")
            return "NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.lead_id = l.id AND e.state < 2)";
        if (field == "tag")
            return "NOT EXISTS (SELECT 1 FROM lead_tag lt WHERE lt.lead_id = l.id)";
        if (field == "owner")
            return "(l.owner_id IS NULL)";
        if (field == "company_employees")
            return "NOT EXISTS (SELECT 1 FROM company c WHERE c.id = l.company_id AND c.employees IS NOT NULL)";
        if (const auto column = columnFor(companyColumns, field); !column.empty())
            return "NOT EXISTS (SELECT 1 FROM company c WHERE c.id = l.company_id AND c." + std::string(column) + " <> '')";
        if (const auto column = columnFor(textColumns, field); !column.empty())
            return "(" + std::string(column) + " = '')";
        return "0"; // a status, a score: never empty
    }

    const FilterContext& m_context;
    SqlCondition m_out;
};

} // namespace

int SqlCondition::bind(Statement& statement, int first) const {
    for (const auto& value : values)
        std::visit([&](const auto& v) { statement.bindOne(first++, v); }, value);
    return first;
}

SqlCondition toSql(const Filter& filter, const FilterContext& context) { return FilterWriter(context).write(filter); }

SqlCondition toSql(const FilterTerm& term, const FilterContext& context) { return FilterWriter(context).writeTerm(term); }

SqlCondition namedSql(const FilterTerm& term, const FilterContext& context) { return FilterWriter(context).writeNamed(term); }

SqlCondition candidatesSql(const FilterTerm& term, const FilterContext& context) {
    return FilterWriter(context).candidates(term, true);
}

std::optional<FilterMoments> momentsOf(FilterOp op, const std::string& value, const FilterContext& context) {
    const auto range = parseFilterDate(value, context.today);
    if (!range)
        return std::nullopt;
    const auto millis = [&context](std::chrono::sys_days day) { return toEpochMillis(context.startOfDay(day)); };
    const auto first = millis(range->first);
    const auto after = millis(range->last + std::chrono::days(1));
    switch (withAge(op, value)) {
    case FilterOp::Less:
        return FilterMoments{.before = first};
    case FilterOp::LessOrEqual:
        return FilterMoments{.before = after};
    case FilterOp::Greater:
        return FilterMoments{.from = after};
    case FilterOp::GreaterOrEqual:
        return FilterMoments{.from = first};
    case FilterOp::Contains:
    case FilterOp::Equals:
    case FilterOp::NotEquals:
        break;
    }
    return FilterMoments{.from = first, .before = after};
}

std::string scopeSql(FilterPlan::Scope scope, std::string_view alias) {
    const std::string of = alias.empty() ? std::string() : std::string(alias) + '.';
    switch (scope) {
    case FilterPlan::Scope::Live:
        return of + "archived_at IS NULL AND " + of + "trashed_at IS NULL";
    case FilterPlan::Scope::Hidden:
        return "(" + of + "archived_at IS NOT NULL OR " + of + "trashed_at IS NOT NULL)";
    case FilterPlan::Scope::Any:
        break;
    }
    return "1";
}

FilterPlan planOf(const Filter& filter, const FilterContext& context) {
    FilterPlan plan;
    // The nodes of which every one has to hold.
    FilterNode all = filter.root;
    if (all.kind != FilterNode::Kind::All || all.negated) {
        all = {};
        all.children.push_back(filter.root);
    }
    plan.hasWords = speaksOf(filter.root, "");
    const bool archived = speaksOf(filter.root, "archived");
    const bool trashed = speaksOf(filter.root, "trashed");
    if (archived || trashed) {
        plan.scope = FilterPlan::Scope::Any;
        for (const FilterNode& node : all.children) {
            const bool speaks = node.kind == FilterNode::Kind::Term && !node.negated
                                && (node.term.field == "archived" || node.term.field == "trashed");
            if (speaks && node.term.values == std::vector<std::string>{"yes"})
                plan.scope = FilterPlan::Scope::Hidden;
        }
        plan.condition = toSql(filter, context);
    } else {
        plan.everything = filter.matchesEverything();
        plan.condition = FilterWriter(context).writeNode(filter.root);
    }
    for (const FilterNode& node : all.children) {
        if (node.kind != FilterNode::Kind::Term || node.negated)
            continue;
        SqlCondition candidates = FilterWriter(context).candidates(node.term, plan.scope == FilterPlan::Scope::Live);
        if (!candidates.sql.empty())
            plan.candidates.push_back(std::move(candidates));
    }
    return plan;
}

} // namespace outrider::store
