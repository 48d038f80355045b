// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/shell/location.h"

namespace outrider::shell {

// The one place that knows every screen.
frame::Page* makePage(PageKind kind, const frame::Context& context, QWidget* parent);

// Tells a page, made by makePage, what to show of the location.
void showLocation(frame::Page* page, const Location& location);

} // namespace outrider::shell
