// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window.h"

#include "ui/theme/focus_ring.h"

#include <QCloseEvent>

#include <utility>

namespace outrider::desktop {

namespace {

const QString stateKey = QStringLiteral("window");
constexpr QSize firstSize(1440, 900);
constexpr QSize leastSize(1024, 640);

} // namespace

Window::Window(frame::Preferences& preferences) : m_preferences(preferences) {
    theme::installFocusRing(this);
    m_own = findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    setMinimumSize(leastSize);
    setPageTitle({});
    if (!restoreGeometry(preferences.viewState(stateKey)))
        resize(firstSize);
}

void Window::setContent(QWidget* content) {
    setCover(nullptr);
    qDeleteAll(overlays());
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_content = content;
    content->setParent(this);
    content->setGeometry(rect());
    content->show();
}

// What is to be seen over the content.
QList<QWidget*> Window::overlays() const {
    QList<QWidget*> found;
    for (QWidget* child : findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
        if (!child->isWindow() && !child->isHidden() && child != m_content && child != m_cover && !m_own.contains(child))
            found.append(child);
    }
    return found;
}

void Window::setCover(QWidget* cover) {
    if (QWidget* before = std::exchange(m_cover, cover))
        before->deleteLater();
    else if (!cover)
        return; // nothing to take away
    if (cover) {
        m_focusBelow = focusWidget();
        m_covered.clear();
        for (QWidget* over : overlays()) {
            m_covered.append(over);
            over->hide();
        }
        m_content->hide();
        cover->setParent(this);
        cover->setGeometry(rect());
        cover->show();
        return;
    }
    m_content->show();
    for (const auto& over : std::as_const(m_covered)) {
        if (over)
            over->show();
    }
    if (m_focusBelow)
        m_focusBelow->setFocus(Qt::OtherFocusReason);
}

void Window::setPageTitle(const QString& title) {
    setWindowTitle(title.isEmpty() ? QStringLiteral("Outrider") : tr("%1 - Outrider").arg(title));
}

void Window::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    for (QWidget* part : {m_content, m_cover}) {
        if (part)
            part->setGeometry(rect());
    }
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
