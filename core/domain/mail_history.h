// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"
#include "core/domain/message.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// How reading a mailbox goes. After the same failure over and over it is asked ever more rarely (services/read_pace.h).
struct ReadingState {
    MailboxId mailbox;
    std::optional<Instant> readAt;    // last successful look
    int failures = 0;                 // in a row
    std::string error;                // machine name of the last one; empty: the last look succeeded
    std::string detail;               // the server's words for it
    std::optional<Instant> nextTryAt; // none: as soon as there is something

    bool operator==(const ReadingState&) const = default;
};

// After so many failures in a row a mailbox is tried only now and then, until a try succeeds.
inline constexpr int circuitOpensAfter = 8;

inline bool isCircuitOpen(const ReadingState& state) { return state.failures >= circuitOpensAfter; }

// Stored; never renumber.
enum class MailHistoryState {
    Reading = 0,  // what lies in the mailbox is being gathered, or was stopped half-way
    Ready = 1,    // all of it is there to be looked at
    Approved = 2, // it was filed
    Declined = 3, // none of it is wanted
};

inline constexpr auto mailHistoryStateNames = enumNames<MailHistoryState>({
    {MailHistoryState::Reading, "reading"},
    {MailHistoryState::Ready, "ready"},
    {MailHistoryState::Approved, "approved"},
    {MailHistoryState::Declined, "declined"},
});

// The mail that lay in a mailbox when it was connected, before any of it is filed. Only what belongs to a lead is kept.
struct MailHistory {
    MailboxId mailbox;
    MailHistoryState state = MailHistoryState::Reading;
    std::chrono::sys_days since{}; // from that day
    std::chrono::sys_days until{}; // up to, and without, that one: what came later is read as new mail
    std::int64_t total = 0;        // in that time; 0: not known yet
    std::int64_t read = 0;         // of them
    std::int64_t kept = 0;         // belong to leads

    bool operator==(const MailHistory&) const = default;
};

// One lead's part of it, and what approving would do.
struct MailHistoryLead {
    LeadId lead;
    std::string name;
    std::string company;
    int received = 0;
    int sent = 0; // by the person
    std::optional<Instant> first;
    std::optional<Instant> last;
    int replies = 0;
    int bounces = 0;
    int optOuts = 0;
    bool stops = false;      // a strategy that runs is ended by what came after it began
    bool suppresses = false; // nobody may write to them any more

    bool operator==(const MailHistoryLead&) const = default;
};

struct MailHistoryPreview {
    MailHistory history;
    std::string address; // of the mailbox
    std::int64_t messages = 0;
    std::int64_t leads = 0;
    std::int64_t replies = 0;
    std::int64_t autoReplies = 0;
    std::int64_t bounces = 0;
    std::int64_t optOuts = 0;
    std::int64_t sent = 0;
    std::int64_t stops = 0;             // leads
    std::int64_t suppresses = 0;        // leads
    std::vector<MailHistoryLead> shown; // those with an effect first, then the most mail

    bool operator==(const MailHistoryPreview&) const = default;
};

// A mail the rules of now judge otherwise than those that judged it.
struct Rejudged {
    MessageId message;
    LeadId lead;
    std::string leadName;
    std::string subject;
    MessageClass before = MessageClass::Other;
    MessageClass after = MessageClass::Other;
    std::string ruleBefore;
    std::string ruleAfter;
    bool textChanged = false; // what is shown of it

    bool operator==(const Rejudged&) const = default;
};

struct RejudgeReport {
    std::int64_t looked = 0;
    std::int64_t changed = 0;      // all of them
    std::int64_t classes = 0;      // whose class is another now
    std::vector<Rejudged> changes; // the first of those
};

} // namespace outrider
