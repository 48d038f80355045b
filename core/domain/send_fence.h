// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

namespace outrider {

// Why nothing leaves this workspace until a person has looked through what waits. Stored; never renumber.
enum class FenceReason {
    None = 0,
    Restored = 1,  // made from a backup or an archive
    Copy = 2,      // a copy of the file, or an older state of it: something may have left elsewhere since
    ClockBack = 3, // the computer's clock is behind what has already left
};

inline constexpr auto fenceReasonNames = enumNames<FenceReason>({
    {FenceReason::None, "none"},
    {FenceReason::Restored, "restored"},
    {FenceReason::Copy, "copy"},
    {FenceReason::ClockBack, "clock_back"},
});

constexpr std::string_view name(FenceReason reason) { return fenceReasonNames.name(reason); }

} // namespace outrider
