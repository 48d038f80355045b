// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/mailbox_text.h"

#include "ui/text/tr.h"

namespace outrider::text {

QString pausedBecause(const Mailbox& mailbox) {
    if (mailbox.stateReason == pauseReasons::bounces)
        return Tr::tr("It paused by itself: more than %1 % of what it sent in seven days bounced. Check the list the addresses "
                      "came from before you resume it; going on costs the mailbox its good name.")
            .arg(mailbox.pauses.bouncePercent);
    if (mailbox.stateReason == pauseReasons::errors)
        return Tr::tr("It paused by itself: servers refused more than %1 % of what it tried in seven days. The outbox shows "
                      "their words.")
            .arg(mailbox.pauses.errorPercent);
    if (mailbox.stateReason == pauseReasons::policy)
        return Tr::tr(
                   "It paused by itself: its server refuses it as a sender: \"%1\". Ask the provider why before you resume it.")
            .arg(isolated(toQt(mailbox.stateDetail)));
    return {};
}

} // namespace outrider::text
