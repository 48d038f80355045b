// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/free_time.h"
#include "ui/shell/indicators.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"
#include "ui/shell/undo_control.h"

#include <QAction>
#include <QApplication>

#include <algorithm>

namespace outrider::shell {

namespace {

QList<QKeySequence> keys(std::initializer_list<const char*> texts) {
    QList<QKeySequence> list;
    for (const char* text : texts)
        list.append(QKeySequence(QString::fromLatin1(text)));
    return list;
}

} // namespace

QAction* MainWindow::add(const frame::Command& command, std::function<void()> run) {
    return m_commands.add(this, command, std::move(run));
}

// What acts everywhere. A page's own commands are its own.
void MainWindow::addCommands() {
    const QString goGroup = tr("Go to");
    static constexpr Place places[] = {Place::Today,    Place::Inbox,      Place::Leads,    Place::Companies,
                                       Place::Pipeline, Place::Strategies, Place::Calendar, Place::Dashboards,
                                       Place::Imports,  Place::Outbox,     Place::Settings};
    static constexpr const char* names[] = {"today",    "inbox",      "leads",   "companies", "pipeline", "strategies",
                                            "calendar", "dashboards", "imports", "outbox",    "settings"};
    for (int i = 0; i < int(std::size(places)); ++i) {
        QList<QKeySequence> own;
        if (i < 9) // there are no more digits
            own.append(QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)));
        if (places[i] == Place::Outbox)
            own.append(QKeySequence(QStringLiteral("Ctrl+Shift+O")));
        if (places[i] == Place::Settings)
            own.append(QKeySequence(QStringLiteral("Ctrl+,")));
        add({.id = QStringLiteral("go.") + QLatin1String(names[i]),
             .text = placeName(places[i]),
             .group = goGroup,
             .icon = placeIcon(places[i]),
             .keys = own,
             .keywords = tr("open show")},
            [this, place = places[i]]() { go(place); });
    }
    m_backAction = add({.id = QStringLiteral("go.back"),
                        .text = tr("Back"),
                        .group = goGroup,
                        .icon = theme::Icon::ArrowLeft,
                        .keys = keys({"Alt+Left"})},
                       [this]() { back(); });
    m_forwardAction = add({.id = QStringLiteral("go.forward"),
                           .text = tr("Forward"),
                           .group = goGroup,
                           .icon = theme::Icon::ArrowRight,
                           .keys = keys({"Alt+Right"})},
                          [this]() { forward(); });

    const QString group = tr("Outrider");
    add({.id = QStringLiteral("app.palette"),
         .text = tr("Command palette"),
         .group = group,
         .icon = theme::Icon::Search,
         .keys = keys({"Ctrl+K"}),
         .keywords = tr("find search")},
        [this]() { openPalette({}); });
    m_undoAction = add({.id = QStringLiteral("app.undo"),
                        .text = tr("Undo"),
                        .group = group,
                        .icon = theme::Icon::Undo,
                        .keys = keys({"Ctrl+Z"}),
                        .keywords = tr("take back")},
                       [this]() { m_undo->undo(); });
    m_redoAction = add({.id = QStringLiteral("app.redo"),
                        .text = tr("Redo"),
                        .group = group,
                        .icon = theme::Icon::Redo,
                        .keys = keys({"Ctrl+Shift+Z", "Ctrl+Y"})},
                       [this]() { m_undo->redo(); });
    // U alone acts only while there is something in view that says so.
    m_toastUndo = add({.id = QStringLiteral("app.undo_shown"),
                       .text = tr("Undo what is shown"),
                       .group = group,
                       .icon = theme::Icon::Undo,
                       .keys = keys({"U"})},
                      [this]() { m_undo->undo(); });
    m_toastUndo->setEnabled(false);
    add({.id = QStringLiteral("lead.add"),
         .text = tr("New lead…"),
         .group = group,
         .icon = theme::Icon::Plus,
         .keys = keys({"Ctrl+N"}),
         .keywords = tr("add create person")},
        [this]() { newLead(); });
    add({.id = QStringLiteral("strategy.new"),
         .text = tr("New strategy"),
         .group = group,
         .icon = theme::Icon::Route,
         .keywords = tr("create sequence cadence")},
        [this]() { newStrategy(); });
    add({.id = QStringLiteral("import.open"),
         .text = tr("Import a file…"),
         .group = group,
         .icon = theme::Icon::Import,
         .keywords = tr("csv excel leads")},
        [this]() { openImport({}); });
    add({.id = QStringLiteral("calendar.copyFree"),
         .text = tr("Copy free slots"),
         .group = group,
         .icon = theme::Icon::Copy,
         .keys = keys({"Ctrl+Shift+F"}),
         .keywords = tr("meeting time available calendar paste")},
        [this]() { frame::copyFreeTime(m_context, this); });
    add({.id = QStringLiteral("mailbox.add"),
         .text = tr("Add a mailbox"),
         .group = group,
         .icon = theme::Icon::Mail,
         .keywords = tr("account smtp imap")},
        [this]() { openMailbox(std::nullopt); });
    add({.id = QStringLiteral("outbox.hold_all"),
         .text = tr("Hold or release everything"),
         .group = group,
         .icon = theme::Icon::Pause,
         .keys = keys({"Ctrl+Shift+H"}),
         .keywords = tr("stop sending pause")},
        [this]() { holdEverything(!m_indicators->isEverythingHeld()); });
    add({.id = QStringLiteral("mailbox.resume"),
         .text = tr("Resume the mailbox that paused"),
         .group = group,
         .icon = theme::Icon::Play,
         .keys = keys({"Ctrl+Shift+R"}),
         .keywords = tr("bounce refused sending again")},
        [this]() { resumeMailbox(); });
    add({.id = QStringLiteral("app.keys"),
         .text = tr("Keys here"),
         .group = group,
         .icon = theme::Icon::Keyboard,
         .keys = keys({"F1", "?"}),
         .keywords = tr("help shortcuts")},
        [this]() { openKeySheet(m_context, this); });
    add({.id = QStringLiteral("app.lock"),
         .text = tr("Lock"),
         .group = group,
         .icon = theme::Icon::Lock,
         .keys = keys({"Ctrl+L"})},
        [this]() { Q_EMIT lockWanted(); });
    add({.id = QStringLiteral("app.quit"),
         .text = tr("Quit"),
         .group = group,
         .icon = theme::Icon::Stop,
         .keys = keys({"Ctrl+Q"})},
        [this]() { window()->close(); });
    addLookCommands();
}

void MainWindow::addLookCommands() {
    using Choice = frame::Preferences::Appearance;
    const QString group = tr("Look");
    frame::Preferences& preferences = m_context.preferences;
    const auto look = [&](const char* id, const QString& text, theme::Icon icon, Choice choice) {
        add({.id = QLatin1String(id), .text = text, .group = group, .icon = icon, .keywords = tr("theme colours appearance")},
            [&preferences, choice]() { preferences.setAppearance(choice); });
    };
    look("look.light", tr("Light"), theme::Icon::Sun, Choice::Light);
    look("look.dark", tr("Dark"), theme::Icon::Moon, Choice::Dark);
    look("look.system", tr("As the system"), theme::Icon::Settings, Choice::System);
    constexpr int step = 10;
    const auto size = [&](const char* id, const QString& text, theme::Icon icon, QList<QKeySequence> own, int by) {
        add({.id = QLatin1String(id),
             .text = text,
             .group = group,
             .icon = icon,
             .keys = std::move(own),
             .keywords = tr("zoom font")},
            [&preferences, by]() { preferences.setFontPercent(by == 0 ? 100 : preferences.fontPercent() + by); });
    };
    size("look.larger", tr("Larger type"), theme::Icon::Plus, keys({"Ctrl++", "Ctrl+="}), step);
    size("look.smaller", tr("Smaller type"), theme::Icon::Minus, keys({"Ctrl+-"}), -step);
    size("look.normal", tr("Usual type"), theme::Icon::Rows, keys({"Ctrl+0"}), 0);
}

} // namespace outrider::shell
