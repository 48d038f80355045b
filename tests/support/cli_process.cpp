// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cli_process.h"

#include <QFile>
#include <QProcessEnvironment>

namespace outrider::test {

namespace {

constexpr int mostMilliseconds = 180000;

void prepare(QProcess& process, const QString& home) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home + QStringLiteral("/share"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS")); // no keychain of whoever runs the tests
    process.setProcessEnvironment(environment);
}

} // namespace

CliProcess::CliProcess() { write(QStringLiteral("passphrase"), "correct horse battery staple\n"); }

QString CliProcess::write(const QString& name, const QByteArray& content) const {
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return file.fileName();
}

QStringList CliProcess::full(const QStringList& arguments) const {
    QStringList all{QStringLiteral("--store"), path(QStringLiteral("day.outrider")), QStringLiteral("--passphrase-file"),
                    path(QStringLiteral("passphrase")), QStringLiteral("--json")};
    if (!m_now.isEmpty())
        all << QStringLiteral("--now") << m_now;
    return all + arguments;
}

CliProcess::Answer CliProcess::run(const QStringList& arguments) {
    QProcess process;
    prepare(process, m_home.path());
    process.start(QStringLiteral(OUTRIDER_CLI), full(arguments));
    Answer answer;
    if (!process.waitForFinished(mostMilliseconds)) {
        answer.errors = "did not end: " + process.errorString().toUtf8();
        return answer;
    }
    answer.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    answer.errors = process.readAllStandardError();
    answer.document = nlohmann::json::parse(process.readAllStandardOutput().toStdString(), nullptr, false);
    if (answer.document.is_discarded())
        answer.document = nlohmann::json::object();
    return answer;
}

std::unique_ptr<QProcess> CliProcess::start(const QStringList& arguments) {
    auto process = std::make_unique<QProcess>();
    prepare(*process, m_home.path());
    process->start(QStringLiteral(OUTRIDER_CLI), full(arguments));
    return process;
}

} // namespace outrider::test
