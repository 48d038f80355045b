// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/rules.h"
#include "support/test_registry.h"

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
        row("randomness", "clocks", "core/practice/x.cpp", "QRandomGenerator::global()");
        row("a singleton", "singletons", "core/store/x.h", "static Store& instance();");
        row("a global static", "singletons", "ui/shell/x.cpp", "Q_GLOBAL_STATIC(Cache, cache)");
        row("a nested loop", "waiting", "ui/leads/x.cpp", "QEventLoop loop; loop.exec();");
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
