// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/rules.h"

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace outrider::test {

namespace {

constexpr int mostLines = 600;

// Which folders a folder may include from, beside itself. What is not listed may not be included.
const QHash<QString, QSet<QString>>& mayInclude() {
    static const auto set = [](std::initializer_list<const char*> names) {
        QSet<QString> out;
        for (const char* name : names)
            out.insert(QString::fromLatin1(name));
        return out;
    };
    static const QHash<QString, QSet<QString>> edges{
        {QStringLiteral("core/base"), {}},
        {QStringLiteral("core/domain"), set({"core/base"})},
        {QStringLiteral("core/contact"), set({"core/base"})},
        {QStringLiteral("core/store"), set({"core/base", "core/domain", "core/contact"})},
        {QStringLiteral("core/transport"), set({"core/base", "core/domain", "core/contact"})},
        {QStringLiteral("core/security"), set({"core/base"})},
        {QStringLiteral("core/outreach"), set({"core/base", "core/domain", "core/contact", "core/store", "core/transport"})},
        {QStringLiteral("core/inbound"),
         set({"core/base", "core/domain", "core/contact", "core/store", "core/transport", "core/outreach"})},
        {QStringLiteral("core/exchange"), set({"core/base", "core/domain", "core/contact", "core/store"})},
        {QStringLiteral("core/practice"),
         set({"core/base", "core/domain", "core/contact", "core/store", "core/transport", "core/outreach", "core/inbound"})},
        {QStringLiteral("core/services"),
         set({"core/base", "core/domain", "core/contact", "core/store", "core/transport", "core/security", "core/outreach",
              "core/inbound", "core/exchange", "core/practice"})},
        {QStringLiteral("core/bench"), set({"core/base", "core/domain", "core/contact", "core/store", "core/transport",
                                            "core/security", "core/outreach", "core/inbound", "core/exchange", "core/services"})},
        {QStringLiteral("ui/text"), set({"core/base", "core/domain"})},
        {QStringLiteral("ui"), set({"core/base", "core/domain", "core/services", "ui/text"})},
        {QStringLiteral("app"),
         set({"core/base", "core/bench", "core/domain", "core/services", "core/security", "ui", "ui/text"})},
    };
    return edges;
}

// The folder of the table above a path belongs to.
QString folderOf(const QString& path) {
    if (path.startsWith(QLatin1String("core/")))
        return path.section(QLatin1Char('/'), 0, 1);
    if (path.startsWith(QLatin1String("ui/text/")))
        return QStringLiteral("ui/text");
    return path.section(QLatin1Char('/'), 0, 0);
}

template <typename Fn>
QStringList eachLine(const SourceFile& file, Fn breach) {
    QStringList found;
    int number = 0;
    for (const QString& line : file.text.split(QLatin1Char('\n'))) {
        ++number;
        const QString code = line.section(QStringLiteral("//"), 0, 0);
        const QString what = breach(code, line);
        if (!what.isEmpty())
            found.append(QStringLiteral("%1:%2: %3").arg(file.path).arg(number).arg(what));
    }
    return found;
}

QStringList matching(const SourceFile& file, const QRegularExpression& pattern, const QString& what) {
    return eachLine(file, [&](const QString& code, const QString&) {
        const auto match = pattern.match(code);
        return match.hasMatch() ? what + QStringLiteral(": ") + match.captured().trimmed() : QString();
    });
}

bool isIn(const SourceFile& file, const char* folder) { return file.path.startsWith(QLatin1String(folder)); }

} // namespace

QStringList layerBreaches(const SourceFile& file) {
    const QString own = folderOf(file.path);
    if (!mayInclude().contains(own))
        return {file.path + QStringLiteral(": this folder is in no layer; add it to tests/architecture/rules.cpp")};
    const QSet<QString>& allowed = mayInclude()[own];
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*\"((?:core|ui|app)/[^\"]+)\""));
    return eachLine(file, [&](const QString& code, const QString&) {
        const auto match = include.match(code);
        if (!match.hasMatch())
            return QString();
        const QString other = folderOf(match.captured(1));
        return other == own || allowed.contains(other) ? QString() : QStringLiteral("%1 may not know %2").arg(own, other);
    });
}

QStringList libraryBreaches(const SourceFile& file) {
    struct Home {
        const char* pattern;
        std::vector<const char*> folders;
    };
    static const std::vector<Home> homes{
        {"<(sqlite3|sqlcipher)[./]", {"core/store/sqlite/"}},
        {"<curl/", {"core/transport/", "core/bench/"}},
        {"<ares", {"core/transport/"}},
        {"<(gmime|gumbo)", {"core/transport/"}},
        {"<(csv\\.h|uchardet)", {"core/exchange/", "core/transport/"}},
        {"<zip\\.h>", {"core/exchange/"}},
        {"<libical/", {"core/exchange/"}},
        {"<xlsxwriter", {"core/exchange/"}},
        {"<phonenumbers/", {"core/contact/"}},
        {"<rapidfuzz/", {"core/contact/"}},
        {"<libpsl", {"core/contact/"}},
        {"<unicode/", {"core/contact/", "core/exchange/", "core/transport/"}},
        {"<qt6keychain/", {"core/security/"}},
        {"<sodium", {"core/base/", "core/security/", "core/store/", "core/practice/"}},
        {"<zstd", {"core/store/"}},
        {"<openssl/", {"core/transport/", "core/bench/"}},
        {"<kainjow/", {"core/outreach/"}},
        {"<cmark", {"core/outreach/"}},
        {"<libpq", {"core/sync/"}},
        {"<CLI/", {"app/cli/"}},
        {"<QtSql|<QSql", {}},
    };
    QStringList found;
    for (const Home& home : homes) {
        const bool atHome =
            std::any_of(home.folders.begin(), home.folders.end(), [&](const char* folder) { return isIn(file, folder); });
        if (!atHome)
            found += matching(
                file, QRegularExpression(QStringLiteral("#\\s*include\\s*(") + QLatin1String(home.pattern) + QLatin1Char(')')),
                QStringLiteral("a library outside its home"));
    }
    return found;
}

QStringList guiBreaches(const SourceFile& file) {
    if (isIn(file, "ui/") && !isIn(file, "ui/text/"))
        return {};
    if (isIn(file, "app/desktop/") || isIn(file, "app/gallery/"))
        return {};
    static const QRegularExpression gui(
        QStringLiteral("#\\s*include\\s*<Q(tGui|tWidgets|tSvg|tQml|tQuick|Widget|Application|GuiApplication|Pixmap|Image|Color|"
                       "Painter|Icon|Font|"
                       "Dialog|MessageBox|Action|Palette|Style|Svg|Qml|Quick|Clipboard|DesktopServices)"));
    return matching(file, gui, QStringLiteral("Qt Gui below ui"));
}

QStringList sqlBreaches(const SourceFile& file) {
    if (isIn(file, "core/store/") || isIn(file, "core/bench/")) // a bench's reference is written by hand
        return {};
    static const QRegularExpression sql(QStringLiteral("\"[^\"]*\\b(SELECT\\s+[\\w*(]|INSERT\\s+(OR\\s+\\w+\\s+)?INTO|UPDATE\\s+"
                                                       "\\w+\\s+SET|DELETE\\s+FROM|PRAGMA\\s|CREATE\\s+(TABLE|INDEX|TRIGGER))"));
    return matching(file, sql, QStringLiteral("SQL outside the store"));
}

QStringList colourBreaches(const SourceFile& file) {
    if (isIn(file, "ui/theme/") || !isIn(file, "ui/"))
        return {};
    static const QRegularExpression colour(QStringLiteral("\"#[0-9A-Fa-f]{3,8}\"|QColor\\s*[({]\\s*(\\d|0x|Qt::|\")|qRgba?\\s*\\("
                                                          "\\s*\\d|Qt::(red|green|blue|black|white|gray|lightGray|darkGray|"
                                                          "yellow|cyan|magenta|dark\\w+)\\b|setStyleSheet"));
    return matching(file, colour, QStringLiteral("a colour or style sheet outside the theme"));
}

QStringList clockBreaches(const SourceFile& file) {
    if (isIn(file, "core/base/"))
        return {};
    static const QRegularExpression clock(QStringLiteral(
        "currentDateTime|currentMSecsSinceEpoch|currentSecsSinceEpoch|QDate::currentDate|QTime::currentTime|system_clock::now|"
        "steady_clock::now|QElapsedTimer|\\btime\\(\\s*(nullptr|NULL|0)\\s*\\)|std::rand\\b|QRandomGenerator|random_device"));
    return matching(file, clock, QStringLiteral("time or randomness outside core/base"));
}

QStringList singletonBreaches(const SourceFile& file) {
    static const QRegularExpression singleton(
        QStringLiteral("static\\s+\\w[\\w:<>]*\\s*[&*]\\s*(instance|self|get(Instance)?)\\s*\\(|Q_GLOBAL_STATIC|Q_APPLICATION_"
                       "STATIC|qApp\\s*->\\s*setProperty"));
    return matching(file, singleton, QStringLiteral("a singleton"));
}

QStringList waitingBreaches(const SourceFile& file) {
    if (isIn(file, "app/cli/"))
        return {};
    static const QRegularExpression anywhere(
        QStringLiteral("QEventLoop|processEvents|QThread::(m?sleep|usleep)|sleep_for|\\bterminate\\("));
    static const QRegularExpression inWindow(QStringLiteral("waitForFinished|\\.result\\(\\)|[^\\w:]wait\\("));
    QStringList found = matching(file, anywhere, QStringLiteral("a nested loop or a sleep"));
    if (isIn(file, "ui/") || isIn(file, "app/desktop/"))
        found += matching(file, inWindow, QStringLiteral("the window waits"));
    return found;
}

QStringList wordingBreaches(const SourceFile& file) {
    if (!isIn(file, "core/"))
        return {};
    static const QRegularExpression tr(QStringLiteral("(^|[^\\w:])tr\\s*\\(\\s*\"|QCoreApplication::translate|QT_TR_NOOP"));
    return matching(file, tr, QStringLiteral("a sentence for people in core"));
}

QStringList contractBreaches(const SourceFile& file) {
    if (!file.path.endsWith(QLatin1String(".h")))
        return {};
    static const QRegularExpression comment(QStringLiteral("^\\s*// (?!SPDX).{25,}"), QRegularExpression::MultilineOption);
    return comment.match(file.text).hasMatch() ? QStringList()
                                               : QStringList{file.path + QStringLiteral(": says nowhere what it is for")};
}

QStringList sizeBreaches(const SourceFile& file) {
    const auto lines = file.text.count(QLatin1Char('\n'));
    return lines > mostLines ? QStringList{QStringLiteral("%1: %2 lines: more than one idea?").arg(file.path).arg(lines)}
                             : QStringList();
}

QStringList licenceBreaches(const SourceFile& file) {
    return file.text.startsWith(QLatin1String("// SPDX-License-Identifier: GPL-3.0-or-later"))
               ? QStringList()
               : QStringList{file.path + QStringLiteral(": no SPDX line")};
}

const std::vector<NamedRule>& allRules() {
    static const std::vector<NamedRule> rules{
        {"layers", layerBreaches},
        {"libraries", libraryBreaches},
        {"gui", guiBreaches},
        {"sql", sqlBreaches},
        {"colours", colourBreaches},
        {"clocks", clockBreaches},
        {"singletons", singletonBreaches},
        {"waiting", waitingBreaches},
        {"wording", wordingBreaches},
        {"contracts", contractBreaches},
        {"size", sizeBreaches},
        {"licence", licenceBreaches},
    };
    return rules;
}

std::vector<SourceFile> sourcesOf(const QString& root) {
    std::vector<SourceFile> files;
    for (const char* folder : {"core", "ui", "app"}) {
        QDirIterator all(root + QLatin1Char('/') + QLatin1String(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                         QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            if (file.open(QIODevice::ReadOnly))
                files.push_back({file.fileName().mid(root.size() + 1), QString::fromUtf8(file.readAll())});
        }
    }
    return files;
}

} // namespace outrider::test
