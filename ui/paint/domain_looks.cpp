// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/domain_looks.h"

#include "ui/text/names.h"

namespace outrider::paint {

using theme::Icon;

Icon channelIcon(Channel channel) {
    switch (channel) {
    case Channel::Email:
        return Icon::Mail;
    case Channel::Call:
        return Icon::Phone;
    case Channel::LinkedIn:
        return Icon::LinkedIn;
    case Channel::Sms:
        return Icon::Sms;
    case Channel::Task:
        return Icon::SquareCheck;
    }
    return Icon::SquareCheck;
}

Icon activityIcon(ActivityKind kind) {
    switch (kind) {
    case ActivityKind::Note:
        return Icon::StickyNote;
    case ActivityKind::EmailSent:
    case ActivityKind::EmailSentElsewhere:
        return Icon::Mail;
    case ActivityKind::EmailReceived:
        return Icon::Reply;
    case ActivityKind::AutoReply:
        return Icon::Sun;
    case ActivityKind::Bounce:
    case ActivityKind::SendFailed:
        return Icon::MailX;
    case ActivityKind::Call:
        return Icon::Phone;
    case ActivityKind::LinkedInTouch:
        return Icon::LinkedIn;
    case ActivityKind::Sms:
        return Icon::Sms;
    case ActivityKind::TaskDone:
        return Icon::SquareCheck;
    case ActivityKind::StepSkipped:
        return Icon::Skip;
    case ActivityKind::StatusChanged:
        return Icon::CircleDot;
    case ActivityKind::Enrolled:
    case ActivityKind::StrategyStopped:
    case ActivityKind::StrategyFinished:
        return Icon::Route;
    case ActivityKind::Imported:
        return Icon::Import;
    case ActivityKind::Created:
        return Icon::Plus;
    case ActivityKind::OptOut:
        return Icon::Ban;
    case ActivityKind::SendUnknown:
        return Icon::MailQuestion;
    case ActivityKind::Meeting:
        return Icon::CalendarCheck;
    case ActivityKind::Snoozed:
        return Icon::Clock;
    case ActivityKind::Merged:
        return Icon::Merge;
    }
    return Icon::CircleDot;
}

Tone activityTone(ActivityKind kind) {
    switch (kind) {
    case ActivityKind::EmailReceived:
    case ActivityKind::Meeting:
        return Tone::Accent;
    case ActivityKind::SendUnknown:
        return Tone::Warn;
    case ActivityKind::Bounce:
    case ActivityKind::SendFailed:
    case ActivityKind::OptOut:
        return Tone::Bad;
    default:
        return Tone::Neutral;
    }
}

Chip standingChip(const Status& status, Reach reach) {
    if (reach != Reach::Ok)
        return {text::reachName(reach), Tone::Bad};
    Tone tone = Tone::Neutral;
    if (status.id == statuses::replied)
        tone = Tone::Accent;
    else if (status.id == statuses::qualified)
        tone = Tone::Ok;
    else if (status.id == statuses::disqualified)
        tone = Tone::Warn;
    return {text::statusName(status), tone};
}

} // namespace outrider::paint
