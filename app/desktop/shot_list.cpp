// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/shot_list.h"

#include "app/desktop/sample_export.h"
#include "core/base/deliver.h"
#include "ui/frame/restore_sheet.h"
#include "ui/unlock/closing_page.h"
#include "ui/unlock/first_run_page.h"
#include "ui/unlock/unlock_page.h"
#include "ui/widgets/gallery.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QTemporaryDir>

#include <algorithm>
#include <iterator>
#include <memory>

namespace outrider::desktop {

namespace {

using Window = shell::MainWindow;
using Place = frame::Navigator::Place;

std::function<void(Window&)> go(Place place) {
    return [place](Window& window) { window.go(place); };
}

// The lead these words find.
std::function<void(Window&)> openLead(const char* words) {
    return [words](Window& window) {
        deliver(window.context().workspace.search().search(words), &window, [&window](Result<SearchResult> found) {
            if (found && !found->hits.empty())
                window.openLead(found->hits.front().lead, {});
        });
    };
}

// The company these words find.
std::function<void(Window&)> openCompany(const char* words) {
    return [words](Window& window) {
        deliver(window.context().workspace.companies().page({.words = words, .limit = 1, .after = {}}), &window,
                [&window](Result<CompanyPage> page) {
                    if (page && !page->rows.empty())
                        window.openCompany(page->rows.front().id);
                });
    };
}

// A card held over another stage; the board's lists are named after their stages.
void dragCard(Window& window) {
    const auto* from = qobject_cast<QAbstractScrollArea*>(named(window, "In progress cards"));
    const auto* to = qobject_cast<QAbstractScrollArea*>(named(window, "Replied cards"));
    if (from == nullptr || to == nullptr)
        return;
    QWidget* surface = from->viewport();
    const QPoint start(surface->width() / 2, surface->height() / 4);
    const QPoint target = to->viewport()->mapToGlobal(QPoint(to->viewport()->width() / 4, to->viewport()->height() / 3));
    QMouseEvent press(QEvent::MouseButtonPress, start, surface->mapToGlobal(start), Qt::LeftButton, Qt::LeftButton, {});
    QApplication::sendEvent(surface, &press);
    QMouseEvent move(QEvent::MouseMove, surface->mapFromGlobal(target), target, Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(surface, &move);
}

// A file of leads, in the import wizard. The folder goes with the last copy of the step.
std::function<void(Window&)> openExport() {
    const auto folder = std::make_shared<QTemporaryDir>();
    return [folder](Window& window) { window.openImport(writeSampleExport(folder->path())); };
}

std::function<void(Window&)> selectColumn(int row) {
    return [row](Window& window) {
        for (int i = 0; i < row; ++i)
            press(window, QKeySequence(Qt::Key_Down));
    };
}

QWidget* firstRun(Environment& environment, const QString& folder) {
    return new unlock::FirstRunPage(environment, (folder + QStringLiteral("/new.outrider")).toStdString());
}

QWidget* unlockPage(Environment& environment, const QString& folder) {
    return new unlock::UnlockPage(environment, (folder + QStringLiteral("/locked.outrider")).toStdString(),
                                  {.name = QStringLiteral("Harborline, Mara"),
                                   .locked = QStringLiteral("Locked at 12:40, after 15 idle minutes"),
                                   .waiting = 14});
}

// One whose file is gone.
QWidget* lostPage(Environment& environment, const QString& folder) {
    return new unlock::UnlockPage(environment, (folder + QStringLiteral("/lost.outrider")).toStdString(),
                                  {.name = QStringLiteral("Harborline, Mara")});
}

// What the practice workspace has none of: two backups to choose from.
void restoreSheet(Window& window) {
    const Instant now = window.context().workspace.clock().now();
    const auto backup = [now](int hours, BackupKind kind) {
        return BackupFile{
            .path = std::to_string(hours), .at = now - std::chrono::hours(hours), .kind = kind, .bytes = 48'300'000};
    };
    auto* sheet = new frame::RestoreSheet(&window,
                                          {.backups = {backup(26, BackupKind::Daily), backup(1, BackupKind::Hourly)},
                                           .workspace = "/home/mara/harborline.outrider",
                                           .dates = window.context().dates(),
                                           .asksPassphrase = true},
                                          {});
    sheet->open();
}

QWidget* keptPage(Environment& environment, const QString& folder) {
    return new unlock::UnlockPage(environment, (folder + QStringLiteral("/locked.outrider")).toStdString(),
                                  {.name = QStringLiteral("Harborline, Mara"),
                                   .locked = QStringLiteral("Locked at 12:40"),
                                   .keychain = false,
                                   .after = {},
                                   .kept = true});
}

QWidget* closingPage(Environment&, const QString&) {
    auto* page = new unlock::ClosingPage(QStringLiteral("Harborline, Mara"));
    page->say();
    return page;
}

// A week of tasks, the first of today's chosen.
std::vector<std::function<void(Window&)>> calendarWeek() {
    return {go(Place::Calendar), [](Window& window) { press(window, QKeySequence(Qt::Key_W)); },
            [](Window& window) { press(window, QKeySequence(Qt::Key_Home)); }};
}

// The same, where room, size of type, colours or direction are others.
void addVariants(std::vector<Shot>& shots) {
    // Every screen; and those of the settings and before them in every room as well.
    static constexpr const char* inColours[] = {"01-today-list", "03-today-calendar",   "04-leads-table", "05-lead-page",
                                                "06-strategies", "06b-strategy-editor", "07-inbox",       "08-pipeline-board",
                                                "10-dashboards", "11-command-palette",  "13-outbox",      "24-companies",
                                                "24b-company"};
    static constexpr const char* inAll[] = {"12-first-run",
                                            "12a-recovery-code",
                                            "12b-unlock",
                                            "12c-locked-kept",
                                            "12d-closing",
                                            "14-settings",
                                            "14b-settings-new-mailbox",
                                            "14c-settings-hours",
                                            "14d-settings-suppression",
                                            "14e-settings-appearance",
                                            "14f-settings-keyboard",
                                            "14g-settings-security",
                                            "14h-settings-you",
                                            "14i-settings-statuses",
                                            "14j-settings-about",
                                            "14k-settings-backups",
                                            "14l-settings-history",
                                            "14o-settings-messages",
                                            "14m-restore",
                                            "14n-unlock-lost",
                                            "23-unsaved"};
    const auto isIn = [](const std::string& name, const auto& list) {
        return std::find(std::begin(list), std::end(list), name) != std::end(list);
    };
    const std::vector<Shot> plain = shots;
    const auto add = [&](Shot shot, const char* suffix) {
        shot.name += suffix;
        if (std::none_of(plain.begin(), plain.end(), [&](const Shot& one) { return one.name == shot.name; }))
            shots.insert(shots.end() - 1, std::move(shot)); // the last one stays the last
    };
    for (const Shot& one : plain) {
        const bool all = isIn(one.name, inAll);
        if (!all && !isIn(one.name, inColours))
            continue;
        Shot shot = one;
        shot.highContrast = true;
        add(shot, "-contrast");
        shot.highContrast = false;
        shot.rightToLeft = true;
        add(shot, "-rtl");
        if (!all)
            continue;
        shot.rightToLeft = false;
        shot.size = {1024, 640};
        add(shot, "-1024x640");
        shot.size = {1280, 720};
        shot.fontPercent = 200;
        add(shot, "-200");
    }
}

// The strategies' list, its first row opened, and then whatever comes.
std::vector<std::function<void(Window&)>> openFirstStrategy(std::vector<std::function<void(Window&)>> then = {}) {
    std::vector<std::function<void(Window&)>> steps{go(Place::Strategies),
                                                    [](Window& w) { press(w, QKeySequence(Qt::Key_Return)); },
                                                    [](Window& w) { press(w, QKeySequence(Qt::Key_Down)); }};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

std::vector<std::function<void(Window&)>> openSetting(int down) {
    std::vector<std::function<void(Window&)>> steps{go(Place::Settings)};
    for (int i = 0; i < down; ++i)
        steps.push_back([](Window& w) { press(w, QKeySequence(Qt::Key_Down)); });
    return steps;
}

// The processing page, some tasks on, and the keys pressed there.
std::vector<std::function<void(Window&)>> processAfter(int tasks, std::initializer_list<Qt::Key> keys = {}) {
    std::vector<std::function<void(Window&)>> steps{[](Window& w) { w.process({}); }};
    for (int i = 0; i < tasks; ++i)
        steps.emplace_back([](Window& w) { press(w, QKeySequence(Qt::Key_J)); });
    for (const Qt::Key key : keys)
        steps.emplace_back([key](Window& w) { press(w, QKeySequence(key)); });
    return steps;
}

// Two leads that may be one, side by side: somebody has been added a second time.
std::vector<std::function<void(Window&)>> findDuplicates() {
    return {[](Window& window) {
                window.context().workspace.leads().add({{"first_name", "T."},
                                                        {"last_name", "Ruehl"},
                                                        {"company", "Ostsee Kühlhaus"},
                                                        {"job_title", "Betriebsleiter"},
                                                        {"phone", "+49 381 5550199"}});
            },
            go(Place::Leads),
            [](Window& window) {
                if (auto* button = qobject_cast<QAbstractButton*>(named(window, "Find duplicates")))
                    button->click();
            }};
}

// The inbox, some tabs on.
std::vector<std::function<void(Window&)>> inboxTab(int right) {
    std::vector<std::function<void(Window&)>> steps{go(Place::Inbox)};
    for (int i = 0; i < right; ++i)
        steps.emplace_back([](Window& w) { press(w, QKeySequence(Qt::CTRL | Qt::Key_PageDown)); });
    return steps;
}

// The day's e-mails wait in the outbox; one of them is held.
void sendMails(Window& window) {
    Workspace& workspace = window.context().workspace;
    deliver(workspace.queue().today(), &window, [&workspace, &window](Result<Today> today) {
        bool holds = true;
        for (const QueueItem& item : today ? today->items : std::vector<QueueItem>()) {
            if (item.channel != Channel::Email)
                continue;
            deliver(workspace.queue().complete(item.task, {}), &window, [&workspace, holds](Result<TaskOutcome> done) {
                if (done && done->outbox && holds)
                    workspace.outbox().hold(done->outbox);
            });
            holds = false;
        }
    });
}

// A day's work in a moment: e-mails are sent, calls are talked, what cannot be sent is skipped.
void everythingDone(Window& window) {
    QueueService& queue = window.context().workspace.queue();
    deliver(queue.today(), &window, [&queue, &window](Result<Today> today) {
        for (const QueueItem& item : today ? today->items : std::vector<QueueItem>()) {
            const auto outcome = item.channel == Channel::Call ? Disposition::Talked : Disposition::None;
            deliver(queue.complete(item.task, {.disposition = outcome}), &window,
                    [&queue, task = item.task](Result<TaskOutcome> done) {
                        if (!done) // one lacks a name
                            queue.skip(task);
                    });
        }
    });
}

} // namespace

QWidget* named(QWidget& in, const char* accessibleName) {
    const QString name = QString::fromUtf8(accessibleName);
    for (QWidget* widget : in.findChildren<QWidget*>()) {
        // A label before a field may be named like it.
        if (widget->isVisible() && widget->accessibleName() == name && !qobject_cast<QLabel*>(widget))
            return widget;
    }
    return nullptr;
}

void press(QWidget& in, const QKeySequence& keys) {
    QWidget* focus = QApplication::focusWidget() ? QApplication::focusWidget() : &in;
    for (int i = 0; i < keys.count(); ++i) {
        const QKeyCombination key = keys[uint(i)];
        const bool plain = key.keyboardModifiers() == Qt::NoModifier && key.key() < Qt::Key_Escape;
        const QString text = plain ? QString(QChar(key.key())).toLower() : QString();
        for (const QEvent::Type kind : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(kind, key.key(), key.keyboardModifiers(), text);
            QApplication::sendEvent(focus, &event);
        }
    }
}

void type(QWidget& in, const QString& text) {
    QWidget* focus = QApplication::focusWidget() ? QApplication::focusWidget() : &in;
    for (const QChar c : text) {
        QKeyEvent event(QEvent::KeyPress, c.toUpper().unicode(), Qt::NoModifier, QString(c));
        QApplication::sendEvent(focus, &event);
    }
}

std::vector<Shot> allShots() {
    std::vector<Shot> shots{
        {.name = "01-today-list", .steps = {go(Place::Today)}},
        {.name = "02-today-process", .steps = {[](Window& w) { w.process({}); }}},
        {.name = "02b-process-sending",
         .steps = {[](Window& w) { w.process({}); },
                   [](Window& w) {
                       w.sending(QStringLiteral("Márton Kőszegi"), w.context().workspace.clock().now() + std::chrono::seconds(8));
                   }}},
        {.name = "02c-process-linkedin", .steps = processAfter(1)},
        {.name = "02d-process-to-do", .steps = processAfter(2)},
        {.name = "02e-process-call", .steps = processAfter(3, {Qt::Key_Return})},
        {.name = "02f-process-snooze", .steps = processAfter(0, {Qt::Key_S})},
        {.name = "02g-process-edit", .steps = processAfter(0, {Qt::Key_E})},
        {.name = "02-process-1280x720", .steps = processAfter(0), .size = {1280, 720}},
        {.name = "02-process-1024x640", .steps = processAfter(0), .size = {1024, 640}},
        {.name = "02-process-200", .steps = processAfter(3), .size = {1280, 720}, .fontPercent = 200},
        {.name = "03-today-calendar", .steps = calendarWeek()},
        {.name = "03b-calendar-month",
         .steps = {go(Place::Calendar), [](Window& w) { press(w, QKeySequence(Qt::Key_M)); }},
         .changesData = true}, // the next one is a month, too
        {.name = "03c-calendar-week-ticked",
         .steps = {go(Place::Calendar), [](Window& w) { press(w, QKeySequence(Qt::Key_W)); },
                   [](Window& w) {
                       for (const int key : {Qt::Key_Home, Qt::Key_Space, Qt::Key_Down, Qt::Key_Space})
                           press(w, QKeySequence(key));
                   }}},
        {.name = "03-today-calendar-1280x720", .steps = calendarWeek(), .size = {1280, 720}},
        {.name = "03-today-calendar-1024x640", .steps = calendarWeek(), .size = {1024, 640}},
        {.name = "03-today-calendar-200", .steps = calendarWeek(), .size = {1280, 720}, .fontPercent = 200},
        {.name = "03b-calendar-month-200",
         .steps = {go(Place::Calendar), [](Window& w) { press(w, QKeySequence(Qt::Key_M)); }},
         .size = {1280, 720},
         .fontPercent = 200,
         .changesData = true},
        {.name = "04-leads-table", .steps = {go(Place::Leads)}},
        {.name = "04b-leads-filter",
         .steps = {
             [](Window& w) { w.openLeads(QStringLiteral("country:DE,AT,CH score>=40")); },
             [](Window& w) {
                 for (const int key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Space, Qt::Key_Down, Qt::Key_Space})
                     press(w, QKeySequence(key));
             },
             [](Window& w) { press(w, QKeySequence(Qt::Key_Slash)); }, [](Window& w) { type(w, QStringLiteral("strat")); }}},
        {.name = "04c-leads-pane",
         .steps = {go(Place::Leads), [](Window& w) { press(w, QKeySequence(Qt::Key_F4)); }},
         .changesData = true},
        {.name = "04d-leads-no-match",
         .steps = {[](Window& w) { w.openLeads(QStringLiteral("country:FR score>=40 city:Atlantis")); }}},
        {.name = "04e-leads-stage", .steps = {go(Place::Leads), [](Window& w) { press(w, QKeySequence(Qt::Key_G)); }}},
        {.name = "04f-leads-enrol",
         .steps = {[](Window& w) { w.openLeads(QStringLiteral("country:DE")); },
                   [](Window& w) { press(w, QKeySequence(QStringLiteral("Ctrl+A"))); },
                   [](Window& w) { press(w, QKeySequence(Qt::Key_R)); }, [](Window& w) { press(w, QKeySequence(Qt::Key_1)); },
                   [](Window&) {}}},
        {.name = "04g-leads-wrong-filter",
         .steps = {go(Place::Leads), [](Window& w) { press(w, QKeySequence(Qt::Key_Slash)); },
                   [](Window& w) { type(w, QStringLiteral("due<=soon")); },
                   [](Window& w) { press(w, QKeySequence(Qt::Key_Return)); }}},
        {.name = "04h-leads-columns",
         .steps = {go(Place::Leads),
                   [](Window& w) {
                       if (auto* button = qobject_cast<QAbstractButton*>(named(w, "Columns")))
                           button->click();
                   }}},
        {.name = "04-leads-table-1024x640", .steps = {go(Place::Leads)}, .size = {1024, 640}},
        {.name = "04-leads-table-200", .steps = {go(Place::Leads)}, .fontPercent = 200},
        {.name = "05-lead-page", .steps = {go(Place::Today), openLead("Rühl")}},
        {.name = "05b-lead-page-running", .steps = {go(Place::Today), openLead("Amina Diallo")}},
        {.name = "05c-lead-page-answer",
         .steps = {go(Place::Today), openLead("Rühl"), [](Window& w) { press(w, QKeySequence(Qt::Key_R)); }}},
        {.name = "05d-duplicates", .steps = findDuplicates(), .changesData = true},
        {.name = "05d-duplicates-1280x720", .steps = findDuplicates(), .size = {1280, 720}, .changesData = true},
        {.name = "05d-duplicates-200", .steps = findDuplicates(), .size = {1280, 720}, .fontPercent = 200, .changesData = true},
        {.name = "05-lead-page-1024x640", .steps = {go(Place::Today), openLead("Rühl")}, .size = {1024, 640}},
        {.name = "05-lead-page-200", .steps = {go(Place::Today), openLead("Rühl")}, .fontPercent = 200},
        {.name = "06-strategies", .steps = {go(Place::Strategies)}},
        {.name = "06b-strategy-editor", .steps = openFirstStrategy()},
        {.name = "06c-strategy-schedule", .steps = openFirstStrategy({[](Window& w) { press(w, QKeySequence(Qt::Key_H)); }})},
        {.name = "06g-strategy-simulate",
         .steps = openFirstStrategy({[](Window& w) { press(w, QKeySequence(Qt::CTRL | Qt::Key_R)); }})},
        {.name = "06h-strategy-rules", .steps = openFirstStrategy({[](Window& w) { press(w, QKeySequence(Qt::Key_R)); }})},
        {.name = "06i-strategy-texts", .steps = openFirstStrategy({[](Window& w) {
             press(w, QKeySequence(Qt::Key_Up)); // an e-mail
             press(w, QKeySequence(Qt::Key_Return));
             press(w, QKeySequence(Qt::CTRL | Qt::Key_T));
         }})},
        {.name = "06d-strategy-publish",
         .steps = openFirstStrategy({[](Window& w) { press(w, QKeySequence(QStringLiteral("Alt+Down"))); },
                                     [](Window& w) { press(w, QKeySequence(QStringLiteral("Ctrl+S"))); }})},
        {.name = "06e-strategy-enrol",
         .steps = openFirstStrategy({[](Window& w) { press(w, QKeySequence(QStringLiteral("Ctrl+E"))); }})},
        {.name = "06f-strategy-new",
         .steps = {go(Place::Strategies), [](Window& w) { press(w, QKeySequence(QStringLiteral("N"))); }}},
        {.name = "06b-strategy-editor-1024x640", .steps = openFirstStrategy(), .size = {1024, 640}},
        {.name = "06b-strategy-editor-200", .steps = openFirstStrategy(), .fontPercent = 200},
        {.name = "07-inbox", .steps = {go(Place::Inbox)}},
        {.name = "07-inbox-1280x720", .steps = {go(Place::Inbox)}, .size = {1280, 720}},
        {.name = "07-inbox-1024x640", .steps = {go(Place::Inbox)}, .size = {1024, 640}},
        {.name = "07-inbox-200", .steps = {go(Place::Inbox)}, .size = {1280, 720}, .fontPercent = 200},
        {.name = "07b-inbox-answer", .steps = {go(Place::Inbox), [](Window& w) { press(w, QKeySequence(Qt::Key_R)); }}},
        {.name = "07b-inbox-answer-1024x640",
         .steps = {go(Place::Inbox), [](Window& w) { press(w, QKeySequence(Qt::Key_R)); }},
         .size = {1024, 640}},
        {.name = "07c-inbox-snoozed-empty", .steps = inboxTab(1)},
        {.name = "07c-inbox-waiting", .steps = inboxTab(2)},
        {.name = "07c-inbox-review-empty", .steps = inboxTab(3)},
        {.name = "07d-inbox-automatic", .steps = inboxTab(4)},
        {.name = "07d-inbox-automatic-1024x640", .steps = inboxTab(4), .size = {1024, 640}},
        {.name = "07d-inbox-automatic-200", .steps = inboxTab(4), .size = {1280, 720}, .fontPercent = 200},
        {.name = "07e-inbox-snooze", .steps = {go(Place::Inbox), [](Window& w) { press(w, QKeySequence(Qt::Key_S)); }}},
        {.name = "07f-inbox-done", .steps = inboxTab(5)},
        {.name = "07g-inbox-mail", .steps = {go(Place::Inbox), [](Window& w) {
                                                 if (auto* dots = qobject_cast<QAbstractButton*>(named(w, "Show quoted lines")))
                                                     dots->click();
                                             },
                                             [](Window&) {}}},
        {.name = "08-pipeline-board", .steps = {go(Place::Pipeline)}},
        {.name = "08b-pipeline-stage",
         .steps = {go(Place::Pipeline), [](Window& w) { press(w, QKeySequence(Qt::Key_Right)); },
                   [](Window& w) { press(w, QKeySequence(Qt::Key_Down)); }, [](Window& w) { press(w, QKeySequence(Qt::Key_G)); }}},
        {.name = "08c-pipeline-filter",
         .steps = {go(Place::Pipeline), [](Window& w) { press(w, QKeySequence(Qt::Key_Slash)); },
                   [](Window& w) { type(w, QStringLiteral("anna")); }, [](Window&) {}}},
        {.name = "08-pipeline-board-1280x720", .steps = {go(Place::Pipeline)}, .size = {1280, 720}},
        {.name = "08-pipeline-board-1024x640", .steps = {go(Place::Pipeline)}, .size = {1024, 640}},
        {.name = "08-pipeline-board-200", .steps = {go(Place::Pipeline)}, .size = {1280, 720}, .fontPercent = 200},
        {.name = "09-import-wizard", .steps = {openExport(), selectColumn(10)}},
        {.name = "09a-import-start", .steps = {go(Place::Imports), [](Window& w) { press(w, QKeySequence(Qt::Key_Escape)); }}},
        {.name = "09b-import-check",
         .steps = {openExport(), [](Window& w) { press(w, QKeySequence(Qt::CTRL | Qt::Key_Return)); }}},
        {.name = "09-import-wizard-1024x640", .steps = {openExport()}, .size = {1024, 640}},
        {.name = "09-import-wizard-200", .steps = {openExport()}, .fontPercent = 200},
        {.name = "10-dashboards", .steps = {go(Place::Dashboards)}},
        {.name = "10b-dashboards-strategy",
         .steps = {go(Place::Dashboards), [](Window& w) { press(w, QKeySequence(Qt::Key_S)); },
                   [](Window& w) { press(w, QKeySequence(Qt::Key_Down)); },
                   [](Window& w) { press(w, QKeySequence(Qt::Key_Return)); }},
         .changesData = true}, // the next one is about that strategy, too
        {.name = "10c-dashboards-table",
         .steps = {go(Place::Dashboards), [](Window& w) { press(w, QKeySequence(Qt::Key_T)); }}},
        {.name = "10d-dashboards-goals",
         .steps = {go(Place::Dashboards), [](Window& w) { press(w, QKeySequence(Qt::Key_G)); }}},
        {.name = "10-dashboards-1280x720", .steps = {go(Place::Dashboards)}, .size = {1280, 720}},
        {.name = "10-dashboards-1024x640", .steps = {go(Place::Dashboards)}, .size = {1024, 640}},
        {.name = "10-dashboards-200", .steps = {go(Place::Dashboards)}, .size = {1280, 720}, .fontPercent = 200},
        {.name = "11-command-palette",
         .steps = {go(Place::Today), [](Window& w) { w.openPalette({}); },
                   [](Window& w) { w.openPalette(QStringLiteral("an")); }}},
        {.name = "11b-command-palette-empty", .steps = {go(Place::Today), [](Window& w) { w.openPalette({}); }}},
        {.name = "12-first-run", .make = firstRun},
        {.name = "12a-recovery-code",
         .make = firstRun,
         .makeSteps = {[](QWidget& page) {
                           for (const auto& [field, text] :
                                {std::pair("Your name", "Mara Lindqvist"), std::pair("E-mail", "mara@harborline.example"),
                                 std::pair("Workspace", "Harborline"), std::pair("Passphrase", "four words for a boat")}) {
                               if (auto* line = qobject_cast<QLineEdit*>(named(page, field)))
                                   line->setText(QString::fromUtf8(text));
                           }
                       },
                       [](QWidget& page) { press(page, QKeySequence(Qt::Key_Return)); }},
         .changesData = true},
        {.name = "12b-unlock",
         .make = unlockPage,
         .makeSteps = {[](QWidget& page) { type(page, QStringLiteral("four words")); },
                       [](QWidget& page) { press(page, QKeySequence(Qt::Key_Return)); }}},
        {.name = "12c-locked-kept", .make = keptPage},
        {.name = "12d-closing", .make = closingPage},
        {.name = "13-outbox", .steps = {go(Place::Outbox)}},
        {.name = "13b-outbox-full", .steps = {sendMails, go(Place::Outbox)}, .changesData = true},
        {.name = "13b-outbox-full-1280x720", .steps = {go(Place::Outbox)}, .size = {1280, 720}, .changesData = true},
        {.name = "13b-outbox-full-1024x640", .steps = {go(Place::Outbox)}, .size = {1024, 640}, .changesData = true},
        {.name = "13b-outbox-full-200",
         .steps = {go(Place::Outbox)},
         .size = {1280, 720},
         .fontPercent = 200,
         .changesData = true},
        {.name = "14-settings",
         .steps = {go(Place::Settings), [](Window& w) { press(w, QKeySequence(Qt::Key_F5)); }},
         .changesData = true},
        {.name = "15-today-all-done",
         .steps = {go(Place::Today), everythingDone, go(Place::Inbox), go(Place::Today)},
         .changesData = true},
        {.name = "16-components", .make = [](Environment&, const QString&) -> QWidget* { return new widgets::Gallery; }},
        {.name = "14b-settings-new-mailbox", .steps = {[](Window& w) { w.openMailbox({}); }}},
        {.name = "14c-settings-hours", .steps = openSetting(4)},
        {.name = "14d-settings-suppression", .steps = openSetting(6)},
        {.name = "14e-settings-appearance", .steps = openSetting(7)},
        {.name = "14f-settings-keyboard", .steps = openSetting(8)},
        {.name = "14g-settings-security", .steps = openSetting(9)},
        {.name = "14h-settings-you", .steps = openSetting(3)},
        {.name = "14p-settings-calendars", .steps = openSetting(1)},
        {.name = "14o-settings-messages", .steps = openSetting(2)},
        {.name = "14i-settings-statuses", .steps = openSetting(5)},
        {.name = "14j-settings-about", .steps = openSetting(12)},
        {.name = "14k-settings-backups", .steps = openSetting(10)},
        {.name = "14l-settings-history", .steps = openSetting(11)},
        {.name = "14m-restore", .steps = {go(Place::Settings), restoreSheet}},
        {.name = "14n-unlock-lost", .make = lostPage},
        {.name = "14-settings-1024x640", .steps = {go(Place::Settings)}, .size = {1024, 640}},
        {.name = "14-settings-200", .steps = {go(Place::Settings)}, .fontPercent = 200},
        {.name = "17-keys", .steps = {go(Place::Today), [](Window& w) { press(w, QKeySequence(Qt::Key_F1)); }}},
        {.name = "18-new-lead", .steps = {go(Place::Today), [](Window& w) { press(w, QKeySequence(QStringLiteral("Ctrl+N"))); }}},
        {.name = "19-done",
         .steps = {go(Place::Today),
                   [](Window& w) {
                       w.done(QStringLiteral("Step 3 skipped. Step 4 stays on Mon 23 Nov."), true, theme::Icon::Skip);
                   }}},
        {.name = "20-failed",
         .steps = {go(Place::Today),
                   [](Window& w) {
                       w.failed(Error(ErrorCode::DiskFull, "/home/mara"), QStringLiteral("The note was not saved."));
                   }}},
        {.name = "21-workspace-menu",
         .steps = {go(Place::Today),
                   [](Window& w) {
                       if (auto* head = qobject_cast<QAbstractButton*>(named(w, "Workspace menu")))
                           head->click();
                   }}},
        {.name = "11-command-palette-200",
         .steps = {go(Place::Today), [](Window& w) { w.openPalette(QStringLiteral("an")); }},
         .size = {1280, 720},
         .fontPercent = 200},
        {.name = "12-first-run-200", .size = {1280, 720}, .fontPercent = 200, .make = firstRun},
        {.name = "12b-unlock-200", .size = {1024, 640}, .fontPercent = 200, .make = unlockPage},
        {.name = "17-keys-200",
         .steps = {go(Place::Today), [](Window& w) { press(w, QKeySequence(Qt::Key_F1)); }},
         .size = {1280, 720},
         .fontPercent = 200},
        {.name = "18-new-lead-200",
         .steps = {go(Place::Today), [](Window& w) { press(w, QKeySequence(QStringLiteral("Ctrl+N"))); }},
         .size = {1024, 640},
         .fontPercent = 200},
        {.name = "20-failed-1024x640",
         .steps =
             {go(Place::Today),
              [](Window& w) { w.failed(Error(ErrorCode::DiskFull, "/home/mara"), QStringLiteral("The note was not saved.")); }},
         .size = {1024, 640},
         .fontPercent = 150},
        {.name = "01-today-list-1280x720", .steps = {go(Place::Today)}, .size = {1280, 720}},
        {.name = "01-today-list-1024x640", .steps = {go(Place::Today)}, .size = {1024, 640}},
        {.name = "01-today-list-200", .steps = {go(Place::Today)}, .fontPercent = 200},
        {.name = "24-companies", .steps = {go(Place::Companies)}},
        {.name = "24-companies-1024x640", .steps = {go(Place::Companies)}, .size = {1024, 640}},
        {.name = "24-companies-200", .steps = {go(Place::Companies)}, .size = {1280, 720}, .fontPercent = 200},
        {.name = "24b-company", .steps = {go(Place::Companies), openCompany("Ostsee")}},
        {.name = "24b-company-1280x720", .steps = {go(Place::Companies), openCompany("Ostsee")}, .size = {1280, 720}},
        {.name = "24b-company-1024x640", .steps = {go(Place::Companies), openCompany("Ostsee")}, .size = {1024, 640}},
        {.name = "24b-company-200",
         .steps = {go(Place::Companies), openCompany("Ostsee")},
         .size = {1280, 720},
         .fontPercent = 200},
        {.name = "08d-pipeline-drag", .steps = {go(Place::Pipeline), dragCard}},
        {.name = "23-unsaved",
         .steps = {go(Place::Today), openLead("Rühl"), [](Window& w) { press(w, QKeySequence(Qt::Key_N)); },
                   [](Window& w) { type(w, QStringLiteral("Asks for prices")); },
                   [](Window& w) { w.leaveSafely(QStringLiteral("Quit"), [] {}); }}},
        {.name = "22-held", // stays held: the last
         .steps = {go(Place::Outbox), [](Window& w) { w.context().workspace.outbox().holdEverything(true); }},
         .changesData = true},
    };
    addVariants(shots);
    return shots;
}

} // namespace outrider::desktop
