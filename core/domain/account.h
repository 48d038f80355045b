// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

namespace outrider {

// How a mailbox sends, and how it is signed in to. Stored; never renumber.
enum class AccountKind {
    Servers = 0,   // any SMTP and IMAP server, by password
    Gmail = 1,     // Google's SMTP and IMAP, signed in to in the browser
    Microsoft = 2, // Microsoft 365's SMTP and IMAP, signed in to in the browser
    GmailApi = 3,  // Google's HTTP interface: draft, then send
    Graph = 4,     // Microsoft's HTTP interface
    Resend = 5,    // Resend's HTTP interface, by an API key; replies come to any IMAP server, or are not read
    Twilio = 6,    // a phone line: text messages and calls over Twilio's HTTP interface
};

inline constexpr auto accountKindNames = enumNames<AccountKind>({
    {AccountKind::Servers, "mail"},
    {AccountKind::Gmail, "gmail"},
    {AccountKind::Microsoft, "microsoft"},
    {AccountKind::GmailApi, "gmail-api"},
    {AccountKind::Graph, "graph"},
    {AccountKind::Resend, "resend"},
    {AccountKind::Twilio, "twilio"},
});

constexpr std::string_view name(AccountKind kind) { return accountKindNames.name(kind); }

// Whose service it is.
enum class Provider { None, Google, Microsoft, Resend, Twilio };

inline constexpr auto providerNames = enumNames<Provider>({
    {Provider::None, "none"},
    {Provider::Google, "google"},
    {Provider::Microsoft, "microsoft"},
    {Provider::Resend, "resend"},
    {Provider::Twilio, "twilio"},
});

constexpr std::string_view name(Provider provider) { return providerNames.name(provider); }

constexpr Provider providerOf(AccountKind kind) {
    switch (kind) {
    case AccountKind::Gmail:
    case AccountKind::GmailApi:
        return Provider::Google;
    case AccountKind::Microsoft:
    case AccountKind::Graph:
        return Provider::Microsoft;
    case AccountKind::Resend:
        return Provider::Resend;
    case AccountKind::Twilio:
        return Provider::Twilio;
    case AccountKind::Servers:
        break;
    }
    return Provider::None;
}

// By OAuth in the person's browser: tokens, renewed by themselves, and no password.
constexpr bool signsInByBrowser(AccountKind kind) {
    return providerOf(kind) == Provider::Google || providerOf(kind) == Provider::Microsoft;
}

// Over HTTP instead of SMTP.
constexpr bool sendsOverHttp(AccountKind kind) {
    return kind == AccountKind::GmailApi || kind == AccountKind::Graph || kind == AccountKind::Resend
           || kind == AccountKind::Twilio;
}

// Sends text messages and calls, and no mail.
constexpr bool isPhoneLine(AccountKind kind) { return kind == AccountKind::Twilio; }

} // namespace outrider
