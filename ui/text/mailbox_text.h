// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox_pause.h"

#include <QString>

namespace outrider::text {

// What a mailbox that paused by itself says; empty: it did not.
QString pausedBecause(const Mailbox& mailbox);

} // namespace outrider::text
