// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filter.h"

#include "core/domain/field.h"
#include "core/domain/filter_check.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace outrider {

namespace {

constexpr int maxDepth = 32;
constexpr std::size_t maxTerms = 200;

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool endsWord(char c) { return isSpace(c) || c == '(' || c == ')' || c == ',' || c == '"'; }
bool startsOp(char c) { return c == ':' || c == '=' || c == '!' || c == '<' || c == '>'; }

std::string noField(std::string_view word) {
    std::vector<std::string_view> known{"has"};
    for (const Field& field : fields()) {
        if (field.filterable)
            known.push_back(field.key);
    }
    const std::string near = nearestName(word, known);
    return "there is no field \"" + std::string(word) + "\""
           + (near.empty() ? std::string() : "; did you mean \"" + near + "\"?");
}

class FilterParser {
public:
    explicit FilterParser(std::string_view text) : m_text(text) {}

    Result<Filter> parse() {
        OUTRIDER_ASSIGN(FilterNode root, parseAny(0));
        skipSpaces();
        if (m_at < m_text.size())
            return syntax("a closing bracket without an opening one");
        if (root.kind != FilterNode::Kind::All || root.negated)
            root = FilterNode{FilterNode::Kind::All, false, {}, {std::move(root)}};
        return Filter{std::move(root)};
    }

private:
    tl::unexpected<Error> syntax(std::string_view what) const { return syntaxAt(m_at, what); }
    tl::unexpected<Error> syntaxAt(std::size_t at, std::string_view what) const {
        return fail(ErrorCode::FilterSyntax, std::to_string(at) + ": " + std::string(what));
    }

    void skipSpaces() {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    bool atOr() {
        skipSpaces();
        const auto rest = m_text.substr(m_at);
        if (rest.size() < 2 || (rest[0] != 'o' && rest[0] != 'O') || (rest[1] != 'r' && rest[1] != 'R'))
            return false;
        return rest.size() == 2 || isSpace(rest[2]) || rest[2] == '(';
    }

    // all { "or" all }
    Result<FilterNode> parseAny(int depth) {
        if (depth > maxDepth)
            return syntax("brackets nested too deep");
        std::vector<FilterNode> alternatives;
        for (;;) {
            OUTRIDER_ASSIGN(FilterNode all, parseAll(depth));
            alternatives.push_back(std::move(all));
            if (!atOr())
                break;
            const auto orAt = m_at;
            m_at += 2;
            skipSpaces();
            if (alternatives.back().children.empty() && alternatives.back().kind == FilterNode::Kind::All)
                return syntaxAt(orAt, "nothing before \"or\"");
            if (m_at == m_text.size() || m_text[m_at] == ')')
                return syntax("something after \"or\"");
        }
        if (alternatives.size() == 1)
            return std::move(alternatives.front());
        return FilterNode{FilterNode::Kind::Any, false, {}, std::move(alternatives)};
    }

    Result<FilterNode> parseAll(int depth) {
        std::vector<FilterNode> parts;
        for (;;) {
            skipSpaces();
            if (m_at == m_text.size() || m_text[m_at] == ')' || atOr())
                break;
            OUTRIDER_ASSIGN(FilterNode one, parseOne(depth));
            parts.push_back(std::move(one));
        }
        if (parts.size() == 1)
            return std::move(parts.front());
        return FilterNode{FilterNode::Kind::All, false, {}, std::move(parts)};
    }

    Result<FilterNode> parseOne(int depth) {
        bool negated = false;
        if (m_text[m_at] == '-' && m_at + 1 < m_text.size() && !isSpace(m_text[m_at + 1])) {
            negated = true;
            ++m_at;
        }
        if (m_text[m_at] == '(') {
            const auto openedAt = m_at++;
            OUTRIDER_ASSIGN(FilterNode inner, parseAny(depth + 1));
            skipSpaces();
            if (m_at == m_text.size() || m_text[m_at] != ')')
                return syntaxAt(openedAt, "the bracket opened here is not closed");
            ++m_at;
            if (inner.kind == FilterNode::Kind::All && inner.children.empty())
                return syntaxAt(openedAt, "nothing between the brackets");
            inner.negated = inner.negated != negated;
            return inner;
        }
        OUTRIDER_ASSIGN(FilterTerm term, parseTerm());
        if (++m_terms > maxTerms)
            return syntax("too many conditions");
        return FilterNode{FilterNode::Kind::Term, negated, std::move(term), {}};
    }

    Result<FilterTerm> parseTerm() {
        FilterTerm term;
        term.position = static_cast<int>(m_at);
        if (m_text[m_at] == '"') {
            OUTRIDER_ASSIGN(std::string phrase, parseQuoted());
            term.values.push_back(std::move(phrase));
            return term;
        }

        // A word up to its operator. "custom:x" is one field: the first ':' belongs to its name.
        std::size_t end = m_at;
        const bool custom = m_text.substr(m_at).starts_with(customFieldPrefix);
        if (custom)
            end += customFieldPrefix.size();
        while (end < m_text.size() && !endsWord(m_text[end]) && !startsOp(m_text[end]))
            ++end;
        const auto word = m_text.substr(m_at, end - m_at);
        const bool hasOp = end < m_text.size() && startsOp(m_text[end]);
        if (!hasOp || word.empty()) {
            // No field: the word goes to the next space, whatever it holds ("http://x", "a,b").
            end = m_at;
            while (end < m_text.size() && !isSpace(m_text[end]) && m_text[end] != ')' && m_text[end] != '(')
                ++end;
            if (end == m_at)
                return syntax("a word or a field");
            term.values.emplace_back(m_text.substr(m_at, end - m_at));
            m_at = end;
            return term;
        }

        term.field = std::string(word);
        const bool has = word == "has";
        const Field* field = findField(word);
        if (!has && !customFieldKey(word) && (field == nullptr || !field->filterable))
            return syntax(noField(word));
        m_at = end;
        OUTRIDER_ASSIGN(term.op, parseOp());
        const bool ordered = term.op != FilterOp::Contains && term.op != FilterOp::Equals && term.op != FilterOp::NotEquals;
        const auto valueAt = m_at;
        for (;;) {
            OUTRIDER_ASSIGN(auto value, parseValue());
            const auto& [text, quoted] = value;
            if (!quoted && text == "none" && !ordered)
                term.none = true;
            else
                term.values.push_back(text);
            if (m_at == m_text.size() || m_text[m_at] != ',')
                break;
            ++m_at;
        }
        OUTRIDER_TRY(check(term, has, field, ordered, valueAt));
        return term;
    }

    Result<> check(const FilterTerm& term, bool has, const Field* field, bool ordered, std::size_t valueAt) const {
        if (has) {
            for (const std::string& value : term.values) {
                const Field* wanted = findField(value);
                if (!customFieldKey(value) && (wanted == nullptr || !wanted->filterable))
                    return syntaxAt(valueAt, noField(value));
            }
            if (term.op != FilterOp::Contains || term.none)
                return syntaxAt(valueAt, "a field after \"has:\"");
            return {};
        }
        if (ordered && term.values.size() != 1)
            return syntaxAt(valueAt, "one value to compare with");
        if (ordered && field != nullptr && field->type != FieldType::Date && field->type != FieldType::Number
            && field->type != FieldType::Text)
            return syntaxAt(valueAt, "\"" + term.field + "\" has no order; use \":\"");
        if (field != nullptr && field->type == FieldType::Number) {
            for (const std::string& value : term.values) {
                double number = 0;
                const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
                if (error != std::errc() || end != value.data() + value.size())
                    return syntaxAt(valueAt, "a number after \"" + term.field + "\"");
            }
        }
        if (field != nullptr && field->type == FieldType::Date) {
            for (const std::string& value : term.values) {
                if (!parseFilterDate(value, {}))
                    return syntaxAt(valueAt, "a date such as today, 2026-11-19 or 30d");
            }
        }
        return {};
    }

    Result<FilterOp> parseOp() {
        const auto rest = m_text.substr(m_at);
        constexpr std::pair<std::string_view, FilterOp> ops[] = {
            {"!=", FilterOp::NotEquals}, {"<=", FilterOp::LessOrEqual}, {">=", FilterOp::GreaterOrEqual},
            {":", FilterOp::Contains},   {"=", FilterOp::Equals},       {"<", FilterOp::Less},
            {">", FilterOp::Greater},
        };
        for (const auto& [text, op] : ops) {
            if (rest.starts_with(text)) {
                m_at += text.size();
                return op;
            }
        }
        return syntax("an operator: : = != < <= > >=");
    }

    struct Value {
        std::string text;
        bool quoted = false;
    };

    Result<Value> parseValue() {
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            OUTRIDER_ASSIGN(std::string quoted, parseQuoted());
            return Value{std::move(quoted), true};
        }
        std::size_t end = m_at;
        while (end < m_text.size() && !endsWord(m_text[end]))
            ++end;
        if (end == m_at)
            return syntax("a value");
        Value value{std::string(m_text.substr(m_at, end - m_at)), false};
        m_at = end;
        return value;
    }

    Result<std::string> parseQuoted() {
        const auto openedAt = m_at++;
        std::string text;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text += m_text[m_at++];
        }
        if (m_at == m_text.size())
            return syntaxAt(openedAt, "the quotation mark opened here is not closed");
        ++m_at;
        return text;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_terms = 0;
};

std::string_view opText(FilterOp op) {
    switch (op) {
    case FilterOp::Contains:
        return ":";
    case FilterOp::Equals:
        return "=";
    case FilterOp::NotEquals:
        return "!=";
    case FilterOp::Less:
        return "<";
    case FilterOp::LessOrEqual:
        return "<=";
    case FilterOp::Greater:
        return ">";
    case FilterOp::GreaterOrEqual:
        return ">=";
    }
    return ":";
}

bool needsQuotes(std::string_view value, bool isWord) {
    if (value.empty() || value == "none")
        return true;
    if (isWord && (value.front() == '-' || value == "or" || value == "OR" || value == "Or" || value == "oR"))
        return true;
    return std::any_of(value.begin(), value.end(),
                       [isWord](char c) { return endsWord(c) || c == '\\' || (isWord && startsOp(c)); });
}

void writeValue(std::string& out, std::string_view value, bool isWord) {
    if (!needsQuotes(value, isWord)) {
        out += value;
        return;
    }
    out += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

void writeNode(std::string& out, const FilterNode& node, bool top) {
    if (node.negated)
        out += '-';
    if (node.kind == FilterNode::Kind::Term) {
        const FilterTerm& term = node.term;
        if (!term.field.empty()) {
            out += term.field;
            out += opText(term.op);
        }
        bool first = true;
        if (term.none) {
            out += "none";
            first = false;
        }
        for (const std::string& value : term.values) {
            if (!first)
                out += ',';
            first = false;
            writeValue(out, value, term.field.empty());
        }
        return;
    }
    const bool brackets = !top || node.negated;
    if (brackets)
        out += '(';
    bool first = true;
    for (const FilterNode& child : node.children) {
        if (!first)
            out += node.kind == FilterNode::Kind::Any ? " or " : " ";
        first = false;
        writeNode(out, child, false);
    }
    if (brackets)
        out += ')';
}

// The number of days in "7d", "2w", "3m"; months count 30 days.
std::optional<int> daysOf(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0 || number > 100000)
        return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit == "d")
        return number;
    if (unit == "w")
        return number * 7;
    if (unit == "m")
        return number * 30;
    return std::nullopt;
}

} // namespace

Result<Filter> parseFilter(std::string_view text) { return FilterParser(text).parse(); }

std::string toText(const Filter& filter) {
    std::string out;
    if (filter.root.kind == FilterNode::Kind::All && filter.root.children.size() == 1
        && filter.root.children.front().kind == FilterNode::Kind::Any && !filter.root.children.front().negated)
        writeNode(out, filter.root.children.front(), true);
    else
        writeNode(out, filter.root, true);
    return out;
}

bool isAge(std::string_view text) { return daysOf(text).has_value(); }

Result<DateRange> parseFilterDate(std::string_view text, std::chrono::sys_days today) {
    using std::chrono::days;
    const auto oneDay = [](std::chrono::sys_days day) { return DateRange{day, day}; };
    if (text == "today")
        return oneDay(today);
    if (text == "tomorrow")
        return oneDay(today + days(1));
    if (text == "yesterday")
        return oneDay(today - days(1));
    if (const auto ago = daysOf(text))
        return oneDay(today - days(*ago));
    if (text.size() > 1 && (text.front() == '+' || text.front() == '-')) {
        if (const auto count = daysOf(text.substr(1)))
            return oneDay(text.front() == '+' ? today + days(*count) : today - days(*count));
    }
    if (text.size() == 7 && text[4] == '-') { // a month: 2026-11
        if (const auto first = parseIso8601(std::string(text) + "-01")) {
            const std::chrono::year_month_day date(std::chrono::floor<days>(*first));
            const std::chrono::sys_days last = date.year() / date.month() / std::chrono::last;
            return DateRange{std::chrono::floor<days>(*first), last};
        }
    }
    if (text.size() == 10) {
        if (const auto day = parseIso8601(text))
            return oneDay(std::chrono::floor<days>(*day));
    }
    return fail(ErrorCode::FilterSyntax, "0: not a date: " + std::string(text));
}

} // namespace outrider
