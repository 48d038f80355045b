// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

class QWidget;

namespace outrider::shell {

// F1 or ?: the keys that act in the current view, by group. Opens over the window and ends by itself.
void openKeySheet(const frame::Context& context, QWidget* window);

} // namespace outrider::shell
