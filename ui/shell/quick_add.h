// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

class QWidget;

namespace outrider::shell {

// Ctrl+N: a lead in a few words. Only a name, an address or a number is needed; a next step may be typed in passing
// ("call tue 14:00"). Opens over the window and ends by itself.
void openQuickAdd(const frame::Context& context, QWidget* window);

} // namespace outrider::shell
