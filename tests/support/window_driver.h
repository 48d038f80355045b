// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <string>

namespace outrider::test {

// The window in a private X session, driven by accessible names and real keys
// (tests/integration/window/drive). Each call waits until it holds, at most some seconds; false, with
// why() saying what was on screen instead, when it does not.
class WindowDriver {
public:
    ~WindowDriver();

    bool open(); // the session
    bool start(const QString& home, const QStringList& arguments);
    bool kill(); // as a dying battery does
    bool quit();

    bool press(const QString& name);
    bool focus(const QString& name);
    bool put(const QString& name, const QString& text);
    bool keys(const QString& keys);
    bool type(const QString& text);
    bool see(const QString& name, double seconds = 20);
    bool gone(const QString& name);
    bool shot(const QString& file);
    QString lastSeen() const { return m_seen; } // the whole name see() found
    const char* why() const { return m_why.c_str(); }

private:
    bool ask(const std::string& text);

    QProcess m_process;
    QString m_seen;
    std::string m_why;
};

} // namespace outrider::test
