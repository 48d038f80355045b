// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"
#include "app/desktop/shots.h"
#include "core/base/random.h"
#include "core/security/keychain.h"
#include "core/services/workspace_opening.h"
#include "ui/shell/appearance.h"
#include "ui/theme/outrider_style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QSettings>
#include <QTimeZone>

#include <cstdio>
#include <string_view>

// outrider [--profile NAME | --store FILE | --practice] …: exit 0 done, 1 refused, 2 usage.

namespace {

using namespace outrider;

int usage(const QString& sentence) {
    std::fprintf(stderr, "%s\n", qPrintable(sentence));
    return 2;
}

// The first line of the file; empty when there is none.
std::shared_ptr<SecureBytes> firstLine(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return nullptr;
    QByteArray line = file.readLine(4096);
    qsizetype size = line.size();
    while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        --size;
    auto secret = std::make_shared<SecureBytes>(std::string_view(line.constData(), std::size_t(size)));
    line.fill('\0');
    return secret;
}

} // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        // Pictures need no screen, and are the same on every machine without one; nor do words about the program.
        const std::string_view word(argv[i]);
        if (word.starts_with("--shots") || word.starts_with("--help") || word == "-h" || word == "--version" || word == "-v")
            qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("outrider"));
    QApplication::setApplicationDisplayName(QStringLiteral("Outrider"));
    QApplication::setApplicationVersion(QStringLiteral(OUTRIDER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("com.outrider.Outrider"));
    QApplication::setQuitOnLastWindowClosed(false);

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Desktop CRM for people who sell by reaching out first."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption store(QStringLiteral("store"), QStringLiteral("workspace file"), QStringLiteral("FILE"));
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("name of a workspace in the usual place"),
                                     QStringLiteral("NAME"));
    const QCommandLineOption practice(QStringLiteral("practice"), QStringLiteral("the practice workspace"));
    const QCommandLineOption passphrase(QStringLiteral("passphrase-file"),
                                        QStringLiteral("file whose first line is the passphrase"), QStringLiteral("FILE"));
    const QCommandLineOption now(QStringLiteral("now"), QStringLiteral("the moment to work at, ISO 8601"),
                                 QStringLiteral("MOMENT"));
    const QCommandLineOption shots(QStringLiteral("shots"), QStringLiteral("draw every screen into a folder and quit"),
                                   QStringLiteral("FOLDER"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("with --shots: names that contain this"),
                                  QStringLiteral("TEXT"));
    parser.addOptions({store, profile, practice, passphrase, now, shots, only});
    parser.process(app);
    if (!parser.positionalArguments().isEmpty())
        return usage(QStringLiteral("Not understood: %1").arg(parser.positionalArguments().join(QLatin1Char(' '))));
    if (int(parser.isSet(store)) + int(parser.isSet(profile)) + int(parser.isSet(practice)) > 1)
        return usage(QStringLiteral("--store, --profile and --practice exclude each other"));
    std::optional<Instant> moment;
    if (parser.isSet(now)) {
        const auto parsed = parseIso8601(parser.value(now).toStdString());
        if (!parsed)
            return usage(QStringLiteral("--now: not an ISO 8601 date: %1").arg(parser.value(now)));
        moment = *parsed;
    }

    theme::loadFonts();
    if (parser.isSet(shots))
        return desktop::drawShots(app, {.folder = parser.value(shots), .only = parser.value(only), .now = moment});

    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("outrider"), QStringLiteral("outrider"));
    frame::Preferences preferences(settings);
    shell::Appearance appearance(app, preferences);
    appearance.apply();
    appearance.followDesktop();

    std::unique_ptr<Clock> clock;
    if (moment)
        clock = std::make_unique<OffsetClock>(*moment);
    else
        clock = std::make_unique<SystemClock>();
    SystemRandom random;
    security::SystemKeychain keychain;
    Environment environment{.clock = *clock,
                            .random = random,
                            .keychain = keychain,
                            .origin = Origin::Window,
                            .timeZone = QTimeZone::systemTimeZoneId().toStdString(),
                            .fenceFolder = defaultFenceFolder()};
    desktop::Wanted wanted{.path = defaultWorkspacePath(parser.value(profile).toStdString()), .practice = parser.isSet(practice)};
    if (const QString last = preferences.text(desktop::lastWorkspaceKey()); !parser.isSet(profile) && QFile::exists(last))
        wanted.path = last.toStdString();
    if (wanted.practice)
        wanted.path = practiceWorkspacePath();
    if (parser.isSet(store))
        wanted.path = parser.value(store).toStdString();
    if (parser.isSet(passphrase)) {
        wanted.passphrase = firstLine(parser.value(passphrase));
        if (!wanted.passphrase)
            return usage(QStringLiteral("--passphrase-file: cannot be read: %1").arg(parser.value(passphrase)));
    }
    desktop::Desktop session(environment, preferences, std::move(wanted));
    session.start();
    return QApplication::exec();
}
