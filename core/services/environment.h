// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/worker.h"
#include "core/domain/action.h"

#include <optional>
#include <string>

namespace outrider::security {
class Keychain;
}

namespace outrider {

// What the outside gives every service, made once by the program and outliving them all.
struct Environment {
    const Clock& clock;
    Random& random;
    security::Keychain& keychain;
    Origin origin = Origin::Window; // who writes: the window or the command line
    WorkerMode workers = WorkerMode::Thread;
    std::string timeZone;        // the person's IANA zone; empty: the system's
    std::optional<Instant> asOf; // workspaces are opened read-only, as they were then
    // Where this computer keeps what it knows of a workspace's sends (store/send_fence.h), away from the
    // workspace so that a copied folder does not take it along; empty: beside the file.
    std::string fenceFolder;
    std::string dnsServers; // "127.0.0.1:5353", several between commas; empty: the system's
};

} // namespace outrider
