// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace outrider {

// Stored; never renumber.
enum class MailboxKind {
    Mail = 0,     // any SMTP and IMAP server
    Practice = 1, // answers by itself, inside the program; nothing leaves the machine
};

// Stored; never renumber.
enum class TlsMode {
    None = 0,     // only for servers on this machine
    StartTls = 1, // required, never optional
    Implicit = 2, // SMTPS, IMAPS
};

// Stored; never renumber.
enum class AuthMethod {
    None = 0,
    Plain = 1,
    Login = 2,
    XOAuth2 = 3, // the secret is an access token
};

// Stored; never renumber.
enum class MailboxState {
    Active = 0,
    Paused = 1,         // by the person
    NeedsAttention = 2, // signed out, wrong certificate…: see stateReason
};

inline constexpr auto mailboxKindNames = enumNames<MailboxKind>({
    {MailboxKind::Mail, "mail"},
    {MailboxKind::Practice, "practice"},
});
inline constexpr auto tlsModeNames = enumNames<TlsMode>({
    {TlsMode::None, "none"},
    {TlsMode::StartTls, "starttls"},
    {TlsMode::Implicit, "tls"},
});
inline constexpr auto authMethodNames = enumNames<AuthMethod>({
    {AuthMethod::None, "none"},
    {AuthMethod::Plain, "plain"},
    {AuthMethod::Login, "login"},
    {AuthMethod::XOAuth2, "xoauth2"},
});
inline constexpr auto mailboxStateNames = enumNames<MailboxState>({
    {MailboxState::Active, "active"},
    {MailboxState::Paused, "paused"},
    {MailboxState::NeedsAttention, "needs_attention"},
});

struct ServerAddress {
    std::string host;
    int port = 0;
    TlsMode tls = TlsMode::Implicit;

    bool operator==(const ServerAddress&) const = default;
};

// An address mail leaves from and answers come back to. Its password or token is in the vault.
struct Mailbox {
    MailboxId id;
    MailboxKind kind = MailboxKind::Mail;
    std::string address;
    std::string displayName; // the From name
    std::string signature;   // plain text, put under every message
    std::string optOutLine;  // the last line of strategy e-mails; may be empty

    ServerAddress smtp;
    ServerAddress imap;
    AuthMethod auth = AuthMethod::Plain;
    std::string userName; // for both servers
    std::string caFile;   // a CA to trust beside the system's; empty: the system's
    std::string inboxFolder = "INBOX";
    std::string sentFolder; // where copies are filed; empty: found by its \Sent attribute

    int dailyLimit = 50;    // messages in any 24 hours
    int holdSeconds = 10;   // undo window
    int spacingSeconds = 0; // least time between two sends

    MailboxState state = MailboxState::Active;
    std::string stateReason;          // machine name of the error that paused it
    std::optional<Instant> checkedAt; // last successful connection test
    std::optional<Instant> fetchedAt; // last successful look for new mail
    Instant createdAt{};

    bool operator==(const Mailbox&) const = default;
};

} // namespace outrider
