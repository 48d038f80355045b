// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/window.h"
#include "core/base/secure_bytes.h"
#include "core/services/environment.h"
#include "core/services/workspace.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <string>

namespace outrider::shell {
class MainWindow;
}

namespace outrider::desktop {

// What the command line says about the workspace to open.
struct Wanted {
    std::string path;
    bool practice = false;
    std::shared_ptr<SecureBytes> passphrase; // --passphrase-file
};

// Under which preference the path of the workspace opened last is kept.
QString lastWorkspaceKey();

// A session of the program: first start, unlocking, working, locking, another workspace. Owns the open
// workspace and the window.
class Desktop : public QObject {
    Q_OBJECT

public:
    Desktop(Environment& environment, frame::Preferences& preferences, Wanted wanted);
    ~Desktop() override;

    void start();

private:
    void showFirstRun();
    void showUnlock(const QString& locked, const QString& name, int waiting);
    void openPractice();
    void work(std::shared_ptr<Workspace> workspace, bool import);
    void lock(const QString& why);
    void leave();                                                   // the workspace; it closes in the background
    void leaveFor(const QString& what, std::function<void()> next); // asks first when something is unsaved
    bool mayQuit();
    void askForWorkspace();
    void watchIdle();
    bool eventFilter(QObject* watched, QEvent* event) override;

    Environment& m_environment;
    frame::Preferences& m_preferences;
    Wanted m_wanted;
    std::unique_ptr<Window> m_window;
    std::shared_ptr<Workspace> m_workspace;
    QPointer<shell::MainWindow> m_main;
    QTimer m_idle;
    Worker m_closer;            // closes what was left
    QFuture<Result<>> m_closed; // the last of them
    bool m_quitting = false;    // the person was asked
};

} // namespace outrider::desktop
