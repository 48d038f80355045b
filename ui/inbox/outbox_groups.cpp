// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/outbox_groups.h"

#include "ui/text/tr.h"

namespace outrider::inbox {

using text::toQt;

WaitReason waitOf(const OutboxRow& row) {
    if (row.item.state == OutboxState::Held && row.item.waitReason == WaitReason::None)
        return WaitReason::HeldByUser;
    if (row.item.state == OutboxState::Held || row.item.waitReason == WaitReason::UndoWindow)
        return row.item.waitReason;
    if (row.mailboxState == MailboxState::Paused)
        return WaitReason::MailboxPaused;
    if (row.mailboxState == MailboxState::NeedsAttention)
        return WaitReason::MailboxSignedOut;
    return row.item.waitReason;
}

Group groupOf(const OutboxRow& row) {
    switch (row.item.state) {
    case OutboxState::Unknown:
        return Unknown;
    case OutboxState::Refused:
        return Refused;
    case OutboxState::Sent:
        return Sent;
    case OutboxState::Claimed:
    case OutboxState::Sending:
        return UnderWay;
    case OutboxState::Queued:
    case OutboxState::Held:
    case OutboxState::Dropped:
        break;
    }
    switch (waitOf(row)) {
    case WaitReason::None:
        return Next;
    case WaitReason::UndoWindow:
    case WaitReason::HeldByUser:
        return YourHold;
    case WaitReason::OutsideHours:
    case WaitReason::DayOff:
    case WaitReason::LeadGap:
    case WaitReason::CompanyGap:
        return TheirHours;
    case WaitReason::DailyLimit:
    case WaitReason::HourlyLimit:
    case WaitReason::MinuteLimit:
    case WaitReason::WeeklyLimit:
    case WaitReason::DomainLimit:
    case WaitReason::ProviderLimit:
    case WaitReason::RampLimit:
    case WaitReason::Spacing:
        return Limits;
    case WaitReason::MailboxPaused:
    case WaitReason::MailboxSignedOut:
    case WaitReason::Offline:
    case WaitReason::RetryLater:
    case WaitReason::SendFence:
    case WaitReason::MissingField:
        break;
    }
    return Missing;
}

QString shortAddress(const OutboxRow& row) {
    const QString address = toQt(row.mailboxAddress);
    return address.left(address.indexOf(QLatin1Char('@')) + 1);
}

bool isHeldForGood(const OutboxItem& item) {
    return item.state == OutboxState::Held && item.waitReason != WaitReason::UndoWindow;
}

} // namespace outrider::inbox
