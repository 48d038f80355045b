// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/conversation.h"

#include <QFuture>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// Somebody a reply names as the right person.
struct NamedPerson {
    std::string name;
    std::string email; // one of the two is enough
};

// What the person makes of somebody's replies.
struct Judgement {
    Verdict verdict = Verdict::None;
    std::optional<Instant> until;        // NotNow: when to ask again; none: in three months
    std::optional<NamedPerson> rightOne; // WrongPerson: who is added as a lead of the same company
};

// The inbox by conversations: who waits for an answer, and what becomes of them. Thread-safe; returns at once. What
// changes anything is one action each, undone by HistoryService::undo, unless it says otherwise.
class ConversationService {
public:
    explicit ConversationService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<ConversationPage>> list(ConversationTab tab, std::optional<ConversationKey> after, int limit);
    // By names, companies, addresses and words of what was written, wherever the conversation stands.
    QFuture<Result<std::vector<Conversation>>> search(std::string words, int limit);
    QFuture<Result<Conversation>> find(LeadId lead);
    QFuture<Result<ConversationCounts>> counts();
    // The lead of a message or of that id itself; what a person may name a conversation by.
    QFuture<Result<LeadId>> leadOf(std::int64_t messageOrLead);

    // Away from what is to answer until then; none: back at once. Who writes again is back by that.
    QFuture<Result<>> snooze(LeadId lead, std::optional<Instant> until);
    // False: the latest reply is to be answered after all.
    QFuture<Result<>> setDone(LeadId lead, bool done);
    // Whether the person has seen it. Not an action.
    QFuture<Result<>> setRead(LeadId lead, bool read);

    // Moves the lead: status, strategies, suppression, the follow-up. Who is interested or wants to meet still waits for
    // an answer; with every other verdict the conversation is done. The lead that was added, with `rightOne`.
    QFuture<Result<LeadId>> judge(LeadId lead, Judgement judgement);
    // Whom a reply names instead of themselves: an address in it that is not theirs, and the name beside it.
    QFuture<Result<NamedPerson>> namedIn(MessageId message);

    // Whose a mail that belongs to nobody may be, the likeliest first; whom InboxService::match then takes.
    QFuture<Result<std::vector<MatchSuggestion>>> suggestions(MessageId message);
    // Its sender as a new lead, whose reply it then is.
    QFuture<Result<LeadId>> addSender(MessageId message);

private:
    ServiceContext& m_context;
};

// Pure: the first address in a text that is none of `own`, and the words before it that look like a name.
NamedPerson personNamedIn(std::string_view text, const std::vector<std::string>& ownKeys);

} // namespace outrider
