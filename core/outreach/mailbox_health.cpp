// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mailbox_health.h"

#include "core/base/log.h"
#include "core/store/repositories/insight_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"

namespace outrider::outreach {

using namespace outrider::store;

namespace {

constexpr int enoughToTell = 20;
constexpr auto lately = std::chrono::days(7);

bool isAbove(std::int64_t part, std::int64_t whole, int percent) {
    return percent > 0 && whole >= enoughToTell && part * 100 > whole * percent;
}

} // namespace

std::optional<std::string_view> reasonToPause(const PauseRules& rules, const MailboxWeek& week) {
    if (isAbove(week.bounced, week.sent, rules.bouncePercent))
        return pauseReasons::bounces;
    if (isAbove(week.refused, week.sent + week.refused, rules.errorPercent))
        return pauseReasons::errors;
    return std::nullopt;
}

void pauseWhenUnhealthy(WriteContext& write, MailboxId id) {
    MailboxRepository mailboxes(write.db);
    const auto mailbox = mailboxes.find(id);
    if (!mailbox || mailbox->kind == MailboxKind::Practice || mailbox->state != MailboxState::Active)
        return;
    const auto since = write.now - lately;
    const auto counted = InsightRepository(write.db).mailboxSince(id, since);
    const MailboxWeek week{
        .sent = counted.sent, .bounced = counted.bounces, .refused = OutboxRepository(write.db).refusedSince(id, since)};
    if (const auto reason = reasonToPause(mailbox->pauses, week)) {
        mailboxes.setState(write, id, MailboxState::Paused, *reason);
        write.touched(EntityKind::Mailbox, id.value);
        qCWarning(logSend, "mailbox %lld is paused: %s", static_cast<long long>(id.value), std::string(*reason).c_str());
    }
}

} // namespace outrider::outreach
