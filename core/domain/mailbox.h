// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/account.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"
#include "core/domain/phone_line.h"

#include <optional>
#include <string>

namespace outrider {

// Stored; never renumber.
enum class MailboxKind {
    Mail = 0,     // of the network; which way is AccountKind
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

// How much may leave a mailbox beside its daily limit, and how evenly. Every window rolls; 0: no such limit.
struct SendLimits {
    int perMinute = 0;
    int perHour = 0;
    int perWeek = 0;
    int perDomainAndHour = 0; // to addresses of one domain, from all mailboxes together; not for free-mail domains
    int spacingUpTo = 0;      // seconds: the time between two sends is drawn between spacingSeconds and this

    // The ramp of a mailbox that is new: so many in the first 24 hours, and at most `rampStep` more every day after,
    // until the daily limit is reached. 0: no ramp.
    int rampStart = 0;
    int rampStep = 0;
    std::optional<Instant> rampBegan; // none: with the mailbox

    bool operator==(const SendLimits&) const = default;
};

// What makes a mailbox pause by itself. 0: never.
struct PauseRules {
    int bouncePercent = 5; // hard bounces of what was sent
    int errorPercent = 0;  // refusals of what was tried
    bool onPolicy = true;  // a server refuses the sender itself (5.7.x): at once

    bool operator==(const PauseRules&) const = default;
};

// An address mail leaves from and answers come back to, or a phone line, whose address is its number. Its password or
// token is in the vault.
struct Mailbox {
    MailboxId id;
    MailboxKind kind = MailboxKind::Mail;
    AccountKind account = AccountKind::Servers;
    std::string address;
    std::string displayName; // the From name
    std::string signature;   // plain text, put under every message
    std::string optOutLine;  // the last line of strategy e-mails; may be empty

    PhoneLine phone; // of a phone line alone
    ServerAddress smtp;
    ServerAddress imap;
    AuthMethod auth = AuthMethod::Plain;
    std::string userName; // for both servers; of an account, the one signed in to
    std::string caFile;   // a CA to trust beside the system's; empty: the system's
    std::string inboxFolder = "INBOX";
    std::string sentFolder; // where copies are filed; empty: found by its \Sent attribute

    int dailyLimit = 50;    // messages in any 24 hours
    int holdSeconds = 10;   // undo window
    int spacingSeconds = 0; // least time between two sends
    SendLimits limits;
    PauseRules pauses;
    std::string dkimSelector; // where the domain's key is, when it cannot be guessed

    MailboxState state = MailboxState::Active;
    std::string stateReason;          // machine name of the error that paused it
    std::string stateDetail;          // the server's own words for it; may be empty
    std::optional<Instant> checkedAt; // last successful connection test
    std::optional<Instant> fetchedAt; // last successful look for new mail
    Instant createdAt{};

    bool operator==(const Mailbox&) const = default;
};

} // namespace outrider
