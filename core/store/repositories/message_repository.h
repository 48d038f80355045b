// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// A conversation's head, as the inbox lists it.
struct InboxRow {
    Message message; // without its raw bytes
    std::string leadName;
    std::string companyName;
    StatusId leadStatus;
    std::string effect;      // of an automatic answer: the ISO date of return; of a bounce: its words; may be empty
    bool suppressed = false; // the lead's address, after a bounce or an opt-out
};

// Mail, sent and received. The raw bytes are kept compressed (zstd) and read on their own.
class MessageRepository {
public:
    explicit MessageRepository(Connection& db) : m_db(db) {}

    // Without raw. Only this reads why it was judged as it was: that lies behind the raw bytes, and a list would
    // walk past them for every row.
    std::optional<Message> find(MessageId id);
    std::string raw(MessageId id);
    std::string effectOf(const Message& message); // InboxRow::effect
    bool knowsHeader(std::string_view messageIdHeader);
    // Sent or received, by its Message-ID or one a provider put in its place.
    std::optional<Message> findByHeader(std::string_view messageIdHeader);
    // The outbound message a reply quotes, by our Message-ID or one a provider put in its place.
    std::optional<Message> findOutbound(std::string_view messageIdHeader);
    // By what stands before the @ of our Message-ID.
    std::optional<Message> findOutboundByToken(std::string_view token);
    std::optional<Message> lastOutboundTo(LeadId lead);
    std::vector<Message> ofLead(LeadId lead, int limit); // newest first

    void insert(WriteContext& write, Message& message); // with a new id
    void addAlias(WriteContext& write, MessageId id, std::string_view header);
    void setHandled(WriteContext& write, MessageId id, bool handled);
    void setClass(WriteContext& write, MessageId id, MessageClass messageClass);
    void setLead(WriteContext& write, MessageId id, LeadId lead);
    // The rules of now judged it so: its text and why, not its class.
    void setJudged(WriteContext& write, const Message& message);
    void setRulesVersion(WriteContext& write, MessageId id, int version);
    // A mail that came in, with its bytes: the first after that id, received at `since` or later.
    struct Received {
        Message message;
        std::string raw;
    };
    std::vector<Received> receivedAfter(MessageId after, std::optional<Instant> since, int limit);
    void setAt(WriteContext& write, MessageId id, Instant at); // when it really left
    // A later judgement: by another match, or by the person.
    void setMatch(WriteContext& write, MessageId id, std::string_view matchedBy, std::string_view evidence);

    // Inbound, newest first. `handled`: none for both.
    std::vector<InboxRow> inbox(MessageClass messageClass, std::optional<bool> handled, int limit);
    static std::string inboxSql(std::optional<bool> handled); // for tests of its plan
    std::optional<Instant> lastInbound(MessageClass messageClass);
    int countUnhandled(MessageClass messageClass);

private:
    Connection& m_db;
};

} // namespace outrider::store
