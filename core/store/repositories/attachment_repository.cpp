// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/attachment_repository.h"

#include "core/store/compression.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace outrider::store {

namespace {

std::string hashOf(std::string_view bytes) {
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
    std::array<char, 2 * crypto_generichash_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

// Base64 as a message has it (RFC 2045 §6.8).
std::string inLines(std::string_view bytes) {
    constexpr std::size_t lineLength = 76;
    std::string plain(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(plain.data(), plain.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    plain.pop_back(); // its own zero
    std::string lines;
    lines.reserve(plain.size() + plain.size() / lineLength * 2 + 2);
    for (std::size_t at = 0; at < plain.size(); at += lineLength)
        lines.append(plain, at, lineLength).append("\r\n");
    return lines;
}

MailAttachment read(const Statement& row) {
    return {.name = row.text(0), .mediaType = row.text(1), .size = row.integer(2), .hash = row.text(3)};
}

std::vector<MailAttachment> all(Statement rows) {
    std::vector<MailAttachment> attachments;
    while (rows.step())
        attachments.push_back(read(rows));
    return attachments;
}

} // namespace

void AttachmentRepository::store(WriteContext&, std::vector<MailAttachment>& attachments) {
    for (MailAttachment& attachment : attachments) {
        if (!attachment.hash.empty() || !attachment.data)
            continue;
        attachment.hash = hashOf(*attachment.data);
        attachment.size = std::int64_t(attachment.data->size());
        if (m_db.integer("SELECT 1 FROM attachment_content WHERE hash = ?1", attachment.hash) != 0)
            continue;
        const std::string packed = compressed(*attachment.data);
        m_db.run("INSERT INTO attachment_content(hash, size, data) VALUES (?1, ?2, ?3)", attachment.hash, attachment.size,
                 std::as_bytes(std::span(packed)));
    }
}

std::string AttachmentRepository::content(std::string_view hash) {
    Statement row = m_db.query("SELECT data FROM attachment_content WHERE hash = ?1", hash);
    if (!row.step())
        throw StoreException(Error(ErrorCode::StoreDamaged, "a file that goes with a message is missing"));
    std::string bytes = decompressed(row.blob(0));
    if (hashOf(bytes) != hash)
        throw StoreException(Error(ErrorCode::StoreDamaged, "a file that goes with a message is not what it was"));
    return bytes;
}

std::vector<MailAttachment> AttachmentRepository::ofStep(StepId step) {
    return all(m_db.query("SELECT name, media_type, size, hash FROM step_attachment WHERE step_id = ?1 ORDER BY position", step));
}

void AttachmentRepository::setOfStep(WriteContext& write, StepId step, const std::vector<MailAttachment>& attachments) {
    m_db.run("DELETE FROM step_attachment WHERE step_id = ?1", step);
    int position = 0;
    for (const MailAttachment& one : attachments)
        m_db.run("INSERT INTO step_attachment(id, step_id, position, name, media_type, size, hash)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                 write.newId<Id<struct StepAttachmentTag>>(), step, position++, one.name, one.mediaType, one.size, one.hash);
}

void AttachmentRepository::copyStep(WriteContext& write, StepId from, StepId to) { setOfStep(write, to, ofStep(from)); }

std::vector<MailAttachment> AttachmentRepository::ofMessage(MessageId message) {
    return all(m_db.query("SELECT name, media_type, size, hash FROM message_attachment WHERE message_id = ?1 ORDER BY position",
                          message));
}

AttachmentRepository::Packed AttachmentRepository::pack(std::string_view raw, const std::vector<MailAttachment>& attachments) {
    Packed packed;
    std::size_t at = 0; // files stand in the message in their order
    for (const MailAttachment& attachment : attachments) {
        const std::string lines = attachment.data ? inLines(*attachment.data) : std::string();
        const auto found = lines.empty() ? std::string_view::npos : raw.find(lines, at);
        if (found == std::string_view::npos) {
            packed.places.push_back(-1);
            continue;
        }
        packed.raw += raw.substr(at, found - at);
        packed.places.push_back(std::int64_t(packed.raw.size()));
        at = found + lines.size();
    }
    packed.raw += raw.substr(at);
    return packed;
}

void AttachmentRepository::setOfMessage(WriteContext& write, MessageId message, const std::vector<MailAttachment>& attachments,
                                        const Packed& packed) {
    for (std::size_t i = 0; i < attachments.size(); ++i) {
        const MailAttachment& one = attachments[i];
        const std::int64_t place = i < packed.places.size() ? packed.places[i] : -1;
        m_db.run("INSERT INTO message_attachment(id, message_id, position, name, media_type, size, hash, raw_at)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                 write.newId<Id<struct MessageAttachmentTag>>(), message, std::int64_t(i), one.name, one.mediaType, one.size,
                 one.hash, place < 0 ? std::nullopt : std::optional(place));
    }
}

std::string AttachmentRepository::unpack(MessageId message, std::string raw) {
    Statement rows = m_db.query("SELECT hash, raw_at FROM message_attachment WHERE message_id = ?1 AND raw_at IS NOT NULL"
                                " ORDER BY position",
                                message);
    std::string whole;
    std::size_t at = 0;
    while (rows.step()) {
        const auto place = std::min(std::size_t(std::max<std::int64_t>(rows.integer(1), 0)), raw.size());
        whole += std::string_view(raw).substr(at, place - std::min(at, place));
        whole += inLines(content(rows.text(0)));
        at = std::max(at, place);
    }
    if (whole.empty())
        return raw;
    return whole += std::string_view(raw).substr(at);
}

} // namespace outrider::store
