// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "core/base/deliver.h"
#include "core/services/backup_service.h"
#include "core/services/mail_history_service.h"
#include "core/services/meeting_service.h"
#include "ui/shell/indicators.h"
#include "ui/shell/pages.h"
#include "ui/shell/quick_add.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/toast.h"
#include "ui/shell/undo_control.h"
#include "ui/text/account_text.h"
#include "ui/text/error_text.h"
#include "ui/text/mailbox_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>

namespace outrider::shell {

using namespace widgets;

namespace {

const QString recentKey = QStringLiteral("palette/recent");

// Below this the rail is icons alone; the minimum of the window is 1024.
constexpr int railFrom = 1100;

bool canBeImported(const QMimeData* data) {
    const auto urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile();
}

} // namespace

MainWindow::MainWindow(Workspace& workspace, frame::Preferences& preferences, QWidget* parent)
    : QWidget(parent),
      m_context{workspace, *this, *this, m_commands, preferences},
      m_rail(new Rail),
      m_banner(new Banner),
      m_stack(new QStackedWidget),
      m_statusBar(new StatusBar) {
    setAcceptDrops(true);
    m_commands.keepIn(preferences);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    auto* content = new QVBoxLayout;
    content->setSpacing(0);
    content->addWidget(m_banner);
    content->addWidget(m_stack, 1);
    middle->addLayout(content, 1);
    rows->addLayout(middle, 1);
    rows->addWidget(m_statusBar);

    m_undo = new UndoControl(m_context, this);
    m_indicators = new Indicators(m_context, *m_rail, *m_statusBar, this);
    m_memory.commands = preferences.text(recentKey).split(QLatin1Char(','), Qt::SkipEmptyParts);
    addCommands();

    m_toast = new Toast(workspace.clock(), m_undoAction, this);
    connect(m_toast, &Toast::changed, this, [this]() {
        m_toastUndo->setEnabled(m_toast->offersUndo());
        placeToast();
    });
    m_statusBar->setUndo(m_undoAction);
    connect(m_rail, &Rail::placeChosen, this, [this](Place place) { go(place); });
    connect(m_rail, &Rail::viewChosen, this, [this](SavedViewId id) { openSavedView(id); });
    connect(m_rail, &Rail::menuWanted, this, &MainWindow::showMenu);
    connect(m_statusBar, &StatusBar::outboxClicked, this, [this]() { go(Place::Outbox); });
    connect(m_statusBar, &StatusBar::fileClicked, this, [this]() { go(Place::Settings); });
    connect(m_statusBar, &StatusBar::mailClicked, this, [this]() { go(Place::Inbox); });
    connect(m_indicators, &Indicators::troubleChanged, this, &MainWindow::showTrouble);
    connect(m_banner, &Banner::verbClicked, this, [this]() {
        if (m_indicators->fence() != FenceReason::None)
            go(Place::Outbox);
        else if (const auto& mailbox = m_indicators->needsAttention(); mailbox && mailbox->state == MailboxState::Paused)
            resumeMailbox();
        else if (mailbox)
            openMailbox(mailbox->id);
        else
            holdEverything(false);
    });
    connect(m_undo, &UndoControl::undone, this, [this](const QString& sentence) { m_toast->showRedo(sentence, m_redoAction); });
    connect(m_undo, &UndoControl::redone, this,
            [this](const QString& sentence) { m_toast->showText(theme::Icon::Redo, sentence, true); });
    m_indicators->refresh();
}

MainWindow::~MainWindow() {
    m_context.preferences.setText(recentKey, m_memory.commands.join(QLatin1Char(',')));
    // Before the commands and the context they hold go.
    delete m_palette;
    for (const auto& [kind, page] : m_pages)
        delete page;
}

void MainWindow::startEngines() {
    if (m_context.workspace.isReadOnly())
        return;
    m_context.workspace.outbox().start();
    m_context.workspace.inbox().start();
    m_context.workspace.meetings().start();
    m_context.workspace.mailHistory().start();
    m_context.workspace.backups().start();
    deliver(m_context.workspace.imports().takeStopped(), this, [this](const Result<std::optional<ImportBatch>>& stopped) {
        if (stopped && *stopped)
            info(tr("The import of %1 was stopped when the workspace was closed; %2 were taken. Import the file again to go on: "
                    "they are recognised. Undo takes them back.")
                     .arg(text::isolated(text::toQt((*stopped)->fileName)),
                          text::counted((*stopped)->added + (*stopped)->updated + (*stopped)->unchanged, tr("row"), tr("rows"))));
    });
}

frame::Page* MainWindow::currentPage() const { return static_cast<frame::Page*>(m_stack->currentWidget()); }

QString MainWindow::title() const { return currentPage() ? currentPage()->pageTitle() : QString(); }

// Leaving

bool MainWindow::hasUnsaved() const {
    return unsavedSheet() != nullptr
           || std::any_of(m_pages.begin(), m_pages.end(), [](const auto& entry) { return entry.second->hasUnsaved(); });
}

int MainWindow::waitingMessages() const { return m_indicators->waitingMessages(); }

// An open one with something that would be lost.
Sheet* MainWindow::unsavedSheet() const {
    const auto sheets = window()->findChildren<Sheet*>();
    const auto it = std::find_if(sheets.begin(), sheets.end(),
                                 [](const Sheet* sheet) { return !sheet->isHidden() && sheet->holdsUnsaved(); });
    return it == sheets.end() ? nullptr : *it;
}

void MainWindow::leaveSafely(const QString& what, std::function<void()> leave) {
    const auto unsaved =
        std::find_if(m_pages.begin(), m_pages.end(), [](const auto& entry) { return entry.second->hasUnsaved(); });
    Sheet* const filled = unsavedSheet();
    if (unsaved == m_pages.end() && filled == nullptr) {
        leave();
        return;
    }
    if (m_asking && !m_asking->isHidden())
        return;
    auto* sheet = new Sheet(this, tr("Something you wrote is not saved"));
    m_asking = sheet;
    const QString where = filled ? filled->title() : unsaved->second->pageTitle();
    auto* text =
        new Label(theme::TextStyle::Body, Ink::Text,
                  tr("It is in “%1”. Look at it first, or leave it behind: it is then gone.").arg(text::isolated(where)));
    text->setWordWrap(true);
    sheet->body()->addWidget(text);
    sheet->addCancel(tr("Cancel"));
    auto* gone = sheet->addButton(Button::Kind::Danger, tr("%1 without it").arg(what));
    connect(gone, &QAbstractButton::clicked, sheet, [sheet, leave = std::move(leave)] {
        sheet->finish();
        leave();
    });
    auto* look = sheet->addButton(Button::Kind::Primary, tr("Look at it"));
    connect(look, &QAbstractButton::clicked, sheet, [this, sheet, filled, unsaved] {
        sheet->finish(); // gives the focus back to the one below
        if (filled)
            return;
        const auto& [kind, page] = *unsaved;
        if (page != currentPage()) // as it was left
            bringBack(kind);
        page->setFocus(Qt::OtherFocusReason);
    });
    sheet->open(look);
}

// Going

void MainWindow::travel(Location location) {
    if (visit(location))
        m_trail.go(std::move(location));
    m_backAction->setEnabled(m_trail.canGoBack());
    m_forwardAction->setEnabled(m_trail.canGoForward());
}

// A page as it stands, without telling it where to go.
void MainWindow::bringBack(PageKind kind) {
    m_kind = kind;
    m_stack->setCurrentWidget(m_pages.at(kind));
    m_rail->setHere(placeOf(kind), {});
    placeRail();
    placeToast();
    currentPage()->enter();
    Q_EMIT titleChanged(title());
}

bool MainWindow::visit(const Location& location) {
    frame::Page* before = currentPage();
    const bool samePage = before && m_kind == location.page;
    if (before && !samePage && !before->mayLeave())
        return false;
    auto& page = m_pages[location.page];
    if (!page) {
        page = makePage(location.page, m_context, m_stack);
        m_stack->addWidget(page);
        connectPages(m_pages);
        connect(page, &frame::Page::titleChanged, this, [this, page = page]() {
            if (page == currentPage())
                Q_EMIT titleChanged(title());
        });
    }
    m_kind = location.page;
    m_stack->setCurrentWidget(page);
    m_rail->setHere(placeOf(location.page), location.page == PageKind::Leads ? location.view : SavedViewId());
    placeRail();
    placeToast();
    showLocation(page, location, before && before != page ? before->pageTitle() : QString());
    page->enter();
    Q_EMIT titleChanged(title());
    return true;
}

void MainWindow::go(Place place) {
    Location to{.page = pageOf(place)};
    if (place == Place::Leads) // the rail's entry is the whole list, whatever was filtered before
        to.filter = QString();
    travel(std::move(to));
}

void MainWindow::openLead(LeadId id, std::vector<LeadId> neighbours) {
    travel({.page = PageKind::Lead, .lead = id, .neighbours = std::move(neighbours)});
}

void MainWindow::openLeads(const QString& filter) { travel({.page = PageKind::Leads, .filter = filter}); }

void MainWindow::openCompany(CompanyId id) { travel({.page = PageKind::Company, .company = id}); }

void MainWindow::openSavedView(SavedViewId id) { travel({.page = PageKind::Leads, .view = id}); }

void MainWindow::openStrategy(StrategyId id) { travel({.page = PageKind::StrategyEditor, .strategy = id}); }

void MainWindow::newStrategy() { travel({.page = PageKind::StrategyEditor}); }

void MainWindow::openImport(const QString& path) {
    const bool isCalendar = path.endsWith(QLatin1String(".ics"), Qt::CaseInsensitive);
    travel({.page = isCalendar ? PageKind::Settings : PageKind::Imports, .path = path});
}

void MainWindow::openMailbox(std::optional<MailboxId> id) {
    travel({.page = PageKind::Settings, .toMailbox = true, .mailbox = id});
}

void MainWindow::process(std::optional<TaskId> first) { travel({.page = PageKind::Process, .task = first}); }

void MainWindow::back() {
    const Location* behind = m_trail.behind();
    if (!behind) {
        if (m_kind != PageKind::Today)
            go(placeOf(m_kind));
        return;
    }
    if (visit(*behind))
        m_trail.back();
    m_backAction->setEnabled(m_trail.canGoBack());
    m_forwardAction->setEnabled(m_trail.canGoForward());
}

void MainWindow::forward() {
    if (!m_trail.canGoForward())
        return;
    if (!visit(m_trail.forward()))
        m_trail.back();
    m_backAction->setEnabled(m_trail.canGoBack());
    m_forwardAction->setEnabled(m_trail.canGoForward());
}

void MainWindow::openPalette(const QString& text) {
    if (!m_palette) {
        m_palette = new Palette(m_context, m_memory, currentPage() ? currentPage()->subject() : QString(), this);
        m_palette->open();
    }
    m_palette->setText(text);
}

void MainWindow::newLead() { openQuickAdd(m_context, this); }

// Telling

void MainWindow::done(const QString& sentence, bool undoable, theme::Icon icon) { m_toast->showText(icon, sentence, undoable); }

void MainWindow::sending(const QString& who, Instant leavesAt) { m_toast->showSending(who, leavesAt); }

void MainWindow::failed(const Error& error, const QString& what) {
    if (error.code == ErrorCode::Cancelled)
        return;
    QStringList parts{what, text::sentence(error), text::hint(error)};
    parts.removeAll(QString());
    m_toast->showFailure(parts.join(QLatin1Char(' ')));
}

void MainWindow::info(const QString& sentence) { m_toast->showText(theme::Icon::CircleInfo, sentence, false); }

int MainWindow::startJob(const QString& title, ProgressPtr progress) { return m_statusBar->startJob(title, std::move(progress)); }

void MainWindow::endJob(int handle) { m_statusBar->endJob(handle); }

void MainWindow::holdEverything(bool hold) {
    deliver(m_context.workspace.outbox().holdEverything(hold), this, [this, hold](Result<> result) {
        if (!result) {
            failed(result.error(), hold ? tr("Nothing was held.") : tr("Everything is still held."));
            return;
        }
        m_indicators->refresh();
        if (!hold)
            m_context.workspace.outbox().wake();
        info(hold ? tr("Everything is held: nothing leaves until you release it.") : tr("Sending goes on."));
    });
}

void MainWindow::resumeMailbox() {
    const auto& mailbox = m_indicators->needsAttention();
    if (!mailbox || mailbox->state != MailboxState::Paused)
        return;
    const QString address = text::isolated(text::toQt(mailbox->address));
    deliver(m_context.workspace.mailboxes().setPaused(mailbox->id, false), this, [this, address](Result<> result) {
        if (!result) {
            failed(result.error(), tr("%1 is still paused.").arg(address));
            return;
        }
        m_context.workspace.outbox().wake();
        info(tr("%1 sends again.").arg(address));
    });
}

// One banner at most: what the person has not chosen comes before what they have.
void MainWindow::showTrouble() {
    if (const FenceReason fence = m_indicators->fence(); fence != FenceReason::None) {
        m_banner->show(Banner::Tone::Warn, text::fenceText(fence), tr("Look through the outbox"));
    } else if (const auto& mailbox = m_indicators->needsAttention()) {
        const QString address = text::isolated(text::toQt(mailbox->address));
        const QString reconnect = text::reconnectReason(*mailbox);
        m_banner->show(Banner::Tone::Bad,
                       mailbox->state == MailboxState::Paused
                           ? QStringLiteral("%1: %2").arg(address, text::pausedBecause(*mailbox))
                       : !reconnect.isEmpty() ? QStringLiteral("%1: %2").arg(address, reconnect)
                       : mailbox->stateReason == name(ErrorCode::AuthFailed)
                           ? tr("The server of %1 asks you to sign in again. Nothing is sent or read until then.").arg(address)
                           : tr("%1 needs you: nothing is sent or read until it is mended.").arg(address),
                       mailbox->state == MailboxState::Paused                ? tr("Resume")
                       : !reconnect.isEmpty()                                ? tr("Reconnect")
                       : mailbox->stateReason == name(ErrorCode::AuthFailed) ? tr("Sign in again")
                                                                             : tr("Look at it"));
    } else if (m_indicators->isEverythingHeld()) {
        m_banner->show(Banner::Tone::Warn, tr("Everything is held. No message leaves."), tr("Release"));
    } else {
        m_banner->hide();
    }
}

void MainWindow::showMenu() {
    const bool held = m_indicators->isEverythingHeld();
    const auto entry = [](const QString& text, theme::Icon icon, const QString& hint, std::function<void()> run) {
        return Popup::Entry{.text = text, .hint = hint, .icon = icon, .run = std::move(run)};
    };
    QList<Popup::Entry> entries;
    entries << entry(held ? tr("Release everything") : tr("Hold everything"), held ? theme::Icon::Play : theme::Icon::Pause,
                     QStringLiteral("Ctrl+Shift+H"), [this, held]() { holdEverything(!held); })
            << entry(tr("Lock"), theme::Icon::Lock, QStringLiteral("Ctrl+L"), [this]() { Q_EMIT lockWanted(); })
            << entry(tr("Keys here"), theme::Icon::Keyboard, QStringLiteral("F1"), [this]() {
                   for (const auto& command : m_commands.available()) {
                       if (command.command.id == QLatin1String("app.keys"))
                           command.action->trigger();
                   }
               });
    if (!m_context.workspace.isPractice())
        entries << entry(tr("Practice workspace"), theme::Icon::Shield, {}, [this]() { Q_EMIT practiceWanted(); });
    entries << entry(tr("Another workspace…"), theme::Icon::File, {}, [this]() { Q_EMIT otherWorkspaceWanted(); })
            << entry(tr("Settings"), theme::Icon::Settings, QStringLiteral("Ctrl+,"), [this]() { go(Place::Settings); });
    Popup::open(m_rail->head(), tr("Workspace menu"), entries);
}

// Where things are

void MainWindow::placeRail() { m_rail->setCollapsed(m_kind == PageKind::Process || (width() > 0 && width() < railFrom)); }

void MainWindow::placeToast() {
    if (!m_toast)
        return;
    const theme::Tokens& tokens = theme::tokens(this);
    const int bottom = height() - m_statusBar->height();
    const int slot = tokens.size.detailPaneMin + 2 * tokens.space.l + tokens.space.s; // 344
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    QSize size;
    QPoint at;
    if (const QWidget* own = toastSlot(currentPage())) {
        size = m_toast->sizeWithin(own->width(), own->width());
        at = own->mapTo(this, QPoint(0, (own->height() - size.height()) / 2));
    } else {
        const int start = m_rail->width() + tokens.space.l;
        size = m_toast->sizeWithin(slot, width() - start - tokens.space.l);
        // At the start; on a lead's page at the end, where nobody writes.
        const bool atLeft = (m_kind != PageKind::Lead) != rtl;
        const int left = rtl ? tokens.space.l : start;
        const int right = width() - size.width() - (rtl ? start : tokens.space.l);
        at = {atLeft ? left : right, bottom - tokens.space.m - size.height()};
    }
    m_toast->setGeometry(QRect(at, size));
    m_toast->raise();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeRail();
    placeToast();
}

void MainWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        placeToast();
}

void MainWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!currentPage())
        go(Place::Today);
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
        return;
    }
    frame::Page* page = currentPage();
    if (!page || page->stepBack())
        return;
    // The places of the rail lead nowhere back; what was opened from them does.
    if (m_kind == PageKind::Process || m_kind == PageKind::Lead || m_kind == PageKind::Company
        || m_kind == PageKind::StrategyEditor)
        back();
}

void MainWindow::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::BackButton)
        back();
    else if (event->button() == Qt::ForwardButton)
        forward();
    else
        QWidget::mousePressEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (canBeImported(event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    if (!canBeImported(event->mimeData()))
        return;
    event->acceptProposedAction();
    openImport(event->mimeData()->urls().first().toLocalFile());
}

} // namespace outrider::shell
