// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/message_words.h"

#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::inbox {

using text::isolated;
using text::toQt;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(outrider::inbox::MessageWords)
};

// A day has no zone; noon is on that day everywhere people live.
Instant noonOf(std::chrono::sys_days day) { return Instant(day) + std::chrono::hours(12); }

} // namespace

QString senderOf(const InboxItem& item) { return item.leadName.empty() ? writerOf(item.message) : toQt(item.leadName); }

QString writerOf(const Message& message) {
    const QString from = toQt(message.from);
    const QString name = from.section(QLatin1Char('<'), 0, 0).trimmed().remove(QLatin1Char('"'));
    return name.isEmpty() ? from : name;
}

QString firstWords(const Message& message) {
    constexpr int enough = 160;
    const QString words = toQt(message.text).left(enough).simplified();
    return message.subject.empty() ? words : QStringLiteral("%1 · %2").arg(toQt(message.subject), words);
}

paint::Chip effectChip(const InboxItem& item, const text::Dates& dates) {
    switch (item.message.messageClass) {
    case MessageClass::AutoReply:
        if (!item.returnsOn)
            return {Words::tr("No day of return")};
        return {Words::tr("Back %1").arg(dates.day(noonOf(*item.returnsOn)))};
    case MessageClass::Bounce:
        if (item.suppressed)
            return {Words::tr("Address suppressed"), paint::Tone::Bad};
        return {Words::tr("Not suppressed")};
    case MessageClass::OptOut:
        return {Words::tr("Opted out"), paint::Tone::Bad};
    case MessageClass::Other:
    case MessageClass::Reply:
    case MessageClass::Own:
        break;
    }
    return {};
}

QString effectSentence(const InboxItem& item, const text::Dates& dates) {
    switch (item.message.messageClass) {
    case MessageClass::AutoReply:
        if (!item.returnsOn)
            return Words::tr("It names no day of return: the strategy goes on as planned.");
        if (noonOf(*item.returnsOn) <= item.message.at)
            return Words::tr("Back since %1: the strategy goes on as planned.").arg(dates.day(noonOf(*item.returnsOn)));
        return Words::tr("Away until %1. The strategy's next step waits for that day.").arg(dates.day(noonOf(*item.returnsOn)));
    case MessageClass::Bounce:
        if (item.suppressed)
            return Words::tr("The address takes no mail. It is suppressed, and its strategy has ended.");
        return Words::tr("The mail did not arrive, but the address may work again. It is not suppressed; the strategy goes on.");
    case MessageClass::OptOut:
        if (item.suppressed)
            return Words::tr("Asked not to be written to. The address is suppressed, and every strategy has ended.");
        return Words::tr("Asked not to be written to. The address has been taken off the suppression list since.");
    case MessageClass::Other:
    case MessageClass::Reply:
    case MessageClass::Own:
        break;
    }
    return {};
}

QString unknownSentence(const OutboxRow& row) {
    const QString what = Words::tr("The server may have taken this message, but its answer never came. It was not sent again.");
    const QString mailbox = isolated(toQt(row.mailboxAddress));
    if (!row.mailboxState)
        return Words::tr("%1 Its mailbox is gone, so it cannot be sent again from there.").arg(what);
    if (*row.mailboxState == MailboxState::Paused)
        return Words::tr("%1 %2 is paused: sent again, it waits until you resume the mailbox.").arg(what, mailbox);
    if (*row.mailboxState == MailboxState::NeedsAttention)
        return Words::tr("%1 %2 needs you to sign in: sent again, it waits until then.").arg(what, mailbox);
    return what;
}

} // namespace outrider::inbox
