// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/enum_names.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace outrider::transport {

// Who a message is from and for, as the servers see it; bare addresses. One recipient per message,
// so that no message is ever partly accepted.
struct Envelope {
    std::string sender;
    std::string recipient;
    std::string idempotencyKey; // the same for every try; only some providers look at it
    std::string reference;      // of an earlier try (MailTransport::reference); empty: there was none
};

// How a hand-over ended, as far as it can be known.
enum class SendKind {
    Sent,        // the server has taken the message
    RefusedSoft, // it said 4xx to this message: later it may take it
    RefusedHard, // it said 5xx to this message
    NotSent,     // nothing was handed over; trying again cannot send it twice
    Unknown,     // handed over, but no answer came: the server may have it. Never send again by itself
};

inline constexpr auto sendKindNames = enumNames<SendKind>({
    {SendKind::Sent, "sent"},
    {SendKind::RefusedSoft, "refused_soft"},
    {SendKind::RefusedHard, "refused_hard"},
    {SendKind::NotSent, "not_sent"},
    {SendKind::Unknown, "unknown"},
});

constexpr std::string_view name(SendKind kind) { return sendKindNames.name(kind); }

// How far a hand-over came. What a refusal is about depends on it: at Sender it is the mailbox's own
// address, at Recipient the lead's, at Content and Answer the message.
enum class SendStage {
    Connect, // including the server's greeting
    Tls,
    SignIn,
    Sender,    // MAIL FROM
    Recipient, // RCPT TO
    Content,   // DATA, and the message itself
    Answer,    // all of the message is handed over
};

inline constexpr auto sendStageNames = enumNames<SendStage>({
    {SendStage::Connect, "connect"},
    {SendStage::Tls, "tls"},
    {SendStage::SignIn, "sign_in"},
    {SendStage::Sender, "sender"},
    {SendStage::Recipient, "recipient"},
    {SendStage::Content, "content"},
    {SendStage::Answer, "answer"},
});

constexpr std::string_view name(SendStage stage) { return sendStageNames.name(stage); }

struct SendOutcome {
    SendKind kind = SendKind::NotSent;
    SendStage stage = SendStage::Connect;
    int replyCode = 0;                // the server's last one; 0: none came
    std::string answer;               // its text, for the trace; never a secret
    Error error;                      // why not; says nothing when Sent
    std::optional<Millis> retryAfter; // NotSent: when the provider wants to hear from this mailbox again
    bool optedOut = false;            // RefusedHard: the recipient has told the provider to be left alone
    std::string messageId;            // Sent: the one the provider gave it, without brackets; empty: ours, or not known
};

// Called once per send, on the caller's thread, when the server is ready for the message and before
// its first byte leaves: the moment to record durably that it is being sent. False: nothing is sent.
using HandOver = std::function<bool()>;

// Hands messages over. Each belongs to one mailbox and keeps its connection between messages; used by
// one thread at a time. A practice mailbox implements it without a network.
class MailTransport {
public:
    virtual ~MailTransport() = default;

    // Hands over one message, in the form render() gives it. Blocks; bounded by time-outs; `progress`
    // can cancel it until beforeData was called, and then only makes the wait for the answer short.
    virtual SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                             const Progress& progress) = 0;

    // The provider's own name for the message being handed over, to be recorded durably together with that: asked
    // for while beforeData runs. Empty: it has none.
    virtual std::string reference() const { return {}; }
};

} // namespace outrider::transport
