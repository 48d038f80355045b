// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/preferences.h"

#include <QList>
#include <QPointer>
#include <QWidget>

#include <functional>

namespace outrider::desktop {

// The one top-level window: it stays while what fills it changes from unlocking to working and back,
// and remembers where it was.
class Window : public QWidget {
    Q_OBJECT

public:
    explicit Window(frame::Preferences& preferences);

    // Takes ownership; what was there before is deleted with the next turn of the event loop, what lay over it
    // (sheets, popups, the palette) at once.
    void setContent(QWidget* content);
    QWidget* content() const { return m_content; }
    // Lies over the content and what is over that, which stay as they are, out of sight and reach; null takes it
    // away.
    void setCover(QWidget* cover);
    void setPageTitle(const QString& title);
    // Asked when the person closes the window; false: it stays, and whoever said so sees to it.
    void setMayClose(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }

Q_SIGNALS:
    void closed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    QList<QWidget*> overlays() const;

    frame::Preferences& m_preferences;
    QList<QWidget*> m_own; // the focus ring
    QWidget* m_content = nullptr;
    QWidget* m_cover = nullptr;
    QPointer<QWidget> m_focusBelow;
    QList<QPointer<QWidget>> m_covered; // overlays
    std::function<bool()> m_mayClose;
};

} // namespace outrider::desktop
