// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/template_text.h"

#include "core/domain/field.h"
#include "ui/text/tr.h"

namespace outrider::strategies {

QList<TagSpan> tagSpans(const QString& text) {
    QList<TagSpan> spans;
    qsizetype at = 0;
    while ((at = text.indexOf(QLatin1String("{{"), at)) >= 0) {
        const qsizetype end = text.indexOf(QLatin1String("}}"), at + 2);
        if (end < 0)
            break;
        TagSpan span{.start = int(at), .length = int(end + 2 - at)};
        QString inner = text.mid(at + 2, end - at - 2).trimmed();
        if (!inner.isEmpty() && QStringLiteral("#^/!").contains(inner.front())) {
            span.section = true;
            inner = inner.mid(1).trimmed();
        } else if (const qsizetype bar = inner.indexOf(QLatin1Char('|')); bar >= 0) {
            span.hasFallback = true;
            inner = inner.left(bar).trimmed();
        }
        span.field = inner;
        spans.append(span);
        at = end + 2;
    }
    return spans;
}

QList<Variable> templateVariables(const QList<Variable>& custom) {
    QList<Variable> variables;
    for (const Field& field : fields()) {
        if (field.variable)
            variables.append({text::toQt(field.key), text::fieldName(field.key)});
    }
    return variables + custom;
}

QList<Variable> matchingVariables(const QList<Variable>& all, const QString& typed) {
    QList<Variable> begins;
    QList<Variable> contains;
    for (const Variable& variable : all) {
        if (variable.key.startsWith(typed, Qt::CaseInsensitive) || variable.name.startsWith(typed, Qt::CaseInsensitive))
            begins.append(variable);
        else if (variable.key.contains(typed, Qt::CaseInsensitive) || variable.name.contains(typed, Qt::CaseInsensitive))
            contains.append(variable);
    }
    return begins + contains;
}

std::optional<Completion> completionAt(const QString& text, int cursor) {
    const QString before = text.left(cursor);
    const qsizetype open = before.lastIndexOf(QLatin1String("{{"));
    if (open < 0)
        return std::nullopt;
    int start = int(open) + 2;
    while (start < cursor && (QStringLiteral("#^/").contains(before[start]) || before[start] == QLatin1Char(' ')))
        ++start;
    const QString typed = before.mid(start);
    for (const QChar c : typed) {
        if (!c.isLetterOrNumber() && c != QLatin1Char('_') && c != QLatin1Char('.') && c != QLatin1Char(':'))
            return std::nullopt;
    }
    return Completion{start, typed};
}

QString withMarkers(const QString& text, const QSet<QString>& missing) {
    QString out = text;
    const QList<TagSpan> spans = tagSpans(text);
    for (auto span = spans.crbegin(); span != spans.crend(); ++span) {
        if (!span->section && !span->hasFallback && missing.contains(span->field))
            out.replace(span->start, span->length, QStringLiteral("{{%1|⟦%1⟧}}").arg(span->field));
    }
    return out;
}

} // namespace outrider::strategies
