// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/conversation.h"
#include "core/store/store.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace outrider::store {

// Conversations by lead: where each stands (migration 0020), and what the person says of it. All functions throw
// StoreException.
class ConversationRepository {
public:
    explicit ConversationRepository(Connection& db) : m_db(db) {}

    // The latest first; snoozed ones by when they come back.
    ConversationPage list(ConversationTab tab, Instant now, const std::optional<ConversationKey>& after, int limit);
    // Of these leads, whatever they stand at; the latest first.
    std::vector<Conversation> of(std::span<const LeadId> leads, Instant now, int limit);
    std::optional<Conversation> find(LeadId lead, Instant now);
    ConversationCounts counts(Instant now);
    // The ids of the replies not handled, the latest first.
    std::vector<MessageId> waiting(LeadId lead);
    std::optional<MessageId> latestOf(LeadId lead);             // the latest they wrote
    std::vector<LeadId> peopleOf(CompanyId company, int limit); // who may have written for it

    void setSnoozed(WriteContext& write, LeadId lead, std::optional<Instant> until);
    void setClosed(WriteContext& write, LeadId lead, std::optional<Instant> at);
    void setVerdict(WriteContext& write, LeadId lead, Verdict verdict);
    // Not content: may be written silently. False: as if the latest had just come.
    void setRead(LeadId lead, bool read);

    // Works out anew where the conversations of leads with these ids stand: after a bulk insert without triggers.
    void work(LeadId first, LeadId last);
    // A line for every row that is not what the messages say; and all of them made anew.
    std::vector<std::string> examine();
    void rebuild();

    static std::vector<std::string> statements(); // for the plan tests

private:
    void speak(WriteContext& write, LeadId lead);
    Connection& m_db;
};

} // namespace outrider::store
