// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace outrider::theme {

// Shows where the focus is: 2 px of accent around the focused control of this window, a pixel away
// from its frame, always and not only after Tab. Buttons, checkboxes and radio buttons get it; inputs
// and lists show their focus themselves. See property::focusRing. Call once per window.
void installFocusRing(QWidget* window);

} // namespace outrider::theme
