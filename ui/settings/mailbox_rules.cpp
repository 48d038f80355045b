// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mailbox_rules.h"

#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace outrider::settings {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MailboxRules)
};

bool isThisComputer(const QString& host) {
    return host == QLatin1String("localhost") || host.startsWith(QLatin1String("127.")) || host == QLatin1String("::1");
}

void checkServer(MailboxFaults& faults, const ServerAddress& server, MailboxField host, MailboxField port, MailboxField tls) {
    const QString name = text::toQt(server.host);
    if (name.trimmed().isEmpty())
        faults[host] = Words::tr("The server needs a name.");
    else if (name.contains(QLatin1Char(' ')) || name.contains(QLatin1Char('/')) || name.contains(QLatin1Char('@')))
        faults[host] = Words::tr("That is not a server's name.");
    if (server.port < 1 || server.port > 65535)
        faults[port] = Words::tr("From 1 to 65535.");
    if (server.tls == TlsMode::None && !isThisComputer(name))
        faults[tls] = Words::tr("Only to this computer.");
}

} // namespace

MailboxFaults mailboxFaults(const Mailbox& mailbox, bool secretNeeded) {
    MailboxFaults faults;
    const QString address = text::toQt(mailbox.address).trimmed();
    const qsizetype at = address.lastIndexOf(QLatin1Char('@'));
    if (address.isEmpty())
        faults[MailboxField::Address] = Words::tr("The mailbox needs an address.");
    else if (at <= 0 || at == address.size() - 1)
        faults[MailboxField::Address] = Words::tr("No domain after the @.");
    if (mailbox.kind == MailboxKind::Practice)
        return faults;
    if (mailbox.account == AccountKind::Resend && secretNeeded)
        faults[MailboxField::Secret] = Words::tr("The API key is missing.");
    if (mailbox.account == AccountKind::Resend && !mailbox.imap.host.empty())
        checkServer(faults, mailbox.imap, MailboxField::ImapHost, MailboxField::ImapPort, MailboxField::ImapTls);
    if (mailbox.account != AccountKind::Servers)
        return faults; // what else there is, the provider knows
    checkServer(faults, mailbox.smtp, MailboxField::SmtpHost, MailboxField::SmtpPort, MailboxField::SmtpTls);
    if (!mailbox.imap.host.empty()) // without one nothing is read, and replies are not seen
        checkServer(faults, mailbox.imap, MailboxField::ImapHost, MailboxField::ImapPort, MailboxField::ImapTls);
    if (mailbox.auth != AuthMethod::None && secretNeeded)
        faults[MailboxField::Secret] = mailbox.auth == AuthMethod::XOAuth2 ? Words::tr("The access token is missing.")
                                                                           : Words::tr("The password is missing.");
    if (!mailbox.caFile.empty() && !QFileInfo(text::toQt(mailbox.caFile)).isReadable())
        faults[MailboxField::CaFile] = Words::tr("That file cannot be read.");
    return faults;
}

} // namespace outrider::settings
