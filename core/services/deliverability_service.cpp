// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/deliverability_service.h"

#include "core/contact/email_address.h"
#include "core/outreach/deliverability.h"
#include "core/outreach/health_score.h"
#include "core/outreach/send_limits.h"
#include "core/practice/practice_dns.h"
#include "core/services/deliverability_json.h"
#include "core/services/mailbox_probe.h"
#include "core/services/service_context.h"
#include "core/store/repositories/insight_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto week = std::chrono::days(7);
constexpr auto month = std::chrono::days(30);

Result<Mailbox> mailboxOf(Connection& db, MailboxId id) {
    auto mailbox = MailboxRepository(db).find(id);
    if (!mailbox)
        return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
    return std::move(*mailbox);
}

std::optional<DnsReport> storedDns(MailboxRepository& mailboxes, const Mailbox& mailbox) {
    const auto kept = mailboxes.report(mailbox.id, MailboxReport::Kind::Dns);
    auto report = kept ? dnsReportFrom(kept->body) : std::nullopt;
    // Of another domain, when the address was changed since.
    return report && mailbox.address.ends_with("@" + report->domain) ? report : std::nullopt;
}

std::optional<ProbeReport> storedProbe(MailboxRepository& mailboxes, const Mailbox& mailbox) {
    const auto kept = mailboxes.report(mailbox.id, MailboxReport::Kind::Probe);
    return kept ? probeReportFrom(kept->body) : std::nullopt;
}

// What is the same for all mailboxes is read once.
class Numbers {
public:
    Numbers(Connection& db, Instant now) : m_db(db), m_now(now) {
        const auto today = std::chrono::floor<std::chrono::days>(now);
        m_month = InsightRepository(db).mailboxes(today - month, today);
    }

    MailboxHealth health(const Mailbox& mailbox, const DnsReport* dns, const ProbeReport* probe) {
        OutboxRepository outbox(m_db);
        const auto lately = InsightRepository(m_db).mailboxSince(mailbox.id, m_now - week);
        outreach::HealthFacts facts{.mailbox = mailbox, .dns = dns, .probe = probe};
        facts.sentInAWeek = lately.sent;
        facts.bounced = lately.bounces;
        facts.refused = outbox.refusedSince(mailbox.id, m_now - week);
        for (const MailboxNumbers& numbers : m_month) {
            if (numbers.mailbox != mailbox.id)
                continue;
            facts.sentInAMonth = numbers.sent;
            facts.replies = numbers.replies;
        }
        facts.sentInADay = outbox.handedOverSince(mailbox.id, m_now - std::chrono::hours(24));
        facts.limitToday = outreach::rampAllows(mailbox, m_now);
        facts.now = m_now;
        return outreach::healthOf(facts);
    }

private:
    Connection& m_db;
    const Instant m_now;
    std::vector<MailboxNumbers> m_month;
};

DnsReport examine(ServiceContext& context, const Mailbox& mailbox, std::string_view selector, const Progress& progress) {
    const Instant now = context.clock().now();
    if (context.isPractice()) // nothing in it reaches the network
        return outreach::examineDomain(mailbox, selector, practice::practiceDns(mailbox.address), now);
    transport::DnsQuery dns(context.environment().dnsServers);
    return outreach::examineDomain(
        mailbox, selector, [&](transport::DnsType type, const std::string& name) { return dns.ask(type, name, progress); }, now);
}

} // namespace

DeliverabilityService::DeliverabilityService(ServiceContext& context)
    : m_context(context),
      m_worker(std::make_unique<Worker>("deliverability", context.environment().workers)) {}

DeliverabilityService::~DeliverabilityService() { finish(); }

void DeliverabilityService::finish() {
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& one : m_running) {
            if (const ProgressPtr progress = one.lock())
                progress->cancel();
        }
    }
    m_worker.reset();
}

ProgressPtr DeliverabilityService::started(ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_running, [](const auto& one) { return one.expired(); });
    m_running.push_back(progress);
    return progress;
}

QFuture<Result<DeliverabilityService::Found>> DeliverabilityService::last(MailboxId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<Found> {
        OUTRIDER_ASSIGN(const Mailbox mailbox, mailboxOf(r.db, id));
        MailboxRepository mailboxes(r.db);
        Found found{.dns = storedDns(mailboxes, mailbox), .probe = storedProbe(mailboxes, mailbox), .health = {}};
        found.health =
            Numbers(r.db, r.now).health(mailbox, found.dns ? &*found.dns : nullptr, found.probe ? &*found.probe : nullptr);
        return found;
    });
}

QFuture<Result<DnsReport>> DeliverabilityService::checkDns(MailboxId id, ProgressPtr progress) {
    return m_worker->run([this, id, progress = started(std::move(progress))]() -> Result<DnsReport> {
        Store& store = m_context.store();
        std::string selector;
        OUTRIDER_ASSIGN(const Mailbox mailbox, wait(store.read([&](ReadContext& r) -> Result<Mailbox> {
                            OUTRIDER_ASSIGN(Mailbox mailbox, mailboxOf(r.db, id));
                            MailboxRepository mailboxes(r.db);
                            const auto probe = storedProbe(mailboxes, mailbox);
                            if (probe && probe->dkimAligned)
                                selector = probe->dkimSelector;
                            return mailbox;
                        })));
        DnsReport report = examine(m_context, mailbox, selector, *progress);
        if (progress->cancelled())
            return fail(ErrorCode::Cancelled);
        if (!store.isReadOnly())
            OUTRIDER_TRY(wait(store.writeSilently([&](WriteContext& write) -> Result<> {
                MailboxRepository(write.db).setReport(write, id, MailboxReport::Kind::Dns, toJson(report).dump());
                return {};
            })));
        return report;
    });
}

QFuture<Result<DnsReport>> DeliverabilityService::checkDomain(Mailbox mailbox, ProgressPtr progress) {
    return m_worker->run(
        [this, mailbox = std::move(mailbox), progress = started(std::move(progress))]() mutable -> Result<DnsReport> {
            OUTRIDER_ASSIGN(const contact::EmailAddress address, contact::parseEmailAddress(mailbox.address));
            mailbox.address = address.display;
            DnsReport report = examine(m_context, mailbox, {}, *progress);
            if (progress->cancelled())
                return fail(ErrorCode::Cancelled);
            return report;
        });
}

QFuture<Result<ProbeReport>> DeliverabilityService::probe(MailboxId id, MailboxId to, ProbeWords words, ProgressPtr progress) {
    return m_worker->run(
        [this, id, to, words = std::move(words), progress = started(std::move(progress))]() -> Result<ProbeReport> {
            Store& store = m_context.store();
            Mailbox receiver;
            OUTRIDER_ASSIGN(const Mailbox sender, wait(store.read([&](ReadContext& r) -> Result<Mailbox> {
                                OUTRIDER_ASSIGN(receiver, mailboxOf(r.db, to));
                                return mailboxOf(r.db, id);
                            })));
            OUTRIDER_ASSIGN(ProbeReport report, probeMailbox(m_context, sender, receiver, words, *progress));
            OUTRIDER_TRY(wait(store.writeSilently([&](WriteContext& write) -> Result<> {
                MailboxRepository(write.db).setReport(write, id, MailboxReport::Kind::Probe, toJson(report).dump());
                return {};
            })));
            return report;
        });
}

QFuture<Result<std::vector<DeliverabilityService::Overview>>> DeliverabilityService::overview() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<Overview>> {
        MailboxRepository mailboxes(r.db);
        OutboxRepository outbox(r.db);
        Numbers numbers(r.db, r.now);
        std::vector<Overview> all;
        for (Mailbox& mailbox : mailboxes.all()) {
            const auto dns = storedDns(mailboxes, mailbox);
            const auto probe = storedProbe(mailboxes, mailbox);
            Overview one{.mailbox = {},
                         .sentInADay = outbox.handedOverSince(mailbox.id, r.now - std::chrono::hours(24)),
                         .limitToday = outreach::rampAllows(mailbox, r.now),
                         .waiting = outbox.countWaiting(mailbox.id),
                         .health = numbers.health(mailbox, dns ? &*dns : nullptr, probe ? &*probe : nullptr)};
            one.mailbox = std::move(mailbox);
            all.push_back(std::move(one));
        }
        return all;
    });
}

} // namespace outrider
