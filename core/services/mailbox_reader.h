// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/mailbox.h"
#include "core/services/inbox_service.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/transport/mail_source.h"

#include <string>

namespace outrider {

class ServiceContext;

// Reading one mailbox: its incoming mail, then what the person has sent with other programs. Each mail is one action.
// Where reading stands is kept folder by folder, so it goes on from there after a stop, a kill or a lost connection; and
// how it went is kept with the mailbox (ReadingState). Blocks; one thread at a time.
class MailboxReader {
public:
    MailboxReader(ServiceContext& context, Mailbox mailbox);
    ~MailboxReader();
    MailboxReader(const MailboxReader&) = delete;
    MailboxReader& operator=(const MailboxReader&) = delete;

    // Reads what is new and applies it; false: not all of it could be read. What went wrong is in report.errors.
    bool read(const Progress& progress, FetchReport& report);
    // Waits until there is new mail, as MailSource::waitForMail.
    Result<transport::WaitEnd> wait(Millis most, const Progress& progress);

    // The next piece of the mail from before the mailbox was connected; what of it belongs to leads is kept to be looked
    // at. True: there is more. Whether any is wanted is the caller's to know (MailHistory::state).
    Result<bool> readHistory(const Progress& progress);

    const ReadingState& state() const { return m_state; }

private:
    struct Folder;
    bool readFolder(Folder& folder, const Progress& progress, FetchReport& report);
    void note(const Error* error, const transport::MailSource& source);
    Result<> keep(const Folder& folder, const transport::MailCursor& cursor);
    Result<std::unique_ptr<Folder>> nextHistoryFolder(); // none: all are read

    ServiceContext& m_context;
    const Mailbox m_mailbox;
    std::unique_ptr<Folder> m_inbox;
    std::unique_ptr<Folder> m_sent;    // none: it is read with the other
    std::unique_ptr<Folder> m_history; // being read; a connection of its own, which knows how far its list is read
    ReadingState m_state;
};

// What cursors are kept under: the folder of sent mail, and one as it was before the mailbox was connected.
inline constexpr const char* sentFolderKey = "\\Sent";
inline constexpr const char* historyPrefix = "history:";

// From when on a mailbox's mail is new.
std::chrono::sys_days readFrom(const Mailbox& mailbox);

// The cursor a folder was read to, and back.
transport::MailCursor toCursor(const store::FolderCursor& kept);
store::FolderCursor toFolderCursor(const transport::MailCursor& cursor);

} // namespace outrider
