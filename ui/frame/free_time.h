// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

class QObject;

namespace outrider::frame {

// Puts the next free hours of the person's days onto the clipboard, as text to paste into a message, and says which.
// Nothing happens once `receiver` is gone.
void copyFreeTime(const Context& context, QObject* receiver);

} // namespace outrider::frame
