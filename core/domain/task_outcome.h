// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"
#include "core/domain/ids.h"
#include "core/domain/message_parts.h"
#include "core/domain/task.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What the person did with a task.
struct TaskCompletion {
    Disposition disposition = Disposition::None;
    std::string note;
    std::optional<int> durationSeconds;                     // of a call
    std::optional<std::string> subject;                     // e-mail: edited
    std::optional<std::string> body;                        // e-mail, SMS, LinkedIn: edited
    std::optional<std::vector<MailAttachment>> attachments; // e-mail: others than the step's
    bool overPhoneLine = false;                             // SMS: send it; otherwise it was sent by other means
};

// What came of it.
struct TaskOutcome {
    ActionId action; // what an undo takes back
    OutboxId outbox; // of what is sent: on its way from `leavesAt` on
    std::optional<Instant> leavesAt;

    // What follows for the lead.
    enum class Next {
        Step,      // the next step, at `nextAt`
        AfterSend, // planned when the message has left
        Finished,  // that was the last step
        Stopped,   // the disposition ended the strategy
        Nothing,   // a task of the person's own
    };
    Next next = Next::Nothing;
    int nextStep = 0; // 0-based
    Channel nextChannel = Channel::Task;
    std::optional<Instant> nextAt;
};

} // namespace outrider
