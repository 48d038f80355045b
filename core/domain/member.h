// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <string>

namespace outrider {

// A person of the workspace: owns leads, does things.
struct Member {
    MemberId id;
    std::string name;
    std::string email;

    bool operator==(const Member&) const = default;
};

} // namespace outrider
