// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "core/base/deliver.h"
#include "core/services/backup_service.h"
#include "core/services/settings_service.h"
#include "core/services/workspace_opening.h"
#include "ui/shell/main_window.h"
#include "ui/text/error_text.h"
#include "ui/unlock/closing_page.h"
#include "ui/unlock/first_run_page.h"
#include "ui/unlock/unlock_page.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

namespace outrider::desktop {

namespace {

// A future whose result was taken is neither started nor finished.
bool isUnderWay(const QFuture<Result<>>& future) { return future.isStarted() && !future.isFinished(); }

} // namespace

QString lastWorkspaceKey() { return QStringLiteral("workspace/last"); }

Desktop::Desktop(Environment& environment, frame::Preferences& preferences, Wanted wanted)
    : m_environment(environment),
      m_preferences(preferences),
      m_wanted(std::move(wanted)),
      m_window(std::make_unique<Window>(preferences)),
      m_idle(environment.clock, this),
      m_closer("closing", environment.workers) {
    connect(m_window.get(), &Window::closed, qApp, &QApplication::quit);
    m_window->setMayClose([this] { return mayQuit(); });
    connect(&m_idle, &IdleWatch::over, this, [this] {
        if (m_main)
            lock(tr("Locked at %1, after %2 idle minutes")
                     .arg(m_main->context().dates().time(m_environment.clock.now()), QString::number(m_idle.minutes())));
    });
    connect(&preferences, &frame::Preferences::idleMinutesChanged, this, [this] {
        if (m_workspace && !m_workspace->isPractice())
            m_idle.start(m_preferences.idleMinutes());
    });
    qApp->installEventFilter(this);
}

Desktop::~Desktop() {
    delete m_window->content(); // before the workspace it looks at
    m_workspace.reset();
}

void Desktop::start() {
    if (m_wanted.practice)
        openPractice();
    else if (const auto files = inspectWorkspace(m_wanted.path);
             files && !files->exists && backupsBeside(m_wanted.path).empty()) // with backups it was lost, not never made
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
                                         .after = closingOf(m_wanted.path)});
    connect(page, &unlock::UnlockPage::opened, this,
            [this](std::shared_ptr<Workspace> workspace) { work(std::move(workspace), false); });
    connect(page, &unlock::UnlockPage::otherWanted, this, &Desktop::askForWorkspace);
    connect(page, &unlock::UnlockPage::restored, this, &Desktop::openOther, Qt::QueuedConnection);
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
    if (const auto closing = closingOf(path); isUnderWay(closing)) {
        deliver(closing, page, [this](const Result<>&) { openPractice(); });
        return;
    }
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
        [this] { lock(tr("Locked at %1").arg(m_main->context().dates().time(m_environment.clock.now()))); },
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
    connect(m_main, &shell::MainWindow::workspaceWanted, this, &Desktop::openOther, Qt::QueuedConnection);
    m_window->setContent(m_main);
    m_main->startEngines();
    if (import)
        m_main->openImport({});
    m_idle.start(m_workspace->isPractice() ? 0 : m_preferences.idleMinutes());
    readName();
    connect(m_workspace.get(), &Workspace::changed, m_main, [this](const ChangeSet& changes) {
        if (changes.touches(EntityKind::Setting))
            readName();
    });
}

void Desktop::readName() {
    deliver(m_workspace->settings().info(), m_main, [this](Result<WorkspaceInfo> info) {
        if (info)
            m_name = QString::fromStdString(info->name);
    });
}

void Desktop::leave() {
    m_idle.stop();
    if (!m_main)
        return;
    QWidget* main = m_main;
    m_window->setContent(new QWidget);
    delete main;
    m_wanted = {.path = m_workspace->path(), .practice = m_workspace->isPractice(), .passphrase = nullptr};
    std::erase_if(m_left, [](const Left& left) { return !isUnderWay(left.closed); });
    m_left.push_back({QFileInfo(QString::fromStdString(m_wanted.path)).canonicalFilePath(), m_workspace->close(m_closer)});
    m_workspace.reset();
}

void Desktop::leaveFor(const QString& what, std::function<void()> next) {
    if (!m_main) {
        next();
        return;
    }
    m_main->leaveSafely(what, [this, next = std::move(next)] {
        // Out of the call of what is about to go: a command, a sheet's button.
        QMetaObject::invokeMethod(
            this,
            [this, next] {
                leave();
                next();
            },
            Qt::QueuedConnection);
    });
}

bool Desktop::isClosing() const {
    return std::any_of(m_left.begin(), m_left.end(), [](const Left& left) { return isUnderWay(left.closed); });
}

// Under way while something of that file is still closing.
QFuture<Result<>> Desktop::closingOf(const std::string& path) const {
    const QString canonical = QFileInfo(QString::fromStdString(path)).canonicalFilePath();
    for (auto left = m_left.rbegin(); left != m_left.rend(); ++left) {
        if (left->path == canonical)
            return left->closed;
    }
    return ready(Result<>());
}

bool Desktop::mayQuit() {
    if (m_quitting)
        return true;
    if (m_cover) {
        m_cover->say(tr("Something you wrote is not saved. Unlock first, then save it or leave it behind."));
        return false;
    }
    if (!m_main && !isClosing())
        return true;
    leaveFor(tr("Quit"), [this] { quitWhenClosed(); });
    return false;
}

// A message under way is finished first: killed half way, nobody would know whether it was sent.
void Desktop::quitWhenClosed() {
    auto* page = new unlock::ClosingPage(m_name);
    deliver(m_left.back().closed, page, [this](const Result<>&) {
        m_quitting = true;
        m_window->close();
    });
    connect(
        page, &unlock::ClosingPage::stayWanted, this,
        [this] {
            if (m_wanted.practice)
                openPractice();
            else
                showUnlock({}, m_name, 0);
        },
        Qt::QueuedConnection);
    m_window->setPageTitle({});
    m_window->setContent(page);
}

void Desktop::lock(const QString& why) {
    if (!m_main || m_cover)
        return;
    if (m_workspace->isPractice()) { // its key is no secret: there is nothing to lock
        m_main->info(tr("The practice workspace has no lock: its key is no secret."));
        return;
    }
    if (QWidget* popup = QApplication::activePopupWidget())
        popup->close();
    if (m_main->hasUnsaved()) {
        cover(why);
        return;
    }
    const int waiting = m_main->waitingMessages();
    leave();
    showUnlock(why, m_name, waiting);
}

// Nobody is there to be asked, and nothing typed may be lost: it stays behind the lock.
void Desktop::cover(const QString& why) {
    m_idle.stop();
    m_cover = new unlock::UnlockPage(m_environment, m_workspace->path(),
                                     {.name = m_name, .locked = why, .keychain = false, .after = {}, .kept = true});
    connect(m_cover, &unlock::UnlockPage::opened, this, [this](const std::shared_ptr<Workspace>& proof) {
        proof->close(m_closer);
        m_window->setCover(nullptr);
        m_cover = nullptr;
        m_window->setPageTitle(m_main->title());
        m_idle.start(m_preferences.idleMinutes());
    });
    m_window->setPageTitle({});
    m_window->setCover(m_cover);
}

void Desktop::askForWorkspace() {
    auto* dialog =
        new QFileDialog(m_window.get(), tr("Open a workspace"), QFileInfo(QString::fromStdString(m_wanted.path)).path(),
                        tr("Outrider workspaces (*.outrider)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &Desktop::openOther);
    dialog->open();
}

void Desktop::openOther(const QString& path) {
    leaveFor(tr("Leave"), [this, path] {
        m_wanted = {.path = path.toStdString(), .practice = false, .passphrase = nullptr};
        showUnlock({}, {}, 0);
    });
}

bool Desktop::eventFilter(QObject*, QEvent* event) {
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
        // The first touch after a night asleep is no use of the program: it finds it locked.
        if (m_idle.isOver()) {
            QMetaObject::invokeMethod(&m_idle, &IdleWatch::look, Qt::QueuedConnection);
            return true;
        }
        m_idle.used();
        break;
    default:
        break;
    }
    return false;
}

} // namespace outrider::desktop
