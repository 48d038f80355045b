// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/idle_watch.h"
#include "app/desktop/window.h"
#include "core/base/secure_bytes.h"
#include "core/services/environment.h"
#include "core/services/workspace.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace outrider::shell {
class MainWindow;
}
namespace outrider::unlock {
class UnlockPage;
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
    Window& window() { return *m_window; }

    // The workspace has been left and may be closing still.
    bool isClosing() const;
    // Empty until it was read.
    const QString& workspaceName() const { return m_name; }

private:
    void showFirstRun();
    void showUnlock(const QString& locked, const QString& name, int waiting);
    void openPractice();
    void work(std::shared_ptr<Workspace> workspace, bool import);
    void lock(const QString& why);
    void cover(const QString& why);                                 // locks what must stay open
    void leave();                                                   // the workspace; it closes in the background
    void leaveFor(const QString& what, std::function<void()> next); // asks first when something is unsaved
    bool mayQuit();
    void quitWhenClosed();
    void askForWorkspace();
    void openOther(const QString& path);
    void readName();
    QFuture<Result<>> closingOf(const std::string& path) const;
    bool eventFilter(QObject* watched, QEvent* event) override;

    // One that was left.
    struct Left {
        QString path; // canonical
        QFuture<Result<>> closed;
    };

    Environment& m_environment;
    frame::Preferences& m_preferences;
    Wanted m_wanted;
    std::unique_ptr<Window> m_window;
    std::shared_ptr<Workspace> m_workspace;
    QPointer<shell::MainWindow> m_main;
    QPointer<unlock::UnlockPage> m_cover;
    QString m_name; // of the workspace, for when it cannot be asked
    IdleWatch m_idle;
    std::vector<Left> m_left;
    bool m_quitting = false; // nothing is left to wait for
    Worker m_closer;         // closes what was left, one after another; last: ended before all it may look at
};

} // namespace outrider::desktop
