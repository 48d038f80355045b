// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What the person made of somebody's replies. Stored; never renumber.
enum class Verdict {
    None = 0,
    Interested = 1,
    Meeting = 2,
    NotNow = 3,
    WrongPerson = 4,
    No = 5,
    OptOut = 6,
};

inline constexpr auto verdictNames = enumNames<Verdict>({
    {Verdict::None, "none"},
    {Verdict::Interested, "interested"},
    {Verdict::Meeting, "meeting"},
    {Verdict::NotNow, "not_now"},
    {Verdict::WrongPerson, "wrong_person"},
    {Verdict::No, "no"},
    {Verdict::OptOut, "opt_out"},
});

constexpr std::string_view name(Verdict verdict) { return verdictNames.name(verdict); }

// Where a conversation stands. Snoozed is one to answer that comes back at its moment.
enum class ConversationTab {
    ToAnswer,
    Snoozed,
    Waiting, // for them: the last word is ours
    Done,
};

inline constexpr auto conversationTabNames = enumNames<ConversationTab>({
    {ConversationTab::ToAnswer, "to_answer"},
    {ConversationTab::Snoozed, "snoozed"},
    {ConversationTab::Waiting, "waiting"},
    {ConversationTab::Done, "done"},
});

constexpr std::string_view name(ConversationTab tab) { return conversationTabNames.name(tab); }

// All mail to and from one lead who has answered, as the inbox lists it.
struct Conversation {
    LeadId lead;
    std::string leadName;
    std::string companyName;
    StatusId leadStatus;
    ConversationTab tab = ConversationTab::ToAnswer;
    Verdict verdict = Verdict::None;
    Message last; // the latest they wrote, with the beginning of its text and without its raw bytes
    Instant lastAt{};
    int waiting = 0; // replies not handled
    int unread = 0;
    std::optional<Instant> snoozedUntil; // may have passed: then it has come back
};

// Where a list goes on.
struct ConversationKey {
    Instant at{};
    LeadId lead;
};

struct ConversationPage {
    std::vector<Conversation> rows;
    std::optional<ConversationKey> next; // none: that was all
};

struct ConversationCounts {
    static constexpr int mostCounted = 10000; // that many or more

    int toAnswer = 0;
    int unread = 0; // messages, of those to answer
    int snoozed = 0;
    int waiting = 0;
    std::optional<Instant> nextBackAt; // when the next snoozed one comes back
};

// Whose an unmatched mail may be, and why.
struct MatchSuggestion {
    enum class Why { Thread, Name, Company };
    LeadId lead;
    std::string leadName;
    std::string companyName;
    Why why = Why::Thread;
};

} // namespace outrider
