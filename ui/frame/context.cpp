// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/context.h"

#include <QTimeZone>

namespace outrider::frame {

text::Dates Context::dates() const { return {workspace.clock().now(), QTimeZone(QByteArray::fromStdString(workspace.zone()))}; }

} // namespace outrider::frame
