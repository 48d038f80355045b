// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/appearance.h"

#include "ui/theme/outrider_style.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace outrider::shell {

namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString looks = QStringLiteral("org.freedesktop.appearance");
const QString gnome = QStringLiteral("org.gnome.desktop.interface");
const QString colorScheme = QStringLiteral("color-scheme");
const QString contrast = QStringLiteral("contrast");
const QString animations = QStringLiteral("enable-animations");

} // namespace

Appearance::Appearance(QApplication& app, frame::Preferences& preferences, QObject* parent)
    : QObject(parent),
      m_app(app),
      m_preferences(preferences) {
    connect(&preferences, &frame::Preferences::appearanceChanged, this, &Appearance::apply);
}

void Appearance::followDesktop() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(looks, colorScheme);
    ask(looks, contrast);
    ask(gnome, animations);
}

void Appearance::ask(const QString& group, const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* answered) {
        const QDBusPendingReply<QDBusVariant> reply = *answered;
        answered->deleteLater();
        if (reply.isError()) // no portal: as if it had no wishes
            return;
        take(group, key, reply.value().variant());
    });
}

void Appearance::settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    take(group, key, value.variant());
}

void Appearance::take(const QString& group, const QString& key, const QVariant& value) {
    // Read wraps its value once more than the signal does.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    if (group == looks && key == colorScheme)
        m_desktopDark = inner.toUInt() == 1;
    else if (group == looks && key == contrast)
        m_highContrast = inner.toUInt() == 1;
    else if (group == gnome && key == animations)
        m_reducedMotion = !inner.toBool();
    else
        return;
    apply();
}

void Appearance::setHighContrast(bool on) {
    m_highContrast = on;
    apply();
}

void Appearance::apply() {
    using Choice = frame::Preferences::Appearance;
    const Choice choice = m_preferences.appearance();
    const bool dark = choice == Choice::Dark || (choice == Choice::System && m_desktopDark);
    const theme::Mode mode = m_highContrast ? (dark ? theme::Mode::HighContrastDark : theme::Mode::HighContrastLight)
                                            : (dark ? theme::Mode::Dark : theme::Mode::Light);
    theme::applyTheme(m_app,
                      theme::makeTokens(mode, m_preferences.density(), m_preferences.fontPercent() / 100.0, m_reducedMotion));
}

} // namespace outrider::shell
