// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/rules.h"
#include "support/test_registry.h"

#include <QDir>
#include <QHash>
#include <QProcess>
#include <QTemporaryDir>

using namespace outrider::test;

class LayersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_house_keeps_its_rules_data() {
        QTest::addColumn<int>("rule");
        for (std::size_t i = 0; i < allRules().size(); ++i)
            QTest::newRow(allRules()[i].name) << int(i);
    }
    void the_house_keeps_its_rules() {
        QFETCH(int, rule);
        const auto sources = sourcesOf(QStringLiteral(OUTRIDER_SOURCE_DIR));
        QVERIFY(sources.size() > 100);
        QStringList breaches;
        for (const SourceFile& file : sources)
            breaches += allRules().at(std::size_t(rule)).rule(file);
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
    }

    // Each rule broken once: a rule that cannot be broken protects nothing.
    void every_rule_notices_when_it_is_broken_data() {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* rule, const char* path, const char* text) {
            QTest::newRow(name) << QString::fromLatin1(rule) << QString::fromLatin1(path) << QString::fromLatin1(text);
        };
        row("ui knows the store", "layers", "ui/leads/x.cpp", "#include \"core/store/store.h\"");
        row("ui knows the transport", "layers", "ui/leads/x.cpp", "#include \"core/transport/smtp_transport.h\"");
        row("domain knows the store", "layers", "core/domain/x.h", "#include \"core/store/store.h\"");
        row("store knows outreach", "layers", "core/store/x.cpp", "#include \"core/outreach/planner.h\"");
        row("core knows ui", "layers", "core/services/x.cpp", "#include \"ui/text/names.h\"");
        row("text knows widgets", "layers", "ui/text/x.cpp", "#include \"ui/theme/theme.h\"");
        row("a folder nobody knows", "layers", "core/misc/x.cpp", "");
        row("sqlite elsewhere", "libraries", "core/store/store.cpp", "#include <sqlite3.h>");
        row("curl elsewhere", "libraries", "core/services/x.cpp", "#include <curl/curl.h>");
        row("c-ares elsewhere", "libraries", "core/outreach/x.cpp", "#include <ares.h>");
        row("sqlcipher elsewhere", "libraries", "core/store/repositories/x.cpp", "#include <sqlcipher/sqlite3.h>");
        row("gmime elsewhere", "libraries", "core/inbound/x.cpp", "#include <gmime/gmime.h>");
        row("gumbo elsewhere", "libraries", "ui/inbox/x.cpp", "#include <gumbo.h>");
        row("libcsv elsewhere", "libraries", "core/services/x.cpp", "#include <csv.h>");
        row("libical elsewhere", "libraries", "core/services/x.cpp", "#include <libical/ical.h>");
        row("xlsxwriter elsewhere", "libraries", "core/services/x.cpp", "#include <xlsxwriter.h>");
        row("uchardet elsewhere", "libraries", "core/contact/x.cpp", "#include <uchardet/uchardet.h>");
        row("phone numbers elsewhere", "libraries", "core/exchange/x.cpp", "#include <phonenumbers/phonenumberutil.h>");
        row("fuzzy comparison elsewhere", "libraries", "core/services/x.cpp", "#include <rapidfuzz/fuzz.hpp>");
        row("suffixes elsewhere", "libraries", "core/transport/x.cpp", "#include <libpsl.h>");
        row("ICU elsewhere", "libraries", "core/store/x.cpp", "#include <unicode/unistr.h>");
        row("the keychain elsewhere", "libraries", "core/services/x.cpp", "#include <qt6keychain/keychain.h>");
        row("sodium elsewhere", "libraries", "core/transport/x.cpp", "#include <sodium.h>");
        row("zstd elsewhere", "libraries", "core/exchange/x.cpp", "#include <zstd.h>");
        row("OpenSSL elsewhere", "libraries", "core/security/x.cpp", "#include <openssl/evp.h>");
        row("mustache elsewhere", "libraries", "core/domain/x.cpp", "#include <kainjow/mustache.hpp>");
        row("Markdown elsewhere", "libraries", "core/transport/x.cpp", "#include <cmark.h>");
        row("PostgreSQL elsewhere", "libraries", "core/store/x.cpp", "#include <libpq-fe.h>");
        row("options elsewhere", "libraries", "app/desktop/x.cpp", "#include <CLI/CLI.hpp>");
        row("QtSql anywhere", "libraries", "core/store/sqlite/x.cpp", "#include <QSqlDatabase>");
        row("widgets in core", "gui", "core/services/x.cpp", "#include <QWidget>");
        row("gui in the command line", "gui", "app/cli/x.cpp", "#include <QImage>");
        row("gui in the texts", "gui", "ui/text/x.cpp", "#include <QColor>");
        row("a query in ui", "sql", "ui/leads/x.cpp", "db.run(\"SELECT id FROM lead\");");
        row("an update in services", "sql", "core/services/x.cpp", "db.run(\"UPDATE lead SET score = 1\");");
        row("a hex colour", "colours", "ui/leads/x.cpp", "const QColor c(QStringLiteral(\"#FF0000\"));");
        row("a named colour", "colours", "ui/leads/x.cpp", "painter.setPen(Qt::red);");
        row("numbers as a colour", "colours", "ui/widgets/x.cpp", "QColor(12, 20, 30)");
        row("a style sheet", "colours", "ui/shell/x.cpp", "setStyleSheet(text);");
        row("the wall clock", "clocks", "core/outreach/x.cpp", "auto now = std::chrono::system_clock::now();");
        row("Qt's clock in ui", "clocks", "ui/today/x.cpp", "QDateTime::currentDateTime()");
        row("a stopwatch of Qt's", "clocks", "ui/today/x.cpp", "#include <QElapsedTimer>");
        row("the steady clock", "clocks", "core/services/x.cpp", "std::chrono::steady_clock::now()");
        row("C's clock", "clocks", "core/inbound/x.cpp", "const auto now = time(nullptr);");
        row("random_device", "clocks", "core/store/x.cpp", "std::random_device device;");
        row("randomness", "clocks", "core/practice/x.cpp", "QRandomGenerator::global()");
        row("a singleton", "singletons", "core/store/x.h", "static Store& instance();");
        row("a global static", "singletons", "ui/shell/x.cpp", "Q_GLOBAL_STATIC(Cache, cache)");
        row("a nested loop", "waiting", "ui/leads/x.cpp", "QEventLoop loop; loop.exec();");
        row("events in between", "waiting", "core/services/x.cpp", "QCoreApplication::processEvents();");
        row("a sleep", "waiting", "core/outreach/x.cpp", "std::this_thread::sleep_for(delay);");
        row("a result that is waited for", "waiting", "app/desktop/x.cpp", "const auto r = future.result();");
        row("the window waits", "waiting", "ui/leads/x.cpp", "future.waitForFinished();");
        row("the window blocks", "waiting", "ui/leads/x.cpp", "const auto r = wait(service.page(q));");
        row("words in core", "wording", "core/outreach/x.cpp", "return tr(\"Not found\");");
        row("no contract", "contracts", "core/store/x.h", "#pragma once\n// short\nclass X;\n");
        row("too long", "size", "core/store/x.cpp", QByteArray(700, '\n').constData());
        row("no licence", "licence", "core/store/x.cpp", "#pragma once\n");
    }
    void every_rule_notices_when_it_is_broken() {
        QFETCH(QString, rule);
        QFETCH(QString, path);
        QFETCH(QString, text);
        bool noticed = false;
        for (const NamedRule& named : allRules()) {
            if (rule == QLatin1String(named.name))
                noticed = !named.rule({path, text}).isEmpty();
        }
        QVERIFY(noticed);
    }

    // From the lowest up, as ARCHITECTURE.md draws it: who stands lower never knows who stands higher.
    void every_include_upwards_is_noticed() {
        const QStringList order{QStringLiteral("core/base"),     QStringLiteral("core/domain"),
                                QStringLiteral("core/contact"),  QStringLiteral("core/store"),
                                QStringLiteral("core/outreach"), QStringLiteral("core/inbound"),
                                QStringLiteral("core/practice"), QStringLiteral("core/services"),
                                QStringLiteral("core/bench"),    QStringLiteral("app")};
        const QStringList besides{QStringLiteral("core/transport"), QStringLiteral("core/security"),
                                  QStringLiteral("core/exchange")};
        const auto noticed = [](const QString& lower, const QString& higher) {
            return !layerBreaches({lower + QStringLiteral("/x.cpp"), QStringLiteral("#include \"%1/y.h\"").arg(higher)})
                        .isEmpty();
        };
        for (int i = 0; i < order.size(); ++i) {
            for (int j = i + 1; j < order.size(); ++j)
                QVERIFY2(noticed(order[i], order[j]), qPrintable(order[i] + QStringLiteral(" includes ") + order[j]));
        }
        // Those stand on contact or base alone, and below the flows.
        for (const QString& one : besides) {
            for (const char* higher : {"core/outreach", "core/inbound", "core/practice", "core/services", "ui/today", "app"})
                QVERIFY2(noticed(one, QLatin1String(higher)), qPrintable(one));
            QVERIFY2(noticed(QStringLiteral("core/domain"), one), qPrintable(one));
            QVERIFY2(noticed(QStringLiteral("ui/today"), one), qPrintable(one));
        }
        for (const QString& one : order.mid(3, 4))
            QVERIFY2(noticed(QStringLiteral("ui/today"), one), qPrintable(one));
    }

    // The whole way once: a tree on the disk with one fault for each rule, and nothing else is complained of.
    void a_tree_with_one_fault_a_rule_is_found_out_rule_by_rule() {
        const QByteArray licence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";
        const QByteArray contract = "// What it is for, told in a sentence that is long enough.\n";
        const QHash<QString, std::pair<QString, QByteArray>> faults{
            {QStringLiteral("layers"), {QStringLiteral("core/domain/a.cpp"), licence + "#include \"core/store/store.h\"\n"}},
            {QStringLiteral("libraries"), {QStringLiteral("core/outreach/b.cpp"), licence + "\n#include <zstd.h>\n"}},
            {QStringLiteral("gui"), {QStringLiteral("core/services/c.cpp"), licence + "#include <QWidget>\n"}},
            {QStringLiteral("sql"), {QStringLiteral("ui/leads/d.cpp"), licence + "run(\"DELETE FROM lead WHERE id = 1\");\n"}},
            {QStringLiteral("colours"), {QStringLiteral("ui/today/e.cpp"), licence + "p.setPen(QColor(1, 2, 3));\n"}},
            {QStringLiteral("clocks"), {QStringLiteral("core/inbound/f.cpp"), licence + "QDateTime::currentDateTime();\n"}},
            {QStringLiteral("singletons"),
             {QStringLiteral("core/store/g.h"), licence + contract + "static Store& instance();\n"}},
            {QStringLiteral("waiting"), {QStringLiteral("app/desktop/h.cpp"), licence + "loop.processEvents();\n"}},
            {QStringLiteral("wording"), {QStringLiteral("core/exchange/i.cpp"), licence + "return tr(\"No rows\");\n"}},
            {QStringLiteral("contracts"), {QStringLiteral("core/contact/j.h"), licence + "struct J {};\n"}},
            {QStringLiteral("size"), {QStringLiteral("core/practice/k.cpp"), licence + QByteArray(700, '\n')}},
            {QStringLiteral("licence"), {QStringLiteral("app/cli/l.cpp"), "int main() {}\n"}},
        };
        QTemporaryDir tree;
        for (const auto& [path, text] : faults) {
            QVERIFY(QDir(tree.path()).mkpath(QFileInfo(path).path()));
            QFile file(tree.filePath(path));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        }
        const auto sources = sourcesOf(tree.path());
        QCOMPARE(sources.size(), std::size_t(faults.size()));
        QCOMPARE(allRules().size(), std::size_t(faults.size())); // a new rule is broken here as well
        for (const NamedRule& named : allRules()) {
            QStringList found;
            for (const SourceFile& file : sources)
                found += named.rule(file);
            QVERIFY2(faults.contains(QLatin1String(named.name)), named.name);
            const QString culprit = faults[QLatin1String(named.name)].first;
            QVERIFY2(found.size() == 1 && found[0].startsWith(culprit + QLatin1Char(':')),
                     qPrintable(QString::fromLatin1(named.name) + QStringLiteral(" says: ") + found.join(QLatin1Char('\n'))));
        }
    }

    void what_only_looks_like_a_breach_is_none_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* path, const char* text) {
            QTest::newRow(name) << QString::fromLatin1(
                path) << QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later\n%1\n").arg(QString::fromLatin1(text));
        };
        row("a comment", "ui/leads/x.cpp", "// SELECT nothing FROM here; see sqlite3.h");
        row("the layer below", "core/services/x.cpp", "#include \"core/store/store.h\"");
        row("English", "ui/text/x.cpp", "Tr::tr(\"Select a lead\")");
        row("a hash sign", "ui/leads/x.cpp", "QStringLiteral(\"#\")");
    }
    void what_only_looks_like_a_breach_is_none() {
        QFETCH(QString, path);
        QFETCH(QString, text);
        for (const NamedRule& named : allRules()) {
            const QStringList breaches = named.rule({path, text});
            QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
        }
    }

    // The other half of the enforcement: with what services publishes, the store cannot be included.
    void the_build_itself_refuses_an_include_across_a_missing_edge() {
        QTemporaryDir dir;
        const auto compiles = [&](const char* include) {
            QFile source(dir.filePath(QStringLiteral("probe.cpp")));
            if (!source.open(QIODevice::WriteOnly))
                return false;
            source.write("#include \"" + QByteArray(include) + "\"\n");
            source.close();
            QStringList arguments{QStringLiteral("-std=c++20"), QStringLiteral("-fPIC"), QStringLiteral("-fsyntax-only")};
            for (const QString& path : QStringLiteral(OUTRIDER_SERVICES_INCLUDES).split(QLatin1Char('|'), Qt::SkipEmptyParts))
                arguments << QStringLiteral("-I") + path;
            arguments << source.fileName();
            QProcess compiler;
            compiler.start(QStringLiteral(OUTRIDER_COMPILER), arguments);
            return compiler.waitForFinished(120000) && compiler.exitCode() == 0;
        };
        QVERIFY(compiles("core/services/lead_service.h"));
        QVERIFY(!compiles("core/store/store.h"));
        QVERIFY(!compiles("core/outreach/planner.h"));
    }
};

OUTRIDER_TEST(LayersTest)
#include "layers_test.moc"
