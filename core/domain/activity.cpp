// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/activity.h"

namespace outrider {

bool isTouch(ActivityKind kind) {
    switch (kind) {
    case ActivityKind::EmailSent:
    case ActivityKind::EmailSentElsewhere:
    case ActivityKind::EmailReceived:
    case ActivityKind::Call:
    case ActivityKind::LinkedInTouch:
    case ActivityKind::Sms:
    case ActivityKind::Meeting:
        return true;
    case ActivityKind::Note:
    case ActivityKind::AutoReply:
    case ActivityKind::Bounce:
    case ActivityKind::TaskDone:
    case ActivityKind::StepSkipped:
    case ActivityKind::StatusChanged:
    case ActivityKind::Enrolled:
    case ActivityKind::StrategyStopped:
    case ActivityKind::StrategyFinished:
    case ActivityKind::Imported:
    case ActivityKind::Created:
    case ActivityKind::OptOut:
    case ActivityKind::SendFailed:
    case ActivityKind::SendUnknown:
    case ActivityKind::Snoozed:
    case ActivityKind::Merged:
        return false;
    }
    return false;
}

} // namespace outrider
