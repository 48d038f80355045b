// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace {

// A clone with nothing but the script, on a machine made of stand-ins: each writes down how it was called.
class Clone {
public:
    Clone() {
        QDir(m_root.path()).mkpath(QStringLiteral("tools"));
        QFile::copy(QStringLiteral(OUTRIDER_SOURCE_DIR "/dev"), m_root.filePath(QStringLiteral("dev")));
        tool("dpkg-query", "echo 'install ok installed'");
        tool("id", "echo 0");
        tool("apt-get", "echo 'no route to the mirror' >&2; exit 100");
        tool("cmake", "mkdir -p build/release && touch build/release/build.ninja");
        for (const char* forbidden : {"debconf-set-selections", "sudo", "ctest"})
            tool(forbidden, "exit 1");
        write("build/deps/sqlcipher/libsqlcipher.a", "x");
        write("build/deps/sqlcipher/include/sqlite3.h", "x");
        write("build/deps/rapidfuzz/include/rapidfuzz/fuzz.hpp", "x");
    }

    // Stands in for a program of the machine.
    void tool(const char* name, const QByteArray& does) {
        write("tools/" + QByteArray(name),
              "#!/bin/bash\necho \"" + QByteArray(name) + " $*\" >>\"" + m_root.path().toUtf8() + "/calls\"\n" + does + "\n",
              true);
    }
    void write(const QByteArray& path, const QByteArray& text, bool executable = false) {
        const QString whole = m_root.filePath(QString::fromUtf8(path));
        QDir().mkpath(QFileInfo(whole).path());
        QFile file(whole);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("a file cannot be written");
        file.close();
        if (executable)
            file.setPermissions(file.permissions() | QFile::ExeOwner);
    }

    int run(const QStringList& arguments, const QMap<QString, QString>& environment = {}) {
        QProcess process;
        auto variables = QProcessEnvironment::systemEnvironment();
        for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY", "OUTRIDER_PRESET"})
            variables.remove(QLatin1String(display));
        variables.insert(QStringLiteral("PATH"), m_root.filePath(QStringLiteral("tools")) + QStringLiteral(":/usr/bin:/bin"));
        for (auto it = environment.cbegin(); it != environment.cend(); ++it)
            variables.insert(it.key(), it.value());
        process.setProcessEnvironment(variables);
        process.setWorkingDirectory(QDir::rootPath()); // it finds its own place
        process.start(m_root.filePath(QStringLiteral("dev")), arguments);
        process.waitForFinished(60000);
        out = QString::fromUtf8(process.readAllStandardOutput());
        said = QString::fromUtf8(process.readAllStandardError());
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    QString calls() const {
        QFile file(m_root.filePath(QStringLiteral("calls")));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    QString path(const QString& name) const { return m_root.filePath(name); }

    QString out;
    QString said;

private:
    QTemporaryDir m_root;
};

} // namespace

// ./dev when things go wrong, and what it runs when they go right. Nothing is installed or built here.
class DevScriptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void help_tells_of_every_command() {
        Clone clone;
        QCOMPARE(clone.run({QStringLiteral("help")}), 0);
        QFile script(QStringLiteral(OUTRIDER_SOURCE_DIR "/dev"));
        QVERIFY(script.open(QIODevice::ReadOnly));
        static const QRegularExpression command(QStringLiteral("^cmd_(\\w+)\\(\\)"), QRegularExpression::MultilineOption);
        auto all = command.globalMatch(QString::fromUtf8(script.readAll()));
        int count = 0;
        for (; all.hasNext(); ++count) {
            const QString name = all.next().captured(1);
            if (name != QLatin1String("help"))
                QVERIFY2(clone.out.contains(QStringLiteral("\n  ") + name), qPrintable(name));
        }
        QVERIFY(count >= 9);
    }

    void an_unknown_command_shows_the_known_ones_and_fails() {
        Clone clone;
        QCOMPARE(clone.run({QStringLiteral("frobnicate")}), 2);
        QVERIFY(clone.said.contains(QStringLiteral("./dev COMMAND")));
    }

    void without_a_display_the_practice_day_is_played_on_the_command_line() {
        Clone clone;
        clone.write("build/release/bin/outrider-cli", "#!/bin/sh\necho \"cli $*\"\n", true);
        QCOMPARE(clone.run({QStringLiteral("run")}), 0);
        QCOMPARE(
            clone.out.trimmed(),
            QStringLiteral("cli --store %1 practice day").arg(clone.path(QStringLiteral("build/practice/practice.outrider"))));
        QVERIFY(QFile::exists(clone.path(QStringLiteral("build/practice"))));
    }

    void with_a_display_the_window_opens_the_practice_workspace() {
        Clone clone;
        clone.write("build/release/bin/outrider", "#!/bin/sh\necho \"window $*\"\n", true);
        QCOMPARE(clone.run({QStringLiteral("run")}, {{QStringLiteral("DISPLAY"), QStringLiteral(":9")}}), 0);
        QCOMPARE(clone.out.trimmed(), QStringLiteral("window --practice"));
    }

    void without_root_or_sudo_it_says_what_to_install() {
        Clone clone;
        clone.tool("dpkg-query", "exit 1");
        clone.tool("id", "echo 1000");
        QCOMPARE(clone.run({QStringLiteral("setup")}), 1);
        QVERIFY2(clone.said.contains(QStringLiteral("needs root, and sudo refused. As root: apt-get install")),
                 qPrintable(clone.said));
        QVERIFY(!clone.calls().contains(QStringLiteral("apt-get")));
    }

    void without_a_network_it_shows_why_and_what_to_check() {
        Clone clone;
        // Only the first question is answered with "missing", so that the list is short.
        clone.tool("dpkg-query", "[[ $* == *ninja-build* ]] || echo 'install ok installed'");
        clone.tool("debconf-set-selections", "cat >/dev/null");
        clone.tool("tee", "cat >/dev/null");
        clone.tool("chmod", "true");
        clone.tool("rm", "true");
        QCOMPARE(clone.run({QStringLiteral("setup")}), 1);
        QVERIFY2(clone.said.contains(QStringLiteral("no route to the mirror")), qPrintable(clone.said));
        QVERIFY2(clone.said.contains(QStringLiteral("Check the network and /etc/apt, then run this again.")),
                 qPrintable(clone.said));
    }

    void a_machine_that_is_no_debian_is_told_what_to_install_by_hand() {
        Clone clone;
        clone.tool("dpkg-query", "exit 127");
        QFile::remove(clone.path(QStringLiteral("tools/apt-get")));
        // Nothing of the machine's own but what the script needs.
        for (const char* tool : {"bash", "dirname", "grep", "mkdir"})
            QFile::link(QStringLiteral("/usr/bin/") + QLatin1String(tool),
                        clone.path(QStringLiteral("tools/") + QLatin1String(tool)));
        QCOMPARE(clone.run({QStringLiteral("setup")}, {{QStringLiteral("PATH"), clone.path(QStringLiteral("tools"))}}), 1);
        QVERIFY2(clone.said.contains(QStringLiteral("install these by hand")), qPrintable(clone.said));
    }

    void a_full_disk_is_told_before_the_build() {
        Clone clone;
        clone.tool("df", "echo Avail; echo 12");
        QCOMPARE(clone.run({QStringLiteral("run")}), 1);
        QVERIFY2(clone.said.contains(QStringLiteral("12 MB are free")), qPrintable(clone.said));
        QVERIFY(!clone.calls().contains(QStringLiteral("\ncmake ")));
    }

    void a_build_that_fails_is_said_so() {
        Clone clone;
        clone.tool("cmake", "[[ $1 == --preset ]] && mkdir -p build/release && touch build/release/build.ninja");
        QCOMPARE(clone.run({QStringLiteral("build")}), 1);
        QVERIFY2(clone.said.contains(QStringLiteral("The build failed")), qPrintable(clone.said));
    }

    void tests_that_fail_are_said_so() {
        Clone clone;
        QCOMPARE(clone.run({QStringLiteral("test")}), 1);
        QVERIFY2(clone.said.contains(QStringLiteral("Tests failed")), qPrintable(clone.said));
        QVERIFY(clone.calls().contains(QStringLiteral("ctest --test-dir build/release")));
    }

    void another_preset_is_tested_when_asked_for() {
        Clone clone;
        clone.tool("ctest", "exit 0");
        QCOMPARE(clone.run({QStringLiteral("test"), QStringLiteral("-R"), QStringLiteral("core/store")},
                           {{QStringLiteral("OUTRIDER_PRESET"), QStringLiteral("asan")}}),
                 0);
        QVERIFY(clone.calls().contains(QStringLiteral("cmake --preset asan")));
        QVERIFY(clone.calls().contains(QRegularExpression(QStringLiteral("ctest --test-dir build/asan .*-R core/store"))));
    }
};

OUTRIDER_TEST(DevScriptTest)
#include "dev_script_test.moc"
