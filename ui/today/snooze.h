// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <functional>

class QWidget;

namespace outrider::today {

// Asks until when: in an hour, this afternoon, tomorrow, Monday (keys 1 to 4), or a moment that is typed (5).
// Opens at `anchor` and calls `chosen` later, on the window's thread; not when it is dismissed.
void askMoment(QWidget* anchor, const frame::Context& context, const QString& heading, std::function<void(Instant)> chosen);

} // namespace outrider::today
