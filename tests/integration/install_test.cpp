// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QXmlStreamReader>

namespace {

QByteArray output(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(60000) && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

} // namespace

// What a package holds: everything `cmake --install` puts below /usr.
class InstallTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QProcess process;
        process.start(QStringLiteral(OUTRIDER_CMAKE), {QStringLiteral("--install"), QStringLiteral(OUTRIDER_BUILD_DIR),
                                                       QStringLiteral("--prefix"), m_root.path()});
        QVERIFY(process.waitForFinished(60000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void nothing_is_missing_and_nothing_else_comes_along() {
        QStringList found;
        QDirIterator all(m_root.path(), QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext())
            found << all.next().mid(m_root.path().size() + 1);
        found.sort();
        QCOMPARE(found,
                 QStringList({QStringLiteral("bin/outrider"), QStringLiteral("bin/outrider-cli"),
                              QStringLiteral("share/applications/com.outrider.Outrider.desktop"),
                              QStringLiteral("share/doc/outrider/changelog.Debian.gz"),
                              QStringLiteral("share/doc/outrider/changelog.gz"), QStringLiteral("share/doc/outrider/copyright"),
                              QStringLiteral("share/doc/outrider/manual.md"),
                              QStringLiteral("share/icons/hicolor/scalable/apps/com.outrider.Outrider.svg"),
                              QStringLiteral("share/man/man1/outrider-cli.1.gz"), QStringLiteral("share/man/man1/outrider.1.gz"),
                              QStringLiteral("share/metainfo/com.outrider.Outrider.metainfo.xml")}));
    }

    // Typefaces and libraries inside the programs come with the text of their licences.
    void the_licences_of_what_is_inside_are_told_in_full() {
        const QString text = QString::fromUtf8(read(QStringLiteral("share/doc/outrider/copyright")));
        for (const char* part :
             {"The Inter Project Authors", "JetBrains Mono", "SQLCipher", "Mustache", "JSON for Modern C++", "CLI11",
              "This license becomes null and void if any of the above conditions",            // OFL
              "Neither the name of the copyright holder",                                     // BSD
              "Permission is hereby granted, free of charge, to any person or organization"}) // Boost
            QVERIFY2(text.contains(QLatin1String(part)), part);
        // Every licence that is named is also told.
        static const QRegularExpression named(QStringLiteral("^License: (.+ and .+)$"), QRegularExpression::MultilineOption);
        const QStringList licences = named.match(text).captured(1).split(QStringLiteral(" and "));
        QVERIFY(licences.size() >= 7);
        for (const QString& licence : licences)
            QVERIFY2(text.contains(QStringLiteral("\n\nLicense: %1\n ").arg(licence)), qPrintable(licence));
    }

    void the_desktop_file_starts_what_is_there_with_the_icon_that_is_there() {
        QSettings file(m_root.filePath(QStringLiteral("share/applications/com.outrider.Outrider.desktop")), QSettings::IniFormat);
        for (const char* group : {"Desktop Entry", "Desktop Action practice"}) {
            const QString command =
                file.value(QLatin1String(group) + QLatin1String("/Exec")).toString().section(QLatin1Char(' '), 0, 0);
            QVERIFY2(QFile::exists(m_root.filePath(QStringLiteral("bin/") + command)), qPrintable(command));
        }
        const QString icon = file.value(QStringLiteral("Desktop Entry/Icon")).toString();
        QVERIFY(QFile::exists(m_root.filePath(QStringLiteral("share/icons/hicolor/scalable/apps/%1.svg").arg(icon))));
    }

    void the_metainfo_names_the_desktop_file_the_programs_and_this_version() {
        QXmlStreamReader xml(read(QStringLiteral("share/metainfo/com.outrider.Outrider.metainfo.xml")));
        QStringList binaries;
        QString launchable;
        QString version;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QLatin1String("binary"))
                binaries << xml.readElementText();
            else if (xml.name() == QLatin1String("launchable"))
                launchable = xml.readElementText();
            else if (xml.name() == QLatin1String("release") && version.isEmpty())
                version = xml.attributes().value(QLatin1String("version")).toString();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(QFile::exists(m_root.filePath(QStringLiteral("share/applications/") + launchable)));
        QCOMPARE(binaries.size(), 2);
        for (const QString& binary : binaries)
            QVERIFY2(QFile::exists(m_root.filePath(QStringLiteral("bin/") + binary)), qPrintable(binary));
        const QByteArray says = output(m_root.filePath(QStringLiteral("bin/outrider-cli")), {QStringLiteral("--version")});
        QVERIFY2(QString::fromUtf8(says).contains(version), says.constData());
    }

    void the_manual_page_tells_of_every_command() {
        const QString page = unzipped(QStringLiteral("share/man/man1/outrider-cli.1.gz")).remove(QLatin1Char('\\'));
        const QString help =
            QString::fromUtf8(output(m_root.filePath(QStringLiteral("bin/outrider-cli")), {QStringLiteral("--help")}));
        static const QRegularExpression command(QStringLiteral("^  ([a-z][a-z-]+)\\s"), QRegularExpression::MultilineOption);
        auto all = command.globalMatch(help.mid(help.indexOf(QStringLiteral("Subcommands:"))));
        int count = 0;
        for (; all.hasNext(); ++count) {
            const QString name = all.next().captured(1);
            QVERIFY2(page.contains(QRegularExpression(QStringLiteral("\\.B .*\\b%1\\b").arg(name))), qPrintable(name));
        }
        QVERIFY(count >= 25);
    }

    void the_manual_page_tells_of_every_option_of_the_window() {
        const QString page = unzipped(QStringLiteral("share/man/man1/outrider.1.gz")).remove(QLatin1Char('\\'));
        const QString help =
            QString::fromUtf8(output(m_root.filePath(QStringLiteral("bin/outrider")), {QStringLiteral("--help")}));
        static const QRegularExpression option(QStringLiteral("^  (?:-\\w, )*(--[a-z-]+)"), QRegularExpression::MultilineOption);
        auto all = option.globalMatch(help);
        int count = 0;
        for (; all.hasNext(); ++count) {
            const QString name = all.next().captured(1);
            QVERIFY2(name.startsWith(QLatin1String("--help")) || page.contains(name), qPrintable(name));
        }
        QVERIFY(count >= 7);
    }

    void programs_find_their_libraries_without_a_path_of_the_build() {
        for (const char* program : {"bin/outrider", "bin/outrider-cli"}) {
            const QByteArray dynamic =
                output(QStringLiteral("objdump"), {QStringLiteral("-p"), m_root.filePath(QLatin1String(program))});
            QVERIFY(dynamic.contains("NEEDED"));
            QVERIFY2(!dynamic.contains("RUNPATH") && !dynamic.contains("RPATH"), dynamic.constData());
            QVERIFY2(!dynamic.contains("sqlite3") && !dynamic.contains("sqlcipher"), "a second SQLite could meet it");
        }
    }

private:
    QByteArray read(const QString& path) const {
        QFile file(m_root.filePath(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString unzipped(const QString& path) const {
        return QString::fromUtf8(output(QStringLiteral("gzip"), {QStringLiteral("-dc"), m_root.filePath(path)}));
    }

    QTemporaryDir m_root;
};

OUTRIDER_TEST(InstallTest)
#include "install_test.moc"
