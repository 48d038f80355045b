// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace outrider::test {

// The command-line program as a person uses it: a process of its own for each command, with a home,
// a workspace and a passphrase file of this test's own.
class CliProcess {
public:
    CliProcess();

    struct Answer {
        int exitCode = -1;
        nlohmann::json document; // what --json printed
        QByteArray errors;

        bool ok() const { return exitCode == 0 && document.value("ok", false); }
        const nlohmann::json& data() const { return document.at("data"); }
    };
    // Runs to its end; "--json" and the workspace's options are added.
    Answer run(const QStringList& arguments);
    // Starts one and leaves it running.
    std::unique_ptr<QProcess> start(const QStringList& arguments);

    // The moment commands work at, ISO 8601; empty: the real one.
    void setNow(const std::string& now) { m_now = QString::fromStdString(now); }
    QString path(const QString& name) const { return m_home.filePath(name); }
    // Writes a file into the home and returns its path.
    QString write(const QString& name, const QByteArray& content) const;

private:
    QStringList full(const QStringList& arguments) const;
    QTemporaryDir m_home;
    QString m_now;
};

} // namespace outrider::test
