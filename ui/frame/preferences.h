// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QByteArray>
#include <QObject>
#include <QString>

class QSettings;

namespace outrider::frame {

// How the program looks on this computer: theme, density, font scale, column widths, keys. Never the
// workspace's data. Kept in a settings file; written at once.
class Preferences : public QObject {
    Q_OBJECT

public:
    explicit Preferences(QSettings& settings, QObject* parent = nullptr);

    enum class Appearance { System, Light, Dark };
    Appearance appearance() const;
    void setAppearance(Appearance appearance);
    theme::Density density() const;
    void setDensity(theme::Density density);
    int fontPercent() const; // 80 to 200
    void setFontPercent(int percent);
    bool singleKeys() const; // letters act in lists
    void setSingleKeys(bool on);
    int idleMinutes() const; // without use, until the workspace is locked; 0: never
    void setIdleMinutes(int minutes);

    // State of one view: header widths, splitter sizes.
    QByteArray viewState(const QString& key) const;
    void setViewState(const QString& key, const QByteArray& state);
    QString text(const QString& key, const QString& fallback = {}) const;
    void setText(const QString& key, const QString& value);

Q_SIGNALS:
    void appearanceChanged(); // theme, density or scale
    void idleMinutesChanged();

private:
    QSettings& m_settings;
};

} // namespace outrider::frame
