// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"
#include "core/base/progress.h"

#include <QTimer>

#include <csignal>

namespace outrider::cli {

// While it lives, Ctrl+C asks the operation to end at its next consistent point; a second one ends the program.
class Interruptible {
public:
    explicit Interruptible(const ProgressPtr& progress);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

private:
    const ProgressPtr m_progress;
    void (*m_before)(int) = SIG_DFL;
};

// "Importing 45 %" on a terminal, on a line of its own that goes away.
class ProgressLine {
public:
    ProgressLine(const Session& session, const ProgressPtr& progress, const char* what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

private:
    QTimer m_timer;
    bool m_shown = false;
};

} // namespace outrider::cli
