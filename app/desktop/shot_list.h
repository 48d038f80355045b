// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/environment.h"
#include "ui/shell/main_window.h"

#include <QSize>

#include <functional>
#include <string>
#include <vector>

namespace outrider::desktop {

// One picture. A new screen adds its own to allShots().
struct Shot {
    std::string name; // as the design numbers it: "01-today-list"

    // Brings the window there, a step at a time: before each the window has come to rest, that is, no
    // service owes it an answer.
    std::vector<std::function<void(shell::MainWindow&)>> steps;

    QSize size{1440, 900};
    int fontPercent = 100;
    bool highContrast = false;
    bool rightToLeft = false;

    // Not in a workspace: draws this widget instead. `folder`: for files; it holds "locked.outrider", a
    // workspace to unlock.
    std::function<QWidget*(Environment&, const QString& folder)> make;
    std::vector<std::function<void(QWidget&)>> makeSteps;

    bool changesData = false; // drawn after those that do not
};

std::vector<Shot> allShots();

// Finds the one child with this accessible name; null when there is none that can be seen.
QWidget* named(QWidget& in, const char* accessibleName);
// Types and presses as a person would, into what has the focus.
void press(QWidget& in, const QKeySequence& keys);
void type(QWidget& in, const QString& text);

} // namespace outrider::desktop
