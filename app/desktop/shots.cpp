// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/shots.h"

#include "app/desktop/shot_list.h"
#include "app/desktop/window.h"
#include "core/base/deliver.h"
#include "core/base/random.h"
#include "core/security/keychain.h"
#include "core/services/workspace_opening.h"
#include "ui/shell/appearance.h"
#include "ui/text/error_text.h"

#include <QApplication>
#include <QDir>
#include <QFutureWatcher>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <memory>

namespace outrider::desktop {

namespace {

constexpr auto usualMoment = "2026-11-19T08:02:00Z";
constexpr int pollMs = 25;
constexpr int restPolls = 4;   // at rest for so long
constexpr int mostPolls = 800; // a picture that never comes to rest is a fault

// One run: each shot light and dark, in a fresh window; its steps; the visit.
class Artist : public QObject {
public:
    Artist(QApplication& app, const ShotsWanted& wanted, ShotVisitor visit, const QString& scratch, Environment& environment,
           frame::Preferences& preferences)
        : m_visit(std::move(visit)),
          m_scratch(scratch),
          m_environment(environment),
          m_preferences(preferences),
          m_appearance(app, preferences) {
        for (Shot& shot : allShots()) {
            if (QString::fromStdString(shot.name).contains(wanted.only))
                m_shots.push_back(std::move(shot));
        }
        for (const bool dark : {false, true}) {
            for (const Shot& shot : m_shots) {
                if (!shot.changesData)
                    m_pictures.push_back({&shot, dark});
            }
        }
        // Those that change what is in the workspace: one after another, in the order of the list.
        for (const Shot& shot : m_shots) {
            if (shot.changesData)
                m_pictures.insert(m_pictures.end(), {{&shot, false}, {&shot, true}});
        }
        m_poll.setInterval(pollMs);
        connect(&m_poll, &QTimer::timeout, this, &Artist::look);
    }

    ~Artist() override { delete m_window; }

    // A workspace to unlock first, then the one everything is drawn in.
    void start() {
        CreateWorkspace request{.path = (m_scratch + QStringLiteral("/locked.outrider")).toStdString(),
                                .name = "Harborline, Mara",
                                .personName = "Mara Lindqvist"};
        request.passphrase = std::make_shared<SecureBytes>(std::string_view("four other words for it"));
        deliver(createWorkspace(m_environment, std::move(request)), this, [this](Result<std::shared_ptr<CreatedWorkspace>> made) {
            if (!made)
                return giveUp(made.error());
            deliver(openPractice(m_environment, (m_scratch + QStringLiteral("/practice.outrider")).toStdString()), this,
                    [this](Result<std::shared_ptr<Workspace>> opened) {
                        if (!opened)
                            return giveUp(opened.error());
                        m_workspace = std::move(*opened);
                        next();
                    });
        });
    }

private:
    struct Picture {
        const Shot* shot;
        bool dark;
    };

    static void giveUp(const Error& error) {
        std::fprintf(stderr, "%s\n", qPrintable(text::sentence(error)));
        QApplication::exit(1);
    }

    void next() {
        delete m_window;
        if (m_at == m_pictures.size()) {
            QApplication::exit(m_failed || m_pictures.empty() ? 1 : 0);
            return;
        }
        using Choice = frame::Preferences::Appearance;
        const Shot& shot = *m_pictures[m_at].shot;
        m_preferences.setAppearance(m_pictures[m_at].dark ? Choice::Dark : Choice::Light);
        m_preferences.setFontPercent(shot.fontPercent);
        QApplication::setLayoutDirection(shot.rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        m_appearance.setHighContrast(shot.highContrast);
        m_main = nullptr;
        m_window = new Window(m_preferences);
        if (shot.make)
            m_window->setContent(shot.make(m_environment, m_scratch));
        else
            m_window->setContent(m_main = new shell::MainWindow(*m_workspace, m_preferences));
        m_window->resize(shot.size);
        m_window->move(shot.size.width(), 0); // away from the pointer, which is at 0, 0
        m_window->show();
        QApplication::setActiveWindow(m_window);
        m_step = 0;
        m_restful = 0;
        m_polls = 0;
        m_poll.start();
    }

    // An answer that is owed is a watcher below the window: deliver() makes one for each.
    bool atRest() const { return m_window->findChildren<QFutureWatcherBase*>().isEmpty(); }

    void look() {
        const Shot& shot = *m_pictures[m_at].shot;
        m_restful = atRest() ? m_restful + 1 : 0;
        if (++m_polls > mostPolls) {
            std::fprintf(stderr, "%s never came to rest\n", shot.name.c_str());
            m_failed = true;
        } else if (m_restful < restPolls) {
            return;
        }
        m_restful = 0;
        if (m_main && m_step < shot.steps.size()) {
            shot.steps[m_step++](*m_main);
            return;
        }
        if (!m_main && m_step < shot.makeSteps.size()) {
            shot.makeSteps[m_step++](*m_window->content());
            return;
        }
        m_poll.stop();
        const QString name = QStringLiteral("%1-%2").arg(
            QString::fromStdString(shot.name), m_pictures[m_at].dark ? QStringLiteral("dark") : QStringLiteral("light"));
        m_failed = !m_visit(name, *m_window) || m_failed;
        ++m_at;
        next();
    }

    const ShotVisitor m_visit;
    const QString m_scratch;
    Environment& m_environment;
    frame::Preferences& m_preferences;
    shell::Appearance m_appearance;
    std::shared_ptr<Workspace> m_workspace;
    std::vector<Shot> m_shots;
    std::vector<Picture> m_pictures;
    std::size_t m_at = 0;
    std::size_t m_step = 0;
    int m_restful = 0;
    int m_polls = 0;
    bool m_failed = false;
    QPointer<Window> m_window;
    shell::MainWindow* m_main = nullptr;
    QTimer m_poll;
};

} // namespace

int drawShots(QApplication& app, const ShotsWanted& wanted) {
    if (!QDir().mkpath(wanted.folder)) {
        std::fprintf(stderr, "%s cannot be made\n", qPrintable(wanted.folder));
        return 1;
    }
    return visitShots(app, wanted, [&](const QString& name, QWidget& window) {
        const QString path = QStringLiteral("%1/%2.png").arg(wanted.folder, name);
        if (window.grab().save(path))
            return true;
        std::fprintf(stderr, "%s cannot be written\n", qPrintable(path));
        return false;
    });
}

int visitShots(QApplication& app, const ShotsWanted& wanted, ShotVisitor visit) {
    QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    frame::Preferences preferences(settings);
    ManualClock clock(wanted.now.value_or(*parseIso8601(usualMoment)));
    SeededRandom random(1);
    security::SystemKeychain keychain;
    Environment environment{.clock = clock, .random = random, .keychain = keychain, .timeZone = "Europe/Berlin"};
    Artist artist(app, wanted, std::move(visit), scratch.path(), environment, preferences);
    artist.start();
    return QApplication::exec();
}

} // namespace outrider::desktop
