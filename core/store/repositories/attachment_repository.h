// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "core/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Files that go with messages. Their bytes are kept once, compressed (zstd), under their hash; a step, and every
// message sent, only names them. A message's raw bytes are kept without them and put together when read.
class AttachmentRepository {
public:
    explicit AttachmentRepository(Connection& db) : m_db(db) {}

    // Keeps the bytes of those not stored yet, and gives every one its hash and size.
    void store(WriteContext& write, std::vector<MailAttachment>& attachments);
    // The bytes; throws StoreException(StoreDamaged) when they are not there or not what the hash says.
    std::string content(std::string_view hash);

    std::vector<MailAttachment> ofStep(StepId step);
    void setOfStep(WriteContext& write, StepId step, const std::vector<MailAttachment>& attachments); // stored ones
    // A new version's step goes on with the files of the one it came from.
    void copyStep(WriteContext& write, StepId from, StepId to);

    std::vector<MailAttachment> ofMessage(MessageId message);

    // A message's bytes without those of its files, and where they belong.
    struct Packed {
        std::string raw;
        std::vector<std::int64_t> places; // -1: the bytes stay where they are
    };
    static Packed pack(std::string_view raw, const std::vector<MailAttachment>& attachments); // with their data
    void setOfMessage(WriteContext& write, MessageId message, const std::vector<MailAttachment>& attachments,
                      const Packed& packed);
    // The whole again.
    std::string unpack(MessageId message, std::string raw);

private:
    Connection& m_db;
};

} // namespace outrider::store
