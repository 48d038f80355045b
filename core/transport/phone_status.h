// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace outrider::transport {

// How a text message or a call fares, in the provider's own words: "queued", "delivered", "ringing", "completed"…
struct PhoneStatus {
    std::string status;
    int errorCode = 0;          // of one that failed
    std::optional<int> seconds; // of a call that is over: how long it was
};

// Whether that is the last there will be to know.
bool isOver(const PhoneStatus& status);
// Whether it came to nothing.
bool hasFailed(const PhoneStatus& status);

} // namespace outrider::transport
