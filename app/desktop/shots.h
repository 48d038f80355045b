// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <optional>

class QApplication;

namespace outrider::desktop {

struct ShotsWanted {
    QString folder;
    QString only; // names that contain this; empty: all
    std::optional<Instant> now;
};

// Draws every screen, light and dark, into PNG files: on a practice workspace of its own, at one fixed
// moment, so that two runs draw the same. Returns the program's exit code.
int drawShots(QApplication& app, const ShotsWanted& wanted);

} // namespace outrider::desktop
