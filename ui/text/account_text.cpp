// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/account_text.h"

#include "core/base/error.h"
#include "ui/text/tr.h"

namespace outrider::text {

QString accountKindTitle(AccountKind kind) {
    switch (kind) {
    case AccountKind::Servers:
        return Tr::tr("Any mail server");
    case AccountKind::Gmail:
        return Tr::tr("Gmail or Google Workspace");
    case AccountKind::Microsoft:
        return Tr::tr("Microsoft 365 or Outlook");
    case AccountKind::GmailApi:
        return Tr::tr("Gmail API");
    case AccountKind::Graph:
        return Tr::tr("Microsoft Graph");
    case AccountKind::Resend:
        return Tr::tr("Resend");
    case AccountKind::Twilio:
        return Tr::tr("Phone line, Twilio");
    }
    return {};
}

QString accountKindDetail(AccountKind kind) {
    switch (kind) {
    case AccountKind::Servers:
        return Tr::tr("SMTP to send and IMAP to read, with a password or an app password.");
    case AccountKind::Gmail:
        return Tr::tr("You sign in with Google in your browser. Sends and reads; no password is kept here.");
    case AccountKind::Microsoft:
        return Tr::tr("You sign in with Microsoft in your browser. Sends and reads; no password is kept here.");
    case AccountKind::GmailApi:
        return Tr::tr("You sign in with Google in your browser. Sends by way of a draft, and reads replies.");
    case AccountKind::Graph:
        return Tr::tr(
            "You sign in with Microsoft in your browser. Sends where SMTP is switched off; replies are not read this way.");
    case AccountKind::Resend:
        return Tr::tr("Sends with an API key, from a domain you have verified there. To have replies read, add it on the command "
                      "line with an IMAP server.");
    case AccountKind::Twilio:
        return Tr::tr("Sends text messages and places calls: your own phone rings first, then the lead's. Answers reach your "
                      "number, not Outrider.");
    }
    return {};
}

QString providerTitle(Provider provider) {
    switch (provider) {
    case Provider::Google:
        return Tr::tr("Google");
    case Provider::Microsoft:
        return Tr::tr("Microsoft");
    case Provider::Resend:
        return Tr::tr("Resend");
    case Provider::Twilio:
        return Tr::tr("Twilio");
    case Provider::None:
        break;
    }
    return {};
}

QString accountWay(const Mailbox& mailbox) {
    if (mailbox.kind == MailboxKind::Practice)
        return Tr::tr("Practice");
    if (sendsOverHttp(mailbox.account))
        return accountKindTitle(mailbox.account);
    if (signsInByBrowser(mailbox.account))
        return providerTitle(providerOf(mailbox.account));
    return mailbox.imap.host.empty() ? Tr::tr("SMTP only") : Tr::tr("IMAP and SMTP");
}

QString reconnectReason(const Mailbox& mailbox) {
    if (mailbox.kind != MailboxKind::Mail || !signsInByBrowser(mailbox.account) || mailbox.state != MailboxState::NeedsAttention)
        return {};
    const QString provider = providerTitle(providerOf(mailbox.account));
    if (mailbox.stateReason == name(ErrorCode::SecretMissing))
        return Tr::tr("Not signed in yet. Sign in with %1; what waits leaves after that.").arg(provider);
    if (mailbox.stateReason == name(ErrorCode::AuthFailed))
        return Tr::tr("%1 no longer accepts the sign-in: access was withdrawn or has run out. Nothing is lost; what waits leaves "
                      "when you have reconnected.")
            .arg(provider);
    return {};
}

std::string signInPage(Provider provider, bool done) {
    const QString title = done ? Tr::tr("Signed in with %1").arg(providerTitle(provider)) : Tr::tr("Not signed in");
    const QString text = done ? Tr::tr("Outrider has what it needs. You can close this page.")
                              : Tr::tr("Outrider says what went wrong. You can close this page.");
    return QStringLiteral("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>%1</title></head><body><h1>%1</h1><p>%2</p>"
                          "</body></html>")
        .arg(title.toHtmlEscaped(), text.toHtmlEscaped())
        .toStdString();
}

} // namespace outrider::text
