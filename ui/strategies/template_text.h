// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace outrider::strategies {

// Reading a message template as it is being typed: where its {{…}} are, what is being completed, which
// fields there are. The service alone says whether a template is right; this is for looking and typing.

// One {{…}}, in characters of the text.
struct TagSpan {
    int start = 0;
    int length = 0;
    QString field;
    bool section = false; // {{#field}}, {{^field}}, {{/field}}
    bool hasFallback = false;
};
QList<TagSpan> tagSpans(const QString& text);

// A field a template can hold.
struct Variable {
    QString key;  // "first_name", "custom:dock_count"
    QString name; // "First name"
};
// Those of the catalogue, then the workspace's own.
QList<Variable> templateVariables(const QList<Variable>& custom = {});
// Those whose key or name begins with what was typed, then those that contain it.
QList<Variable> matchingVariables(const QList<Variable>& all, const QString& typed);

// What is being typed after an open "{{" before the cursor; none: the cursor is not in one.
struct Completion {
    int start = 0; // of the typed part, behind the braces
    QString typed;
};
std::optional<Completion> completionAt(const QString& text, int cursor);

// A preview in which a missing field shows itself: {{first_name}} becomes {{first_name|⟦first_name⟧}}.
QString withMarkers(const QString& text, const QSet<QString>& missing);

} // namespace outrider::strategies
