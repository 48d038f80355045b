// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mailbox_words.h"

#include "core/base/error.h"
#include "core/domain/mailbox_pause.h"
#include "ui/text/account_text.h"
#include "ui/text/error_text.h"
#include "ui/text/mailbox_text.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::settings {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MailboxesPanel)
};

} // namespace

paint::Chip mailboxChip(const Mailbox& mailbox) {
    switch (mailbox.state) {
    case MailboxState::Active:
        if (mailbox.kind == MailboxKind::Mail && !mailbox.checkedAt)
            return {.text = Words::tr("Not tested"), .tone = paint::Tone::Neutral};
        return {.text = Words::tr("Good"), .tone = paint::Tone::Ok};
    case MailboxState::Paused:
        return {.text = Words::tr("Paused"), .tone = paint::Tone::Warn};
    case MailboxState::NeedsAttention:
        return {.text = mailbox.stateReason == name(ErrorCode::AuthFailed) ? Words::tr("Signed out")
                        : !text::reconnectReason(mailbox).isEmpty()        ? Words::tr("Not signed in")
                                                                           : Words::tr("Needs attention"),
                .tone = paint::Tone::Bad};
    }
    return {};
}

QString attentionText(const Mailbox& mailbox) {
    if (!needsPerson(mailbox))
        return {};
    if (mailbox.state == MailboxState::Paused)
        return text::pausedBecause(mailbox);
    if (const QString reconnect = text::reconnectReason(mailbox); !reconnect.isEmpty())
        return reconnect;
    for (int i = 0; i < errorCodeCount(); ++i) {
        const Error error(static_cast<ErrorCode>(i));
        if (name(error.code) == mailbox.stateReason)
            return QStringLiteral("%1 %2").arg(text::sentence(error), text::hint(error)).trimmed();
    }
    return Words::tr("It stopped: %1.").arg(text::isolated(text::toQt(mailbox.stateReason)));
}

QString readingWords(const ReadingState& reading, const text::Dates& dates) {
    if (reading.error.empty())
        return reading.readAt ? Words::tr("read %1").arg(dates.brief(*reading.readAt)) : QString();
    QString why = text::toQt(reading.error);
    for (int i = 0; i < errorCodeCount(); ++i) {
        if (const Error error(static_cast<ErrorCode>(i)); name(error.code) == reading.error)
            why = text::sentence(Error(error.code, reading.detail));
    }
    const QString since =
        reading.readAt ? Words::tr("Not read since %1.").arg(dates.moment(*reading.readAt)) : Words::tr("Not read yet.");
    return reading.nextTryAt
               ? QStringLiteral("%1 %2 %3").arg(since, why, Words::tr("Next try %1.").arg(dates.moment(*reading.nextTryAt)))
               : QStringLiteral("%1 %2").arg(since, why);
}

QString reconnectVerb(const Mailbox& mailbox) {
    return mailbox.stateReason == name(ErrorCode::AuthFailed) ? Words::tr("Reconnect") : Words::tr("Sign in");
}

} // namespace outrider::settings
