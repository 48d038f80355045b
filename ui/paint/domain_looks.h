// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/activity.h"
#include "core/domain/channel.h"
#include "core/domain/lead.h"
#include "core/domain/status.h"
#include "ui/paint/pieces.h"

namespace outrider::paint {

// How the domain's things look: one place, so that a call has the same icon everywhere.
theme::Icon channelIcon(Channel channel);
theme::Icon activityIcon(ActivityKind kind);
Tone activityTone(ActivityKind kind);
// The chip of a lead's standing: what keeps them from being contacted comes before the status.
Chip standingChip(const Status& status, Reach reach);

} // namespace outrider::paint
