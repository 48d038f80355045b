// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mailbox_reader.h"

#include "core/base/log.h"
#include "core/inbound/incoming_mail.h"
#include "core/services/mail_batch.h"
#include "core/services/mailbox_folder.h"
#include "core/services/read_pace.h"
#include "core/services/service_context.h"

namespace outrider {

using namespace outrider::store;

std::chrono::sys_days readFrom(const Mailbox& mailbox) {
    return std::chrono::floor<std::chrono::days>(mailbox.createdAt) - std::chrono::days(1);
}

transport::MailCursor toCursor(const FolderCursor& kept) {
    return {static_cast<std::uint32_t>(kept.uidValidity), static_cast<std::uint32_t>(kept.lastUid),
            static_cast<std::uint64_t>(kept.modSeq), kept.position};
}

FolderCursor toFolderCursor(const transport::MailCursor& cursor) {
    return {cursor.uidValidity, cursor.lastUid, static_cast<std::int64_t>(cursor.modSeq), cursor.position};
}

MailboxReader::MailboxReader(ServiceContext& context, Mailbox mailbox)
    : m_context(context),
      m_mailbox(std::move(mailbox)),
      m_state{.mailbox = m_mailbox.id} {
    auto sources = context.mail().sources(m_mailbox);
    m_inbox = std::make_unique<Folder>(Folder{m_mailbox.inboxFolder, std::move(sources.received), {}});
    if (sources.sent)
        m_sent = std::make_unique<Folder>(Folder{sentFolderKey, std::move(sources.sent), {}});
    if (auto state = outrider::wait(m_context.store().read(
            [&](ReadContext& r) -> Result<ReadingState> { return MailboxRepository(r.db).reading(m_mailbox.id); })))
        m_state = std::move(*state);
}

MailboxReader::~MailboxReader() = default;

Result<> MailboxReader::keep(const Folder& folder, const transport::MailCursor& cursor) {
    return outrider::wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
        MailboxRepository(write.db).setCursor(write, m_mailbox.id, folder.name, toFolderCursor(cursor));
        return {};
    }));
}

// What the next look waits for; signing in again and again with a password that is no longer right locks accounts, so
// then the person is asked.
void MailboxReader::note(const Error* error, const transport::MailSource& source) {
    const ReadingState before = m_state;
    m_state = error == nullptr
                  ? ReadPace::succeeded(before)
                  : ReadPace::failed(before, *error, source.retryAfter(), m_context.clock().now(), m_context.random());
    const bool asks = error != nullptr && (error->code == ErrorCode::AuthFailed || error->code == ErrorCode::SecretMissing);
    if (m_state == before && !asks)
        return;
    const auto noted = outrider::wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
        MailboxRepository mailboxes(write.db);
        mailboxes.setReading(write, m_state);
        const auto now = asks ? mailboxes.find(m_mailbox.id) : std::nullopt;
        if (now && now->state == MailboxState::Active)
            mailboxes.setState(write, m_mailbox.id, MailboxState::NeedsAttention, name(error->code));
        return {};
    }));
    if (!noted)
        qCWarning(logInbox, "how reading mailbox %lld went could not be noted", static_cast<long long>(m_mailbox.id.value));
}

bool MailboxReader::readFolder(Folder& folder, const Progress& progress, FetchReport& report) {
    const auto fails = [&](const Error& error) {
        if (error.code == ErrorCode::Cancelled)
            return false;
        report.errors.push_back(error);
        note(&error, *folder.source);
        return false;
    };
    const auto stored = outrider::wait(m_context.store().read(
        [&](ReadContext& r) -> Result<FolderCursor> { return MailboxRepository(r.db).cursor(m_mailbox.id, folder.name); }));
    if (!stored)
        return fails(stored.error());
    folder.cursor = toCursor(*stored);
    // What was there before Outrider knew the mailbox is looked at on its own: readHistory().
    transport::FetchLimits limits;
    limits.since = readFrom(m_mailbox);
    MailBatch batch(m_context, report);
    for (bool more = true; more;) {
        if (progress.cancelled())
            return false;
        std::optional<Error> failed;
        transport::MailCursor reached = folder.cursor;
        transport::MailCursor filed = folder.cursor; // what came before it is in the file
        const auto file = [&] {
            const auto flushed = batch.flush();
            if (!flushed)
                failed = flushed.error();
            else
                filed = reached;
            return bool(flushed);
        };
        const auto fetched = folder.source->fetchNew(
            folder.cursor, limits,
            [&](std::uint32_t, Instant receivedAt, std::string_view raw) {
                if (batch.isFull() && !file())
                    return false;
                batch.add(inbound::readIncoming(raw, receivedAt, m_mailbox.id));
                return true;
            },
            progress, &reached);
        if (fetched)
            reached = fetched->cursor;
        if (!failed)
            file();
        if (filed.uidValidity != 0) {
            if (const auto noted = keep(folder, filed); !noted && !failed)
                failed = noted.error();
        }
        if (!fetched)
            failed = fetched.error();
        more = fetched && fetched->more && !failed && filed != folder.cursor;
        folder.cursor = filed;
        if (failed)
            return fails(*failed);
    }
    return true;
}

bool MailboxReader::read(const Progress& progress, FetchReport& report) {
    if (!readFolder(*m_inbox, progress, report))
        return false;
    if (m_sent) {
        FetchReport sent;
        const bool read = readFolder(*m_sent, progress, sent);
        report.fetched += sent.fetched;
        report.sentElsewhere += sent.sentElsewhere;
        if (!read && !sent.errors.empty()
            && (sent.errors.front().code == ErrorCode::NotFound || sent.errors.front().code == ErrorCode::RefusedHard)) {
            m_sent.reset(); // there is no such folder, or it is not for us
        } else if (!read) {
            report.errors.insert(report.errors.end(), sent.errors.begin(), sent.errors.end());
            return false;
        }
    }
    note(nullptr, *m_inbox->source);
    return true;
}

Result<transport::WaitEnd> MailboxReader::wait(Millis most, const Progress& progress) {
    return m_inbox->source->waitForMail(m_inbox->cursor, most, progress);
}

} // namespace outrider
