// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker.h"
#include "core/domain/deliverability.h"
#include "core/domain/mailbox.h"

#include <QFuture>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// How a mailbox looks from outside: its domain's DNS records, how a message of its arrives, and what follows
// for its health. Thread-safe; every call returns at once.
class DeliverabilityService {
public:
    explicit DeliverabilityService(ServiceContext& context);
    ~DeliverabilityService();

    // What was found last; nothing is asked.
    struct Found {
        std::optional<DnsReport> dns;
        std::optional<ProbeReport> probe;
        MailboxHealth health;
    };
    QFuture<Result<Found>> last(MailboxId id);

    // Asks the DNS and keeps what it says. A server that does not answer is a finding, not an error.
    QFuture<Result<DnsReport>> checkDns(MailboxId id, ProgressPtr progress = {});
    // The same for an address that is not saved; nothing is kept.
    QFuture<Result<DnsReport>> checkDomain(Mailbox mailbox, ProgressPtr progress = {});

    // Sends one message to the mailbox itself, or to another of one's own, waits for it and reads what the
    // receiving server says of it. It counts against the mailbox's limits and leaves whatever the hours, but not
    // while everything is held or the mailbox is paused: Conflict. A message that does not arrive in time is a
    // report without arrivedAt. Unsupported: nothing reads the receiving mailbox; TooManyRequests: its limit for
    // 24 hours is reached.
    struct ProbeWords {
        std::string subject;
        std::string text;
    };
    QFuture<Result<ProbeReport>> probe(MailboxId id, MailboxId to, ProbeWords words, ProgressPtr progress = {});

    // A line of the list of mailboxes.
    struct Overview {
        Mailbox mailbox;
        int sentInADay = 0;
        int limitToday = 0; // the ramp's, while it rises
        int waiting = 0;
        MailboxHealth health;
    };
    QFuture<Result<std::vector<Overview>>> overview();

    // Gives up what is under way and waits for it.
    void finish();

private:
    ProgressPtr started(ProgressPtr progress);

    ServiceContext& m_context;
    std::mutex m_mutex;
    std::vector<std::weak_ptr<Progress>> m_running;
    std::unique_ptr<Worker> m_worker; // asking takes seconds, a probe minutes: not behind imports
};

} // namespace outrider
