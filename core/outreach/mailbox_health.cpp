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

bool isPolicyRefusal(std::string_view answer) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (auto at = answer.find("5.7."); at != std::string_view::npos; at = answer.find("5.7.", at + 1)) {
        if (at > 0 && (isDigit(answer[at - 1]) || answer[at - 1] == '.'))
            continue; // part of an address or a version
        std::size_t end = at + 4;
        while (end < answer.size() && isDigit(answer[end]))
            ++end;
        const std::string_view subject = answer.substr(at + 4, end - at - 4);
        if (subject.empty() || subject.size() > 3
            || (end < answer.size() && answer[end] == '.' && end + 1 < answer.size() && isDigit(answer[end + 1])))
            continue;
        const bool recipients = subject.size() == 3 && (subject.starts_with("12") || subject.starts_with("13"));
        if (!recipients)
            return true;
    }
    return false;
}

bool pauseWhenRefused(WriteContext& write, MailboxId id, std::string_view answer) {
    MailboxRepository mailboxes(write.db);
    const auto mailbox = mailboxes.find(id);
    if (!mailbox || mailbox->kind == MailboxKind::Practice || mailbox->state != MailboxState::Active || !mailbox->pauses.onPolicy
        || !isPolicyRefusal(answer))
        return false;
    mailboxes.setState(write, id, MailboxState::Paused, pauseReasons::policy, answer);
    write.touched(EntityKind::Mailbox, id.value);
    qCWarning(logSend, "mailbox %lld is paused: its server refuses it", static_cast<long long>(id.value));
    return true;
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
