// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/preferences.h"

#include <QObject>

class QApplication;
class QDBusVariant;

namespace outrider::shell {

// Light or dark, density and size of type: what the person chose, or what the desktop says
// (org.freedesktop.portal.Settings, followed while the program runs). Qt 6.4 knows no colour scheme.
class Appearance : public QObject {
    Q_OBJECT

public:
    Appearance(QApplication& app, frame::Preferences& preferences, QObject* parent = nullptr);

    // Asks the desktop and follows it; without this its wishes are not known (pictures, tests).
    void followDesktop();
    void apply();
    // As if the desktop had said so: for pictures.
    void setHighContrast(bool on);

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& group, const QString& key);
    void take(const QString& group, const QString& key, const QVariant& value);

    QApplication& m_app;
    frame::Preferences& m_preferences;
    bool m_desktopDark = false;
    bool m_highContrast = false;
    bool m_reducedMotion = false;
};

} // namespace outrider::shell
