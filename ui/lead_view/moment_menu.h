// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QList>

#include <functional>

class QWidget;

namespace outrider::lead_view {

// Asks for a moment to come with a list at `anchor`: one of a few (keys 1 to 4), or one that is typed (5). Calls `chosen`
// later, on the window's thread; not when it is dismissed.
struct MomentChoice {
    QString text;
    Instant at{};
};
void askMoment(QWidget* anchor, const frame::Context& context, const QString& heading, const QList<MomentChoice>& choices,
               std::function<void(Instant)> chosen);

// For a short while: in an hour, this afternoon, tomorrow, Monday.
QList<MomentChoice> soonMoments(const frame::Context& context);
// For asking again: in two weeks, in one, three and six months.
QList<MomentChoice> laterMoments(const frame::Context& context);

} // namespace outrider::lead_view
