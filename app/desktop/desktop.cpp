// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "core/base/deliver.h"
#include "core/services/inbox_service.h"
#include "core/services/outbox_service.h"
#include "core/services/settings_service.h"
#include "core/services/workspace_opening.h"
#include "ui/shell/main_window.h"
#include "ui/text/error_text.h"
#include "ui/unlock/first_run_page.h"
#include "ui/unlock/unlock_page.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QTimeZone>

namespace outrider::desktop {

QString lastWorkspaceKey() { return QStringLiteral("workspace/last"); }

Desktop::Desktop(Environment& environment, frame::Preferences& preferences, Wanted wanted)
    : m_environment(environment),
      m_preferences(preferences),
      m_wanted(std::move(wanted)),
      m_window(std::make_unique<Window>(preferences)),
      m_closer("closing", environment.workers) {
    connect(m_window.get(), &Window::closed, qApp, &QApplication::quit);
    m_window->setMayClose([this] { return mayQuit(); });
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this]() {
        if (m_main->hasUnsaved()) { // nobody is there to be asked, and nothing may be lost
            m_idle.start();
            return;
        }
        lock(tr("Locked at %1, after %2 idle minutes")
                 .arg(m_main->context().dates().time(m_environment.clock.now()), QString::number(m_idle.interval() / 60'000)));
    });
    connect(&preferences, &frame::Preferences::idleMinutesChanged, this, &Desktop::watchIdle);
    qApp->installEventFilter(this);
}

Desktop::~Desktop() {
    delete m_window->content(); // before the workspace it looks at
    m_workspace.reset();
    // A workspace that is closing is waited for by its worker's end.
}

void Desktop::start() {
    if (m_wanted.practice)
        openPractice();
    else if (const auto files = inspectWorkspace(m_wanted.path); files && !files->exists)
        showFirstRun();
    else
        showUnlock({}, {}, 0);
    m_window->show();
}

void Desktop::showFirstRun() {
    auto* page = new unlock::FirstRunPage(m_environment, m_wanted.path);
    connect(page, &unlock::FirstRunPage::created, this, &Desktop::work);
    connect(page, &unlock::FirstRunPage::practiceWanted, this, &Desktop::openPractice);
    connect(page, &unlock::FirstRunPage::fileWanted, this, &Desktop::askForWorkspace);
    m_window->setPageTitle({});
    m_window->setContent(page);
}

void Desktop::showUnlock(const QString& locked, const QString& name, int waiting) {
    auto* page = new unlock::UnlockPage(m_environment, m_wanted.path,
                                        {.name = name,
                                         .locked = locked,
                                         .waiting = waiting,
                                         .keychain = locked.isEmpty() && !m_wanted.passphrase,
                                         .after = m_closed});
    connect(page, &unlock::UnlockPage::opened, this,
            [this](std::shared_ptr<Workspace> workspace) { work(std::move(workspace), false); });
    connect(page, &unlock::UnlockPage::otherWanted, this, &Desktop::askForWorkspace);
    connect(page, &unlock::UnlockPage::quitWanted, m_window.get(), &QWidget::close);
    m_window->setPageTitle({});
    m_window->setContent(page);
    if (m_wanted.passphrase)
        page->tryPassphrase(std::exchange(m_wanted.passphrase, nullptr));
}

void Desktop::openPractice() {
    auto* page = new widgets::EmptyState;
    page->setMark(true);
    page->setText(tr("Practice"), tr("Opening the practice workspace…"));
    m_window->setContent(page);
    const std::string path = m_wanted.practice ? m_wanted.path : practiceWorkspacePath();
    deliver(outrider::openPractice(m_environment, path), page, [this, page](Result<std::shared_ptr<Workspace>> opened) {
        if (opened) {
            work(std::move(*opened), false);
            return;
        }
        page->setText(tr("Practice"), text::sentence(opened.error()) + QLatin1Char(' ') + text::hint(opened.error()));
        connect(page->addButton(tr("Try again"), true), &QAbstractButton::clicked, this, &Desktop::openPractice);
        connect(page->addButton(tr("Another workspace…"), false), &QAbstractButton::clicked, this, &Desktop::askForWorkspace);
        connect(page->addButton(tr("Quit"), false), &QAbstractButton::clicked, m_window.get(), &QWidget::close);
    });
}

void Desktop::work(std::shared_ptr<Workspace> workspace, bool import) {
    m_workspace = std::move(workspace);
    if (!m_workspace->isPractice())
        m_preferences.setText(lastWorkspaceKey(), QString::fromStdString(m_workspace->path()));
    m_main = new shell::MainWindow(*m_workspace, m_preferences);
    connect(m_main, &shell::MainWindow::titleChanged, m_window.get(), &Window::setPageTitle);
    // What ends the window waits until the command that asked for it has returned.
    connect(
        m_main, &shell::MainWindow::lockWanted, this,
        [this]() {
            m_main->leaveSafely(
                tr("Lock"), [this] { lock(tr("Locked at %1").arg(m_main->context().dates().time(m_environment.clock.now()))); });
        },
        Qt::QueuedConnection);
    connect(
        m_main, &shell::MainWindow::practiceWanted, this,
        [this]() {
            leaveFor(tr("Leave"), [this] {
                m_wanted.practice = false;
                openPractice();
            });
        },
        Qt::QueuedConnection);
    connect(m_main, &shell::MainWindow::otherWorkspaceWanted, this, &Desktop::askForWorkspace, Qt::QueuedConnection);
    m_window->setContent(m_main);
    m_main->startEngines();
    if (import)
        m_main->openImport({});
    watchIdle();
}

void Desktop::leave() {
    m_idle.stop();
    if (!m_main)
        return;
    auto* nothing = new QWidget;
    QWidget* main = m_main;
    m_window->setContent(nothing);
    delete main;
    m_closed = m_workspace->close(m_closer);
    m_workspace.reset();
}

void Desktop::leaveFor(const QString& what, std::function<void()> next) {
    if (!m_main) {
        next();
        return;
    }
    m_main->leaveSafely(what, [this, next = std::move(next)] {
        // Out of the sheet's own call before what it lies on goes.
        QMetaObject::invokeMethod(
            this,
            [this, next] {
                leave();
                next();
            },
            Qt::QueuedConnection);
    });
}

// A message under way is finished after the window has gone.
bool Desktop::mayQuit() {
    if (m_quitting || !m_main || !m_main->hasUnsaved())
        return true;
    m_main->leaveSafely(tr("Quit"), [this] {
        m_quitting = true;
        QMetaObject::invokeMethod(m_window.get(), &QWidget::close, Qt::QueuedConnection);
    });
    return false;
}

void Desktop::lock(const QString& why) {
    if (!m_main || !m_workspace)
        return;
    if (m_workspace->isPractice()) { // its key is no secret: there is nothing to lock
        m_main->info(tr("The practice workspace has no lock: its key is no secret."));
        return;
    }
    m_wanted.path = m_workspace->path();
    // Named on the lock screen from memory; the file itself says nothing while it is closed.
    struct Known {
        QString name;
        int waiting = 0;
    };
    auto known = std::make_shared<Known>();
    deliver(m_workspace->outbox().counts(), m_main, [this, known, why](Result<OutboxCounts> counts) {
        known->waiting = counts ? counts->waiting : 0;
        deliver(m_workspace->settings().info(), m_main, [this, known, why](Result<WorkspaceInfo> info) {
            known->name = info ? QString::fromStdString(info->name) : QString();
            // Out of the answer's own call before what it belongs to goes.
            QMetaObject::invokeMethod(
                this,
                [this, known, why]() {
                    leave();
                    showUnlock(why, known->name, known->waiting);
                },
                Qt::QueuedConnection);
        });
    });
}

void Desktop::askForWorkspace() {
    auto* dialog =
        new QFileDialog(m_window.get(), tr("Open a workspace"), QFileInfo(QString::fromStdString(m_wanted.path)).path(),
                        tr("Outrider workspaces (*.outrider)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        leaveFor(tr("Leave"), [this, path] {
            m_wanted = {.path = path.toStdString(), .practice = false, .passphrase = nullptr};
            showUnlock({}, {}, 0);
        });
    });
    dialog->open();
}

void Desktop::watchIdle() {
    m_idle.stop();
    const int minutes = m_preferences.idleMinutes();
    if (minutes <= 0 || !m_workspace || m_workspace->isPractice())
        return;
    m_idle.setInterval(minutes * 60'000);
    m_idle.start();
}

bool Desktop::eventFilter(QObject*, QEvent* event) {
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
        if (m_idle.isActive())
            m_idle.start();
        break;
    default:
        break;
    }
    return false;
}

} // namespace outrider::desktop
