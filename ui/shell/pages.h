// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/shell/location.h"

#include <map>

namespace outrider::shell {

// The one place that knows every screen.
frame::Page* makePage(PageKind kind, const frame::Context& context, QWidget* parent);

// Tells a page, made by makePage, what to show of the location; `from`: the title of the page one comes from.
void showLocation(frame::Page* page, const Location& location, const QString& from);

// Lets those pages know each other that have to; called after each that is made.
void connectPages(const std::map<PageKind, frame::Page*>& pages);

// Where the page keeps room for the toast; null: anywhere.
QWidget* toastSlot(frame::Page* page);

} // namespace outrider::shell
