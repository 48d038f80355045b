// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/shell/location.h"
#include "ui/shell/palette.h"

#include <functional>
#include <map>

class QAction;
class QStackedWidget;

namespace outrider::widgets {
class Banner;
class Sheet;
} // namespace outrider::widgets

namespace outrider::shell {

class Indicators;
class Rail;
class StatusBar;
class Toast;
class UndoControl;

// The window around the pages of one open workspace: rail, page, status bar, toast, palette; where one
// is and was; undo; keys that act everywhere. A widget that fills a top-level window or is one.
class MainWindow : public QWidget, public frame::Navigator, public frame::Notifier {
    Q_OBJECT

public:
    // Both outlive it.
    MainWindow(Workspace& workspace, frame::Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Sending and reading mail begin: for a real session, not for pictures.
    void startEngines();

    const frame::Context& context() const { return m_context; }
    frame::Page* currentPage() const;
    PageKind currentKind() const { return m_kind; }
    QString title() const;

    // Does it at once when nothing typed would be lost; else the person is asked first, on the page it is on.
    // `what`: "Lock", "Quit".
    void leaveSafely(const QString& what, std::function<void()> leave);
    bool hasUnsaved() const;
    // As the status bar says it: what will leave when it may.
    int waitingMessages() const;

    // Navigator
    void go(Place place) override;
    void openLead(LeadId id, std::vector<LeadId> neighbours) override;
    void openLeads(const QString& filter) override;
    void openCompany(CompanyId id) override;
    void openSavedView(SavedViewId id) override;
    void openStrategy(StrategyId id) override;
    void newStrategy() override;
    void openImport(const QString& path) override;
    void openMailbox(std::optional<MailboxId> id) override;
    void process(std::optional<TaskId> first) override;
    void openWorkspace(const QString& path) override { Q_EMIT workspaceWanted(path); }
    void back() override;
    void openPalette(const QString& text) override;
    void newLead() override;
    void forward();

    // Notifier
    void done(const QString& sentence, bool undoable, theme::Icon icon) override;
    void sending(const QString& who, Instant leavesAt) override;
    void failed(const Error& error, const QString& what) override;
    void info(const QString& sentence) override;
    int startJob(const QString& title, ProgressPtr progress) override;
    void endJob(int handle) override;

Q_SIGNALS:
    void titleChanged(const QString& title);
    void lockWanted();
    void practiceWanted();
    void otherWorkspaceWanted();
    void workspaceWanted(const QString& path);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void addCommands();
    void addLookCommands();
    widgets::Sheet* unsavedSheet() const;
    bool visit(const Location& location);
    void bringBack(PageKind kind);
    void travel(Location location);
    void holdEverything(bool hold);
    // The one that paused by itself, if one did.
    void resumeMailbox();
    void showTrouble();
    void showMenu();
    void placeToast();
    void placeRail();
    QAction* add(const frame::Command& command, std::function<void()> run);

    frame::Commands m_commands;
    frame::Context m_context;
    Rail* m_rail;
    widgets::Banner* m_banner;
    QStackedWidget* m_stack;
    StatusBar* m_statusBar;
    Toast* m_toast = nullptr;
    UndoControl* m_undo;
    Indicators* m_indicators;
    QAction* m_undoAction = nullptr;
    QAction* m_redoAction = nullptr;
    QAction* m_toastUndo = nullptr;
    QAction* m_forwardAction = nullptr;
    QAction* m_backAction = nullptr;
    std::map<PageKind, frame::Page*> m_pages;
    PageKind m_kind = PageKind::Today;
    Trail m_trail;
    PaletteMemory m_memory;
    QPointer<Palette> m_palette;
    QPointer<widgets::Sheet> m_asking;
};

} // namespace outrider::shell
