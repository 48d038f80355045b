// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_completion.h"

#include "core/domain/field.h"
#include "core/domain/lead.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace outrider::leads {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(LeadFilter)
};

constexpr int mostFields = 7;
constexpr int mostValues = 7;
constexpr int mostValuesBesideFields = 4;

// Offered first, and alone while nothing is written.
constexpr const char* usualFields[] = {"status", "strategy", "tag", "owner", "country", "score", "due", "last_touch", "has"};

struct Value {
    QString value; // as written, not quoted
    QString name;  // also found by it; shown when it says more
    QString hint;
    bool bare = false; // a word of the language: none, open, me
};

QString shownKey(const QString& key) { return QString(key).replace(QLatin1Char('_'), QLatin1Char(' ')); }

theme::Icon iconOf(const QString& key, FieldType type) {
    if (key == QLatin1String("strategy"))
        return theme::Icon::Route;
    if (key == QLatin1String("status") || key == QLatin1String("reach"))
        return theme::Icon::CircleDot;
    if (key == QLatin1String("owner"))
        return theme::Icon::User;
    if (key == QLatin1String("country") || key == QLatin1String("city") || key == QLatin1String("region"))
        return theme::Icon::Globe;
    if (key.startsWith(QLatin1String("company")))
        return theme::Icon::Building;
    switch (type) {
    case FieldType::Email:
        return theme::Icon::Mail;
    case FieldType::Phone:
        return theme::Icon::Phone;
    case FieldType::Url:
        return theme::Icon::Link;
    case FieldType::Number:
        return theme::Icon::Hash;
    case FieldType::Date:
        return theme::Icon::Calendar;
    case FieldType::Tags:
        return theme::Icon::Tag;
    case FieldType::YesNo:
        return theme::Icon::Check;
    case FieldType::Text:
    case FieldType::Choice:
        break;
    }
    return theme::Icon::Filter;
}

QString typeHint(FieldType type) {
    switch (type) {
    case FieldType::Number:
        return Tr::tr("number");
    case FieldType::Date:
        return Tr::tr("date");
    case FieldType::Choice:
    case FieldType::Tags:
        return Tr::tr("is, is not, any of");
    case FieldType::YesNo:
        return Tr::tr("yes, no");
    default:
        return Tr::tr("contains, is");
    }
}

QList<Value> countryValues() {
    QList<Value> values;
    for (int i = QLocale::AnyTerritory + 1; i <= QLocale::LastTerritory; ++i) {
        const auto territory = QLocale::Territory(i);
        const QString code = QLocale::territoryToCode(territory);
        if (code.size() == 2)
            values << Value{code, QLocale::territoryToString(territory), {}, false};
    }
    std::sort(values.begin(), values.end(), [](const Value& a, const Value& b) { return a.name < b.name; });
    return values;
}

QList<Value> valuesOf(const QString& field, const Vocabulary& words) {
    QList<Value> values;
    const auto bare = [&values](const char* word, const QString& name) {
        values << Value{QString::fromLatin1(word), name, {}, true};
    };
    if (field == QLatin1String("status")) {
        bare("open", Tr::tr("every open one"));
        for (const Status& status : words.statuses)
            values << Value{text::toQt(status.key), text::statusName(status), {}, false};
        bare("terminal", Tr::tr("every final one"));
    } else if (field == QLatin1String("strategy")) {
        for (const Vocabulary::Strategy& strategy : words.strategies)
            values << Value{strategy.name, {}, QLocale().toString(strategy.running), false};
        bare("none", Tr::tr("in no strategy"));
    } else if (field == QLatin1String("tag")) {
        for (const QString& tag : words.tags)
            values << Value{tag, {}, {}, false};
        bare("none", Tr::tr("no tag"));
    } else if (field == QLatin1String("owner")) {
        bare("me", Tr::tr("yours"));
        for (const QString& owner : words.owners)
            values << Value{owner, {}, {}, false};
        bare("none", Tr::tr("nobody's"));
    } else if (field == QLatin1String("reach")) {
        for (const Reach reach : {Reach::Ok, Reach::Bounced, Reach::OptedOut, Reach::DoNotContact})
            values << Value{text::toQt(name(reach)), text::reachName(reach), {}, true};
    } else if (field == QLatin1String("country")) {
        values = countryValues();
    } else if (field == QLatin1String("has")) {
        for (const Field& one : fields()) {
            if (one.filterable && one.type != FieldType::Choice && one.type != FieldType::YesNo)
                values << Value{text::toQt(one.key), text::fieldName(one.key), {}, true};
        }
    } else if (const Field* known = findField(field.toStdString())) {
        if (known->type == FieldType::YesNo) {
            bare("yes", {});
            bare("no", {});
        } else if (known->type == FieldType::Date) {
            bare("today", {});
            bare("tomorrow", {});
            bare("yesterday", {});
            bare("7d", Tr::tr("7 days ago"));
            bare("30d", Tr::tr("30 days ago"));
            bare("+7d", Tr::tr("in 7 days"));
            bare("none", Tr::tr("no date"));
        } else if (known->type != FieldType::Number) {
            bare("none", Tr::tr("empty"));
        }
    }
    return values;
}

// What stands at the cursor: the word from the last space or bracket on, outside quotation marks.
struct Token {
    qsizetype from = 0;
    QString field; // empty: no operator yet
    QString op;
    QString before; // field, operator and the values before the one being written
    QString written;
};

Token tokenAt(const QString& text, qsizetype cursor) {
    Token token;
    bool quoted = false;
    for (qsizetype i = 0; i < cursor; ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('"') && !(i > 0 && text[i - 1] == QLatin1Char('\\')))
            quoted = !quoted;
        else if (!quoted && (c.isSpace() || c == QLatin1Char('(') || c == QLatin1Char(')')))
            token.from = i + 1;
    }
    if (token.from < cursor && text[token.from] == QLatin1Char('-'))
        ++token.from;
    const QString word = text.mid(token.from, cursor - token.from);
    const QString custom = text::toQt(customFieldPrefix);
    qsizetype op = word.startsWith(custom) ? custom.size() : 0;
    while (op < word.size() && !QStringLiteral(":=!<>").contains(word[op]))
        ++op;
    if (op >= word.size() || op == 0) {
        token.written = word;
        return token;
    }
    token.field = word.left(op);
    qsizetype value = op + 1;
    if (value < word.size() && word[value] == QLatin1Char('=') && word[op] != QLatin1Char(':') && word[op] != QLatin1Char('='))
        ++value;
    token.op = word.mid(op, value - op);
    quoted = false;
    for (qsizetype i = value; i < word.size(); ++i) {
        if (word[i] == QLatin1Char('"'))
            quoted = !quoted;
        else if (!quoted && word[i] == QLatin1Char(','))
            value = i + 1;
    }
    token.before = word.left(value);
    token.written = word.mid(value);
    return token;
}

// 0: no match; the better the higher.
int rank(const QString& candidate, const QString& written) {
    if (written.isEmpty())
        return 1;
    const auto at = candidate.indexOf(written, 0, Qt::CaseInsensitive);
    if (at < 0)
        return 0;
    const bool wordStart = at > 0 && !candidate[at - 1].isLetterOrNumber();
    return at == 0 ? 4 : wordStart ? 3 : written.size() > 1 ? 2 : 0;
}

void markMatch(Suggestion& suggestion, const QString& written, qsizetype from = 0) {
    const auto at = suggestion.text.indexOf(written, from, Qt::CaseInsensitive);
    if (!written.isEmpty() && at >= 0) {
        suggestion.boldFrom = int(at);
        suggestion.boldLength = int(written.size());
    }
}

template <typename T, typename Rank>
QList<T> best(const QList<T>& all, int most, Rank rankOf) {
    QList<std::pair<int, T>> ranked;
    for (const T& one : all) {
        if (const int r = rankOf(one))
            ranked << std::pair(r, one);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QList<T> out;
    for (const auto& one : ranked) {
        if (out.size() < most)
            out << one.second;
    }
    return out;
}

int valueRank(const Value& value, const QString& written) {
    return std::max(rank(value.value, written), value.name.isEmpty() ? 0 : rank(value.name, written));
}

Suggestion valueSuggestion(const QString& before, const Value& value, theme::Icon icon, const QString& written) {
    Suggestion suggestion;
    suggestion.icon = icon;
    const QString text = value.bare ? value.value : quotedValue(value.value);
    suggestion.insert = before + text + QLatin1Char(' ');
    suggestion.text = before + text;
    suggestion.hint = value.hint.isEmpty() ? value.name : value.hint;
    markMatch(suggestion, written, before.size());
    return suggestion;
}

struct Offered {
    QString key;
    FieldType type = FieldType::Text;
};

QList<Offered> offeredFields(const Vocabulary& words) {
    QList<Offered> out;
    for (const char* key : usualFields) {
        const Field* field = findField(key);
        out << Offered{QString::fromLatin1(key), field == nullptr ? FieldType::Text : field->type};
    }
    for (const Field& field : fields()) {
        const QString key = text::toQt(field.key);
        if (field.filterable && std::none_of(out.begin(), out.end(), [&key](const Offered& o) { return o.key == key; }))
            out << Offered{key, field.type};
    }
    for (const QString& custom : words.customFields)
        out << Offered{text::toQt(customFieldPrefix) + custom, FieldType::Text};
    return out;
}

Suggestion fieldSuggestion(const Offered& field, const QString& written) {
    Suggestion suggestion;
    const bool ordered = field.type == FieldType::Number || field.type == FieldType::Date;
    suggestion.text = shownKey(field.key);
    suggestion.icon = iconOf(field.key, field.type);
    suggestion.hint = field.key == QLatin1String("has") ? Tr::tr("any value of a field") : typeHint(field.type);
    // A number or a date is compared: which way is asked next.
    suggestion.insert = ordered ? field.key : field.key + QLatin1Char(':');
    markMatch(suggestion, shownKey(written));
    return suggestion;
}

QList<Suggestion> conditions(const Offered& field) {
    struct Condition {
        const char* op;
        QString text;
    };
    const bool date = field.type == FieldType::Date;
    const QList<Condition> all{{date ? "<=" : ">=", date ? Tr::tr("until") : Tr::tr("at least")},
                               {date ? ">=" : "<=", date ? Tr::tr("from") : Tr::tr("at most")},
                               {">", date ? Tr::tr("after") : Tr::tr("above")},
                               {"<", date ? Tr::tr("before") : Tr::tr("below")},
                               {":", Tr::tr("is")}};
    QList<Suggestion> out;
    for (const Condition& condition : all) {
        Suggestion suggestion;
        suggestion.text = shownKey(field.key) + QLatin1Char(' ') + condition.text;
        suggestion.hint = QString::fromLatin1(condition.op);
        suggestion.icon = iconOf(field.key, field.type);
        suggestion.insert = field.key + QString::fromLatin1(condition.op);
        suggestion.boldLength = int(field.key.size());
        out << suggestion;
    }
    return out;
}

void append(QList<Suggestion>& all, QList<Suggestion> group, const QString& heading) {
    if (group.isEmpty())
        return;
    group.front().heading = heading;
    all += group;
}

} // namespace

QString Completion::rest(const QString& written, int chosen) const {
    if (chosen < 0 || chosen >= suggestions.size() || written.isEmpty())
        return {};
    const QString& insert = suggestions[chosen].insert;
    return insert.startsWith(written) ? insert.mid(written.size()).trimmed() : QString();
}

Completion complete(const QString& text, qsizetype cursor, const Vocabulary& words) {
    Completion completion;
    const Token token = tokenAt(text, std::min(cursor, text.size()));
    completion.from = token.from;
    if (!token.field.isEmpty()) {
        QString written = token.written;
        if (written.startsWith(QLatin1Char('"')))
            written = written.mid(1);
        const Field* field = findField(token.field.toStdString());
        const auto icon = iconOf(token.field, field == nullptr ? FieldType::Text : field->type);
        QList<Suggestion> group;
        for (const Value& value :
             best(valuesOf(token.field, words), mostValues, [&written](const Value& v) { return valueRank(v, written); })) {
            const bool compared =
                token.op != QLatin1String(":") && token.op != QLatin1String("=") && token.op != QLatin1String("!=");
            const bool nothing = value.bare && value.value == QLatin1String("none");
            if (!(value.bare && value.value == written) && !(compared && nothing)) // written already; nothing has no order
                group << valueSuggestion(token.before, value, icon, written);
        }
        append(completion.suggestions, group, Tr::tr("Values"));
        return completion;
    }

    const QString& written = token.written;
    if (written.startsWith(QLatin1Char('"')))
        return completion;
    const QList<Offered> all = offeredFields(words);
    if (written.isEmpty()) {
        QList<Suggestion> group;
        for (const Offered& field : all.mid(0, std::size(usualFields)))
            group << fieldSuggestion(field, {});
        append(completion.suggestions, group, Tr::tr("Fields"));
        return completion;
    }
    for (const Offered& field : all) {
        const bool ordered = field.type == FieldType::Number || field.type == FieldType::Date;
        if (ordered && field.key == written) {
            append(completion.suggestions, conditions(field), Tr::tr("Conditions"));
            return completion;
        }
    }
    const auto fieldRank = [&written](const Offered& field) {
        return std::max(rank(field.key, written), rank(text::fieldName(field.key.toStdString()), written));
    };
    const QList<Offered> matching = best(all, mostFields, fieldRank);
    QList<Suggestion> group;
    for (const Offered& field : matching)
        group << fieldSuggestion(field, written);
    append(completion.suggestions, group, Tr::tr("Fields"));

    // Values: of the field that is being written, and those that are called so themselves.
    group.clear();
    if (!matching.isEmpty() && matching.front().key.startsWith(written, Qt::CaseInsensitive)
        && (matching.front().type == FieldType::Choice || matching.front().type == FieldType::Tags)) {
        const Offered& field = matching.front();
        for (const Value& value : valuesOf(field.key, words).mid(0, mostValuesBesideFields)) {
            group << valueSuggestion(field.key + QLatin1Char(':'), value, iconOf(field.key, field.type), {});
            markMatch(group.back(), written);
        }
    } else if (written.size() > 1) {
        for (const char* key : {"strategy", "tag", "status", "owner", "country"}) {
            const QString field = QString::fromLatin1(key);
            const QList<Value> called = best(valuesOf(field, words), mostValuesBesideFields, [&written](const Value& value) {
                const int r = value.bare ? 0 : valueRank(value, written);
                return r >= 3 ? r : 0;
            });
            for (const Value& value : called) {
                if (group.size() < mostValues)
                    group << valueSuggestion(field + QLatin1Char(':'), value, iconOf(field, findField(key)->type), written);
            }
        }
    }
    append(completion.suggestions, group, Tr::tr("Values"));
    return completion;
}

} // namespace outrider::leads
