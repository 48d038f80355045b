// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace outrider::test {

// A source file as the rules see it: its path in the project and its text without comments and, for
// most rules, with its string literals.
struct SourceFile {
    QString path; // "core/store/store.h"
    QString text;
};

// The layer rules of ARCHITECTURE.md that a linker cannot check. Each returns one line per breach:
// "path:line: what".
QStringList layerBreaches(const SourceFile& file);     // an include across an edge that is not there
QStringList libraryBreaches(const SourceFile& file);   // a C library outside its home
QStringList guiBreaches(const SourceFile& file);       // Qt Gui or Widgets below ui
QStringList sqlBreaches(const SourceFile& file);       // SQL outside core/store
QStringList colourBreaches(const SourceFile& file);    // a colour or style sheet outside ui/theme
QStringList clockBreaches(const SourceFile& file);     // the system's clock or randomness outside core/base
QStringList singletonBreaches(const SourceFile& file); // global state
QStringList waitingBreaches(const SourceFile& file);   // nested event loops, waiting in the window
QStringList wordingBreaches(const SourceFile& file);   // sentences for people in core
QStringList contractBreaches(const SourceFile& file);  // a header that does not say what it is for
QStringList sizeBreaches(const SourceFile& file);      // a file that has grown past one idea
QStringList licenceBreaches(const SourceFile& file);   // no SPDX line

using Rule = QStringList (*)(const SourceFile&);
struct NamedRule {
    const char* name;
    Rule rule;
};
const std::vector<NamedRule>& allRules();

// Every C++ file of core, ui and app.
std::vector<SourceFile> sourcesOf(const QString& root);

} // namespace outrider::test
