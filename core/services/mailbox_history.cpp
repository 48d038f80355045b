// SPDX-License-Identifier: GPL-3.0-or-later
// What lay in a mailbox when it was connected: MailboxReader::readHistory.
#include "core/inbound/inbound_flow.h"
#include "core/services/mailbox_folder.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mail_history_repository.h"
#include "core/store/repositories/message_repository.h"

#include <algorithm>
#include <array>

namespace outrider {

using namespace outrider::store;
using inbound::IncomingMail;

namespace {

constexpr std::size_t mailsAtOnce = 200;
constexpr std::size_t bytesAtOnce = 4U * 1024 * 1024;
constexpr const char* readToTheEnd = "read";

// For mail without a Message-ID: the same bytes are the same mail (FNV-1a).
std::string fingerprint(std::string_view raw) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : raw)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return "#" + std::to_string(hash) + "-" + std::to_string(raw.size());
}

// What of these belongs to leads, and was not filed before.
std::vector<MailHistoryRepository::Item> belonging(Connection& db, std::vector<IncomingMail>& mails) {
    std::vector<MailHistoryRepository::Item> items;
    MessageRepository messages(db);
    const std::vector<std::string> ownAddresses = inbound::ownAddresses(db);
    for (IncomingMail& mail : mails) {
        if (messages.knowsHeader(mail.message.messageIdHeader))
            continue;
        MailHistoryRepository::Item item{.at = mail.message.at,
                                         .knownBy = mail.message.messageIdHeader.empty() ? fingerprint(mail.message.raw)
                                                                                         : mail.message.messageIdHeader};
        if (inbound::isOwnMail(ownAddresses, mail)) {
            const inbound::OwnMail own = inbound::findOwn(db, mail);
            if (own.known || !own.lead)
                continue;
            item.lead = own.lead;
            item.messageClass = MessageClass::Own;
        } else {
            const inbound::MailMatch match = inbound::findMatch(db, mail);
            if (match.by == inbound::MailMatch::By::Nobody)
                continue;
            item.lead = match.lead;
            item.messageClass = filedAs(mail, match);
            item.hard = item.messageClass == MessageClass::Bounce && mail.classification.hard.value_or(false);
        }
        item.raw = std::move(mail.message.raw);
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace

Result<std::unique_ptr<MailboxReader::Folder>> MailboxReader::nextHistoryFolder() {
    const std::array<std::string, 2> names{m_mailbox.inboxFolder, sentFolderKey};
    for (const std::string& name : names) {
        auto folder = std::make_unique<Folder>();
        folder->name = historyPrefix + name;
        OUTRIDER_ASSIGN(const FolderCursor kept,
                        outrider::wait(m_context.store().read([&](ReadContext& r) -> Result<FolderCursor> {
                            return MailboxRepository(r.db).cursor(m_mailbox.id, folder->name);
                        })));
        if (kept.position == readToTheEnd)
            continue;
        folder->cursor = toCursor(kept);
        auto sources = m_context.mail().sources(m_mailbox);
        folder->source = std::move(name == sentFolderKey ? sources.sent : sources.received);
        if (folder->source)
            return folder;
    }
    return std::unique_ptr<Folder>();
}

Result<bool> MailboxReader::readHistory(const Progress& progress) {
    OUTRIDER_ASSIGN(const auto history,
                    outrider::wait(m_context.store().read([&](ReadContext& r) -> Result<std::optional<MailHistory>> {
                        return MailHistoryRepository(r.db).find(m_mailbox.id);
                    })));
    if (!history || history->state != MailHistoryState::Reading) {
        m_history.reset();
        return false;
    }
    if (!m_history) {
        OUTRIDER_ASSIGN(m_history, nextHistoryFolder());
    }
    if (!m_history) {
        OUTRIDER_TRY(outrider::wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
            MailHistoryRepository histories(write.db);
            histories.setProgress(write, m_mailbox.id, history->read, history->read);
            histories.setState(write, m_mailbox.id, MailHistoryState::Ready);
            return {};
        })));
        return false;
    }
    transport::FetchLimits limits;
    limits.mails = mailsAtOnce;
    limits.since = history->since;
    limits.before = history->until;
    std::vector<IncomingMail> mails;
    std::size_t bytes = 0;
    std::int64_t read = history->read;
    const auto keepThem = [&](const transport::MailCursor& reached, std::size_t ahead) -> Result<> {
        OUTRIDER_ASSIGN(
            const std::vector<MailHistoryRepository::Item> items,
            outrider::wait(m_context.store().read(
                [&](ReadContext& r) -> Result<std::vector<MailHistoryRepository::Item>> { return belonging(r.db, mails); })));
        read += std::int64_t(mails.size());
        mails.clear();
        bytes = 0;
        OUTRIDER_TRY(outrider::wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
            MailHistoryRepository histories(write.db);
            const auto now = histories.find(m_mailbox.id);
            if (!now || now->state != MailHistoryState::Reading) // begun anew, or not wanted any more
                return fail(ErrorCode::Cancelled);
            for (const MailHistoryRepository::Item& item : items)
                histories.add(write, m_mailbox.id, item);
            histories.setProgress(write, m_mailbox.id, read, std::max(now->total, read + std::int64_t(ahead)));
            MailboxRepository(write.db).setCursor(write, m_mailbox.id, m_history->name, toFolderCursor(reached));
            return {};
        })));
        m_history->cursor = reached;
        return {};
    };
    std::optional<Error> failed;
    transport::MailCursor reached = m_history->cursor;
    const auto fetched = m_history->source->fetchNew(
        m_history->cursor, limits,
        [&](std::uint32_t, Instant receivedAt, std::string_view raw) {
            if (bytes >= bytesAtOnce) {
                if (const auto kept = keepThem(reached, 0); !kept) {
                    failed = kept.error();
                    return false;
                }
            }
            mails.push_back(inbound::readIncoming(raw, receivedAt, m_mailbox.id));
            bytes += raw.size();
            return true;
        },
        progress, &reached);
    if (!failed && fetched)
        reached = fetched->cursor;
    if (!failed) {
        if (fetched && !fetched->more)
            reached.position = readToTheEnd;
        const bool missing = !fetched && fetched.error().code == ErrorCode::NotFound; // no folder of that name
        if (missing)
            reached.position = readToTheEnd;
        if (const auto kept = keepThem(reached, fetched ? fetched->ahead : 0); !kept)
            failed = kept.error();
        else if (missing || (fetched && !fetched->more))
            m_history.reset();
        if (missing && !failed)
            return true;
    }
    if (failed)
        return fail(*failed);
    if (!fetched) {
        m_history.reset(); // the next try begins with what is kept
        return fail(fetched.error());
    }
    return true;
}

} // namespace outrider
