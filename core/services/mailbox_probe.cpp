// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mailbox_probe.h"

#include "core/base/log.h"
#include "core/contact/text.h"
#include "core/outreach/deliverability.h"
#include "core/outreach/send_limits.h"
#include "core/services/rest.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/transport/auth_results.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/parsed_mail.h"

#include <algorithm>
#include <array>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr auto longestWait = std::chrono::minutes(2);
constexpr auto betweenLooks = std::chrono::seconds(5);

std::string domainOf(const std::string& address) { return contact::asciiLower(address.substr(address.rfind('@') + 1)); }

std::string newToken(Random& random) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    std::string token = "probe-";
    for (const std::byte byte : bytes) {
        token += digits[std::to_integer<unsigned>(byte) >> 4U];
        token += digits[std::to_integer<unsigned>(byte) & 0xfU];
    }
    return token;
}

// Where it is not the person's wish that nothing leaves.
Result<> mayLeave(Connection& db, const Mailbox& from, Instant now) {
    if (SettingRepository(db).get("send.held") == "true")
        return fail(ErrorCode::NotSendable, std::string(name(WaitReason::HeldByUser)));
    if (from.state == MailboxState::Paused)
        return fail(ErrorCode::MailboxPaused, from.address);
    OutboxRepository outbox(db);
    for (const outreach::SendLimit& limit : outreach::limitsOf(from, domainOf(from.address), now)) {
        if (limit.scope != outreach::SendLimit::Scope::Mailbox)
            continue;
        const auto earlier = outbox.handedOver(from.id, limit.most);
        if (limit.most == 0 || (earlier && now - *earlier < limit.window))
            return fail(ErrorCode::NotSendable, std::string(name(limit.reason)));
    }
    return {};
}

Result<> handOver(ServiceContext& context, const Mailbox& from, const std::string& to, const std::string& raw,
                  const std::string& token, const Progress& progress) {
    Store& store = context.store();
    const auto transport = context.mail().transport(from);
    std::optional<Error> notRecorded;
    // Recorded as every message is: the file that has sent is the one that may go on.
    const auto record = [&]() -> bool {
        const auto number = wait(store.writeSilently([&](WriteContext& write) -> Result<std::int64_t> {
            OUTRIDER_TRY(mayLeave(write.db, from, write.now));
            MailboxRepository(write.db).countSend(write, from.id, domainOf(to));
            return store.fence().count(write.db, write.now);
        }));
        if (!number) {
            notRecorded = number.error();
            return false;
        }
        if (const auto followed = store.fence().follow(*number); !followed) {
            notRecorded = followed.error();
            return false;
        }
        return true;
    };
    const transport::SendOutcome outcome = transport->send(
        {.sender = from.address, .recipient = to, .idempotencyKey = token, .reference = {}}, raw, record, progress);
    if (notRecorded)
        return fail(*notRecorded);
    switch (outcome.kind) {
    case transport::SendKind::Sent:
    case transport::SendKind::Unknown: // whether it was taken shows when it arrives
        return {};
    case transport::SendKind::RefusedSoft:
        return fail(ErrorCode::RefusedSoft, outcome.answer);
    case transport::SendKind::RefusedHard:
        return fail(ErrorCode::RefusedHard, outcome.answer);
    case transport::SendKind::NotSent:
        break;
    }
    return fail(outcome.error);
}

// A bounce of it quotes the token, too.
bool isProbe(std::string_view raw, const std::string& token) {
    if (raw.find(token) == std::string_view::npos)
        return false;
    const transport::ParsedMail mail = transport::parse(raw);
    return mail.headers.first("X-Outrider-Id") == token || mail.messageId.starts_with(token);
}

// Reads what comes in behind the cursor until the message is there; nothing in the mailbox is changed, and mail is left
// for whoever reads the mailbox otherwise.
Result<bool> waitFor(ServiceContext& context, const Mailbox& to, transport::MailCursor cursor, const std::string& token,
                     std::string& raw, const Progress& progress) {
    const auto source = context.mail().source(to);
    const transport::FetchLimits limits{.since =
                                            std::chrono::floor<std::chrono::days>(context.clock().now()) - std::chrono::days(1)};
    const Stopwatch watch;
    while (watch.elapsed() < longestWait) {
        OUTRIDER_ASSIGN(const auto fetched, source->fetchNew(
                                                cursor, limits,
                                                [&](std::uint32_t, Instant, std::string_view mail) {
                                                    if (isProbe(mail, token))
                                                        raw = mail;
                                                    return raw.empty();
                                                },
                                                progress));
        if (!raw.empty())
            return true;
        cursor = fetched.cursor;
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        if (fetched.more)
            continue;
        const auto came = source->waitForMail(cursor, betweenLooks, progress);
        if (!came && came.error().code != ErrorCode::Unsupported)
            return fail(came.error());
        if (!came)
            rest(betweenLooks, progress);
    }
    return false;
}

} // namespace

void readProbe(ProbeReport& report, std::string_view raw, std::string_view sentId, std::string_view fromDomain) {
    const transport::ParsedMail mail = transport::parse(raw);
    if (const auto verdict = transport::receiversVerdict(mail.headers)) {
        report.authServer = verdict->server;
        report.results = verdict->results;
    }
    // Of several signatures the one that speaks for the From address.
    for (const std::string_view value : mail.headers.all("DKIM-Signature")) {
        const auto signature = transport::parseDkimSignature(value);
        const bool aligned = signature && outreach::isAligned(signature->domain, fromDomain);
        if (!signature || (!report.dkimDomain.empty() && !(aligned && !report.dkimAligned)))
            continue;
        report.dkimDomain = signature->domain;
        report.dkimSelector = signature->selector;
        report.dkimAligned = aligned;
        report.signsUnsubscribe = signature->covers("List-Unsubscribe");
    }
    report.messageId = mail.messageId;
    report.messageIdKept = mail.messageId == sentId;
}

Result<ProbeReport> probeMailbox(ServiceContext& context, const Mailbox& from, const Mailbox& to,
                                 const DeliverabilityService::ProbeWords& words, const Progress& progress) {
    if (from.kind == MailboxKind::Practice || to.imap.host.empty()) // nobody else's mail, or nobody reads it
        return fail(ErrorCode::Unsupported);
    OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> { return mayLeave(r.db, from, r.now); })));
    OUTRIDER_ASSIGN(const transport::MailCursor cursor,
                    wait(context.store().read([&](ReadContext& r) -> Result<transport::MailCursor> {
                        const FolderCursor stored = MailboxRepository(r.db).cursor(to.id, to.inboxFolder);
                        return transport::MailCursor{std::uint32_t(stored.uidValidity), std::uint32_t(stored.lastUid)};
                    })));
    const Instant now = context.clock().now();
    const std::string token = newToken(context.random());
    const std::string messageId = token + "@" + domainOf(from.address);
    OUTRIDER_ASSIGN(const std::string raw,
                    transport::render({.fromName = from.displayName,
                                       .fromAddress = from.address,
                                       .toName = {},
                                       .toAddress = to.address,
                                       .subject = words.subject,
                                       .text = words.text,
                                       .messageId = messageId,
                                       .date = now,
                                       .utcOffsetMinutes = context.zone().offsetMinutes(now),
                                       .extra = {{"X-Outrider-Id", token},
                                                 {"List-Unsubscribe", "<mailto:" + from.address + "?subject=unsubscribe>"}}}));
    OUTRIDER_TRY(handOver(context, from, to.address, raw, token, progress));
    ProbeReport report{.sentAt = now, .arrivedAt = {}, .to = to.address, .folder = to.inboxFolder};
    std::string arrived;
    OUTRIDER_ASSIGN(const bool found, waitFor(context, to, cursor, token, arrived, progress));
    if (found) {
        report.arrivedAt = std::max(now, context.clock().now());
        readProbe(report, arrived, messageId, domainOf(from.address));
    }
    return report;
}

} // namespace outrider
