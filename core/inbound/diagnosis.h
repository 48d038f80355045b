// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

#include <optional>
#include <string>
#include <string_view>

namespace outrider::inbound {

// Why a message came back.
struct Diagnosis {
    // The address or its domain does not exist.
    bool hard = false;
    // Hard: user_unknown, host_unknown, moved, no_mail_accepted.
    // Soft: mailbox_full, mailbox_disabled, spam, policy, blocked, sender, authentication, relay_denied,
    // too_large, content, rate_limited, greylisted, expired, network, loop, system, delayed, unknown.
    std::string reason;

    bool operator==(const Diagnosis&) const = default;
};

// What a bounce asks of the sender: give the address up, wait, mend something of one's own, wait for the
// recipient, or look.
enum class BounceKind { Hard, Soft, Policy, MailboxFull, Unknown };

inline constexpr auto bounceKindNames = enumNames<BounceKind>({
    {BounceKind::Hard, "hard"},
    {BounceKind::Soft, "soft"},
    {BounceKind::Policy, "policy"},
    {BounceKind::MailboxFull, "mailbox_full"},
    {BounceKind::Unknown, "unknown"},
});

constexpr std::string_view name(BounceKind kind) { return bounceKindNames.name(kind); }

BounceKind kindOf(bool hard, std::string_view reason);

// Judges what a server said, and the status it gave it ("5.1.1", RFC 3463; may be empty or wrong).
//
// The words decide before the numbers: of real permanent failures more are full mailboxes, policies and
// spam filters than wrong addresses, under every number there is. A lead wrongly given up is worse than
// one mail too many, so a doubt is soft.
Diagnosis diagnose(std::string_view said, std::string_view status);

// The same by the words alone; none when they say nothing that is known.
std::optional<Diagnosis> diagnoseByWords(std::string_view said, std::string_view status);

// The first enhanced status code in a text ("550-5.1.1 The email…" -> "5.1.1"); empty when there is none.
std::string_view statusIn(std::string_view text);

// The first SMTP reply code, 400 to 599; 0 when there is none.
int replyCodeIn(std::string_view text);

} // namespace outrider::inbound
