// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"

#include <QString>

#include <string>

namespace outrider::text {

// "Gmail or Google Workspace", "Any other server".
QString accountKindTitle(AccountKind kind);
// What choosing it means, in a sentence.
QString accountKindDetail(AccountKind kind);
// "Google", "Microsoft", "Resend".
QString providerTitle(Provider provider);
// "IMAP and SMTP", "Gmail API": how a mailbox is reached, in its list.
QString accountWay(const Mailbox& mailbox);

// Why a mailbox that is signed in to in the browser has to be signed in to again, or for the first time; empty: it has
// not.
QString reconnectReason(const Mailbox& mailbox);

// What the browser shows when it comes back: a whole HTML document.
std::string signInPage(Provider provider, bool done);

} // namespace outrider::text
