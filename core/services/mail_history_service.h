// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/mail_history.h"
#include "core/domain/mailbox.h"

#include <QFuture>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class HistoryGatherer;
class ServiceContext;
class Worker;

// Mail from before a mailbox was connected: gathered, looked at, then filed as one action or left alone. And mail that is
// in the file already, judged anew when the rules have become better. Thread-safe; every call returns at once.
class MailHistoryService {
public:
    explicit MailHistoryService(ServiceContext& context);
    ~MailHistoryService();

    // How reading each mailbox goes.
    QFuture<Result<std::vector<ReadingState>>> readings();

    // Of every mailbox whose mail is being gathered or waits for the person's word, without its leads.
    QFuture<Result<std::vector<MailHistoryPreview>>> waiting();
    // At most `most` leads, those first whom filing does something to. NotFound: nothing was gathered.
    QFuture<Result<MailHistoryPreview>> preview(MailboxId mailbox, int most);

    struct Gathering {
        std::optional<std::chrono::sys_days> since; // a year before the mailbox was connected
        bool again = false;                         // what was gathered, approved or declined before does not count
    };
    // Reads it all, going on where an earlier run was stopped. Cancelled: what was read stays.
    QFuture<Result<MailHistoryPreview>> gather(MailboxId mailbox, Gathering gathering, ProgressPtr progress);

    // Files it; returns how many messages. One action; cancelling leaves what was filed, and the rest to be approved.
    QFuture<Result<std::int64_t>> approve(MailboxId mailbox, ProgressPtr progress = {});
    // Only what is new is read from now on.
    QFuture<Result<>> decline(MailboxId mailbox);

    // Judges received mail again: what older rules judged, or all; what came at `since` or later. A dry run changes
    // nothing. Else one action; what a person has decided stays. At most `most` changes are listed.
    struct Rejudging {
        std::optional<Instant> since;
        bool all = false;
        bool dryRun = false;
        int most = 200;
    };
    QFuture<Result<RejudgeReport>> rejudge(Rejudging rejudging, ProgressPtr progress = {});

    // From start() on, mailboxes that are connected are gathered by themselves, one after the other.
    void start();
    void stop();
    void wake(); // a mailbox was added or changed
    struct Running {
        MailboxId mailbox;
        std::string address;
        ProgressPtr progress; // cancelling it lets that mailbox be until the next start
    };
    std::vector<Running> running() const;

private:
    ServiceContext& m_context;
    std::unique_ptr<HistoryGatherer> m_gatherer;
    std::unique_ptr<Worker> m_worker; // gathering waits for servers
};

} // namespace outrider
