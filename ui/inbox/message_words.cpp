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

paint::Chip standingChip(const Conversation& one, bool everywhere, const text::Dates& dates) {
    if (one.tab == ConversationTab::Snoozed && one.snoozedUntil)
        return {Words::tr("Back %1").arg(dates.brief(*one.snoozedUntil)), paint::Tone::Neutral, theme::Icon::Clock};
    if (one.last.messageClass == MessageClass::OptOut)
        return {Words::tr("Opted out"), paint::Tone::Bad};
    switch (one.verdict) {
    case Verdict::Interested:
        return {Words::tr("Interested"), paint::Tone::Accent};
    case Verdict::Meeting:
        return {Words::tr("Meeting"), paint::Tone::Accent};
    case Verdict::NotNow:
        return {Words::tr("Not now"), paint::Tone::Warn};
    case Verdict::WrongPerson:
        return {Words::tr("Wrong person")};
    case Verdict::No:
        return {Words::tr("No")};
    case Verdict::OptOut:
        return {Words::tr("Opted out"), paint::Tone::Bad};
    case Verdict::None:
        break;
    }
    if (one.tab == ConversationTab::ToAnswer && one.snoozedUntil)
        return {Words::tr("Came back"), paint::Tone::Neutral, theme::Icon::Clock};
    if (!everywhere)
        return {};
    switch (one.tab) {
    case ConversationTab::ToAnswer:
        return {Words::tr("To answer"), paint::Tone::Accent};
    case ConversationTab::Waiting:
        return {Words::tr("Waiting")};
    case ConversationTab::Snoozed:
    case ConversationTab::Done:
        break;
    }
    return {};
}

QString standingSentence(const Conversation& one, const text::Dates& dates) {
    switch (one.tab) {
    case ConversationTab::Snoozed:
        return one.snoozedUntil ? Words::tr("Snoozed until %1, or until they write again.").arg(dates.moment(*one.snoozedUntil))
                                : QString();
    case ConversationTab::Waiting:
        return Words::tr("You wrote last, %1. Their answer is awaited.").arg(dates.moment(one.lastAt));
    case ConversationTab::ToAnswer:
        return one.snoozedUntil ? Words::tr("Snoozed until %1, and back.").arg(dates.moment(*one.snoozedUntil)) : QString();
    case ConversationTab::Done:
        break;
    }
    return one.last.messageClass == MessageClass::OptOut ? Words::tr("Asked not to be written to, and every strategy has ended.")
                                                         : QString();
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
