// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"
#include "core/domain/outbox.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// One of the things that decide whether a message may leave now, in the order they are asked.
struct SendCheck {
    enum class What {
        Reach,    // neither suppressed, bounced nor trashed
        Strategy, // it still wants this message
        Fence,    // this file may send
        Hold,     // nobody holds it
        Time,     // its undo window or a retry's pause is over
        Mailbox,  // it is there, signed in and not paused
        Hours,    // the recipient's
        Limit,    // one of the mailbox's
        Spacing,  // after the message before
    };
    enum class State { Passed, Waits, Later }; // Later: asked only once what waits is over
    What what = What::Reach;
    State state = State::Passed;
    WaitReason reason = WaitReason::None; // of one that waits, and which limit
    std::optional<Instant> until;         // when it no longer does, if it ends by itself
    std::optional<int> free;              // of a limit: how many may leave still
    std::optional<int> most;

    bool operator==(const SendCheck&) const = default;
};

inline constexpr auto sendCheckNames = enumNames<SendCheck::What>({
    {SendCheck::What::Reach, "reach"},
    {SendCheck::What::Strategy, "strategy"},
    {SendCheck::What::Fence, "fence"},
    {SendCheck::What::Hold, "hold"},
    {SendCheck::What::Time, "time"},
    {SendCheck::What::Mailbox, "mailbox"},
    {SendCheck::What::Hours, "hours"},
    {SendCheck::What::Limit, "limit"},
    {SendCheck::What::Spacing, "spacing"},
});

constexpr std::string_view name(SendCheck::What what) { return sendCheckNames.name(what); }

inline constexpr auto sendCheckStateNames = enumNames<SendCheck::State>({
    {SendCheck::State::Passed, "passed"},
    {SendCheck::State::Waits, "waits"},
    {SendCheck::State::Later, "later"},
});

constexpr std::string_view name(SendCheck::State state) { return sendCheckStateNames.name(state); }

} // namespace outrider
