// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"

#include <QMap>
#include <QString>

namespace outrider::settings {

// What is wrong with a mailbox as filled in, field by field: said at the field before anything is asked
// of a server. The service checks again.
enum class MailboxField { Address, UserName, Secret, SmtpHost, SmtpPort, SmtpTls, ImapHost, ImapPort, ImapTls, CaFile };

using MailboxFaults = QMap<MailboxField, QString>;
// `secretNeeded`: there is none in the vault and none was typed.
MailboxFaults mailboxFaults(const Mailbox& mailbox, bool secretNeeded);

} // namespace outrider::settings
