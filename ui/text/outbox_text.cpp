// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/outbox_text.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QHash>
#include <QLocale>

namespace outrider::text {

namespace {

QString untilText(const QString& what, const SendCheck& check, const Dates& dates) {
    return check.until ? Tr::tr("%1 until %2").arg(what, dates.moment(*check.until)) : what;
}

bool onlyByPerson(WaitReason reason) {
    return reason == WaitReason::HeldByUser || reason == WaitReason::SendFence || reason == WaitReason::MissingField;
}

// What the program itself notes as proof; a server's words stay as they are.
QString evidenceText(const std::string& evidence) {
    static const QHash<QString, QString> own{
        {QStringLiteral("found among the sent mail"), Tr::tr("found among the sent mail")},
        {QStringLiteral("settled by hand"), Tr::tr("by your word")},
        {QStringLiteral("the program ended while it was being sent"), Tr::tr("the program ended while it was being sent")},
        {QStringLiteral("the program ended before it was sent"), Tr::tr("the program ended before it was sent")},
        {QStringLiteral("not tried"), Tr::tr("not tried: the one before it could not leave")},
    };
    const QString text = toQt(evidence);
    return own.value(text, text.isEmpty() ? text : isolated(text));
}

} // namespace

QString limitName(WaitReason reason) {
    switch (reason) {
    case WaitReason::DailyLimit:
        return Tr::tr("Daily limit");
    case WaitReason::HourlyLimit:
        return Tr::tr("Limit for an hour");
    case WaitReason::MinuteLimit:
        return Tr::tr("Limit for a minute");
    case WaitReason::WeeklyLimit:
        return Tr::tr("Limit for a week");
    case WaitReason::DomainLimit:
        return Tr::tr("To that company this hour");
    case WaitReason::ProviderLimit:
        return Tr::tr("The provider's limit");
    case WaitReason::RampLimit:
        return Tr::tr("Ramp of a new mailbox");
    default:
        return waitReasonText(reason);
    }
}

QString sendCheckText(const SendCheck& check, const Dates& dates) {
    const bool waits = check.state == SendCheck::State::Waits;
    switch (check.what) {
    case SendCheck::What::Reach:
        return waits ? Tr::tr("Suppressed or no longer reachable: it will not leave") : Tr::tr("Not suppressed, e-mail allowed");
    case SendCheck::What::Strategy:
        return waits ? Tr::tr("Its strategy has ended: it will not leave") : Tr::tr("Its strategy still wants it");
    case SendCheck::What::Fence:
        return waits ? waitReasonText(check.reason) : Tr::tr("This workspace may send");
    case SendCheck::What::Hold:
        return waits ? waitReasonText(check.reason) : Tr::tr("Not held");
    case SendCheck::What::Time:
        return waits ? untilText(waitReasonText(check.reason), check, dates) : Tr::tr("Its pause is over");
    case SendCheck::What::Mailbox:
        return waits ? waitReasonText(check.reason) : Tr::tr("The mailbox is ready");
    case SendCheck::What::Hours:
        return check.until || waits ? untilText(waitReasonText(check.reason), check, dates) : Tr::tr("Within their hours");
    case SendCheck::What::Limit: {
        const QString used = Tr::tr("%1: %2 of %3 free")
                                 .arg(limitName(check.reason), QLocale().toString(check.free.value_or(0)),
                                      QLocale().toString(check.most.value_or(0)));
        return waits ? untilText(used, check, dates) : used;
    }
    case SendCheck::What::Spacing:
        return check.until ? untilText(waitReasonText(WaitReason::Spacing), check, dates)
                           : Tr::tr("Long enough after the message before");
    }
    return {};
}

QString traceText(const OutboxTraceEntry& entry, const Dates& dates) {
    QString what;
    switch (entry.state) {
    case OutboxState::Queued:
    case OutboxState::Held:
        what = entry.reason == WaitReason::None ? outboxStateName(entry.state) : waitReasonText(entry.reason);
        if (entry.until > entry.at && entry.reason != WaitReason::None && !onlyByPerson(entry.reason))
            what = Tr::tr("%1. Not before %2").arg(what, dates.moment(entry.until));
        break;
    case OutboxState::Claimed:
        what = Tr::tr("Its turn: counted against the limits");
        break;
    case OutboxState::Sending:
        what = Tr::tr("Recorded as being sent, before its first byte");
        break;
    case OutboxState::Sent:
    case OutboxState::Refused:
    case OutboxState::Unknown:
    case OutboxState::Dropped:
        what = outboxStateName(entry.state);
        break;
    }
    const QString evidence = evidenceText(entry.evidence);
    return evidence.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, evidence);
}

} // namespace outrider::text
