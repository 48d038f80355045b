// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_words.h"

#include "core/domain/field.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

#include <algorithm>

namespace outrider::leads {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(LeadFilter)
};

// A field inside a sentence: "last touch", but "LinkedIn".
QString fieldWord(const std::string& key) {
    QString name = text::fieldName(key);
    const bool oneCapital =
        std::none_of(name.begin() + (name.isEmpty() ? 0 : 1), name.end(), [](QChar c) { return c.isUpper(); });
    if (!name.isEmpty() && oneCapital)
        name[0] = name[0].toLower();
    return name;
}

enum class Sort { Text, Choice, Number, Date };

Sort sortOf(const FilterTerm& term) {
    const Field* field = findField(term.field);
    if (field == nullptr)
        return Sort::Text;
    switch (field->type) {
    case FieldType::Number:
        return Sort::Number;
    case FieldType::Date:
        return Sort::Date;
    case FieldType::Choice:
    case FieldType::Tags:
    case FieldType::YesNo:
        return Sort::Choice;
    case FieldType::Text:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
        break;
    }
    return term.field == "country" ? Sort::Choice : Sort::Text; // "DE" and "Germany" are one country
}

QString equalWord(bool many, bool negated) {
    if (negated)
        return many ? Tr::tr("none of") : Tr::tr("is not");
    return many ? Tr::tr("any of") : Tr::tr("is");
}

QString opWord(const FilterTerm& term, bool negated) {
    const Sort sort = sortOf(term);
    const bool many = term.values.size() + (term.none ? 1 : 0) > 1;
    const bool age = sort == Sort::Date && !term.values.empty() && isAge(term.values.front());
    switch (term.op) {
    case FilterOp::Contains:
        if (sort == Sort::Text && !term.none)
            return negated ? Tr::tr("does not contain") : Tr::tr("contains");
        return equalWord(many, negated);
    case FilterOp::Equals:
        return equalWord(many, negated);
    case FilterOp::NotEquals:
        return equalWord(many, !negated);
    case FilterOp::Less:
        return age ? Tr::tr("less than") : sort == Sort::Date ? Tr::tr("before") : Tr::tr("below");
    case FilterOp::LessOrEqual:
        return age || sort != Sort::Date ? Tr::tr("at most") : Tr::tr("until");
    case FilterOp::Greater:
        return age ? Tr::tr("more than") : sort == Sort::Date ? Tr::tr("after") : Tr::tr("above");
    case FilterOp::GreaterOrEqual:
        return age || sort != Sort::Date ? Tr::tr("at least") : Tr::tr("from");
    }
    return {};
}

QString valueWord(const FilterTerm& term, const std::string& value, const Vocabulary& words) {
    if (term.field == "status") {
        const auto status =
            std::find_if(words.statuses.begin(), words.statuses.end(), [&value](const Status& s) { return s.key == value; });
        if (status != words.statuses.end())
            return text::statusName(*status);
    }
    if (term.field == "reach") {
        if (const auto reach = reachNames.value(value))
            return text::reachName(*reach);
    }
    if (term.field == "has")
        return fieldWord(value);
    if (sortOf(term) == Sort::Date && isAge(value)) {
        const bool ordered = term.op != FilterOp::Contains && term.op != FilterOp::Equals && term.op != FilterOp::NotEquals;
        const QString age = text::toQt(value.substr(0, value.size() - 1)) + QLatin1Char(' ') + QLatin1Char(value.back());
        return ordered ? Tr::tr("%1 ago").arg(age) : Tr::tr("%1 ago", "on the day").arg(age);
    }
    return text::toQt(value);
}

QString join(const QStringList& values) { return values.join(Tr::tr(", ", "between values")); }

} // namespace

ChipText chipText(const FilterNode& node, const Vocabulary& words) {
    if (node.kind != FilterNode::Kind::Term)
        return {{}, nodeText(node)};
    const FilterTerm& term = node.term;
    QStringList values;
    if (term.none)
        values << Tr::tr("none");
    for (const std::string& value : term.values)
        values << valueWord(term, value, words);
    if (term.field.empty())
        return {node.negated ? Tr::tr("not") : QString(), join(values)};
    if (term.field == "has")
        return {node.negated ? Tr::tr("has no") : Tr::tr("has"), join(values)};
    return {fieldWord(term.field) + QLatin1Char(' ') + opWord(term, node.negated), join(values)};
}

QString nodeText(const FilterNode& node) {
    return text::toQt(toText(Filter{FilterNode{FilterNode::Kind::All, false, {}, {node}}}));
}

std::vector<FilterNode> partsOf(const Filter& filter) {
    if (filter.root.kind == FilterNode::Kind::All && !filter.root.negated)
        return filter.root.children;
    return {filter.root};
}

Filter filterOf(std::vector<FilterNode> parts) { return Filter{FilterNode{FilterNode::Kind::All, false, {}, std::move(parts)}}; }

FilterError filterError(const Error& error, const QString& text) {
    const auto colon = error.detail.find(':');
    const int bytes = colon == std::string::npos ? 0 : QByteArray::fromStdString(error.detail.substr(0, colon)).toInt();
    const auto characters = QString::fromUtf8(text.toUtf8().left(bytes)).size();
    Error inCharacters = error;
    if (colon != std::string::npos)
        inCharacters.detail = std::to_string(characters) + error.detail.substr(colon);
    return {characters, text::sentence(inCharacters)};
}

QString quotedValue(const QString& value) {
    // The language's own spelling of a term says whether this value needs quotation marks.
    FilterTerm term{.field = "tag", .values = {value.toStdString()}};
    const QString text = nodeText(FilterNode{FilterNode::Kind::Term, false, std::move(term), {}});
    return text.mid(text.indexOf(QLatin1Char(':')) + 1);
}

} // namespace outrider::leads
