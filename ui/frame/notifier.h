// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "ui/theme/icons.h"

#include <QString>

#include <functional>

namespace outrider::frame {

// Telling what happened: one toast at a time (also an accessible alert), the last act in the status
// bar with its undo, and long work with progress and cancel.
class Notifier {
public:
    virtual ~Notifier() = default;

    // `undoable`: shows "Undo U"; the act is what History would take back next.
    virtual void done(const QString& sentence, bool undoable = true, theme::Icon icon = theme::Icon::Check) = 0;
    // A message in its undo window: counts down to `leavesAt`. "Zoë Brandt: sends in 8 s".
    virtual void sending(const QString& who, Instant leavesAt) = 0;
    // The sentence and hint of ui/text/error_text.h; `what` says what was tried ("The lead was not saved").
    virtual void failed(const Error& error, const QString& what = {}) = 0;
    virtual void info(const QString& sentence) = 0;

    // Long work: shown in the status bar until finished() of the returned handle.
    virtual int startJob(const QString& title, ProgressPtr progress) = 0;
    virtual void endJob(int handle) = 0;
};

} // namespace outrider::frame
