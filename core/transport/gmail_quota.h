// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include "core/base/clock.h"
#include "core/transport/http_client.h"

#include <optional>

namespace outrider::transport {

// Google says with 403, too, that an account is used up for a while
// (https://developers.google.com/gmail/api/guides/handle-errors): how long to wait. Nothing: the answer is about something else.
std::optional<Millis> googleWait(const HttpReply& reply);

} // namespace outrider::transport
