// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/channel.h"
#include "core/domain/task_outcome.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace outrider::practice {

// What the person of the practice workspace has written down.

// How a call went that nothing hangs on.
TaskCompletion practiceCall(std::uint32_t seed, const std::string& name);

std::string_view practiceReplyNote(std::uint32_t seed);

// Why a task is due now, in a few words; empty for some.
std::string_view practiceWhy(std::string_view lastName, Channel channel, std::uint32_t seed);

struct PracticeToDo {
    std::string_view lastName; // of whom; empty: of somebody who has replied
    std::string_view title;
    std::string_view note;
    int inDays = 0;
    int minute = 0;
};

std::span<const PracticeToDo> practiceToDos();

} // namespace outrider::practice
