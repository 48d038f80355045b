// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window.h"

#include "ui/theme/focus_ring.h"

#include <QCloseEvent>

namespace outrider::desktop {

namespace {

const QString stateKey = QStringLiteral("window");
constexpr QSize firstSize(1440, 900);
constexpr QSize leastSize(1024, 640);

} // namespace

Window::Window(frame::Preferences& preferences) : m_preferences(preferences) {
    theme::installFocusRing(this);
    setMinimumSize(leastSize);
    setPageTitle({});
    if (!restoreGeometry(preferences.viewState(stateKey)))
        resize(firstSize);
}

void Window::setContent(QWidget* content) {
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_content = content;
    content->setParent(this);
    content->setGeometry(rect());
    content->show();
}

void Window::setPageTitle(const QString& title) {
    setWindowTitle(title.isEmpty() ? QStringLiteral("Outrider") : tr("%1 - Outrider").arg(title));
}

void Window::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_content)
        m_content->setGeometry(rect());
}

void Window::closeEvent(QCloseEvent* event) {
    if (m_mayClose && !m_mayClose()) {
        event->ignore();
        return;
    }
    m_preferences.setViewState(stateKey, saveGeometry());
    event->accept();
    Q_EMIT closed();
}

} // namespace outrider::desktop
