// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/preferences.h"

#include <QSettings>

#include <algorithm>

namespace outrider::frame {

namespace {

const QString appearanceKey = QStringLiteral("look/appearance");
const QString densityKey = QStringLiteral("look/density");
const QString fontKey = QStringLiteral("look/font_percent");
const QString idleKey = QStringLiteral("lock/idle_minutes");
constexpr int usualIdleMinutes = 15;
const QString lettersKey = QStringLiteral("keys/single");

// Names, not numbers: the file is read by people, too.
const QStringList appearances{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
const QStringList densities{QStringLiteral("compact"), QStringLiteral("cosy"), QStringLiteral("roomy")};

int indexOf(const QStringList& names, const QString& name, int fallback) {
    const auto at = names.indexOf(name);
    return at < 0 ? fallback : int(at);
}

} // namespace

Preferences::Preferences(QSettings& settings, QObject* parent) : QObject(parent), m_settings(settings) {}

Preferences::Appearance Preferences::appearance() const {
    return Appearance(indexOf(appearances, text(appearanceKey), int(Appearance::System)));
}

void Preferences::setAppearance(Appearance appearance) {
    setText(appearanceKey, appearances[int(appearance)]);
    Q_EMIT appearanceChanged();
}

theme::Density Preferences::density() const {
    return theme::Density(indexOf(densities, text(densityKey), int(theme::Density::Cosy)));
}

void Preferences::setDensity(theme::Density density) {
    setText(densityKey, densities[int(density)]);
    Q_EMIT appearanceChanged();
}

int Preferences::fontPercent() const { return std::clamp(m_settings.value(fontKey, 100).toInt(), 80, 200); }

void Preferences::setFontPercent(int percent) {
    m_settings.setValue(fontKey, std::clamp(percent, 80, 200));
    m_settings.sync();
    Q_EMIT appearanceChanged();
}

bool Preferences::singleKeys() const { return m_settings.value(lettersKey, true).toBool(); }

void Preferences::setSingleKeys(bool on) {
    m_settings.setValue(lettersKey, on);
    m_settings.sync();
}

int Preferences::idleMinutes() const { return std::max(0, m_settings.value(idleKey, usualIdleMinutes).toInt()); }

void Preferences::setIdleMinutes(int minutes) {
    m_settings.setValue(idleKey, std::max(0, minutes));
    m_settings.sync();
    Q_EMIT idleMinutesChanged();
}

QByteArray Preferences::viewState(const QString& key) const {
    return m_settings.value(QStringLiteral("view/") + key).toByteArray();
}

void Preferences::setViewState(const QString& key, const QByteArray& state) {
    m_settings.setValue(QStringLiteral("view/") + key, state);
    m_settings.sync();
}

QString Preferences::text(const QString& key, const QString& fallback) const {
    return m_settings.value(key, fallback).toString();
}

void Preferences::setText(const QString& key, const QString& value) {
    if (value.isEmpty())
        m_settings.remove(key);
    else
        m_settings.setValue(key, value);
    m_settings.sync();
}

} // namespace outrider::frame
