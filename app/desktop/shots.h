// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <functional>
#include <optional>

class QApplication;
class QWidget;

namespace outrider::desktop {

struct ShotsWanted {
    QString folder;
    QString only; // names that contain this; empty: all
    std::optional<Instant> now;
};

// Draws every screen, light and dark, into PNG files: on a practice workspace of its own, at one fixed
// moment, so that two runs draw the same. Returns the program's exit code.
int drawShots(QApplication& app, const ShotsWanted& wanted);

// The same way through every screen, for whoever looks at something else than the picture: called with
// its name ("01-today-list-light") and its window, which is at rest. False: a fault, told by the one called.
using ShotVisitor = std::function<bool(const QString& name, QWidget& window)>;
int visitShots(QApplication& app, const ShotsWanted& wanted, ShotVisitor visit);

} // namespace outrider::desktop
