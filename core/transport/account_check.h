// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/enum_names.h"
#include "core/domain/mailbox.h"
#include "core/transport/server_login.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace outrider::transport {

// The steps of a connection test, in order.
enum class CheckStep { SmtpConnect, SmtpTls, SmtpSignIn, ImapConnect, ImapTls, ImapSignIn, Inbox, Sent, Idle };

inline constexpr auto checkStepNames = enumNames<CheckStep>({
    {CheckStep::SmtpConnect, "smtp_connect"},
    {CheckStep::SmtpTls, "smtp_tls"},
    {CheckStep::SmtpSignIn, "smtp_sign_in"},
    {CheckStep::ImapConnect, "imap_connect"},
    {CheckStep::ImapTls, "imap_tls"},
    {CheckStep::ImapSignIn, "imap_sign_in"},
    {CheckStep::Inbox, "inbox"},
    {CheckStep::Sent, "sent"},
    {CheckStep::Idle, "idle"},
});

constexpr std::string_view name(CheckStep step) { return checkStepNames.name(step); }

enum class CheckState {
    Passed,
    Failed,
    Missing, // it works without: no folder for sent mail, no IDLE
    Skipped, // a step before it failed, or there is nothing to do (TLS of a local server)
};

inline constexpr auto checkStateNames = enumNames<CheckState>({
    {CheckState::Passed, "passed"},
    {CheckState::Failed, "failed"},
    {CheckState::Missing, "missing"},
    {CheckState::Skipped, "skipped"},
});

constexpr std::string_view name(CheckState state) { return checkStateNames.name(state); }

struct CheckResult {
    CheckStep step = CheckStep::SmtpConnect;
    CheckState state = CheckState::Skipped;
    Millis duration{};
    std::string detail;                      // host and port, TLS protocol, folder, number of mails
    std::optional<Instant> certificateUntil; // of the TLS steps
    std::optional<Error> error;              // of a failed one
};

struct AccountReport {
    std::vector<CheckResult> results; // one per step, in order
    std::string sentFolder;           // found by its use or name; UTF-8; may be empty

    // Mail can be sent and read.
    bool usable() const;
    const CheckResult& of(CheckStep step) const;
};

// Tries a mailbox's settings for real, without sending or changing anything. Both servers are tried
// even when one fails. `onResult`, when given, hears of each step as it is known. Blocks (a worker's
// job); once `progress` is cancelled the rest fails with Cancelled.
AccountReport checkAccount(const Mailbox& mailbox, const SecretSource& secret, const NetworkTimeouts& timeouts,
                           const Progress& progress, const std::function<void(const CheckResult&)>& onResult = {});

} // namespace outrider::transport
