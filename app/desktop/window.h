// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/preferences.h"

#include <QWidget>

#include <functional>

namespace outrider::desktop {

// The one top-level window: it stays while what fills it changes from unlocking to working and back,
// and remembers where it was.
class Window : public QWidget {
    Q_OBJECT

public:
    explicit Window(frame::Preferences& preferences);

    // Takes ownership; what was there before is deleted with the next turn of the event loop.
    void setContent(QWidget* content);
    QWidget* content() const { return m_content; }
    void setPageTitle(const QString& title);
    // Asked when the person closes the window; false: it stays, and whoever said so sees to it.
    void setMayClose(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }

Q_SIGNALS:
    void closed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    frame::Preferences& m_preferences;
    QWidget* m_content = nullptr;
    std::function<bool()> m_mayClose;
};

} // namespace outrider::desktop
